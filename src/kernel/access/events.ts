import type { Queryable } from '../db/database.ts'

export interface SecurityEvent {
  readonly id: number
  readonly at: Date
  readonly kind: string
  readonly username: string | null
  readonly byUsername: string | null
  readonly detail: unknown
}

/** The audit administrator's view: the latest first, at most 200; `before` is the id of the last one seen. */
export async function findEvents(db: Queryable, ask: { readonly kind?: string; readonly accountId?: string; readonly before?: number; readonly limit?: number } = {}): Promise<readonly SecurityEvent[]> {
  return db.query<SecurityEvent>(`
    select e.id, e.at, e.kind, a.username, b.username as "byUsername", e.detail
      from access.event e
      left join access.account a on a.id = e.account_id
      left join access.account b on b.id = e.by_id
     where ($1::text is null or e.kind = $1) and ($2::uuid is null or e.account_id = $2) and ($3::bigint is null or e.id < $3)
     order by e.id desc limit $4`, [ask.kind ?? null, ask.accountId ?? null, ask.before ?? null, Math.min(Math.max(1, ask.limit ?? 50), 200)])
}
