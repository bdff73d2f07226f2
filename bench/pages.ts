import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { BenchResult } from './ledger.ts'
import { serveTown, spawnTown, type Served } from './town-process.ts'

const NGINX = '/usr/sbin/nginx'
const SECONDS = 2
const ROUNDS = 4
const CONNECTIONS = 32
const PAGE_BYTES_MAX = 60 * 1024

/** G5, G6: the guide kept and drawn anew, against nginx with the same bytes and a bare Fastify with the same reads, in alternating rounds. */
export async function run(): Promise<BenchResult> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mingtang-bench-'))
  const { served, child } = await spawnTown(import.meta.url, dataDir)
  const url = `http://127.0.0.1:${served.port}/items/${served.code}`
  const gzip = { 'accept-encoding': 'gzip' }
  const kept = await fetchBytes(url, gzip)
  const nginx = existsSync(NGINX) ? await startNginx(kept.bytes) : null
  try {
    const best = { kept: 0, nginx: 0, drawn: 0, bare: 0, notModified: 0 }
    for (const warm of [await rate(url, { cookie: served.cookie }), await rate(bareUrl(served)), await rate(url, gzip)]) if (!(warm > 0)) throw new Error('nothing was answered')
    for (let round = 0; round < ROUNDS; round += 1) {
      best.kept = Math.max(best.kept, await rate(url, gzip))
      if (nginx) best.nginx = Math.max(best.nginx, await rate(nginx.url, gzip))
      best.drawn = Math.max(best.drawn, await rate(url, { cookie: served.cookie }))
      best.bare = Math.max(best.bare, await rate(bareUrl(served)))
      best.notModified = Math.max(best.notModified, await rate(url, { ...gzip, 'if-none-match': kept.etag }))
    }
    const [cached, uncached] = [best.kept / best.nginx, best.drawn / best.bare]
    return {
      name: 'pages', figures: { ...best, keptToNginx: cached, drawnToBare: uncached, pageBytesGzip: kept.bytes.length },
      goals: [
        ...(nginx ? [{ goal: 'G5 kept guide ≥ 0.25 × nginx, one process each, the same bytes', ok: cached >= 0.25, detail: `${cached.toFixed(2)} (${Math.round(best.kept)} of ${Math.round(best.nginx)} per second)` }] : []),
        { goal: 'G6 guide drawn anew ≥ 0.8 × bare Fastify with the same template and reads', ok: uncached >= 0.8, detail: `${uncached.toFixed(2)} (${Math.round(best.drawn)} of ${Math.round(best.bare)} per second)` },
        { goal: 'G6 ≤ 60 KB transferred with its style sheets, no script needed', ok: await transferred(url, kept.html) <= PAGE_BYTES_MAX && !/<script(?![^>]*(type="module"|application\/ld\+json))/.test(kept.html), detail: `${await transferred(url, kept.html)} bytes compressed` },
      ],
    }
  } finally {
    await nginx?.stop()
    await new Promise<void>((resolve) => { child.once('exit', () => resolve()); child.stdin!.end() })
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const bareUrl = ({ barePort, code }: Served): string => `http://127.0.0.1:${barePort}/items/${code}`

async function fetchBytes(url: string, headers: Record<string, string>): Promise<{ readonly bytes: Buffer; readonly html: string; readonly etag: string }> {
  const { request } = await import('node:http')
  const { gunzipSync } = await import('node:zlib')
  return new Promise((resolve, reject) => {
    request(url, { headers }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => {
        const bytes = Buffer.concat(parts)
        if (answer.statusCode !== 200) reject(new Error(`${url}: ${answer.statusCode}`))
        else resolve({ bytes, html: answer.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes).toString() : bytes.toString(), etag: String(answer.headers.etag) })
      })
    }).on('error', reject).end()
  })
}

/** The page and every style sheet it names, as they come over the wire. */
async function transferred(url: string, html: string): Promise<number> {
  const sheets = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map((match) => new URL(match[1]!, url).href)
  const all = await Promise.all([url, ...sheets].map((one) => fetchBytes(one, { 'accept-encoding': 'gzip' })))
  return all.reduce((sum, { bytes }) => sum + bytes.length, 0)
}

/** Answers per second as wrk counts them; an answer of 4xx or 5xx is a failure of the bench. */
async function rate(url: string, headers: Readonly<Record<string, string>> = {}): Promise<number> {
  const { stdout } = await promisify(execFile)('wrk', ['-t1', `-c${CONNECTIONS}`, `-d${SECONDS}s`, ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]), url])
  if (/Non-2xx or 3xx|Socket errors/.test(stdout)) throw new Error(`${url}: ${stdout}`)
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)![1])
}

/** nginx with one worker, serving these bytes as a file. */
async function startNginx(bytes: Buffer): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'mingtang-nginx-'))
  const port = await freePort()
  mkdirSync(join(folder, 'html'))
  writeFileSync(join(folder, 'html/page'), bytes)
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')
  writeFileSync(join(folder, 'nginx.conf'), `
daemon off; ${process.getuid?.() === 0 ? 'user root; ' : ''}worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 512; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; ${paths} open_file_cache max=10;
  server { listen 127.0.0.1:${port}; root ${folder}/html; location / { default_type text/html; add_header content-encoding gzip; } } }`)
  const child = spawn(NGINX, ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}/page`
  for (let i = 0; i < 100 && !(await fetch(url).then((answer) => answer.ok, () => false)); i += 1) await new Promise((resolve) => { setTimeout(resolve, 50) })
  return { url, stop: () => new Promise((resolve) => { child.once('exit', () => { rmSync(folder, { recursive: true, force: true }); resolve() }); child.kill('SIGTERM') }) }
}

export const freePort = (): Promise<number> => new Promise((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => { const { port } = probe.address() as { port: number }; probe.close(() => resolve(port)) })
})

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv[2] === 'serve') await serveTown(process.argv[3]!)
