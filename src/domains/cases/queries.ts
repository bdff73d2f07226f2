import type { CivilDay } from '../../base/civil-day.ts'
import type { Json } from '../../base/canonical-json.ts'
import type { Bilingual } from '../../base/text.ts'
import { normaliseIdNumber } from '../../kernel/access/identity-types.ts'
import type { Queryable } from '../../kernel/db/database.ts'
import { MATTER_COLUMNS, matterOf, type MatterRow } from '../../kernel/flow/read.ts'
import type { Matter } from '../../kernel/flow/types.ts'
import type { CaseData } from './case.ts'
import { serialOf } from './documents.ts'

export interface PaperEntry { readonly id: string; readonly kind: string; readonly no: string; readonly name: Bilingual; readonly madeAt: Date; readonly madeOn: CivilDay; readonly entryId: string }

/** Papers of a case in the order they were made; the serial of the case number stands in each number. */
export async function papersOf(db: Queryable, matterId: string, caseNo: string): Promise<PaperEntry[]> {
  const rows = await db.prepared<PaperEntry>('cases_papers', `
select id, kind, no, name, made_at as "madeAt", made_on as "madeOn", entry_id as "entryId"
  from cases.paper
 where matter_id = $1
 order by made_at, id`, [matterId])
  return rows.map((row) => ({ ...row, no: row.no.replace('{serial}', serialOf(caseNo)) }))
}

export interface PaperFacts extends PaperEntry { readonly facts: { readonly [key: string]: Json }; readonly caseNo: string; readonly matterId: string; readonly leafHash: string; readonly partyIds: readonly string[] }

/** One paper with what it says; null where there is none. */
export async function findPaper(db: Queryable, caseNo: string, paperId: string): Promise<PaperFacts | null> {
  const [paper] = await papersWithFacts(db, caseNo, paperId)
  return paper ?? null
}

/** The papers of a case with what they say, in the order they were made; `paperId`: that one alone. */
export async function papersWithFacts(db: Queryable, caseNo: string, paperId: string | null = null): Promise<PaperFacts[]> {
  const rows = await db.prepared<PaperFacts>('cases_papers_facts', `
select p.id, p.kind, p.no, p.name, p.made_at as "madeAt", p.made_on as "madeOn", p.entry_id as "entryId", p.facts, m.no as "caseNo", m.id as "matterId", encode(e.leaf_hash, 'base64') as "leafHash", m.party_ids as "partyIds"
  from cases.paper p
  join flow.matter m on m.id = p.matter_id
  left join ledger.entry e on e.id = p.entry_id
 where m.no = $1 and ($2::uuid is null or p.id = $2::uuid)
 order by p.made_at, p.id`, [caseNo, paperId])
  return rows.map((row) => ({ ...row, no: row.no.replace('{serial}', serialOf(caseNo)) }))
}

const caseOf = (row: MatterRow): Matter<CaseData> => matterOf(row) as unknown as Matter<CaseData>

export interface FoundCase { readonly matter: Matter<CaseData>; readonly applicantName: string }

/** The counter's one field: case number, identity number, telephone or the beginning of a name. Newest first, at most 50. */
export async function findCases(db: Queryable, q: string, limit = 50): Promise<FoundCase[]> {
  const text = q.normalize('NFKC').trim()
  const rows = await db.prepared<MatterRow & { applicant_name: string }>('cases_find', `
select ${MATTER_COLUMNS}, f.applicant_name
  from cases.filing f
  join flow.matter m on m.id = f.matter_id
 where m.no = upper($1) or f.id_number = upper($1) or f.agent_id_number = upper($1) or f.phone = $1 or f.applicant_name like $2 escape '\\'
 order by m.opened_at desc, m.id
 limit $3`, [text, `${text.replace(/[\\%_]/g, '\\$&')}%`, limit])
  return rows.map((row) => ({ matter: caseOf(row), applicantName: row.applicant_name }))
}

/** What somebody began online, by her document's number: only where an original was seen, for anybody may have typed the number. Newest first, at most 20. */
export async function findDrafts(db: Queryable, idNumber: string): Promise<Matter<CaseData>[]> {
  const rows = await db.prepared<MatterRow>('cases_find_drafts', `
select ${MATTER_COLUMNS}
  from flow.matter m
 where m.kind = 'case' and m.stage = 'draft'
   and m.party_ids && array(
         select p.id
           from access.party p
           join access.party known on known.id = coalesce(p.merged_into, p.id)
          where known.id_number = $1 and not known.declared and known.merged_into is null)
 order by m.opened_at desc, m.id
 limit 20`, [normaliseIdNumber(idNumber)])
  return rows.map(caseOf)
}

export interface CaseListFilter { readonly organisationIds: readonly string[] | null; readonly stage?: string; readonly light?: string; readonly item?: string; readonly q?: string; readonly limit: number; readonly offset: number }

/** Cases of organisations (null: all) by stage, item and light of the earliest clock; the light is judged by instants, not by a flag. */
export async function listCases(db: Queryable, filter: CaseListFilter): Promise<{ cases: (FoundCase & { dueAt: Date | null; announced: string | null })[]; total: number }> {
  const rows = await db.prepared<MatterRow & { applicant_name: string | null; due_at: Date | null; announced: string | null; total: number }>('cases_list', `
select ${MATTER_COLUMNS}, f.applicant_name, c.due_at, c.announced, count(*) over () as total
  from flow.matter m
  left join cases.filing f on f.matter_id = m.id
  left join lateral (select k.due_at, k.announced from clock.clock k where k.matter_id = m.id and k.stopped_on is null and k.due_at is not null order by k.due_at limit 1) c on true
 where m.kind = 'case'
   and ($1::uuid[] is null or m.organisation_id = any($1))
   and ($2::text is null or m.stage = $2)
   and ($3::text is null or c.announced = $3)
   and ($4::text is null or m.subject = $4)
   and ($5::text is null or m.no = upper($5) or f.applicant_name like $5 || '%')
 order by m.opened_at desc, m.id
 limit $6 offset $7`, [filter.organisationIds, filter.stage ?? null, filter.light ?? null, filter.item ?? null, filter.q ?? null, filter.limit, filter.offset])
  return { cases: rows.map((row) => ({ matter: caseOf(row), applicantName: row.applicant_name ?? '', dueAt: row.due_at, announced: row.announced })), total: rows[0]?.total ?? 0 }
}

export interface MeasuredTimes { readonly decided: number; readonly medianDays: number | null; readonly p90Days: number | null; readonly onTimeShare: number | null }

/** Actual days from receipt to decision over the last year, natural days, for the guide beside the promise. */
export async function measuredTimes(db: Queryable, itemCode: string, since: CivilDay): Promise<MeasuredTimes> {
  const [row] = await db.prepared<{ decided: number; median: number | null; p90: number | null; on_time: number | null }>('cases_measured', `
select count(*)::int as decided,
       percentile_cont(0.5) within group (order by decided_on - coalesce(accepted_on, submitted_on)) as median,
       percentile_cont(0.9) within group (order by decided_on - coalesce(accepted_on, submitted_on)) as p90,
       avg(case when on_time then 1.0 else 0.0 end)::float8 as on_time
  from cases.filing
 where item_code = $1 and decided_on >= $2`, [itemCode, since])
  return { decided: row!.decided, medianDays: row!.median, p90Days: row!.p90, onTimeShare: row!.on_time }
}

export interface MonthNumbers { readonly decided: number; readonly onTime: number; readonly redLights: number; readonly blackLights: number; readonly open: number }

/** Home page's numbers, counted live. The applicant's own time for deferred materials lights for her, not for the office. */
export async function monthNumbers(db: Queryable, from: CivilDay, now: Date): Promise<MonthNumbers> {
  const [row] = await db.prepared<MonthNumbers>('cases_month', `
select (select count(*)::int from cases.filing where decided_on >= $1) as decided,
       (select count(*)::int from cases.filing where decided_on >= $1 and on_time) as "onTime",
       (select count(*)::int from clock.clock where stopped_on is null and due_at is not null and announced = 'red' and due_at > $2 and rule <> 'CASE.DEFERRED') as "redLights",
       (select count(*)::int from clock.clock where stopped_on is null and due_at is not null and due_at <= $2 and rule <> 'CASE.DEFERRED') as "blackLights",
       (select count(*)::int from flow.matter where kind = 'case' and closed_at is null and stage <> 'draft') as open`, [from, now])
  return row!
}
