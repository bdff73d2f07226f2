import type { Json } from '../../base/canonical-json.ts'
import type { Queryable } from '../db/database.ts'
import type { LogRef } from './types.ts'

/** Salt and private facts of an entry; null once the retention role erased them (the proof of the leaf stays valid). */
export async function findOpening(db: Queryable, entryId: string): Promise<{ salt: string; private: Json } | null> {
  const [row] = await db.prepared<{ salt: Buffer; private: Json }>('ledger_opening', 'select salt, private from ledger.opening where entry = $1', [entryId])
  return row ? { salt: row.salt.toString('base64'), private: row.private } : null
}

/** Erases the private facts of the entries under a matter's `ref` (个人信息保护法 第四十七条); with the retention role's login. Returns how many. */
export async function eraseOpenings(retention: Queryable, ref: LogRef): Promise<number> {
  const rows = await retention.query('delete from ledger.opening o using ledger.entry e where e.id = o.entry and e.ref = $1 returning o.entry', [ref])
  return rows.length
}
