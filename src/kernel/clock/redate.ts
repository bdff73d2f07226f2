import type { CivilDay } from '../../base/civil-day.ts'
import type { Calendar } from '../calendar/types.ts'
import type { Database, Queryable } from '../db/database.ts'
import { redateClock } from './clock.ts'
import { stateOf, type ClockRow } from './rows.ts'
import type { RuleOf } from './rule-store.ts'
import type { ClockState } from './types.ts'

export interface RedateOptions {
  readonly instant: Date
  /** Title of the notice that is the reason. */
  readonly noticeSource: string
  /**
   * The first day the notice can touch (1 December of the year before its own). Clocks that are one version behind and due before it
   * are not counted again, for nothing about them can have changed. Without it every clock is.
   */
  readonly changesFrom?: CivilDay
  /** Clocks per transaction; default 5,000. */
  readonly batch?: number
  /** Called inside each batch's transaction with the clocks whose due day moved. */
  readonly onMoved?: (moved: readonly Redated[], tx: Queryable) => Promise<void>
}
export interface Redated { readonly matterId: string; readonly before: ClockState; readonly after: ClockState }

/** Batches walk the primary key. */
interface Key { readonly matterId: string; readonly id: string }
const NOWHERE = '00000000-0000-0000-0000-000000000000'

/**
 * Counts every open clock again under `calendar`, in batches that hold their rows briefly. A clock whose due day moves, or becomes
 * certain, gets a `redated` event with the notice; the others only learn the version. If the process dies midway the next call goes
 * on where it stopped, because what is done bears the calendar's version.
 * @returns how many clocks' due day or certainty changed.
 */
export async function redateOpenClocks(db: Database, calendar: Calendar, ruleOf: RuleOf, options: RedateOptions): Promise<number> {
  const batch = options.batch ?? 5000
  let changed = 0
  let after: Key | null = { matterId: NOWHERE, id: '' }
  while (after !== null) {
    const from: Key = after
    const done = await db.transaction((tx) => redateBatch(tx, calendar, ruleOf, options, batch, from))
    changed += done.changed
    after = done.last
  }
  return changed
}

async function redateBatch(tx: Queryable, calendar: Calendar, ruleOf: RuleOf, options: RedateOptions, batch: number, from: Key) {
  const last = await lastOfPage(tx, calendar.version, from, batch)
  if (last === undefined) return { changed: 0, last: null }
  if (options.changesFrom !== undefined) {
    // One range of the key and no indexed column: the cheapest write there is for the many that stay.
    await tx.prepared('clock_redate_untouched', `
      update clock.clock
      set calendar_version = $1
      where stopped_on is null
        and calendar_version = $1 - 1
        and due_on < $2
        and (matter_id, id) > ($3, $4)
        and (matter_id, id) <= ($5, $6)`, [calendar.version, options.changesFrom, from.matterId, from.id, last.matterId, last.id])
  }
  const rows = await tx.prepared<ClockRow>('clock_redate_read', `
    select matter_id, id, rule, rule_version, unit, article, started_on, started_at, budget, consumed, running_since, suspensions, extensions,
      stopped_on, due_on, due_at, next_at, announced, provisional, calendar_version
    from clock.clock
    where stopped_on is null
      and calendar_version < $1
      and (matter_id, id) > ($2, $3)
      and (matter_id, id) <= ($4, $5)
    order by matter_id, id
    for update`, [calendar.version, from.matterId, from.id, last.matterId, last.id])

  const same: ClockRow[] = []
  const moved: Redated[] = []
  const other: Redated[] = []
  for (const row of rows) {
    const before = stateOf(row)
    const next = redateClock(before, ruleOf(before.rule, before.ruleVersion), calendar, options.instant)
    if (next.dueOn !== before.dueOn || next.provisional !== before.provisional) moved.push({ matterId: row.matter_id, before, after: next })
    else if (next.nextAt !== before.nextAt || next.consumed !== before.consumed || next.announced !== before.announced) other.push({ matterId: row.matter_id, before, after: next })
    else same.push(row)
  }
  await markSame(tx, calendar.version, same)
  await write(tx, calendar.version, [...moved, ...other])
  await record(tx, options, moved)
  if (moved.length > 0) await options.onMoved?.(moved, tx)
  return { changed: moved.length, last }
}

async function lastOfPage(tx: Queryable, version: number, from: Key, batch: number): Promise<Key | undefined> {
  const rows = await tx.prepared<{ matter_id: string; id: string }>('clock_redate_page', `
    select matter_id, id
    from (
      select matter_id, id
      from clock.clock
      where stopped_on is null
        and calendar_version < $1
        and (matter_id, id) > ($2, $3)
      order by matter_id, id
      limit $4
    ) page
    order by matter_id desc, id desc
    limit 1`, [version, from.matterId, from.id, batch])
  return rows[0] && { matterId: rows[0].matter_id, id: rows[0].id }
}

async function markSame(tx: Queryable, version: number, rows: readonly ClockRow[]): Promise<void> {
  if (rows.length === 0) return
  await tx.prepared('clock_redate_same', `
    update clock.clock c
    set calendar_version = $1
    from unnest($2::uuid[], $3::text[]) u (matter_id, id)
    where c.matter_id = u.matter_id
      and c.id = u.id`, [version, rows.map((row) => row.matter_id), rows.map((row) => row.id)])
}

async function write(tx: Queryable, version: number, clocks: readonly Redated[]): Promise<void> {
  if (clocks.length === 0) return
  const column = <T>(pick: (clock: ClockState) => T) => clocks.map(({ after }) => pick(after))
  await tx.prepared('clock_redate_write', `
    update clock.clock c
    set consumed = u.consumed, due_on = u.due_on, due_at = u.due_at, next_at = u.next_at, announced = u.announced,
      provisional = u.provisional, calendar_version = $1
    from unnest($2::uuid[], $3::text[], $4::int[], $5::date[], $6::timestamptz[], $7::timestamptz[], $8::text[], $9::boolean[])
      u (matter_id, id, consumed, due_on, due_at, next_at, announced, provisional)
    where c.matter_id = u.matter_id
      and c.id = u.id`, [
    version, clocks.map((c) => c.matterId), column((c) => c.id), column((c) => c.consumed), column((c) => c.dueOn), column((c) => c.dueAt),
    column((c) => c.nextAt), column((c) => c.announced), column((c) => c.provisional),
  ])
}

async function record(tx: Queryable, { instant, noticeSource }: RedateOptions, moved: readonly Redated[]): Promise<void> {
  if (moved.length === 0) return
  await tx.prepared('clock_redate_record', `
    insert into clock.event (matter_id, clock_id, kind, at, previous_due_on, due_on, source)
    select matter_id, clock_id, 'redated', $1, previous_due_on, due_on, $2
    from unnest($3::uuid[], $4::text[], $5::date[], $6::date[]) u (matter_id, clock_id, previous_due_on, due_on)`, [
    instant, noticeSource, moved.map((m) => m.matterId), moved.map((m) => m.after.id),
    moved.map((m) => m.before.dueOn), moved.map((m) => m.after.dueOn),
  ])
}
