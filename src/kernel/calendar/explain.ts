import { fromDayNumber, toDayNumber, type CivilDay } from '../../base/civil-day.ts'
import type { Calendar, DayFact } from './types.ts'

/** 民法典 on periods: the day of the event is not counted; hours from the moment; the last day rolls. */
export const CIVIL_CODE = {
  dayZero: '民法典 第二百零一条第一款',
  hours: '民法典 第二百零一条第二款',
  months: '民法典 第二百零二条',
  rolled: '民法典 第二百零三条第一款',
} as const
/** Why an ordinary weekday is worked and an ordinary weekend is not. */
const WORKING_WEEK = '国务院关于职工工作时间的规定（国务院令第174号）第七条'

export interface CountedOrNot {
  readonly date: CivilDay
  readonly counted: boolean
  readonly reason: 'dayZero' | DayFact['kind'] | 'rolled'
  /** Notice or article. */
  readonly source: string
  /** Present and true where a notice not yet published could change the day. */
  readonly provisional?: true
}

/**
 * Every day from day zero to the due day, in the direction of counting. With `natural`, every day up to `natural` (the nominal end)
 * counts whatever it is, and the days after it only roll. The number of counted days is the length of the period.
 */
export function explainDays(calendar: Calendar, from: CivilDay, due: CivilDay, natural?: CivilDay): CountedOrNot[] {
  const [start, end] = [toDayNumber(from), toDayNumber(due)]
  const step = end < start ? -1 : 1
  const days: CountedOrNot[] = [{ date: from, counted: false, reason: 'dayZero', source: CIVIL_CODE.dayZero }]
  for (let n = start + step; step * n <= step * end; n += step) days.push(explainDay(calendar, fromDayNumber(n), natural))
  return days
}

export function explainDay(calendar: Calendar, date: CivilDay, natural?: CivilDay): CountedOrNot {
  const fact = calendar.fact(date)
  const provisional = fact.provisional ? ({ provisional: true } as const) : {}
  if (natural !== undefined && date > natural) return { date, counted: false, reason: 'rolled', source: CIVIL_CODE.rolled, ...provisional }
  return { date, counted: natural !== undefined || fact.working, reason: fact.kind, source: fact.source ?? WORKING_WEEK, ...provisional }
}
