import { describe, expect, test } from 'vitest'
import type { CivilDay } from '../../base/civil-day.ts'
import { SHIPPED_YEARS } from '../calendar/announced.ts'
import { buildCalendar } from '../calendar/build.ts'
import { extendClock, redateClock, resumeClock, startClock, stopClock, suspendClock } from './clock.ts'
import { explainClock } from './explain.ts'
import { lightOf, rungs } from './lights.ts'
import { ruleBook } from './rule-store.ts'
import { CLOCK_RULES } from './rules.ts'
import { clockRow, stateOf } from './rows.ts'
import type { ClockRule } from './types.ts'

// Golden Week 2025: off 1–8 October, worked Sunday 28 September and Saturday 11 October. Every day below was counted by hand.
const calendar = buildCalendar()
const rule = ruleBook(CLOCK_RULES)
const day = (text: string) => text as CivilDay
const DECIDE = rule('LIC.DECIDE')
const began = (on: string) => startClock(DECIDE, { on: day(on) }, calendar)
const hearing = (on: string) => ({ on: day(on), ground: 'hearing', article: '行政许可法 第四十五条', noticeIssuedOn: day(on) })
const signed = (on: string) => ({ on: day(on), approvedBy: '局长', reason: '案情复杂' })

describe('counting', () => {
  test('a decision is due twenty working days after acceptance, at the end of that day', () => {
    expect(began('2025-09-22')).toMatchObject({
      dueOn: '2025-10-24', dueAt: '2025-10-25T00:00:00+08:00', budget: 20, consumed: 0, article: '行政许可法 第四十二条第一款', provisional: false,
      nextAt: '2025-10-18T00:00:00+08:00', announced: 'green',
    })
  })

  test('an acceptance on a rest day has it as day zero', () => {
    expect(began('2025-10-04').dueOn).toBe('2025-11-04') // 9, 10, 11, 13–17, 20–24, 27–31 October are 18; 3, 4 November
  })

  test('a deemed acceptance runs from the day of receipt, not from the moment it was noticed', () => {
    const dated = startClock(DECIDE, { on: day('2025-09-22'), at: '2025-09-30T10:00:00+08:00' }, calendar)
    expect(dated).toMatchObject({ startedOn: '2025-09-22', startedAt: '2025-09-22T00:00:00+08:00', dueOn: '2025-10-24' })
  })

  test("the item's own law gives amount, unit and article", () => {
    const own = startClock(rule('ITEM.STATUTORY'), { on: day('2025-09-01'), amount: 30, unit: 'naturalDay', article: '消防法 第十五条' }, calendar)
    expect(own).toMatchObject({ dueOn: '2025-10-09', article: '消防法 第十五条', unit: 'naturalDay' })
    expect(() => startClock(rule('SVC.PROMISE'), { on: day('2025-09-01') }, calendar)).toThrow('SVC.PROMISE: the budget')
  })

  test('months end on the corresponding day and roll', () => {
    expect(startClock(rule('ITEM.STATUTORY'), { on: day('2025-07-03'), amount: 3, unit: 'month' }, calendar).dueOn).toBe('2025-10-09')
  })

  test('hours run from the moment, through nights and holidays', () => {
    const urgent = startClock(rule('ITEM.STATUTORY'), { at: '2025-10-01T23:30:00+08:00', amount: 24, unit: 'hour' }, calendar)
    expect(urgent).toMatchObject({ startedOn: '2025-10-01', dueOn: '2025-10-02', dueAt: '2025-10-02T23:30:00+08:00', nextAt: '2025-10-02T17:30:00+08:00' })
  })

  test('on the spot is due on the day itself, rest day or not', () => {
    expect(startClock(rule('REALTY.ON_SPOT'), { on: day('2025-10-04') }, calendar).dueOn).toBe('2025-10-04')
  })

  test('a period that counts back from an event never rolls', () => {
    expect(startClock(rule('LIC.HEARING_NOTICE'), { on: day('2025-10-09') }, calendar).dueOn).toBe('2025-09-23')
    expect(startClock(rule('LIC.RENEW_APPLY'), { on: day('2025-11-03') }, calendar).dueOn).toBe('2025-10-04')
    expect(startClock(rule('LIC.RENEW_DECIDE'), { on: day('2025-10-05') }, calendar)).toMatchObject({ dueOn: '2025-10-05', provisional: false })
  })

  test('a complete supplement starts five fresh days under its own id', () => {
    const notice = rule('LIC.CORRECTION_NOTICE')
    expect(startClock(notice, { id: 'LIC.CORRECTION_NOTICE~2', on: day('2025-01-20') }, calendar)).toMatchObject({ id: 'LIC.CORRECTION_NOTICE~2', dueOn: '2025-01-26' })
  })

  test('beyond the last notice the due day is provisional', () => {
    expect(began('2026-12-15')).toMatchObject({ dueOn: '2027-01-13', provisional: true })
  })
})

describe('suspending', () => {
  const paused = suspendClock(began('2025-09-22'), DECIDE, hearing('2025-09-26'), calendar)

  test('the day it begins counts; no day can be named and no light shines until it ends', () => {
    expect(paused).toMatchObject({ consumed: 4, runningSince: null, dueOn: null, dueAt: null, nextAt: null })
    expect(lightOf(paused, DECIDE, new Date('2025-12-31T00:00:00+08:00'), calendar)).toBeNull()
  })

  const resumed = resumeClock(paused, DECIDE, day('2025-10-10'), calendar)
  test('over Golden Week: sixteen days are left, counted from worked Saturday 11 October', () => {
    expect(resumed).toMatchObject({ consumed: 4, runningSince: '2025-10-10', dueOn: '2025-10-31' })
  })

  test('twice: eleven days are used, nine are left', () => {
    const again = suspendClock(resumed, DECIDE, { ...hearing('2025-10-20'), ground: 'expertReview' }, calendar)
    expect(again.consumed).toBe(11)
    expect(resumeClock(again, DECIDE, day('2025-10-27'), calendar).dueOn).toBe('2025-11-07')
  })

  test('then extended by ten working days', () => {
    const longer = extendClock(resumed, DECIDE, signed('2025-10-30'), calendar)
    expect(longer).toMatchObject({ budget: 30, dueOn: '2025-11-14' })
    expect(longer.extensions).toEqual([{ on: '2025-10-30', amount: 10, article: '行政许可法 第四十二条第一款', approvedBy: '局长', reason: '案情复杂', noticeIssuedOn: '2025-10-30' }])
  })

  test('extended while it stands', () => {
    expect(resumeClock(extendClock(paused, DECIDE, signed('2025-09-29'), calendar), DECIDE, day('2025-10-10'), calendar).dueOn).toBe('2025-11-14')
  })

  test('natural days stand still day by day', () => {
    const own = { ...rule('ITEM.STATUTORY') }
    const clock = startClock(own, { on: day('2025-10-13'), amount: 30, unit: 'naturalDay' }, calendar)
    const stood = resumeClock(suspendClock(clock, own, hearing('2025-10-20'), calendar), own, day('2025-10-30'), calendar)
    expect([clock.dueOn, stood.consumed, stood.dueOn]).toEqual(['2025-11-12', 7, '2025-11-24']) // 22 November is a Saturday
  })

  test.each([
    ['a site survey', { ground: 'siteSurvey' }], ['a clarification', { ground: 'clarification' }], ["another law's ground", { ground: 'thirdPartyOpinion' }],
    ['no written notice', { noticeIssuedOn: null }], ['a notice issued later', { noticeIssuedOn: day('2025-09-27') }],
  ])('%s does not stop it, and the article says so', (_, wrong) => {
    expect(() => suspendClock(began('2025-09-22'), DECIDE, { ...hearing('2025-09-26'), ...wrong }, calendar)).toThrow(/clock\/pause-not-lawful.*行政许可法 第四十五条/)
  })

  test('the notice clock knows no pause at all', () => {
    const notice = rule('LIC.CORRECTION_NOTICE')
    expect(() => suspendClock(startClock(notice, { on: day('2025-09-22') }, calendar), notice, hearing('2025-09-23'), calendar)).toThrow('clock/pause-not-lawful')
  })

  test('what does not stand is not resumed, what stands is not suspended again, what ran out is not suspended', () => {
    expect(() => resumeClock(began('2025-09-22'), DECIDE, day('2025-09-26'), calendar)).toThrow('clock/not-suspended')
    expect(() => suspendClock(paused, DECIDE, hearing('2025-09-28'), calendar)).toThrow('clock/not-running')
    expect(() => suspendClock(began('2025-09-22'), DECIDE, hearing('2025-10-25'), calendar)).toThrow('clock/past-due')
    expect(() => suspendClock(began('2025-09-22'), DECIDE, hearing('2025-09-21'), calendar)).toThrow('clock/out-of-order')
    expect(() => resumeClock(paused, DECIDE, day('2025-09-25'), calendar)).toThrow('clock/out-of-order')
  })

  test('suspended on its last day: the end of the day it resumes, or the next working day', () => {
    const last = suspendClock(began('2025-09-22'), DECIDE, hearing('2025-10-24'), calendar)
    expect(resumeClock(last, DECIDE, day('2025-10-28'), calendar).dueOn).toBe('2025-10-28')
    expect(resumeClock(last, DECIDE, day('2025-11-01'), calendar).dueOn).toBe('2025-11-03')
  })
})

test('suspended while it rolls over a holiday, a period of natural days has nothing left to count', () => {
  const own = rule('ITEM.STATUTORY')
  const clock = startClock(own, { on: day('2025-09-29'), amount: 2, unit: 'naturalDay' }, calendar) // nominally 1 October, rolled to the 9th
  const stood = resumeClock(suspendClock(clock, own, hearing('2025-10-03'), calendar), own, day('2025-10-11'), calendar)
  expect([clock.dueOn, stood.dueOn]).toEqual(['2025-10-09', '2025-10-11'])
  expect(explainClock(stood, own, calendar).map((d) => d.reason)).toEqual([
    'dayZero', 'working', 'holiday', 'rolled', 'rolled', 'suspended', 'suspended', 'suspended', 'suspended', 'suspended', 'suspended', 'suspended', 'suspended',
  ])
})

describe('extending', () => {
  test('once, in time, by no more than the article gives, with approval, reason and notice', () => {
    const clock = began('2025-09-22')
    const longer = extendClock(clock, DECIDE, signed('2025-10-24'), calendar)
    expect(longer.dueOn).toBe('2025-11-07')
    expect(() => extendClock(longer, DECIDE, signed('2025-10-27'), calendar)).toThrow('clock/extended-already')
    expect(() => extendClock(clock, DECIDE, signed('2025-10-25'), calendar)).toThrow('clock/past-due')
    expect(() => extendClock(clock, DECIDE, { ...signed('2025-10-20'), amount: 11 }, calendar)).toThrow('clock/extension-too-long')
    expect(() => extendClock(clock, DECIDE, { ...signed('2025-10-20'), amount: 0 }, calendar)).toThrow('clock/extension-too-long')
    expect(() => extendClock(clock, DECIDE, { ...signed('2025-10-20'), approvedBy: '' }, calendar)).toThrow('clock/extension-unfounded')
    expect(() => extendClock(clock, DECIDE, { ...signed('2025-10-20'), reason: ' ' }, calendar)).toThrow('clock/extension-unfounded')
    expect(() => extendClock(clock, DECIDE, { ...signed('2025-10-20'), noticeIssuedOn: null }, calendar)).toThrow('clock/extension-unfounded')
    expect(() => extendClock(stopClock(clock, day('2025-10-01')), DECIDE, signed('2025-10-09'), calendar)).toThrow('clock/not-running')
  })

  test('by what the matter’s own law allows, under its article and in the clock’s unit, once', () => {
    const verified = { ...signed('2025-10-20'), ownLaw: { article: '企业投资项目核准和备案管理办法 第三十六条', most: 40 } }
    const longer = extendClock(began('2025-09-22'), DECIDE, { ...verified, amount: 40 }, calendar)
    // Forty working days after Friday 24 October: 27–31: 5; November: 20; December 1–19: 40.
    expect(longer).toMatchObject({ dueOn: '2025-12-19', extensions: [{ amount: 40, article: '企业投资项目核准和备案管理办法 第三十六条' }] })
    expect(() => extendClock(began('2025-09-22'), DECIDE, { ...verified, amount: 41 }, calendar)).toThrow('clock/extension-too-long')
    expect(() => extendClock(longer, DECIDE, verified, calendar)).toThrow('clock/extended-already')
    const own = rule('ITEM.STATUTORY')
    const months = startClock(own, { on: day('2025-09-22'), amount: 3, unit: 'month', article: '工伤保险条例 第二十条' }, calendar)
    expect(extendClock(months, own, { ...signed('2025-10-20'), amount: 1, ownLaw: { article: '条例', most: 1 } }, calendar).dueOn).toBe('2026-01-22')
  })

  test('a clock whose law knows no extension has none', () => {
    const deliver = rule('LIC.DELIVER')
    expect(() => extendClock(startClock(deliver, { on: day('2025-09-22') }, calendar), deliver, signed('2025-09-23'), calendar)).toThrow('clock/no-extension')
  })

  test('working days do not lengthen a limit that its own law counts in another unit; a promise is not lengthened at all', () => {
    const own = rule('ITEM.STATUTORY')
    for (const unit of ['naturalDay', 'month', 'hour'] as const) {
      const clock = startClock(own, { on: day('2025-09-22'), amount: 3, unit, article: '社会团体登记管理条例 第十二条' }, calendar)
      expect(() => extendClock(clock, own, signed('2025-09-22'), calendar), unit).toThrow(/clock\/no-extension.*社会团体登记管理条例 第十二条/)
    }
    expect(extendClock(startClock(own, { on: day('2025-09-22'), amount: 3 }, calendar), own, { ...signed('2025-09-23'), amount: 2 }, calendar).dueOn).toBe('2025-09-28') // 23, 24, 25, 26, worked Sunday 28
    const promise = rule('SVC.PROMISE')
    expect(() => extendClock(startClock(promise, { on: day('2025-09-22'), amount: 10 }, calendar), promise, signed('2025-09-23'), calendar)).toThrow('clock/no-extension')
  })

  test('a yellow light that was announced falls back to green and will be announced again', () => {
    const yellow = { ...began('2025-09-22'), announced: 'yellow' as const, nextAt: '2025-10-24T00:00:00+08:00' }
    // Three quarters of thirty are used with the 23rd working day, 29 October.
    expect(extendClock(yellow, DECIDE, signed('2025-10-20'), calendar)).toMatchObject({ announced: 'green', dueOn: '2025-11-07', nextAt: '2025-10-30T00:00:00+08:00' })
  })
})

describe('lights', () => {
  const at = (text: string) => new Date(`${text}+08:00`)
  const clock = began('2025-09-22')

  test('yellow when three quarters are used, red on the last working day, black past it', () => {
    expect(rungs(clock, DECIDE, calendar).map((r) => `${r.light} ${r.at.toISOString()}`)).toEqual([
      'yellow 2025-10-17T16:00:00.000Z', 'red 2025-10-23T16:00:00.000Z', 'black 2025-10-24T16:00:00.000Z',
    ])
    expect(lightOf(clock, DECIDE, at('2025-10-17T23:59:59'), calendar)).toBe('green')
    expect(lightOf(clock, DECIDE, at('2025-10-18T00:00:00'), calendar)).toBe('yellow')
    expect(lightOf(clock, DECIDE, at('2025-10-24T23:59:59'), calendar)).toBe('red')
    expect(lightOf(clock, DECIDE, at('2025-10-25T00:00:00'), calendar)).toBe('black')
  })

  test('the correction notice warns on the third day and is red on the morning of the fifth', () => {
    const notice = rule('LIC.CORRECTION_NOTICE') // Monday 10 November 2025: days 11, 12, 13, 14, 17
    const five = startClock(notice, { on: day('2025-11-10') }, calendar)
    expect(rungs(five, notice, calendar).map((r) => `${r.light} ${r.at.toISOString()}`)).toEqual([
      'yellow 2025-11-12T16:00:00.000Z', 'red 2025-11-14T16:00:00.000Z', 'black 2025-11-17T16:00:00.000Z',
    ])
  })

  test('a single day is red from the start, and never yellow', () => {
    const promise = rule('SVC.PROMISE')
    const one = startClock(promise, { at: '2025-11-10T09:30:00+08:00', amount: 1 }, calendar)
    expect(rungs(one, promise, calendar).map((r) => `${r.light} ${r.at.toISOString()}`)).toEqual(['red 2025-11-10T01:30:00.000Z', 'black 2025-11-11T16:00:00.000Z'])
  })

  test('over a long holiday one working day left is red through all of it', () => {
    const promise = rule('SVC.PROMISE')
    const two = startClock(promise, { on: day('2025-09-29'), amount: 2 }, calendar)
    expect(two.dueOn).toBe('2025-10-09')
    expect(lightOf(two, promise, at('2025-09-30T12:00:00'), calendar)).toBe('yellow')
    expect(lightOf(two, promise, at('2025-10-01T00:00:00'), calendar)).toBe('red')
  })

  test('a stopped clock has no light and no day', () => {
    const stopped = stopClock(clock, day('2025-10-10'))
    expect(stopped).toMatchObject({ stoppedOn: '2025-10-10', dueOn: null, dueAt: null, nextAt: null })
    expect(lightOf(stopped, DECIDE, at('2025-12-01T00:00:00'), calendar)).toBeNull()
    expect(() => stopClock(stopped, day('2025-10-11'))).toThrow('clock/not-running')
  })
})

describe('explaining', () => {
  test('each day from day zero to the due day, the suspended ones with ground and article', () => {
    const short: ClockRule = { ...DECIDE, amount: 4 }
    const paused = suspendClock(startClock(short, { on: day('2025-09-25') }, calendar), short, hearing('2025-09-26'), calendar)
    const clock = resumeClock(paused, short, day('2025-09-29'), calendar)
    const days = explainClock(clock, short, calendar)
    expect(days.map((d) => `${d.date.slice(5)} ${d.reason}${d.counted ? ' counted' : ''}`)).toEqual([
      '09-25 dayZero', '09-26 working counted', '09-27 suspended', '09-28 suspended', '09-29 suspended', '09-30 working counted',
      '10-01 holiday', '10-02 holiday', '10-03 holiday', '10-04 holiday', '10-05 holiday', '10-06 holiday', '10-07 holiday', '10-08 holiday',
      '10-09 working counted', '10-10 working counted',
    ])
    expect(days[2]!.source).toBe('行政许可法 第四十五条（听证）')
    expect(days[6]!.source).toBe('国务院办公厅关于2025年部分节假日安排的通知（国办发明电〔2024〕12号）')
    expect(explainClock(paused, short, calendar, day('2025-09-28')).map((d) => d.reason)).toEqual(['dayZero', 'working', 'suspended', 'suspended'])
  })

  test('hours are told as the days they run through', () => {
    const own = rule('ITEM.STATUTORY')
    const urgent = startClock(own, { at: '2025-10-01T23:30:00+08:00', amount: 24, unit: 'hour' }, calendar)
    expect(explainClock(urgent, own, calendar).map((d) => [d.date, d.counted, d.reason, d.source])).toEqual([
      ['2025-10-01', true, 'dayZero', '民法典 第二百零一条第二款'], ['2025-10-02', true, 'natural', '民法典 第二百零一条第二款'],
    ])
  })
})

describe('another calendar', () => {
  const off = (text: string) => ({ day: day(text), off: true, name: { zh: '元旦', en: 'New Year' } })
  const announced = { year: 2027, source: '国务院办公厅关于2027年部分节假日安排的通知', days: [off('2026-12-31'), off('2027-01-01'), { ...off('2026-12-27'), off: false }] }
  const next = buildCalendar([...SHIPPED_YEARS, announced], 2)

  test('days used before a suspension are counted again', () => {
    const paused = suspendClock(began('2026-12-24'), DECIDE, hearing('2026-12-31'), calendar)
    expect([paused.consumed, redateClock(paused, DECIDE, next, new Date('2027-01-04T00:00:00+08:00')).consumed]).toEqual([5, 5])
    const earlier = suspendClock(began('2026-12-24'), DECIDE, hearing('2026-12-28'), calendar)
    expect([earlier.consumed, redateClock(earlier, DECIDE, next, new Date('2027-01-04T00:00:00+08:00')).consumed]).toEqual([2, 3])
  })

  test('a stopped clock is history', () => {
    const stopped = stopClock(began('2026-12-24'), day('2026-12-30'))
    expect(redateClock(stopped, DECIDE, next, new Date())).toBe(stopped)
  })
})

test('a row gives the state back', () => {
  const clock = resumeClock(suspendClock(began('2025-09-22'), DECIDE, hearing('2025-09-26'), calendar), DECIDE, day('2025-10-10'), calendar)
  expect(stateOf(clockRow('m', 'o', 'cases', clock))).toEqual(clock)
})
