import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { scratch } from '../../../tests/scratch.ts'
import { removeData } from '../../../tests/setup.ts'
import { openDatabase } from './database.ts'
import { startEmbedded } from './embedded.ts'

const town = await scratch([])
afterAll(() => town.close())

test('civil days are text, instants are Dates, whole numbers are numbers while they are exact', async () => {
  const rows = await town.db.query(`
    select date '2025-02-28' as day, array[date '2025-02-28', null] as days, 20::bigint as small, 9007199254740993::bigint as large,
      array[1::bigint, null] as many, timestamptz '2025-01-26 09:00:00+08' as at`)
  expect(rows).toEqual([{ day: '2025-02-28', days: ['2025-02-28', null], small: 20, large: '9007199254740993', many: [1, null], at: new Date('2025-01-26T01:00:00Z') }])
})

test('a civil day goes in and comes out unchanged whatever the zone of the process', async () => {
  expect(await town.db.prepared('a-day', 'select $1::date as day', ['2025-10-01'])).toEqual([{ day: '2025-10-01' }])
  expect(await town.db.prepared('a-day', 'select $1::date as day', ['1949-10-01'])).toEqual([{ day: '1949-10-01' }])
})

test('a transaction whose work throws leaves nothing', async () => {
  await town.admin.query('create table paper (n integer primary key)')
  await expect(town.admin.transaction(async (tx) => {
    await tx.query('insert into paper values (1)')
    throw new Error('thought better of it')
  })).rejects.toThrow('thought better of it')
  expect(await town.admin.query('select * from paper')).toEqual([])
  await town.admin.transaction((tx) => tx.query('insert into paper values (2)'))
  expect(await town.admin.query('select * from paper')).toEqual([{ n: 2 }])
})

test('kysely reads through the same pool with the same types', async () => {
  const db = town.admin.kysely<{ paper: { n: number } }>()
  expect(await db.selectFrom('paper').selectAll().execute()).toEqual([{ n: 2 }])
})

test('a mistake in SQL is a failure, not an absence of the database', async () => {
  await expect(town.db.query('select from nowhere')).rejects.toMatchObject({ code: '42P01' })
})

test.each([
  ['a database that can only be read', '25006', 'db/read-only'], ['a full disk', '53100', 'db/no-space'], ['out of memory', '53200', 'db/overloaded'],
  ['a lock that did not come free', '55P03', 'db/overloaded'], ['a time limit', '57014', 'db/overloaded'], ['two that waited for each other', '40P01', 'db/overloaded'],
])('%s is a refusal with 503, and the connection serves on', async (_name, state, code) => {
  const fails = `do $$ begin raise exception 'as the server says it' using errcode = '${state}'; end $$`
  await expect(town.db.query(fails)).rejects.toMatchObject({ code, status: 503, retryAfter: expect.any(Number) })
  await expect(town.db.transaction((tx) => tx.query(fails))).rejects.toMatchObject({ code })
  expect(await town.db.query('select 1 as one')).toEqual([{ one: 1 }])
})

test('a statement that takes longer than allowed gives its connection back', async () => {
  const hasty = openDatabase(town.urls.app, { max: 1, statementTimeoutMs: 1000 })
  await expect(hasty.query('select pg_sleep(20)')).rejects.toMatchObject({ code: 'db/overloaded' })
  expect(await hasty.query('select 1 as one')).toEqual([{ one: 1 }])
  await hasty.close()
})

test('a server that stands still is not waited for: 503, and the connection goes on serving nobody', { timeout: 60_000 }, async () => {
  const patient = openDatabase(town.urls.app, { max: 1, statementTimeoutMs: 100 })
  const [{ pid }] = await patient.query<{ pid: number }>('select pg_backend_pid() as pid') as [{ pid: number }]
  process.kill(pid, 'SIGSTOP')
  try {
    await expect(patient.query('select 1')).rejects.toMatchObject({ code: 'db/unavailable', status: 503 })
    const [{ other }] = await patient.query<{ other: number }>('select pg_backend_pid() as other') as [{ other: number }]
    expect(other).not.toBe(pid)
  } finally {
    process.kill(pid, 'SIGCONT')
    await patient.close()
  }
})

test('while the server is away calls are refused with 503 and work again afterwards, in the same pool', { timeout: 120_000 }, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'mingtang-away-'))
  const first = await startEmbedded({ dataDir })
  const lost: Error[] = []
  const app = openDatabase(first.appUrl, { max: 3, onLost: (error) => lost.push(error) })
  try {
    await Promise.all([1, 2, 3].map(() => app.query('select pg_sleep(0.05)')))
    const caught = app.query('select pg_sleep(600)')
    const answer = expect(caught).rejects.toMatchObject({ code: 'db/unavailable', status: 503, retryAfter: 2 })
    await new Promise((resolve) => setTimeout(resolve, 100))
    await first.stop()
    await answer
    await expect(app.query('select 1')).rejects.toMatchObject({ code: 'db/unavailable' })
    await expect(app.transaction(() => Promise.resolve())).rejects.toMatchObject({ code: 'db/unavailable' })
    await expect(app.kysely<{ a: { b: number } }>().selectFrom('a').selectAll().execute()).rejects.toMatchObject({ code: 'db/unavailable' })
    expect(lost.length).toBeGreaterThan(0)
    const second = await startEmbedded({ dataDir })
    expect(await app.query('select 1 as one')).toEqual([{ one: 1 }])
    await second.stop()
  } finally {
    await app.close()
    removeData(dataDir, first.cluster)
  }
})
