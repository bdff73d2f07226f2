import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { createServer, type Server } from '../kernel/http/server.ts'
import { Redirect, route, type Route } from '../kernel/http/types.ts'
import { csrfOf, hashToken, isCsrf, SESSION_COOKIE } from '../kernel/access/csrf.ts'
import { createOrganisation, createSite } from '../kernel/org/commands.ts'
import type { CivilDay } from '../base/civil-day.ts'
import { createFrames, markup } from '../kit/portal/index.ts'
import { refusals } from '../base/refusal.ts'
import { scratch, type Scratch } from '../../tests/scratch.ts'
import { portalAccess, portalOrganisations } from './house-deps.ts'
import { localPath } from './open.ts'
import { portalPages } from './routes.tsx'
import { problemRenderer } from './problem-page.tsx'
import type { PortalDeps } from './deps.ts'
import { HomePage } from './home-page.tsx'

const url = 'http://portal.test'
const refuse = refusals('test', { 'no-such-case': { status: 404, zh: '编号或查询码不正确', en: 'Number or code is not right' } })
const frames = createFrames({ demo: true, site: { zh: '北京市西城区政务服务', en: 'Xicheng District Government Services' }, asset: (name) => `/${name}`, checkpoint: async () => ({ size: 12408, at: new Date('2026-03-02T01:00:00Z') }) })
// Pages of one's own, as other modules have them: one with a form, one with files, one with a secret.
const own = { method: 'POST', kind: 'page', rate: 'write', guard: { signedIn: 'applicant' }, summary: { zh: '试验', en: 'Trial' }, handle: async () => new Redirect('/my') } as const
const ownPages: Route[] = [
  route({ ...own, path: '/my/remark', body: z.object({}).loose() }), route({ ...own, path: '/my/paper', parseBody: false, rate: 'upload' }),
  route({ ...own, path: '/my/secret', secret: true, body: z.object({}).loose() }),
]
let town: Scratch
let server: Server
let siteId: string

beforeAll(async () => {
  town = await scratch(['db', 'org', 'access'])
  const note = { at: town.time.now(), byPersonId: null }
  const [validFrom, validTo] = ['2024-01-01' as CivilDay, null]
  const centre = await createOrganisation(town.admin, note, { code: '11110102MT00000225', name: { zh: '西城区政务服务中心', en: 'District Centre' }, shortName: { zh: '区中心', en: 'Centre' }, kind: 'centre', parentId: null, divisionCode: '110102', level: 4, address: '演示路2号', phoneConsult: '010-55500201', phoneComplaint: '', reconsiderationBody: '', court: '', validFrom, validTo })
  siteId = (await createSite(town.admin, note, { organisationId: centre.id, kind: 'centre', name: { zh: '西城区政务服务大厅', en: 'District Hall' }, address: '演示路2号', hours: { zh: '周一至周五 9:00–17:30', en: 'Mon–Fri 9:00–17:30' }, phone: '', divisionCode: '110102', longitude: null, latitude: null, uniformSign: true, uniformRules: true, uniformDress: true, barrierFree: true, validFrom, validTo })).id
  const deps: PortalDeps = {
    url, demo: true, frames,
    catalog: { countItems: async () => ({ all: 0, departments: [], targets: [], topics: [] }), findItemsOf: async () => [], exampleItems: async () => [], publishedCodes: async () => [{ code: 'A&B', since: '2026-01-01' as CivilDay }] },
    organisations: portalOrganisations(town.db, town.time), access: portalAccess(town.db, town.time), homeNumbers: null, logKey: async () => 'log.example+12345678+AAAA', logWords: { 'case.accept': { zh: '受理', en: 'Accept' } },
    annulledEntry: async () => null,
    trackCase: async ({ caseNo, trackCode }) => {
      if (trackCode !== 'GOODCODE22') throw refuse('no-such-case')
      return markup(<h1 safe>{`进度 ${caseNo}`}</h1>)
    },
  }
  server = await createServer({
    house: { url, db: town.db, time: town.time, log: () => undefined }, routes: [...portalPages(deps), ...ownPages], refusals: [], rates: false, renderProblem: problemRenderer(frames), signInPath: '/sign-in',
    sessions: { cookie: SESSION_COOKIE, hash: (token) => hashToken(token) ?? Buffer.alloc(32), findCaller: async () => ({ kind: 'anonymous' }), csrfToken: csrfOf, csrfMatches: isCsrf },
  })
})
afterAll(async () => {
  await server.close()
  await town.close()
})
const html = { accept: 'text/html', 'accept-language': 'zh-CN' }
const get = (path: string, cookie = '') => server.inject({ method: 'GET', url: path, headers: { ...html, cookie } })
const post = (path: string, fields: Record<string, string>) =>
  server.inject({ method: 'POST', url: path, headers: { ...html, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }, payload: new URLSearchParams(fields).toString() })

describe('pages', () => {
  test('home shows search, halls and the log’s line, and no numbers nobody counts', async () => {
    const page = await get('/')
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain('您要办什么事？')
    expect(page.body).toContain('西城区政务服务大厅')
    expect(page.body).toContain('第 12,408 号 · 签于 2026年3月2日 09:00')
    expect(page.body).not.toContain('本月办理')
  })
  test('the month’s share is never rounded up to a whole hundred', () => {
    const numbers = { since: '2026-03-01' as CivilDay, finished: 1999, onTimeShare: 0.9995, lights: { green: 4, yellow: 0, red: 3, black: 1 } }
    const body = markup(<HomePage frame={frames.bare({ language: 'zh', elder: false, path: '/' })} counts={{ all: 0, departments: [], targets: [], topics: [] }} examples={[]} sites={[]} subdistricts={0} numbers={numbers} />)
    expect(body).toContain('<span>99.9</span><small>%</small>')
  })
  test('departments, halls and their own pages; a code that is none is answered with a page that says so', async () => {
    expect((await get('/departments')).body).toContain('/departments/11110102MT00000225')
    expect((await get('/departments/11110102MT00000225')).body).toContain('演示路2号')
    expect((await get(`/halls/${siteId}`)).body).toContain('周一至周五 9:00–17:30')
    const lost = await get('/departments/none')
    expect(lost.statusCode).toBe(404)
    expect(lost.body).toContain('没有查到机构 none')
    expect(lost.body).toContain('portal/department-not-found')
    expect((await get(`/halls/${randomUUID()}`)).statusCode).toBe(404)
  })
  test('an address that does not exist offers the search', async () => {
    const page = await get('/nothing')
    expect(page.statusCode).toBe(404)
    expect(page.body).toContain('role="search"')
  })
  test('verify has the fields the island works on, and commands for who does not want ours', async () => {
    const { body } = await get('/verify')
    for (const id of ['receipt-file', 'receipt-text', 'verify-button', 'verify-result', 'proof-text', 'key-text']) expect(body).toContain(`id="${id}"`)
    expect(body).toContain('curl http://portal.test/log/checkpoint')
    expect(body).toContain('log.example+12345678+AAAA')
    expect(body).toContain('data-words="{&#34;case.accept&#34;:&#34;受理&#34;}"')
  })
  test('texts of the house, every page in English too', async () => {
    for (const path of ['/', '/departments', '/subdistricts', '/halls', '/track', '/verify', '/sign-in', '/sign-out', '/new-password', '/register', '/about', '/accessibility']) {
      const page = await get(path, 'mt_lang=en')
      expect(page.statusCode, path).toBe(200)
      expect(page.body, path).toContain('<html lang="en">')
      expect(page.body, path).not.toMatch(/ style=|undefined|\[object/)
    }
  })
})

describe('switches', () => {
  test('the language is kept in a cookie and the reader comes back', async () => {
    const answer = await get(`/language?to=en&back=${encodeURIComponent('/items?q=a')}`)
    expect(answer.statusCode).toBe(303)
    expect(answer.headers.location).toBe('/items?q=a')
    expect(answer.headers['set-cookie']).toContain('mt_lang=en')
  })
  test('no switch leads to another site', async () => {
    for (const back of ['https://evil.example', '//evil.example', '/\\evil.example', '/\r\nx']) expect((await get(`/language?to=zh&back=${encodeURIComponent(back)}`)).headers.location).toBe('/')
    expect(localPath(undefined)).toBe('/')
  })
  test('the elder edition takes a size and can be left', async () => {
    expect([(await get('/elder?to=30')).headers['set-cookie']].flat().join(' ')).toMatch(/mt_elder=1.*mt_elder_size=30/)
    expect((await get('/about', 'mt_elder=1; mt_elder_size=30')).body).toContain('class="elder elder-30"')
    expect((await get('/elder?to=off')).headers['set-cookie']).toContain('mt_elder=0')
  })
})

describe('accounts', () => {
  const applicant = { 'identity.name': '王芳', 'identity.idType': '111', 'identity.idNumber': '11010519491231002X', phone: '13800000000', username: 'wangfang', password: 'Tingyuan-2026', again: 'Tingyuan-2026' }
  test('who registers is signed in and led on; the cookie is out of reach of scripts', async () => {
    const answer = await post('/register?kind=person&to=%2Fitems', applicant)
    expect(answer.statusCode).toBe(303)
    expect(answer.headers.location).toBe('/items')
    expect(answer.headers['set-cookie']).toMatch(/^mt_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Expires=/)
  })
  test('what is wrong is said at its field, what was entered is kept, passwords are not', async () => {
    const answer = await post('/register?kind=person', { ...applicant, username: 'other', 'identity.idNumber': '110105194912310021' })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('href="#f-identity-idNumber"')
    expect(answer.body).toContain('value="王芳"')
    expect(answer.body).not.toContain('Tingyuan')
    expect((await post('/register', { ...applicant, again: 'x' })).body).toContain('两次输入的口令不同')
  })
  test('a name that is taken is said at the name', async () => {
    const answer = await post('/register', applicant)
    expect(answer.statusCode).toBe(409)
    expect(answer.body).toContain('<a href="#f-username">用户名“wangfang”已被使用</a>')
  })
  test('a wrong password is answered in the form, in the same words as an unknown name', async () => {
    const wrong = await post('/sign-in', { username: 'wangfang', password: 'nonsense' })
    const unknown = await post('/sign-in', { username: 'nobody', password: 'nonsense' })
    expect([wrong.statusCode, unknown.statusCode]).toEqual([401, 401])
    for (const answer of [wrong, unknown]) expect(answer.body).toContain('用户名或口令不正确')
  })
  test('signing in leads back, never to another site, and otherwise to one’s own affairs', async () => {
    const where = async (to: string) => (await post(`/sign-in?to=${encodeURIComponent(to)}`, { username: 'wangfang', password: 'Tingyuan-2026' })).headers.location
    expect([await where('/track'), await where('//evil.example'), await where('/')]).toEqual(['/track', '/my', '/my'])
  })
  test('a form from another site signs nobody out', async () => {
    const answer = await server.inject({ method: 'POST', url: '/sign-out', headers: { ...html, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site', cookie: `${SESSION_COOKIE}=${'a'.repeat(43)}` }, payload: '' })
    expect(answer.statusCode).toBe(403)
  })
})

describe('a form sent after its session ended', () => {
  const cookie = `${SESSION_COOKIE}=${'a'.repeat(43)}`
  const late = (path: string, type: string, payload: string) => server.inject({ method: 'POST', url: path, headers: { ...html, 'content-type': type, 'sec-fetch-site': 'same-origin', cookie }, payload })
  const remark = () => late('/my/remark', 'application/x-www-form-urlencoded', new URLSearchParams({ _csrf: 'old', remark: '“多余”的<引号>', 'validTo.year': '2027' }).toString())
  /** The hidden field as a browser would send it back. */
  const hidden = (page: string): string => /name="kept" value="([^"]*)"/.exec(page)![1]!.replaceAll('&#34;', '"').replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&#39;', "'").replaceAll('&amp;', '&')

  test('is answered by the sign-in, which carries what was typed; one press after it sends it on', async () => {
    const asked = await remark()
    expect([asked.statusCode, asked.headers['cache-control']]).toEqual([401, 'no-store'])
    expect(asked.body).toContain('登录已超时，您填写的内容没有丢')
    expect(asked.body).toContain(`name="_csrf" value="${csrfOf('a'.repeat(43))}"`)
    const wrong = await post('/sign-in?to=%2Fmy', { username: 'wangfang', password: 'nonsense', kept: hidden(asked.body) })
    expect(wrong.statusCode).toBe(401)
    const signed = await post('/sign-in?to=%2Fmy', { username: 'wangfang', password: 'Tingyuan-2026', kept: hidden(wrong.body) })
    expect([signed.statusCode, signed.headers['cache-control']]).toEqual([200, 'private, no-store'])
    const token = /^mt_session=([\w-]{43});/.exec(String(signed.headers['set-cookie']))![1]!
    expect(signed.body).toContain('action="/my/remark"')
    expect(signed.body).toContain(`name="_csrf" value="${csrfOf(token)}"`)
    expect(signed.body).toContain('name="remark" value="“多余”的<引号>"')
    expect(signed.body).toContain('name="validTo.year" value="2027"')
    expect(signed.body).not.toContain('value="old"')
    expect(signed.body).toContain('填写的 2 项内容都在')
  })
  test('with files: the words are kept, and it says that the files are not', async () => {
    const body = '--xx\r\ncontent-disposition: form-data; name="_csrf"\r\n\r\n' + csrfOf('a'.repeat(43)) + '\r\n--xx\r\ncontent-disposition: form-data; name="scope"\r\n\r\n代为提交\r\n--xx\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\ncontent-type: image/png\r\n\r\nPNG\r\n--xx--\r\n'
    const asked = await late('/my/paper', 'multipart/form-data; boundary=xx', body)
    expect(asked.statusCode).toBe(401)
    expect(asked.body).toContain('选好的文件没有保留')
    expect(JSON.parse(hidden(asked.body))).toEqual({ action: '/my/paper', multipart: true, fields: [['scope', '代为提交']] })
  })
  test('a form with a secret only leads to the sign-in; nothing of it comes back', async () => {
    const asked = await late('/my/secret', 'application/x-www-form-urlencoded', 'current=Tingyuan-2026')
    expect([asked.statusCode, asked.headers.location, asked.body]).toEqual([303, '/sign-in', ''])
  })
  test('what is no form of this site is not sent on', async () => {
    const kept = (action: string) => JSON.stringify({ action, multipart: false, fields: [['a', 'b']] })
    for (const text of [kept('https://evil.example/'), kept('//evil.example'), '{', '[]']) expect((await post('/sign-in', { username: 'wangfang', password: 'Tingyuan-2026', kept: text })).statusCode, text).toBe(422)
    expect((await server.inject({ method: 'POST', url: '/my/remark', headers: { ...html, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' }, payload: 'remark=x' })).statusCode).toBe(403)
  })
})

describe('tracking and machines', () => {
  test('a case is followed without its code in any address: a cookie of these pages carries it, until one stops', async () => {
    const found = await post('/track', { caseNo: ' xc-2026-000001 ', trackCode: 'goodcode22' })
    expect([found.statusCode, found.headers.location]).toEqual([303, '/track/case?no=XC-2026-000001'])
    const set = String(found.headers['set-cookie'])
    expect(set).toBe('mt_follow=XC-2026-000001:GOODCODE22; Path=/track; Max-Age=1800; HttpOnly; SameSite=Lax')
    const cookie = set.split(';')[0]!
    const page = await get('/track/case?no=XC-2026-000001', cookie)
    expect([page.statusCode, page.headers['cache-control']]).toEqual([200, 'private, no-store'])
    expect(page.body).toContain('进度 XC-2026-000001')
    expect(page.body).not.toContain('GOODCODE22')
    // Coming back from the days of a time limit, in the other language, or to another case.
    expect((await get('/track/case', `${cookie}; mt_lang=en`)).body).toContain('Stop following')
    expect((await get('/track/case?no=XC-2026-000002', cookie)).headers.location).toBe('/track')
    expect((await get('/track/case')).headers.location).toBe('/track')
    const ended = await post('/track/end', {})
    expect([ended.headers.location, ended.headers['set-cookie']]).toEqual(['/track', 'mt_follow=; Path=/track; Max-Age=0; HttpOnly; SameSite=Lax'])
  })
  test('a cookie that is broken or no longer right leads back to the form', async () => {
    for (const value of ['XC:WRONG', 'XC', '%E0%A4%A:x', ':']) expect((await get('/track/case', `mt_follow=${value}`)).headers.location, value).toBe('/track')
  })
  test('a case that is not found is said in the form; the code is not put back', async () => {
    const answer = await post('/track', { caseNo: 'XC-2026-000123', trackCode: 'SECRET' })
    expect(answer.statusCode).toBe(404)
    expect(answer.body).toContain('编号或查询码不正确')
    expect(answer.body).toContain('value="XC-2026-000123"')
    expect(answer.body).not.toContain('SECRET')
  })
  test('the site map names every public page, escaped; robots stay out of what is one’s own', async () => {
    const map = await get('/sitemap.xml')
    expect(map.headers['content-type']).toBe('application/xml; charset=utf-8')
    expect(map.body).toContain('<loc>http://portal.test/items/A%26B</loc><lastmod>2026-01-01</lastmod>')
    expect((await get('/robots.txt')).body).toContain('Disallow: /my\n')
    expect((await get('/seal.svg')).headers['content-type']).toBe('image/svg+xml')
  })
})
