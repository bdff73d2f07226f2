import type { CivilDay } from '../../base/civil-day.ts'
import { rfc3339 } from '../../base/civil-day.ts'
import type { Json } from '../../base/canonical-json.ts'
import { ANONYMOUS, type Caller } from '../access/types.ts'
import { callerOf, CALLER_SQL, needsTouch } from '../access/caller.ts'
import { keepCaller, keptCaller } from '../access/kept-callers.ts'
import type { ClockState } from '../clock/types.ts'
import { stateOf, type ClockRow } from '../clock/rows.ts'
import type { Queryable } from '../db/database.ts'
import type { NetState } from '../procedure/types.ts'
import type { Matter, Task } from './types.ts'

export interface MatterRow {
  readonly id: string
  readonly kind: string
  readonly no: string
  readonly ref: string
  readonly stage: string
  readonly revision: number
  readonly procedure_id: string | null
  readonly procedure_version: number | null
  readonly net_state: NetState | null
  readonly organisation_id: string
  readonly person_id: string | null
  readonly subject: string
  readonly party_ids: readonly string[]
  readonly data: Json
  readonly opened_at: Date
  readonly opened_on: CivilDay
}
export interface TaskRow {
  readonly id: string; readonly step: string; readonly role: string; readonly organisation_id: string; readonly state: Task['state']
  readonly claimed_by: string | null; readonly opened_at: string; readonly due_on: CivilDay | null; readonly closed_at: string | null; readonly done_by: string | null
}

export const MATTER_COLUMNS = `m.id, m.kind, m.no, m.ref, m.stage, m.revision, m.procedure_id, m.procedure_version, m.net_state,
       m.organisation_id, m.person_id, m.subject, m.party_ids, m.data, m.opened_at, m.opened_on`

/** What one act needs to know: who asks, the matter, its clocks and tasks, and whether this very request was answered before. */
export interface ActReading {
  readonly caller: Caller
  /** The session should be marked as seen once the answer is out. */
  readonly touch: boolean
  readonly matter: Matter | null
  readonly clocks: readonly ClockState[]
  readonly tasks: readonly Task[]
  readonly earlier: { readonly bodyHash: string; readonly answer: Json; readonly no: string } | null
}

type ReadRow = Partial<MatterRow> & { caller: unknown; clocks: ClockRow[] | null; tasks: TaskRow[] | null; body_hash: string | null; answer: Json; earlier_no: string }

const LIVES = `(select json_agg(c) from clock.clock c where c.matter_id = m.id) as clocks,
       (select json_agg(t) from flow.task t where t.matter_id = m.id) as tasks`
const EARLIER = `i.body_hash, i.answer, (select e.no from flow.matter e where e.id = i.matter_id) as earlier_no`
const KEY = (key: string, caller: string): string => `
  left join flow.idempotency i on i.key = ${key} and i.caller = ${caller}`

/**
 * The one read. Row times come back as text within json, so that nothing is lost on the way. With and without session and key it is
 * another statement: one for all, with parameters that may be null, would be planned anew each time, since a null promises to save work.
 * The caller is materialised: pulled up into the query, it would be worked out once for the answer and once more for the join.
 */
const readText = (session: boolean, key: boolean): string => `
with who as materialized (select ${session ? CALLER_SQL('$2', '$3', '$4') : 'null::jsonb'} as caller)
select who.caller, ${session ? '(select r.n from org.revision r) as org_revision, ' : ''}${MATTER_COLUMNS}, ${LIVES},
       ${key ? EARLIER : 'null as body_hash'}
  from who
  left join flow.matter m on m.no = $1${key ? KEY(`$${session ? 5 : 2}`, session ? "who.caller ->> 'accountId'" : '$3') : ''}`

/** The same where the officer is kept: only whether the session stands, and whether anything about posts has changed since. */
const readKept = (key: boolean): string => `
select s.account_id, s.touch, s.revision as org_revision, ${MATTER_COLUMNS}, ${LIVES},
       ${key ? EARLIER : 'null as body_hash'}
  from (select) one
  left join access.standing($2::bytea, $3::timestamptz) s on true
  left join flow.matter m on m.no = $1${key ? KEY('$4', 's.account_id::text') : ''}`
const READ: Readonly<Record<string, string>> = {
  flow_read: readText(false, false), flow_read_key: readText(false, true), flow_read_session: readText(true, false), flow_read_session_key: readText(true, true),
  flow_read_kept: readKept(false), flow_read_kept_key: readKept(true),
}

export interface ActAsk {
  readonly no: string | null; readonly tokenHash: Buffer | null; readonly at: Date; readonly today: CivilDay
  readonly key: string | null; readonly callerKey: string | null
}

export async function readForAct(db: Queryable, ask: ActAsk): Promise<ActReading> {
  const kept = ask.tokenHash && keptCaller(db, ask.tokenHash, ask.today)
  if (kept) {
    const name = `flow_read_kept${ask.key === null ? '' : '_key'}`
    const [row] = await db.prepared<ReadRow & { account_id: string | null; touch: boolean; org_revision: number }>(name, READ[name]!, [ask.no, ask.tokenHash, ask.at, ...(ask.key === null ? [] : [ask.key])])
    if (row!.account_id === null) return { ...readingOf(row!), caller: ANONYMOUS, touch: false }
    if (row!.org_revision === kept.revision) return { ...readingOf(row!), caller: kept.officer, touch: row!.touch }
  }
  const [session, key] = [ask.tokenHash !== null, ask.key !== null]
  const name = `flow_read${session ? '_session' : ''}${key ? '_key' : ''}`
  const [row] = await db.prepared<ReadRow & { org_revision?: number }>(name, READ[name]!, [ask.no, ...(session ? [ask.tokenHash, ask.at, ask.today] : []), ...(key ? [ask.key] : []), ...(key && !session ? [ask.callerKey] : [])])
  const caller = callerOf(row!.caller)
  if (ask.tokenHash && caller.kind === 'officer') keepCaller(db, ask.tokenHash, { day: ask.today, revision: row!.org_revision!, officer: caller })
  return { ...readingOf(row!), caller, touch: row!.caller ? needsTouch(row!.caller) : false }
}

const readingOf = (row: ReadRow): Omit<ActReading, 'caller' | 'touch'> => ({
  matter: row.id === null || row.id === undefined ? null : matterOf(row as MatterRow),
  ...livesOf(row),
  earlier: row.body_hash === null ? null : { bodyHash: row.body_hash, answer: row.answer, no: row.earlier_no },
})

/** Clocks as they began, tasks as they were opened: a handful, sorted here rather than by the database at every act. */
const livesOf = ({ clocks, tasks }: Pick<ReadRow, 'clocks' | 'tasks'>): { clocks: ClockState[]; tasks: Task[] } => ({
  clocks: (clocks ?? []).map(stateOf).sort((a, b) => inOrder(a.startedAt, b.startedAt) || inOrder(a.id, b.id)),
  tasks: (tasks ?? []).map(taskOf).sort((a, b) => inOrder(a.openedAt, b.openedAt) || inOrder(a.step, b.step) || inOrder(a.id, b.id)),
})
const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export function matterOf(row: MatterRow): Matter {
  return {
    id: row.id, kind: row.kind, no: row.no, ref: row.ref, stage: row.stage, revision: row.revision,
    procedure: row.procedure_id === null ? null : { id: row.procedure_id, version: row.procedure_version!, state: row.net_state! },
    organisationId: row.organisation_id, personId: row.person_id, subject: row.subject, partyIds: row.party_ids,
    openedAt: rfc3339(row.opened_at), openedOn: row.opened_on, data: row.data,
  }
}

export function taskOf(row: TaskRow): Task {
  return {
    id: row.id, step: row.step, role: row.role, organisationId: row.organisation_id, state: row.state, claimedBy: row.claimed_by,
    openedAt: rfc3339(new Date(row.opened_at)), dueOn: row.due_on, closedAt: row.closed_at === null ? null : rfc3339(new Date(row.closed_at)), doneBy: row.done_by,
  }
}

/** The matter with all that lives on it, for pages; null where there is none. */
export async function findMatter(db: Queryable, no: string): Promise<{ matter: Matter; clocks: ClockState[]; tasks: Task[] } | null> {
  const [row] = await db.prepared<ReadRow>('flow_find_matter', `
select ${MATTER_COLUMNS},
       ${LIVES}
  from flow.matter m
 where m.no = $1`, [no])
  if (!row) return null
  return { matter: matterOf(row as MatterRow), ...livesOf(row) }
}
