import { request } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { csrfOf } from '../../src/kernel/access/csrf.ts'
import { audit } from '../../src/kernel/flow/audit.ts'
import type { Route } from '../../src/kernel/http/types.ts'
import type { FiledView } from '../../src/domains/cases/contract.ts'
import { applicationFor, itemOf } from './applications.ts'
import { startTownServer, type TownServer } from './town-server.ts'

/* What a browser, or somebody who speaks for one, may send to the portal's forms and to every route beside its body. */

/** Whom the account `applicant` is registered to. */
const OWN = { kind: 'person', name: '林晚照', idType: '111', idNumber: '110102189504120029', phone: '13900000001' } as const
let town: TownServer
let filed: FiledView
let draft: FiledView
beforeAll(async () => {
  town = await startTownServer()
  filed = await town.file('applicant', { ...(await applicationFor(town, 'dog', 'applicant', { kind: 'person', form: { guideDog: false } })), applicant: OWN, channel: 'online' })
  draft = await freshDraft()
})
afterAll(async () => { await (town as TownServer | undefined)?.close() })

const freshDraft = async (): Promise<FiledView> => {
  const { commitment: _commitment, channel: _channel, ...whole } = await applicationFor(town, 'dog', 'applicant', { kind: 'person', form: { guideDog: false } })
  const { body, status, text } = await town.api<FiledView>('POST', '/api/v1/drafts', { ...whole, applicant: OWN }, { as: 'applicant' })
  if (status !== 201) throw new Error(text)
  return body
}

/** How far her two cases are: what was refused moved neither. */
const revisions = async (): Promise<number[]> => Promise.all([draft, filed].map(async ({ caseNo }) => (await town.api<FiledView>('GET', `/api/v1/cases/${caseNo}`, undefined, { as: 'applicant' })).body.revision))

interface Raw { readonly status: number; readonly headers: Readonly<Record<string, string | string[] | undefined>>; readonly text: string }
interface Sending { readonly as?: string | undefined; readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Buffer; readonly bearer?: boolean }

/** As a browser with the account's cookie, from a page of ours. */
async function send(method: string, path: string, { as, headers = {}, body, bearer = false }: Sending = {}): Promise<Raw> {
  const token = as === undefined ? undefined : await town.signIn(as)
  const who: Readonly<Record<string, string>> = token === undefined ? {} : bearer ? { authorization: `Bearer ${token}` } : { cookie: `mt_session=${token}`, 'sec-fetch-site': 'same-origin' }
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: town.running.port, method, path, timeout: 60_000, headers: { ...who, ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }), ...headers } }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, text: Buffer.concat(parts).toString() }))
      answer.on('error', reject)
    })
    asked.on('timeout', () => asked.destroy(new Error(`${method} ${path}: no answer`)))
    asked.on('error', reject)
    asked.end(body)
  })
}

const AT_ONCE = 8
async function each<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const queue = [...all]
  await Promise.all(Array.from({ length: AT_ONCE }, async () => { for (let one = queue.shift(); one !== undefined; one = queue.shift()) await work(one) }))
}

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000'
const SAMPLES: Readonly<Record<string, () => string>> = {
  caseNo: () => filed.caseNo, code: () => itemOf(town, 'dog').code, act: () => 'withdraw', kind: () => 'application', materialId: () => 'application', clockId: () => 'LIC.CORRECTION_NOTICE', '*': () => 'checkpoint',
}
const pathOf = (route: Route): string => route.path.replace(/:(\w+)|\*/g, (whole, key: string | undefined) => encodeURIComponent(key === 'caseNo' && route.path.startsWith('/apply/draft/') ? draft.caseNo : SAMPLES[key ?? whole]?.() ?? UNKNOWN_ID))
const accountFor = ({ guard }: Route): string | undefined => ('open' in guard ? undefined : 'signedIn' in guard && guard.signedIn !== 'officer' ? 'applicant' : 'clerk')
const routesWhere = (holds: (route: Route) => boolean): Route[] => town.running.routes.filter((route) => route.path !== '/api/v1/events' && holds(route))
const postPages = (): Route[] => routesWhere((route) => route.kind === 'page' && route.method === 'POST')

const FORM = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' }
const tokenOf = async (route: Route): Promise<string> => { const as = accountFor(route); return as === undefined ? '' : `_csrf=${csrfOf(await town.signIn(as))}` }

let turn = 0
/** Chinese and English by turns: a page in that language, and never a failure. */
async function bad(method: string, path: string, more: Sending): Promise<Raw> {
  const language = turn++ % 2 === 0 ? 'zh' : 'en'
  const answer = await send(method, path, { ...more, headers: { ...more.headers, 'accept-language': language } })
  const what = `${method} ${path.slice(0, 200)} ${String(more.body ?? '').slice(0, 200)} → ${answer.status} ${answer.text.slice(0, 300)}`
  expect(answer.status, what).toBeLessThan(500)
  if (answer.status >= 400) {
    expect(answer.headers['content-type'], what).toMatch(/^text\/html/)
    expect(answer.text, what).toContain(`lang="${language === 'zh' ? 'zh-CN' : 'en'}"`)
  }
  return answer
}

describe('every form of the portal', () => {
  const TABLE: readonly { readonly what: string; readonly body: string | Buffer; readonly headers?: Readonly<Record<string, string>>; readonly status: readonly number[] }[] = [
    // Several are sent at once: a page of the one draft may find that another was quicker.
    { what: 'JSON instead', body: '{"a":1}', headers: { 'content-type': 'application/json' }, status: [303, 401, 403, 404, 409, 415, 422] },
    { what: 'XML', body: '<a/>', headers: { 'content-type': 'application/xml' }, status: [415] },
    { what: 'GB 18030', body: Buffer.from([0x61, 0x3d, 0xd6, 0xd0]), headers: { 'content-type': 'application/x-www-form-urlencoded; charset=gb18030' }, status: [400, 415] },
    { what: 'Latin-1 bytes', body: Buffer.from('a=M\xfcller', 'latin1'), status: [400, 415] },
    { what: 'percent signs of GBK', body: 'a=%D6%D0', status: [400, 415] },
    { what: 'a broken percent sign', body: 'a=%zz', status: [400, 415] },
    { what: 'half a surrogate', body: 'a=%ED%A0%80', status: [400, 415] },
    { what: 'a key of a prototype', body: '__proto__.admin=1', status: [400, 415] },
    { what: 'a nested key of a prototype', body: 'a[constructor][prototype]=1', status: [400, 415] },
    { what: 'a name twice', body: 'a=1&a=2', status: [400, 415] },
    { what: 'a nesting too deep', body: `${'a.'.repeat(40)}a=1`, status: [400, 415] },
    { what: 'too many fields', body: Array.from({ length: 3000 }, (_one, i) => `f${i}=1`).join('&'), status: [400, 415] },
    { what: 'too large', body: `a=${'x'.repeat(1024 * 1024)}`, status: [413, 415] },
  ]

  it('answers each kind of bad body by a page', async () => {
    expect(postPages().length).toBeGreaterThan(10)
    await each(postPages().flatMap((route) => TABLE.map((row) => ({ route, row }))), async ({ route, row }) => {
      const answer = await bad(route.method, pathOf(route), { as: accountFor(route), headers: { ...FORM, ...row.headers }, body: row.body })
      expect(row.status, `${route.path}: ${row.what} → ${answer.status} ${answer.text.slice(0, 200)}`).toContain(answer.status)
    })
  })

  const WRONG: readonly string[] = ['', '%20', 'x'.repeat(5000), '%00', '-1', '1e400', '99999999999999999999', 'true', '2026-02-30', '..%2f..%2fetc%2fpasswd', "'%3B--", '%3Cscript%3Ealert(1)%3C%2Fscript%3E', '%F0%9F%98%80', '%E2%80%AE%E2%80%8B', '//evil.example']

  it('takes no wrong value in any field, and gives no markup back that was sent', async () => {
    const calls: { route: Route; body: string }[] = []
    for (const route of postPages().filter((one) => one.body !== undefined && one.path !== '/sign-out')) {
      const { properties = {} } = z.toJSONSchema(route.body!, { io: 'input', unrepresentable: 'any' }) as { properties?: Record<string, { properties?: object }> }
      const names = Object.entries(properties).flatMap(([name, inner]) => [name, `${name}[]`, `${name}.x`, ...Object.keys(inner.properties ?? {}).map((one) => `${name}.${one}`)])
      for (const name of [...names, 'surplus', 'form.x', 'revision', '_key']) for (const value of WRONG) calls.push({ route, body: `${await tokenOf(route)}&${name}=${value}` })
    }
    expect(calls.length).toBeGreaterThan(500)
    await each(calls, async ({ route, body }) => {
      const answer = await bad(route.method, pathOf(route), { as: accountFor(route), headers: FORM, body })
      // Within the quotes of an attribute it is text.
      expect(answer.text.replace(/"[^"]*"/g, '""').includes('<script>alert'), `${route.path} ${body}`).toBe(false)
      expect(String(answer.headers.location ?? ''), `${route.path} ${body}`).not.toMatch(/^(https?:)?\/\//)
    })
  })

  it('with a session demands that session’s token, in every body it reads', async () => {
    const of = csrfOf(await town.signIn('clerk'))
    const before = await revisions()
    await each(postPages().filter((route) => !('open' in route.guard)).flatMap((route) => ['', '_csrf=', '_csrf=x', `_csrf=${of}`, '_csrf[]=a&_csrf[]=b', '_csrf.a=1'].map((body) => ({ route, body }))), async ({ route, body }) => {
      const answer = route.parseBody === false
        ? await bad(route.method, pathOf(route), { as: accountFor(route), headers: { 'content-type': 'multipart/form-data; boundary=xx', accept: 'text/html' }, body: `--xx\r\ncontent-disposition: form-data; name="_csrf"\r\n\r\n${body.slice(6)}\r\n--xx--\r\n` })
        : await bad(route.method, pathOf(route), { as: accountFor(route), headers: FORM, body })
      // A step that this draft does not have is answered by the way on, without reading what was sent.
      expect(route.parseBody === false ? [303, 403, 404] : [403, 404], `${route.path} ${body} → ${answer.status}`).toContain(answer.status)
    })
    expect(await revisions()).toEqual(before)
  })

  it('with parts reads no part that is not one', async () => {
    const part = (head: string, value: string): string => `--xx\r\n${head}\r\n\r\n${value}\r\n`
    const BODIES: readonly string[] = [
      '', 'x', '--xx--\r\n', '--xx\r\n', `--xx\r\ncontent-disposition: form-data\r\n\r\nx\r\n--xx--\r\n`,
      `${part('content-disposition: form-data; name="__proto__"', 'x')}--xx--\r\n`, `${part('content-disposition: form-data; name="constructor"', 'x')}--xx--\r\n`,
      `${part('content-disposition: form-data; name="a"', '1')}${part('content-disposition: form-data; name="a"', '2')}--xx--\r\n`,
      `${part('content-disposition: form-data; name="a"', 'x'.repeat(70_000))}--xx--\r\n`, `${part(`content-disposition: form-data; name="${'n'.repeat(300)}"`, 'x')}--xx--\r\n`,
      `${part('content-disposition: form-data; name="file-application"; filename=""', '')}--xx--\r\n`, `${part('content-disposition: form-data; name="a"\r\ncontent-transfer-encoding: base64', '!!!!')}--xx--\r\n`,
      `${Array.from({ length: 200 }, (_one, i) => part(`content-disposition: form-data; name="f${i}"`, '1')).join('')}--xx--\r\n`,
      `${Array.from({ length: 60 }, (_one, i) => part(`content-disposition: form-data; name="f${i}"; filename="a"`, '')).join('')}--xx--\r\n`,
      `--xx\r\n${Array.from({ length: 3000 }, (_one, i) => `x-${i}: y`).join('\r\n')}\r\n\r\nx\r\n--xx--\r\n`,
    ]
    const routes = routesWhere((route) => route.parseBody === false)
    expect(routes.length).toBeGreaterThan(1)
    const before = await revisions()
    await each(routes.flatMap((route) => BODIES.map((body) => ({ route, body }))), async ({ route, body }) => {
      const answer = await send(route.method, pathOf(route), { as: accountFor(route), headers: { 'content-type': 'multipart/form-data; boundary=xx', accept: 'text/html' }, body })
      expect(answer.status === 303 || (answer.status >= 400 && answer.status < 500), `${route.path} ${body.slice(0, 120)} → ${answer.status} ${answer.text.slice(0, 200)}`).toBe(true)
    })
    expect(await revisions()).toEqual(before)
  })
})

it('of a file’s path only the last name is kept', async () => {
  const body = '--xx\r\ncontent-disposition: form-data; name="file"; filename="../../etc/passwd"\r\ncontent-type: application/pdf\r\n\r\n%PDF-1.4\r\n--xx--\r\n'
  const answer = await send('POST', '/api/v1/files', { as: 'clerk', bearer: true, headers: { 'content-type': 'multipart/form-data; boundary=xx' }, body })
  expect([answer.status, (JSON.parse(answer.text) as { name: string }).name]).toEqual([201, 'passwd'])
})

describe('every route', () => {
  const HEADERS: readonly Readonly<Record<string, string>>[] = [
    { cookie: 'x'.repeat(7000) }, { cookie: 'mt_session=' }, { cookie: 'mt_session=%00; mt_lang=%' }, { cookie: `mt_session=${'A'.repeat(43)}; mt_session=${'B'.repeat(43)}` }, { cookie: 'mt_session="a";;=;mt_elder=<script>' }, { cookie: 'mt_lang=__proto__' },
    { 'if-match': '"x"', 'if-none-match': '*' }, { 'if-none-match': `${'W/"a",'.repeat(500)}` }, { 'if-modified-since': 'yesterday' }, { range: 'bytes=5-1' }, { range: 'bytes=0-0,1-1' }, { range: `bytes=${'0-1,'.repeat(400)}` },
    { accept: 'application/xml' }, { accept: ';;;' }, { 'accept-encoding': 'gzip;q=x, br;q=-1, *;q=0' }, { 'accept-language': `${'en;q=0.1,'.repeat(300)}` }, { 'x-forwarded-for': '1.2.3.4, <script>', 'x-forwarded-proto': 'gopher', 'x-forwarded-host': 'evil.example' },
    { 'x-http-method-override': 'DELETE' }, { origin: 'null' }, { referer: 'http://evil.example/\u00e9' }, { authorization: 'Bearer' }, { authorization: 'Digest x' }, { host: 'evil.example' }, { host: '' }, { 'content-type': 'application/json' }, { 'user-agent': '\u00ff'.repeat(500) },
  ]
  it('takes any header, and none of them into its answer', async () => {
    await each(routesWhere((route) => route.method === 'GET').flatMap((route) => HEADERS.map((headers) => ({ route, headers }))), async ({ route, headers }) => {
      const account = accountFor(route)
      const answer = await send('GET', pathOf(route), { ...(headers.cookie || headers.authorization ? {} : { as: account, bearer: true }), headers })
      const what = `${route.path} ${JSON.stringify(headers).slice(0, 100)} → ${answer.status} ${answer.text.slice(0, 300)}`
      expect(answer.status, what).toBeLessThan(500)
      expect(/evil\.example/.test(`${answer.text}${String(answer.headers.location ?? '')}`), what).toBe(false)
    })
  })

  it('answers HEAD as GET without a body, and a GET that brings one', async () => {
    await each(routesWhere((route) => route.method === 'GET'), async (route) => {
      const as = accountFor(route)
      const [head, get, withBody] = [await send('HEAD', pathOf(route), { as, bearer: true }), await send('GET', pathOf(route), { as, bearer: true }), await send('GET', pathOf(route), { as, bearer: true, headers: { 'content-type': 'application/json' }, body: '{"a":' })]
      expect([head.status, head.text], `HEAD ${route.path}`).toEqual([get.status, ''])
      expect([get.status, 400, 415], `GET ${route.path} with a body → ${withBody.status}`).toContain(withBody.status)
    })
  })

  it('takes no compressed body, and none whose length is another', async () => {
    await each(routesWhere((route) => route.body !== undefined), async (route) => {
      const as = accountFor(route)
      const answer = await send(route.method, pathOf(route), { as, bearer: as !== undefined, headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' }, body: Buffer.from('1f8b0800', 'hex') })
      expect(answer.status >= 400 && answer.status < 500, `${route.method} ${route.path} → ${answer.status} ${answer.text.slice(0, 200)}`).toBe(true)
    })
  })

  it('shows a reader’s own pages and data to nobody’s cache', async () => {
    await each(routesWhere((route) => route.method === 'GET' && !('open' in route.guard)), async (route) => {
      const answer = await send('GET', pathOf(route), { as: accountFor(route) })
      expect(String(answer.headers['cache-control']), `${route.path} ${answer.status}`).toMatch(/no-store/)
    })
  })
})

describe('one connection', () => {
  /** Writes and gives what came until the other side closed: the last request asks for that. */
  const talk = (bytes: string | Buffer): Promise<string> => new Promise((resolve, reject) => {
    const socket = connect(town.running.port, '127.0.0.1', () => socket.write(bytes))
    let got = ''
    socket.on('data', (part: Buffer) => { got += part.toString('latin1') })
    socket.on('close', () => resolve(got))
    socket.on('error', reject)
  })

  it('with twenty requests at once gets twenty answers in their order', async () => {
    const paths = Array.from({ length: 20 }, (_one, i) => (i % 2 === 0 ? '/healthz' : '/api/v1/items/none'))
    const got = await talk(paths.map((path, i) => `GET ${path} HTTP/1.1\r\nhost: a\r\n${i === 19 ? 'connection: close\r\n' : ''}\r\n`).join(''))
    expect([...got.matchAll(/HTTP\/1\.1 (\d+)/g)].map((match) => match[1])).toEqual(paths.map((path) => (path === '/healthz' ? '200' : '404')))
  })

  it('cannot smuggle a second request in the body of the first', async () => {
    const inner = 'GET /metrics HTTP/1.1\r\nhost: a\r\n\r\n'
    const last = 'GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n'
    const got = await talk(`POST /api/v1/sessions HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${inner.length}\r\n\r\n${inner}${last}`)
    expect([...got.matchAll(/HTTP\/1\.1 (\d+)/g)].map((match) => match[1])).toEqual(['400', '200'])
  })

  it('that goes away in the middle of a body leaves no trace', async () => {
    await Promise.all(Array.from({ length: 20 }, () => new Promise<void>((resolve) => {
      const socket = connect(town.running.port, '127.0.0.1', () => {
        socket.write('POST /api/v1/sessions HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"username":', () => { socket.destroy(); resolve() })
      })
      socket.on('error', () => resolve())
    })))
    expect((await send('GET', '/readyz')).status).toBeLessThan(504)
  })
})

describe('after all of this', () => {
  it('nothing failed inside, nothing was logged of it, and every matter is what its acts say', async () => {
    expect(town.logged.filter((line) => !line.startsWith('migrating '))).toEqual([])
    expect((await audit(town.open.house.db)).differences).toEqual([])
  })
})
