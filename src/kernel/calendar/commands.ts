import { addDays, addMonths, isCivilDay, type CivilDay } from '../../base/civil-day.ts'
import { refuse } from './errors.ts'
import { explainDays, type CountedOrNot } from './explain.ts'
import type { Calendar } from './types.ts'

/** `calendar due --from DATE (--working-days N | --natural-days N | --months N) [--before] [--explain]`. */
export interface DueQuery {
  /** Day zero. */
  readonly from: string
  readonly workingDays?: number
  readonly naturalDays?: number
  readonly months?: number
  /** Counts back, and never rolls so as to shorten the notice. */
  readonly before?: boolean
  readonly explain?: boolean
}

export interface DueAnswer {
  readonly from: CivilDay
  readonly due: CivilDay
  readonly provisional: boolean
  readonly horizon: CivilDay
  readonly days?: readonly CountedOrNot[]
}

/** Refuses `calendar/bad-query`, `calendar/out-of-range`. */
export function calendarDue(query: DueQuery, calendar: Calendar): DueAnswer {
  const { from, workingDays, naturalDays, months, before = false } = query
  const given = [workingDays, naturalDays, months].filter((n) => n !== undefined)
  const [n] = given
  if (!isCivilDay(from) || n === undefined || given.length > 1 || !Number.isSafeInteger(n) || n < 0) throw refuse('bad-query')
  calendar.fact(from) // a day outside the calendar is refused as such, whatever is counted from it

  const horizon = calendar.horizon
  if (workingDays !== undefined) {
    const { day: due, provisional } = before ? calendar.subtractWorkingDays(from, n) : calendar.addWorkingDays(from, n)
    return { from, due, provisional, horizon, ...(query.explain === true ? { days: explainDays(calendar, from, due) } : {}) }
  }
  const nominal = nominalEnd(from, before ? -n : n, months !== undefined)
  calendar.fact(nominal)
  const { day: due, provisional } = before ? { day: nominal, provisional: false } : calendar.nextWorkingDay(nominal)
  return { from, due, provisional, horizon, ...(query.explain === true ? { days: explainDays(calendar, from, due, before ? from : nominal) } : {}) }
}

/** A period so long that it leaves the calendar of JavaScript is refused like one that leaves ours. */
function nominalEnd(from: CivilDay, n: number, months: boolean): CivilDay {
  if (Math.abs(n) > 100_000) throw refuse('bad-query')
  return months ? addMonths(from, n) : addDays(from, n)
}
