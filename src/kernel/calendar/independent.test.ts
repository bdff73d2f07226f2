import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import chineseDays from 'chinese-days'
import fc from 'fast-check'
import { LegalHoliday } from 'tyme4ts'
import { describe, expect, test } from 'vitest'
import { addDays, daysBetween, fromDayNumber, toDayNumber, weekday, type CivilDay } from '../../base/civil-day.ts'
import { packageRoot } from '../db/root.ts'
import { buildCalendar } from './build.ts'
import { calendarDue } from './commands.ts'

const calendar = buildCalendar()
const day = (text: string) => text as CivilDay
const ANNOUNCED = { from: day('2004-01-01'), to: day('2026-12-31') }

/** The days of the announced years on which a package says otherwise than we do. */
function disagreements(works: (day: CivilDay) => boolean | undefined): string[] {
  const found: string[] = []
  for (let d = ANNOUNCED.from; d <= ANNOUNCED.to; d = addDays(d, 1)) {
    const theirs = works(d)
    if (theirs !== undefined && theirs !== calendar.isWorking(d)) found.push(d)
  }
  return found
}

describe('8,401 days against packages that know nothing of us; each disagreement is known and theirs', () => {
  test('chinese-days lacks one worked Saturday', () => {
    expect(disagreements((d) => chineseDays.isWorkday(d))).toEqual(['2005-12-31'])
  })

  test('tyme4ts lacks two worked days of 2013', () => {
    const works = (d: CivilDay) => LegalHoliday.fromYmd(+d.slice(0, 4), +d.slice(5, 7), +d.slice(8, 10))?.isWork() ?? (weekday(d) !== 0 && weekday(d) !== 6)
    expect(disagreements(works)).toEqual(['2013-04-07', '2013-10-12'])
  })

  test('holiday-calendar is wrong on seventeen days', () => {
    const named = new Map<string, boolean>()
    for (let year = 2004; year <= 2026; year += 1) {
      const path = join(packageRoot(), `node_modules/holiday-calendar/data/CN/${year}.json`)
      const file = JSON.parse(readFileSync(path, 'utf8')) as { dates: { date: string; type: string }[] }
      for (const { date, type } of file.dates) named.set(date, type === 'transfer_workday')
    }
    const wrong = disagreements((d) => named.get(d) ?? (weekday(d) !== 0 && weekday(d) !== 6))
    expect(wrong).toEqual([
      '2004-01-02', '2004-04-25', '2004-05-09', '2004-09-26', '2004-10-10', '2007-12-29', '2007-12-31', '2008-05-04', '2008-06-07',
      '2008-09-13', '2009-01-04', '2009-09-27', '2011-12-31', '2015-01-04', '2016-04-02', '2018-06-16', '2018-09-22',
    ])
  })
})

const shared = join(process.env.MINGTANG_SHARED ?? join(packageRoot(), '../shared'), 'data/holidays')
test.skipIf(!existsSync(shared))('every day off and every worked day of the shared table, and no other (skipped where the data is absent)', () => {
  const table = JSON.parse(readFileSync(join(shared, 'calendar-cn-2004-2026.json'), 'utf8')) as { offDays: Record<string, string>; makeUpWorkdays: Record<string, string> | string[] }
  const worked = new Set(Array.isArray(table.makeUpWorkdays) ? table.makeUpWorkdays : Object.keys(table.makeUpWorkdays))
  expect(disagreements((d) => !(d in table.offDays) && (worked.has(d) || (weekday(d) !== 0 && weekday(d) !== 6)))).toEqual([])
})

test.skipIf(!existsSync(shared))('every day that the sentences of notices name (skipped where the data is absent)', () => {
  const cases = JSON.parse(readFileSync(join(shared, 'notice_parsing_cases.json'), 'utf8')) as { expected: { date: string; isOffDay: boolean }[] }[]
  const named = cases.flatMap((c) => c.expected)
  expect(named.length).toBeGreaterThan(50)
  expect(named.filter((d) => calendar.isWorking(day(d.date)) === d.isOffDay)).toEqual([])
})

const anyDay = fc.integer({ min: toDayNumber(day('1991-01-01')), max: toDayNumber(day('2099-06-30')) }).map(fromDayNumber)
const announcedDay = fc.integer({ min: toDayNumber(day('2006-01-02')), max: toDayNumber(day('2026-09-01')) }).map(fromDayNumber)

describe('for any day', () => {
  test('adding n working days is what walking day by day finds', () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: 1, max: 90 }), (from, n) => {
      let walked = from
      for (let left = n; left > 0; ) {
        walked = addDays(walked, 1)
        if (calendar.fact(walked).working) left -= 1
      }
      expect(calendar.addWorkingDays(from, n).day).toBe(walked)
      expect(calendar.addWorkingDaysN(toDayNumber(from), n)).toBe(toDayNumber(walked))
      expect(calendar.workingDaysBetween(from, walked)).toBe(n)
    }))
  })

  test('going n forward and n back from a working day comes home', () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: 0, max: 200 }), (from, n) => {
      const start = calendar.nextWorkingDay(from).day
      expect(calendar.subtractWorkingDays(calendar.addWorkingDays(start, n).day, n).day).toBe(start)
    }))
  })

  test('chinese-days finds the same working day in the announced years', () => {
    fc.assert(fc.property(announcedDay, fc.integer({ min: 1, max: 60 }), (from, n) => {
      expect(calendar.addWorkingDays(from, n).day).toBe(chineseDays.findWorkday(n, from))
    }), { numRuns: 60 })
  })

  test('natural days and months end on a working day, at or after the nominal end, with nothing but rest between', () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: 1, max: 90 }), (from, n) => {
      const { day: due } = calendar.addNaturalDays(from, n)
      expect(calendar.isWorking(due)).toBe(true)
      expect(daysBetween(from, due)).toBeGreaterThanOrEqual(n)
      for (let d = addDays(from, n); d < due; d = addDays(d, 1)) expect(calendar.isWorking(d)).toBe(false)
    }))
  })

  test('an explanation counts exactly the period, begins at day zero and ends at the due day', () => {
    const period = fc.oneof(
      fc.integer({ min: 0, max: 60 }).map((n) => ({ workingDays: n })), fc.integer({ min: 0, max: 60 }).map((n) => ({ naturalDays: n })),
    )
    fc.assert(fc.property(anyDay, period, fc.boolean(), (from, length, before) => {
      const answer = calendarDue({ from, ...length, before, explain: true }, calendar)
      const days = answer.days!
      expect(days[0]).toMatchObject({ date: from, counted: false, reason: 'dayZero' })
      expect(days.at(-1)!.date).toBe(answer.due)
      expect(days.filter((d) => d.counted)).toHaveLength(Object.values(length)[0]!)
    }))
  })
})
