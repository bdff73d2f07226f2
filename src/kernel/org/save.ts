import type { z } from 'zod'
import type { CivilDay } from '../../base/civil-day.ts'
import type { Bilingual } from '../../base/text.ts'
import type { Queryable } from '../db/database.ts'
import { check } from '../input/check.ts'
import { refuse } from './errors.ts'
import type { Row } from './rows.ts'

/** Who changes the organisation, and when. `byPersonId` null: seeds and the first administrator. */
export interface Note { readonly at: Date; readonly byPersonId: string | null }

export type Table = 'organisation' | 'site' | 'counter' | 'person' | 'post' | 'holding' | 'leave' | 'authorisation'
const NAMES: Readonly<Record<Table, Bilingual>> = {
  organisation: { zh: '机构', en: 'organisation' }, site: { zh: '场所', en: 'site' }, counter: { zh: '窗口', en: 'counter' }, person: { zh: '人员', en: 'person' }, post: { zh: '岗位', en: 'post' },
  holding: { zh: '任岗', en: 'holding' }, leave: { zh: '请假', en: 'leave' }, authorisation: { zh: '授权', en: 'authorisation' },
}
export const nameOf = (table: Table): Bilingual => NAMES[table]

/**
 * Inserts one row and its note in `org.change` by one statement. `valid` lists what the row refers to and must be valid on its
 * first day. Refuses `org/unknown-reference`, `org/overlap`, `org/staff-no-taken`.
 */
export async function insert(db: Queryable, note: Note, table: Table, row: Row, valid: readonly { readonly table: Table; readonly id: string | null }[] = []): Promise<Row> {
  const values: unknown[] = [note.at, note.byPersonId, `create-${table}`, table]
  const bind = (value: unknown, cast = ''): string => `$${values.push(value)}${cast}`
  const columns = Object.keys(row)
  const places = columns.map((column) => `${bind(row[column])}`)
  const day = `(${places[columns.indexOf('valid_from')]})::date`
  const references = valid.filter((one) => one.id !== null).map((one) =>
    `exists (select from org.${one.table} r where r.id = ${bind(one.id, '::uuid')} and ${day} >= r.valid_from and (r.valid_to is null or ${day} <= r.valid_to))`)
  const source = `
    insert into org.${table} (${columns.join(', ')})
    select ${places.map((place, i) => `(${place})::${castOf(columns[i]!)}`).join(', ')}
     where ${references.length === 0 ? 'true' : references.join(' and ')}`
  const [done] = await noted(db, source, values, table)
  if (!done) throw refuse('unknown-reference')
  return done
}

/** Updates one row and notes it. Refuses `org/not-found`. */
export async function amend(db: Queryable, note: Note, table: Table, id: string, set: Row, command = `amend-${table}`, condition = 'true'): Promise<Row | undefined> {
  const values: unknown[] = [note.at, note.byPersonId, command, table]
  const bind = (value: unknown): string => `$${values.push(value)}`
  const changes = Object.entries(set).map(([column, value]) => `${column} = (${bind(value)})::${castOf(column)}`)
  const extra = table === 'authorisation' ? ', version = version + 1' : ''
  const [done] = await noted(db, `update org.${table} t set ${changes.join(', ')}${extra} where id = ${bind(id)}::uuid and (${condition})`, values, table)
  return done
}

/**
 * Ends a row with its last day (included); nothing is ever deleted. `unless`: SQL over `t.id` and the day `$5` that must find
 * nothing, else `org/still-in-use`. Refuses `org/not-found`, `org/already-closed`, `org/closes-before-it-begins`.
 */
export async function close(db: Queryable, note: Note, table: Table, id: string, lastDay: CivilDay, unless?: { readonly what: Bilingual; readonly sql: string }): Promise<Row> {
  const open = `(t.valid_to is null or t.valid_to > $5::date) and t.valid_from <= $5::date${unless ? ` and not exists (${unless.sql})` : ''}`
  const done = await amend(db, note, table, id, { valid_to: lastDay }, `close-${table}`, open)
  if (done) return done
  const [row] = await db.query<{ valid_from: string; valid_to: string | null }>(`select valid_from, valid_to from org.${table} where id = $1`, [id])
  if (!row) throw refuse('not-found', { what: nameOf(table) })
  if (row.valid_from > lastDay) throw refuse('closes-before-it-begins')
  if (row.valid_to !== null && row.valid_to <= lastDay) throw refuse('already-closed', { what: nameOf(table) })
  throw refuse('still-in-use', { what: unless?.what ?? nameOf(table) })
}

async function noted(db: Queryable, source: string, values: readonly unknown[], table: Table): Promise<Row[]> {
  try {
    return await db.query<Row>(`
      with done as (${source} returning *),
           noted as (
             insert into org.change (at, by_person_id, command, subject, subject_id, row)
             select $1::timestamptz, $2::uuid, $3::text, $4::text, done.id, to_jsonb(done) from done)
      select * from done`, values)
  } catch (error) {
    throw refusalOf(error, table)
  }
}

/** What the database forbids by a named constraint is a lawful no; anything else is a failure. */
function refusalOf(error: unknown, table: Table): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  if (error.code === '23P01') return refuse('overlap', { what: nameOf(table) })
  if (error.code === '23503') return refuse('unknown-reference')
  if (error.code === '23505' && 'constraint' in error && error.constraint === 'person_staff_no_key') return refuse('staff-no-taken', { staffNo: '' })
  return error
}

const CASTS: Readonly<Record<string, string>> = {
  level: 'smallint', longitude: 'numeric', latitude: 'numeric', uniform_sign: 'boolean', uniform_rules: 'boolean', uniform_dress: 'boolean',
  barrier_free: 'boolean', b_alongside: 'boolean', items: 'text[]', acts: 'text[]', valid_from: 'date', valid_to: 'date', revoked_on: 'date',
}
const castOf = (column: string): string => CASTS[column] ?? (column === 'id' || column.endsWith('_id') ? 'uuid' : 'text')

/** Input by its schema, or `org/invalid` with a JSON Pointer for each place. */
export const checked = <T>(schema: z.ZodType<T>, input: unknown): T => check(schema, input, (errors) => refuse('invalid', { count: errors.length }, { errors }))
