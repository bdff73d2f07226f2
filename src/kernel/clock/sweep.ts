import { rfc3339, type CivilDay } from '../../base/civil-day.ts'
import type { Calendar } from '../calendar/types.ts'
import type { Database, Queryable } from '../db/database.ts'
import { rungsAhead, type Rung } from './lights.ts'
import { stateOf, type ClockRow } from './rows.ts'
import type { RuleOf } from './rule-store.ts'
import type { ClockRule, ClockState } from './types.ts'

export interface Announcement {
  readonly matterId: string
  readonly clockId: string
  readonly rule: string
  readonly light: Rung['light']
  /** RFC 3339: when the light fell, which may be long before it was announced. */
  readonly at: string
  readonly dueOn: CivilDay
  /** What the law attaches to the end of the period; it bites with black. */
  readonly expiry: ClockRule['expiry']
}

export interface SweepOptions {
  /** Clocks per transaction; default 500. */
  readonly limit?: number
  /** The clocks of this matter alone, for who plays its course on a calendar of its own. */
  readonly matterId?: string
  /** Called inside the transaction that records the batch: what it writes by `tx` stands or falls with the announcements. */
  readonly onRung?: (batch: readonly Announcement[], tx: Queryable) => Promise<void>
}

/**
 * Announces every light that fell up to `instant`, each exactly once and all in the order in which they fell, however long no sweep
 * ran. Several sweeps may run at once; each keeps the order of what it announces. The cost is that of what falls due: nothing else is read.
 */
export async function sweep(db: Database, instant: Date, calendar: Calendar, ruleOf: RuleOf, options: SweepOptions = {}): Promise<readonly Announcement[]> {
  const limit = options.limit ?? 500
  const all: Announcement[] = []
  for (;;) {
    const { clocks, announcements } = await db.transaction((tx) => sweepBatch(tx, instant, calendar, ruleOf, limit, options))
    all.push(...announcements)
    if (clocks < limit) return all
  }
}

interface Passed { readonly row: ClockRow; readonly clock: ClockState; readonly fallen: readonly Rung[]; readonly next: Rung | undefined }

async function sweepBatch(tx: Queryable, instant: Date, calendar: Calendar, ruleOf: RuleOf, limit: number, { matterId, onRung }: SweepOptions) {
  const rows = await tx.prepared<ClockRow>(matterId === undefined ? 'clock_sweep' : 'clock_sweep_of', `
    select matter_id, id, rule, rule_version, unit, article, organisation_id, kind, started_on, started_at, budget, consumed, running_since,
      suspensions, extensions, stopped_on, due_on, due_at, next_at, announced, provisional, calendar_version
    from clock.clock
    where next_at <= $1${matterId === undefined ? '' : '\n      and matter_id = $3'}
    order by next_at
    limit $2
    for update skip locked`, matterId === undefined ? [instant, limit] : [instant, limit, matterId])
  if (rows.length === 0) return { clocks: 0, announcements: [] }
  // More may wait behind a full batch: what falls after its last clock is left for the next one, lest a later light be told first.
  const upTo = rows.length < limit ? instant : new Date(rows.at(-1)!.next_at!)

  const passed = rows.map((row): Passed => {
    const clock = stateOf(row)
    const ahead = rungsAhead(clock, ruleOf(clock.rule, clock.ruleVersion), calendar)
    const fallen = ahead.filter((rung) => rung.at <= upTo)
    return { row, clock, fallen, next: ahead[fallen.length] }
  })
  const announcements = passed
    .flatMap(({ row, clock, fallen }) => fallen.map((rung): Announcement => ({
      matterId: row.matter_id, clockId: clock.id, rule: clock.rule, light: rung.light, at: rfc3339(rung.at), dueOn: clock.dueOn!,
      expiry: ruleOf(clock.rule, clock.ruleVersion).expiry,
    })))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))

  await tx.prepared('clock_announced', `
    update clock.clock c
    set announced = u.announced, next_at = u.next_at
    from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[]) u (matter_id, id, announced, next_at)
    where c.matter_id = u.matter_id
      and c.id = u.id`, [
    passed.map((p) => p.row.matter_id), passed.map((p) => p.clock.id), passed.map((p) => p.fallen.at(-1)?.light ?? p.clock.announced), passed.map((p) => p.next?.at ?? null),
  ])
  await tx.prepared('clock_announcements', `
    insert into clock.event (matter_id, clock_id, kind, at, due_on, light)
    select u.matter_id, u.clock_id, 'announced', u.at, u.due_on, u.light
    from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::date[], $5::text[]) with ordinality u (matter_id, clock_id, at, due_on, light, n)
    order by u.n`, [
    announcements.map((a) => a.matterId), announcements.map((a) => a.clockId), announcements.map((a) => a.at), announcements.map((a) => a.dueOn), announcements.map((a) => a.light),
  ])
  await onRung?.(announcements, tx)
  return { clocks: rows.length, announcements }
}
