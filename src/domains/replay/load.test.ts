import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { town, type Town } from '../../../tests/town.ts'
import { sweep } from '../../kernel/clock/sweep.ts'
import { packageRoot } from '../../kernel/db/root.ts'
import { audit } from '../../kernel/flow/audit.ts'
import { historyOf } from '../../kernel/flow/queries.ts'
import { findMatter } from '../../kernel/flow/read.ts'
import { REPLAY_CLOCK_RULES } from './clock-rules.ts'
import { replayedKind } from './kind.ts'
import { loadLog } from './load.ts'
import { listReplayed, timelineOf } from './queries.ts'

const HEADER = 'case:concept:name,case:startdate,case:deadline,case:enddate,concept:name,org:resource,time:timestamp'
// K-1 ended in time; K-2 is open since 2 March 2026, ten natural days: due Thursday 12 March; K-3 began on a Monday with five days, due
// Saturday 7 March, which rolls to Monday 9 March; K-4 has a deadline before its start.
const LOG = `${HEADER}
K-1,2026-02-02T09:00:00+08:00,2026-02-12T09:00:00+08:00,2026-02-05T09:00:00+08:00,receive,甲,2026-02-02T09:00:00+08:00
K-1,2026-02-02T09:00:00+08:00,2026-02-12T09:00:00+08:00,2026-02-05T09:00:00+08:00,decide,乙,2026-02-04T09:00:00+08:00
K-2,2026-03-02T09:00:00+08:00,2026-03-12T09:00:00+08:00,,receive,甲,2026-03-02T09:30:00+08:00
K-3,2026-03-02T09:00:00+08:00,2026-03-07T09:00:00+08:00,,receive,甲,2026-03-02T08:00:00+08:00
K-4,2026-02-02T10:00:00+08:00,2026-02-01T09:00:00+08:00,2026-02-03T09:00:00+08:00,receive,,2026-02-02T10:00:00+08:00
`
let t: Town
let path: string
const folder = mkdtempSync(join(tmpdir(), 'mingtang-replay-'))
beforeAll(async () => {
  t = await town({ rules: REPLAY_CLOCK_RULES, kinds: [replayedKind] })
  t.on('2026-03-10')
  path = join(folder, 'tiny.csv')
  writeFileSync(path, LOG)
})
afterAll(async () => {
  await t?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('cases become matters with their events as acts at their own instants, and their deadline as a clock', async () => {
  // Four begin, five events, two ends.
  expect(await loadLog(t.house, path)).toMatchObject({ log: 'tiny.csv', cases: 4, opened: 4, already: 0, acts: 11, impossibleDeadlines: 1 })
  const { cases, total } = await listReplayed(t.db, { now: t.time.now(), limit: 10, offset: 0 })
  expect(total).toBe(4)
  expect(cases.map(({ matter, light }) => [matter.data.caseId, matter.stage, light])).toEqual([['K-3', 'open', 'black'], ['K-2', 'open', 'green'], ['K-1', 'ended', null], ['K-4', 'ended', null]])
  const first = (await findMatter(t.db, cases[2]!.matter.no))!
  expect(first.matter).toMatchObject({ kind: 'replayed', stage: 'ended', organisationId: t.organisations.centre, openedOn: '2026-02-02', revision: 4 })
  expect(first.clocks).toMatchObject([{ id: 'REPLAY.DEADLINE', startedOn: '2026-02-02', budget: 10, stoppedOn: '2026-02-05' }])
  const history = await historyOf(t.db, first.matter.id)
  expect(history.map((act) => [act.act, act.at.toISOString()])).toEqual([
    ['begin', '2026-02-02T01:00:00.000Z'], ['record', '2026-02-02T01:00:00.000Z'], ['record', '2026-02-04T01:00:00.000Z'], ['end', '2026-02-05T01:00:00.000Z'],
  ])
  expect(await timelineOf(t.db, cases[2]!.matter.no)).toMatchObject([{ activity: 'receive', resource: '甲' }, { activity: 'decide', resource: '乙' }])
  const due = async (i: number) => (await findMatter(t.db, cases[i]!.matter.no))!.clocks[0]!.dueOn
  expect([await due(0), await due(1)]).toEqual(['2026-03-09', '2026-03-12'])
  expect((await findMatter(t.db, cases[3]!.matter.no))!.clocks).toEqual([])
})

test('loading the same log again adds nothing; what was broken off is taken up where it stopped', async () => {
  const before = await t.counts()
  expect(await loadLog(t.house, path)).toMatchObject({ opened: 0, already: 4, acts: 0 })
  expect(await t.counts()).toEqual(before)
  // The log has grown by one event and one end: two acts more on K-2.
  writeFileSync(path, LOG.replaceAll('2026-03-12T09:00:00+08:00,,', '2026-03-12T09:00:00+08:00,2026-03-09T12:00:00+08:00,') + 'K-2,,,,decide,乙,2026-03-09T10:00:00+08:00\n')
  expect(await loadLog(t.house, path)).toMatchObject({ opened: 0, already: 3, acts: 2 })
  expect((await listReplayed(t.db, { now: t.time.now(), stage: 'open', limit: 10, offset: 0 })).total).toBe(1)
})

test('two loads at once leave each case once', async () => {
  const other = join(folder, 'twice.csv')
  writeFileSync(other, LOG)
  const outcomes = await Promise.all([loadLog(t.house, other), loadLog(t.house, other)])
  expect(outcomes.map(({ opened, already }) => [opened, already]).sort()).toEqual([[0, 4], [4, 0]])
  expect((await listReplayed(t.db, { log: 'twice.csv', now: t.time.now(), limit: 10, offset: 0 })).total).toBe(4)
})

test('the sweep announces lights that fell, and audit finds what the acts made', async () => {
  const announced = await sweep(t.db, t.time.now(), t.house.calendar(), t.house.clockRule)
  expect(announced.filter((one) => one.rule === 'REPLAY.DEADLINE' && one.light === 'black').length).toBe(2)
  expect((await audit(t.db)).differences).toEqual([])
})

test('an organisation that is not there, and events that lie in the future, are refused and leave nothing behind', async () => {
  const before = await t.counts()
  const later = join(folder, 'later.csv')
  writeFileSync(later, `${HEADER}\nF,,,,receive,,2026-03-11T09:00:00+08:00\n`)
  expect(await t.refused(loadLog(t.house, later))).toBe('replay/in-the-future')
  expect(await t.refused(loadLog(t.house, path, { organisation: 'nobody' }))).toBe('replay/unknown-organisation')
  expect(await t.counts()).toEqual(before)
})

const receipt = join(process.env.MINGTANG_SHARED ?? join(packageRoot(), '../shared'), 'data/eventlogs/receipt.csv')
// 1,434 begin + 8,577 events + 1,329 ends.
test.skipIf(!existsSync(receipt))('receipt.csv: 1,434 permits of a real town become matters, 105 of them still open', { timeout: 180_000 }, async () => {
  const loaded = await loadLog(t.house, receipt, { organisation: t.house.organisations.codeOf(t.organisations.market) })
  expect(loaded).toMatchObject({ cases: 1434, opened: 1434, acts: 11_340, impossibleDeadlines: 0 })
  console.info(`receipt.csv: ${loaded.acts} acts in ${loaded.seconds} s`)
  const list = (more: object) => listReplayed(t.db, { log: 'receipt.csv', now: t.time.now(), limit: 1, offset: 0, ...more })
  expect([(await list({})).total, (await list({ stage: 'open' })).total, (await list({ light: 'black' })).total]).toEqual([1434, 105, 105])
})
