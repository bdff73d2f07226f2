import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { town, type OfficerName, type Town } from '../../../../tests/town.ts'
import { sweepCases } from '../sweep.ts'

// March 2026: 2 March is a Monday; no holiday before 4–6 April (Saturday to Monday).
let t: Town
beforeAll(async () => { t = await town() })
beforeEach(() => t.on('2026-03-02'))
afterAll(() => t?.close())

/** Accepted on Thursday 5 March 2026: promised ten working days end 19 March, statutory twenty 2 April. */
async function accepted(item: string, more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const no = await t.submit(item, more, more['applicant'] ? 'clerk' : 'applicant')
  t.on('2026-03-05')
  await t.act(no, 'accept', 'clerk')
  return no
}
const review = (no: string) => t.act(no, 'review', 'reviewer', { opinion: '可' })

describe('suspending the clock', () => {
  const suspend = (no: string, ground: string) => t.act(no, 'suspend', 'reviewer', { ground, workingDaysNeeded: 5, requiredBy: '专家库抽取' })

  test('only on a ground that the item’s guide names; the notice is the act’s own paper', async () => {
    const no = await accepted('licence')
    expect(await t.refused(suspend(no, 'hearing'))).toBe('cases/pause-not-of-item')
    t.on('2026-03-10')
    await suspend(no, 'expertReview')
    const [paper] = await t.db.query<{ kind: string; made_on: string }>(`select p.kind, p.made_on from cases.paper p join flow.matter m on m.id = p.matter_id where m.no = $1 and p.kind = 'pauseNotice'`, [no])
    expect(paper).toEqual({ kind: 'pauseNotice', made_on: '2026-03-10' })
    const { clocks } = await t.see(no)
    expect(clocks.filter((clock) => clock.stoppedOn === null).map((clock) => [clock.id, clock.dueOn, clock.suspensions[0]?.noticeIssuedOn])).toEqual([['LIC.DECIDE', null, '2026-03-10'], ['SVC.PROMISE', null, '2026-03-10']])
    expect(await t.refused(suspend(no, 'expertReview'))).toBe('cases/no-running-clock')
  })

  test('the day it begins counts, the days after it up to its end do not', async () => {
    const no = await accepted('licence')
    t.on('2026-03-10')
    await suspend(no, 'expertReview')
    t.on('2026-03-17')
    // Written down before it happened, a day to come would lengthen the limit on nobody's approval.
    expect(await t.refused(t.act(no, 'resume', 'reviewer', { result: '评审通过', endedOn: '2026-03-18' }))).toBe('cases/pause-not-ended')
    expect(await t.refused(t.act(no, 'resume', 'reviewer', { result: '评审通过', endedOn: '2026-03-09' }))).toBe('clock/out-of-order')
    await t.act(no, 'resume', 'reviewer', { result: '评审通过', endedOn: '2026-03-16' })
    // Counted 6, 9, 10: three. Seven left: 17–20, 23–25. Seventeen left: 17–20: 4; 23–27: 9; 30–3 April: 14; 7, 8, 9: seventeen.
    expect(await t.clock(no, 'SVC.PROMISE')).toMatchObject({ dueOn: '2026-03-25' })
    expect(await t.clock(no, 'LIC.DECIDE')).toMatchObject({ dueOn: '2026-04-09' })
    expect(await t.refused(t.act(no, 'resume', 'reviewer', { result: '再次' }))).toBe('cases/not-suspended')
  })

  test('a site survey is no ground and stops nothing', async () => {
    const no = await accepted('licence')
    await review(no)
    t.on('2026-03-11')
    await t.act(no, 'survey', 'surveyor', { opinion: '相符', secondOfficer: t.persons.surveyor2 })
    expect(await t.clock(no, 'LIC.DECIDE')).toMatchObject({ dueOn: '2026-04-02', stoppedOn: null })
    expect(await t.clock(no, 'SVC.PROMISE')).toMatchObject({ dueOn: '2026-03-19', stoppedOn: null })
  })
})

/** The licence's clock as it is stored. */
const decideRow = async (no: string) => (await t.db.query<{ announced: string; extensions: unknown }>(`select c.announced, c.extensions from clock.clock c join flow.matter m on m.id = c.matter_id where m.no = $1 and c.id = 'LIC.DECIDE'`, [no]))[0]!

describe('extending the limit', () => {
  test('once, asked for by the handler and approved by the head; the promise stays', async () => {
    const no = await accepted('licence')
    expect(await t.refused(t.act(no, 'extend', 'head', { reason: '复杂', workingDays: 10 }))).toBe('cases/extension-not-asked')
    await t.act(no, 'requestExtension', 'reviewer', { reason: '案情复杂' })
    expect(await t.refused(t.act(no, 'extend', 'head', { reason: '复杂', workingDays: 11 }))).toBe('cases/extension-too-long')
    await t.act(no, 'extend', 'head', { reason: '案情复杂', workingDays: 10 })
    // Ten working days after Thursday 2 April: 3; 7–10: 5; 13–17: ten.
    expect(await t.clock(no, 'LIC.DECIDE')).toMatchObject({ dueOn: '2026-04-17' })
    expect(await t.clock(no, 'SVC.PROMISE')).toMatchObject({ dueOn: '2026-03-19' })
    expect(await t.refused(t.act(no, 'requestExtension', 'reviewer', { reason: '又复杂' }))).toBe('cases/extension-once')
    expect(await t.refused(t.act(no, 'extend', 'head', { reason: '复杂', workingDays: 1 }))).toBe('cases/extension-once')
  })

  test('by no more than the item’s own law gives, and under its article', async () => {
    const no = await accepted('neighbours')
    await t.act(no, 'requestExtension', 'reviewer', { reason: '案情复杂' })
    expect(await t.refused(t.act(no, 'extend', 'head', { reason: '复杂', workingDays: 6 }))).toBe('cases/extension-too-long')
    const { receipt } = await t.act(no, 'extend', 'head', { reason: '案情复杂', workingDays: 5 })
    expect(JSON.parse(receipt.leaf)).toMatchObject({ ground: '食品经营许可和备案管理办法 第二十一条', public: { workingDays: 5, due: { 'LIC.DECIDE': '2026-04-10' } } }) // 3, 7, 8, 9, 10 April
  })

  test('of joint handling by up to fifteen days, approved by the head of the government and not of the department (art. 42 ¶2)', async () => {
    const no = await accepted('joint')
    await t.act(no, 'requestExtension', 'reviewer', { reason: '几个部门联合办理' })
    expect((await t.see(no)).tasks.filter((task) => task.state === 'open' && task.step === 'extension').map((task) => task.role)).toEqual(['leader'])
    const approve = (by: OfficerName, workingDays: number) => t.act(no, 'extendJoint', by, { reason: '联合办理', workingDays })
    expect(await t.refused(t.act(no, 'extend', 'head', { reason: '联合办理', workingDays: 15 }))).toBe('cases/extension-by-government')
    expect(await t.refused(approve('head', 15))).toBe('flow/not-permitted')
    expect(await t.refused(approve('leader', 16))).toBe('cases/extension-too-long')
    await approve('leader', 15)
    // After Thursday 2 April: 3; 7–10: 5; 13–17: 10; 20–24: 15.
    expect(await t.clock(no, 'LIC.DECIDE')).toMatchObject({ dueOn: '2026-04-24' })
    expect(await decideRow(no)).toMatchObject({ extensions: [{ amount: 15, article: '行政许可法 第四十二条第二款' }] })
  })

  test('of everything else by the head of the organ alone, approved or not', async () => {
    const no = await accepted('licence')
    await t.act(no, 'requestExtension', 'reviewer', { reason: '案情复杂' })
    expect(await t.refused(t.act(no, 'extendJoint', 'leader', { reason: '复杂', workingDays: 10 }))).toBe('cases/extension-by-head')
    expect(await t.refused(t.act(no, 'extend', 'leader', { reason: '复杂', workingDays: 10 }))).toBe('flow/not-permitted')
    expect(await t.refused(t.act(no, 'refuseJointExtension', 'leader', { reason: '不必' }))).toBe('cases/extension-by-head')
    expect(await t.refused(t.act(no, 'refuseExtension', 'leader', { reason: '不必' }))).toBe('flow/not-permitted')
    expect(await t.refused(t.act(no, 'refuseExtension', 'head', { reason: '不必' }))).toBe('done')
  })

  test('a light that fell back is announced again when it comes', async () => {
    const no = await accepted('licence')
    const yellows = async () => (await t.db.query<{ at: Date }>(`select e.at from clock.event e join flow.matter m on m.id = e.matter_id where m.no = $1 and e.clock_id = 'LIC.DECIDE' and e.light = 'yellow' order by e.seq`, [no])).length
    t.on('2026-03-31')
    await sweepCases(t.house)
    expect([await yellows(), (await decideRow(no)).announced]).toEqual([1, 'yellow'])
    await t.act(no, 'requestExtension', 'reviewer', { reason: '案情复杂' })
    await t.act(no, 'extend', 'head', { reason: '案情复杂', workingDays: 10 })
    expect((await decideRow(no)).announced).toBe('green')
    t.on('2026-04-16')
    await sweepCases(t.house)
    expect([await yellows(), (await decideRow(no)).announced]).toEqual([2, 'yellow'])
  })

  test('not at all where the item’s guide names no extension', async () => {
    const no = await accepted('plain')
    expect(await t.refused(t.act(no, 'requestExtension', 'reviewer', { reason: '案情复杂' }))).toBe('cases/extension-not-of-item')
    expect(await t.clock(no, 'LIC.DECIDE')).toMatchObject({ dueOn: '2026-04-02' })
  })

  test('also while somebody has claimed the step on the table', async () => {
    const no = await accepted('licence')
    const { tasks } = await t.see(no)
    await t.act(no, 'claim', 'reviewer', { taskId: tasks.find((task) => task.step === 'review')!.id })
    expect(await t.refused(t.act(no, 'review', 'reviewer2', { opinion: '可' }))).toBe('flow/claimed-by-other')
    await t.act(no, 'requestExtension', 'reviewer2', { reason: '案情复杂' })
    expect(await t.refused(t.act(no, 'extend', 'head', { reason: '案情复杂', workingDays: 5 }))).toBe('done')
  })

  test('a refused request leaves the limit and may be made again', async () => {
    const no = await accepted('licence')
    await t.act(no, 'requestExtension', 'reviewer', { reason: '案情复杂' })
    await t.act(no, 'refuseExtension', 'head', { reason: '不复杂' })
    expect(await t.clock(no, 'LIC.DECIDE')).toMatchObject({ dueOn: '2026-04-02' })
    expect(await t.refused(t.act(no, 'requestExtension', 'reviewer', { reason: '新情况' }))).toBe('done')
  })
})

describe('before any decision', () => {
  test('whoever it bears on is told and heard', async () => {
    const no = await accepted('neighbours')
    await review(no)
    const decide = () => t.act(no, 'decide', 'chief', { outcome: 'grant' })
    expect(await t.refused(decide())).toBe('cases/interested-party-not-told')
    await t.act(no, 'tellInterestedParty', 'reviewer', { name: '邻居甲', interest: '采光' })
    expect(await t.refused(decide())).toBe('cases/interested-party-not-heard')
    expect(await t.refused(t.act(no, 'hearInterestedParty', 'reviewer', { party: 1, statement: '无' }))).toBe('cases/no-such-party')
    await t.act(no, 'hearInterestedParty', 'reviewer', { party: 0, statement: '影响采光' })
    expect(await t.refused(decide())).toBe('done')
  })

  test('substance is checked by two officers who may, and are two', async () => {
    const no = await accepted('licence')
    await review(no)
    const survey = (second?: string) => t.refused(t.act(no, 'survey', 'surveyor', { opinion: '相符', ...(second ? { secondOfficer: second } : {}) }))
    expect(await survey()).toBe('cases/two-officers-needed')
    expect(await survey(t.persons.surveyor)).toBe('cases/second-officer-is-self')
    expect(await survey(t.persons.cashier)).toBe('cases/second-officer-unknown')
    expect(await survey('00000000-0000-4000-8000-000000000000')).toBe('cases/second-officer-unknown')
    expect(await survey(t.persons.surveyor2)).toBe('done')
    expect((await t.see(no)).matter.data.opinions.at(-1)).toMatchObject({ act: 'survey', personId: t.persons.surveyor, secondOfficer: t.persons.surveyor2 })
  })

  test('whoever reviewed may not decide, from whatever post', async () => {
    const post = '00000000-0000-4000-8000-0000000000a1'
    await t.admin.query(`insert into org.post (id, organisation_id, code, name_zh, name_en, role, valid_from) values ($1, $2, 'HEAD-9', '副职', 'Deputy', 'head', '2020-01-01')`, [post, t.organisations.market])
    await t.admin.query(`insert into org.holding (id, post_id, person_id, cover, valid_from) values ('00000000-0000-4000-8000-0000000000a2', $1, $2, 'A', '2020-01-01')`, [post, t.persons.reviewer])
    const no = await accepted('plain')
    await review(no)
    expect(await t.refused(t.act(no, 'decide', 'reviewer', { outcome: 'grant' }))).toBe('flow/separation-of-duties')
    expect(await t.refused(t.act(no, 'decide', 'head', { outcome: 'grant' }))).toBe('done')
  })

  test('a refusal gives reasons and names the remedies; it is served too', async () => {
    const no = await accepted('plain')
    await review(no)
    expect(await t.refused(t.act(no, 'decide', 'chief', { outcome: 'refuse' }))).toBe('flow/invalid-input')
    await t.act(no, 'decide', 'chief', { outcome: 'refuse', reasons: '不符合第十二条' })
    const { matter, tasks } = await t.see(no)
    expect(matter).toMatchObject({ stage: 'decided', data: { decision: { outcome: 'refuse', reasons: '不符合第十二条' } } })
    expect(matter.data.decision!.remedy.reconsideration.zh).toContain('六十日内')
    expect(matter.data.decision!.remedy.litigation.zh).toContain('六个月内')
    expect(tasks.filter((task) => task.state === 'open').map((task) => [task.step, task.role])).toEqual([['serve', 'dispatcher']])
    expect(await t.refused(t.act(no, 'issue', 'sealkeeper'))).toBe('flow/not-this-step')
    expect(await t.refused(t.act(no, 'close', 'archivist'))).toBe('flow/wrong-stage')
    await t.act(no, 'serve', 'dispatcher', { paper: 'denial', mode: 'direct', on: '2026-03-05', recipient: '林晚照', proof: { text: '签收' } })
    expect(await t.refused(t.act(no, 'close', 'archivist'))).toBe('done')
  })

  test('refused for false materials, a licence that bears on safety may not be applied for again for one year', async () => {
    const no = await accepted('neighbours', { applicant: { kind: 'person', name: '林晚照', idType: '414', idNumber: 'E11112222', phone: '13900000001' } })
    await review(no)
    await t.act(no, 'tellInterestedParty', 'reviewer', { name: '邻居甲', interest: '采光' })
    await t.act(no, 'hearInterestedParty', 'reviewer', { party: 0, statement: '无' })
    expect(await t.refused(t.act(no, 'decide', 'chief', { outcome: 'grant', falseMaterials: true }))).toBe('flow/invalid-input')
    await t.act(no, 'decide', 'chief', { outcome: 'refuse', reasons: '租赁合同系伪造', falseMaterials: true })
    expect(await t.db.query('select b.until_on, b.article from cases.bar b join flow.matter m on m.id = b.matter_id where m.no = $1', [no])).toEqual([{ until_on: '2027-03-05', article: '行政许可法 第七十八条' }])
  })

  test('late by the promise, it is said so, and the reason is stated in public', async () => {
    const no = await accepted('plain')
    await review(no)
    expect(await t.refused(t.act(no, 'explainDelay', 'reviewer', { reason: '无' }))).toBe('cases/not-overdue')
    t.on('2026-03-20')
    const { receipt } = await t.act(no, 'explainDelay', 'reviewer', { reason: '系统故障，已电告张三 13800000000' })
    // What an officer types may name somebody: in the log it stands by its commitment alone.
    expect(receipt.leaf).not.toMatch(/系统故障|张三|138/)
    await t.act(no, 'decide', 'chief', { outcome: 'grant' })
    expect((await t.see(no)).matter.data).toMatchObject({ delayReason: { on: '2026-03-20' }, decision: { onTime: false } })
  })
})

describe('告知承诺', () => {
  test('decided at once on the letter, without review and without what it replaces; the check comes after and the file waits for it', async () => {
    const no = await accepted('licence', { commitment: true, materials: [{ materialId: 'application', form: 'electronic' }] })
    // One working day after Thursday 5 March.
    expect(await t.clock(no, 'SVC.PROMISE')).toMatchObject({ startedOn: '2026-03-05', dueOn: '2026-03-06' })
    await t.act(no, 'decide', 'chief', { outcome: 'grant' })
    expect((await t.see(no)).matter.data.decision).toMatchObject({ onCommitment: true, signatures: [{ as: 'decider' }] })
    const check = () => t.act(no, 'commitmentCheck', 'surveyor', { opinion: '与承诺相符', finding: 'conforms', secondOfficer: t.persons.surveyor2 })
    expect(await t.refused(check())).toBe('flow/not-this-step')
    await t.act(no, 'issue', 'sealkeeper')
    await t.act(no, 'deliver', 'dispatcher', { mode: 'counter', collectedBy: '林晚照' })
    expect(await t.refused(t.act(no, 'close', 'archivist'))).toBe('cases/step-first')
    await check()
    expect(await t.refused(t.act(no, 'close', 'archivist'))).toBe('done')
  })

  test('the same item without the letter is reviewed and surveyed first', async () => {
    const no = await accepted('licence')
    expect(await t.refused(t.act(no, 'decide', 'chief', { outcome: 'grant' }))).toBe('flow/not-this-step')
  })

  test('an item that does not know it refuses the letter', async () => {
    expect(await t.refused(t.submit('plain', { commitment: true }))).toBe('cases/invalid-application')
  })
})

describe('the fee is a gate', () => {
  test('asked for when the procedure comes to it, by the list; the wrong amount is refused; nothing is issued before', async () => {
    const no = await accepted('fee')
    expect(await t.refused(t.act(no, 'requestPayment', 'cashier'))).toBe('flow/not-this-step')
    await t.act(no, 'decide', 'chief', { outcome: 'grant' })
    expect(await t.refused(t.act(no, 'issue', 'sealkeeper'))).toBe('flow/not-this-step')
    expect(await t.refused(t.act(no, 'deliver', 'dispatcher', { mode: 'counter', collectedBy: '林晚照' }))).toBe('flow/not-this-step')
    await t.act(no, 'requestPayment', 'cashier')
    expect((await t.see(no)).matter.data.payment).toMatchObject({ totalFen: 8000, paidOn: null })
    expect(await t.refused(t.act(no, 'requestPayment', 'cashier'))).toBe('cases/fee-asked')
    expect(await t.refused(t.act(no, 'confirmPayment', 'cashier', { receiptNo: 'R1', amountFen: 7999 }))).toBe('cases/wrong-amount')
    await t.act(no, 'confirmPayment', 'cashier', { receiptNo: 'R1', amountFen: 8000 })
    expect(await t.refused(t.act(no, 'confirmPayment', 'cashier', { receiptNo: 'R2', amountFen: 8000 }))).toBe('cases/no-fee')
    expect(await t.refused(t.act(no, 'issue', 'sealkeeper'))).toBe('done')
  })

  test('reduced where the list says so', async () => {
    const no = await accepted('fee', { form: { shopName: '小店', area: 40 } })
    await t.act(no, 'decide', 'chief', { outcome: 'grant' })
    await t.act(no, 'requestPayment', 'cashier')
    expect((await t.see(no)).matter.data.payment).toMatchObject({ totalFen: 4000, due: [{ reduction: { zh: '小微' } }] })
  })

  test('where the item has none, none may be charged', async () => {
    const no = await accepted('plain')
    expect(await t.refused(t.act(no, 'requestPayment', 'reviewer'))).toBe('cases/no-fee')
  })
})

test('another department’s review is done there: not by us, and ours not by them', async () => {
  const no = await accepted('joint')
  expect(await t.refused(t.act(no, 'coReview', 'reviewer', { opinion: '可' }))).toBe('flow/not-permitted')
  expect(await t.refused(t.act(no, 'review', 'outsider', { opinion: '可' }))).toBe('flow/not-permitted')
  await t.act(no, 'coReview', 'outsider', { opinion: '卫生条件符合' })
  expect(await t.refused(t.act(no, 'decide', 'chief', { outcome: 'grant' }))).toBe('flow/not-this-step')
  await review(no)
  expect(await t.refused(t.act(no, 'decide', 'chief', { outcome: 'grant' }))).toBe('done')
})

describe('ends before the decision', () => {
  test('withdrawn by the applicant before the decision, with no bar to applying again; not after it', async () => {
    const no = await accepted('plain')
    await t.act(no, 'withdraw', 'applicant', { reason: '不办了' })
    const { matter, clocks, tasks } = await t.see(no)
    expect(matter.stage).toBe('withdrawn')
    expect(clocks.every((clock) => clock.stoppedOn !== null) && tasks.every((task) => task.state !== 'open')).toBe(true)
    expect(await t.refused(t.submit('plain'))).toBe('done')
    const other = await accepted('instant')
    await t.act(other, 'decide', 'chief', { outcome: 'grant' })
    expect(await t.refused(t.act(other, 'withdraw', 'applicant', {}))).toBe('flow/wrong-stage')
  })

  test('terminated by who may decide, on a ground', async () => {
    const no = await accepted('plain')
    expect(await t.refused(t.act(no, 'terminate', 'reviewer2', { ground: 'objectGone', reasons: '场地已拆除' }))).toBe('flow/not-permitted')
    await t.act(no, 'terminate', 'head', { ground: 'objectGone', reasons: '场地已拆除' })
    expect((await t.see(no)).matter).toMatchObject({ stage: 'terminated', data: { ended: { kind: 'terminated', ground: 'objectGone' } } })
  })

  test('nobody’s case but the party’s: a neighbour does not even learn that it exists', async () => {
    const no = await accepted('plain')
    expect(await t.refused(t.act(no, 'withdraw', 'neighbour', {}))).toBe('flow/not-found')
  })
})
