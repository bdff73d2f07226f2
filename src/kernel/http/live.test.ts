import { afterAll, beforeAll, expect, test } from 'vitest'
import { scratch } from '../../../tests/scratch.ts'
import type { Caller } from '../access/types.ts'
import { LiveUpdates } from './live.ts'
import { createServer, type Server } from './server.ts'

const town = await scratch(['db', 'ledger', 'flow'])
const lines: string[] = []
const live = new LiveUpdates({ db: town.db, log: (line) => void lines.push(line), mayFollow: async (_caller, topic) => topic === 'matter:GA-2026-000001', standing: async (ids) => ids.filter((id) => !ended.has(id)), heartbeatMs: 100, perReaderMax: 2 })
const ended = new Set<string>()
const sessions = { cookie: 'mt_session', hash: (token: string) => Buffer.from(token), findCaller: async (hash: Buffer): Promise<Caller> => ({ kind: 'applicant', accountId: 'a', sessionId: hash.toString(), name: 'x', partyId: 'p', permissions: [] }), csrfToken: () => '', csrfMatches: () => false }
let server: Server
let url = ''
beforeAll(async () => {
  server = await createServer({ house: { url: 'http://localhost', db: town.db, time: town.time, log: (line) => void lines.push(line) }, routes: [], refusals: [], sessions, rates: false, live })
  url = await server.listen({ port: 0, host: '127.0.0.1' })
  await town.admin.query(`
    insert into flow.matter (id, kind, no, ref, stage, revision, organisation_id, subject, data, channel, opened_at, opened_on, changed_at)
    values ('00000000-0000-4000-8000-000000000001', 'cases', 'GA-2026-000001', repeat('a', 32), 'submitted', 1, '00000000-0000-4000-8000-000000000002', 'x', '{}', 'web', '2026-03-02', '2026-03-02', '2026-03-02')`)
})
afterAll(async () => { await server.close(); await town.close() })

/** An entry numbered and announced, as the sequencer does it. */
async function numbered(index: number, matterId: string | null): Promise<void> {
  await town.admin.query(`
    with e as (
      insert into ledger.entry (id, ref, seq, matter_id, act, at, leaf, leaf_hash)
      values (gen_random_uuid(), repeat('a', 32), $1, $2, 'cases.accept', '2026-03-02', $3, sha256('\\x00'::bytea || convert_to($3, 'UTF8')))
      returning id, leaf_hash
    ) insert into ledger.position (index, entry, leaf_hash) select $1, id, leaf_hash from e`, [index, matterId, `leaf ${index}`])
  await town.admin.query("select pg_notify('ledger', $1)", [String(index + 1)])
}

async function follow(topics: string, session?: string) {
  const stop = new AbortController()
  const response = await fetch(`${url}/api/v1/events?topics=${topics}`, { signal: stop.signal, headers: session === undefined ? {} : { authorization: `Bearer ${session}` } })
  let text = ''
  const ended = (async () => { for await (const chunk of response.body!) text += Buffer.from(chunk as Uint8Array).toString() })().catch(() => undefined)
  return { response, text: () => text, stop: () => stop.abort(), ended }
}

test('who follows hears that something changed, in order, and nothing of what', async () => {
  const stream = await follow('log,matter:GA-2026-000001')
  expect([stream.response.status, stream.response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
  expect(stream.response.headers.get('content-security-policy')).toContain("default-src 'self'")
  await expect.poll(() => stream.text()).toContain(': here')
  await numbered(0, '00000000-0000-4000-8000-000000000001')
  await expect.poll(() => stream.text()).toContain('event: matter:GA-2026-000001\nid: 0\ndata: {"no":"GA-2026-000001","seq":0}\n\nevent: log\nid: 0\ndata: {"size":1}\n\n')
  stream.stop()
  await expect.poll(() => live.readers).toBe(0)
})

test('a lost connection is found again, and what was numbered meanwhile is told', async () => {
  const stream = await follow('log')
  const ended = await town.db.query<{ done: boolean }>("select pg_terminate_backend(pid) as done from pg_stat_activity where application_name = 'mingtang live' and datname = current_database()")
  expect(ended).toEqual([{ done: true }])
  await numbered(1, null)
  await expect.poll(() => stream.text()).toContain('data: {"size":2}')
  stream.stop()
  await expect.poll(() => live.readers).toBe(0)
})

test('what one may not follow is refused, also what does not exist; too many streams of one reader too', async () => {
  const status = async (topics: string) => { const { response, stop } = await follow(topics); stop(); return response.status }
  expect([await status('matter:GA-2026-999999'), await status('tasks'), await status('secrets'), await status('')]).toEqual([403, 403, 422, 422])
  await expect.poll(() => live.readers).toBe(0)
  const streams = [await follow('log'), await follow('log')]
  expect(await status('log')).toBe(429)
  for (const stream of streams) stream.stop()
  await expect.poll(() => live.readers).toBe(0)
  const together = await Promise.all(Array.from({ length: 20 }, () => follow('log', 'one-reader')))
  expect(together.filter(({ response }) => response.status === 200).length).toBe(2)
  for (const stream of together) stream.stop()
  await expect.poll(() => live.readers).toBe(0)
})

test('what is numbered right after the stream opened is told, listening or not', async () => {
  const first = new LiveUpdates({ db: town.db, log: () => undefined, mayFollow: async () => true, standing: async (ids) => ids })
  const other = await createServer({ house: { url: 'http://localhost', db: town.db, time: town.time, log: () => undefined }, routes: [], refusals: [], sessions, rates: false, live: first })
  const address = await other.listen({ port: 0, host: '127.0.0.1' })
  const response = await fetch(`${address}/api/v1/events?topics=log`)
  // No notice: the entry came between the opening of the stream and the listening.
  await town.admin.query(`
    with e as (
      insert into ledger.entry (id, ref, seq, act, at, leaf, leaf_hash) values (gen_random_uuid(), repeat('b', 32), 0, 'cases.accept', '2026-03-02', 'leaf 2', sha256('\\x00'::bytea || 'leaf 2')) returning id, leaf_hash)
    insert into ledger.position (index, entry, leaf_hash) select 2, id, leaf_hash from e`)
  const burst = await Promise.all(Array.from({ length: 20 }, () => fetch(`${address}/api/v1/events?topics=log`)))
  expect(burst.filter(({ status }) => status === 200).length).toBe(7)
  let text = ''
  for await (const chunk of response.body!) {
    text += Buffer.from(chunk as Uint8Array).toString()
    if (text.includes('"size":3')) break
  }
  expect(text).toContain('event: log\nid: 2')
  await other.close()
})

test('a stream ends with the session that opened it, and the others go on', async () => {
  const [leaving, staying] = [await follow('log', 'leaving'), await follow('log', 'staying')]
  ended.add('leaving')
  await leaving.ended
  await expect.poll(() => live.readers).toBe(1)
  staying.stop()
  await expect.poll(() => live.readers).toBe(0)
})

test('a log that became shorter is followed from its end', async () => {
  const stream = await follow('log')
  await town.admin.query('alter table ledger.position disable trigger user')
  await town.admin.query('delete from ledger.position where index >= 1')
  await town.db.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'mingtang live' and datname = current_database()")
  await expect.poll(async () => (await town.db.query("select 1 from pg_stat_activity where application_name = 'mingtang live' and datname = current_database() and query like 'listen%'")).length).toBe(1)
  await numbered(5, null)
  await expect.poll(() => stream.text()).toContain('data: {"size":6}')
  stream.stop()
  await expect.poll(() => live.readers).toBe(0)
})

test('closing ends every stream', async () => {
  await expect.poll(() => live.readers).toBe(0)
  const stream = await follow('log')
  await server.close()
  await stream.ended
  expect(live.readers).toBe(0)
})
