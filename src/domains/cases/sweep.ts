import { sweep } from '../../kernel/clock/sweep.ts'
import { Refusal } from '../../base/refusal.ts'
import type { House } from '../../kernel/house.ts'
import { warnUnserved } from './unserved.ts'
import { remindUnsigned } from './unsigned-day.ts'
import { warnAfterRest, warnOf } from './warnings.ts'

/**
 * Announces lights that fell, warns those who must act, and lets the law take its course where a rule deems something: an act of
 * its own, by the system, once. Whatever a crash left between light and act is found again by the next run.
 */
export async function sweepCases(house: House): Promise<number> {
  const now = house.time.now()
  const announced = await sweep(house.db, now, house.calendar(), house.clockRule, {
    onRung: (batch, tx) => warnOf(house, tx, batch, now),
  })
  await warnAfterRest(house)
  await warnUnserved(house)
  await remindUnsigned(house)
  await eachBySystem(house, [...await due(house, 'deemAccepted', TO_DEEM), ...await due(house, 'deferredMissed', TO_MISS), ...await due(house, 'publishResult', TO_PUBLISH)])
  return announced.length
}

/** Clocks past their end whose rule deems the application accepted (行政许可法 32(4), 不动产登记暂行条例 17). */
const TO_DEEM = `
select m.no
  from clock.clock c
  join flow.matter m on m.id = c.matter_id
 where c.rule in ('LIC.CORRECTION_NOTICE', 'REALTY.ON_SPOT') and c.stopped_on is null and c.due_at <= $1 and m.stage = 'submitted' and m.closed_at is null
 order by c.due_at
 limit 500`
/** Promises of deferred materials whose day has passed unmet. */
const TO_MISS = `
select m.no
  from clock.clock c
  join flow.matter m on m.id = c.matter_id
 where c.rule = 'CASE.DEFERRED' and c.stopped_on is null and c.due_at <= $1 and m.stage in ('accepted', 'decided', 'served') and m.closed_at is null
 order by c.due_at
 limit 500`

/** Licences granted before today and not yet public (行政许可法 第四十条): published a day after, so that nobody's page moves under her hands. */
const TO_PUBLISH = `
select m.no
  from cases.filing f
  join flow.matter m on m.id = f.matter_id
  join clock.clock c on c.matter_id = f.matter_id and c.rule = 'LIC.PUBLISH' and c.stopped_on is null
 where f.decided_on is not null and f.published_on is null and f.decided_on < ($1::timestamptz at time zone 'Asia/Shanghai')::date
 order by f.decided_on, m.no
 limit 500`

interface Due { readonly no: string; readonly act: string; readonly input: object }

/** The act on every matter found. It stops the clock that found it, so it is done once. */
async function due(house: House, act: 'deemAccepted' | 'deferredMissed' | 'publishResult', found: string): Promise<Due[]> {
  return (await house.db.prepared<{ no: string }>(`cases_${act}`, found, [house.time.now()])).map(({ no }) => ({ no, act, input: {} }))
}

/** Timers of procedures that have come: the system passes them on. */
export async function fireTimers(house: House): Promise<number> {
  const fallen = await house.db.prepared<{ no: string; step: string }>('flow_timers_due', `
select m.no, t.step
  from flow.timer t
  join flow.matter m on m.id = t.matter_id
 where t.due_at <= $1 and m.closed_at is null
 order by t.due_at
 limit 500`, [house.time.now()])
  await eachBySystem(house, fallen.map(({ no, step }) => ({ no, act: 'timerElapsed', input: { step } })))
  return fallen.length
}

/** One matter that fails must not keep the law from the others: all are tried, and the failures are thrown together. */
async function eachBySystem(house: House, all: readonly Due[]): Promise<void> {
  const failures: Error[] = []
  for (const { no, act, input } of all) await bySystem(house, no, act, input).catch((cause: unknown) => failures.push(new Error(`${no}: ${act} failed`, { cause })))
  if (failures.length > 0) throw new AggregateError(failures, failures.map(({ message }) => message).join('; '))
}

async function bySystem(house: House, no: string, act: string, input: object): Promise<void> {
  try {
    await house.flow.perform(no, null, { caller: { kind: 'system' }, act, input, channel: 'system' })
  } catch (error) {
    // An officer was faster by a moment: the next look finds what is left.
    if (!(error instanceof Refusal)) throw error
    house.log(`${no}: ${error.code}`)
  }
}
