import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Caller } from '../access/types.ts'
import type { Database } from '../db/database.ts'
import { refuse as refuseDb } from '../db/errors.ts'
import { settableTime } from '../time/time.ts'
import { refuse, refuseInput } from './errors.ts'
import type { Sessions } from './guard.ts'
import { PageCache } from './page-cache.ts'
import { subscriberOf } from './rates.ts'
import { createServer, type Server, type ServerOptions } from './server.ts'
import { Bytes, Page, Redirect, route, type Route } from './types.ts'
import { readUploads } from './uploads.ts'

// No database here: what is tested is the door. Sessions are the port's fake, which counts how often it is asked.
const officer: Caller = { kind: 'officer', accountId: 'a', sessionId: 's', personId: 'p', name: '李四', posts: [], authorisations: [], permissions: ['cases.accept'] }
const asked: string[] = []
const sessions: Sessions = {
  cookie: 'mt_session',
  hash: (token) => (token.startsWith('no') ? null : Buffer.from(token)),
  findCaller: async (hash) => {
    asked.push(hash.toString())
    if (hash.toString() === 'db-away') throw refuseDb('unavailable', {}, { retryAfter: 2 })
    return hash.toString() === 'good' ? officer : { kind: 'anonymous' }
  },
  csrfToken: (token) => `form-${token}`,
  csrfMatches: (token, given) => given === `form-${token}`,
}
const logged: string[] = []
const house = { url: 'http://localhost:8080', db: { query: async () => [{}], pool: {} } as unknown as Database, time: settableTime('2026-03-02T09:00:00+08:00'), log: (line: string) => void logged.push(line) }
const say = { zh: '试验', en: 'Trial' }
const open = { open: '试验' } as const
const cache = new PageCache()
let drawn = 0

const Intake = z.strictObject({ name: z.string().min(1).max(20), copies: z.int().min(1), consent: z.boolean(), address: z.object({ city: z.string() }).optional(), materials: z.array(z.object({ id: z.string() })).optional() })
const routes: Route[] = [
  route({ method: 'GET', path: '/page', kind: 'page', rate: 'page', guard: open, summary: say, handle: async ({ language, elder }) => new Page(`<p>${language}${elder ? ' elder' : ''}</p>`) }),
  route({ method: 'GET', path: '/cached', kind: 'page', rate: 'page', guard: open, summary: say, handle: async () => cache.get('cached', 1, () => { drawn += 1; return '明堂'.repeat(2000) }) }),
  route({ method: 'GET', path: '/private', kind: 'page', rate: 'page', guard: { signedIn: 'anyone' }, summary: say, handle: async () => new Page('mine') }),
  route({ method: 'POST', path: '/intake', kind: 'page', rate: 'write', guard: open, summary: say, body: Intake, handle: async ({ body }) => new Redirect(`/done?${body.name}`) }),
  route({ method: 'GET', path: '/api/v1/things/:id', kind: 'api', rate: 'read', guard: open, summary: say, params: z.object({ id: z.string().max(10) }), query: z.strictObject({ page: z.int().min(1).optional(), tag: z.array(z.string()).optional() }), output: z.object({ id: z.string() }), handle: async ({ params, query }) => ({ id: params.id, ...query }) }),
  route({ method: 'POST', path: '/api/v1/things', kind: 'api', rate: 'write', guard: { permission: 'cases.accept' }, summary: say, body: Intake, status: 201, handle: async ({ body, idempotencyKey }) => ({ body, key: idempotencyKey ?? null }) }),
  route({ method: 'POST', path: '/api/v1/deferred', kind: 'api', rate: 'write', guard: { deferred: '行为自己判断' }, summary: say, body: z.object({}).loose(), handle: async ({ caller, tokenHash }) => ({ caller: caller.kind, hash: tokenHash?.toString() ?? null }) }),
  route({ method: 'DELETE', path: '/api/v1/things/:name', kind: 'api', rate: 'write', guard: { permission: 'nobody.has' }, summary: say, handle: async () => undefined }),
  route({ method: 'POST', path: '/api/v1/files', kind: 'api', rate: 'upload', guard: open, summary: say, parseBody: false, handle: async ({ request }) => {
    const { files, fields } = await readUploads(request, { bytesMax: 100, filesMax: 2 }, async ({ name, content }) => {
      let bytes = 0
      for await (const chunk of content) bytes += (chunk as Buffer).length
      return { name, bytes }
    })
    return { files, fields }
  } }),
  route({ method: 'POST', path: '/photo', kind: 'page', rate: 'upload', guard: open, summary: say, parseBody: false, handle: async ({ request }) => {
    const { fields } = await readUploads(request, { bytesMax: 100, filesMax: 2 }, async ({ content }) => void content.resume())
    return new Redirect(`/done?${Object.keys(fields).join()}`)
  } }),
  route({ method: 'POST', path: '/api/v1/sessions', kind: 'api', rate: 'signIn', guard: open, summary: say, body: z.object({ username: z.string() }), handle: async () => ({}) }),
  route({ method: 'GET', path: '/api/v1/broken', kind: 'api', rate: 'read', guard: open, summary: say, handle: async () => { throw new Error('secret inside') } }),
  route({ method: 'GET', path: '/log/tile/*', kind: 'stream', rate: 'log', guard: open, summary: say, handle: async () => new Bytes(Buffer.from([1, 2]), 'application/octet-stream', { etag: '"t"', 'cache-control': 'public, max-age=31536000, immutable' }) }),
]
const start = (more: Partial<ServerOptions> = {}) => createServer({ house, routes, sessions, rates: false, checkOutput: true, refusals: [refuse, refuseInput, refuseDb], ...more })
let app: Server
beforeAll(async () => { app = await start() })
afterAll(() => app.close())

const json = { 'content-type': 'application/json' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const bearer = { authorization: 'Bearer good' }
const intake = { name: '张三', copies: 1, consent: true }

describe('booting', () => {
  const boots = async (spec: Partial<Route>) => (await start({ routes: [{ ...routes[0]!, ...spec }] })).close()
  test('a route without a guard does not boot', async () => {
    await expect(boots({ guard: {} as Route['guard'] })).rejects.toThrow('names no guard')
    await expect(boots({ guard: undefined as unknown as Route['guard'] })).rejects.toThrow('names no guard')
    await expect(boots({ guard: { open: '' } })).rejects.toThrow('names no guard')
    await expect(boots({ guard: { open: 'x', permission: 'y' } as Route['guard'] })).rejects.toThrow('names no guard')
  })
  test('nor one without a summary in both languages or a rate class, nor one whose address is taken', async () => {
    await expect(boots({ summary: { zh: '甲', en: '' } })).rejects.toThrow('both languages')
    await expect(boots({ rate: 'often' as Route['rate'] })).rejects.toThrow('rate class')
    await expect(start({ routes: [{ ...routes[4]!, path: '/a/:x' }, { ...routes[4]!, path: '/a/:y' }] })).rejects.toThrow('registered twice')
  })
})

describe('who may', () => {
  test('permission: without a session 401, without the permission 403, with it the handler answers', async () => {
    expect((await app.inject({ method: 'POST', url: '/api/v1/things', headers: json, payload: intake })).statusCode).toBe(401)
    expect((await app.inject({ method: 'DELETE', url: '/api/v1/things/x', headers: bearer })).json()).toMatchObject({ status: 403, code: 'http/not-allowed' })
    const done = await app.inject({ method: 'POST', url: '/api/v1/things', headers: { ...json, ...bearer, 'idempotency-key': 'k-1' }, payload: intake })
    expect([done.statusCode, done.json()]).toEqual([201, { body: intake, key: 'k-1' }])
  })
  test('deferred: not one query, only the token’s hash is handed on', async () => {
    asked.length = 0
    const answer = await app.inject({ method: 'POST', url: '/api/v1/deferred', headers: { ...json, ...bearer }, payload: {} })
    expect([answer.json(), asked]).toEqual([{ caller: 'anonymous', hash: 'good' }, []])
  })
  test('a page that needs a session sends to sign in where the portal says so, else shows the problem', async () => {
    expect((await app.inject({ url: '/private', headers: { accept: 'text/html' } })).statusCode).toBe(401)
    const portal = await start({ signInPath: '/sign-in' })
    const answer = await portal.inject({ url: '/private?a=1' })
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/sign-in?to=%2Fprivate%3Fa%3D1'])
    await portal.close()
  })
  test('database away: 503 with Retry-After', async () => {
    const answer = await app.inject({ url: '/private', headers: { authorization: 'Bearer db-away' } })
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '2'])
  })
})

describe('forged requests', () => {
  const cookie = { cookie: 'mt_session=good' }
  const post = (headers: Record<string, string>, payload: object | string = intake) => app.inject({ method: 'POST', url: '/api/v1/things', headers: { ...json, ...headers }, payload })
  test('with a cookie the browser must say it comes from here', async () => {
    expect((await post({ ...cookie })).json().code).toBe('http/cross-site')
    expect((await post({ ...cookie, 'sec-fetch-site': 'cross-site' })).json().code).toBe('http/cross-site')
    expect((await post({ ...cookie, 'sec-fetch-site': 'same-site' })).json().code).toBe('http/cross-site')
    expect((await post({ ...cookie, origin: 'https://evil.example' })).json().code).toBe('http/cross-site')
    expect((await post({ ...cookie, origin: 'null' })).json().code).toBe('http/cross-site')
    expect((await post({ ...cookie, 'sec-fetch-site': 'same-origin' })).statusCode).toBe(201)
    expect((await post({ ...cookie, origin: 'http://localhost:8080' })).statusCode).toBe(201)
    expect((await post({ ...cookie, origin: 'http://127.0.0.1:9', host: '127.0.0.1:9' })).statusCode).toBe(201)
  })
  test('deferred routes are no way round', async () => {
    const answer = await app.inject({ method: 'POST', url: '/api/v1/deferred', headers: { ...json, ...cookie, 'sec-fetch-site': 'cross-site' }, payload: {} })
    expect(answer.statusCode).toBe(403)
  })
  test('signing in from another site is refused even without a cookie', async () => {
    const answer = await app.inject({ method: 'POST', url: '/api/v1/sessions', headers: { ...json, origin: 'https://evil.example' }, payload: { username: 'x' } })
    expect(answer.json().code).toBe('http/cross-site')
  })
  test('forms also bring the token of their session; bearer calls need neither', async () => {
    const headers = { ...form, ...cookie, 'sec-fetch-site': 'same-origin' }
    expect((await app.inject({ method: 'POST', url: '/intake', headers, payload: 'name=a&copies=1&consent=on' })).statusCode).toBe(403)
    expect((await app.inject({ method: 'POST', url: '/intake', headers, payload: 'name=a&copies=1&consent=on&_csrf=form-other' })).statusCode).toBe(403)
    expect((await app.inject({ method: 'POST', url: '/intake', headers, payload: 'name=a&copies=1&consent=on&_csrf=form-good' })).statusCode).toBe(303)
    expect((await post({ ...bearer })).statusCode).toBe(201)
  })
})

describe('what comes in', () => {
  test('wrong input: 422 with a JSON Pointer and a sentence for each place, in the reader’s language', async () => {
    const payload = { name: '', copies: 1.5, consent: 'maybe', address: {}, more: 1 }
    const zh = await app.inject({ method: 'POST', url: '/api/v1/things', headers: { ...json, ...bearer }, payload })
    expect(zh.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(zh.json()).toEqual({
      type: '/api/docs#input/invalid', title: '提交的内容有 5 处需要更正', status: 422, code: 'input/invalid', instance: '/api/v1/things',
      errors: [
        { path: '/name', code: 'too_small', message: '必须填写' },
        { path: '/copies', code: 'invalid_type', message: '应为整数' },
        { path: '/consent', code: 'invalid_type', message: '应为是或否' },
        { path: '/address/city', code: 'required', message: '必须填写' },
        { path: '/more', code: 'unrecognized_keys', message: '没有这个字段' },
      ],
    })
    const en = await app.inject({ method: 'POST', url: '/api/v1/things?lang=en', headers: { ...json, ...bearer }, payload: { ...intake, copies: 0 } })
    expect(en.json()).toMatchObject({ title: 'What was sent needs correction in 1 places', errors: [{ path: '/copies', message: 'This must be at least 1' }] })
  })
  test('a form nests by dots and brackets, reads numbers and ticks, and an empty field is one not given', async () => {
    const answer = await app.inject({ method: 'POST', url: '/api/v1/things', headers: { ...form, ...bearer }, payload: 'name=%E5%BC%A0+%E4%B8%89&copies=2&consent=on&address.city=%E5%8C%97%E4%BA%AC&materials[1].id=b&materials[0][id]=a&_key=k2' })
    expect(answer.json()).toEqual({ body: { name: '张 三', copies: 2, consent: true, address: { city: '北京' }, materials: [{ id: 'a' }, { id: 'b' }] }, key: 'k2' })
    expect((await app.inject({ method: 'POST', url: '/api/v1/things', headers: { ...form, ...bearer }, payload: 'name=&copies=2&consent=on' })).json().errors).toEqual([{ path: '/name', code: 'required', message: '必须填写' }])
  })
  test('queries: numbers are read, lists end in brackets, empty means not given, repeats are refused', async () => {
    expect((await app.inject('/api/v1/things/a?page=2&tag[]=x&tag[]=y&lang=en')).json()).toEqual({ id: 'a', page: 2, tag: ['x', 'y'] })
    expect((await app.inject('/api/v1/things/a?page=')).json()).toEqual({ id: 'a' })
    expect((await app.inject('/api/v1/things/a?page=1&page=2')).statusCode).toBe(400)
    expect((await app.inject('/api/v1/things/a?page=x')).statusCode).toBe(422)
  })
  test.each([
    ['not JSON', json, '{"name":', 400], ['empty', json, '', 400], ['not UTF-8', json, Buffer.from([0x22, 0xff, 0x22]), 400],
    ['a key twice', json, '{"name":"a","name":"b"}', 400], ['a key twice by escapes', json, '{"name":"a","n\\u0061me":"b"}', 400],
    ['__proto__', json, '{"__proto__":{"x":1}}', 400], ['constructor', json, '{"a":{"constructor":1}}', 400],
    ['too deep', json, `${'['.repeat(100)}${']'.repeat(100)}`, 400], ['very deep', json, '['.repeat(100_000), 400],
    ['NUL', json, '{"name":"a\\u0000","copies":1,"consent":true}', 422], ['lone surrogate', json, '{"name":"\\ud800","copies":1,"consent":true}', 422],
    ['an array', json, '[]', 422], ['null', json, 'null', 422], ['BOM only', json, '\ufeff', 400],
    ['XML', { 'content-type': 'application/xml' }, '<a/>', 415], ['no type', {}, 'hello', 415], ['GBK', { 'content-type': 'application/json; charset=gbk' }, '{}', 415],
    ['multipart', { 'content-type': 'multipart/form-data; boundary=x' }, '--x--', 415], ['odd type', { 'content-type': ';;;' }, 'x', 415],
    ['too large', json, JSON.stringify({ name: 'x'.repeat(1_100_000) }), 413],
    ['form: bad escape', form, 'name=%zz', 400], ['form: bad UTF-8', form, 'name=%ff', 400], ['form: NUL', form, 'name=%00&copies=1&consent=on', 422],
    ['form: clash', form, 'a=1&a.b=2', 400], ['form: prototype', form, 'a.__proto__.b=2', 400], ['form: prototype in brackets', form, 'a[constructor][prototype]=2', 400],
    ['form: nameless', form, '=1', 400], ['form: odd names', form, 'a[=1&]b=2&a..b=3&[]=4', 400], ['form: many', form, 'a[]=1&'.repeat(3000), 400], ['form: deep', form, `a${'.b'.repeat(50)}=1`, 400],
  ])('%s', async (_name, headers, payload, status) => {
    const answer = await app.inject({ method: 'POST', url: '/api/v1/things', headers: { ...headers, ...bearer }, payload })
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toContain('application/problem+json')
  })
  test.each([
    ['/api/v1/things/%zz', 400], ['/api/v1/things/%ff', 400], ['/api/v1/things/%00', 422], ['/api/v1/things/a?x=%zz', 400], ['/api/v1/things/a?__proto__=1', 400],
    [`/api/v1/things/${'x'.repeat(2000)}`, 400], ['/api/v1/things/a?page=1e400', 422], ['/nothing', 404], ['/%', 400], ['//', 404], ['/api/v1/things/../../etc/passwd', 404],
  ])('GET %s', async (url, status) => {
    expect((await app.inject(url)).statusCode).toBe(status)
  })
  test('an idempotency key must be one', async () => {
    const answer = await app.inject({ method: 'POST', url: '/api/v1/things', headers: { ...json, ...bearer, 'idempotency-key': 'a b' }, payload: intake })
    expect(answer.json().errors[0].path).toBe('/Idempotency-Key')
  })
})

describe('addresses and methods', () => {
  test('a method that is not there: 405 with what is', async () => {
    const answer = await app.inject({ method: 'PUT', url: '/api/v1/things/7' })
    expect([answer.statusCode, answer.headers.allow, answer.json().code]).toEqual([405, 'GET, HEAD, DELETE, OPTIONS', 'http/method-not-allowed'])
    expect((await app.inject({ method: 'OPTIONS', url: '/api/v1/things' })).headers.allow).toBe('POST, OPTIONS')
    expect((await app.inject({ method: 'HEAD', url: '/page' })).statusCode).toBe(200)
  })
  test('an unknown address is a page for readers and a problem for programs', async () => {
    const page = await app.inject({ url: '/nothing?<script>', headers: { accept: 'text/html', 'accept-language': 'en-GB,en;q=0.9' } })
    expect([page.statusCode, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8'])
    expect(page.body).toContain('There is no such page')
    expect(page.body).not.toContain('<script>')
    expect((await app.inject('/api/v1/nothing')).json().code).toBe('http/not-found')
  })
  test('a failure of ours tells its number and nothing else', async () => {
    const answer = await app.inject('/api/v1/broken')
    const id = /故障编号 (\S+?)，/.exec(answer.json().detail)![1]!
    expect([answer.statusCode, answer.body.includes('secret')]).toEqual([500, false])
    expect(logged.some((line) => line.includes(id) && line.includes('secret inside'))).toBe(true)
  })
})

describe('reader', () => {
  test('?lang goes before the cookie, the cookie before the browser; Chinese where nothing says', async () => {
    const read = async (url: string, headers = {}) => (await app.inject({ url, headers })).body
    expect(await read('/page')).toBe('<p>zh</p>')
    expect(await read('/page', { 'accept-language': 'fr, en;q=0.5, zh;q=0.4' })).toBe('<p>en</p>')
    expect(await read('/page', { 'accept-language': 'en', cookie: 'mt_lang=zh; mt_elder=1' })).toBe('<p>zh elder</p>')
    expect(await read('/page?lang=en&elder=0', { cookie: 'mt_lang=zh; mt_elder=1' })).toBe('<p>en</p>')
    expect((await app.inject('/page?lang=en')).headers['set-cookie']).toBe('mt_lang=en; Path=/; Max-Age=31536000; SameSite=Lax')
  })
  test('a cached page is drawn once, compressed once, and not sent to who has it', async () => {
    const first = await app.inject({ url: '/cached', headers: { 'accept-encoding': 'gzip, br' } })
    expect([first.statusCode, first.headers['content-encoding'], first.rawPayload.length < 200]).toEqual([200, 'gzip', true])
    const again = await app.inject({ url: '/cached', headers: { 'if-none-match': String(first.headers.etag) } })
    expect([again.statusCode, again.body, drawn]).toEqual([304, '', 1])
    expect((await app.inject({ url: '/cached', headers: { 'accept-encoding': 'gzip;q=0' } })).body).toBe('明堂'.repeat(2000))
  })
  test('the log may be read from anybody’s page', async () => {
    expect((await app.inject('/log/tile/0/000')).headers['access-control-allow-origin']).toBe('*')
    expect((await app.inject('/api/v1/things/a')).headers['access-control-allow-origin']).toBeUndefined()
  })
  test('every answer carries the policies', async () => {
    for (const url of ['/page', '/nothing', '/%', '/api/v1/broken']) {
      const { headers } = await app.inject(url)
      expect(headers['content-security-policy']).toBe("default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'")
      expect([headers['x-content-type-options'], headers['cross-origin-opener-policy'], headers['strict-transport-security']]).toEqual(['nosniff', 'same-origin', undefined])
    }
  })
})

describe('uploads', () => {
  const boundary = 'xx'
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
  const part = (name: string, value: string, file?: string) => `--xx\r\ncontent-disposition: form-data; name="${name}"${file === undefined ? '' : `; filename="${file}"\r\ncontent-type: text/plain`}\r\n\r\n${value}\r\n`
  const upload = (payload: string | Buffer, more = headers) => app.inject({ method: 'POST', url: '/api/v1/files', headers: more, payload })
  test('files stream, fields come along', async () => {
    expect((await upload(`${part('purpose', '材料')}${part('file', 'hello', '身份证.txt')}--xx--\r\n`)).json()).toEqual({ files: [{ name: '身份证.txt', bytes: 5 }], fields: { purpose: '材料' } })
  })
  test('a page’s upload also brings the token of its session', async () => {
    const post = (payload: string) => app.inject({ method: 'POST', url: '/photo', headers: { ...headers, cookie: 'mt_session=good', 'sec-fetch-site': 'same-origin' }, payload })
    expect((await post(`${part('file', 'x', 'a')}--xx--\r\n`)).statusCode).toBe(403)
    expect((await post(`${part('_csrf', 'form-good')}${part('why', 'x')}${part('file', 'x', 'a')}--xx--\r\n`)).headers.location).toBe('/done?why')
  })
  test('too large 413, broken off 400, not multipart 415', async () => {
    expect((await upload(`${part('file', 'x'.repeat(101), 'a')}--xx--\r\n`)).statusCode).toBe(413)
    expect((await upload(`${part('f', '1', 'a')}${part('f', '1', 'b')}${part('f', '1', 'c')}--xx--\r\n`)).statusCode).toBe(413)
    expect((await upload('--xx\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nhal')).statusCode).toBe(400)
    expect((await upload('garbage')).statusCode).toBe(400)
    expect((await upload('{}', json)).statusCode).toBe(415)
    expect((await upload('x', { 'content-type': 'multipart/form-data' })).statusCode).toBeLessThan(500)
  })
})

describe('limits', () => {
  test('a class that is used up answers 429 with Retry-After, another session still gets through', async () => {
    const rate = { perMinute: 60, burst: 2 }
    const strict = await start({ rates: { page: rate, read: rate, write: rate, upload: rate, signIn: rate, log: rate } })
    const call = async (token: string) => (await strict.inject({ url: '/api/v1/things/a', headers: { authorization: `Bearer ${token}` } }))
    expect([(await call('one')).statusCode, (await call('one')).statusCode]).toEqual([200, 200])
    const refused = await call('one')
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '1'])
    expect((await call('two')).statusCode).toBe(200)
    const signIn = async (token: string) => (await strict.inject({ method: 'POST', url: '/api/v1/sessions', headers: { ...json, authorization: `Bearer ${token}` }, payload: { username: 'x' } })).statusCode
    expect([await signIn('1'), await signIn('2'), await signIn('3')]).toEqual([200, 200, 429])
    await strict.close()
  })
})

test.each([
  ['192.0.2.7', '192.0.2.7'], ['::ffff:192.0.2.7', '192.0.2.7'], ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'], ['2001:0db8:0001:0002::6', '2001:db8:1:2'], ['2001:db8::6', '2001:db8:0:0'], ['::1', '0:0:0:0'], ['fe80::1%eth0', 'fe80:0:0:0'],
])('the subscriber behind %s is %s', (address, subscriber) => {
  expect(subscriberOf(address)).toBe(subscriber)
})

describe('probes', () => {
  test('alive, ready, counted', async () => {
    expect((await app.inject('/healthz')).json()).toEqual({ status: 'ok' })
    expect((await app.inject('/readyz')).json()).toEqual({ status: 'ready' })
    const text = (await app.inject('/metrics')).body
    expect(text).toContain('http_request_duration_seconds_count{method="GET",route="/healthz",status="200"} 1')
    expect(text.endsWith('# EOF\n')).toBe(true)
  })
  test('what is missing makes it unready, and so does leaving', async () => {
    let problem: string | undefined = 'two migrations wait'
    const other = await start({ ready: [{ name: 'migrations', check: async () => problem }] })
    expect((await other.inject('/readyz')).statusCode).toBe(503)
    problem = undefined
    expect((await other.inject('/readyz')).statusCode).toBe(200)
    await other.close()
  })
})

test('a database that stands still makes it unready within seconds', async () => {
  const still = await start({ house: { ...house, db: { query: () => new Promise(() => undefined), pool: {} } as unknown as Database } })
  const answer = await still.inject('/readyz')
  expect([answer.statusCode, answer.json().code, answer.headers['retry-after']]).toEqual([503, 'db/unavailable', '2'])
  await still.close()
})

describe('over a socket', () => {
  const talk = async (bytes: string | Buffer): Promise<string> => {
    const { port } = app.server.address() as { port: number }
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
      let text = ''
      socket.on('data', (chunk) => { text += chunk.toString('latin1') })
      socket.on('close', () => resolve(text))
      socket.on('error', reject)
      socket.setTimeout(20_000, () => socket.destroy())
    })
  }
  beforeAll(async () => { await app.listen({ port: 0, host: '127.0.0.1' }) })
  test('a body that drips is answered 408 and its connection closed', async () => {
    const strict = await start({ bodyMsMax: 200 })
    await strict.listen({ port: 0, host: '127.0.0.1' })
    const { port } = strict.server.address() as { port: number }
    const before = logged.length
    const text = await new Promise<string>((resolve, reject) => {
      let got = ''
      const socket = connect(port, '127.0.0.1', () => {
        socket.write('POST /intake HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n')
        const drip = setInterval(() => socket.write('{'), 20)
        socket.on('close', () => { clearInterval(drip); resolve(got) })
      })
      socket.on('data', (chunk) => { got += chunk.toString() })
      socket.on('error', (error: NodeJS.ErrnoException) => { if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') reject(error) })
    })
    expect(text).toMatch(/^HTTP\/1\.1 408 [\s\S]*http\/bad-request/)
    expect(logged.slice(before)).toEqual([])
    await strict.close()
  })
  test.each([
    ['not HTTP', 'hello\r\n\r\n', 400], ['two lengths', 'POST /intake HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab', 400],
    ['length and chunks', 'POST /intake HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n', 400],
    ['bad chunk', 'POST /intake HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n', 400],
    ['header with NUL', 'GET /page HTTP/1.1\r\nhost: a\r\nx: \0\r\n\r\n', 400], ['huge header', `GET /page HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, 431],
    ['no host', 'GET /page HTTP/1.1\r\n\r\n', 400], ['odd method', 'BREW /page HTTP/1.1\r\nhost: a\r\n\r\n', 400], ['known method', 'PROPFIND /page HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n', 404],
    ['raw bytes in the path', Buffer.from('GET /\xff\xfe HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n', 'latin1'), 400],
    ['absolute form (RFC 9112 §3.2.2)', 'GET http://elsewhere.example/page HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n', 200],
    ['asterisk', 'OPTIONS * HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n', 404],
    ['cookie with odd bytes', Buffer.from('GET /private HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncookie: mt_session=\xff; =; ;;=;mt_lang="\r\n\r\n', 'latin1'), 401],
  ])('%s', async (_name, bytes, status) => {
    expect((await talk(bytes)).slice(0, 12)).toBe(`HTTP/1.1 ${status}`)
  })
})

test('drain: what is under way ends well, what is new is told to come back, then the door is shut', async () => {
  let finish = () => {}
  let begun = false
  const slow = route({ method: 'GET', path: '/slow', kind: 'api', rate: 'read', guard: open, summary: say, handle: () => new Promise((resolve) => { begun = true; finish = () => resolve({ done: true }) }) })
  const server = await start({ routes: [slow] })
  const url = await server.listen({ port: 0, host: '127.0.0.1' })
  const underWay = fetch(`${url}/slow`)
  await expect.poll(() => begun).toBe(true)
  const shut = server.drain()
  expect((await server.inject('/readyz')).statusCode).toBe(503)
  finish()
  expect(await (await underWay).json()).toEqual({ done: true })
  await shut
  await expect(fetch(`${url}/healthz`)).rejects.toThrow()
})
