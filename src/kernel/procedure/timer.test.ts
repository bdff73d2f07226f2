import { expect, test } from 'vitest'
import { buildCalendar } from '../calendar/build.ts'
import { isComputable, timerDue } from './timer.ts'

// Monday 2 March 2026, 09:00 in Asia/Shanghai; no holiday in March, so five working days on is Monday the 9th.
const now = new Date('2026-03-02T09:00:00+08:00')
const calendar = buildCalendar()
const due = (value: string, kind: 'timeDuration' | 'timeDate' | 'timeCycle' = 'timeDuration') => timerDue('t', { kind, value }, now, calendar).toISOString()

test('days end with the last day; hours run by the clock; months take the corresponding day', () => {
  expect(due('P3D')).toBe('2026-03-05T16:00:00.000Z') // through Thursday 5 March
  expect(due('P5WD')).toBe('2026-03-09T16:00:00.000Z')
  expect(due('P1M')).toBe('2026-04-02T16:00:00.000Z')
  expect(due('PT2H')).toBe('2026-03-02T03:00:00.000Z')
  expect(due('2026-03-20', 'timeDate')).toBe('2026-03-19T16:00:00.000Z')
  expect(due('R3/PT10M', 'timeCycle')).toBe('2026-03-02T01:10:00.000Z')
})

test('a day that is a fact of the matter is the last day of a period; without the fact nothing is waited for', () => {
  const windowClose = { kind: 'timeDate', value: '= windowEndsOn' } as const
  expect(isComputable(windowClose)).toBe(true)
  expect(timerDue('t', windowClose, now, calendar, { windowEndsOn: '2026-04-25' }).toISOString()).toBe('2026-04-25T16:00:00.000Z')
  expect(timerDue('t', windowClose, now, calendar, { windowEndsOn: null })).toEqual(now)
})

test('a time that cannot be computed is a failure of the drawing, named', () => {
  for (const value of ['', 'P', 'PT', 'soon', '${due}']) {
    expect(() => due(value)).toThrow('timer t has no time')
    expect(isComputable({ kind: 'timeDuration', value })).toBe(false)
  }
})
