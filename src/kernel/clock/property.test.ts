import chineseDays from 'chinese-days'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, fromDayNumber, startOfDay, toDayNumber, type CivilDay } from '../../base/civil-day.ts'
import { buildCalendar } from '../calendar/build.ts'
import { redateClock, resumeClock, startClock, suspendClock } from './clock.ts'
import { explainClock } from './explain.ts'
import { isHigher, lightOf, rungs } from './lights.ts'
import { ruleBook } from './rule-store.ts'
import { CLOCK_RULES } from './rules.ts'
import type { ClockState } from './types.ts'

const calendar = buildCalendar()
const ITEM = ruleBook(CLOCK_RULES)('ITEM.STATUTORY')
const anyDay = fc.integer({ min: toDayNumber('2007-01-01' as CivilDay), max: toDayNumber('2026-03-01' as CivilDay) }).map(fromDayNumber)
/** Days after the last event until the next suspension, and its length. */
const pauses = fc.array(fc.record({ after: fc.integer({ min: 0, max: 6 }), length: fc.integer({ min: 0, max: 30 }) }), { maxLength: 3 })

function runThrough(start: CivilDay, budget: number, unit: 'workingDay' | 'naturalDay', list: readonly { after: number; length: number }[]): ClockState {
  let clock = startClock(ITEM, { on: start, amount: budget, unit }, calendar)
  for (const { after, length } of list) {
    const from = addDays(clock.runningSince!, after)
    if (from >= clock.dueOn!) break
    clock = suspendClock(clock, ITEM, { on: from, ground: 'testing', noticeIssuedOn: from }, calendar)
    clock = resumeClock(clock, ITEM, addDays(from, length), calendar)
  }
  return clock
}

test('with any suspensions, the due day is where an independent walk with chinese-days has used the budget', () => {
  fc.assert(fc.property(anyDay, fc.integer({ min: 1, max: 45 }), pauses, (start, budget, list) => {
    const clock = runThrough(start, budget, 'workingDay', list)
    let day = start
    for (let left = budget; left > 0; ) {
      day = addDays(day, 1)
      const stands = clock.suspensions.some((s) => s.from < day && day <= s.to!)
      if (!stands && chineseDays.isWorkday(day)) left -= 1
    }
    expect(clock.dueOn).toBe(day)
  }), { numRuns: 150 })
})

test('an explanation counts exactly the budget and tells every day once', () => {
  fc.assert(fc.property(anyDay, fc.integer({ min: 1, max: 45 }), fc.constantFrom('workingDay', 'naturalDay'), pauses, (start, budget, unit, list) => {
    const clock = runThrough(start, budget, unit, list)
    const days = explainClock(clock, ITEM, calendar)
    expect(days.filter((d) => d.counted)).toHaveLength(budget)
    expect(days.map((d) => d.date)).toEqual(days.map((_, i) => addDays(start, i)))
    expect(days.at(-1)!.date).toBe(clock.dueOn)
  }))
})

test('the ladder goes up only, the light agrees with it at every midnight, and nextAt is its first rung', () => {
  fc.assert(fc.property(anyDay, fc.integer({ min: 1, max: 45 }), fc.constantFrom('workingDay', 'naturalDay'), pauses, (start, budget, unit, list) => {
    const clock = runThrough(start, budget, unit, list)
    const ladder = rungs(clock, ITEM, calendar)
    expect(ladder.at(-1)!.light).toBe('black')
    ladder.slice(1).forEach((rung, i) => expect([isHigher(rung.light, ladder[i]!.light), rung.at > ladder[i]!.at]).toEqual([true, true]))
    expect(new Date(clock.nextAt!)).toEqual(ladder[0]!.at)
    for (let day = clock.runningSince!; day <= addDays(clock.dueOn!, 1); day = addDays(day, 1)) {
      const light = lightOf(clock, ITEM, startOfDay(day), calendar)!
      const left = calendar.workingDaysBetween(day <= clock.runningSince! ? clock.runningSince! : addDays(day, -1), clock.dueOn!)
      expect(light === 'black').toBe(day > clock.dueOn!)
      if (day <= clock.dueOn! && day > start) expect(light === 'red').toBe(left <= 1)
    }
  }))
})

test('counting again under the same calendar changes nothing', () => {
  fc.assert(fc.property(anyDay, fc.integer({ min: 1, max: 45 }), fc.constantFrom('workingDay', 'naturalDay'), pauses, (start, budget, unit, list) => {
    const clock = runThrough(start, budget, unit, list)
    expect(redateClock(clock, ITEM, calendar, startOfDay(start))).toEqual(clock)
  }))
})
