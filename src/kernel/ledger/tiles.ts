import type { Queryable } from '../db/database.ts'
import { refuse } from './errors.ts'
import { Lru } from './lru.ts'
import { hashesAt, type LogPath, parseLogPath } from './tile-path.ts'
import { TILE_WIDTH } from './tree.ts'

/** One file of the public log, ready to be answered. */
export interface LogFile {
  readonly status: 200 | 404
  readonly body: Buffer
  readonly contentType: string
  /** True: its bytes never change (tiles and bundles, also partial ones, whose name says their width). */
  readonly immutable: boolean
}

/** What is published now: the newest checkpoint of the log in force. */
export interface Published { readonly origin: string; readonly key: string; readonly size: number; readonly note: string; readonly at: Date }

/** The public files of one database's log. */
export interface LogFiles {
  /** By the path below `/log/`: `checkpoint`, `key`, `tile/0/000`, `tile/entries/000.p/7`. What is not there is an answer, not a refusal. */
  file(path: string): Promise<LogFile>
  /** Refuses `ledger/not-found` before the first checkpoint. */
  published(): Promise<Published>
  /** The hashes of a tile from its beginning, `width` of them; they must be below the published size. */
  tile(level: number, index: number, width: number): Promise<Buffer>
}

const TEXT = 'text/plain; charset=utf-8'
const BYTES = 'application/octet-stream'
const ABSENT: LogFile = { status: 404, body: Buffer.from('not found\n'), contentType: TEXT, immutable: false }

/**
 * Tiles are read from `ledger.position` and `ledger.subtree`; nothing beyond the published checkpoint is served. Full tiles are
 * kept in memory (8 KiB each, `cachedTiles` of them), bundles are not: they are larger and read once by each monitor.
 */
export function logFiles(db: Queryable, cachedTiles = 1024): LogFiles {
  const full = new Lru<string, Buffer>(cachedTiles)

  async function findPublished(): Promise<Published | undefined> {
    const [row] = await db.prepared<Published>('ledger_published', `
      select h.origin, h.key, c.size, c.note, c.published_at as at
        from ledger.head h
       cross join lateral (select size, note, published_at from ledger.checkpoint where origin = h.origin order by size desc limit 1) c`)
    return row
  }

  async function tile(level: number, index: number, width: number): Promise<Buffer> {
    const name = `${level}/${index}`
    const kept = full.get(name)
    if (kept) return width === TILE_WIDTH ? kept : kept.subarray(0, width * 32)
    const hashes = await readHashes(db, level, index * TILE_WIDTH, width)
    if (hashes.length !== width * 32) throw new Error(`tile ${name} has ${hashes.length} bytes of ${width * 32}`)
    if (width === TILE_WIDTH) full.set(name, hashes)
    return hashes
  }

  async function answer(path: LogPath): Promise<LogFile> {
    const log = await findPublished()
    if (!log) return ABSENT
    if (path.kind === 'checkpoint') return { status: 200, body: Buffer.from(log.note), contentType: TEXT, immutable: false }
    if (path.kind === 'key') return { status: 200, body: Buffer.from(`${log.key}\n`), contentType: TEXT, immutable: false }
    const { level, index, width } = path
    if (index * TILE_WIDTH + width > hashesAt(level === 'entries' ? 0 : level, log.size)) return ABSENT
    const body = level === 'entries' ? await readBundle(db, index * TILE_WIDTH, width) : await tile(level, index, width)
    return { status: 200, body, contentType: BYTES, immutable: true }
  }

  return {
    published: async () => {
      const log = await findPublished()
      if (!log) throw refuse('not-found')
      return log
    },
    tile,
    file: async (text) => {
      const path = parseLogPath(text)
      if (!path) return ABSENT
      // A full tile that was served once is below every later checkpoint; it needs no question.
      const kept = path.kind === 'tile' && path.level !== 'entries' && path.width === TILE_WIDTH ? full.get(`${path.level}/${path.index}`) : undefined
      return kept ? { status: 200, body: kept, contentType: BYTES, immutable: true } : answer(path)
    },
  }
}

async function readHashes(db: Queryable, level: number, from: number, width: number): Promise<Buffer> {
  const rows = level === 0
    ? await db.prepared<{ hashes: Buffer | null }>('ledger_leaf_hashes', 'select string_agg(leaf_hash, null order by index) as hashes from ledger.position where index >= $1 and index < $2', [from, from + width])
    : await db.prepared<{ hashes: Buffer | null }>('ledger_subtree_hashes', 'select string_agg(hash, null order by index) as hashes from ledger.subtree where level = $1 and index >= $2 and index < $3', [level, from, from + width])
  return rows[0]!.hashes ?? Buffer.alloc(0)
}

/** Entries, each after its length in two bytes, big-endian. */
async function readBundle(db: Queryable, from: number, width: number): Promise<Buffer> {
  const rows = await db.prepared<{ leaf: string }>('ledger_bundle', `
    select e.leaf
      from ledger.position p
      join ledger.entry e on e.id = p.entry
     where p.index >= $1 and p.index < $2
     order by p.index`, [from, from + width])
  if (rows.length !== width) throw new Error(`bundle at ${from} has ${rows.length} entries of ${width}`)
  return Buffer.concat(rows.flatMap(({ leaf }) => {
    const bytes = Buffer.from(leaf)
    const length = Buffer.alloc(2)
    length.writeUInt16BE(bytes.length)
    return [length, bytes]
  }))
}
