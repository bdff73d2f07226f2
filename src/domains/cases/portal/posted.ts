import { z } from 'zod'
import { Refusal } from '../../../base/refusal.ts'
import type { Caller } from '../../../kernel/access/types.ts'
import { FILE_BYTES_MAX } from '../../../kernel/files/disk-store.ts'
import type { StoredFile } from '../../../kernel/files/store.ts'
import type { Ask } from '../../../kernel/http/types.ts'
import { readUploads } from '../../../kernel/http/uploads.ts'
import { dayFromParts } from '../../../kit/portal/index.ts'
import { refuse } from '../errors.ts'
import type { CasePagesDeps } from './deps.ts'

export type Fields = Readonly<Record<string, unknown>>
/** A form of any fields; what they must be is judged by the act. */
export const ANY_FIELDS = z.record(z.string(), z.unknown())

const FILES_MAX = 20
/** What the server takes for an idempotency key; with anything else a form is one without. */
const KEY = /^[\x21-\x7e]{1,200}$/

export interface PostedFiles {
  /** Plain fields as they came; parts of a day are still apart. */
  readonly fields: Readonly<Record<string, string>>
  /** By the field's name: what was taken in, or why it was not. Fields left empty are not there. */
  readonly files: ReadonlyMap<string, StoredFile | Refusal>
  readonly key: string | undefined
}

/** A form with files. They are stored at once; what no act names is swept away. A file sent before by itself comes as `<name>Id`. */
export async function readFiles(deps: CasePagesDeps, ask: Ask<unknown, unknown, unknown>): Promise<PostedFiles> {
  const uploadedBy = accountOf(ask.caller)
  const { files, fields } = await readUploads(ask.request, { bytesMax: FILE_BYTES_MAX, filesMax: FILES_MAX }, async ({ field, name, content }) => {
    if (name === undefined || name === '') {
      content.resume()
      return null
    }
    try {
      return { field, stored: await deps.house.files.put(content, { name, uploadedBy, at: deps.house.time.now() }) }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      content.resume()
      return { field, stored: error }
    }
  })
  const found = new Map<string, StoredFile | Refusal>(files.flatMap((file) => (file === null ? [] : [[file.field, file.stored] as const])))
  for (const [name, id] of Object.entries(fields)) {
    if (!name.endsWith('Id') || found.has(name.slice(0, -2)) || !z.uuid().safeParse(id).success) continue
    const stored = await deps.house.files.get(id)
    // Knowing a file's number does not make it one's own.
    if (stored.uploadedBy !== uploadedBy) throw refuse('file-not-yours', { file: id })
    found.set(name.slice(0, -2), stored)
  }
  return { fields, files: found, key: KEY.test(fields['_key'] ?? '') ? fields['_key'] : undefined }
}

export const accountOf = (caller: Caller): string => {
  if (caller.kind === 'anonymous') throw new Error('a page for who is signed in was called by nobody')
  return caller.accountId
}

/** The text of a field; the last one where it came several times. */
export const textOf = (fields: Fields, name: string): string => {
  const value = fields[name]
  return typeof value === 'string' ? value.trim() : ''
}

/** The revision a page was drawn from; null where the form does not say. */
export const revisionIn = (fields: Fields): number | null => (/^\d{1,9}$/.test(textOf(fields, 'revision')) ? Number(textOf(fields, 'revision')) : null)

/** A day from its three parts, however they came; empty where none was filled in. */
export function dayOf(fields: Fields, name: string): string {
  const nested = fields[name]
  const part = (key: 'year' | 'month' | 'day'): string =>
    (typeof nested === 'object' && nested !== null && key in nested ? String((nested as Record<string, unknown>)[key]) : textOf(fields, `${name}.${key}`)).trim()
  const parts = { year: part('year'), month: part('month'), day: part('day') }
  return parts.year === '' && parts.month === '' && parts.day === '' ? '' : dayFromParts(parts)
}

/** Only what was filled in. */
export const filled = <T extends Record<string, unknown>>(values: T): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && value !== undefined))
