import { expect, test } from 'vitest'
import { addDays, addMonths, dayAt, daysBetween, isCivilDay, rfc3339, startOfDay, weekday, type CivilDay } from './civil-day.ts'

const day = (text: string) => text as CivilDay

test('a day must exist and be written in full', () => {
  for (const good of ['2024-02-29', '2000-02-29', '1000-01-01', '9999-12-31']) expect([good, isCivilDay(good)]).toEqual([good, true])
  for (const wrong of ['2025-02-29', '1900-02-29', '2025-13-01', '2025-00-10', '2025-04-31', '2025-4-1', '0999-12-31', '2025-01-01T00:00', '２025-01-01', '', null, 20250101]) expect([wrong, isCivilDay(wrong)]).toEqual([wrong, false])
})

test('months end on the corresponding day, else on the last of the month, also counted back and over years', () => {
  expect(addMonths(day('2025-01-31'), 1)).toBe('2025-02-28')
  expect(addMonths(day('2024-01-31'), 1)).toBe('2024-02-29')
  expect(addMonths(day('2025-03-31'), -1)).toBe('2025-02-28')
  expect(addMonths(day('2025-01-15'), -1)).toBe('2024-12-15')
  expect(addMonths(day('2025-08-31'), 18)).toBe('2027-02-28')
})

test('days over a leap year and an end of year', () => {
  expect([addDays(day('2024-02-28'), 2), addDays(day('2025-12-31'), 1), addDays(day('2026-01-01'), -1)]).toEqual(['2024-03-01', '2026-01-01', '2025-12-31'])
  expect(daysBetween(day('2024-01-01'), day('2025-01-01'))).toBe(366)
  expect([weekday(day('2026-11-22')), weekday(day('1970-01-01')), weekday(day('1969-12-28'))]).toEqual([0, 4, 0])
})

test('an instant has its day and its spelling in Asia/Shanghai', () => {
  expect([dayAt(new Date('2025-01-26T15:59:59.999Z')), dayAt(new Date('2025-01-26T16:00:00Z'))]).toEqual(['2025-01-26', '2025-01-27'])
  expect(startOfDay(day('2025-01-27')).toISOString()).toBe('2025-01-26T16:00:00.000Z')
  expect([rfc3339(new Date('2025-01-26T01:00:00Z')), rfc3339(new Date('2025-01-26T01:00:00.120Z'))]).toEqual(['2025-01-26T09:00:00+08:00', '2025-01-26T09:00:00.120+08:00'])
})
