import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../src/kernel/flow/audit.ts'
import { PROBLEM_TYPE } from '../../src/kernel/http/problems.ts'
import type { Route } from '../../src/kernel/http/types.ts'
import type { FiledView } from '../../src/domains/cases/contract.ts'
import { applicationFor, itemOf } from './applications.ts'
import { startTownServer, type TownServer } from './town-server.ts'

let town: TownServer
let filed: FiledView
/** An account that passes the guard of each route. */
const holders = new Map<string, string>()

interface Schema { readonly $ref?: string; readonly type?: string; readonly properties?: Readonly<Record<string, Schema>>; readonly required?: readonly string[] }
interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> }
}
let paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
let schemas: Readonly<Record<string, Schema & { readonly 'x-act'?: string; readonly 'x-kind'?: string }>>

beforeAll(async () => {
  town = await startTownServer()
  filed = await town.file('clerk', await applicationFor(town, 'food-business', 'clerk', { seed: 41 }))
  const document = (await town.api<{ paths: typeof paths; components: { schemas: typeof schemas } }>('GET', '/api/openapi.json')).body
  paths = document.paths
  schemas = document.components.schemas
  for (const account of ['applicant', 'clerk', 'reviewer', 'chief', 'head', 'catalog', 'inspector', 'sysadmin', 'secadmin', 'auditadmin', 'cashier', 'archivist']) {
    const token = await town.signIn(account)
    const { body } = await town.api<{ permissions: string[] }>('GET', '/api/v1/sessions/current', undefined, { headers: { authorization: `Bearer ${token}` } })
    for (const permission of body.permissions) if (!holders.has(permission)) holders.set(permission, account)
  }
})
afterAll(async () => { await (town as TownServer | undefined)?.close() })

interface Raw { readonly status: number; readonly headers: Readonly<Record<string, string | string[] | undefined>>; readonly text: string }

/** Sends bytes as they are: nothing normalises the path or the body on the way. */
async function send(method: string, path: string, { as, headers = {}, body }: { readonly as?: string | undefined; readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Buffer } = {}): Promise<Raw> {
  const token = as === undefined ? undefined : await town.signIn(as)
  const { port } = town.running
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, method, path, headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }), ...headers } }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, text: Buffer.concat(parts).toString() }))
      answer.on('error', reject)
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

let turn = 0
/** Sends in Chinese and English by turns; whatever is refused is a problem in that language, and nothing fails. */
async function bad(method: string, path: string, more: Parameters<typeof send>[2] & { readonly page?: boolean } = {}): Promise<Raw> {
  const language = turn++ % 2 === 0 ? 'zh' : 'en'
  const answer = await send(method, path, { ...more, headers: { 'accept-language': language, ...(more.page ? { accept: 'text/html' } : {}), ...more.headers } })
  const what = `${method} ${path.slice(0, 200)} ${String(more.body ?? '').slice(0, 200)} → ${answer.status} ${answer.text.slice(0, 300)}`
  expect(answer.status, what).toBeLessThan(500)
  // The log's files are other programs': C2SP wants no more than the status.
  if (answer.status >= 400 && !(path.startsWith('/log/') && answer.headers['content-type'] === 'text/plain; charset=utf-8')) {
    if (more.page) {
      expect(answer.headers['content-type'], what).toMatch(/^text\/html/)
      expect(answer.text, what).toContain(`lang="${language === 'zh' ? 'zh-CN' : 'en'}"`)
    } else {
      expect(answer.headers['content-type'], what).toBe(PROBLEM_TYPE)
      const problem = JSON.parse(answer.text) as { code: string; title: string; status: number; errors?: { path: string }[] }
      expect(problem.code, what).toMatch(/^[a-z][a-z-]*\/[a-z-]+$/)
      expect(problem.status, what).toBe(answer.status)
      // What was asked for is given back in its own script: names in quotes, and the 办办办… of the odd addresses.
      expect(/\p{Script=Han}/u.test(problem.title.replace(/“[^”]*”|（[^）]*）|\([^)]*\)|(\p{Script=Han})\1+/gu, '')), what).toBe(language === 'zh')
      for (const { path: pointer } of problem.errors ?? []) expect(pointer, what).toMatch(/^(\/.*)?$/s)
    }
  }
  return answer
}

const AT_ONCE = 8
async function each<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const queue = [...all]
  await Promise.all(Array.from({ length: AT_ONCE }, async () => { for (let one = queue.shift(); one !== undefined; one = queue.shift()) await work(one) }))
}

const accountFor = ({ guard }: Route): string | undefined =>
  'permission' in guard ? holders.get(guard.permission) : 'deferred' in guard ? 'clerk' : 'signedIn' in guard ? (guard.signedIn === 'applicant' ? 'applicant' : 'clerk') : undefined
const isPage = (route: Route): boolean => route.kind === 'page'

const SAMPLES: Readonly<Record<string, () => string>> = {
  caseNo: () => filed.caseNo, code: () => itemOf(town, 'food-business').code, no: () => 'none-1', clockId: () => 'LIC.CORRECTION_NOTICE', kind: () => 'application', materialId: () => 'application', '*': () => 'checkpoint',
}
const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000'
/** The path with one parameter given, the others real or of the right shape. */
const pathOf = (route: Route, name?: string, value?: string): string =>
  route.path.replace(/:(\w+)|\*/g, (whole, key: string | undefined) => ((key ?? whole) === name ? value! : encodeURIComponent(SAMPLES[key ?? whole]?.() ?? UNKNOWN_ID)))
const paramsOf = (route: Route): string[] => [...route.path.matchAll(/:(\w+)|\*/g)].map((match) => match[1] ?? '*')
const LIVE = '/api/v1/events'
const routesWhere = (holds: (route: Route) => boolean): Route[] => town.running.routes.filter((route) => route.path !== LIVE && holds(route))

const JSON_TYPE = { 'content-type': 'application/json' }
const DEEP = `${'['.repeat(100)}${']'.repeat(100)}`

describe('every route that takes a body', () => {
  const TABLE: readonly { readonly what: string; readonly body: string | Buffer; readonly headers?: Readonly<Record<string, string>>; readonly status: readonly number[] }[] = [
    { what: 'invalid JSON', body: '{"a":', status: [400] },
    { what: 'JSON with a comment', body: '{/* */}', status: [400] },
    { what: 'another type', body: '<a/>', headers: { 'content-type': 'application/xml' }, status: [415] },
    { what: 'plain text', body: '{}', headers: { 'content-type': 'text/plain' }, status: [415] },
    { what: 'GBK', body: Buffer.from([0xd6, 0xd0]), headers: { 'content-type': 'application/json; charset=gbk' }, status: [415] },
    { what: 'bytes that are not UTF-8', body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), status: [400] },
    { what: 'too large', body: `{"x":"${'a'.repeat(1024 * 1024)}"}`, status: [413] },
    { what: 'too deep', body: DEEP, status: [400] },
    { what: 'the key of a prototype', body: '{"__proto__":{"admin":true}}', status: [400] },
    { what: 'the constructor', body: '{"constructor":{"prototype":{"admin":true}}}', status: [400] },
    { what: 'a key twice', body: '{"act":"accept","act":"decide"}', status: [400] },
    { what: 'a list', body: '[]', status: [422] },
    { what: 'null', body: 'null', status: [422] },
    { what: 'a number', body: '1e400', status: [422, 400] },
    { what: 'a text', body: '"x"', status: [422] },
    { what: 'a text no database can hold', body: '{"\\u0000":"\\u0000"}', status: [422] },
    { what: 'half a surrogate', body: '{"q":"\\ud800"}', status: [422] },
  ]

  it('answers each kind of bad body by a problem', async () => {
    const routes = routesWhere((route) => route.body !== undefined && route.kind !== 'page' && route.parseBody !== false)
    expect(routes.length).toBeGreaterThan(8)
    await each(routes.flatMap((route) => TABLE.map((row) => ({ route, row }))), async ({ route, row }) => {
      const answer = await bad(route.method, pathOf(route), { as: accountFor(route), headers: { ...JSON_TYPE, ...row.headers }, body: row.body })
      expect(row.status, `${route.method} ${route.path}: ${row.what} → ${answer.status} ${answer.text.slice(0, 200)}`).toContain(answer.status)
    })
  })

  const WRONG: readonly unknown[] = [null, 0, -1, 1.5, 1e21, true, '', ' ', 'x'.repeat(10_000), '\u0000', '2026-02-30', [], [null], {}, { a: { b: [] } }, [[1]], '../../etc/passwd', "'; drop table flow.matter; --"]

  it('takes no value of a wrong type in any field', async () => {
    const calls: { method: string; path: string; as: string; body: string }[] = []
    for (const route of routesWhere((one) => one.body !== undefined && one.kind !== 'page' && one.parseBody !== false)) {
      const schema = resolved(paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()]?.requestBody?.content['application/json']?.schema)
      for (const name of Object.keys(schema?.properties ?? {})) for (const value of WRONG) calls.push({ method: route.method, path: pathOf(route), as: accountFor(route)!, body: JSON.stringify({ [name]: value }) })
    }
    expect(calls.length).toBeGreaterThan(200)
    await each(calls, async ({ method, path, as, body }) => { await bad(method, path, { as, headers: JSON_TYPE, body }) })
  })

  it('takes no wrong value inside an application, in whatever place', async () => {
    const whole = await applicationFor(town, 'food-business', 'clerk', { seed: 42 })
    const bodies: string[] = [JSON.stringify({ ...whole, surplus: 1 }), JSON.stringify({ ...whole, form: { ...whole.form, unknownField: 1 } })]
    for (const [name, value] of Object.entries(whole)) {
      for (const wrong of WRONG) {
        bodies.push(JSON.stringify({ ...whole, [name]: wrong }))
        if (typeof value === 'object' && value !== null && !Array.isArray(value)) for (const inner of Object.keys(value)) bodies.push(JSON.stringify({ ...whole, [name]: { ...value, [inner]: wrong } }))
      }
    }
    bodies.push(JSON.stringify({ ...whole, materials: [...whole.materials, ...whole.materials] }), JSON.stringify({ ...whole, materials: [{ ...whole.materials[0], fileId: UNKNOWN_ID }] }), JSON.stringify({ ...whole, materials: [{ ...whole.materials[0], materialId: 'unknown' }] }))
    const before = await matters()
    let made = 0
    await each(bodies, async (body) => { if ((await bad('POST', '/api/v1/cases', { as: 'clerk', headers: JSON_TYPE, body })).status === 201) made += 1 })
    // What was refused left nothing behind; what was taken is there.
    expect(await matters()).toBe(before + made)
  })

  it('takes no wrong value in any field of any act', async () => {
    const accounts = ['clerk', 'reviewer', 'chief', 'head', 'cashier', 'sealkeeper', 'dispatcher', 'archivist', 'surveyor', 'applicant']
    const acts = Object.values(schemas).filter((schema) => schema['x-act'] !== undefined && schema['x-kind'] === 'case')
    expect(acts.length).toBeGreaterThan(35)
    await each(acts, async (schema) => {
      const act = schema['x-act']!
      let as = 'clerk'
      for (const account of accounts) {
        const answer = await bad('POST', `/api/v1/cases/${filed.caseNo}/acts`, { as: account, headers: JSON_TYPE, body: JSON.stringify({ act, revision: 999_999, input: {} }) })
        if (![401, 403, 404].includes(answer.status)) { as = account; break }
      }
      for (const [name] of Object.entries(resolved(schema)?.properties ?? {})) {
        for (const value of WRONG) await bad('POST', `/api/v1/cases/${filed.caseNo}/acts`, { as, headers: JSON_TYPE, body: JSON.stringify({ act, revision: 999_999, input: { [name]: value } }) })
      }
      await bad('POST', `/api/v1/cases/${filed.caseNo}/acts`, { as, headers: JSON_TYPE, body: JSON.stringify({ act, revision: 999_999, input: { surplus: 1 } }) })
    })
    for (const act of ['', 'x', '__proto__', 'constructor', 'toString', 'deemAccepted', 'timerElapsed']) await bad('POST', `/api/v1/cases/${filed.caseNo}/acts`, { as: 'clerk', headers: JSON_TYPE, body: JSON.stringify({ act, revision: 1, input: {} }) })
    for (const revision of [0, -1, 1.5, 2 ** 53, '1', null]) await bad('POST', `/api/v1/cases/${filed.caseNo}/acts`, { as: 'clerk', headers: JSON_TYPE, body: JSON.stringify({ act: 'accept', revision, input: {} }) })
    const { body } = await town.api<FiledView>('GET', `/api/v1/cases/${filed.caseNo}`, undefined, { as: 'clerk' })
    expect([body.revision, body.stage]).toEqual([1, 'submitted'])
  })
})

describe('every route', () => {
  it('takes no odd address in any of its parameters', async () => {
    const ODD = ['%00', '%ff', '%', '%zz', '..%2f..%2fetc%2fpasswd', 'a'.repeat(900), 'a'.repeat(3000), "'%20or%201=1--", '%F0%9F%98%80', '__proto__', 'constructor', '-1', '0', UNKNOWN_ID, '%20', '%E5%8A%9E'.repeat(50)]
    await each(routesWhere((route) => route.method === 'GET').flatMap((route) => paramsOf(route).flatMap((name) => ODD.map((odd) => ({ route, name, odd })))), async ({ route, name, odd }) => {
      await bad('GET', pathOf(route, name, odd), { as: accountFor(route), page: isPage(route) })
    })
  })

  it('takes no odd question', async () => {
    const ODD = ['page=0', 'page=-1', 'page=1e99', 'page=99999999999999999999', 'page=abc', 'page=1&page=2', 'page=', 'q=%00', 'q=%ff', 'q=%', `q=${'x'.repeat(5000)}`, 'q=a&q=b', '__proto__=1', '__proto__[a]=1', 'constructor=1', 'a[b][c]=1', '=', '&&&', 'lang=xx', 'lang=zh&lang=en', 'unknown=1', 'scope=all', 'stage=none', 'light=pink', 'from=-1&to=x', 'version=0', 'q=%27%22%3B--', 'q=%25_%5C', 'q=!%26%7C()%3A*', 'size=0', 'size=1e9', 'to=//evil.example', 'department=%F0%9F%98%80']
    await each(routesWhere((route) => route.method === 'GET').flatMap((route) => ODD.map((odd) => ({ route, odd }))), async ({ route, odd }) => {
      const answer = await bad('GET', `${pathOf(route)}?${odd}`, { as: accountFor(route), page: isPage(route) })
      if (/%ff|q=%$|__proto__=|constructor=/.test(odd) && answer.status < 300) throw new Error(`${route.path}?${odd} was taken`)
    })
  })

  it('takes no value outside its own parameters’ shapes', async () => {
    const calls = routesWhere((route) => route.method === 'GET' && route.kind !== 'page').flatMap((route) =>
      (paths[route.path.replace(/:(\w+)/g, '{$1}').replace('*', '{path}')]?.get?.parameters ?? []).filter((one) => one.in === 'query').flatMap(({ name }) => ['', '%00', '-1', '1e400', 'x'.repeat(2000), '[]', '%7B%7D', 'true', '%F0%9F%98%80'].map((value) => ({ route, query: `${name}=${value}` }))))
    expect(calls.length).toBeGreaterThan(50)
    await each(calls, async ({ route, query }) => { await bad('GET', `${pathOf(route)}?${query}`, { as: accountFor(route) }) })
  })

  it('that is guarded refuses no token, a forged one and one of another shape', async () => {
    const TOKENS = [undefined, `Bearer ${'A'.repeat(43)}`, 'Bearer x', `Bearer ${'x'.repeat(600)}`, 'Basic Y2xlcms6bWluZ3Rhbmc=', 'Bearer']
    await each(routesWhere((route) => !('open' in route.guard)).flatMap((route) => TOKENS.map((authorization) => ({ route, authorization }))), async ({ route, authorization }) => {
      const body = route.method === 'GET' || route.method === 'DELETE' ? {} : { body: '{}', headers: JSON_TYPE }
      const answer = await bad(route.method, pathOf(route), { ...body, headers: { ...body.headers, ...(authorization ? { authorization } : {}) }, page: isPage(route) })
      const expected = isPage(route) ? [303, 401, 403, 415, 422] : 'deferred' in route.guard ? [401, 404, 422] : [401]
      expect(expected, `${route.method} ${route.path} ${authorization ?? ''} → ${answer.status} ${answer.text.slice(0, 200)}`).toContain(answer.status)
    })
  })

  it('names what it does accept where the method is another', async () => {
    await each(town.running.routes, async (route) => {
      const own = new Set(town.running.routes.filter((one) => one.path.replace(/:\w+/g, ':') === route.path.replace(/:\w+/g, ':')).map((one) => one.method))
      for (const method of ['PATCH', 'PUT', 'DELETE', 'POST'] as const) {
        if (own.has(method as Route['method'])) continue
        const answer = await bad(method, pathOf(route), { page: isPage(route) })
        expect([answer.status, String(answer.headers.allow).split(', ').includes(route.method)], `${method} ${route.path}`).toEqual([405, true])
      }
    })
  })

  it('that changes something takes no cookie from another site', async () => {
    const cookie = `mt_session=${await town.signIn('clerk')}`
    await each(routesWhere((route) => route.method !== 'GET').flatMap((route) => ([{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'https://evil.example' }, { origin: 'null' }, {}] as Readonly<Record<string, string>>[]).map((headers) => ({ route, headers }))), async ({ route, headers }) => {
      const answer = await bad(route.method, pathOf(route), { headers: { cookie: cookie.replace('mt_session', sessionCookieName), ...JSON_TYPE, ...headers }, body: '{}', page: isPage(route) })
      expect(answer.status, `${route.method} ${route.path} ${JSON.stringify(headers)} ${answer.text.slice(0, 200)}`).toBe(403)
    })
  })

  it('takes no idempotency key of another shape', async () => {
    for (const key of ['x'.repeat(201), 'a b', 'ä', ' ', 'a\tb']) {
      const answer = await bad('POST', '/api/v1/cases', { as: 'clerk', headers: { ...JSON_TYPE, 'idempotency-key': key }, body: JSON.stringify(await applicationFor(town, 'food-business', 'clerk', { seed: 43 })) })
      expect(key.trim() === '' || answer.status === 422, `${key} → ${answer.status}`).toBe(true)
    }
  })

  it('answers in Chinese where no language can be made out', async () => {
    for (const language of ['', 'xx', ';;;', 'zh;q=zz', `${'en,'.repeat(10_00)}`, 'en;q=0', '*', 'en;q=-1']) {
      const answer = await send('GET', '/api/v1/items/none', { headers: { 'accept-language': language } })
      expect(answer.status, language.slice(0, 50)).toBe(404)
    }
  })

  it('a session that has ended is one no longer', async () => {
    const token = await town.signIn('operator')
    town.time.advance(5 * 3_600_000)
    const answer = await send('GET', '/api/v1/sessions/current', { headers: { authorization: `Bearer ${token}` } })
    expect(answer.status).toBe(401)
    town.forget()
  })
})

describe('what is not HTTP', () => {
  it('is answered and closed', async () => {
    const { connect } = await import('node:net')
    for (const bytes of ['GARBAGE\r\n\r\n', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 'POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n', 'POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n']) {
      const text = await new Promise<string>((resolve) => {
        const socket = connect(town.running.port, '127.0.0.1', () => socket.write(bytes))
        let got = ''
        socket.on('data', (part: Buffer) => { got += part.toString() })
        socket.on('close', () => resolve(got))
        socket.on('error', () => resolve(got))
      })
      expect(text).toMatch(/^HTTP\/1\.1 4\d\d /)
    }
  })
})

describe('after all of this', () => {
  it('nothing failed inside, and every matter is what its acts say', async () => {
    expect(town.logged.filter((line) => line.startsWith('failure'))).toEqual([])
    expect((await audit(town.open.house.db)).differences).toEqual([])
  })
})

const sessionCookieName = 'mt_session'
const matters = async (): Promise<number> => (await town.open.house.db.query<{ n: number }>('select count(*)::int as n from flow.matter'))[0]!.n
const resolved = (schema: Schema | undefined): Schema | undefined => (schema?.$ref ? schemas[schema.$ref.slice('#/components/schemas/'.length)] : schema)
