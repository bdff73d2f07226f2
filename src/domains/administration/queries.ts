import type { CivilDay } from '../../base/civil-day.ts'
import type { Bilingual } from '../../base/text.ts'
import type { Queryable } from '../../kernel/db/database.ts'

/** Running clocks whose due day a notice not yet published could move. */
export async function provisionalClocks(db: Queryable): Promise<number> {
  const [row] = await db.query<{ n: number }>('select count(*)::int as n from clock.clock where stopped_on is null and provisional')
  return row!.n
}

export const noticesOf = (db: Queryable, year: number): Promise<{ source: string; importedAt: Date }[]> =>
  db.query('select source, imported_at as "importedAt" from calendar.notice where year = $1 order by version', [year])

/** Every rule in every version with the clocks that run by it now. */
export const clockRuleUse = (db: Queryable): Promise<{ code: string; version: number; running: number; suspended: number }[]> => db.query(`
select r.code, r.version, count(c.id) filter (where c.due_on is not null)::int as running, count(c.id) filter (where c.due_on is null)::int as suspended
  from clock.rule r
  left join clock.clock c on c.rule = r.code and c.rule_version = r.version and c.stopped_on is null
 group by r.code, r.version
 order by r.code, r.version`)

export interface ColleagueRow { readonly id: string; readonly name: Bilingual; readonly posts: Bilingual[] }

/** People who hold a post on a day in these organisations: whom one may name as second officer or hand a shift to. */
export const colleaguesOf = (db: Queryable, organisationIds: readonly string[], exceptPersonId: string, day: CivilDay): Promise<ColleagueRow[]> => db.query(`
select n.id, jsonb_build_object('zh', n.name_zh, 'en', n.name_en) as name, jsonb_agg(jsonb_build_object('zh', p.name_zh, 'en', p.name_en) order by p.code) as posts
  from org.holding h
  join org.person n on n.id = h.person_id
  join org.post p on p.id = h.post_id
 where p.organisation_id = any($1::uuid[])
   and n.id <> $2
   and $3::date >= h.valid_from and (h.valid_to is null or $3::date <= h.valid_to)
   and $3::date >= p.valid_from and (p.valid_to is null or $3::date <= p.valid_to)
   and $3::date >= n.valid_from and (n.valid_to is null or $3::date <= n.valid_to)
 group by n.id
 order by n.name_zh, n.id
 limit 300`, [organisationIds, exceptPersonId, day])

export interface PersonRow { readonly id: string; readonly name: Bilingual; readonly staffNo: string; readonly posts: Bilingual[]; readonly onLeaveUntil: CivilDay | null }

/** People in service on a day by name or staff number, with their posts; at most 100. */
export const findPeople = (db: Queryable, q: string, day: CivilDay): Promise<PersonRow[]> => db.query(`
select n.id, jsonb_build_object('zh', n.name_zh, 'en', n.name_en) as name, n.staff_no as "staffNo",
       coalesce((select jsonb_agg(jsonb_build_object('zh', p.name_zh, 'en', p.name_en) order by p.code)
                   from org.holding h join org.post p on p.id = h.post_id
                  where h.person_id = n.id and $2::date >= h.valid_from and (h.valid_to is null or $2::date <= h.valid_to)), '[]') as posts,
       (select max(l.valid_to) from org.leave l where l.person_id = n.id and $2::date between l.valid_from and l.valid_to) as "onLeaveUntil"
  from org.person n
 where $2::date >= n.valid_from and (n.valid_to is null or $2::date <= n.valid_to)
   and ($1 = '' or strpos(lower(concat_ws(' ', n.name_zh, n.name_en, n.staff_no)), lower($1)) > 0)
 order by n.name_zh, n.id
 limit 100`, [q, day])

export interface LeaveRow { readonly id: string; readonly personId: string; readonly name: Bilingual; readonly kind: 'annual' | 'sick' | 'training' | 'travel' | 'other'; readonly validFrom: CivilDay; readonly validTo: CivilDay }

/** Leave under way or to come. */
export const leavesFrom = (db: Queryable, day: CivilDay): Promise<LeaveRow[]> => db.query(`
select l.id, l.person_id as "personId", jsonb_build_object('zh', n.name_zh, 'en', n.name_en) as name, l.kind, l.valid_from as "validFrom", l.valid_to as "validTo"
  from org.leave l
  join org.person n on n.id = l.person_id
 where l.valid_to >= $1
 order by l.valid_from, n.name_zh
 limit 200`, [day])

export const rolesOf = (db: Queryable): Promise<{ code: string; name: Bilingual; permissions: string[] }[]> =>
  db.query(`select code, jsonb_build_object('zh', name_zh, 'en', name_en) as name, permissions from org.role order by code`)

export const personNames = (db: Queryable, ids: readonly string[]): Promise<{ id: string; name: Bilingual }[]> =>
  db.query(`select id, jsonb_build_object('zh', name_zh, 'en', name_en) as name from org.person where id = any($1::uuid[])`, [ids])

/** Numbers of matters, for records that only keep their id. */
export const matterNumbers = (db: Queryable, ids: readonly string[]): Promise<{ id: string; no: string }[]> =>
  db.query('select id, no from flow.matter where id = any($1::uuid[])', [ids])

export interface LedgerRow { readonly origin: string | null; readonly size: number; readonly pending: number; readonly published: number; readonly checkpointAt: Date | null }
/** How far the public log is: numbered, waiting for a number, and under the newest checkpoint. */
export async function ledgerState(db: Queryable): Promise<LedgerRow> {
  const [row] = await db.query<LedgerRow>(`
select (select origin from ledger.head limit 1) as origin,
       (select coalesce(max(index) + 1, 0)::int from ledger.position) as size,
       (select count(*)::int from ledger.pending) as pending,
       coalesce(c.size, 0)::int as published, c.published_at as "checkpointAt"
  from (select 1) one
  left join lateral (select size, published_at from ledger.checkpoint order by size desc limit 1) c on true`)
  return row!
}
