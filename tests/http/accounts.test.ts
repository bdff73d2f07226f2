import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OnlineAccountView, FoundAccount } from '../../src/domains/cases/account-contract.ts'
import type { CaseView, DraftInput, FiledView, FoundDraft } from '../../src/domains/cases/contract.ts'
import { csrfOf } from '../../src/kernel/access/csrf.ts'
import { registerApplicant } from '../../src/kernel/access/accounts.ts'
import { applicationFor, itemOf } from './applications.ts'
import { PASSWORD, type Answer } from './client.ts'
import { startTownServer, type TownServer } from './town-server.ts'

/* Begun online, continued at the counter, and the other way round; and an agent of two principals. Numbers of people born in the 1880s. */

const YU = { kind: 'person', idType: '111', idNumber: '11010218850505003X', name: '俞白露' } as const
const SHEN = { kind: 'person', idType: '111', idNumber: '110102188001010026', name: '沈惊蛰' } as const
const PRINCIPAL = { kind: 'person', idType: '414', idNumber: 'E12345678', name: '陆立春' } as const

interface Found { readonly accounts: FoundAccount[]; readonly drafts: FoundDraft[]; readonly cases: { caseNo: string }[] }
let town: TownServer
beforeAll(async () => { town = await startTownServer() })
afterAll(async () => { await (town as TownServer | undefined)?.close() })

const register = (username: string, identity: typeof YU | typeof SHEN, phone: string) => registerApplicant(town.open.house.db, { username, password: PASSWORD, identity, phone, at: town.time.now() })
const find = async (q: string, as = 'clerk') => (await town.api<Found>('POST', '/api/v1/counter/find', { q }, { as })).body
const post = <T = OnlineAccountView>(path: string, body: object, as = 'clerk'): Promise<Answer<T>> => town.api<T>('POST', `/api/v1/counter/accounts/${path}`, body, { as })
const mine = async (as: string): Promise<string[]> => (await town.api<{ cases: { caseNo: string }[] }>('GET', '/api/v1/cases', undefined, { as })).body.cases.map(({ caseNo }) => caseNo)
/** A page of hers, as a browser without script posts it. */
async function page(as: string, path: string, fields?: Readonly<Record<string, string>>): Promise<Answer<unknown>> {
  const token = await town.signIn(as)
  const headers = { cookie: `mt_session=${token}`, accept: 'text/html', 'sec-fetch-site': 'same-origin', ...(fields ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) }
  return town.api(fields ? 'POST' : 'GET', path, undefined, { headers, ...(fields ? { raw: new URLSearchParams({ _csrf: csrfOf(token), ...fields }).toString() } : {}) })
}
const draftOf = ({ itemCode, form, materials, service }: Awaited<ReturnType<typeof applicationFor>>, applicant: object): DraftInput => ({ itemCode, applicant: { ...applicant }, form, materials, service })

describe('whoever registered online and comes to the counter with her identity card', () => {
  let account: { accountId: string; partyId: string }
  let draft: FiledView, atCounter: FiledView

  it('is found by her number with a masked telephone; her draft, and what the counter files, are not each other’s yet', async () => {
    account = await register('yubailu', YU, '13912340001')
    const application = await applicationFor(town, 'dog', 'yubailu', { kind: 'person', form: { guideDog: false } })
    draft = (await town.api<FiledView>('POST', '/api/v1/drafts', draftOf(application, { ...YU, phone: '13912340001' }), { as: 'yubailu' })).body
    const another = await applicationFor(town, 'dog', 'clerk', { kind: 'person', form: { guideDog: false } })
    atCounter = await town.file('clerk', { ...another, applicant: { ...YU, phone: '13912340001' } })
    expect(await mine('yubailu')).toEqual([draft.caseNo])
    expect((await town.api('GET', `/api/v1/cases/${atCounter.caseNo}`, undefined, { as: 'yubailu' })).status).toBe(404)

    const found = await find(` ${YU.idNumber.toLowerCase()} `)
    expect(found.accounts).toEqual([{ id: account.accountId, since: '2026-03-02T09:00:00+08:00', phone: '139****0001', name: '俞白露', declared: true, own: true }])
    expect([found.drafts, found.cases.map(({ caseNo }) => caseNo)]).toEqual([[], [atCounter.caseNo]])
    expect((await find('俞白露')).accounts).toEqual([])
    const view = await town.api<OnlineAccountView>('GET', `/api/v1/counter/accounts/${account.accountId}`, undefined, { as: 'clerk' })
    expect(view.body.identities).toMatchObject([{ idNumber: '110102********003X', phone: '139****0001', declared: true, own: true, idType: { zh: '居民身份证', en: 'Resident identity card' } }])
    expect(view.text).not.toContain(YU.idNumber)
  })

  it('is not confirmed under another name, by nobody but who may, and not twice as somebody else', async () => {
    const wrong = await post<{ code: string; title: string }>(`${account.accountId}/confirmations`, { partyId: account.partyId, name: '俞白鹭' })
    expect([wrong.status, wrong.body.code, wrong.body.title]).toEqual([409, 'access/identity-mismatch', '证件上的姓名（名称）与账户填报的或者登记的不一致，不能确认，请核对原件'])
    for (const as of ['proxy', 'reviewer', 'yubailu']) expect([as, (await post(`${account.accountId}/confirmations`, { partyId: account.partyId, name: YU.name }, as)).status]).toEqual([as, 403])
    expect((await find(YU.idNumber, 'proxy')).accounts).toEqual([])
    expect((await post(`${account.accountId}/confirmations`, { partyId: '00000000-0000-4000-8000-000000000000', name: YU.name })).status).toBe(404)
    expect((await town.api('GET', '/api/v1/counter/find?q=1', undefined, { as: 'clerk' })).status).toBe(405)
  })

  it('once confirmed sees online what was filed for her, and the counter goes on with what she began', async () => {
    const confirmed = await post(`${account.accountId}/confirmations`, { partyId: account.partyId, name: '俞白露' })
    expect([confirmed.status, confirmed.body.level, confirmed.body.identities.map(({ declared }) => declared)]).toEqual([200, 3, [false]])
    expect((await mine('yubailu')).sort()).toEqual([draft.caseNo, atCounter.caseNo].sort())
    expect((await town.api<CaseView>('GET', `/api/v1/cases/${atCounter.caseNo}`, undefined, { as: 'yubailu' })).body.masked).toBe(false)

    const { drafts } = await find(YU.idNumber)
    expect(drafts.map(({ caseNo, item }) => [caseNo, item.code])).toEqual([[draft.caseNo, itemOf(town, 'dog').code]])
    const { itemCode, applicant, form, materials, service } = drafts[0]!.input
    const sent = await town.act('clerk', drafts[0]!, 'submit', { itemCode, applicant, form, materials, service, channel: 'counter' })
    expect([sent.stage, (await find(YU.idNumber)).drafts]).toEqual(['submitted', []])
    expect((await page('yubailu', `/my/cases/${draft.caseNo}`)).status).toBe(200)
  })

  it('and the security administrators see who confirmed it, and she who looked', async () => {
    const events = await town.api<{ events: { kind: string; username: string; byUsername: string }[] }>('GET', '/api/v1/administration/security-events?kind=identityConfirmed', undefined, { as: 'auditadmin' })
    expect(events.body.events[0]).toMatchObject({ username: 'yubailu', byUsername: 'clerk' })
    await town.open.house.reads.flush()
    expect((await page('yubailu', '/my/data')).text).toContain('窗口核验身份')
  })
})

describe('an agent of two principals', () => {
  let account: { accountId: string; partyId: string }
  let dog: string, shop: string, scan: string
  const agency = (more: object = {}) => ({ principal: { ...PRINCIPAL }, scope: 'named', items: [dog], validFrom: '2026-03-01', validTo: '2026-03-31', authorityFileId: scan, ...more })

  it('is entered at the counter from the power of attorney, once it is clear who she is', async () => {
    account = await register('shenjingzhe', SHEN, '13912340002')
    ;[dog, shop] = [itemOf(town, 'dog').code, town.open.items.list(town.time.today()).find((one) => one.applicable && one.code !== itemOf(town, 'dog').code && one.serviceTargets.includes('1') && one.inPersonOnly === null)!.code]
    scan = await town.upload('clerk')
    const code = async (body: object) => (await post<{ code: string }>(`${account.accountId}/agencies`, body)).body.code
    expect(await code(agency())).toBe('access/identity-not-confirmed')
    await post(`${account.accountId}/confirmations`, { partyId: account.partyId, name: SHEN.name })
    expect(await code(agency({ validTo: '2026-02-28' }))).toBe('input/invalid')
    expect(await code(agency({ validFrom: '2026-01-01', validTo: '2026-03-01' }))).toBe('access/agency-over')
    for (const more of [{ items: [] }, { scope: 'all' }, { scope: undefined }]) expect(await code(agency(more))).toBe('input/invalid')
    expect(await code(agency({ items: ['no such item'] }))).toBe('cases/no-such-item')
    expect(await code(agency({ principal: { ...PRINCIPAL, idNumber: 'E1' } }))).toBe('access/invalid-identity')
    expect(await code(agency({ principal: { ...SHEN } }))).toBe('access/own-agency')
    expect(await code(agency({ authorityFileId: await town.upload('reviewer') }))).toBe('cases/file-not-yours')
    expect(await code(agency({ principal: { ...YU, name: '俞白鹭' } }))).toBe('access/identity-mismatch')

    const entered = await post(`${account.accountId}/agencies`, agency())
    expect([entered.status, entered.body.agencies]).toMatchObject([201, [{ name: '陆立春', idNumber: 'E*******8', items: [{ code: dog }], validFrom: '2026-03-01', validTo: '2026-03-31', confirmed: true, state: 'valid' }]])
    expect(await code(agency())).toBe('access/agency-exists')
    expect((await post(`${account.accountId}/agencies`, agency({ principal: { ...YU }, scope: 'all', items: [], authorityFileId: await town.upload('clerk') }))).status).toBe(201)
  })

  it('chooses for whom she acts; every page says so, and nobody else’s name can be chosen', async () => {
    const asked = await page('shenjingzhe', '/my/acting')
    expect(asked.text.replaceAll(/\s/g, '')).toMatch(/陆立春.*养犬登记；到2026年3月31日（周二）止/)
    const partyOf = (name: string): string => new RegExp(`value="([0-9a-f-]{36})"[^>]*>(?:(?!value=)[\\s\\S])*?${name}`).exec(asked.text)![1]!
    expect((await page('shenjingzhe', '/my/acting', { party: '00000000-0000-4000-8000-000000000000' })).status).toBe(422)
    const chosen = await page('shenjingzhe', `/my/acting?item=${dog}`, { party: partyOf('陆立春') })
    expect([chosen.status, chosen.headers.get('location')]).toEqual([303, `/apply/${dog}`])
    expect((await page('shenjingzhe', '/my')).text).toContain('您现在代“陆立春”办理')
    expect((await town.api('POST', '/my/acting', undefined, { headers: { cookie: `mt_session=${await town.signIn('shenjingzhe')}`, accept: 'text/html', 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }, raw: 'party=self' })).status).toBe(403)
  })

  it('begins an application that names the principal, herself as agent and her power of attorney, and it is filed', async () => {
    const stale = await page('shenjingzhe', `/apply/${dog}`, { who: 'self', party: account.partyId })
    expect([stale.status, stale.text.includes('您现在以“陆立春”的名义办理')]).toEqual([409, true])
    const begun = await page('shenjingzhe', `/apply/${dog}`, { who: 'self' })
    const caseNo = decodeURIComponent(begun.headers.get('location')!.split('/')[3]!)
    const [draft] = await town.open.admin.query<{ revision: number; draft: DraftInput }>(`select revision, data -> 'draft' as draft from flow.matter where no = $1`, [caseNo])
    expect(draft!.draft).toMatchObject({
      applicant: { kind: 'person', name: '陆立春', idNumber: 'E12345678' },
      agent: { name: '沈惊蛰', idNumber: SHEN.idNumber, phone: '13912340002', validTo: '2026-03-31', authorityFileId: scan, scope: `代为办理：${itemOf(town, 'dog').name.zh}` },
    })
    const { form, materials, service } = await applicationFor(town, 'dog', 'shenjingzhe', { kind: 'person', form: { guideDog: false } })
    await town.act('shenjingzhe', { caseNo, revision: draft!.revision }, 'submit', { itemCode: dog, applicant: { ...draft!.draft.applicant, phone: '13912340003' }, agent: draft!.draft.agent, form, materials, service })
    expect(await mine('shenjingzhe')).toEqual([caseNo])
  })

  it('is refused outside what the power of attorney names, on the page and in the act', async () => {
    expect((await page('shenjingzhe', `/apply/${shop}`)).text).toContain('授权委托书的范围不包括这一事项')
    const refused = await town.api('POST', '/api/v1/drafts', { itemCode: shop, applicant: {} }, { as: 'shenjingzhe' })
    expect([refused.status, refused.body.code, refused.body.title]).toEqual([403, 'flow/outside-agency', '您代“陆立春”办理，授权委托书的范围不包括这一事项（行政许可法 第二十九条）'])
    const [party] = await town.open.admin.query<{ id: string }>('select id from access.party where id_number = $1', [PRINCIPAL.idNumber])
    const other = await town.open.admin.query(`update flow.matter set party_ids = array[$1::uuid] where no = (select no from flow.matter where kind = 'case' and subject <> $2 and stage <> 'draft' limit 1) returning no`, [party!.id, dog])
    expect(other).toHaveLength(1)
    expect((await town.api('GET', `/api/v1/cases/${(other[0] as { no: string }).no}`, undefined, { as: 'shenjingzhe' })).status).toBe(404)
    expect(await mine('shenjingzhe')).toHaveLength(1)
  })

  it('sees the second principal’s cases in that name only, and not that person’s own data', async () => {
    const [yu] = await town.open.admin.query<{ id: string }>('select id from access.party where id_number = $1 and not declared', [YU.idNumber])
    await page('shenjingzhe', '/my/acting', { party: yu!.id })
    expect(await mine('shenjingzhe')).toHaveLength(2)
    const data = await page('shenjingzhe', '/my/data')
    expect([data.text.includes(SHEN.idNumber), data.text.includes(YU.idNumber)]).toEqual([true, false])
    await page('shenjingzhe', '/my/acting', { party: 'self' })
    expect(await mine('shenjingzhe')).toEqual([])
  })

  it('acts no longer once it is ended early, and not after its last day', async () => {
    const { body: { agencies } } = await town.api<OnlineAccountView>('GET', `/api/v1/counter/accounts/${account.accountId}`, undefined, { as: 'clerk' })
    const [yu] = await town.open.admin.query<{ id: string }>('select id from access.party where id_number = $1 and not declared', [YU.idNumber])
    await page('shenjingzhe', '/my/acting', { party: yu!.id })
    const path = `${account.accountId}/agencies/${agencies.find(({ name }) => name === '俞白露')!.id}/end`
    expect((await post(path, {})).body.agencies.find(({ name }) => name === '俞白露')).toMatchObject({ state: 'ended' })
    expect((await post<{ code: string }>(path, {})).body.code).toBe('access/agency-over')
    expect([await mine('shenjingzhe'), (await page('shenjingzhe', '/my/acting', { party: yu!.id })).status]).toEqual([[], 422])

    const [lu] = await town.open.admin.query<{ id: string }>('select id from access.party where id_number = $1', [PRINCIPAL.idNumber])
    await page('shenjingzhe', '/my/acting', { party: lu!.id })
    expect(await mine('shenjingzhe')).toHaveLength(1)
    // 31 March is its last day.
    town.later(30)
    expect([town.time.today(), await mine('shenjingzhe')]).toEqual(['2026-04-01', []])
    const shown = await page('shenjingzhe', '/my/acting')
    expect([shown.text.includes('已到期'), shown.text.includes('已终止'), shown.text.includes('您现在没有代他人办理的授权')]).toEqual([true, true, true])
  })
})
