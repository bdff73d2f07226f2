import type { CivilDay } from '../../base/civil-day.ts'
import type { Bilingual } from '../../base/text.ts'
import type { Queryable } from '../db/database.ts'
import type { Cover, HeldPost } from './types.ts'

/** Posts a person may act from on a day: none while on leave; B posts only while A is away, or where the post lets B act alongside. */
export async function heldPosts(db: Queryable, personId: string, day: CivilDay): Promise<readonly HeldPost[]> {
  const [row] = await db.prepared<{ posts: HeldPost[] }>('org_held_posts', 'select org.held_posts($1, $2) as posts', [personId, day])
  return row?.posts ?? []
}

export interface Holder {
  readonly holdingId: string
  readonly personId: string
  readonly name: Bilingual
  readonly cover: Cover
  /** On leave, or no longer with us. */
  readonly away: boolean
  /** May act from the post today. */
  readonly acts: boolean
}

/** A and B of a post on a day, A first; empty where nobody is named or the post does not exist that day. */
export async function findHolders(db: Queryable, postId: string, day: CivilDay): Promise<readonly Holder[]> {
  const rows = await db.prepared<HolderRow>('org_find_holders', `select * from (${HOLDER} and h.post_id = $2) holder order by cover`, [day, postId])
  return rows.map(holderOf)
}

export interface UncoveredPost {
  readonly postId: string
  readonly code: string
  readonly name: Bilingual
  readonly organisationId: string
  readonly organisationName: Bilingual
  /** `vacant`: nobody is named; `away`: both A and B are away. */
  readonly why: 'vacant' | 'away'
}

/** The alarm of AB岗 (HZ04 九): posts of that day from which nobody can act. */
export async function postsWithoutAnybody(db: Queryable, day: CivilDay): Promise<readonly UncoveredPost[]> {
  const rows = await db.query<{ id: string; code: string; name_zh: string; name_en: string; organisation_id: string; o_zh: string; o_en: string; named: boolean }>(`
    with holder as (${HOLDER})
    select p.id, p.code, p.name_zh, p.name_en, o.id as organisation_id, o.name_zh as o_zh, o.name_en as o_en,
           exists (select from holder where holder.post_id = p.id) as named
      from org.post p
      join org.organisation o on o.id = p.organisation_id
     where $1::date >= p.valid_from and (p.valid_to is null or $1::date <= p.valid_to)
       and $1::date >= o.valid_from and (o.valid_to is null or $1::date <= o.valid_to)
       and not exists (select from holder where holder.post_id = p.id and not holder.away)
     order by o.code, p.code`, [day])
  return rows.map((row) => ({
    postId: row.id,
    code: row.code,
    name: { zh: row.name_zh, en: row.name_en },
    organisationId: row.organisation_id,
    organisationName: { zh: row.o_zh, en: row.o_en },
    why: row.named ? 'away' : 'vacant',
  }))
}

/** Holdings valid on $1, with whether their holder is away; a subquery named by who embeds it. */
export const HOLDER = `
  select h.id, h.post_id, h.person_id, h.cover, n.name_zh, n.name_en, p.b_alongside, x.away,
         bool_or(h.cover = 'A' and not x.away) over (partition by h.post_id) as a_present
    from org.holding h
    join org.person n on n.id = h.person_id
    join org.post p on p.id = h.post_id and $1::date >= p.valid_from and (p.valid_to is null or $1::date <= p.valid_to)
    join org.organisation o on o.id = p.organisation_id and $1::date >= o.valid_from and (o.valid_to is null or $1::date <= o.valid_to)
    cross join lateral (
      select $1::date < n.valid_from or coalesce($1::date > n.valid_to, false)
          or exists (select from org.leave l where l.person_id = h.person_id and $1::date between l.valid_from and l.valid_to) as away
    ) x
   where $1::date >= h.valid_from and (h.valid_to is null or $1::date <= h.valid_to)`

export interface HolderRow {
  readonly id: string
  readonly post_id: string
  readonly person_id: string
  readonly cover: Cover
  readonly name_zh: string
  readonly name_en: string
  readonly b_alongside: boolean
  readonly away: boolean
  readonly a_present: boolean
}

export const holderOf = (row: HolderRow): Holder => ({
  holdingId: row.id,
  personId: row.person_id,
  name: { zh: row.name_zh, en: row.name_en },
  cover: row.cover,
  away: row.away,
  acts: !row.away && (row.cover === 'A' || row.b_alongside || !row.a_present),
})
