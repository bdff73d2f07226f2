import { createHash, randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { scratch, type Scratch } from '../../../tests/scratch.ts'
import { openDatabase } from '../db/database.ts'
import { jobHealth } from './health.ts'
import { type LedgerEvent, startSubscribers, type Subscribers } from './subscriber.ts'

let town: Scratch
const running: Subscribers[] = []
/** Nothing here takes long; a machine that is busy with other things may. */
const LONG_MS = 20_000
const towns: Scratch[] = []
beforeEach(async () => {
  town = await scratch(['ledger', 'jobs'])
  towns.push(town)
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((s) => s.stop()))
})
afterAll(() => Promise.all(towns.map((t) => t.close())))

const start = async (subscribers: Parameters<typeof startSubscribers>[0]['subscribers'], pollMs = 60_000) => {
  const s = await startSubscribers({ db: town.db, subscribers, pollMs, retryMs: 20 })
  running.push(s)
  return s
}

/** An entry as an act leaves it, numbered as the sequencer numbers it. */
async function enter(index: number, act: string): Promise<void> {
  const id = randomUUID()
  const leaf = JSON.stringify({ act, public: { index } })
  const hash = createHash('sha256').update(Buffer.from([0])).update(leaf).digest()
  await town.db.query(`insert into ledger.entry (id, ref, seq, act, at, leaf, leaf_hash) values ($1, $2, 0, $3, '2026-03-02 09:00+08', $4, $5)`, [id, id.replaceAll('-', ''), act, leaf, hash])
  await town.sequencer.query('insert into ledger.position (index, entry, leaf_hash) values ($1, $2, $3)', [index, id, hash])
}
const ring = () => town.sequencer.query('notify ledger')

test('a subscriber gets the log from its beginning, in order, in batches, and what comes later on the notice', async () => {
  for (const index of [0, 1, 2, 3, 4]) await enter(index, 'cases.accepted')
  const batches: number[][] = []
  const s = await start([{ name: 'reader', batch: 2, handle: async (events) => { batches.push(events.map((e) => e.index)) } }])
  await s.caughtUp()
  expect(batches).toEqual([[0, 1], [2, 3], [4]])
  await enter(5, 'cases.decided')
  await ring()
  await vi.waitFor(() => expect(batches.at(-1)).toEqual([5]), LONG_MS)
})

test('an event carries act, instant and the public facts, nothing private', async () => {
  await enter(0, 'cases.accepted')
  const events: LedgerEvent[] = []
  const s = await start([{ name: 'reader', handle: async (batch) => { events.push(...batch) } }])
  await s.caughtUp()
  expect(events).toEqual([{ index: 0, entryId: expect.any(String), matterId: null, seq: 0, act: 'cases.accepted', at: new Date('2026-03-02T01:00:00Z'), public: { index: 0 } }])
})

test('without a notice the poll finds it', async () => {
  const seen: number[] = []
  await start([{ name: 'reader', handle: async (events) => { seen.push(...events.map((e) => e.index)) } }], 50)
  await enter(0, 'a')
  await vi.waitFor(() => expect(seen).toEqual([0]), LONG_MS)
})

test('a failing subscriber gets the same batch again; the others are not held up; its error is on show until it succeeds', async () => {
  for (const index of [0, 1, 2]) await enter(index, 'a')
  const calls: number[][] = []
  const others: number[] = []
  let broken = true
  const s = await start([
    { name: 'brittle', batch: 2, handle: async (events) => {
      calls.push(events.map((e) => e.index))
      if (broken) throw new Error('mail server away')
    } },
    { name: 'sturdy', handle: async (events) => { others.push(...events.map((e) => e.index)) } },
  ])
  await vi.waitFor(() => expect(calls.length).toBeGreaterThanOrEqual(2), LONG_MS)
  expect(calls[0]).toEqual([0, 1])
  expect(calls[1]).toEqual([0, 1])
  expect(others).toEqual([0, 1, 2])
  await vi.waitFor(async () => expect((await jobHealth(town.db)).subscribers).toMatchObject([{ name: 'brittle', behind: 3, lastError: 'Error: mail server away' }, { name: 'sturdy', behind: 0, failures: 0 }]), LONG_MS)
  broken = false
  await s.caughtUp()
  expect(calls.slice(-2)).toEqual([[0, 1], [2]])
  expect((await jobHealth(town.db)).subscribers[0]).toMatchObject({ behind: 0, failures: 0 })
})

test('a retry that fell due while another subscriber was served is not left to the poll', async () => {
  await enter(0, 'a')
  let calls = 0
  await start([
    { name: 'brittle', handle: async () => { calls += 1; if (calls === 1) throw new Error('mail server away') } },
    { name: 'slow', handle: () => new Promise((resolve) => { setTimeout(resolve, 150) }) },
  ])
  await vi.waitFor(() => expect(calls).toBe(2), LONG_MS)
})

test('a new start goes on where the cursor stands', async () => {
  await enter(0, 'a')
  const first: number[] = []
  const s = await start([{ name: 'reader', handle: async (events) => { first.push(...events.map((e) => e.index)) } }])
  await s.caughtUp()
  await s.stop()
  await enter(1, 'a')
  const second: number[] = []
  const again = await start([{ name: 'reader', handle: async (events) => { second.push(...events.map((e) => e.index)) } }])
  await again.caughtUp()
  expect([first, second]).toEqual([[0], [1]])
})

test('two processes: one serves a subscriber, and the other takes over when it stops', async () => {
  await enter(0, 'a')
  const seen: string[] = []
  const by = (who: string) => [{ name: 'reader', handle: async (events: readonly LedgerEvent[]) => { seen.push(...events.map((e) => `${who} ${e.index}`)) } }]
  const first = await start(by('first'), 50)
  await first.caughtUp()
  await start(by('second'), 50)
  await enter(1, 'a')
  await vi.waitFor(() => expect(seen).toHaveLength(2), LONG_MS)
  await first.stop()
  await enter(2, 'a')
  await vi.waitFor(() => expect(seen).toEqual(['first 0', 'first 1', 'second 2']), LONG_MS)
})

test('when its connection is cut the subscriber comes back by itself', async () => {
  const seen: number[] = []
  // In a pool of its own, so that only what is tested loses its connections.
  const db = openDatabase(town.urls.app, { name: 'to be cut' })
  const s = await startSubscribers({ db, subscribers: [{ name: 'reader', handle: async (events) => { seen.push(...events.map((e) => e.index)) } }], pollMs: 50 })
  try {
    await s.caughtUp()
    expect((await town.db.query("select pg_terminate_backend(pid, 20000) from pg_stat_activity where datname = current_database() and application_name = 'to be cut'")).length).toBeGreaterThan(0)
    await enter(0, 'a')
    await vi.waitFor(() => expect(seen).toEqual([0]), LONG_MS)
  } finally {
    await s.stop()
    await db.close()
  }
})
