import { expect, test } from 'vitest'
import type { CivilDay } from '../../base/civil-day.ts'
import { buildCalendar } from './build.ts'

const calendar = buildCalendar()
const day = (text: string) => text as CivilDay
const certain = (text: string) => ({ day: text, provisional: false })

// Each expected day was counted on paper against the notice of its year.
test.each([
  ['five working days before Spring Festival end on a Sunday at work', '2025-01-20', 5, '2025-01-26'],
  ['seven across Golden Week 2025: worked Sunday 28 September and Saturday 11 October', '2025-09-26', 7, '2025-10-13'],
  ['twenty across Golden Week 2025', '2025-09-26', 20, '2025-10-30'],
  ['three across Golden Week 2016 end on worked Sunday 9 October', '2016-09-29', 3, '2016-10-09'],
  ['three across Mid-autumn 2024, Saturday 14 September worked', '2024-09-13', 3, '2024-09-19'],
  ['ten across Golden Week 2024, Saturday 12 October worked', '2024-09-30', 10, '2024-10-18'],
  ['twenty across nine days of Spring Festival 2026', '2026-02-10', 20, '2026-03-16'],
  ['forty-five across Labour Day and Dragon Boat 2026', '2026-04-30', 45, '2026-07-07'],
])('working days: %s', (_, from, n, due) => {
  expect(calendar.addWorkingDays(day(from), n)).toEqual(certain(due))
})

test('natural days that end on a day off roll to the first working day after it', () => {
  expect(calendar.addNaturalDays(day('2025-09-01'), 30)).toEqual(certain('2025-10-09'))
  expect(calendar.addNaturalDays(day('2026-01-20'), 30)).toEqual(certain('2026-02-24'))
  expect(calendar.addNaturalDays(day('2025-09-01'), 29)).toEqual(certain('2025-09-30'))
})

test('months end on the corresponding day, else at the end of the month, and roll', () => {
  expect(calendar.addMonths(day('2025-01-31'), 1)).toEqual(certain('2025-02-28'))
  expect(calendar.addMonths(day('2025-07-03'), 3)).toEqual(certain('2025-10-09'))
})

test('beyond the last notice a day is provisional, and New Year 2027 is a day off by law', () => {
  expect(calendar.addWorkingDays(day('2026-12-15'), 20)).toEqual({ day: '2027-01-13', provisional: true })
})

test('a notice can reach back: results after 20 December of the last announced year are provisional already', () => {
  expect(calendar.horizon).toBe('2026-12-31')
  expect(calendar.addWorkingDays(day('2026-12-16'), 2)).toEqual(certain('2026-12-18'))
  expect(calendar.addWorkingDays(day('2026-12-16'), 3)).toEqual({ day: '2026-12-21', provisional: true })
  expect(calendar.addNaturalDays(day('2026-11-20'), 30)).toEqual({ day: '2026-12-21', provisional: true }) // 20 December 2026 is a Sunday
})

// 2004–2026, the announced years. 2005 has 251 with the Saturday 31 December that was worked.
test.each([
  [2004, 252], [2005, 251], [2006, 251], [2007, 249], [2008, 251], [2009, 250], [2010, 250], [2011, 250], [2012, 249], [2013, 250],
  [2014, 250], [2015, 249], [2016, 250], [2017, 249], [2018, 250], [2019, 250], [2020, 249], [2021, 250], [2022, 249], [2023, 249],
  [2024, 251], [2025, 248], [2026, 248],
])('%i has %i working days', (year, days) => {
  expect(calendar.workingDaysBetween(day(`${year - 1}-12-31`), day(`${year}-12-31`))).toBe(days)
})

test('the statutory days off of 2027, the year not announced', () => {
  const off: string[] = []
  for (let d = Date.UTC(2027, 0, 1); d <= Date.UTC(2027, 11, 31); d += 86_400_000) {
    const date = new Date(d).toISOString().slice(0, 10)
    if (calendar.fact(day(date)).kind === 'holiday') off.push(date)
  }
  expect(off).toEqual([
    '2027-01-01', '2027-02-05', '2027-02-06', '2027-02-07', '2027-02-08', '2027-04-05', '2027-05-01', '2027-05-02',
    '2027-06-09', '2027-09-15', '2027-10-01', '2027-10-02', '2027-10-03',
  ])
})

test('the day off that makes up for a holiday on a weekend is not guessed: Monday 3 May 2027 is worked, provisionally', () => {
  expect(calendar.fact(day('2027-05-01'))).toEqual({
    kind: 'holiday', working: false, source: '全国年节及纪念日放假办法（2024年修订）第二条', name: { zh: '劳动节', en: 'Labour Day' }, provisional: true,
  })
  expect(calendar.fact(day('2027-05-03'))).toEqual({ kind: 'working', working: true, source: null, name: null, provisional: true })
})

test('half days for some leave the working day whole; a commemoration is no day off', () => {
  // 妇女节 and 青年节 on working days of an announced year and of one that is not; 3 September as a commemoration (放假办法 第三条、第五条).
  for (const worked of ['2024-03-08', '2023-05-04', '2027-03-08', '2027-05-04', '2024-09-03', '2026-06-01']) {
    expect(calendar.fact(day(worked)), worked).toMatchObject({ kind: 'working', working: true })
  }
})

test('each day says why, and which notice says so', () => {
  const golden = '国务院办公厅关于2025年部分节假日安排的通知（国办发明电〔2024〕12号）'
  expect(calendar.fact(day('2025-10-06'))).toEqual({ kind: 'holiday', working: false, source: golden, name: { zh: '中秋', en: 'Mid-autumn Festival' }, provisional: false })
  expect(calendar.fact(day('2025-10-11'))).toEqual({ kind: 'makeup', working: true, source: golden, name: { zh: '国庆节', en: 'National Day' }, provisional: false })
  expect(calendar.fact(day('2025-10-12'))).toEqual({ kind: 'weekend', working: false, source: null, name: null, provisional: false })
  expect(calendar.fact(day('2018-12-29')).source).toBe('国务院办公厅关于2019年部分节假日安排的通知（国办发明电〔2018〕15号）')
  expect(calendar.fact(day('2020-01-31')).source).toBe('国务院办公厅关于延长2020年春节假期的通知（国办发明电〔2020〕1号）')
  expect(calendar.fact(day('2019-05-05')).source).toBe('国务院办公厅关于调整2019年劳动节假期安排的通知（国办发明电〔2019〕3号）')
  expect(calendar.fact(day('2015-09-06')).source).toBe('国务院关于中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日调休放假的通知（国发明电〔2015〕1号）')
  expect(calendar.fact(day('2026-02-14')).source).toBe('国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）')
  expect(calendar.fact(day('2007-12-29')).source).toBe('国务院办公厅关于2008年部分节假日安排的通知（国办发明电〔2007〕52号）')
  expect(calendar.fact(day('2006-01-28')).source).toBe('国务院办公厅关于2006年部分节假日安排的通知')
  expect(calendar.fact(day('2020-01-30')).source).toBe('国务院办公厅关于2020年部分节假日安排的通知（国办发明电〔2019〕16号）')
})

test('counting back does not roll, and skips the event day', () => {
  expect(calendar.subtractWorkingDays(day('2025-10-11'), 1)).toEqual(certain('2025-10-10'))
  expect(calendar.subtractWorkingDays(day('2025-10-09'), 7)).toEqual(certain('2025-09-23')) // 30, 29, 28 (worked Sunday), 26, 25, 24, 23 September
  expect(calendar.subtractWorkingDays(day('2025-10-05'), 1)).toEqual(certain('2025-09-30'))
})

test('1990 to 2100 can be counted; a question that leads outside is refused', () => {
  expect(calendar.isWorking(day('1990-01-01'))).toBe(false)
  expect(calendar.isWorking(day('1990-01-06'))).toBe(true) // a Saturday before the five-day week
  expect(calendar.isWorking(day('1995-05-06'))).toBe(false)
  expect(calendar.addWorkingDays(day('2100-12-01'), 5)).toEqual({ day: '2100-12-08', provisional: true })
  expect(() => calendar.addWorkingDays(day('2100-12-30'), 20)).toThrow('calendar/out-of-range')
  expect(() => calendar.subtractWorkingDays(day('1990-01-03'), 20)).toThrow('calendar/out-of-range')
  expect(() => calendar.isWorking(day('2101-01-01'))).toThrow('calendar/out-of-range')
  expect(() => calendar.fact(day('1989-12-31'))).toThrow('calendar/out-of-range')
})
