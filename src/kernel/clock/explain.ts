import { addDays, type CivilDay } from '../../base/civil-day.ts'
import { CIVIL_CODE, explainDay, explainDays } from '../calendar/explain.ts'
import type { Calendar } from '../calendar/types.ts'
import { nominalEnd } from './due.ts'
import { groundName } from './grounds.ts'
import type { ClockRule, ClockState, DayExplanation } from './types.ts'

/**
 * Every day from day zero to the due day, counted or not, and who says so. A clock that stands is told up to the day it stopped, a
 * suspended one up to `upTo` (default the day the suspension began).
 */
export function explainClock(clock: ClockState, rule: ClockRule, calendar: Calendar, upTo?: CivilDay): readonly DayExplanation[] {
  const { startedOn, dueOn } = clock
  if (rule.direction === 'before' && dueOn !== null) {
    return explainDays(calendar, startedOn, dueOn, clock.unit === 'workingDay' ? undefined : startedOn)
  }
  const zero: DayExplanation = { date: startedOn, counted: clock.unit === 'hour', reason: 'dayZero', source: clock.unit === 'hour' ? CIVIL_CODE.hours : CIVIL_CODE.dayZero }
  const days = [zero]
  const last = lastDay(clock, upTo)
  const monthsEnd = clock.unit !== 'month' || dueOn === null ? last : nominalEnd(clock)
  let counted = 0
  for (let date = addDays(startedOn, 1); date <= last; date = addDays(date, 1)) {
    // Natural days count until the budget is used, wherever suspensions cut it; what follows only rolls.
    const naturalEnd = clock.unit === 'naturalDay' ? (counted < clock.budget ? date : startedOn) : monthsEnd
    const day = explain(clock, calendar, date, clock.unit === 'workingDay' ? undefined : naturalEnd)
    if (day.counted) counted += 1
    days.push(day)
  }
  return days
}

function lastDay({ dueOn, stoppedOn, suspensions, startedOn }: ClockState, upTo: CivilDay | undefined): CivilDay {
  if (dueOn !== null) return dueOn
  if (stoppedOn !== null) return stoppedOn
  const began = suspensions.at(-1)?.from ?? startedOn
  return upTo !== undefined && upTo > began ? upTo : began
}

function explain(clock: ClockState, calendar: Calendar, date: CivilDay, natural: CivilDay | undefined): DayExplanation {
  const pause = clock.suspensions.find(({ from, to }) => from < date && (to === null || date <= to))
  if (pause !== undefined) return { date, counted: false, reason: 'suspended', source: `${pause.article}（${groundName(pause.ground).zh}）` }
  if (clock.unit === 'hour') return { date, counted: true, reason: 'natural', source: CIVIL_CODE.hours }
  return explainDay(calendar, date, natural)
}
