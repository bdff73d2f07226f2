import { afterAll, beforeAll, expect, test } from 'vitest'
import { application, town, type Town } from '../../../../tests/town.ts'
import { guideMeasured, homeNumbers } from './public-numbers.ts'
import { openCasesOf, resultsOf, sentCasesOf } from './queries.ts'

// March 2026 has no holiday; the 5th is a Thursday. Decided Friday the 6th: one working day after acceptance. Monday the 9th: two. Friday the
// 20th: 6, 9–13, 16–20, eleven, where ten are promised.
let t: Town
const code = String(application('licence').itemCode)
beforeAll(async () => {
  t = await town()
  for (const day of ['2026-03-06', '2026-03-09', '2026-03-20']) await decided(day)
  t.on('2026-03-02')
  await t.submit('licence')
  t.on('2026-03-20', '18:00')
})
afterAll(() => t?.close())

async function decided(day: string): Promise<void> {
  t.on('2026-03-02')
  const no = await t.submit('licence')
  t.on('2026-03-05')
  await t.act(no, 'accept', 'clerk')
  await t.act(no, 'review', 'reviewer', { opinion: '材料齐全' })
  await t.act(no, 'survey', 'surveyor', { opinion: '现场相符', secondOfficer: t.persons.surveyor2 })
  t.on(day)
  await t.act(no, 'decide', 'chief', { outcome: 'grant', content: '准予许可' })
  await t.act(no, 'publishResult', 'reviewer')
}

test('what a service really took: working days from acceptance to decision, over twelve months', async () => {
  expect(await guideMeasured(t.house)(code)).toEqual({ cases: 3, medianDays: 2, p90Days: 11, onTimeShare: 2 / 3, since: '2025-03-20' })
})

test('a service nobody was decided on says nothing', async () => {
  expect(await guideMeasured(t.house)('none-such')).toBeNull()
})

test('the home page counts this month and the lights of open clocks; a limit that ran out is black before any sweep', async () => {
  // Open: three deliveries, and the acceptance due on Monday the 9th.
  expect(await homeNumbers(t.house)()).toEqual({ since: '2026-03-01', finished: 3, onTimeShare: 2 / 3, lights: { green: 3, yellow: 0, red: 0, black: 1 } })
})

test('results are listed newest first, published ones only', async () => {
  const { results, total } = await resultsOf(t.db, code, 2, 0)
  expect(total).toBe(3)
  expect(results.map(({ decidedOn, outcome, onTime }) => ({ decidedOn, outcome, onTime }))).toEqual([
    { decidedOn: '2026-03-20', outcome: 'grant', onTime: false }, { decidedOn: '2026-03-09', outcome: 'grant', onTime: true },
  ])
  expect(results[0]).toMatchObject({ applicantKind: 'person', applicantName: '林晚照' })
})

test('a party finds what is open and what it sent; a stranger nothing', async () => {
  expect(await openCasesOf(t.db, [t.parties.applicant], [])).toHaveLength(4)
  expect((await sentCasesOf(t.db, [t.parties.applicant], [], 3, 0)).total).toBe(4)
  expect(await openCasesOf(t.db, [t.parties.neighbour], [])).toEqual([])
})
