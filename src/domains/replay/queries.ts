import type { Light } from '../../kernel/clock/types.ts'
import type { Queryable } from '../../kernel/db/database.ts'
import { MATTER_COLUMNS, matterOf, type MatterRow } from '../../kernel/flow/read.ts'
import type { Matter } from '../../kernel/flow/types.ts'
import { subjectOf, type ReplayedCase } from './kind.ts'

export interface ReplayedFilter {
  readonly log?: string
  readonly stage?: 'open' | 'ended'
  /** By the instant: red and black are right while no sweep runs. */
  readonly light?: Light
  readonly now: Date
  readonly limit: number
  readonly offset: number
}
export interface ReplayedEntry { readonly matter: Matter<ReplayedCase>; readonly dueAt: Date | null; readonly light: Light | null }

/** Replayed cases, the most urgent first; those that ended have no light. */
export async function listReplayed(db: Queryable, filter: ReplayedFilter): Promise<{ readonly cases: readonly ReplayedEntry[]; readonly total: number }> {
  const rows = await db.prepared<MatterRow & { due_at: Date | null; light: Light | null; total: number }>('replay_list', `
select ${MATTER_COLUMNS}, c.due_at, c.light, count(*) over () as total
  from flow.matter m
  left join lateral (
       select k.due_at, case when k.due_at <= $4 then 'black' else k.announced end as light
         from clock.clock k
        where k.matter_id = m.id and k.stopped_on is null
        order by k.due_at
        limit 1) c on true
 where m.kind = 'replayed'
   and ($1::text is null or m.subject = $1)
   and ($2::text is null or m.stage = $2)
   and ($3::text is null or c.light = $3)
 order by c.due_at nulls last, m.opened_at, m.id
 limit $5 offset $6`, [filter.log === undefined ? null : subjectOf(filter.log), filter.stage ?? null, filter.light ?? null, filter.now, filter.limit, filter.offset])
  return { cases: rows.map((row) => ({ matter: matterOf(row) as unknown as Matter<ReplayedCase>, dueAt: row.due_at, light: row.light })), total: rows[0]?.total ?? 0 }
}

export interface ReplayedStep { readonly seq: number; readonly at: Date; readonly activity: string; readonly resource: string | null }

/** What happened in a replayed case, oldest first. */
export const timelineOf = (db: Queryable, no: string): Promise<ReplayedStep[]> => db.prepared<ReplayedStep>('replay_timeline', `
select e.seq, e.at, e.activity, e.resource
  from replay.event e
  join flow.matter m on m.id = e.matter_id
 where m.no = $1
 order by e.seq`, [no])
