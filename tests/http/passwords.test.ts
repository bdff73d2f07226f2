import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTownServer, type TownServer } from './town-server.ts'

let town: TownServer
let personId: string
beforeAll(async () => {
  town = await startTownServer()
  const [officer] = await town.open.admin.query<{ id: string }>(`select id from org.person where staff_no = 'XC0073'`)
  personId = officer!.id
})
afterAll(async () => { await (town as TownServer | undefined)?.close() })

const FORM = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' }
const post = (path: string, fields: Readonly<Record<string, string>>, language = 'zh') => town.api('POST', path, undefined, { headers: { ...FORM, 'accept-language': language }, raw: new URLSearchParams(fields).toString() })
const signIn = async (password: string) => (await town.api('POST', '/api/v1/sessions', { username: 'newcomer', password }))

it('an officer’s first password opens nothing but the page where she chooses her own, and then the console', async () => {
  expect((await town.api('POST', '/api/v1/administration/accounts', { username: 'newcomer', password: 'from-the-secadmin-1', personId }, { as: 'secadmin' })).status).toBe(201)
  const refused = await signIn('from-the-secadmin-1')
  expect([refused.status, refused.body.code, refused.headers.get('set-cookie')]).toEqual([403, 'access/password-to-be-changed', null])

  const sent = await post('/sign-in?to=/console/', { username: 'newcomer', password: 'from-the-secadmin-1' })
  expect([sent.status, sent.headers.get('location')]).toEqual([303, '/new-password?to=%2Fconsole%2F&first=1'])
  const page = await town.api('GET', '/new-password?to=/console/&first=1', undefined, { headers: { accept: 'text/html' } })
  expect([page.status, page.text.includes('管理员设定'), page.headers.get('cache-control')]).toEqual([200, true, 'private, no-store'])

  const current = 'from-the-secadmin-1'
  for (const [fields, status, words] of [
    [{ current, next: 'hers-alone-2026', again: 'hers-alone-2027' }, 422, 'differ'], [{ current, next: 'short', again: 'short' }, 422, 'at least 10 characters'],
    [{ current, next: current, again: current }, 422, 'must differ from the old one'], [{ current: 'wrong', next: 'hers-alone-2026', again: 'hers-alone-2026' }, 401, 'is not right'],
  ] as const) {
    const answer = await post('/new-password?to=/console/&first=1', { username: 'newcomer', ...fields }, 'en')
    expect([answer.status, answer.text.includes(words), answer.text.includes('hers-alone')], answer.text).toEqual([status, true, false])
  }

  const done = await post('/new-password?to=/console/&first=1', { username: 'newcomer', current, next: 'hers-alone-2026', again: 'hers-alone-2026' })
  expect([done.status, done.headers.get('location')]).toEqual([303, '/console/'])
  const cookie = /mt_session=[^;]+/.exec(done.headers.get('set-cookie')!)![0]
  expect((await town.api('GET', '/api/v1/sessions/current', undefined, { headers: { cookie } })).status).toBe(200)
  expect([(await signIn(current)).status, (await signIn('hers-alone-2026')).status]).toEqual([401, 201])

  // Changed again, whoever was signed in elsewhere is out.
  await post('/new-password', { username: 'newcomer', current: 'hers-alone-2026', next: 'hers-again-2026', again: 'hers-again-2026' })
  expect((await town.api('GET', '/api/v1/sessions/current', undefined, { headers: { cookie } })).status).toBe(401)
})

it('neither page nor log nor security event holds a password', async () => {
  const events = await town.open.admin.query<{ all: string }>(`select coalesce(string_agg(e.detail::text || e.kind, ' '), '') as all from access.event e`)
  for (const text of [town.logged.join('\n'), events[0]!.all]) for (const secret of ['from-the-secadmin-1', 'hers-alone', 'hers-again']) expect(text.includes(secret)).toBe(false)
})
