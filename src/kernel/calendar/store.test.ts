import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { scratch } from '../../../tests/scratch.ts'
import type { CivilDay } from '../../base/civil-day.ts'
import { packageRoot } from '../db/root.ts'
import { importYear, loadCalendar } from './store.ts'

const town = await scratch(['db', 'calendar'])
afterAll(() => town.close())
const at = new Date('2026-11-05T09:00:00+08:00')
const day = (text: string) => text as CivilDay

// An arrangement of 2027 as a notice might have it: New Year reaches back to worked Sunday 27 December 2026 and Thursday 31 off.
const off = (name: string, ...dates: string[]) => dates.map((date) => ({ name, date, isOffDay: true }))
const worked = (name: string, ...dates: string[]) => dates.map((date) => ({ name, date, isOffDay: false }))
const arrangement = [
  ...off('元旦', '2026-12-31', '2027-01-01'), ...worked('元旦', '2026-12-27'),
  ...off('春节', '2027-02-05', '2027-02-06', '2027-02-07', '2027-02-08', '2027-02-09', '2027-02-10'), ...worked('春节', '2027-02-20'),
  ...off('清明节', '2027-04-05'), ...off('劳动节', '2027-05-01', '2027-05-02', '2027-05-03', '2027-05-04'),
  ...off('端午节', '2027-06-09'), ...off('中秋节', '2027-09-15'),
  ...off('国庆节', '2027-10-01', '2027-10-02', '2027-10-03', '2027-10-04', '2027-10-05'),
]
const file = (days: readonly unknown[], year = 2027) => JSON.stringify({ year, papers: ['https://www.gov.cn/'], days })

test('a notice is imported: the horizon moves, the days it names are certain, its December too', async () => {
  const before = await loadCalendar(town.db)
  const imported = await importYear(town.db, file(arrangement), at)
  expect(imported).toMatchObject({ year: 2027, days: 22, changed: true })
  const after = await loadCalendar(town.db)
  expect(after.version).toBe(before.version + 1)
  expect(after.horizon).toBe('2027-12-31')
  expect(before.isWorking(day('2026-12-31'))).toBe(true)
  expect(after.fact(day('2026-12-31'))).toEqual({
    kind: 'holiday', working: false, source: '国务院办公厅关于2027年部分节假日安排的通知', name: { zh: '元旦', en: 'New Year' }, provisional: false,
  })
  expect(after.fact(day('2026-12-27')).kind).toBe('makeup')
  // 16, 17, 18; 21–25; worked Sunday 27; 28–30; then 4–8 January and 11–13: twenty
  expect(after.addWorkingDays(day('2026-12-15'), 20)).toEqual({ day: '2027-01-13', provisional: false })
  expect(imported.calendar.addWorkingDays(day('2026-12-15'), 9)).toEqual({ day: '2026-12-27', provisional: false })
})

test('the same notice again changes nothing; a corrected one replaces it', async () => {
  const before = await loadCalendar(town.db)
  expect(await importYear(town.db, file(arrangement), at)).toMatchObject({ changed: false })
  expect((await loadCalendar(town.db)).version).toBe(before.version)
  const corrected = [...arrangement, ...worked('国庆节', '2027-10-09')]
  expect(await importYear(town.db, file(corrected), at)).toMatchObject({ changed: true, days: 23 })
  const after = await loadCalendar(town.db)
  expect([after.version, after.isWorking(day('2027-10-09'))]).toEqual([before.version + 1, true])
})

test('two officers import the same corrected notice at once: it is taken in once', async () => {
  const before = await loadCalendar(town.db)
  const corrected = file([...arrangement, ...worked('国庆节', '2027-10-10')])
  const both = await Promise.all([importYear(town.db, corrected, at), importYear(town.db, corrected, at)])
  expect(both.map((one) => one.changed).sort()).toEqual([false, true])
  expect((await loadCalendar(town.db)).version).toBe(before.version + 1)
})

test('the application may add notices, never change or remove them', async () => {
  await expect(town.db.query('delete from calendar.day')).rejects.toThrow('permission denied')
  await expect(town.db.query('update calendar.notice set year = 2030')).rejects.toThrow('permission denied')
})

describe('refused files', () => {
  const refusal = async (content: string) => importYear(town.db, content, at).then(() => 'imported', (e: { code: string; errors?: { path: string; code: string }[] }) => [e.code, e.errors?.map((x) => `${x.path} ${x.code}`)])
  test.each([
    ['not JSON', '{', ['calendar/not-json', []]],
    ['no object', '[]', ['calendar/bad-file', ['/year year', '/papers papers', '/days days']]],
    ['nothing announced yet', file([], 2028), ['calendar/not-announced', []]],
    ['a statutory holiday is worked', file(arrangement.filter((d) => d.date !== '2027-06-09')), ['calendar/not-announced', []]],
    ['National Day is called a working day', file([...arrangement.filter((d) => d.date !== '2027-10-02'), ...worked('国庆节', '2027-10-02')]), ['calendar/not-announced', []]],
    ['days of another year', file(arrangement, 2030), ['calendar/bad-file', arrangement.map((_, i) => `/days/${i}/date otherYear`)]],
    ['a day twice', file([...arrangement, ...off('元旦', '2027-01-01')]), ['calendar/bad-file', ['/days/22/date twice']]],
    ['a November day', file([...arrangement, ...off('元旦', '2026-11-30')]), ['calendar/bad-file', ['/days/22/date otherYear']]],
    ['a day that does not exist', file([...arrangement, ...off('元旦', '2027-02-29')]), ['calendar/bad-file', ['/days/22/date date']]],
    ['no name, no flag', file([...arrangement, { name: ' ', date: '2027-01-02' }]), ['calendar/bad-file', ['/days/22/name name', '/days/22/isOffDay isOffDay']]],
  ])('%s', async (_, content, expected) => {
    expect(await refusal(content)).toEqual(expected)
  })

  test('a year that would leave a gap', async () => {
    // 2029: 除夕 12 February, 清明 4 April, 端午 16 June, 中秋 22 September
    const days = ['01-01', '02-12', '02-13', '02-14', '02-15', '04-04', '05-01', '05-02', '06-16', '09-22', '10-01', '10-02', '10-03']
    expect(await refusal(file(off('节日', ...days.map((d) => `2029-${d}`)), 2029))).toEqual(['calendar/year-out-of-turn', []])
  })
})

const folder = join(process.env.MINGTANG_SHARED ?? join(packageRoot(), '../shared'), 'data/holidays')
describe.skipIf(!existsSync(folder))('notices as published (shared data; skipped where absent)', () => {
  const years = Array.from({ length: 19 }, (_, i) => 2007 + i)
  test.each(years)('%i says what the calendar says already', async (year) => {
    const content = readFileSync(join(folder, `${year}.json`), 'utf8')
    expect(await importYear(town.db, content, at)).toMatchObject({ year, changed: false })
  })
  test('the empty file of 2027 has announced nothing', async () => {
    await expect(importYear(town.db, readFileSync(join(folder, '2027.json'), 'utf8'), at)).rejects.toThrow('calendar/not-announced')
  })
})
