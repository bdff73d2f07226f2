import type { CivilDay } from '../../../base/civil-day.ts'
import type { Bilingual } from '../../../base/text.ts'
import type { Queryable } from '../../../kernel/db/database.ts'
import { stateOf, type ClockRow } from '../../../kernel/clock/rows.ts'
import type { ClockState } from '../../../kernel/clock/types.ts'
import { MATTER_COLUMNS, matterOf, type MatterRow } from '../../../kernel/flow/read.ts'
import type { Matter } from '../../../kernel/flow/types.ts'
import type { CaseData } from '../case.ts'
import { VERDICTS, type ImportEntry, type ProblemText, type StatusLine, type Verdict, type VerticalEntry, type VerticalStatus } from './contract.ts'
import { refuse } from './errors.ts'

export interface ReadLine { readonly line: StatusLine; readonly evidence: { readonly importId: string; readonly line: number; readonly sha256: string }; readonly numberOf: string | null }

/** The line an act names, from the imported file. Refuses `vertical/line-not-found`, also where it speaks of another case. */
export async function readImportedLine(db: Queryable, { importId, line }: { readonly importId: string; readonly line: number }, matter: Pick<Matter<CaseData>, 'id' | 'no' | 'data'>): Promise<ReadLine> {
  const [row] = await db.prepared<{ body: StatusLine | null; sha256: string; number_of: string | null }>('cases_vertical_line', `
select l.body, i.sha256, ${NUMBER_OF('$4', "l.body ->> 'externalNo'", '$3')} as number_of
  from cases.vertical_line l
  join cases.vertical_import i on i.id = l.import_id
 where l.import_id = $1 and l.line = $2`, [importId, line, matter.id, matter.data.item.code])
  if (!row?.body || row.body.caseNo !== matter.no) throw refuse('line-not-found', { line })
  return { line: row.body, evidence: { importId, line, sha256: row.sha256 }, numberOf: row.number_of }
}

/** The other case of an item that bears an external number; for embedding. */
const NUMBER_OF = (item: string, number: string, matterId: string): string => `(
    select o.no
      from cases.vertical v
      join flow.matter o on o.id = v.matter_id
     where v.item_code = ${item} and v.external_no = ${number} and v.matter_id <> ${matterId}
     limit 1)`

export async function caseWithNumber(db: Queryable, itemCode: string, externalNo: string, matterId: string): Promise<string | null> {
  const [row] = await db.prepared<{ no: string | null }>('cases_vertical_number', `select ${NUMBER_OF('$1', '$2', '$3::uuid')} as no`, [itemCode, externalNo, matterId])
  return row!.no
}

export type ListState = 'waiting' | 'away' | 'done'
/** Which cases stand where: accepted and not yet there (or sent back), there, answered. */
const IN_STATE: Record<ListState, string> = {
  waiting: `m.stage = 'accepted' and (v.matter_id is null or v.state = 'returned')`,
  away: `v.state = 'away' and m.closed_at is null`,
  done: `v.state in ('decided', 'issued')`,
}
const FROM = `
  from flow.matter m
  left join cases.vertical v on v.matter_id = m.id
  left join cases.vertical_batch b on b.id = v.batch_id
  left join lateral (select h.post_name from flow.act h where h.matter_id = v.matter_id and h.act = 'handToVertical' order by h.seq desc limit 1) a on true
  left join cases.filing f on f.matter_id = m.id
  left join lateral (select k.due_at, row_to_json(k) as clock from clock.clock k where k.matter_id = m.id and k.stopped_on is null and k.due_at is not null order by k.due_at limit 1) c on true
 where m.kind = 'case' and m.subject = any($1::text[]) and m.stage <> 'draft'`

export interface Listed {
  readonly matter: Matter<CaseData>; readonly applicant: string; readonly state: VerticalEntry['state']; readonly handedOn: CivilDay | null; /** The post: a light stands beside it, and falls on no name. */ readonly handedBy: Bilingual | null
  readonly batch: { readonly id: string; readonly no: string } | null; readonly externalNo: string | null; readonly lastStatus: VerticalStatus | null; readonly lastOn: CivilDay | null; readonly clock: ClockState | null
}
type ListRow = MatterRow & { applicant_name: string | null; state: VerticalEntry['state'] | null; handed_on: CivilDay | null; handed_by: Bilingual | null; batch_id: string | null; batch_no: string | null; external_no: string | null; last_status: VerticalStatus | null; last_on: CivilDay | null; clock: ClockRow | null; total: number }

/** Cases of these items in one of the three states, the earliest due first; answered ones the newest first. */
export async function listVertical(db: Queryable, codes: readonly string[], state: ListState, limit: number, offset: number): Promise<{ listed: Listed[]; total: number }> {
  const rows = await db.prepared<ListRow>(`cases_vertical_${state}`, `
select ${MATTER_COLUMNS}, f.applicant_name, v.state, v.handed_on, a.post_name as handed_by, v.batch_id, b.no as batch_no, v.external_no, v.last_status, v.last_on, c.clock, (count(*) over ())::int as total${FROM}
   and ${IN_STATE[state]}
 order by ${state === 'done' ? 'v.last_on desc' : 'c.due_at nulls last'}, m.no
 limit $2 offset $3`, [codes, limit, offset])
  return {
    total: rows[0]?.total ?? 0,
    listed: rows.map((row) => ({
      matter: matterOf(row) as unknown as Matter<CaseData>, applicant: row.applicant_name ?? '', state: row.state ?? 'waiting', handedOn: row.handed_on, handedBy: row.handed_by,
      batch: row.batch_id === null ? null : { id: row.batch_id, no: row.batch_no! }, externalNo: row.external_no, lastStatus: row.last_status, lastOn: row.last_on, clock: row.clock ? stateOf(row.clock) : null,
    })),
  }
}

export async function countVertical(db: Queryable, codes: readonly string[]): Promise<Record<ListState, number>> {
  const [row] = await db.prepared<Record<ListState, number>>('cases_vertical_counts', `
select (count(*) filter (where ${IN_STATE.waiting}))::int as waiting, (count(*) filter (where ${IN_STATE.away}))::int as away, (count(*) filter (where ${IN_STATE.done}))::int as done
  from flow.matter m
  left join cases.vertical v on v.matter_id = m.id
 where m.kind = 'case' and m.subject = any($1::text[]) and m.stage <> 'draft'`, [codes])
  return row!
}

export interface BatchRow { readonly id: string; readonly no: string; readonly madeAt: Date; readonly madeBy: string; readonly cases: number }
export const listBatches = (db: Queryable): Promise<BatchRow[]> => db.prepared<BatchRow>('cases_vertical_batches', `
select b.id, b.no, b.made_at as "madeAt", coalesce(p.name_zh, '') as "madeBy", (select count(*)::int from cases.vertical_batch_case c where c.batch_id = b.id) as cases
  from cases.vertical_batch b
  left join org.person p on p.id = b.made_by
 order by b.made_at desc, b.no
 limit 50`, [])

/** Cases of a batch (by its id) or one handed-over case (by its number), in the order of their numbers. */
export async function casesToExport(db: Queryable, by: { readonly batchId: string } | { readonly caseNo: string }): Promise<{ batchNo: string; matters: Matter<CaseData>[] } | null> {
  const rows = await db.prepared<MatterRow & { batch_no: string }>('batchId' in by ? 'cases_vertical_of_batch' : 'cases_vertical_of_case', `
select ${MATTER_COLUMNS}, b.no as batch_no
  from cases.vertical_batch b
  join cases.vertical_batch_case c on c.batch_id = b.id
  join flow.matter m on m.id = c.matter_id
 where ${'batchId' in by ? 'b.id = $1' : 'm.no = $1 and b.id = (select v.batch_id from cases.vertical v where v.matter_id = m.id)'}
 order by m.no`, ['batchId' in by ? by.batchId : by.caseNo])
  return rows.length === 0 ? null : { batchNo: rows[0]!.batch_no, matters: rows.map((row) => matterOf(row) as unknown as Matter<CaseData>) }
}

export interface CheckedLine { readonly line: number; readonly caseNo: string; readonly body: StatusLine | null; readonly verdict: Verdict; readonly problem: ProblemText | null }
export interface ImportRow { readonly id: string; readonly fileId: string; readonly sha256: string; readonly fileName: string; readonly encoding: 'utf-8' | 'gb18030'; readonly format: 'csv' | 'json'; readonly at: Date; readonly by: string }

/** Import and lines in the caller's transaction. */
export async function insertImport(tx: Queryable, row: ImportRow, lines: readonly CheckedLine[]): Promise<void> {
  await tx.query(`
insert into cases.vertical_import (id, file_id, sha256, file_name, encoding, format, checked_at, checked_by)
values ($1, $2, $3, $4, $5, $6, $7, $8)`, [row.id, row.fileId, row.sha256, row.fileName, row.encoding, row.format, row.at, row.by])
  await tx.query(`
insert into cases.vertical_line (import_id, line, case_no, body, verdict, code, reason)
select $1, l.line, l."caseNo", nullif(l.body, 'null'), l.verdict, l.problem ->> 'code', nullif(l.problem, 'null')
  from jsonb_to_recordset($2::jsonb) as l(line int, "caseNo" text, body jsonb, verdict text, problem jsonb)`, [row.id, JSON.stringify(lines)])
}

/** What was recorded stays recorded: of two who apply at once, the slower finds the case moved on. */
export const setVerdict = (db: Queryable, importId: string, line: number, verdict: Verdict, problem: ProblemText | null) => db.prepared('cases_vertical_verdict', `
update cases.vertical_line
   set verdict = $3, code = $4, reason = $5
 where import_id = $1 and line = $2 and verdict <> 'recorded'`, [importId, line, verdict, problem?.code ?? null, problem === null ? null : JSON.stringify(problem)])

export const setApplied = (db: Queryable, importId: string, at: Date, by: string) => db.prepared('cases_vertical_applied', `
update cases.vertical_import
   set applied_at = $2, applied_by = $3
 where id = $1 and applied_at is null`, [importId, at, by])

interface EntryRow { id: string; fileName: string; sha256: string; encoding: 'utf-8' | 'gb18030'; format: 'csv' | 'json'; checkedAt: Date; checkedBy: string; appliedAt: Date | null; appliedBy: string | null; counts: Partial<Record<Verdict, number>> | null }
const ENTRY = `
select i.id, i.file_name as "fileName", i.sha256, i.encoding, i.format, i.checked_at as "checkedAt", coalesce(c.name_zh, '') as "checkedBy", i.applied_at as "appliedAt", a.name_zh as "appliedBy",
       (select jsonb_object_agg(n.verdict, n.n) from (select l.verdict, count(*) as n from cases.vertical_line l where l.import_id = i.id group by l.verdict) n) as counts
  from cases.vertical_import i
  left join org.person c on c.id = i.checked_by
  left join org.person a on a.id = i.applied_by`
export type ImportKept = Omit<ImportEntry, 'checkedAt' | 'appliedAt'> & { readonly checkedAt: Date; readonly appliedAt: Date | null }
const kept = (row: EntryRow): ImportKept => ({ ...row, counts: Object.fromEntries(VERDICTS.map((verdict) => [verdict, row.counts?.[verdict] ?? 0])) as Record<Verdict, number> })

export const listImports = async (db: Queryable): Promise<ImportKept[]> => (await db.prepared<EntryRow>('cases_vertical_imports', `${ENTRY}
 order by i.checked_at desc, i.id
 limit 50`, [])).map(kept)

/** Refuses `vertical/import-not-found`. */
export async function getImport(db: Queryable, id: string): Promise<{ entry: ImportKept; lines: CheckedLine[] }> {
  const [[row], lines] = await Promise.all([
    db.prepared<EntryRow>('cases_vertical_import', `${ENTRY}
 where i.id = $1`, [id]),
    db.prepared<CheckedLine>('cases_vertical_lines', `
select l.line, l.case_no as "caseNo", l.body, l.verdict, l.reason as problem
  from cases.vertical_line l
 where l.import_id = $1
 order by l.line`, [id]),
  ])
  if (!row) throw refuse('import-not-found')
  return { entry: kept(row), lines }
}
