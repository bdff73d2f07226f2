import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { town, type Town } from '../../../../tests/town.ts'
import { fictionalUscc, insertRows } from '../../catalog/demo/sql.ts'
import type { Caller } from '../../../kernel/access/types.ts'

let t: Town
const street = { here: randomUUID(), there: randomUUID() }
const clerks: Record<'here' | 'there' | 'centre', Caller> = {} as never
beforeAll(async () => {
  t = await town()
  const days = { valid_from: '2020-01-01', valid_to: null }
  await insertRows(t.admin, 'org.organisation', (['here', 'there'] as const).map((key, i) => ({
    id: street[key], code: fictionalUscc('11', 950 + i), name_zh: `${key}街道办事处`, name_en: key, short_zh: `${key}街道`, short_en: key, kind: 'subdistrict', parent_id: null, division_code: `11010290${i}`, level: 5, address: '', phone_consult: '', phone_complaint: '', reconsideration_body: '', court: '', ...days,
  })))
  for (const [i, key] of (['here', 'there'] as const).entries()) {
    const [person, post] = [randomUUID(), randomUUID()]
    await insertRows(t.admin, 'org.person', [{ id: person, name_zh: `街道${i}`, name_en: key, staff_no: `S${i}`, phone: '', email: '', ...days }])
    await insertRows(t.admin, 'org.post', [{ id: post, organisation_id: street[key], code: 'CLERK-S', name_zh: '街道受理岗', name_en: 'Clerk', role: 'clerk', duties_zh: '', duties_en: '', counter_id: null, b_alongside: false, ...days }])
    await insertRows(t.admin, 'org.holding', [{ id: randomUUID(), post_id: post, person_id: person, cover: 'A', ...days }])
    clerks[key] = await callerOf(person)
  }
  await t.house.organisations.refresh(t.db)
})
beforeEach(() => t.on('2026-03-02'))
afterAll(() => t?.close())

/** An officer as the house sees her on the day. */
async function callerOf(personId: string): Promise<Caller> {
  const [row] = await t.db.query<{ posts: never[]; authorisations: never[] }>('select h.posts, org.authorisations_of($1, h.posts, $2::date) as authorisations from (select org.held_posts($1, $2::date) as posts) h', [personId, '2026-03-02'])
  return { kind: 'officer', accountId: personId, sessionId: 's', personId, name: '街道', posts: row!.posts, authorisations: row!.authorisations ?? [], permissions: [] }
}
const file = (item: string, subdistrict = '110102900') => t.submit(item, { form: { subdistrict } })
const doAs = async (caller: Caller, no: string, act: string, input: unknown = {}) => t.house.flow.perform(no, (await t.see(no)).matter.revision, { caller, act, input, channel: 'counter' })
const entrust = async (to: string, items: readonly string[]) => {
  await insertRows(t.admin, 'org.authorisation', [{ id: randomUUID(), kind: 'entrustment', from_organisation_id: t.organisations.market, to_organisation_id: to, to_person_id: null, items, acts: ['accept', 'requestSupplement'], seal: '演示', document_no: '委2号', valid_from: '2020-01-01', valid_to: '2040-12-31', version: 1, revoked_on: null, revoked_because: null }])
  for (const key of ['here', 'there'] as const) clerks[key] = await callerOf((clerks[key] as { personId: string }).personId)
}

describe('accepted at the sub-district the applicant named', () => {
  test('its post has the acceptance, the department everything after it', async () => {
    const no = await file('ownDuty')
    expect((await t.see(no)).matter.data.accepting).toEqual({ organisationId: street.here, code: fictionalUscc('11', 950), name: { zh: 'here街道办事处', en: 'here' }, by: 'ownDuty', article: '社会救助暂行办法 第十一条' })
    expect((await t.see(no)).tasks.map(({ step, organisationId }) => [step, organisationId])).toEqual([['acceptance', street.here]])
    await doAs(clerks.here, no, 'accept')
    expect((await t.see(no)).tasks.filter((task) => task.state === 'open').map(({ step, organisationId }) => [step, organisationId])).toEqual([['review', t.organisations.market]])
    const [paper] = await t.db.query<{ organ: { zh: string }; on_behalf: unknown }>(`select p.facts -> 'organ' as organ, a.on_behalf from cases.paper p join flow.matter m on m.id = p.matter_id join flow.act a on a.entry_id = p.entry_id where m.no = $1 and p.kind = 'acceptanceNotice'`, [no])
    expect(paper).toEqual({ organ: { zh: 'here街道办事处', en: 'here' }, on_behalf: null })
  })

  test('as its own duty: no other sub-district, not the centre, not the department', async () => {
    const no = await file('ownDuty')
    expect(await t.refused(doAs(clerks.there, no, 'accept'))).toBe('flow/not-permitted')
    expect(await t.refused(t.act(no, 'accept', 'clerk'))).toBe('flow/not-permitted')
    for (const who of ['reviewer', 'chief', 'head'] as const) expect([who, await t.refused(t.act(no, 'accept', who))]).toEqual([who, 'flow/not-permitted'])
    expect(await t.refused(doAs(clerks.here, no, 'accept'))).toBe('done')
  })

  test('its duty ends with acceptance: it examines and decides nothing', async () => {
    const no = await file('ownDuty')
    await doAs(clerks.here, no, 'accept')
    for (const [act, input] of [['review', { opinion: '可' }], ['decide', { outcome: 'grant' }], ['terminate', { ground: 'objectGone', reasons: '无' }]] as const) expect([act, await t.refused(doAs(clerks.here, no, act, input))]).toEqual([act, 'flow/not-permitted'])
  })

  test('and of other items it accepts none', async () => {
    expect(await t.refused(doAs(clerks.here, await t.submit('plain'), 'accept'))).toBe('flow/not-permitted')
  })

  test('a supplement comes back to the same office, also where the form names another by then', async () => {
    const no = await file('ownDuty')
    await doAs(clerks.here, no, 'requestSupplement', { defects: [{ materialId: 'plan', what: '缺页' }] })
    await t.act(no, 'supplement', 'applicant', { form: { subdistrict: '110102901' }, materials: [{ materialId: 'plan', form: 'electronic' }] })
    expect((await t.see(no)).tasks.filter((task) => task.state === 'open').map(({ organisationId }) => organisationId)).toEqual([street.here])
    expect(await t.refused(doAs(clerks.there, no, 'accept'))).toBe('flow/not-permitted')
    expect(await t.refused(doAs(clerks.here, no, 'accept'))).toBe('done')
  })

  test('without a sub-district that exists nothing is filed', async () => {
    expect(await t.refused(t.submit('ownDuty', { form: {} }))).toBe('cases/no-accepting-body')
    expect(await t.refused(file('ownDuty', '110102999'))).toBe('cases/no-accepting-body')
  })
})

describe('accepted under the department’s entrustment', () => {
  test('only with it, only for the item it names, and only by the office named in the form', async () => {
    const no = await file('entrusted')
    expect(await t.refused(doAs(clerks.here, no, 'accept'))).toBe('flow/not-permitted')
    await entrust(street.here, [(await t.see(await file('ownDuty'))).matter.subject])
    expect(await t.refused(doAs(clerks.here, no, 'accept'))).toBe('flow/not-permitted')
    const { subject } = (await t.see(no)).matter
    await entrust(street.here, [subject])
    await entrust(street.there, [subject])
    expect(await t.refused(doAs(clerks.there, no, 'accept'))).toBe('flow/not-permitted')
    // The centre is entrusted with all of the department's items, but this one's acceptance lies elsewhere.
    expect(await t.refused(t.act(no, 'accept', 'clerk'))).toBe('flow/not-permitted')
    await doAs(clerks.here, no, 'accept')
    const [act] = await t.db.query<{ kind: string; organ: { zh: string } }>(`select a.on_behalf ->> 'kind' as kind, p.facts -> 'organ' as organ from flow.act a join flow.matter m on m.id = a.matter_id join cases.paper p on p.entry_id = a.entry_id where m.no = $1 and a.act = 'accept'`, [no])
    expect(act).toMatchObject({ kind: 'entrustment', organ: { zh: '区市场监管局' } })
  })
})
