import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type pg from 'pg'
import { equalBytes } from '../../base/bytes.ts'
import { type Checkpoint, parseCheckpoint, parseNote } from '../../base/signed-note.ts'
import { refuse } from './errors.ts'
import type { LogSigner } from './keys.ts'

/**
 * The last checkpoint that this installation showed to anybody, kept beside the database: a database restored to an earlier day
 * does not know what was published since, and numbering on would sign two histories under one name.
 */
export async function rememberPublished(client: pg.ClientBase, signer: LogSigner, file: string | undefined): Promise<void> {
  if (file === undefined) return
  const { rows } = await client.query<{ note: string }>('select note from ledger.checkpoint where origin = $1 order by size desc limit 1', [signer.origin])
  mkdirSync(dirname(file), { recursive: true })
  const handle = openSync(`${file}.new`, 'w', 0o644)
  writeSync(handle, rows[0]!.note)
  fsyncSync(handle)
  closeSync(handle)
  renameSync(`${file}.new`, file)
}

/** Refuses `ledger/below-published` where the remembered checkpoint of this origin is not in the database. */
export async function demandNotBelow(client: pg.ClientBase, signer: LogSigner, file: string | undefined): Promise<void> {
  if (file === undefined || !existsSync(file)) return
  const note = parseNote(readFileSync(file, 'utf8'))
  const published = note && parseCheckpoint(note.text)
  if (!published) throw new Error(`${file} is not a checkpoint`)
  if (published.origin === signer.origin && !(await contains(client, published))) {
    const { rows } = await client.query<{ size: string | number }>('select size from ledger.head')
    throw refuse('below-published', { published: published.size, found: String(rows[0]!.size) })
  }
}

/** Whether the database published this very tree head itself. */
export async function contains(client: pg.ClientBase, { origin, size, root }: Checkpoint): Promise<boolean> {
  const { rows } = await client.query<{ root: Buffer }>('select root from ledger.checkpoint where origin = $1 and size = $2', [origin, size])
  return rows[0] !== undefined && equalBytes(rows[0].root, root)
}
