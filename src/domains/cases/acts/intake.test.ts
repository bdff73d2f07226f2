import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ADULT_ID, application, CHILD_ID, NEIGHBOUR_ID, town, type Town } from '../../../../tests/town.ts'
import type { Refusal } from '../../../base/refusal.ts'
import { fictionalUscc } from '../../catalog/demo/sql.ts'

let t: Town
beforeAll(async () => { t = await town() })
beforeEach(() => t.on('2026-03-02'))
afterAll(() => t?.close())

/** Paths of what is wrong with an application. */
const wrong = (work: Promise<unknown>): Promise<readonly string[]> => work.then(() => [], (error: Refusal) => (error.code === 'cases/invalid-application' ? error.errors.map((one) => one.path) : [error.code]))
const person = (idNumber: string, more: object = {}) => ({ kind: 'person', name: '小林', idType: '111', idNumber, phone: '13900000001', ...more })
const guardian = { relation: 'guardian', name: '林晚照', idType: '111', idNumber: ADULT_ID }

describe('who applies', () => {
  test('a minor through a guardian; on the eighteenth birthday alone', async () => {
    // Born 2 March 2010.
    const atCounter = (more: object = {}) => wrong(t.submit('plain', { channel: 'counter', applicant: person(CHILD_ID), ...more }, 'clerk'))
    expect(await atCounter()).toEqual(['/representative'])
    expect(await atCounter({ representative: guardian })).toEqual([])
    t.on('2028-03-01')
    expect(await atCounter()).toEqual(['/representative'])
    t.on('2028-03-02')
    expect(await atCounter()).toEqual([])
  })

  test('an agent’s power is valid until its last day, that day included', async () => {
    const agent = async (validTo: string) => ({ agent: { name: '顾长风', idType: '111', idNumber: '110102199003070018', phone: '13900000002', authorityFileId: await t.file(), scope: '一般代理', validTo } })
    expect(await wrong(t.submit('plain', await agent('2026-03-01')))).toEqual(['/agent/validTo'])
    expect(await wrong(t.submit('plain', await agent('2026-03-02')))).toEqual([])
    expect(await wrong(t.submit('inPerson', await agent('2026-12-31')))).toEqual(['/agent'])
  })

  test('identity numbers are checked with their check characters, everything wrong is told at once', async () => {
    expect(await wrong(t.submit('plain', { applicant: person('110102198504120024'), form: { area: 10 }, commitment: true }))).toEqual(['/applicant/idNumber', '/form/shopName', '/commitment'])
  })

  test('electronic service needs consent, mail an address', async () => {
    expect(await t.refused(t.submit('plain', { service: { mode: 'electronic', consent: false } }))).toBe('flow/invalid-input')
    expect(await t.refused(t.submit('plain', { service: { mode: 'mail', consent: true } }))).toBe('flow/invalid-input')
  })

  test('an enterprise’s agent files what the power of attorney names and nothing else', async () => {
    await t.admin.query('update access.agency set scope = $1', [[application('plain').itemCode as string]])
    try {
      expect(await t.refused(t.submit('instant', {}, 'agent'))).toBe('flow/outside-agency')
      expect(await t.refused(t.submit('plain', {}, 'agent'))).toBe('done')
    } finally {
      await t.admin.query(`update access.agency set scope = '{}'`)
    }
  })
})

describe('whose an online application is', () => {
  const stranger = person('110102197501010019', { name: '沈听澜' })
  const asAgent = async (name: string, idNumber: string) => ({ agent: { name, idType: '111', idNumber, phone: '13900000001', authorityFileId: await t.file(), scope: '一般代理', validTo: '2026-12-31' } })

  test('the account’s own by document and name; blanks and a small x make no other', async () => {
    expect(await t.refused(t.submit('plain', { applicant: stranger }))).toBe('cases/applicant-not-you')
    expect(await t.refused(t.submit('plain', { applicant: person(ADULT_ID, { name: '林晚朝' }) }))).toBe('cases/applicant-not-you')
    expect(await t.refused(t.submit('plain', { applicant: person(ADULT_ID, { name: '林 晚照' }) }))).toBe('done')
  })

  test('somebody else’s with the holder as agent under a power of attorney, nobody else', async () => {
    expect(await t.refused(t.submit('plain', { applicant: stranger, ...await asAgent('顾长风', NEIGHBOUR_ID) }))).toBe('cases/agent-not-you')
    expect(await t.refused(t.submit('plain', { applicant: stranger, ...await asAgent('林晚照', ADULT_ID) }))).toBe('done')
  })

  test('a child’s with the holder as guardian; being somebody’s legal representative needs the organisation’s own account', async () => {
    const child = person(CHILD_ID)
    expect(await t.refused(t.submit('plain', { applicant: child, representative: { ...guardian, name: '顾长风', idNumber: NEIGHBOUR_ID } }))).toBe('cases/agent-not-you')
    expect(await t.refused(t.submit('plain', { applicant: child, representative: guardian }))).toBe('done')
    const company = { kind: 'organisation', name: '明堂餐饮有限公司', idType: '001', idNumber: fictionalUscc('91', 905), phone: '13900000001' }
    expect(await t.refused(t.submit('plain', { applicant: company, representative: { ...guardian, relation: 'legalRepresentative' } }))).toBe('cases/applicant-not-you')
    expect(await t.refused(t.submit('plain', { applicant: company }, 'agent'))).toBe('done')
  })

  test('in an organisation’s name for that organisation alone, not for its agent and not for a third', async () => {
    expect(await t.refused(t.submit('plain', { applicant: person(NEIGHBOUR_ID, { name: '顾长风' }) }, 'agent'))).toBe('cases/acting-for-another')
    expect(await t.refused(t.submit('plain', { applicant: stranger, ...await asAgent('顾长风', NEIGHBOUR_ID) }, 'agent'))).toBe('cases/acting-for-another')
  })

  test('a draft says where it is wrong when it is sent, and stays', async () => {
    const opened = await t.house.flow.open('case', { caller: t.as('applicant'), act: 'saveDraft', input: { itemCode: application('plain').itemCode, applicant: stranger }, channel: 'online' })
    const sent = t.act(opened.matter.no, 'submit', 'applicant', application('plain', { applicant: stranger }))
    expect(await sent.catch((error: Refusal) => [error.code, error.errors.map(({ path }) => path)])).toEqual(['cases/applicant-not-you', ['/applicant/idNumber']])
    expect((await t.see(opened.matter.no)).matter.stage).toBe('draft')
  })
})

describe('where one applies', () => {
  test('another body competent is named', async () => {
    expect(await t.refused(t.submit('plain', { form: { shopName: '茶馆', elsewhere: true } }))).toBe('cases/other-body-competent')
  })
  test('an item that is not there', async () => {
    expect(await t.refused(t.submit('plain', { itemCode: '0'.repeat(31) }))).toBe('cases/no-such-item')
  })
  test('materials outside the guide are not taken', async () => {
    expect(await t.refused(t.submit('plain', { materials: [{ materialId: 'criminalRecord', form: 'electronic' }] }))).toBe('cases/material-unknown')
  })
})

describe('at the counter', () => {
  test('whoever stands there is found or entered in the register, and the case is hers', async () => {
    const before = await t.db.query('select id from access.party')
    const no = await t.submit('plain', { channel: 'counter' }, 'clerk')
    expect((await t.see(no)).matter.partyIds).toEqual([t.parties.applicant])
    expect((await t.db.query('select id from access.party')).length).toBe(before.length)
    const stranger = await t.submit('plain', { channel: 'counter', applicant: person('E55554444', { idType: '414', birthDay: '2015-04-12' }), representative: guardian }, 'clerk')
    expect((await t.db.query('select id from access.party')).length).toBe(before.length + 1)
    expect((await t.see(stranger)).matter.partyIds).toHaveLength(1)
  })

  test('two counters entering the same person at once leave one party and two cases', async () => {
    const adult = { channel: 'counter', applicant: person('110102197501010019') }
    const [a, b] = await Promise.all([t.submit('plain', adult, 'clerk'), t.submit('instant', adult, 'clerk')])
    expect(a).not.toBe(b)
    expect(await t.db.query('select id from access.party where id_number = $1', ['110102197501010019'])).toHaveLength(1)
    expect((await t.see(a)).matter.partyIds).toEqual((await t.see(b)).matter.partyIds)
  })

  test('a clerk who submits the applicant’s own draft leaves it hers', async () => {
    const opened = await t.house.flow.open('case', { caller: t.as('neighbour'), act: 'saveDraft', input: { itemCode: application('plain').itemCode }, channel: 'online' })
    const submit = (more: object = {}) => t.act(opened.matter.no, 'submit', 'clerk', application('plain', { channel: 'counter', ...more }))
    // Somebody else's case never opens to whoever began a draft.
    expect(await t.refused(submit())).toBe('cases/draft-of-another')
    await submit({ applicant: person(NEIGHBOUR_ID, { name: '顾长风' }) })
    expect((await t.see(opened.matter.no)).matter.partyIds).toEqual([t.parties.neighbour])
  })

  test('what an agent began online goes on at the counter as hers for her principal', async () => {
    const opened = await t.house.flow.open('case', { caller: t.as('neighbour'), act: 'saveDraft', input: { itemCode: application('plain').itemCode }, channel: 'online' })
    await t.act(opened.matter.no, 'submit', 'clerk', application('plain', { channel: 'counter', agent: { name: '顾长风', idType: '111', idNumber: NEIGHBOUR_ID, phone: '13900000002', authorityFileId: await t.file('neighbour'), scope: '一般代理', validTo: '2026-12-31' } }))
    expect((await t.see(opened.matter.no)).matter.partyIds).toEqual([t.parties.neighbour, t.parties.applicant])
  })
})

describe('drafts and pre-review', () => {
  test('a draft may be anything, is discarded without trace of its content, and may not become another item’s application', async () => {
    const open = async () => (await t.house.flow.open('case', { caller: t.as('applicant'), act: 'saveDraft', input: { itemCode: application('plain').itemCode, applicant: { name: '半' } }, channel: 'online' })).matter.no
    const no = await open()
    await t.act(no, 'saveDraft', 'applicant', { itemCode: application('plain').itemCode, form: { shopName: '半' } })
    expect(await t.refused(t.act(no, 'submit', 'applicant', application('instant')))).toBe('cases/no-such-item')
    await t.act(no, 'discardDraft', 'applicant')
    const { matter } = await t.see(no)
    expect(matter.stage).toBe('withdrawn')
    expect(matter.data.draft).toBeUndefined()
  })

  test('pre-review is her choice: she may submit at any moment, and from then the five days run', async () => {
    const opened = await t.house.flow.open('case', { caller: t.as('applicant'), act: 'saveDraft', input: { itemCode: application('plain').itemCode }, channel: 'online' })
    await t.act(opened.matter.no, 'requestPreReview', 'applicant')
    expect(await t.refused(t.act(opened.matter.no, 'submit', 'applicant', application('plain')))).toBe('done')
    expect(await t.clock(opened.matter.no, 'LIC.CORRECTION_NOTICE')).toMatchObject({ startedOn: '2026-03-02', dueOn: '2026-03-09' })
    expect((await t.see(opened.matter.no)).tasks.filter((task) => task.step === 'preReview' && task.state === 'open')).toEqual([])
  })
})
