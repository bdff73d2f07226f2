import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { scratch } from '../../../tests/scratch.ts'
import type { CivilDay } from '../../base/civil-day.ts'
import { loadCalendar } from '../calendar/store.ts'
import { startClock, stopClock, suspendClock } from './clock.ts'
import { calendarImport, finishRedating } from './commands.ts'
import { clockRow, stateOf, type ClockRow } from './rows.ts'
import { DEEMINGS } from './deemings.ts'
import { loadRules, upsertClockRules, type RuleOf } from './rule-store.ts'
import { CLOCK_RULES } from './rules.ts'
import { sweep, type Announcement } from './sweep.ts'
import type { ClockState } from './types.ts'

const town = await scratch(['db', 'calendar', 'clock'])
let rule: RuleOf
let calendar = await loadCalendar(town.db)
beforeAll(async () => {
  await upsertClockRules(town.admin)
  rule = await loadRules(town.db)
})
beforeEach(() => town.admin.query('truncate clock.clock, clock.event'))
afterAll(() => town.close())

const day = (text: string) => text as CivilDay
const at = (text: string) => new Date(`${text}+08:00`)
const ORGANISATION = randomUUID()

async function put(clock: ClockState): Promise<string> {
  const matter = randomUUID()
  const row = { ...clockRow(matter, ORGANISATION, 'cases', clock), suspensions: JSON.stringify(clock.suspensions), extensions: JSON.stringify(clock.extensions) }
  const columns = Object.keys(row)
  await town.db.query(`insert into clock.clock (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`, Object.values(row))
  return matter
}
const get = async (matter: string) => stateOf((await town.db.query<ClockRow>('select * from clock.clock where matter_id = $1', [matter]))[0]!)
const events = (matter: string) => town.db.query<Record<string, unknown>>(
  'select kind, at, light, previous_due_on, due_on, source from clock.event where matter_id = $1 order by seq', [matter])
const decide = (on: string) => startClock(rule('LIC.DECIDE'), { on: day(on) }, calendar)

describe('rules', () => {
  test('what was shipped is read back; shipping it again changes nothing', async () => {
    await upsertClockRules(town.admin)
    for (const shipped of CLOCK_RULES) expect(rule(shipped.code, shipped.version)).toEqual(shipped)
  })

  test('a new version leaves the old one to the clocks that run on it', async () => {
    await upsertClockRules(town.admin, [{ ...rule('LIC.DELIVER'), version: 2, amount: 7, validFrom: day('2027-01-01') }])
    const both = await loadRules(town.db)
    expect([both('LIC.DELIVER').amount, both('LIC.DELIVER', 1).amount]).toEqual([7, 10])
  })

  test('a number changed under its version is a failure, and nothing is written', async () => {
    await expect(upsertClockRules(town.admin, [{ ...rule('LIC.DECIDE'), amount: 30 }])).rejects.toThrow('LIC.DECIDE version 1 was changed')
    expect((await loadRules(town.db))('LIC.DECIDE').amount).toBe(20)
  })

  test('the application cannot write law, nor undo history', async () => {
    await expect(town.db.query("update clock.rule set amount = 99 where code = 'LIC.DECIDE'")).rejects.toThrow('permission denied')
    await expect(town.db.query('delete from clock.event')).rejects.toThrow('permission denied')
    await expect(town.db.query('delete from clock.clock')).rejects.toThrow('permission denied')
  })
})

test('a row carries a suspended clock whole', async () => {
  const paused = suspendClock(decide('2025-09-22'), rule('LIC.DECIDE'), { on: day('2025-09-26'), ground: 'hearing', noticeIssuedOn: day('2025-09-26') }, calendar)
  expect(await get(await put(paused))).toEqual(paused)
})

test('silence means something only by a row, and each row hangs on a clock that ends so', () => {
  const deeming = CLOCK_RULES.filter((one) => one.expiry.startsWith('deemed'))
  expect(deeming.map((one) => [one.code, one.expiry, one.article]).sort()).toEqual(DEEMINGS.map((row) => [row.clock, row.effect, row.article]).sort())
})

describe('the sweep', () => {
  test('after days of downtime every light is announced, in order, at its own instant, once', async () => {
    const matter = await put(decide('2025-09-22'))
    expect(await sweep(town.db, at('2025-10-17T23:59:59'), calendar, rule)).toEqual([])
    const seen: (readonly Announcement[])[] = []
    const announced = await sweep(town.db, at('2025-10-25T08:00:00'), calendar, rule, { onRung: async (batch) => { seen.push(batch) } })
    expect(announced.map((a) => [a.matterId === matter, a.clockId, a.light, a.at, a.dueOn, a.expiry])).toEqual([
      [true, 'LIC.DECIDE', 'yellow', '2025-10-18T00:00:00+08:00', '2025-10-24', 'overdue'],
      [true, 'LIC.DECIDE', 'red', '2025-10-24T00:00:00+08:00', '2025-10-24', 'overdue'],
      [true, 'LIC.DECIDE', 'black', '2025-10-25T00:00:00+08:00', '2025-10-24', 'overdue'],
    ])
    expect(seen).toEqual([announced])
    expect((await events(matter)).map((e) => [e.kind, e.light, e.at])).toEqual([
      ['announced', 'yellow', at('2025-10-18T00:00:00')], ['announced', 'red', at('2025-10-24T00:00:00')], ['announced', 'black', at('2025-10-25T00:00:00')],
    ])
    expect(await sweep(town.db, at('2025-12-01T00:00:00'), calendar, rule)).toEqual([])
    expect(await get(matter)).toMatchObject({ announced: 'black', nextAt: null, dueOn: '2025-10-24' })
  })

  test('after downtime the lights of all clocks come in the order in which they fell, whatever the batch', async () => {
    for (const on of ['2025-09-22', '2025-09-23', '2025-09-24']) await put(decide(on))
    const announced = await sweep(town.db, at('2025-11-03T08:00:00'), calendar, rule, { limit: 2 })
    // Twenty working days after 22, 23 and 24 September end on 24, 27 and 28 October; three quarters are used with 17, 20 and 21 October.
    expect(announced.map((a) => a.at.slice(5, 10))).toEqual(['10-18', '10-21', '10-22', '10-24', '10-25', '10-25', '10-28', '10-28', '10-29'])
    expect(announced.filter((a) => a.dueOn === '2025-10-28').map((a) => a.light)).toEqual(['yellow', 'red', 'black'])
  })

  test('rung by rung as time goes', async () => {
    const matter = await put(decide('2025-09-22'))
    expect((await sweep(town.db, at('2025-10-18T00:00:00'), calendar, rule)).map((a) => a.light)).toEqual(['yellow'])
    expect((await get(matter)).nextAt).toBe('2025-10-24T00:00:00+08:00')
    expect((await sweep(town.db, at('2025-10-24T09:00:00'), calendar, rule)).map((a) => a.light)).toEqual(['red'])
  })

  test('many clocks in small batches, two sweeps at once: nothing twice, nothing missed', async () => {
    for (let i = 0; i < 25; i += 1) await put(decide('2025-09-22'))
    const both = await Promise.all([1, 2].map(() => sweep(town.db, at('2025-10-24T09:00:00'), calendar, rule, { limit: 4 })))
    await sweep(town.db, at('2025-10-24T09:00:00'), calendar, rule, { limit: 4 })
    const rows = await town.db.query<{ light: string; n: number }>('select light, count(*)::int as n from clock.event group by light order by light')
    expect(rows).toEqual([{ light: 'red', n: 25 }, { light: 'yellow', n: 25 }])
    expect(both.flat().length).toBeLessThanOrEqual(50)
  })

  test('suspended and stopped clocks are silent; what fails with the announcement undoes it', async () => {
    await put(suspendClock(decide('2025-09-22'), rule('LIC.DECIDE'), { on: day('2025-09-26'), ground: 'hearing', noticeIssuedOn: day('2025-09-26') }, calendar))
    await put(stopClock(decide('2025-09-22'), day('2025-10-10')))
    const matter = await put(decide('2025-09-22'))
    const broken = sweep(town.db, at('2025-10-18T00:00:00'), calendar, rule, { onRung: () => Promise.reject(new Error('disk full')) })
    await expect(broken).rejects.toThrow('disk full')
    expect(await events(matter)).toEqual([])
    expect((await sweep(town.db, at('2025-10-18T00:00:00'), calendar, rule)).map((a) => a.matterId)).toEqual([matter])
  })
})

describe('a notice is imported', () => {
  const off = (name: string, ...dates: string[]) => dates.map((date) => ({ name, date, isOffDay: true }))
  const notice = {
    year: 2027, papers: [],
    days: [
      ...off('元旦', '2026-12-31', '2027-01-01'), { name: '元旦', date: '2026-12-27', isOffDay: false },
      ...off('春节', '2027-02-05', '2027-02-06', '2027-02-07', '2027-02-08', '2027-02-09'), ...off('清明节', '2027-04-05'),
      ...off('劳动节', '2027-05-01', '2027-05-02', '2027-05-03'), ...off('端午节', '2027-06-09'), ...off('中秋节', '2027-09-15'),
      ...off('国庆节', '2027-10-01', '2027-10-02', '2027-10-03', '2027-10-04'),
    ],
  }
  const now = at('2026-12-10T09:00:00')

  test('open clocks are re-dated with the notice as the reason, the others only learn the version; stopped ones are left', async () => {
    const five = startClock(rule('LIC.CORRECTION_NOTICE'), { on: day('2026-12-24') }, calendar)
    expect(five).toMatchObject({ dueOn: '2026-12-31', provisional: true })
    const moved = await put(five) // 25, worked Sunday 27, 28, 29, 30
    const certain = await put(decide('2026-12-15'))
    const earlier = await put(decide('2026-11-02')) // due on 30 November
    const stopped = await put(stopClock(decide('2026-12-15'), day('2026-12-16')))
    const batches: number[] = []
    const answer = await calendarImport(town.db, JSON.stringify(notice), now, { batch: 2, onMoved: async (batch) => { batches.push(batch.length) } })
    expect(answer).toMatchObject({ year: 2027, days: 18, clocksRedated: 2 })
    expect(batches.reduce((sum, n) => sum + n, 0)).toBe(2)
    const version = answer.calendar.version
    expect(version).toBe(calendar.version + 1)
    expect(await get(moved)).toMatchObject({ dueOn: '2026-12-30', provisional: false, calendarVersion: version })
    expect(await get(certain)).toMatchObject({ dueOn: '2027-01-13', provisional: false, calendarVersion: version })
    expect(await get(earlier)).toMatchObject({ dueOn: '2026-11-30', calendarVersion: version })
    expect((await get(stopped)).calendarVersion).toBe(calendar.version)
    expect(await events(moved)).toEqual([{
      kind: 'redated', at: now, light: null, previous_due_on: '2026-12-31', due_on: '2026-12-30', source: '国务院办公厅关于2027年部分节假日安排的通知',
    }])
    expect(await events(earlier)).toEqual([])
  })

  test('the same notice again re-dates nothing', async () => {
    calendar = await loadCalendar(town.db)
    await put(decide('2026-12-15'))
    expect(await calendarImport(town.db, JSON.stringify(notice), now)).toMatchObject({ year: 2027, days: 18, clocksRedated: 0 })
  })

  test('interrupted midway: what is done stays done, and the rest is finished afterwards', async () => {
    calendar = await loadCalendar(town.db)
    const all: string[] = []
    for (let i = 0; i < 5; i += 1) all.push(await put(startClock(rule('LIC.CORRECTION_NOTICE'), { on: day('2027-10-05') }, calendar)))
    expect((await get(all[0]!)).dueOn).toBe('2027-10-12')
    const corrected = { ...notice, days: [...notice.days, { name: '国庆节', date: '2027-10-09', isOffDay: false }] }
    let batches = 0
    const dying = calendarImport(town.db, JSON.stringify(corrected), now, { batch: 2, onMoved: async () => { batches += 1; if (batches === 2) throw new Error('power cut') } })
    await expect(dying).rejects.toThrow('power cut')
    const halfway = await Promise.all(all.map(get))
    expect(halfway.filter((clock) => clock.dueOn === '2027-10-11')).toHaveLength(2)
    expect(await finishRedating(town.db, now, { batch: 2 })).toBe(3)
    expect((await Promise.all(all.map(get))).map((clock) => clock.dueOn)).toEqual(Array.from({ length: 5 }, () => '2027-10-11'))
    expect(await finishRedating(town.db, now)).toBe(0)
  })
})
