import type { Bilingual } from '../../base/text.ts'
import type { Queryable } from '../../kernel/db/database.ts'
import { refuse } from './counter-errors.ts'

const HOLDS_MAX = 100

export interface HoldRow { readonly id: string; readonly itemCode: string | null; readonly label: string; readonly savedAt: Date }

/** What a clerk has on hold, newest first; nobody else sees it. */
export function holdsOf(db: Queryable, personId: string): Promise<HoldRow[]> {
  return db.prepared<HoldRow>('cases_holds', `
select h.id, h.item_code as "itemCode", h.label, h.saved_at as "savedAt"
  from cases.hold h
 where h.person_id = $1
 order by h.saved_at desc, h.id
 limit ${HOLDS_MAX}`, [personId])
}

/** Refuses `counter/hold-not-found`, also where it is another's. */
export async function getHold(db: Queryable, id: string, personId: string): Promise<HoldRow & { readonly content: Record<string, unknown> }> {
  const [row] = await db.query<HoldRow & { content: Record<string, unknown> }>(`
select h.id, h.item_code as "itemCode", h.label, h.saved_at as "savedAt", h.content
  from cases.hold h
 where h.id = $1 and h.person_id = $2`, [id, personId])
  if (!row) throw refuse('hold-not-found')
  return row
}

export interface HoldToSave { readonly id: string; readonly postId: string; readonly personId: string; readonly itemCode: string | null; readonly label: string; readonly content: unknown; readonly at: Date }

/** Written whole each time; the same id again replaces it. Refuses `counter/too-many-holds`, `counter/hold-not-found` (another's id). */
export async function saveHold(db: Queryable, hold: HoldToSave): Promise<void> {
  const [count] = await db.query<{ others: number }>('select count(*)::int as others from cases.hold where person_id = $1 and id <> $2', [hold.personId, hold.id])
  if (count!.others >= HOLDS_MAX) throw refuse('too-many-holds', { count: count!.others })
  const rows = await db.query(`
insert into cases.hold as h (id, post_id, person_id, item_code, label, content, saved_at)
values ($1, $2, $3, $4, $5, $6::jsonb, $7)
on conflict (id) do update
   set item_code = excluded.item_code, label = excluded.label, content = excluded.content, saved_at = excluded.saved_at, post_id = excluded.post_id
 where h.person_id = excluded.person_id
returning h.id`, [hold.id, hold.postId, hold.personId, hold.itemCode, hold.label, JSON.stringify(hold.content), hold.at])
  if (rows.length === 0) throw refuse('hold-not-found')
}

/** Deleting what is gone already is no fault. */
export async function deleteHold(db: Queryable, id: string, personId: string): Promise<void> {
  await db.query('delete from cases.hold where id = $1 and person_id = $2', [id, personId])
}

export interface OpenCaseRow { readonly caseNo: string; readonly stage: string; readonly item: Bilingual; readonly applicant: string; readonly dueAt: Date | null }

/** Cases whose officer of first contact (首问责任人) the person is, the most pressing first. */
export function openCasesOf(db: Queryable, personId: string): Promise<OpenCaseRow[]> {
  return db.prepared<OpenCaseRow>('cases_open_of_person', `
select m.no as "caseNo", m.stage, m.data -> 'item' -> 'name' as item, coalesce(f.applicant_name, '') as applicant, c.due_at as "dueAt"
  from flow.matter m
  left join cases.filing f on f.matter_id = m.id
  left join lateral (select k.due_at from clock.clock k where k.matter_id = m.id and k.stopped_on is null and k.due_at is not null order by k.due_at limit 1) c on true
 where m.kind = 'case' and m.person_id = $1 and m.closed_at is null
 order by c.due_at nulls last, m.no
 limit 500`, [personId])
}

export interface ShiftRow {
  readonly id: string; readonly fromPerson: string; readonly toPerson: string; readonly fromName: Bilingual; readonly toName: Bilingual
  readonly caseNos: string[]; readonly note: string; readonly offeredAt: Date; readonly acceptedAt: Date | null
}
const SHIFT = `
select s.id, s.from_person as "fromPerson", s.to_person as "toPerson", s.case_nos as "caseNos", s.note, s.offered_at as "offeredAt", s.accepted_at as "acceptedAt",
       jsonb_build_object('zh', f.name_zh, 'en', f.name_en) as "fromName", jsonb_build_object('zh', t.name_zh, 'en', t.name_en) as "toName"
  from cases.shift s
  join org.person f on f.id = s.from_person
  join org.person t on t.id = s.to_person`

/** Waiting for the person, and what the person offered lately. */
export async function shiftsOf(db: Queryable, personId: string): Promise<{ readonly toMe: ShiftRow[]; readonly fromMe: ShiftRow[] }> {
  const [toMe, fromMe] = await Promise.all([
    db.prepared<ShiftRow>('cases_shifts_to', `${SHIFT} where s.to_person = $1 and s.accepted_at is null order by s.offered_at, s.id`, [personId]),
    db.prepared<ShiftRow>('cases_shifts_from', `${SHIFT} where s.from_person = $1 order by s.offered_at desc, s.id limit 20`, [personId]),
  ])
  return { toMe, fromMe }
}

export interface ShiftToOffer { readonly id: string; readonly from: string; readonly to: string; readonly caseNos: readonly string[]; readonly note: string; readonly at: Date }

/** Responsibility stays with the one who offers until the other accepts. */
export async function offerShift(db: Queryable, shift: ShiftToOffer): Promise<void> {
  await db.query('insert into cases.shift (id, from_person, to_person, case_nos, note, offered_at) values ($1, $2, $3, $4, $5, $6)', [shift.id, shift.from, shift.to, shift.caseNos, shift.note, shift.at])
}

/** Refuses `counter/shift-not-found`: not for this person, or accepted already. */
export async function getWaitingShift(db: Queryable, id: string, toPerson: string): Promise<ShiftRow> {
  const [row] = await db.query<ShiftRow>(`${SHIFT} where s.id = $1 and s.to_person = $2 and s.accepted_at is null`, [id, toPerson])
  if (!row) throw refuse('shift-not-found')
  return row
}

export async function closeShift(db: Queryable, id: string, at: Date): Promise<void> {
  await db.query('update cases.shift set accepted_at = $2 where id = $1 and accepted_at is null', [id, at])
}
