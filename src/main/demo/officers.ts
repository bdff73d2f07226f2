import type { Officer } from '../../kernel/access/types.ts'
import type { CivilDay } from '../../base/civil-day.ts'
import type { Queryable } from '../../kernel/db/database.ts'
import type { Authorisation, HeldPost } from '../../kernel/org/types.ts'

/** Everybody who works in the district as they stand on a day, with posts and authorisations: whoever simulates acts is one of them. */
export async function officersOn(db: Queryable, day: CivilDay): Promise<readonly Officer[]> {
  const rows = await db.query<{ id: string; name: string; account: string | null; posts: HeldPost[] | null; authorisations: Authorisation[] | null }>(`
select p.id, p.name_zh as name, a.id as account, h.posts, org.authorisations_of(p.id, h.posts, $1::date) as authorisations
  from org.person p
 cross join lateral (select org.held_posts(p.id, $1::date) as posts) h
  left join access.account a on a.person_id = p.id
 order by p.staff_no`, [day])
  return rows.filter((row) => (row.posts ?? []).length > 0).map((row) => ({
    kind: 'officer', accountId: row.account ?? row.id, sessionId: 'simulation', personId: row.id, name: row.name, posts: row.posts!, authorisations: row.authorisations ?? [],
    permissions: [...new Set(row.posts!.flatMap((post) => post.permissions))],
  }))
}
