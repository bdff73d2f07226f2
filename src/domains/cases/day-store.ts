import { randomUUID } from 'node:crypto'
import type { Bilingual } from '../../base/text.ts'
import type { CivilDay } from '../../base/civil-day.ts'
import type { Database, Queryable } from '../../kernel/db/database.ts'
import { serialOf } from './documents.ts'
import { refuse } from './counter-errors.ts'
import type { TickedDefect } from './day-contract.ts'

export interface NoticeRow { readonly id: string; readonly caseNo: string; readonly item: Bilingual; readonly applicant: string; readonly partyIds: readonly string[]; readonly postId: string; readonly post: Bilingual; readonly personId: string; readonly savedBy: Bilingual; readonly defects: TickedDefect[]; readonly remarks: string; readonly version: number; readonly savedAt: Date }

/** A notice of a case that was answered otherwise (accepted, withdrawn) owes nothing any more: only what can still be sent counts. */
const NOTICE = `
select n.id, m.no as "caseNo", m.data -> 'item' -> 'name' as item, coalesce(f.applicant_name, '') as applicant, m.party_ids as "partyIds", n.post_id as "postId", n.person_id as "personId", n.defects, n.remarks, n.version, n.saved_at as "savedAt",
       jsonb_build_object('zh', p.name_zh, 'en', p.name_en) as post, jsonb_build_object('zh', o.name_zh, 'en', o.name_en) as "savedBy"
  from cases.unsent_notice n
  join flow.matter m on m.id = n.matter_id and m.stage = 'submitted'
  join org.post p on p.id = n.post_id
  join org.person o on o.id = n.person_id
  left join cases.filing f on f.matter_id = m.id
 where n.state = 'open'`

/** The post's notice on a case, ticked and not sent; undefined where there is none. */
export async function findNotice(db: Queryable, matterId: string, postId: string): Promise<NoticeRow | undefined> {
  const [row] = await db.prepared<NoticeRow>('cases_unsent_notice', `${NOTICE} and n.matter_id = $1 and n.post_id = $2`, [matterId, postId])
  return row
}

export const noticesOfPosts = (db: Queryable, postIds: readonly string[]): Promise<NoticeRow[]> =>
  db.prepared<NoticeRow>('cases_unsent_of_posts', `${NOTICE} and n.post_id = any($1) order by n.saved_at, m.no`, [postIds])

/** Those on the named cases that the person saved last: what goes with her shift. */
export const noticesOnCases = (db: Queryable, personId: string, caseNos: readonly string[]): Promise<NoticeRow[]> =>
  db.prepared<NoticeRow>('cases_unsent_on_cases', `${NOTICE} and n.person_id = $1 and m.no = any($2) order by n.saved_at, m.no`, [personId, caseNos])

export interface NoticeToSave { readonly matterId: string; readonly postId: string; readonly personId: string; readonly version: number; readonly defects: readonly TickedDefect[]; readonly remarks: string; readonly at: Date }

/** One notice of a post on a case; `version` must be the one last read. Refuses `counter/notice-changed`. */
export async function saveNotice(db: Queryable, { matterId, postId, personId, version, defects, remarks, at }: NoticeToSave): Promise<void> {
  const values = [matterId, postId, personId, JSON.stringify(defects), remarks, at]
  const rows = version === 0
    ? await db.query(`
insert into cases.unsent_notice (id, matter_id, post_id, person_id, defects, remarks, version, state, saved_at)
values ($7, $1, $2, $3, $4::jsonb, $5, 1, 'open', $6)
on conflict do nothing
returning id`, [...values, randomUUID()])
    : await db.query(`
update cases.unsent_notice
   set person_id = $3, defects = $4::jsonb, remarks = $5, saved_at = $6, version = version + 1
 where matter_id = $1 and post_id = $2 and state = 'open' and version = $7
returning id`, [...values, version])
  if (rows.length === 0) throw refuse('notice-changed')
}

/** Dropping what is gone already is no fault. */
export async function dropNotice(db: Queryable, matterId: string, postId: string, at: Date): Promise<void> {
  await db.query(`update cases.unsent_notice set state = 'dropped', ended_at = $3 where matter_id = $1 and post_id = $2 and state = 'open'`, [matterId, postId, at])
}

/**
 * The receiver's post takes the notices over. Where it has one on the same case already, what that does not name yet is added to it and
 * the giver's ends: nothing ticked is lost.
 */
export async function handNotices(db: Database, notices: readonly NoticeRow[], { postId, personId, at }: { readonly postId: string; readonly personId: string; readonly at: Date }): Promise<void> {
  await db.transaction(async (tx) => {
    for (const notice of notices) {
      const [own] = await tx.query<{ id: string; defects: TickedDefect[]; remarks: string }>(`
select n.id, n.defects, n.remarks
  from cases.unsent_notice n
  join cases.unsent_notice g on g.matter_id = n.matter_id
 where g.id = $1 and n.id <> g.id and n.post_id = $2 and n.state = 'open'
   for update of n`, [notice.id, postId])
      if (!own) {
        await tx.query(`update cases.unsent_notice set post_id = $2, person_id = $3, version = version + 1, saved_at = $4 where id = $1 and state = 'open'`, [notice.id, postId, personId, at])
        continue
      }
      const named = new Set(own.defects.map(subjectOf))
      const defects = [...own.defects, ...notice.defects.filter((defect) => !named.has(subjectOf(defect)))]
      await tx.query(`update cases.unsent_notice set defects = $2::jsonb, remarks = $3, version = version + 1, saved_at = $4 where id = $1`, [own.id, JSON.stringify(defects), [own.remarks, notice.remarks].filter((text) => text !== '').join('\n').slice(0, 1000), at])
      await tx.query(`update cases.unsent_notice set state = 'handedOver', ended_at = $2 where id = $1 and state = 'open'`, [notice.id, at])
    }
  })
}
const subjectOf = ({ materialId, field }: TickedDefect): string => materialId ?? field ?? ''

export interface UnservedRow { readonly caseNo: string; readonly item: Bilingual; readonly paper: Bilingual; readonly no: string; readonly madeAt: Date }

/** Papers the law wants served that the person made on a day, of which the case has no service yet. */
export async function unservedPapers(db: Queryable, personId: string, day: CivilDay): Promise<UnservedRow[]> {
  const rows = await db.prepared<UnservedRow>('cases_unserved', `
select m.no as "caseNo", m.data -> 'item' -> 'name' as item, p.name as paper, p.no, p.made_at as "madeAt"
  from cases.paper p
  join flow.act a on a.entry_id = p.entry_id and a.matter_id = p.matter_id
  join flow.matter m on m.id = p.matter_id
 where p.made_on = $2 and a.person_id = $1 and p.kind = any($3)
   and not exists (select 1 from jsonb_array_elements(m.data -> 'services') s where s ->> 'paper' = p.kind)
 order by p.made_at, m.no, p.kind
 limit 200`, [personId, day, TO_SERVE])
  return rows.map((row) => ({ ...row, no: row.no.replace('{serial}', serialOf(row.caseNo)) }))
}
const TO_SERVE = ['supplementNotice', 'acceptanceNotice', 'refusalOfAcceptance', 'notRequiredNotice']

export interface SignOffRow { readonly post: Bilingual; readonly at: Date }
export const signOffsOf = (db: Queryable, personId: string, day: CivilDay): Promise<SignOffRow[]> =>
  db.prepared<SignOffRow>('cases_sign_offs', `
select jsonb_build_object('zh', p.name_zh, 'en', p.name_en) as post, s.signed_at as at
  from cases.sign_off s
  join org.post p on p.id = s.post_id
 where s.person_id = $1 and s.day = $2
 order by s.signed_at, p.code`, [personId, day])

export interface SignOff { readonly postIds: readonly string[]; readonly personId: string; readonly day: CivilDay; readonly at: Date; readonly holds: number; readonly unserved: number }

/** Signed once a day for a post; again it stays as it was. In one statement with the look at what is unsent: a notice ticked meanwhile is seen. */
export async function signOff(db: Queryable, { postIds, personId, day, at, holds, unserved }: SignOff): Promise<boolean> {
  const rows = await db.query(`
with unsent as (select 1 from cases.unsent_notice n join flow.matter m on m.id = n.matter_id and m.stage = 'submitted' where n.state = 'open' and n.post_id = any($1)),
     signed as (
       insert into cases.sign_off (post_id, person_id, day, signed_at, holds, unserved)
       select post, $2, $3, $4, $5, $6 from unnest($1::uuid[]) post where not exists (select 1 from unsent)
       on conflict do nothing)
select 1 where exists (select 1 from unsent)`, [postIds, personId, day, at, holds, unserved])
  return rows.length === 0
}
