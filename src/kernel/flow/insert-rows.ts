import type { Queryable } from '../db/database.ts'
import type { RowChange } from './types.ts'

/** Writes insert changes outside an act, in the caller's transaction: messages owed by a sweep. What is there already stays. */
export async function insertRows(tx: Queryable, rows: readonly RowChange[]): Promise<void> {
  for (const change of rows) {
    if (change.op !== 'insert') throw new Error(`only inserts here, got ${change.op}`)
    const columns = Object.keys(change.row)
    const values = columns.map((column) => { const value = change.row[column]; return typeof value === 'object' && value !== null && !(value instanceof Date) && !Buffer.isBuffer(value) ? JSON.stringify(value) : value })
    await tx.query(`insert into ${change.table} (${columns.map((column) => `"${column}"`).join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')}) on conflict do nothing`, values)
  }
}
