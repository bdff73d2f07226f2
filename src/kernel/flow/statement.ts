import { createHash } from 'node:crypto'
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

/** The head of the statement: everything else is written only if it returned a row, called `g`. */
export interface Gate {
  /** CTEs ending in one named `g` that returns `no`; `bind` gives a parameter cast to a column's type. */
  readonly text: (bind: Bind) => string
}
export type Bind = (value: unknown, table: string, column: string) => string

const texts = new Map<string, { name: string; text: string }>()

/**
 * One data-modifying statement out of many row changes, so that an act is one round trip and one commit. The text depends only on
 * which columns are touched; it is named by its hash and prepared once per connection.
 */
export function compileStatement(types: ColumnTypes, gate: Gate, changes: readonly RowChange[]): Statement {
  const values: unknown[] = []
  const bind: Bind = (value, table, column) => {
    if (value === MATTER_NO) return 'g.no'
    const type = types.get(table)?.get(column)
    if (type === undefined) throw new Error(`no column ${table}.${column}`)
    const json = type === 'jsonb' || type === 'json'
    values.push(json && value !== null && value !== undefined ? JSON.stringify(value) : (value ?? null))
    return `$${values.length}::${type}`
  }
  const parts = [gate.text(bind)]
  groupsOf(changes).forEach((group, i) => parts.push(`w${i} as (${group.length === 1 ? changeText(group[0]!, bind) : groupText(group, bind)})`))
  const text = `with ${parts.join(',\n')}\nselect no from g`
  let known = texts.get(text)
  if (!known) {
    known = { name: `act_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`, text }
    texts.set(text, known)
  }
  return { ...known, values }
}

/** Changes that say the same of several rows go together, in the place of the first: fewer nodes for the database to start and end. */
function groupsOf(changes: readonly RowChange[]): readonly (readonly RowChange[])[] {
  const groups = new Map<string, RowChange[]>()
  changes.forEach((change, i) => {
    const shape = change.op === 'insert' ? `i ${change.table} ${Object.keys(change.row).join()}` : change.op === 'update' ? `u ${change.table} ${Object.keys(change.where).join()} ${Object.keys(change.set).join()}` : `${i}`
    const group = groups.get(shape)
    if (group) group.push(change)
    else groups.set(shape, [change])
  })
  return [...groups.values()]
}

/** Several rows of one shape: their values as a table, beside the gate. */
function groupText(group: readonly RowChange[], bind: Bind): string {
  const { table } = group[0]!
  const rows = group.map((change) => (change.op === 'update' ? { ...prefixed('k_', change.where), ...prefixed('', change.set) } : change.op === 'insert' ? change.row : {}))
  const columns = Object.keys(rows[0]!)
  const values = rows.map((row) => `(${columns.map((column) => bind(row[column], table, group[0]!.op === 'update' ? column.replace(/^k_/, '') : column)).join(', ')})`)
  const from = `g cross join lateral (values ${values.join(', ')}) v (${columns.map(quote).join(', ')})`
  const [first] = group as readonly [RowChange]
  if (first.op !== 'update') return `insert into ${table} (${columns.map(quote).join(', ')}) select ${columns.map((column) => `v.${quote(column)}`).join(', ')} from ${from}`
  const set = Object.keys(first.set).map((column) => `${quote(column)} = v.${quote(column)}`)
  return `update ${table} t set ${set.join(', ')} from ${from} where ${Object.keys(first.where).map((column) => `t.${quote(column)} = v.${quote(`k_${column}`)}`).join(' and ')}`
}
const prefixed = (prefix: string, row: Readonly<Record<string, unknown>>): Record<string, unknown> => Object.fromEntries(Object.entries(row).map(([column, value]) => [prefix + column, value]))

function changeText(change: RowChange, bind: Bind): string {
  if (change.op === 'update') {
    const set = Object.entries(change.set).map(([column, value]) => `${quote(column)} = ${bind(value, change.table, column)}`)
    const where = Object.entries(change.where).map(([column, value]) => `t.${quote(column)} = ${bind(value, change.table, column)}`)
    return `update ${change.table} t set ${set.join(', ')} from g where ${where.join(' and ')}`
  }
  const columns = Object.keys(change.row)
  const insert = `insert into ${change.table} (${columns.map(quote).join(', ')}) select ${columns.map((column) => bind(change.row[column], change.table, column)).join(', ')} from g`
  if (change.op === 'insert') return insert
  const set = columns.filter((column) => !change.key.includes(column)).map((column) => `${quote(column)} = excluded.${quote(column)}`)
  return `${insert} on conflict (${change.key.map(quote).join(', ')}) do ${set.length ? `update set ${set.join(', ')}` : 'nothing'}`
}

const quote = (name: string): string => `"${name}"`
