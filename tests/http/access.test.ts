import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csrfOf } from '../../src/kernel/access/csrf.ts'
import { createOfficerAccount } from '../../src/kernel/access/accounts.ts'
import type { Route } from '../../src/kernel/http/types.ts'
import type { CaseView, FiledView } from '../../src/domains/cases/contract.ts'
import { applicationFor } from './applications.ts'
import { PASSWORD, type Document } from './client.ts'
import { startTownServer, type TownServer } from './town-server.ts'

/** The demo's own applicant. */
const NAME = '林晚照', ID_NUMBER = '110102189504120029', PHONE = '13900000001'
const OFFICERS = ['clerk', 'cashier', 'surveyor', 'dispatcher', 'archivist', 'sealkeeper', 'proxy', 'reviewer', 'reviewer2', 'chief', 'head', 'leader', 'publisher', 'secrecy', 'operator', 'inspector', 'appraiser', 'catalog', 'sysadmin', 'secadmin', 'auditadmin', 'tax'] as const
const ACCOUNTS = ['applicant', 'enterprise', ...OFFICERS]

let town: TownServer
let filed: FiledView
let fileId: string
let levelBefore: number
const UNKNOWN = '00000000-0000-4000-8000-000000000000'
const permissions = new Map<string, readonly string[]>()

beforeAll(async () => {
  town = await startTownServer()
  const [officer] = await town.open.admin.query<{ id: string }>(`select id from org.person where staff_no = 'XC0073'`)
  await createOfficerAccount(town.open.admin, { username: 'tax', password: PASSWORD, personId: officer!.id, at: town.time.now(), byAccountId: null })
  levelBefore = (await town.open.admin.query<{ level: number }>(`select real_name_level as level from access.account where username = 'applicant'`))[0]!.level
  const application = await applicationFor(town, 'dog', 'applicant', { kind: 'person', form: { guideDog: false } })
  fileId = application.materials[0]!.fileId!
  filed = await town.file('applicant', { ...application, applicant: { kind: 'person', name: NAME, idType: '111', idNumber: ID_NUMBER, phone: PHONE, address: '北京市西城区演示路88号' }, channel: 'online' })
  for (const account of ACCOUNTS) permissions.set(account, (await town.api<{ permissions: string[] }>('GET', '/api/v1/sessions/current', undefined, { as: account })).body.permissions)
})
afterAll(async () => { await (town as TownServer | undefined)?.close() })

const holdsPerson = (text: string): boolean => text.includes(ID_NUMBER) || text.includes(PHONE) || text.includes(NAME)
const pathOf = (route: Route): string => route.path.replace(':caseNo', filed.caseNo).replace(':act', 'withdraw').replace(':clockId', 'LIC.CORRECTION_NOTICE').replace(':fileId', fileId).replace(/:\w+|\*/g, '00000000-0000-4000-8000-000000000000')

describe('who may call what', () => {
  it('every guarded route with every account: 403 without the permission, and never with it', { timeout: 300_000 }, async () => {
    const wrong: string[] = []
    for (const route of town.running.routes) {
      if ('open' in route.guard || 'deferred' in route.guard || route.path === '/api/v1/events' || route.path === '/api/v1/sessions/current') continue
      for (const account of ACCOUNTS) {
        const { guard } = route
        const officer = account !== 'applicant' && account !== 'enterprise'
        const may = 'permission' in guard ? permissions.get(account)!.includes(guard.permission) : guard.signedIn === 'anyone' || (guard.signedIn === 'officer') === officer
        // What would be changed is asked for with nothing in it: only the guard answers 403 then.
        const answer = await town.api(route.method, pathOf(route), route.method === 'GET' || route.method === 'DELETE' ? undefined : {}, { as: account, headers: { accept: 'text/html' } })
        const refusedByGuard = answer.status === 403 && /您没有办理此事的权限|You may not do this/.test(answer.text)
        if (refusedByGuard === may || answer.status >= 500) wrong.push(`${account} ${route.method} ${route.path} → ${answer.status} ${answer.text.slice(0, 120)}`)
      }
    }
    expect(wrong).toEqual([])
  })
})

describe('who may change something without having signed in', () => {
  it('nobody but who signs in, registers, chooses a password, follows a case by its code or takes up an invitation', () => {
    const open = town.running.routes.filter(({ guard, method }) => 'open' in guard && method !== 'GET').map(({ method, path }) => `${method} ${path}`)
    expect(open.sort()).toEqual(['POST /api/v1/sessions', 'POST /invitation', 'POST /new-password', 'POST /register', 'POST /sign-in', 'POST /sign-out', 'POST /track', 'POST /track/end'])
  })

  it('what judges by itself is the acts alone, and each refuses who has not signed in', async () => {
    const deferred = town.running.routes.filter(({ guard }) => 'deferred' in guard)
    expect(deferred.map(({ method, path }) => `${method} ${path}`).filter((name) => !/^POST .*(\/acts|\/cases|\/drafts|\/changes)$/.test(name))).toEqual([])
    const whole = await applicationFor(town, 'dog', 'applicant', { kind: 'person', form: { guideDog: false } })
    const { commitment: _commitment, channel: _channel, ...draft } = whole
    for (const [path, body] of [['/api/v1/cases', whole], ['/api/v1/drafts', draft], [`/api/v1/cases/${filed.caseNo}/acts`, { act: 'withdraw', revision: 1, input: { reason: 'x' } }]] as const) expect([path, (await town.api('POST', path, body)).status]).toEqual([path, 401])
  })
})

describe('what is somebody’s own', () => {
  it('is found by nobody else who knows its id: case, draft, paper, file, receipt, message, hold', async () => {
    const { commitment: _commitment, channel: _channel, ...application } = await applicationFor(town, 'dog', 'applicant', { kind: 'person', form: { guideDog: false } })
    const draft = await town.api<FiledView>('POST', '/api/v1/drafts', application, { as: 'applicant' })
    const whole = await town.api<CaseView>('GET', `/api/v1/cases/${filed.caseNo}`, undefined, { as: 'applicant' })
    const paperId = whole.body.papers[0]!.id
    const hold = '5f0d5a53-3a39-4b7a-9f1e-2b7a7c6f1b00'
    expect((await town.api('PUT', `/api/v1/counter/holds/${hold}`, { itemCode: null, label: NAME, content: {} }, { as: 'clerk' })).status).toBe(200)
    const all = town.running.routes.filter(({ method, path }) => method === 'GET' && /:(caseNo|paperId|fileId|receiptId|id)\b/.test(path) && !path.startsWith('/api/v1/administration/') && !path.startsWith('/api/v1/receipts/') && !path.startsWith('/halls/'))
      .map(({ path }) => path.replace(':caseNo', path.startsWith('/apply/draft/') ? draft.body.caseNo : filed.caseNo).replace(':act', 'withdraw').replace(':clockId', 'LIC.CORRECTION_NOTICE').replace(':fileId', fileId).replace(':paperId', paperId).replace(':receiptId', filed.receipt.id).replace(':id', hold).replace(/:\w+/g, 'x'))
    expect(all.length).toBeGreaterThan(12)
    for (const path of all) {
      for (const account of ['enterprise', 'proxy']) {
        // The proxy sits at the counter and may read cases there; her colleague's desk is not hers.
        if (account === 'proxy' && !path.includes('/counter/')) continue
        const answer = await town.api('GET', path, undefined, { as: account, headers: { accept: 'text/html' } })
        const open = path.includes('/clocks/') && path.startsWith('/api/')
        expect([path, account, open || [403, 404].includes(answer.status), holdsPerson(answer.text)]).toEqual([path, account, true, false])
      }
    }
    const own = await town.api('GET', `/api/v1/cases/${filed.caseNo}/papers/${paperId}.pdf`, undefined, { as: 'applicant' })
    expect([own.status, own.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
    await town.open.admin.query('update notify.message set read_at = null where matter_no = $1', [filed.caseNo])
    const unread = async (): Promise<number> => (await town.open.admin.query<{ n: number }>(`select count(*)::int as n from notify.message m join access.party p on p.id = m.party_id where p.id_number = $1 and m.read_at is null`, [ID_NUMBER]))[0]!.n
    const before = await unread()
    const [message] = await town.open.admin.query<{ id: string }>(`select m.id from notify.message m join access.party p on p.id = m.party_id where p.id_number = $1 and m.read_at is null limit 1`, [ID_NUMBER])
    const token = await town.signIn('enterprise')
    await town.api('POST', '/my/messages/read', undefined, { headers: { cookie: `mt_session=${token}`, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }, raw: new URLSearchParams({ _csrf: csrfOf(token), id: message!.id }).toString() })
    expect([before > 0, await unread()]).toEqual([true, before])
    for (const [method, body] of [['PUT', { itemCode: null, label: 'x', content: {} }], ['DELETE', undefined]] as const) await town.api(method, `/api/v1/counter/holds/${hold}`, body, { as: 'proxy' })
    expect((await town.api<{ label: string }>('GET', `/api/v1/counter/holds/${hold}`, undefined, { as: 'clerk' })).body.label).toBe(NAME)
  })

  it('and nobody sets what is not theirs to set by naming it', async () => {
    const application = await applicationFor(town, 'dog', 'applicant', { kind: 'person', form: { guideDog: false } })
    for (const surplus of [{ stage: 'decided' }, { organisationId: UNKNOWN }, { partyIds: [UNKNOWN] }, { receivedOn: '2020-01-01' }, { decision: { outcome: 'grant' } }]) {
      const answer = await town.api('POST', '/api/v1/cases', { ...application, channel: 'online', ...surplus }, { as: 'applicant' })
      expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([422, `/${Object.keys(surplus)[0]}`])
    }
    const token = await town.signIn('applicant')
    const form = { cookie: `mt_session=${token}`, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }
    await town.api('POST', '/my/data', undefined, { headers: form, raw: new URLSearchParams({ _csrf: csrfOf(token), phone: PHONE, email: '', address: '', name: '别人', idNumber: '1', partyId: UNKNOWN, declared: 'false', real_name_level: '3' }).toString() })
    const [party] = await town.open.admin.query<{ name: string; level: number }>(`select p.name, a.real_name_level as level from access.account a join access.party p on p.id = a.party_id where a.username = 'applicant'`)
    expect(party).toEqual({ name: NAME, level: levelBefore })
  })

  it('nobody else who applies learns that the case exists', async () => {
    for (const route of town.running.routes.filter((one) => one.path.includes(':caseNo') && one.method === 'GET' && !('open' in one.guard))) {
      const answer = await town.api('GET', pathOf(route), undefined, { as: 'enterprise' })
      expect([route.path, answer.status]).toEqual([route.path, 'permission' in route.guard ? 403 : 404])
      expect(holdsPerson(answer.text)).toBe(false)
    }
    const act = await town.api('POST', `/api/v1/cases/${filed.caseNo}/acts`, { act: 'withdraw', revision: 1, input: {} }, { as: 'enterprise' })
    const none = await town.api('POST', '/api/v1/cases/MT0000000-2026-999999/acts', { act: 'withdraw', revision: 1, input: {} }, { as: 'enterprise' })
    expect([act.status, act.body.code]).toEqual([none.status, none.body.code])
    const list = await town.api<{ cases: Document[] }>('GET', '/api/v1/cases', undefined, { as: 'enterprise' })
    expect(list.body.cases.map((one) => one.caseNo)).not.toContain(filed.caseNo)
  })

  it('open routes show days and stages, and no person', async () => {
    for (const route of town.running.routes.filter((one) => 'open' in one.guard && one.method === 'GET')) {
      const answer = await town.api('GET', `${pathOf(route)}?caseNo=${filed.caseNo}&code=${filed.trackCode}&q=${encodeURIComponent(NAME)}`, undefined, { headers: { accept: 'text/html' } })
      // What was asked for stands in the page again; nothing else of hers may.
      expect([route.path, answer.text.includes(ID_NUMBER), answer.text.includes(PHONE)]).toEqual([route.path, false, false])
    }
    const tracked = await town.api<CaseView>('GET', `/api/v1/track?caseNo=${filed.caseNo}&code=${filed.trackCode}`)
    expect([tracked.body.masked, holdsPerson(tracked.text)]).toEqual([true, false])
    const explained = await town.api('GET', `/api/v1/cases/${filed.caseNo}/clocks/LIC.CORRECTION_NOTICE/explain`)
    expect(holdsPerson(explained.text)).toBe(false)
  })

  it('her own file is hers, and nobody names it in a case of theirs', async () => {
    for (const account of ['enterprise', ...OFFICERS]) expect([account, (await town.api('GET', `/api/v1/files/${fileId}`, undefined, { as: account })).status]).toEqual([account, 404])
    const application = await applicationFor(town, 'dog', 'enterprise', { kind: 'person', form: { guideDog: false } })
    const stolen = await town.api('POST', '/api/v1/cases', { ...application, materials: application.materials.map((material) => ({ ...material, fileId })), channel: 'online' }, { as: 'enterprise' })
    expect([403, 422]).toContain(stolen.status)
  })
})

describe('officers', () => {
  // At the counter (clerk, proxy), in the police's own posts, or over everything (leader, inspector, appraiser).
  const FULL: readonly string[] = ['clerk', 'proxy', 'surveyor', 'reviewer', 'reviewer2', 'chief', 'head', 'leader', 'inspector', 'appraiser']

  it('read persons by their post alone; the others see a masked case', async () => {
    const seen: [string, boolean][] = [], leaks: string[] = []
    for (const account of OFFICERS) {
      const answer = await town.api<CaseView>('GET', `/api/v1/cases/${filed.caseNo}`, undefined, { as: account })
      if (answer.status === 200) seen.push([account, !answer.body.masked])
      if (!FULL.includes(account) && holdsPerson(answer.text)) leaks.push(account)
      if (answer.body.masked && (answer.body.papers.length > 0 || answer.body.history.some((act) => act.person !== null))) leaks.push(`${account}: papers or names`)
    }
    expect(leaks).toEqual([])
    expect(seen.filter(([, full]) => full).map(([account]) => account).sort()).toEqual([...FULL].sort())
  })

  it('of another department find nothing of it in lists, files, papers or notices', async () => {
    for (const path of ['/api/v1/cases', `/api/v1/cases?q=${encodeURIComponent(NAME)}`, `/api/v1/cases?q=${ID_NUMBER}`, '/api/v1/tasks?scope=organisation', `/api/v1/cases/${filed.caseNo}/files/${fileId}`, `/api/v1/cases/${filed.caseNo}/notices`]) {
      for (const account of ['tax', 'publisher', 'secrecy', 'operator', 'catalog', 'sysadmin', 'secadmin', 'auditadmin', 'archivist']) {
        const answer = await town.api('GET', path, undefined, { as: account })
        // The archivist is of the centre: that a task of the centre concerns her stands on the centre's list.
        const named = path.startsWith('/api/v1/tasks') && account === 'archivist' ? answer.text.includes(ID_NUMBER) || answer.text.includes(PHONE) : holdsPerson(answer.text)
        expect([account, path, named], answer.text.slice(0, 300)).toEqual([account, path, false])
      }
    }
    for (const account of ['tax', 'publisher', 'secrecy', 'operator', 'catalog', 'sysadmin', 'secadmin', 'auditadmin', 'archivist']) {
      expect([account, (await town.api('POST', '/api/v1/counter/find', { q: ID_NUMBER }, { as: account })).status]).toEqual([account, 403])
    }
  })

  it('leave a record of every reading, and she sees who it was', async () => {
    const ofMaterials = async (): Promise<number> => {
      await town.open.house.reads.flush()
      return (await town.open.admin.query<{ n: number }>(`select count(*)::int as n from access.read_record r join access.party p on p.id = r.party_id where p.id_number = $1 and r.part = 'materials'`, [ID_NUMBER]))[0]!.n
    }
    const before = await ofMaterials()
    await town.api('GET', `/api/v1/cases/${filed.caseNo}`, undefined, { as: 'head' })
    await town.api('GET', `/api/v1/cases/${filed.caseNo}/files/${fileId}`, undefined, { as: 'reviewer2' })
    expect(await ofMaterials()).toBe(before + 1)
    const cookie = `mt_session=${await town.signIn('applicant')}`
    const page = await town.api('GET', '/my/data', undefined, { headers: { cookie } })
    expect(page.status).toBe(200)
    expect(page.text).toContain('谁看过我的资料')
    for (const reason of ['查看材料', '办理']) expect(page.text).toContain(reason)
    // A masked reading is none.
    const [{ masked }] = (await town.open.admin.query<{ masked: number }>(`select count(*)::int as masked from access.read_record r join access.account a on a.id = r.account_id where a.username = 'sysadmin'`)) as [{ masked: number }]
    expect(masked).toBe(0)
  })

  it('who examined does not decide, even where he holds that post too', async () => {
    const food = await town.file('clerk', await applicationFor(town, 'food-business', 'clerk', { seed: 61 }))
    const accepted = await town.act('clerk', food, 'accept')
    const reviewed = await town.act('reviewer', accepted, 'review', { opinion: '同意。' })
    const [second] = await town.open.admin.query<{ id: string }>(`select person_id as id from access.account where username = 'reviewer2'`)
    const surveyed = await town.act('surveyor', reviewed, 'survey', { opinion: '一致。', secondOfficer: second!.id })
    // The deputy head's post passes to the reviewer.
    const moved = await town.open.admin.query(`
      update org.holding h set person_id = p.id
        from org.post, org.organisation o, org.person p
       where post.id = h.post_id and o.id = post.organisation_id and h.cover = 'A' and post.code = 'HEAD-2' and o.code = $1 and p.staff_no = 'XC0008'
      returning h.id`, [surveyed.organisation.code])
    expect(moved.length).toBe(1)
    const refused = await town.api('POST', `/api/v1/cases/${food.caseNo}/acts`, { act: 'decide', revision: surveyed.revision, input: { outcome: 'grant' } }, { as: 'reviewer' })
    expect([refused.status, refused.body.code]).toEqual([403, 'flow/separation-of-duties'])
    const seen = await town.api<CaseView>('GET', `/api/v1/cases/${food.caseNo}`, undefined, { as: 'reviewer' })
    expect(seen.body.acts.map((offer) => offer.act)).not.toContain('decide')
  })
})
