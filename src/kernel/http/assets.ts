import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createReadStream, existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { refuse } from './errors.ts'
import { etagOf } from './page-cache.ts'
import { accepts, matches } from './send.ts'

/** A folder of built files served under a prefix. `fallback`: the file that answers every other path there (the console's shell). */
export interface AssetFolder { readonly prefix: string; readonly folder: string; readonly fallback?: string }

interface Asset { readonly modifiedMs: number; readonly type: string; readonly plain: Buffer; readonly gzip?: Buffer; readonly br?: Buffer; readonly etag: string }

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.mjs': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8', '.map': 'application/json; charset=utf-8', '.svg': 'image/svg+xml', '.txt': 'text/plain; charset=utf-8', '.xml': 'application/xml; charset=utf-8',
  '.bpmn': 'application/xml; charset=utf-8', '.wasm': 'application/wasm', '.png': 'image/png', '.jpg': 'image/jpeg', '.webp': 'image/webp', '.ico': 'image/x-icon',
  '.woff': 'font/woff', '.woff2': 'font/woff2', '.ttf': 'font/ttf', '.webmanifest': 'application/manifest+json', '.pdf': 'application/pdf',
}
const SQUEEZABLE = /^(text\/|application\/(json|xml|wasm|manifest)|image\/svg)/
/** A name that changes with its content: `main-BX3f9a_2.js`, `chunk.9f8e7d6c.css`. */
const HASHED = /[.-][A-Za-z0-9_-]{8,}\.[a-z0-9]+$/
/** Beyond this a file is streamed and not kept. */
const KEEP_BYTES_MAX = 8 * 1024 * 1024

const squeezeGzip = promisify(gzip)
const squeezeBrotli = promisify(brotliCompress)

/** Built files: kept in memory with their compressed forms, which are made once; names with a hash are immutable for a year. */
export function registerAssets(app: FastifyInstance, folders: readonly AssetFolder[]): void {
  for (const folder of folders) {
    const kept = new Map<string, Promise<Asset>>()
    const answer = async (request: FastifyRequest, reply: FastifyReply) => {
      const wanted = (request.params as { '*'?: string })['*'] ?? ''
      const path = await locate(folder, wanted)
      if (path === undefined) throw refuse('not-found')
      return sendFile(request, reply, path, kept)
    }
    app.get(`${folder.prefix}/*`, answer)
    if (folder.fallback !== undefined) app.get(folder.prefix, (_request, reply) => reply.redirect(`${folder.prefix}/`, 308))
  }
}

/** The file that answers, or none. Nothing outside the folder, nothing hidden. */
async function locate({ folder, fallback }: AssetFolder, wanted: string): Promise<string | undefined> {
  const inside = normalize(`/${wanted}`)
  if (inside.includes('\0') || inside.split(sep).some((part) => part.startsWith('.'))) return undefined
  const path = join(folder, inside)
  if (await isFile(path)) return path
  if (fallback === undefined || extname(inside) !== '') return undefined
  return join(folder, fallback)
}

const isFile = (path: string): Promise<boolean> => stat(path).then((found) => found.isFile(), () => false)

async function sendFile(request: FastifyRequest, reply: FastifyReply, path: string, kept: Map<string, Promise<Asset>>): Promise<unknown> {
  const found = await stat(path)
  const immutable = HASHED.test(path)
  reply.header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
  const type = TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream'
  if (found.size > KEEP_BYTES_MAX) return reply.header('content-type', type).header('content-length', found.size).send(createReadStream(path))
  let asset = await kept.get(path)
  if (asset === undefined || asset.modifiedMs !== found.mtimeMs) {
    const reading = read(path, type, found.mtimeMs)
    kept.set(path, reading)
    asset = await reading.catch((error: unknown) => { kept.delete(path); throw error })
  }
  reply.header('content-type', asset.type).header('etag', asset.etag).header('vary', 'accept-encoding')
  if (matches(request, asset.etag)) return reply.code(304).send()
  if (asset.br !== undefined && accepts(request, 'br')) return reply.header('content-encoding', 'br').send(asset.br)
  if (asset.gzip !== undefined && accepts(request, 'gzip')) return reply.header('content-encoding', 'gzip').send(asset.gzip)
  return reply.send(asset.plain)
}

/** Files compressed at build (`x.js.br`, `x.js.gz`) are taken as they are. */
async function read(path: string, type: string, modifiedMs: number): Promise<Asset> {
  const plain = await readFile(path)
  const etag = etagOf(plain)
  if (!SQUEEZABLE.test(type) || plain.length < 1400) return { modifiedMs, type, plain, etag }
  const [gzipped, br] = await Promise.all([
    existsSync(`${path}.gz`) ? readFile(`${path}.gz`) : squeezeGzip(plain, { level: 8 }),
    existsSync(`${path}.br`) ? readFile(`${path}.br`) : squeezeBrotli(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }),
  ])
  return { modifiedMs, type, plain, gzip: gzipped, br, etag }
}
