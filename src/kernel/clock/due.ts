import { addDays, addMonths, dayAt, daysBetween, rfc3339, startOfDay, type CivilDay } from '../../base/civil-day.ts'
import type { Calendar } from '../calendar/types.ts'
import type { ClockRule, ClockState, ClockUnit, Suspension } from './types.ts'

export interface Due { readonly dueOn: CivilDay; readonly dueAt: string; readonly provisional: boolean }
export const HOUR = 3_600_000

/**
 * The last day, and the end of it, on which an act is in time; null while the clock stands. Counting begins the day after
 * `runningSince` with what the budget has left; a budget of nothing is due on the spot, on the day itself.
 */
export function dueOf(clock: ClockState, rule: ClockRule, calendar: Calendar): Due | null {
  if (clock.stoppedOn !== null || clock.runningSince === null) return null
  if (clock.unit === 'hour') {
    const end = new Date(Date.parse(clock.startedAt) + clock.budget * HOUR)
    return { dueOn: dayAt(end), dueAt: rfc3339(end), provisional: false }
  }
  if (rule.direction === 'before') return endOf(countBack(clock, calendar))
  if (clock.budget === 0) return endOf({ day: clock.startedOn, provisional: false })
  const left = clock.budget - clock.consumed
  if (clock.unit === 'workingDay' && left > 0) return endOf(calendar.addWorkingDays(clock.runningSince, left))
  return endOf(calendar.nextWorkingDay(nominalEnd(clock)))
}

/**
 * Where natural days and months end before they roll (民法典 第二百零二条); days of suspension push both back. A clock suspended while it
 * rolls has nothing left to count.
 */
export function nominalEnd(clock: ClockState): CivilDay {
  if (clock.unit === 'month') return addDays(addMonths(clock.startedOn, clock.budget), suspendedDays(clock.suspensions))
  return addDays(clock.runningSince ?? clock.startedOn, Math.max(0, clock.budget - clock.consumed))
}

/** Periods that count back from an event never roll, so that the notice is never shortened. */
function countBack({ unit, startedOn, budget }: ClockState, calendar: Calendar) {
  if (unit === 'workingDay') return calendar.subtractWorkingDays(startedOn, budget)
  return { day: unit === 'month' ? addMonths(startedOn, -budget) : addDays(startedOn, -budget), provisional: false }
}

const endOf = ({ day, provisional }: { readonly day: CivilDay; readonly provisional: boolean }): Due =>
  ({ dueOn: day, dueAt: rfc3339(startOfDay(addDays(day, 1))), provisional })

/** Units used in (after, upTo]. Months are not used up piece by piece: they only end. */
export function unitsBetween(unit: ClockUnit, after: CivilDay, upTo: CivilDay, calendar: Calendar): number {
  if (unit === 'workingDay') return calendar.workingDaysBetween(after, upTo)
  return unit === 'naturalDay' ? Math.max(0, daysBetween(after, upTo)) : 0
}

/** What was used before `runningSince` (or before the open suspension), counted again from the dated facts. */
export function consumedBefore({ unit, startedOn, suspensions }: ClockState, calendar: Calendar): number {
  let used = 0
  let since = startedOn
  for (const { from, to } of suspensions) {
    used += unitsBetween(unit, since, from, calendar)
    since = to ?? from
  }
  return used
}

/** The day a suspension begins counts; the days after it up to and including its last do not. */
const suspendedDays = (suspensions: readonly Suspension[]): number =>
  suspensions.reduce((sum, { from, to }) => sum + (to === null ? 0 : daysBetween(from, to)), 0)
