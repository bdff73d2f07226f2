import type { Bilingual } from '../../../base/text.ts'
import type { CivilDay } from '../../../base/civil-day.ts'
import { stateOf, type ClockRow } from '../../../kernel/clock/rows.ts'
import type { ClockState } from '../../../kernel/clock/types.ts'
import type { Queryable } from '../../../kernel/db/database.ts'
import { MATTER_COLUMNS, matterOf, type MatterRow } from '../../../kernel/flow/read.ts'
import type { Matter } from '../../../kernel/flow/types.ts'
import type { CaseData } from '../case.ts'
import type { ReceiptPaper } from '../../../base/receipt.ts'
import { findOpening } from '../../../kernel/ledger/openings.ts'

/** Clocks still running of several cases, the earliest due first. */
export async function runningClocksOf(db: Queryable, matterIds: readonly string[]): Promise<ReadonlyMap<string, readonly ClockState[]>> {
  const rows = await db.prepared<{ matter_id: string; clock: ClockRow }>('cases_portal_clocks', `
select k.matter_id, row_to_json(k) as clock
  from clock.clock k
 where k.matter_id = any($1::uuid[]) and k.stopped_on is null
 order by k.due_at nulls last, k.id`, [matterIds])
  const found = new Map<string, ClockState[]>()
  for (const { matter_id, clock } of rows) found.set(matter_id, [...(found.get(matter_id) ?? []), stateOf(clock)])
  return found
}

/** Cases still open of which a party is one, and closed ones in which an annulment was announced since: what is asked of it and what it has begun. At most 200, newest first; `items`: of these only, where not empty. */
export async function openCasesOf(db: Queryable, partyIds: readonly string[], items: readonly string[]): Promise<Matter<CaseData>[]> {
  const rows = await db.prepared<MatterRow>('cases_portal_open', `
select ${MATTER_COLUMNS}
  from flow.matter m
 where m.party_ids && $1::uuid[] and m.kind = 'case' and (m.closed_at is null or (m.stage = 'closed' and m.data -> 'annulment' ->> 'toldOn' is not null and m.data -> 'annulment' ->> 'decided' is null and m.data -> 'annulment' ->> 'dropped' is null)) and ($2::text[] = '{}' or m.subject = any($2::text[]))
 order by m.opened_at desc, m.id
 limit 200`, [partyIds, items])
  return rows.map(matterOf) as unknown as Matter<CaseData>[]
}

/** Cases sent or ended, newest first; `items`: of these only, where not empty. */
export async function sentCasesOf(db: Queryable, partyIds: readonly string[], items: readonly string[], limit: number, offset: number): Promise<{ readonly matters: Matter<CaseData>[]; readonly total: number }> {
  const rows = await db.prepared<MatterRow & { total: number }>('cases_portal_sent', `
select ${MATTER_COLUMNS}, count(*) over ()::int as total
  from flow.matter m
 where m.party_ids && $1::uuid[] and m.kind = 'case' and m.stage <> 'draft' and m.data -> 'application' <> 'null'::jsonb and ($4::text[] = '{}' or m.subject = any($4::text[]))
 order by m.opened_at desc, m.id
 limit $2 offset $3`, [partyIds, limit, offset, items])
  return { matters: rows.map(matterOf) as unknown as Matter<CaseData>[], total: rows[0]?.total ?? 0 }
}

/** The receipt of one act of a case; null where there is none, or where its private facts were erased. */
export async function findReceipt(db: Queryable, url: string, matterId: string, entryId: string): Promise<ReceiptPaper | null> {
  const [row] = await db.prepared<{ leaf: string; leafHash: string }>('cases_portal_receipt', `
select e.leaf, encode(e.leaf_hash, 'base64') as "leafHash"
  from ledger.entry e
 where e.id = $1 and e.matter_id = $2`, [entryId, matterId])
  const opening = row ? await findOpening(db, entryId) : null
  return row && opening ? { id: entryId, leafHash: row.leafHash, leaf: row.leaf, opening, proofUrl: `${url}/api/v1/receipts/${entryId}/proof` } : null
}

export interface PublicResult { readonly caseNo: string; readonly decidedOn: CivilDay; readonly outcome: 'grant' | 'refuse'; readonly onTime: boolean | null; readonly documentNo: string; readonly applicantKind: 'person' | 'organisation'; readonly applicantName: string; readonly certificateName: Bilingual | null; readonly annulledOn: CivilDay | null }

/** Decided cases of an item, newest first (行政许可法 第四十条: decisions granting a licence are public). A licence granted stands here once it was published. */
export async function resultsOf(db: Queryable, itemCode: string, limit: number, offset: number): Promise<{ readonly results: readonly PublicResult[]; readonly total: number }> {
  const rows = await db.prepared<PublicResult & { total: number }>('cases_portal_results', `
select m.no as "caseNo", f.decided_on as "decidedOn", f.outcome, f.on_time as "onTime", m.data -> 'decision' ->> 'documentNo' as "documentNo",
       m.data -> 'application' -> 'applicant' ->> 'kind' as "applicantKind", f.applicant_name as "applicantName", m.data -> 'certificate' -> 'name' as "certificateName", f.annulled_on as "annulledOn",
       count(*) over () as total
  from cases.filing f
  join flow.matter m on m.id = f.matter_id
 where f.item_code = $1 and f.decided_on is not null and f.outcome is not null
   and (f.published_on is not null or not exists (select 1 from clock.clock c where c.matter_id = f.matter_id and c.rule = 'LIC.PUBLISH' and c.stopped_on is null))
 order by f.decided_on desc, m.no desc
 limit $2 offset $3`, [itemCode, limit, offset])
  return { results: rows, total: rows[0]?.total ?? 0 }
}

/** Acceptance and decision of finished cases since a day, counted by equal pairs of days. */
export function decidedSpans(db: Queryable, itemCode: string, since: CivilDay): Promise<readonly { readonly acceptedOn: CivilDay; readonly decidedOn: CivilDay; readonly cases: number; readonly onTime: number }[]> {
  return db.prepared('cases_portal_spans', `
select f.accepted_on as "acceptedOn", f.decided_on as "decidedOn", count(*)::int as cases, count(*) filter (where f.on_time)::int as "onTime"
  from cases.filing f
 where f.item_code = $1 and f.decided_on >= $2 and f.accepted_on is not null
 group by f.accepted_on, f.decided_on`, [itemCode, since])
}

/** Finished this month, and open clocks by their light now: past the due instant is black, whatever was announced. */
export async function countNow(db: Queryable, since: CivilDay, now: Date): Promise<{ readonly finished: number; readonly onTime: number; readonly lights: Readonly<Record<'green' | 'yellow' | 'red' | 'black', number>> }> {
  const [row] = await db.prepared<{ finished: number; on_time: number; green: number; yellow: number; red: number; black: number }>('cases_portal_now', `
select d.finished, d.on_time, l.green, l.yellow, l.red, l.black
  from (select count(*)::int as finished, count(*) filter (where on_time)::int as on_time from cases.filing where decided_on >= $1) d,
       (select count(*) filter (where due_at > $2 and announced = 'green')::int as green, count(*) filter (where due_at > $2 and announced = 'yellow')::int as yellow,
               count(*) filter (where due_at > $2 and announced in ('red', 'black'))::int as red, count(*) filter (where due_at <= $2)::int as black
          from clock.clock where stopped_on is null and due_at is not null and rule <> 'CASE.DEFERRED') l`, [since, now])
  const { finished, on_time, ...lights } = row!
  return { finished, onTime: on_time, lights }
}
