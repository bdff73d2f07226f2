import type { Bilingual } from '../../base/text.ts'
import { stateOf, type ClockRow } from '../clock/rows.ts'
import type { ClockState } from '../clock/types.ts'
import type { Queryable } from '../db/database.ts'
import { MATTER_COLUMNS, matterOf, taskOf, type MatterRow, type TaskRow } from './read.ts'
import type { Matter, Task } from './types.ts'

export interface PastAct {
  readonly seq: number; readonly act: string; readonly at: Date; readonly actorKind: string; readonly personId: string | null; readonly personName: Bilingual | null
  readonly post: string | null; readonly postName: Bilingual | null; readonly onBehalf: unknown; readonly ground: string
  readonly fromStage: string | null; readonly toStage: string; readonly channel: string; readonly entryId: string; readonly leafHash: string
}

/** All acts on a matter, oldest first. Names of officers are for those who may know them; the public sees posts. */
export function historyOf(db: Queryable, matterId: string): Promise<PastAct[]> {
  return db.prepared<PastAct>('flow_history', `
select a.seq, a.act, a.at, a.actor_kind as "actorKind", a.person_id as "personId", p.name as "personName", a.post, a.post_name as "postName",
       a.on_behalf as "onBehalf", a.ground, a.from_stage as "fromStage", a.to_stage as "toStage", a.channel, a.entry_id as "entryId", a.leaf_hash as "leafHash"
  from flow.act a
  left join (select id, jsonb_build_object('zh', name_zh, 'en', name_en) as name from org.person) p on p.id = a.person_id
 where a.matter_id = $1
 order by a.seq`, [matterId])
}

export interface TaskEntry { readonly task: Task; readonly matter: Matter; readonly dueAt: Date | null; readonly clocks: readonly ClockState[] }

export interface TaskFilter {
  /** `mine`: claimed by the person; `post`: open to the posts; `organisation`: everything live in the organisations. */
  readonly personId: string | null
  readonly roles: readonly { readonly organisationId: string; readonly role: string }[]
  readonly organisationIds: readonly string[]
  readonly scope: 'mine' | 'post' | 'organisation'
  /** Steps (regular expression) whose limit is the task's own and not the matter's. */
  readonly ownLimit: string
  readonly limit: number
  readonly offset: number
}

type EntryRow = MatterRow & { task: TaskRow; due_at: Date | null; clock: ClockRow | null }

/**
 * Live tasks by the earliest running due instant of their matter (the clock comes first everywhere), then by their own budget.
 * Only live rows are read (partial index): yesterday's cases cost today's nothing.
 */
export async function findTasks(db: Queryable, filter: TaskFilter): Promise<{ tasks: TaskEntry[]; total: number }> {
  const organisations = filter.scope === 'organisation' ? filter.organisationIds : filter.roles.map((one) => one.organisationId)
  const roles = filter.scope === 'organisation' ? [] : filter.roles.map((one) => one.role)
  const mine = filter.scope === 'mine'
  const where = mine ? `t.state = 'claimed' and t.claimed_by = $1` : filter.scope === 'post'
    ? `t.state in ('open', 'claimed') and (t.claimed_by is null or t.claimed_by = $1) and (t.organisation_id, t.role) in (select * from unnest($2::uuid[], $3::text[]))`
    : `t.state in ('open', 'claimed') and t.organisation_id = any($2::uuid[])`
  const rows = await db.prepared<EntryRow & { total: number }>(`flow_tasks_${filter.scope}`, `
select ${MATTER_COLUMNS}, row_to_json(t) as task, d.due_at, c.clock, count(*) over () as total
  from flow.task t
  join flow.matter m on m.id = t.matter_id
  left join lateral (select k.due_at, row_to_json(k) as clock from clock.clock k where k.matter_id = m.id and k.stopped_on is null and k.due_at is not null order by k.due_at limit 1) c on true
 cross join lateral (select case when t.step ~ $6 then (t.due_on + 1)::timestamp at time zone 'Asia/Shanghai' else c.due_at end as due_at) d
 where ${where} and ($1::uuid is null or true) and ($2::uuid[] is null or true) and ($3::text[] is null or true)
 order by d.due_at nulls last, t.due_on nulls last, t.opened_at, t.id
 limit $4 offset $5`, [filter.personId, organisations, roles, filter.limit, filter.offset, filter.ownLimit])
  return {
    tasks: rows.map((row) => ({ task: taskOf(row.task), matter: matterOf(row), dueAt: row.due_at, clocks: row.clock ? [stateOf(row.clock)] : [] })),
    total: rows[0]?.total ?? 0,
  }
}

/** Matters a party may see as its own, newest first; `subjects`: of these items only, where not empty. */
export async function mattersOfParties(db: Queryable, partyIds: readonly string[], limit: number, offset: number, subjects: readonly string[] = []): Promise<{ matters: Matter[]; total: number }> {
  const rows = await db.prepared<MatterRow & { total: number }>('flow_matters_of_parties', `
select ${MATTER_COLUMNS}, count(*) over () as total
  from flow.matter m
 where m.party_ids && $1::uuid[] and ($4::text[] = '{}' or m.subject = any($4::text[]))
 order by m.opened_at desc, m.id
 limit $2 offset $3`, [partyIds, limit, offset, subjects])
  return { matters: rows.map(matterOf), total: rows[0]?.total ?? 0 }
}

export async function findByTrackHash(db: Queryable, no: string, trackHash: Buffer): Promise<boolean> {
  const rows = await db.prepared<{ no: string }>('flow_by_track', 'select m.no from flow.matter m where m.no = $1 and m.track_hash = $2', [no, trackHash])
  return rows.length === 1
}
