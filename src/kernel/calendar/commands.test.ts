import { expect, test } from 'vitest'
import { buildCalendar } from './build.ts'
import { calendarDue } from './commands.ts'

const calendar = buildCalendar()

test('due with its explanation: every day from day zero, why it counts, and who says so', () => {
  const notice = '国务院办公厅关于2025年部分节假日安排的通知（国办发明电〔2024〕12号）'
  const week = '国务院关于职工工作时间的规定（国务院令第174号）第七条'
  expect(calendarDue({ from: '2025-01-23', workingDays: 3, explain: true }, calendar)).toEqual({
    from: '2025-01-23', due: '2025-01-27', provisional: false, horizon: '2026-12-31',
    days: [
      { date: '2025-01-23', counted: false, reason: 'dayZero', source: '民法典 第二百零一条第一款' },
      { date: '2025-01-24', counted: true, reason: 'working', source: week },
      { date: '2025-01-25', counted: false, reason: 'weekend', source: week },
      { date: '2025-01-26', counted: true, reason: 'makeup', source: notice },
      { date: '2025-01-27', counted: true, reason: 'working', source: week },
    ],
  })
})

test('natural days count whatever they are; what follows the nominal end only rolls', () => {
  const { due, days } = calendarDue({ from: '2025-09-29', naturalDays: 2, explain: true }, calendar)
  expect(due).toBe('2025-10-09')
  expect(days!.map((d) => `${d.date.slice(5)} ${d.reason} ${d.counted}`)).toEqual([
    '09-29 dayZero false', '09-30 working true', '10-01 holiday true', '10-02 rolled false', '10-03 rolled false', '10-04 rolled false',
    '10-05 rolled false', '10-06 rolled false', '10-07 rolled false', '10-08 rolled false', '10-09 rolled false',
  ])
})

test('counting back never rolls so as to shorten the notice', () => {
  expect(calendarDue({ from: '2025-10-10', naturalDays: 7, before: true }, calendar)).toEqual({ from: '2025-10-10', due: '2025-10-03', provisional: false, horizon: '2026-12-31' })
  expect(calendarDue({ from: '2025-10-09', workingDays: 7, before: true }, calendar).due).toBe('2025-09-23')
  expect(calendarDue({ from: '2025-03-31', months: 1, before: true }, calendar).due).toBe('2025-02-28')
  expect(calendarDue({ from: '2025-10-09', workingDays: 2, before: true, explain: true }, calendar).days!.map((d) => d.date)).toEqual([
    '2025-10-09', '2025-10-08', '2025-10-07', '2025-10-06', '2025-10-05', '2025-10-04', '2025-10-03', '2025-10-02', '2025-10-01', '2025-09-30', '2025-09-29',
  ])
})

test('months', () => {
  expect(calendarDue({ from: '2024-01-31', months: 1 }, calendar)).toMatchObject({ due: '2024-02-29', provisional: false })
  expect(calendarDue({ from: '2026-07-01', months: 6 }, calendar)).toMatchObject({ due: '2027-01-04', provisional: true })
})

test.each([
  [{ from: '2025-02-29', workingDays: 3 }], [{ from: 'tomorrow', workingDays: 3 }], [{ from: '2025-01-01' }],
  [{ from: '2025-01-01', workingDays: 1, months: 1 }], [{ from: '2025-01-01', workingDays: -1 }], [{ from: '2025-01-01', naturalDays: 1.5 }],
  [{ from: '2025-01-01', naturalDays: 1e9 }],
])('%j is refused', (query) => {
  expect(() => calendarDue(query, calendar)).toThrow('calendar/bad-query')
})

test('a question that leads out of 1990 to 2100 is refused', () => {
  expect(() => calendarDue({ from: '1989-12-31', naturalDays: 10 }, calendar)).toThrow('calendar/out-of-range')
  expect(() => calendarDue({ from: '2100-12-01', months: 2 }, calendar)).toThrow('calendar/out-of-range')
  expect(() => calendarDue({ from: '2025-01-01', workingDays: 99_999 }, calendar)).toThrow('calendar/out-of-range')
})
