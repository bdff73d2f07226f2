import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseCheckpoint, parseNote } from '../../base/signed-note.ts'
import { refuse } from './errors.ts'
import { tilePath, tilesOf } from './tile-path.ts'

/** The public files of a log by their path below its prefix; null where there is none. Other failures throw. */
export type LogSource = (path: string) => Promise<Uint8Array | null>

/** A log's prefix (`https://example.gov.cn/log`) or the folder of a mirror. A site's address without `/log` is accepted too. */
export async function openLog(dirOrUrl: string): Promise<LogSource> {
  if (!/^https?:\/\//i.test(dirOrUrl)) return fromFolder(dirOrUrl)
  const base = dirOrUrl.replace(/\/+$/, '')
  const direct = fromUrl(base)
  return (await direct('checkpoint')) === null && !base.endsWith('/log') ? fromUrl(`${base}/log`) : direct
}

const fromFolder = (folder: string): LogSource => async (path) => {
  try {
    return await readFile(join(folder, path))
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  }
}

const ATTEMPTS = 5
const unreachable = (at: string, reason: string, cause?: Error) => Object.assign(refuse('unreachable', { at, reason }), { cause })

/** Waits as long as the server asks where it limits the rate. */
const fromUrl = (base: string): LogSource => async (path) => {
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(`${base}/${path}`, { headers: { 'accept-encoding': 'gzip, identity' } }).catch((error: Error) => { throw unreachable(`${base}/${path}`, error.cause instanceof Error ? error.cause.message : error.message, error) })
    if (response.ok) return new Uint8Array(await response.arrayBuffer())
    await response.body?.cancel()
    if (response.status === 404 || response.status === 410) return null
    if (![429, 503].includes(response.status) || attempt === ATTEMPTS) throw unreachable(`${base}/${path}`, `HTTP ${response.status}`)
    const seconds = Number(response.headers.get('retry-after'))
    await new Promise((resolve) => setTimeout(resolve, Math.min(60, seconds > 0 ? seconds : attempt) * 1000))
  }
}

/** Copies everything the present checkpoint needs: the folder can then be verified, or served by any web server. */
export async function mirrorLog(from: LogSource | string, folder: string): Promise<{ size: number; files: number }> {
  const source = typeof from === 'string' ? await openLog(from) : from
  const note = await source('checkpoint')
  const signed = note && parseNote(Buffer.from(note).toString())
  const head = signed && parseCheckpoint(signed.text)
  if (!head) throw new Error('the log has no checkpoint')
  const paths = ['key', ...[...tilesOf(head.size)].map((tile) => tilePath(tile.level, tile.index, tile.width))]
  for (const path of paths) {
    const bytes = await source(path)
    if (bytes === null) throw new Error(`the log lacks ${path}, which its checkpoint of ${head.size} entries needs`)
    await put(folder, path, bytes)
  }
  // Last, so that a broken copy is not taken for a whole one.
  await put(folder, 'checkpoint', note)
  return { size: head.size, files: paths.length + 1 }
}

async function put(folder: string, path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), bytes)
}
