import type { Json } from '../../base/canonical-json.ts'
import { addDays, addMonths, dayAt, isCivilDay, startOfDay } from '../../base/civil-day.ts'
import type { Calendar } from '../calendar/types.ts'
import type { DefinitionNode } from './definition.ts'

const DURATION = /^P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/
/** `P20WD`: working days, which ISO 8601 does not know. */
const WORKING = /^P(\d{1,4})WD$/

/** `= windowEndsOn`: a day that the matter itself knows, as the name of one of its facts. */
const FACT = /^=\s*([A-Za-z][A-Za-z0-9]*)$/

type Timer = DefinitionNode['timer']
/** `clock`: milliseconds beside the whole years, months, weeks and days. */
type Period = { readonly workingDays: number } | { readonly years: number; readonly months: number; readonly weeks: number; readonly days: number; readonly clock: number }

/** The (first) period a timer waits; undefined where it names none that can be computed. */
function periodOf(timer: Timer): Period | undefined {
  if (timer === null || timer.kind === 'timeDate') return undefined
  const text = timer.kind === 'timeCycle' ? timer.value.replace(/^R\d*\//, '') : timer.value
  const working = WORKING.exec(text)
  if (working) return { workingDays: Number(working[1]) }
  const parts = DURATION.exec(text)
  if (!parts || !/\d/.test(text) || text.endsWith('T')) return undefined
  const [years, months, weeks, days, hours, minutes, seconds] = parts.slice(1).map((p) => Number(p ?? 0)) as [number, number, number, number, number, number, number]
  return { years, months, weeks, days, clock: ((hours * 60 + minutes) * 60 + seconds) * 1000 }
}

/** Whether `timerDue` can say when it fires; a procedure with another timer is not published. */
export function isComputable(timer: Timer): boolean {
  if (timer?.kind === 'timeDate') return FACT.test(timer.value) || isCivilDay(timer.value) || !Number.isNaN(Date.parse(timer.value))
  return periodOf(timer) !== undefined
}

/**
 * Working days a timer can take at most: every natural day may be one (weeks before a holiday are worked through), less than a day
 * counts nothing. 0 where it waits for a day of the calendar, which says nothing of how long.
 */
export function workingDaysAtMost(timer: Timer): number {
  const period = periodOf(timer)
  if (period === undefined) return 0
  if ('workingDays' in period) return period.workingDays
  return period.years * 366 + period.months * 31 + period.weeks * 7 + period.days + Math.floor(period.clock / 86_400_000)
}

/**
 * When a timer that starts now fires. Periods of days and longer end with their last day (民法典 第二百零一条、第二百零三条), so
 * they fire as the day after it begins (a last day off is not rolled: a timer is not a statutory clock); hours, minutes and seconds
 * run by the clock. A `timeCycle` fires after its first period. A day named by a fact (`= windowEndsOn`) is the last day of a period
 * as well: it fires as the day after begins. Without that fact nothing is waited for.
 */
export function timerDue(step: string, timer: Timer, now: Date, calendar: Calendar, facts: Json = {}): Date {
  const value = timer?.value ?? ''
  const fact = timer?.kind === 'timeDate' ? FACT.exec(value)?.[1] : undefined
  if (fact !== undefined) {
    const day = (facts as { readonly [name: string]: Json })[fact]
    return typeof day === 'string' && isCivilDay(day) ? startOfDay(addDays(day, 1)) : now
  }
  if (timer?.kind === 'timeDate') {
    const instant = isCivilDay(value) ? startOfDay(value) : new Date(/(Z|[+-]\d\d:?\d\d)$/.test(value) ? value : `${value}+08:00`)
    if (!Number.isNaN(instant.getTime())) return instant
  }
  const period = periodOf(timer)
  if (period === undefined) throw new Error(`timer ${step} has no time that can be computed: ${JSON.stringify(value)}`)
  if ('workingDays' in period) return startOfDay(addDays(calendar.addWorkingDays(dayAt(now), period.workingDays).day, 1))
  const { years, months, weeks, days, clock } = period
  if (years + months + weeks + days === 0) return new Date(now.getTime() + clock)
  const last = addDays(addMonths(dayAt(now), years * 12 + months), weeks * 7 + days)
  return new Date(startOfDay(addDays(last, 1)).getTime() + clock)
}
