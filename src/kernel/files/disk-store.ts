import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '../../base/refusal.ts'
import type { Database, Queryable } from '../db/database.ts'
import { refuse } from './errors.ts'
import { MEDIA_TYPES, mediaTypeOf } from './media-type.ts'
import type { FileStore, StoredFile, Upload } from './store.ts'
import { noScan, type VirusScan } from './virus-scan.ts'

const MEGABYTE = 1024 * 1024
/** 200 MB as people's computers count them; every way in has this one limit. */
export const FILE_BYTES_MAX = 200 * MEGABYTE

export interface DiskStoreOptions {
  /** Default `FILE_BYTES_MAX`. */
  readonly maxBytes?: number
  readonly mediaTypes?: readonly string[]
  readonly scan?: VirusScan
}

interface FileRow { id: string; sha256: string; bytes: number; media_type: string; name: string; uploaded_by: string; uploaded_at: Date; scanned: string }
const COLUMNS = 'f.id, f.sha256, f.bytes, f.media_type, f.name, f.uploaded_by, f.uploaded_at, f.scanned'
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Contents under `folder/ab/cd/<sha256>`, uploads under way in `folder/arriving/`. */
export function diskStore(db: Database, folder: string, options: DiskStoreOptions = {}): FileStore {
  const { maxBytes = FILE_BYTES_MAX, mediaTypes = MEDIA_TYPES, scan = noScan } = options
  const arriving = join(folder, 'arriving')
  const placeOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)

  async function put(content: Readable, upload: Upload): Promise<StoredFile> {
    demandName(upload.name)
    await mkdir(arriving, { recursive: true, mode: 0o700 })
    const draft = join(arriving, randomUUID())
    try {
      const { sha256, bytes } = await receive(content, draft, upload, maxBytes)
      const mediaType = await mediaTypeOf(draft, upload.name)
      if (mediaType === undefined || !mediaTypes.includes(mediaType.split(';')[0]!)) throw refuse('type-not-allowed', { type: mediaType ?? 'application/octet-stream' })
      const scanned = await scan.scan(draft)
      if (!scanned.clean) throw refuse('infected', { finding: scanned.finding })
      const file = { id: randomUUID(), sha256, bytes, mediaType, name: upload.name, uploadedBy: upload.uploadedBy, uploadedAt: upload.at, scanned: scan.name }
      await keep(file, draft)
      return file
    } catch (error) {
      throw noSpace(error) ? Object.assign(refuse('no-space', {}, { retryAfter: 60 }), { cause: error }) : error
    } finally {
      await rm(draft, { force: true })
    }
  }

  /** The row comes first, so that whatever a crash leaves on disk is known to the sweep. */
  async function keep(file: StoredFile, draft: string): Promise<void> {
    await db.query(
      'insert into files.file (id, sha256, bytes, media_type, name, uploaded_by, uploaded_at, scanned) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [file.id, file.sha256, file.bytes, file.mediaType, file.name, file.uploadedBy, file.uploadedAt, file.scanned],
    )
    await db.transaction(async (tx) => {
      await lockContent(tx, file.sha256)
      const kept = await tx.query('update files.file set stored = true where id = $1 returning id', [file.id])
      if (kept.length !== 1) throw refuse('truncated') // swept meanwhile: the instant given was older than the sweep's
      const place = placeOf(file.sha256)
      await makeFolders(folder, dirname(place))
      await rename(draft, place)
      await syncFolder(dirname(place))
      // Commit point: from here on the file can be named.
    })
  }

  async function getAll(fileIds: readonly string[]): Promise<StoredFile[]> {
    const rows = await db.query<FileRow>(`select ${COLUMNS} from files.file f where f.stored and f.id = any($1::uuid[])`, [fileIds.filter((id) => UUID.test(id))])
    return fileIds.map((fileId) => {
      const row = rows.find((one) => one.id === fileId.toLowerCase())
      if (!row) throw refuse('not-found', { fileId })
      return fileOf(row)
    })
  }
  const get = async (fileId: string): Promise<StoredFile> => (await getAll([fileId]))[0]!

  async function sweep(before: Date): Promise<{ files: number; bytes: number }> {
    const orphans = await db.query<{ id: string; sha256: string; bytes: number }>(
      'select f.id, f.sha256, f.bytes from files.file f where f.uploaded_at < $1 and not exists (select from files.use u where u.file_id = f.id)', [before])
    const swept = { files: 0, bytes: 0 }
    for (const { id, sha256, bytes } of orphans) {
      if (!(await sweepOne(id, sha256))) continue
      swept.files += 1
      swept.bytes += bytes
    }
    for (const name of await readdir(arriving).catch(absent(() => []))) {
      const draft = join(arriving, name)
      const age = await stat(draft).catch(absent(() => null))
      if (age && age.mtime < before) await rm(draft, { force: true })
    }
    return swept
  }

  const sweepOne = (id: string, sha256: string): Promise<boolean> => db.transaction(async (tx) => {
    await lockContent(tx, sha256)
    // Locked first, judged after: an act that names the file at this moment is waited for and then seen.
    const locked = await tx.query('select id from files.file where id = $1 for update', [id])
    const gone = await tx.query('delete from files.file f where f.id = $1 and not exists (select from files.use u where u.file_id = f.id) returning id', [id])
    if (locked.length === 0 || gone.length === 0) return false
    const [others] = await tx.query<{ any: boolean }>('select exists (select from files.file where sha256 = $1) as any', [sha256])
    // If the transaction fails after this, the row stays and its content is gone; nobody named it, and the next sweep takes the row.
    if (!others!.any) await rm(placeOf(sha256), { force: true })
    return true
  })

  return {
    put, get, getAll, sweep,
    open: async (fileId) => {
      const file = await get(fileId)
      const handle = await open(placeOf(file.sha256))
      return { file, content: createReadStream('', { fd: handle }) }
    },
    usedBy: async (matterId) => {
      const rows = await db.query<FileRow & { what: string }>(`select u.what, ${COLUMNS} from files.use u join files.file f on f.id = u.file_id where u.matter_id = $1 order by u.what, f.uploaded_at, f.id`, [matterId])
      return rows.map((row) => ({ what: row.what, file: fileOf(row) }))
    },
  }
}

/** Writes the stream to `draft`, hashing on the way, fsynced before it is closed. */
async function receive(content: Readable, draft: string, { expectedBytes }: Upload, maxBytes: number): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  let broken = false
  content.once('error', () => { broken = true })
  try {
    await pipeline(content, async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        bytes += chunk.length
        if (bytes > maxBytes) throw refuse('too-large', { megabytes: Math.round(maxBytes / MEGABYTE) })
        hash.update(chunk)
        yield chunk
      }
    }, createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true }))
  } catch (error) {
    if (error instanceof Refusal) throw error
    if (cutAtLimit(content)) throw refuse('too-large', { megabytes: Math.round(maxBytes / MEGABYTE) })
    const cut = broken || (error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')
    throw cut ? Object.assign(refuse('truncated'), { cause: error }) : error
  }
  if (cutAtLimit(content)) throw refuse('too-large', { megabytes: Math.round(maxBytes / MEGABYTE) })
  if (expectedBytes !== undefined && bytes !== expectedBytes) throw refuse('truncated')
  if (bytes === 0) throw refuse('empty')
  return { sha256: hash.digest('hex'), bytes }
}

/** A multipart reader that cut the part at its own limit says so on the stream. */
const cutAtLimit = (content: Readable): boolean => 'truncated' in content && content.truncated === true

function demandName(name: string): void {
  if (name.trim() === '' || Buffer.byteLength(name) > 255 || /[\p{Cc}\p{Cs}/\\]/u.test(name) ) throw refuse('name-unusable')
}

/** One at a time per content: placing it and removing it must not cross. */
const lockContent = (tx: Queryable, sha256: string) => tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [sha256])

/** Each new folder is fsynced into its parent. */
async function makeFolders(root: string, leaf: string): Promise<void> {
  for (const folder of [dirname(leaf), leaf]) {
    if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) await syncFolder(folder === leaf ? dirname(leaf) : root)
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const fileOf = (row: FileRow): StoredFile => ({
  id: row.id, sha256: row.sha256, bytes: row.bytes, mediaType: row.media_type, name: row.name, uploadedBy: row.uploaded_by, uploadedAt: row.uploaded_at, scanned: row.scanned,
})

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')
const noSpace = (error: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes(codeOf(error))
const absent = <T>(nothing: () => T) => (error: unknown): T => {
  if (codeOf(error) === 'ENOENT') return nothing()
  throw error
}
