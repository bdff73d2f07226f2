import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Database } from '../db/database.ts'
import { settableTime } from '../time/time.ts'
import { PageCache } from './page-cache.ts'
import { createServer, type Server } from './server.ts'
import { Page, route, type Route } from './types.ts'

// The house's door without a database: a route whose page is kept, and how often it is asked.
let version = 1
let asked = 0
let app: Server
const house = { url: 'https://zw.example', db: { query: async () => [{}], pool: {} } as unknown as Database, time: settableTime('2026-03-02T09:00:00+08:00'), log: () => undefined }
const sessions = { cookie: 'mt_session', hash: (token: string) => Buffer.from(token), findCaller: async () => ({ kind: 'anonymous' as const }), csrfToken: () => '', csrfMatches: () => true }
const cache = new PageCache()
const say = { zh: '试验', en: 'Trial' }
const routes: Route[] = [
  route({ method: 'GET', path: '/guide', kind: 'page', rate: 'page', guard: { open: '试验' }, summary: say, handle: async ({ language, elder }) => {
    asked += 1
    const drawnAt = version
    return (await cache.get(`${language}${elder ? ' elder' : ''}`, drawnAt, () => `${language}${elder ? ' elder' : ''} ${drawnAt} ${'明堂'.repeat(1000)}`)).standingWhile(() => drawnAt === version)
  } }),
  route({ method: 'GET', path: '/plain', kind: 'page', rate: 'page', guard: { open: '试验' }, summary: say, handle: async ({ language }) => { asked += 1; return new Page(language) } }),
]
const start = (rates: Parameters<typeof createServer>[0]['rates'] = false) => createServer({ house, routes, sessions, rates, refusals: [] })
beforeAll(async () => {
  app = await start()
  // Only the clock by which the door forgets.
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterAll(async () => {
  vi.useRealTimers()
  await app.close()
})
beforeEach(() => {
  vi.advanceTimersByTime(1001)
  asked = 0
})

const gzip = { 'accept-encoding': 'gzip, deflate, br' }
const get = (headers: Record<string, string> = gzip, url = '/guide') => app.inject({ url, headers })

test('the second reader gets the same bytes under the same headers, and the route is not asked', async () => {
  const [first, second] = [await get(), await get()]
  expect(asked).toBe(1)
  expect(second.rawPayload.equals(first.rawPayload)).toBe(true)
  const { date: _first, ...headers } = first.headers
  const { date: _second, ...again } = second.headers
  expect(again).toEqual(headers)
  expect(again).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'gzip', 'cache-control': 'public, max-age=0, must-revalidate', 'x-frame-options': 'DENY', 'strict-transport-security': 'max-age=31536000; includeSubDomains' })
})

test('who has it is told so', async () => {
  const { headers: { etag } } = await get()
  const again = await get({ ...gzip, 'if-none-match': String(etag) })
  expect([again.statusCode, again.headers.etag, again.rawPayload.length, asked]).toEqual([304, etag, 0, 1])
})

test('it stands while what it depends on does, and for a second at most', async () => {
  await get()
  version += 1
  const changed = await get()
  expect([changed.headers.etag === (await get()).headers.etag, asked]).toEqual([true, 2])
  vi.advanceTimersByTime(1000)
  await get()
  expect(asked).toBe(2)
  vi.advanceTimersByTime(1)
  await get()
  expect(asked).toBe(3)
})

test('each language has its own', async () => {
  const english = { ...gzip, 'accept-language': 'en-GB,en;q=0.9' }
  const [chinese, other] = [await get(), await get(english)]
  expect(asked).toBe(2)
  expect([(await get()).headers.etag, (await get(english)).headers.etag, asked]).toEqual([chinese.headers.etag, other.headers.etag, 2])
})

test.each([
  ['a cookie', { ...gzip, cookie: 'mt_elder=1' }, '/guide'], ['a session', { ...gzip, authorization: 'Bearer x' }, '/guide'],
  ['a choice in the address', gzip, '/guide?elder=1'],
])('who brings %s is looked at by the route, and leaves nothing at the door', async (_what, headers: Record<string, string>, url) => {
  await get(headers, url)
  await get(headers, url)
  expect(asked).toBe(2)
  const plain = await get()
  expect([plain.statusCode, asked]).toEqual([200, 3])
})

test('who takes no compressed bytes gets them plain from the route', async () => {
  await get()
  const plain = await get({})
  expect([plain.headers['content-encoding'], plain.payload.startsWith('zh '), asked]).toEqual([undefined, true, 2])
})

test('a HEAD is answered by the route, without a body', async () => {
  await get()
  const head = await app.inject({ method: 'HEAD', url: '/guide', headers: gzip })
  expect([head.statusCode, head.rawPayload.length, asked]).toEqual([200, 0, 2])
})

test('a page of which nothing was said is never answered at the door', async () => {
  await get(gzip, '/plain')
  await get(gzip, '/plain')
  expect(asked).toBe(2)
})

test('answers at the door are counted, and limited like all others', async () => {
  const limited = await start({ page: { perMinute: 1, burst: 3 }, read: { perMinute: 100, burst: 100 }, write: { perMinute: 1, burst: 1 }, upload: { perMinute: 1, burst: 1 }, signIn: { perMinute: 1, burst: 1 }, log: { perMinute: 1, burst: 1 } })
  const statuses: number[] = []
  for (let i = 0; i < 5; i += 1) statuses.push((await limited.inject({ url: '/guide', headers: gzip })).statusCode)
  expect([statuses, asked]).toEqual([[200, 200, 200, 429, 429], 1])
  const metrics = (await limited.inject({ url: '/metrics' })).payload
  expect(metrics).toMatch(/http_request_duration_seconds_count\{[^}]*route="\/guide",status="200"\} 3/)
  await limited.close()
})
