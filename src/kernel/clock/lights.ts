import { addDays, daysBetween, fromDayNumber, startOfDay, toDayNumber, type CivilDay } from '../../base/civil-day.ts'
import type { Calendar } from '../calendar/types.ts'
import { HOUR, nominalEnd } from './due.ts'
import type { ClockRule, ClockState, Light } from './types.ts'

export interface Rung { readonly light: Exclude<Light, 'green'>; readonly at: Date }
const RANK: Readonly<Record<Light, number>> = { green: 0, yellow: 1, red: 2, black: 3 }
export const isHigher = (light: Light, than: Light): boolean => RANK[light] > RANK[than]

/**
 * When the light of a running clock changes, in order. Black: the due day is over. Red: one working day or less is left, today
 * included and day zero not. Yellow: the rule's share of the budget is used, or its number of working days left, whichever is earlier;
 * left out where red comes no later. Hours have no working days: red begins halfway between yellow and the end. Empty while it stands.
 */
export function rungs(clock: ClockState, rule: ClockRule, calendar: Calendar): readonly Rung[] {
  if (clock.dueOn === null || clock.dueAt === null) return []
  const black: Rung = { light: 'black', at: new Date(clock.dueAt) }
  const { yellowShare, yellowDaysLeft } = rule.lights
  if (clock.unit === 'hour') {
    const at = (share: number) => new Date(Date.parse(clock.startedAt) + share * clock.budget * HOUR)
    return [{ light: 'yellow', at: at(yellowShare) }, { light: 'red', at: at((1 + yellowShare) / 2) }, black]
  }
  const begins = (day: CivilDay) => new Date(Math.max(startOfDay(day).getTime(), earliest(clock, rule)))
  const withLeft = (left: number) => firstDayWithLeft(clock.dueOn!, left, rule.direction === 'after' ? clock.runningSince : null, calendar)
  const byLeft = withLeft(yellowDaysLeft)
  const byShare = rule.direction === 'before' ? byLeft : firstDayAfterShare(clock, yellowShare, withLeft)
  const yellow: Rung = { light: 'yellow', at: begins(byLeft < byShare ? byLeft : byShare) }
  const red: Rung = { light: 'red', at: begins(withLeft(1)) }
  return yellow.at < red.at ? [yellow, red, black] : [red, black]
}

/** The light at an instant; null while the clock is suspended or stopped. Right even while no sweep runs. */
export function lightOf(clock: ClockState, rule: ClockRule, instant: Date, calendar: Calendar): Light | null {
  if (clock.dueAt === null) return null
  return lightAmong(rungs(clock, rule, calendar), instant)
}

export function lightAmong(ladder: readonly Rung[], instant: Date): Light {
  return ladder.findLast((rung) => rung.at <= instant)?.light ?? 'green'
}

/** The rungs not announced yet, in order; the first one's instant is the clock's `nextAt`. */
export function rungsAhead(clock: ClockState, rule: ClockRule, calendar: Calendar): readonly Rung[] {
  return rungs(clock, rule, calendar).filter((rung) => isHigher(rung.light, clock.announced))
}

/** No light changes before the clock runs. A clock that counts back from an event runs all the time before it. */
function earliest(clock: ClockState, rule: ClockRule): number {
  if (rule.direction === 'before') return Number.NEGATIVE_INFINITY
  const { runningSince, startedOn, startedAt } = clock
  return runningSince === null || runningSince === startedOn ? Date.parse(startedAt) : startOfDay(runningSince).getTime()
}

/**
 * The first day on which, itself included, at most `left` working days remain up to and including the due day. The day the counting
 * runs from (day zero, or the last day of a suspension) is not itself one of them.
 */
function firstDayWithLeft(dueOn: CivilDay, left: number, since: CivilDay | null, calendar: Calendar): CivilDay {
  const k = calendar.workingDaysUpToN(toDayNumber(dueOn)) - left
  if (since !== null && k <= calendar.workingDaysUpToN(toDayNumber(since))) return since
  return fromDayNumber(calendar.workingDayN(k) + 1)
}

/** The first day before which `share` of the budget is used up. */
function firstDayAfterShare(clock: ClockState, share: number, withLeft: (left: number) => CivilDay): CivilDay {
  if (clock.unit === 'workingDay') return withLeft(clock.budget - Math.ceil(share * clock.budget))
  const end = nominalEnd(clock)
  const length = clock.unit === 'naturalDay' ? clock.budget : daysBetween(clock.startedOn, end)
  return addDays(end, 1 - (length - Math.ceil(share * length)))
}
