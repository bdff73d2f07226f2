import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { NEIGHBOUR_ID, town, type Town } from '../../../../tests/town.ts'
import type { CivilDay } from '../../../base/civil-day.ts'
import { barOf } from '../bar.ts'
import { sweepCases } from '../sweep.ts'

// March 2026: 2 March is a Monday; no holiday before 4–6 April (Saturday to Monday).
let t: Town
beforeAll(async () => { t = await town() })
beforeEach(() => t.on('2026-03-02'))
afterAll(() => t?.close())

/** Granted on commitment on Thursday 5 March 2026 and handed over at the counter the same day; another applicant than the account’s comes to the counter. */
async function granted(more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  t.on('2026-03-02')
  const no = await t.submit('licence', { commitment: true, materials: [{ materialId: 'application', form: 'electronic' }], ...more }, more['applicant'] ? 'clerk' : 'applicant')
  t.on('2026-03-05')
  await t.act(no, 'accept', 'clerk')
  await t.act(no, 'decide', 'chief', { outcome: 'grant' })
  await t.act(no, 'issue', 'sealkeeper')
  await t.act(no, 'deliver', 'dispatcher', { mode: 'counter', collectedBy: '林晚照' })
  return no
}
const check = (no: string, finding: string, more: object = {}) => t.act(no, 'commitmentCheck', 'surveyor', { opinion: '两处与承诺不符', finding, secondOfficer: t.persons.surveyor2, ...more })
const recheck = (no: string, finding: string) => t.act(no, 'checkRectification', 'surveyor', { opinion: '仍有一处', finding, secondOfficer: t.persons.surveyor2 })
const tellOf = (no: string, ground: string) => t.act(no, 'tellAnnulment', 'reviewer', { ground, facts: '承诺的出口不存在' })
const annul = (no: string, by: 'chief' | 'head' = 'chief') => t.act(no, 'annul', by, { reasons: '承诺内容与事实不符' })
const open = async (no: string) => (await t.see(no)).tasks.filter((task) => task.state === 'open').map((task) => [task.step, task.role]).sort()
const papers = async (no: string) => (await t.db.query<{ kind: string }>('select p.kind from cases.paper p join flow.matter m on m.id = p.matter_id join flow.act a on a.entry_id = p.entry_id and a.matter_id = m.id where m.no = $1 order by a.seq', [no])).map(({ kind }) => kind)
const messages = async (no: string) => (await t.db.query<{ template: string }>('select s.template from notify.message s where s.matter_no = $1 order by s.created_at', [no])).map(({ template }) => template)
const rows = (table: string, no: string) => t.db.query<Record<string, unknown>>(`select b.* from ${table} b join flow.matter m on m.id = b.matter_id where m.no = $1`, [no])
/** Somebody of her own, so that a bar of one test does not turn another test away. */
const other = { applicant: { kind: 'person', name: '顾长风', idType: '111', idNumber: NEIGHBOUR_ID, phone: '13900000002' } }
const abroad = (passport: string) => ({ applicant: { kind: 'person', name: '林晚照', idType: '414', idNumber: passport, phone: '13900000003' } })

describe('the check owed after a grant on commitment', () => {
  test('is due twenty working days after the decision, and nothing is deemed past it', async () => {
    const no = await granted()
    // 6; 9–13: 6; 16–20: 11; 23–27: 16; 30, 31, 1, 2 April: twenty.
    expect(await t.clock(no, 'COMMIT.CHECK')).toMatchObject({ startedOn: '2026-03-05', dueOn: '2026-04-02', stoppedOn: null })
    expect((await t.see(no)).clocks.find((clock) => clock.rule === 'COMMIT.CHECK')!.article).toBe('北京市优化营商环境条例 第三十三条')
    expect(await open(no)).toEqual([['archive', 'archivist'], ['commitmentCheck', 'surveyor']])
    t.on('2026-04-10')
    await sweepCases(t.house)
    expect((await t.see(no)).matter.stage).toBe('served')
    await check(no, 'conforms')
    expect(await t.clock(no, 'COMMIT.CHECK')).toMatchObject({ stoppedOn: '2026-04-10' })
    expect(await open(no)).toEqual([['archive', 'archivist']])
    expect(await t.refused(t.act(no, 'close', 'archivist'))).toBe('done')
  })

  test('is not owed where the decision followed an inspection', async () => {
    const no = await t.submit('plain')
    await t.act(no, 'accept', 'clerk')
    await t.act(no, 'review', 'reviewer', { opinion: '可' })
    await t.act(no, 'decide', 'chief', { outcome: 'grant' })
    expect(await t.clock(no, 'COMMIT.CHECK')).toBeNull()
  })

  test('is made by two where substance is verified, and says what was found', async () => {
    const no = await granted()
    expect(await t.refused(check(no, 'conforms', { secondOfficer: undefined }))).toBe('cases/two-officers-needed')
    expect(await t.refused(check(no, 'conforms', { secondOfficer: t.persons.cashier }))).toBe('cases/second-officer-unknown')
    expect(await t.refused(t.act(no, 'commitmentCheck', 'surveyor', { opinion: '相符', secondOfficer: t.persons.surveyor2 }))).toBe('flow/invalid-input')
  })
})

describe('not as promised', () => {
  test('is ordered to be put right in so many working days; put right, the grant stands and the file can be closed', async () => {
    const no = await granted()
    t.on('2026-03-16')
    await check(no, 'rectify', { workingDays: 5 })
    // Come into the system she agreed to on the day it was made: 17, 18, 19, 20, 23.
    expect(await t.clock(no, 'COMMIT.RECTIFY')).toMatchObject({ startedOn: '2026-03-16', dueOn: '2026-03-23' })
    expect((await t.see(no)).matter.data.afterCheck).toMatchObject({ finding: 'rectify', rectification: { workingDays: 5, servedOn: '2026-03-16', dueOn: '2026-03-23', finding: null } })
    expect((await t.see(no)).matter.data.services.at(-1)).toMatchObject({ act: 'commitmentCheck', paper: 'rectificationOrder', mode: 'electronic', servedOn: '2026-03-16' })
    expect([(await papers(no)).at(-1), (await messages(no)).at(-1)]).toEqual(['rectificationOrder', 'rectificationOrdered'])
    expect(await t.refused(t.act(no, 'close', 'archivist'))).toBe('cases/commitment-open')
    expect(await t.refused(tellOf(no, 'notRectified'))).toBe('cases/annulment-ground')
    t.on('2026-03-20')
    await recheck(no, 'rectified')
    expect(await t.clock(no, 'COMMIT.RECTIFY')).toMatchObject({ stoppedOn: '2026-03-20' })
    expect((await messages(no)).at(-1)).toBe('rectified')
    expect(await t.refused(tellOf(no, 'notRectified'))).toBe('cases/annulment-ground')
    expect(await t.refused(t.act(no, 'close', 'archivist'))).toBe('done')
  })

  test('without days of his own the officer orders the item’s: ten', async () => {
    const no = await granted()
    t.on('2026-03-16')
    await check(no, 'rectify')
    // 17–20: 4; 23–27: 9; 30: ten.
    expect(await t.clock(no, 'COMMIT.RECTIFY')).toMatchObject({ dueOn: '2026-03-30' })
  })

  test('a day missed goes black and warns the checker and the party; it annuls nothing', async () => {
    const no = await granted()
    t.on('2026-03-16')
    await check(no, 'rectify', { workingDays: 5 })
    t.on('2026-03-23')
    await sweepCases(t.house)
    expect((await t.db.query<{ n: number }>(`select count(*)::int as n from notify.message where matter_no = $1 and template = 'clockWarning' and person_id = $2 and body_zh like '%限期整改%'`, [no, t.persons.surveyor]))[0]!.n).toBeGreaterThan(0)
    expect((await messages(no)).filter((template) => template === 'rectificationDue').length).toBeGreaterThan(0)
    t.on('2026-03-24')
    await sweepCases(t.house)
    expect((await t.see(no)).matter.stage).toBe('served')
    expect((await t.see(no)).clocks.find((clock) => clock.rule === 'COMMIT.RECTIFY')!.announced).toBe('black')
  })

  test('not put right: told, five working days to state her case, annulled by who did not check, served, and on record', async () => {
    const no = await granted()
    t.on('2026-03-16')
    await check(no, 'rectify', { workingDays: 5 })
    t.on('2026-03-24')
    await recheck(no, 'notRectified')
    expect(await t.refused(annul(no))).toBe('cases/annulment-not-told')
    expect(await t.refused(tellOf(no, 'falseCommitment'))).toBe('cases/annulment-ground')
    await tellOf(no, 'notRectified')
    // Told in the system she agreed to: 25, 26, 27, 30, 31.
    expect(await t.clock(no, 'ANNUL.STATEMENT')).toMatchObject({ startedOn: '2026-03-24', dueOn: '2026-03-31' })
    expect(await t.refused(tellOf(no, 'notRectified'))).toBe('cases/annulment-told')
    t.on('2026-03-26')
    expect(await t.refused(t.act(no, 'hearAnnulment', 'applicant', {}))).toBe('flow/invalid-input')
    await t.act(no, 'hearAnnulment', 'applicant', { statement: '配件未到货，请再宽限。' })
    t.on('2026-03-31')
    expect(await t.refused(annul(no))).toBe('cases/annulment-too-early')
    t.on('2026-04-01')
    expect(await t.refused(t.act(no, 'annul', 'reviewer', { reasons: '不符' }))).toBe('flow/not-permitted')
    await annul(no)
    const { matter, clocks } = await t.see(no)
    expect(matter).toMatchObject({ stage: 'annulled', data: { annulment: { decided: { on: '2026-04-01', articles: ['北京市优化营商环境条例 第三十三条'], barredUntil: null } } } })
    expect(matter.data.annulment!.decided!.remedy.reconsideration.zh).toContain('六十日内')
    expect(clocks.filter((clock) => clock.stoppedOn === null).map((clock) => clock.rule)).toEqual(['LIC.PUBLISH'])
    expect(await papers(no)).toEqual(expect.arrayContaining(['annulmentNotice', 'statementRecord', 'annulment']))
    expect(await rows('cases.credit_record', no)).toMatchObject([{ kind: 'rectificationFailed', id_number: '110102198504120023', facts: '承诺的出口不存在', article: '北京市优化营商环境条例 第三十三条', recorded_on: '2026-04-01' }])
    expect(await rows('cases.bar', no)).toEqual([])
    expect(await open(no)).toEqual([['serve', 'dispatcher']])
    expect(await t.refused(t.act(no, 'close', 'archivist'))).toBe('cases/not-served')
    await t.act(no, 'serve', 'dispatcher', { paper: 'annulment', mode: 'direct', on: '2026-04-01', recipient: '林晚照', proof: { text: '签收' } })
    expect(await open(no)).toEqual([['archive', 'archivist']])
    expect(await t.refused(t.act(no, 'close', 'archivist'))).toBe('done')
  })
})

describe('an order to rectify that must be brought to her', () => {
  const byMail = (passport: string) => ({ ...abroad(passport), service: { mode: 'mail', consent: false, address: '西城区某路 1 号' } })
  const serveOrder = (no: string, mode: string, on: string, more: object = {}) => t.act(no, 'serve', 'dispatcher', { paper: 'rectificationOrder', mode, on, recipient: '林晚照', proof: { text: '回执' }, ...more })
  const ordered = async (passport: string): Promise<string> => {
    const no = await granted(byMail(passport))
    t.on('2026-03-13')
    await check(no, 'rectify', { workingDays: 5 })
    return no
  }

  test('stands still until it is served; the days run from the day of service, which is day zero', async () => {
    const no = await ordered('E22345671')
    expect(await t.clock(no, 'COMMIT.RECTIFY')).toBeNull()
    expect((await t.see(no)).matter.data.afterCheck).toMatchObject({ rectification: { orderedOn: '2026-03-13', servedOn: null, dueOn: null } })
    expect(await open(no)).toEqual([['archive', 'archivist'], ['rectificationCheck', 'surveyor'], ['serveOrder', 'dispatcher']])
    t.on('2026-03-27')
    expect(await t.refused(recheck(no, 'notRectified'))).toBe('cases/order-not-served')
    await serveOrder(no, 'mail', '2026-03-21')
    // The postal receipt bears Saturday 21: 23, 24, 25, 26, 27.
    expect(await t.clock(no, 'COMMIT.RECTIFY')).toMatchObject({ startedOn: '2026-03-21', dueOn: '2026-03-27', stoppedOn: null })
    expect((await t.see(no)).matter.data.afterCheck).toMatchObject({ rectification: { servedOn: '2026-03-21', dueOn: '2026-03-27' } })
    expect(await open(no)).toEqual([['archive', 'archivist'], ['rectificationCheck', 'surveyor']])
    expect(await t.refused(recheck(no, 'notRectified'))).toBe('cases/rectification-running')
    t.on('2026-03-28')
    expect(await t.refused(recheck(no, 'notRectified'))).toBe('done')
  })

  test('served again nothing begins anew', async () => {
    const no = await ordered('E22345672')
    t.on('2026-03-20')
    await serveOrder(no, 'direct', '2026-03-16')
    await serveOrder(no, 'direct', '2026-03-20')
    // 17, 18, 19, 20, 23.
    expect((await t.see(no)).clocks.filter((clock) => clock.rule === 'COMMIT.RECTIFY').map(({ startedOn, dueOn }) => [startedOn, dueOn])).toEqual([['2026-03-16', '2026-03-23']])
  })

  test('by public notice the days run from the thirtieth day after it', async () => {
    const no = await ordered('E22345673')
    await serveOrder(no, 'publicNotice', '2026-03-13')
    // 13 March and thirty days: Sunday 12 April; 13, 14, 15, 16, 17.
    expect(await t.clock(no, 'COMMIT.RECTIFY')).toMatchObject({ startedOn: '2026-04-12', dueOn: '2026-04-17' })
    t.on('2026-03-30')
    expect(await t.refused(recheck(no, 'notRectified'))).toBe('cases/rectification-running')
  })

  test('put right meanwhile it needs no service any more', async () => {
    const no = await ordered('E22345674')
    t.on('2026-03-17')
    await recheck(no, 'rectified')
    expect([await open(no), await t.clock(no, 'COMMIT.RECTIFY')]).toEqual([[['archive', 'archivist']], null])
  })

  test('unserved past the three days for it, whoever must serve, whoever waits and the chief are warned once, on a day of work', async () => {
    const no = await ordered('E22345675')
    const warned = async () => (await t.db.query<{ name: string; on: string }>(`select o.name_en as name, to_char(n.created_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as on from notify.message n join org.person o on o.id = n.person_id where n.matter_no = $1 and n.template = 'serviceOverdue' order by o.name_en`, [no])).map(({ name, on }) => `${name} ${on}`)
    // Made on Friday 13; the task's days are 16, 17, 18.
    t.on('2026-03-18')
    await sweepCases(t.house)
    expect(await warned()).toEqual([])
    // Nothing ran on the 19th and 20th; the 21st and 22nd are a weekend.
    t.on('2026-03-22')
    await sweepCases(t.house)
    expect(await warned()).toEqual([])
    t.on('2026-03-23')
    await sweepCases(t.house)
    await sweepCases(t.house)
    t.on('2026-03-24')
    await sweepCases(t.house)
    expect(await warned()).toEqual(['archivist 2026-03-23', 'chief 2026-03-23', 'dispatcher 2026-03-23', 'surveyor 2026-03-23', 'surveyor2 2026-03-23'])
    expect(await open(no)).toContainEqual(['serveOrder', 'dispatcher'])
  })
})

describe('promised falsely', () => {
  test('is annulled without an order to rectify, once she was heard or waives it; the licence is barred for three years and the record written', async () => {
    const no = await granted(other)
    t.on('2026-03-16')
    await check(no, 'false')
    expect(await t.clock(no, 'COMMIT.RECTIFY')).toBeNull()
    await tellOf(no, 'falseCommitment')
    t.on('2026-03-18')
    expect(await t.refused(annul(no))).toBe('cases/annulment-too-early')
    await t.act(no, 'hearAnnulment', 'clerk', { waived: true })
    expect(await t.refused(t.act(no, 'hearAnnulment', 'clerk', { statement: '又想说' }))).toBe('cases/already-heard')
    await annul(no)
    expect((await t.see(no)).matter.data.annulment!.decided).toMatchObject({ articles: ['北京市优化营商环境条例 第三十三条', '行政许可法 第六十九条第二款'], barredUntil: '2029-03-18' })
    expect(await rows('cases.bar', no)).toMatchObject([{ until_on: '2029-03-18', article: '行政许可法 第七十九条', id_number: NEIGHBOUR_ID }])
    expect(await rows('cases.credit_record', no)).toMatchObject([{ kind: 'falseCommitment' }])
    t.on('2029-03-18')
    expect(await t.refused(t.submit('licence', other, 'neighbour'))).toBe('cases/reapplication-bar')
    t.on('2029-03-19')
    expect(await t.refused(t.submit('licence', other, 'neighbour'))).toBe('done')
  })

  test('told by mail, her days begin when the notice reaches her', async () => {
    const no = await granted({ ...abroad('E12345678'), service: { mode: 'mail', consent: false, address: '西城区某路 1 号' } })
    t.on('2026-03-16')
    await check(no, 'false')
    await tellOf(no, 'falseCommitment')
    expect(await t.clock(no, 'ANNUL.STATEMENT')).toBeNull()
    expect(await open(no)).toContainEqual(['serveNotice', 'dispatcher'])
    t.on('2026-03-30')
    expect(await t.refused(annul(no))).toBe('cases/annulment-not-served')
    await t.act(no, 'serve', 'dispatcher', { paper: 'annulmentNotice', mode: 'mail', on: '2026-03-19', recipient: '林晚照', proof: { text: 'EMS 回执' } })
    // 20; 23, 24, 25, 26.
    expect(await t.clock(no, 'ANNUL.STATEMENT')).toMatchObject({ startedOn: '2026-03-19', dueOn: '2026-03-26' })
    expect(await open(no)).not.toContainEqual(['serveNotice', 'dispatcher'])
    expect(await t.refused(annul(no))).toBe('done')
  })

  test('heard, the organ may be convinced: the grant is kept and the same finding carries no second announcement', async () => {
    const no = await granted()
    t.on('2026-03-16')
    await check(no, 'false')
    await tellOf(no, 'falseCommitment')
    await t.act(no, 'hearAnnulment', 'reviewer', { statement: '出口在北侧，当日被车辆遮挡。' })
    expect(await t.refused(t.act(no, 'close', 'archivist'))).toBe('cases/annulment-open')
    await t.act(no, 'dropAnnulment', 'chief', { reasons: '复核属实' })
    expect((await t.see(no)).matter.stage).toBe('served')
    expect([(await papers(no)).at(-1), (await messages(no)).filter((template) => template === 'annulmentDropped')]).toEqual(['annulmentDropped', ['annulmentDropped']])
    expect(await t.refused(annul(no))).toBe('cases/annulment-not-told')
    expect(await t.refused(tellOf(no, 'falseCommitment'))).toBe('cases/annulment-ground')
    expect(await rows('cases.credit_record', no)).toEqual([])
    expect(await t.refused(t.act(no, 'close', 'archivist'))).toBe('done')
  })

  test('neither who checked nor who proposed it decides', async () => {
    const no = await granted(abroad('E12345679'))
    t.on('2026-03-16')
    const posts = ['00000000-0000-4000-8000-0000000000b1', '00000000-0000-4000-8000-0000000000b2']
    await t.admin.query(`insert into org.post (id, organisation_id, code, name_zh, name_en, role, valid_from) values ($1, $3, 'HEAD-7', '副职', 'Deputy', 'head', '2020-01-01'), ($2, $3, 'HEAD-8', '副职', 'Deputy', 'head', '2020-01-01')`, [...posts, t.organisations.market])
    await t.admin.query(`insert into org.holding (id, post_id, person_id, cover, valid_from) values ('00000000-0000-4000-8000-0000000000b3', $1, $3, 'A', '2020-01-01'), ('00000000-0000-4000-8000-0000000000b4', $2, $4, 'A', '2020-01-01')`, [...posts, t.persons.surveyor2, t.persons.reviewer])
    await check(no, 'false')
    await tellOf(no, 'falseCommitment')
    await t.act(no, 'hearAnnulment', 'clerk', { waived: true })
    expect(await t.refused(t.act(no, 'annul', 'surveyor2', { reasons: '不符' }))).toBe('cases/own-check')
    expect(await t.refused(t.act(no, 'annul', 'reviewer', { reasons: '不符' }))).toBe('cases/own-check')
    expect(await t.refused(annul(no, 'head'))).toBe('done')
  })
})

test('a licence got by deceit is annulled also where no commitment was given, without a credit record of one', async () => {
  const no = await t.submit('plain')
  await t.act(no, 'accept', 'clerk')
  await t.act(no, 'review', 'reviewer2', { opinion: '可' })
  await t.act(no, 'decide', 'chief', { outcome: 'grant' })
  await tellOf(no, 'deceit')
  await t.act(no, 'hearAnnulment', 'applicant', { waived: true })
  await annul(no)
  expect((await t.see(no)).matter).toMatchObject({ stage: 'annulled', data: { annulment: { decided: { articles: ['行政许可法 第六十九条第二款'], barredUntil: null } } } })
  expect([await rows('cases.credit_record', no), await rows('cases.bar', no)]).toEqual([[], []])
  expect(await t.refused(t.act(no, 'issue', 'sealkeeper'))).toBe('flow/wrong-stage')
})

test('the bars are of licences that bear on safety alone, by the month, 29 February ending on 28', () => {
  const day = '2028-02-29' as CivilDay
  expect(barOf({ itemType: '01', publicSafety: true }, 'falseMaterials', day)).toEqual({ untilOn: '2029-02-28', article: '行政许可法 第七十八条' })
  expect(barOf({ itemType: '01', publicSafety: true }, 'deceit', day)).toEqual({ untilOn: '2031-02-28', article: '行政许可法 第七十九条' })
  expect(barOf({ itemType: '01', publicSafety: false }, 'deceit', day)).toBeNull()
  expect(barOf({ itemType: '07', publicSafety: true }, 'falseMaterials', day)).toBeNull()
})

describe('publishing a licence', () => {
  const published = async (no: string) => (await rows('cases.filing', no))[0]!.published_on

  test('is due seven working days after the grant; the system does it the day after, once', async () => {
    const no = await granted()
    // 6; 9–13: 6; 16: seven.
    expect(await t.clock(no, 'LIC.PUBLISH')).toMatchObject({ startedOn: '2026-03-05', dueOn: '2026-03-16', stoppedOn: null })
    await sweepCases(t.house)
    expect(await published(no)).toBeNull()
    t.on('2026-03-06')
    await sweepCases(t.house)
    expect([await published(no), (await t.clock(no, 'LIC.PUBLISH'))!.stoppedOn]).toEqual(['2026-03-06', '2026-03-06'])
    expect(await t.refused(t.act(no, 'publishResult', 'system'))).toBe('cases/already-published')
  })

  test('an officer may do it sooner; closing the file does not stop what is owed to the public', async () => {
    const no = await granted()
    expect(await t.refused(t.act(no, 'publishResult', 'dispatcher'))).toBe('flow/not-permitted')
    await t.act(no, 'publishResult', 'reviewer')
    expect(await published(no)).toBe('2026-03-05')
    const second = await granted()
    await check(second, 'conforms')
    await t.act(second, 'close', 'archivist')
    expect(await t.clock(second, 'LIC.PUBLISH')).toMatchObject({ stoppedOn: null })
    t.on('2026-03-06')
    await sweepCases(t.house)
    expect(await published(second)).toBe('2026-03-06')
  })

  test('what is no licence is listed with its decision, and has nothing to publish', async () => {
    const no = await t.submit('instant')
    await t.act(no, 'accept', 'clerk')
    await t.act(no, 'decide', 'chief', { outcome: 'grant' })
    expect([await published(no), await t.clock(no, 'LIC.PUBLISH'), await t.refused(t.act(no, 'publishResult', 'system'))]).toEqual(['2026-03-02', null, 'cases/not-published-here'])
  })
})
