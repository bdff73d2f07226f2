import { afterAll, beforeAll, expect, test } from 'vitest'
import { scratch, type Scratch } from '../../../tests/scratch.ts'
import { createOfficerAccount } from '../../kernel/access/accounts.ts'
import type { Caller } from '../../kernel/access/types.ts'
import { openReadRecords } from '../../kernel/access/read-records.ts'
import { loadCalendar } from '../../kernel/calendar/store.ts'
import type { Calendar } from '../../kernel/calendar/types.ts'
import { CLOCK_RULES } from '../../kernel/clock/rules.ts'
import { loadRules, upsertClockRules } from '../../kernel/clock/rule-store.ts'
import type { House } from '../../kernel/house.ts'
import { createServer, type Server } from '../../kernel/http/server.ts'
import { OrganisationDirectory } from '../../kernel/org/directory.ts'
import { upsertRoles, ROLES } from '../../kernel/org/roles.ts'
import { administrationRoutes } from './routes.ts'
import type { AccountView, CalendarOverview, CalendarYear, ClockRuleView, DueAnswerView, HealthView, OrganisationView, PostView, SecurityEventView, UncoveredView } from './contract.ts'

// The database is real; who calls is the port's fake, so that each administrator is exactly her role.
const ACCOUNT = '00000000-0000-4000-8000-000000000001', PERSON = '00000000-0000-4000-8000-000000000002'
const USCC = '11110102MT0000014A'
let base: Scratch
let server: Server
let calendar: Calendar
beforeAll(async () => {
  base = await scratch('all')
  await upsertRoles(base.admin)
  await upsertClockRules(base.admin)
  // Whoever changes something is named in the history: the caller is a person with an account.
  await base.admin.query(`insert into org.person (id, name_zh, name_en, staff_no, phone, email, valid_from) values ($1, '管理员', 'Administrator', 'ADM-1', '', '', '2020-01-01')`, [PERSON])
  await createOfficerAccount(base.db, { id: ACCOUNT, username: 'administrator', password: 'Long-enough-2026!', personId: PERSON, at: base.time.now(), byAccountId: null })
  calendar = await loadCalendar(base.db)
  const organisations = new OrganisationDirectory()
  const clockRule = await loadRules(base.db)
  const house = { url: 'http://localhost:8080', db: base.db, time: base.time, calendar: () => calendar, clockRule, organisations, reads: openReadRecords(base.db), log: () => undefined, reload: async () => { calendar = await loadCalendar(base.db); await organisations.refresh(base.db) } } as unknown as House
  const findCaller = async (hash: Buffer): Promise<Caller> => {
    const role = ROLES.find((one) => one.code === hash.toString())
    return role ? { kind: 'officer', accountId: ACCOUNT, sessionId: 's', personId: PERSON, name: role.name.zh, posts: [], authorisations: [], permissions: role.permissions } : { kind: 'anonymous' }
  }
  server = await createServer({ house, routes: administrationRoutes(house), refusals: [], rates: false, sessions: { cookie: 'mt_session', hash: (token) => Buffer.from(token), findCaller, csrfToken: () => '', csrfMatches: () => false } })
}, 120_000)
afterAll(async () => {
  await server?.close()
  await base?.close()
})

async function call<T>(role: string, method: 'GET' | 'POST', path: string, body?: unknown): Promise<{ status: number; body: T & { code?: string } }> {
  const answer = await server.inject({ method, url: `/api/v1/administration/${path}`, headers: { authorization: `Bearer ${role}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) })
  return { status: answer.statusCode, body: (answer.body === '' ? {} : answer.json()) as T & { code?: string } }
}

test('the calendar: horizon, a year day by day, and a due day counted by hand', async () => {
  expect((await call<CalendarOverview>('clerk', 'GET', 'calendar')).body).toMatchObject({ horizon: '2026-12-31', provisionalClocks: 0, today: '2026-03-02' })
  const { body: year } = await call<CalendarYear>('clerk', 'GET', 'calendar/years/2026')
  expect(year.days).toHaveLength(365)
  expect(year.days.find((day) => day.date === '2026-10-01')).toMatchObject({ kind: 'holiday', working: false, name: { zh: '国庆节' } })
  expect((await call('clerk', 'GET', 'calendar/years/2099')).body.code).toBe('administration/no-year')
  // Monday 2 March 2026 is day zero: five working days end on Monday 9 March.
  const { body: due } = await call<DueAnswerView>('clerk', 'GET', 'calendar/due?from=2026-03-02&workingDays=5')
  expect([due.due, due.days.filter((day) => day.counted).length, due.days.length]).toEqual(['2026-03-09', 5, 8])
  expect((await call('clerk', 'GET', 'calendar/due?from=2026-03-02&workingDays=5&months=1')).body.code).toBe('calendar/bad-query')
})

test('a notice is imported by the system administrator alone, and a file that is none is refused', async () => {
  expect((await call('clerk', 'POST', 'calendar/notices', { content: '{}' })).status).toBe(403)
  expect((await call('sysadmin', 'POST', 'calendar/notices', { content: 'not json' })).body.code).toBe('calendar/not-json')
})

test('clock rules stand beside their articles with the clocks that run by them', async () => {
  const { body } = await call<{ rules: ClockRuleView[] }>('clerk', 'GET', 'clock-rules')
  expect(body.rules).toHaveLength(CLOCK_RULES.length)
  expect(body.rules.find((rule) => rule.code === 'LIC.DECIDE')).toMatchObject({ amount: 20, unit: 'workingDay', article: '行政许可法 第四十二条第一款', running: 0, suspended: 0 })
})

test('an organisation, a post, nobody in it, then a person: the alarm goes out', async () => {
  const days = { validFrom: '2026-01-01' }
  const { body: organisation } = await call<{ id: string }>('sysadmin', 'POST', 'organisations', { code: USCC, name: { zh: '政务服务中心', en: 'Centre' }, kind: 'centre', divisionCode: '110102', level: 4, ...days })
  expect(organisation).toEqual({ id: expect.any(String) })
  const { body: post } = await call<{ id: string }>('sysadmin', 'POST', 'posts', { organisationId: organisation.id, code: 'C-1', name: { zh: '一号窗口', en: 'Window 1' }, role: 'clerk', ...days })
  const { body: person } = await call<{ id: string }>('sysadmin', 'POST', 'people', { name: { zh: '赵清和', en: 'Zhao' }, staffNo: 'A-1', ...days })
  const uncovered = async () => (await call<{ posts: UncoveredView[] }>('clerk', 'GET', 'posts/uncovered')).body.posts.map((one) => [one.code, one.why])
  expect(await uncovered()).toEqual([['C-1', 'vacant']])
  // Appointing is the security administrator's, not the system administrator's (三员分立).
  const holding = { postId: post.id, personId: person.id, cover: 'A', ...days }
  expect((await call('sysadmin', 'POST', 'holdings', holding)).status).toBe(403)
  expect((await call('secadmin', 'POST', 'holdings', holding)).status).toBe(201)
  expect(await uncovered()).toEqual([])
  expect((await call('sysadmin', 'POST', 'leaves', { personId: person.id, kind: 'annual', validFrom: '2026-03-02', validTo: '2026-03-06' })).status).toBe(201)
  expect(await uncovered()).toEqual([['C-1', 'away']])
  expect((await call<{ organisations: OrganisationView[] }>('clerk', 'GET', 'organisations')).body.organisations.map((one) => one.name.zh)).toEqual(['政务服务中心'])
  const { body } = await call<{ posts: PostView[] }>('clerk', 'GET', `posts?organisationId=${organisation.id}`)
  expect(body.posts[0]!.holders).toMatchObject([{ name: { zh: '赵清和' }, cover: 'A', away: true, acts: false }])
  expect((await call('sysadmin', 'POST', `posts/${post.id}/closure`, { lastDay: '2026-03-02' })).body.code).toBe('org/still-in-use')
})

test('accounts are the security administrator’s, events the audit administrator’s, and neither sees the other’s', async () => {
  const { body: people } = await call<{ people: { id: string }[] }>('clerk', 'GET', 'people?q=赵')
  expect((await call('secadmin', 'POST', 'accounts', { username: 'zhao', password: 'short', personId: people.people[0]!.id })).body.code).toBe('access/weak-password')
  expect((await call('secadmin', 'POST', 'accounts', { username: 'zhao', password: 'Window-one-2026!', personId: people.people[0]!.id })).status).toBe(201)
  const { body } = await call<{ accounts: AccountView[]; total: number }>('secadmin', 'GET', 'accounts?q=zhao')
  expect(body).toMatchObject({ total: 1, accounts: [{ username: 'zhao', kind: 'officer', name: '赵清和', status: 'active', lockedUntil: null }] })
  expect((await call('secadmin', 'POST', `accounts/${body.accounts[0]!.id}/status`, { status: 'disabled' })).status).toBe(204)
  expect((await call('secadmin', 'POST', `accounts/${ACCOUNT}/status`, { status: 'disabled' })).body.code).toBe('administration/own-account')
  expect((await call('sysadmin', 'GET', 'accounts')).status).toBe(403)
  expect((await call('secadmin', 'GET', 'security-events')).status).toBe(403)
  const { body: events } = await call<{ events: SecurityEventView[] }>('auditadmin', 'GET', 'security-events')
  expect(events.events.map((event) => [event.kind, event.username])).toEqual([['accountDisabled', 'zhao'], ['accountCreated', 'zhao'], ['accountCreated', 'administrator']])
  expect((await call('auditadmin', 'GET', 'read-records')).body).toEqual({ reads: [] })
})

test('health is told to those who may read jobs', async () => {
  expect((await call('clerk', 'GET', 'health')).status).toBe(403)
  const { body } = await call<HealthView>('sysadmin', 'GET', 'health')
  expect(body.ledger).toEqual({ origin: null, size: 0, pending: 0, published: 0, checkpointAt: null })
  expect(body.checks.filter((check) => !check.ok)).toEqual([])
  expect(body.jobs).toMatchObject({ queued: 0, failed: 0 })
})
