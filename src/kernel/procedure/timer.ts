import type { Json } from '../../base/canonical-json.ts'
import { addDays, addMonths, dayAt, isCivilDay, startOfDay } from '../../base/civil-day.ts'
import type { Calendar } from '../calendar/types.ts'
import type { DefinitionNode } from './definition.ts'

const DURATION = /^P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/
/** `P20WD`: working days, which ISO 8601 does not know. */
const WORKING = /^P(\d{1,4})WD$/

/** `= windowEndsOn`: a day that the matter itself knows, as the name of one of its facts. */
const FACT = /^=\s*([A-Za-z][A-Za-z0-9]*)$/

/** Whether `timerDue` can say when it fires; a procedure with another timer is not published. */
export function isComputable(timer: DefinitionNode['timer']): boolean {
  if (timer === null) return false
  if (timer.kind === 'timeDate' && FACT.test(timer.value)) return true
  if (timer.kind === 'timeDate') return isCivilDay(timer.value) || !Number.isNaN(Date.parse(timer.value))
  const period = timer.kind === 'timeCycle' ? timer.value.replace(/^R\d*\//, '') : timer.value
  return WORKING.test(period) || (DURATION.test(period) && /\d/.test(period) && !period.endsWith('T'))
}

/**
 * When a timer that starts now fires. Periods of days and longer end with their last day (民法典 第二百零一条、第二百零三条), so
 * they fire as the day after it begins (a last day off is not rolled: a timer is not a statutory clock); hours, minutes and seconds run by the clock. A `timeCycle` fires after its first period.
 * A day named by a fact (`= windowEndsOn`) is the last day of a period as well: it fires as the day after begins. Without that fact nothing is waited for.
 */
export function timerDue(step: string, timer: DefinitionNode['timer'], now: Date, calendar: Calendar, facts: Json = {}): Date {
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
  const period = timer?.kind === 'timeCycle' ? value.replace(/^R\d*\//, '') : value
  const working = WORKING.exec(period)
  if (working) return startOfDay(addDays(calendar.addWorkingDays(dayAt(now), Number(working[1])).day, 1))
  const parts = DURATION.exec(period)
  if (!parts || !/\d/.test(period) || period.endsWith('T')) throw new Error(`timer ${step} has no time that can be computed: ${JSON.stringify(value)}`)
  const [years, months, weeks, days, hours, minutes, seconds] = parts.slice(1).map((p) => Number(p ?? 0)) as [number, number, number, number, number, number, number]
  const clock = ((hours * 60 + minutes) * 60 + seconds) * 1000
  if (years + months + weeks + days === 0) return new Date(now.getTime() + clock)
  const last = addDays(addMonths(dayAt(now), years * 12 + months), weeks * 7 + days)
  return new Date(startOfDay(addDays(last, 1)).getTime() + clock)
}
