import { createHash } from 'node:crypto'
import { usccCheckCharacter } from '../../../base/identifiers.ts'
import type { Queryable } from '../../../kernel/db/database.ts'

/** The same thing has the same id in every demo district: seeds can be told apart from what people made. */
export function seedId(kind: string, key: string): string {
  const hex = createHash('sha256').update(`mingtang demo\n${kind}\n${key}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Inserts many rows of one table by one statement; column types are the table's own. What is already there stays as it is. */
export async function insertRows(db: Queryable, table: string, rows: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
  if (rows.length === 0) return
  const columns = Object.keys(rows[0]!).map((column) => `"${column}"`).join(', ')
  await db.query(`insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb) on conflict do nothing`, [JSON.stringify(rows)])
}

/** A credit code that no organisation has, for communities: 55 (组织), Xicheng, a fictional number with both check characters. */
export function fictionalUscc(prefix: string, n: number): string {
  const number = `MT${String(n).padStart(6, '0')}`
  const weights = [3, 7, 9, 10, 5, 8, 4, 2]
  const sum = [...number].reduce((total, character, i) => total + parseInt(character, 36) * weights[i]!, 0)
  const check = 11 - (sum % 11)
  const first17 = `${prefix}110102${number}${check === 10 ? 'X' : check === 11 ? '0' : check}`
  return first17 + usccCheckCharacter(first17)!
}
