import { createHash } from 'node:crypto'
import { JsonText } from '../../base/canonical-json.ts'
import type { Queryable } from '../db/database.ts'
import type { RowChange } from './types.ts'

/** Stands in a row for the number the counter gives within the same statement. */
export const MATTER_NO = Symbol('the matter’s number')

/** Type of every column of our schemas, `flow.matter` → { id → `uuid` }. Parameters are cast to it, since a CTE infers nothing. */
export type ColumnTypes = ReadonlyMap<string, ReadonlyMap<string, string>>

export async function loadColumnTypes(db: Queryable): Promise<ColumnTypes> {
  const rows = await db.query<{ table: string; column: string; type: string }>(`
    select n.nspname || '.' || c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type
      from pg_attribute a
      join pg_class c on c.oid = a.attrelid
      join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
       and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`)
  const types = new Map<string, Map<string, string>>()
  for (const { table, column, type } of rows) {
    if (!types.has(table)) types.set(table, new Map())
    types.get(table)!.set(column, type)
  }
  return types
}

export interface Statement { readonly name: string; readonly text: string; readonly values: readonly unknown[] }

/**
 * A part of the statement: parameters in the order in which `text` asks for them. `shape` says everything the text depends on, so that
 * the same shape never needs its text written again.
 */
export interface Piece {
  readonly shape: string
  /** Whose type each parameter has; asked for only when the text is written. */
  readonly columns: () => readonly (readonly [table: string, column: string])[]
  readonly values: readonly unknown[]
  /** SQL out of the parameters' places, each cast to its column's type. */
  readonly text: (places: readonly string[]) => string
}
/** The head of the statement, CTEs ending in one named `g` that returns `no`: everything else is written only if it returned a row. */
export type Gate = Piece

interface Plan { readonly name: string; readonly text: string; readonly isJson: readonly boolean[] }
const plans = new WeakMap<ColumnTypes, Map<string, Plan>>()

/**
 * One data-modifying statement out of many row changes, so that an act is one round trip and one commit. The text depends only on
 * which columns are touched; it is written once, named by its hash and prepared once per connection.
 */
export function compileStatement(types: ColumnTypes, gate: Gate, changes: readonly RowChange[]): Statement {
  const pieces = [gate, ...groupsOf(changes).map(pieceOf)]
  const shape = pieces.map((piece) => piece.shape).join('\n')
  const known = plans.get(types) ?? plans.set(types, new Map()).get(types)!
  let plan = known.get(shape)
  if (!plan) known.set(shape, plan = planOf(types, pieces))
  const { name, text, isJson } = plan
  return { name, text, values: pieces.flatMap((piece) => piece.values).map((value, i) => encoded(value, isJson[i]!)) }
}

/** As PostgreSQL reads it. The driver would take lists for arrays, and an instant through the local zone. */
function encoded(value: unknown, isJson: boolean): unknown {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return value.toISOString()
  if (!isJson) return value
  return value instanceof JsonText ? value.text : JSON.stringify(value)
}

function planOf(types: ColumnTypes, pieces: readonly Piece[]): Plan {
  const isJson: boolean[] = []
  const place = ([table, column]: readonly [string, string]): string => {
    const type = types.get(table)?.get(column)
    if (type === undefined) throw new Error(`no column ${table}.${column}`)
    isJson.push(type === 'jsonb' || type === 'json')
    return `$${isJson.length}::${type}`
  }
  const [gate, ...rest] = pieces.map((piece) => piece.text(piece.columns().map(place)))
  const text = `with ${[gate, ...rest.map((one, i) => `w${i} as (${one})`)].join(',\n')}\nselect no from g`
  return { name: `act_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`, text, isJson }
}

/** Changes that say the same of several rows go together, in the place of the first: fewer nodes for the database to start and end. */
function groupsOf(changes: readonly RowChange[]): readonly (readonly [shape: string, group: readonly RowChange[]])[] {
  const groups = new Map<string, RowChange[]>()
  changes.forEach((change, i) => {
    const shape = change.op === 'update' ? `u ${change.table} ${Object.keys(change.set).join()} where ${Object.keys(change.where).join()}`
      : change.op === 'insert' ? `i ${change.table} ${Object.keys(change.row).join()}` : `${i} ${change.table} ${Object.keys(change.row).join()} on ${change.key.join()}`
    const group = groups.get(shape)
    if (group) group.push(change)
    else groups.set(shape, [change])
  })
  return [...groups]
}

function pieceOf([shape, group]: readonly [string, readonly RowChange[]]): Piece {
  const first = group[0]!
  const { table } = first
  const columns = first.op === 'update' ? [...Object.keys(first.set), ...Object.keys(first.where)] : Object.keys(first.row)
  const cells = group.flatMap((change) => (change.op === 'update' ? [...Object.values(change.set), ...Object.values(change.where)] : Object.values(change.row)))
  // The matter's number is no parameter: it stands in the text wherever it is asked for.
  const numbers = cells.flatMap((value, i) => (value === MATTER_NO ? [i] : []))
  return {
    shape: `${shape} ×${group.length}${numbers.length > 0 ? ` no ${numbers.join()}` : ''}`,
    columns: () => cells.flatMap((value, i) => (value === MATTER_NO ? [] : [[table, columns[i % columns.length]!] as const])),
    values: numbers.length > 0 ? cells.filter((value) => value !== MATTER_NO) : cells,
    text: (places) => {
      let next = 0
      const all = cells.map((value) => (value === MATTER_NO ? 'g.no' : places[next++]!))
      const rows = group.map((_, i) => all.slice(i * columns.length, (i + 1) * columns.length))
      return first.op === 'update' ? updateText(first, rows) : insertText(first, columns, rows)
    },
  }
}

function insertText(change: Exclude<RowChange, { op: 'update' }>, columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const insert = `insert into ${change.table} (${columns.map(quote).join(', ')}) select ${rows.length === 1 ? `${rows[0]!.join(', ')} from g` : `v.* from g cross join lateral (values ${tuples(rows)}) v`}`
  if (change.op === 'insert') return insert
  const set = columns.filter((column) => !change.key.includes(column)).map((column) => `${quote(column)} = excluded.${quote(column)}`)
  return `${insert} on conflict (${change.key.map(quote).join(', ')}) do ${set.length ? `update set ${set.join(', ')}` : 'nothing'}`
}

function updateText(change: Extract<RowChange, { op: 'update' }>, rows: readonly (readonly string[])[]): string {
  const [set, where] = [Object.keys(change.set), Object.keys(change.where)]
  const value = (i: number): string => (rows.length === 1 ? rows[0]![i]! : `v.c${i}`)
  const from = rows.length === 1 ? 'g' : `g cross join lateral (values ${tuples(rows)}) v (${[...set, ...where].map((_, i) => `c${i}`).join(', ')})`
  return `update ${change.table} t set ${set.map((column, i) => `${quote(column)} = ${value(i)}`).join(', ')} from ${from} where ${where.map((column, i) => `t.${quote(column)} = ${value(set.length + i)}`).join(' and ')}`
}

const tuples = (rows: readonly (readonly string[])[]): string => rows.map((row) => `(${row.join(', ')})`).join(', ')
const quote = (name: string): string => `"${name}"`
