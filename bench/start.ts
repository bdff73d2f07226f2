import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../src/config.ts'
import { startEmbedded } from '../src/kernel/db/embedded.ts'
import { packageRoot } from '../src/kernel/db/root.ts'
import { loadDemo } from '../src/main/demo/load-demo.ts'
import { openHouse } from '../src/main/open-house.ts'
import type { BenchResult } from './ledger.ts'
import { freePort } from './pages.ts'

const ROUNDS = 5
const CASES = 30
const READY_MS_MAX = 1500
const REQUESTS = 2000

/** G14, G15: from the command to the first request served over a migrated database, and resident memory, against a bare Fastify in the same run. */
export async function run(): Promise<BenchResult> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mingtang-bench-'))
  const embedded = await startEmbedded({ dataDir })
  try {
    const open = await openHouse(readConfig({ MINGTANG_DATA: dataDir, MINGTANG_DEMO: '1', MINGTANG_URL: 'http://localhost', MINGTANG_LOG_ORIGIN: 'bench.test/log' }), { log: () => undefined })
    await loadDemo(open, () => undefined, CASES)
    const code = open.items.list(open.house.time.today())[0]!.code
    await open.close()
    const bareFile = join(packageRoot(), 'node_modules/.cache', `mingtang-bare-${process.pid}.mjs`)
    writeFileSync(bareFile, `import Fastify from 'fastify'\nconst app = Fastify()\napp.get('*', async () => 'ok')\nawait app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })\n`)
    const env = { DATABASE_URL: embedded.appUrl, DATABASE_ADMIN_URL: embedded.adminUrl, DATABASE_SEQUENCER_URL: embedded.sequencerUrl, DATABASE_RETENTION_URL: embedded.retentionUrl, MINGTANG_DATA: dataDir, MINGTANG_RATE_LIMITS: '0', MINGTANG_URL: 'http://localhost', MINGTANG_LOG_ORIGIN: 'bench.test/log' }
    const best = { house: Infinity, bare: Infinity }
    let memory = { house: 0, houseChildren: 0, bare: 0 }
    for (let round = 0; round < ROUNDS; round += 1) {
      const last = round === ROUNDS - 1
      const house = await start(join(packageRoot(), 'dist/server/main.js'), env, '/readyz')
      const houseMemory = last ? await underLoad(house, `/items/${code}`) : null
      await house.stop()
      const bare = await start(bareFile, {}, '/')
      const bareMemory = last ? await underLoad(bare, '/') : null
      await bare.stop()
      best.house = Math.min(best.house, house.ms)
      best.bare = Math.min(best.bare, bare.ms)
      if (houseMemory && bareMemory) memory = { house: houseMemory.own, houseChildren: houseMemory.children, bare: bareMemory.own }
    }
    rmSync(bareFile)
    const share = memory.house / memory.bare
    return {
      name: 'start', figures: { readyMs: best.house, bareReadyMs: best.bare, residentMb: memory.house, childrenMb: memory.houseChildren, bareResidentMb: memory.bare },
      goals: [
        { goal: `G14 first request served < ${READY_MS_MAX} ms after the database`, ok: best.house < READY_MS_MAX, detail: `${Math.round(best.house)} ms; bare Fastify ${Math.round(best.bare)} ms` },
        { goal: 'G15 resident memory ≤ 2.5 × bare Fastify after the same load', ok: share <= 2.5, detail: `${share.toFixed(2)} (${Math.round(memory.house)} of ${Math.round(memory.bare)} MB; children beside it ${Math.round(memory.houseChildren)} MB)` },
      ],
    }
  } finally {
    await embedded.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

interface Started { readonly ms: number; readonly url: string; readonly child: ChildProcess; stop(): Promise<void> }

async function start(file: string, env: Readonly<Record<string, string>>, probe: string): Promise<Started> {
  const port = await freePort()
  const begun = performance.now()
  const child = spawn(process.execPath, [file], { env: { PATH: process.env.PATH, ...env, PORT: String(port) }, stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  while (!(await fetch(`${url}${probe}`).then((answer) => answer.ok, () => false))) {
    if (child.exitCode !== null) throw new Error(`${file} ended with ${child.exitCode}`)
    await new Promise((resolve) => { setTimeout(resolve, 5) })
  }
  return { ms: performance.now() - begun, url, child, stop: () => new Promise((resolve) => { child.once('exit', () => resolve()); child.kill('SIGTERM') }) }
}

/** Resident megabytes after some work: of the process itself and of its children. */
async function underLoad({ url, child }: Started, path: string): Promise<{ readonly own: number; readonly children: number }> {
  for (let i = 0; i < REQUESTS; i += 1) await (await fetch(`${url}${path}`)).arrayBuffer()
  const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ').filter((pid) => pid !== '')
  return { own: resident(String(child.pid)), children: children.reduce((sum, pid) => sum + resident(pid), 0) }
}
const resident = (pid: string): number => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
