import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { town, type Town } from '../../../../tests/town.ts'
import { sweepCases } from '../sweep.ts'

// Days counted by hand from the State Council's notice for 2026: off 15–23 February (worked Saturday 14 and 28), 4–6 April, 1–5 May (worked
// Saturday 9), 1–7 October (worked Sunday 20 September and Saturday 10 October). March 2026 has no holiday and begins on a Sunday.
let t: Town
beforeAll(async () => { t = await town() })
afterAll(() => t?.close())
const defect = (materialId: string | null, what = '缺页', field: string | null = null) => ({ materialId, field, what })
const sweepAt = async (day: string, time?: string) => { t.on(day, time); await sweepCases(t.house) }
const actsOf = async (no: string, act: string) => (await t.db.query<{ n: number }>('select count(*)::int as n from flow.act a join flow.matter m on m.id = a.matter_id where m.no = $1 and a.act = $2', [no, act]))[0]!.n

describe('receipt starts the five days', () => {
  test('over the Spring Festival: received Thursday 12 February, the fifth working day is Thursday 26 February', async () => {
    // 13 Fri, 14 Sat (made up), 24 Tue, 25 Wed, 26 Thu.
    t.on('2026-02-12')
    const no = await t.submit('plain')
    expect(await t.clock(no, 'LIC.CORRECTION_NOTICE')).toEqual({ id: 'LIC.CORRECTION_NOTICE', startedOn: '2026-02-12', dueOn: '2026-02-26', stoppedOn: null })
  })

  test('over National Day: accepted Monday 28 September, ten working days end on 16 October, twenty on 30 October', async () => {
    // 29, 30; 8, 9, 10 (Sat, made up); 12–16: ten. 19–23, 26–30: twenty.
    t.on('2026-09-28')
    const no = await t.submit('plain')
    await t.act(no, 'accept', 'clerk')
    expect(await t.clock(no, 'SVC.PROMISE')).toMatchObject({ dueOn: '2026-10-16' })
    expect(await t.clock(no, 'LIC.DECIDE')).toMatchObject({ dueOn: '2026-10-30' })
  })

  test('receipt is not acceptance: paper originals start nothing until the counter has them', async () => {
    t.on('2026-03-02')
    const no = await t.submit('plain', { materials: [{ materialId: 'application', form: 'original' }, { materialId: 'plan', form: 'electronic' }] })
    expect((await t.see(no)).clocks).toEqual([])
    expect(await t.refused(t.act(no, 'accept', 'clerk'))).toBe('cases/not-yet-received')
    expect(await t.refused(t.act(no, 'requestSupplement', 'clerk', { defects: [defect('plan')] }))).toBe('cases/not-yet-received')
    t.on('2026-03-05')
    await t.act(no, 'receive', 'clerk', { materials: [{ materialId: 'application', form: 'original', originalSeen: true }] })
    // 6, 9, 10, 11, 12.
    expect(await t.clock(no, 'LIC.CORRECTION_NOTICE')).toMatchObject({ startedOn: '2026-03-05', dueOn: '2026-03-12' })
    expect((await t.see(no)).matter).toMatchObject({ stage: 'submitted', data: { receivedOn: '2026-03-05', acceptedOn: null } })
    expect(await t.refused(t.act(no, 'receive', 'clerk', { materials: [{ materialId: 'plan', form: 'original' }] }))).toBe('cases/already-received')
  })

  test('on a day of rest the day is day zero like any other', async () => {
    t.on('2026-03-07')
    expect(await t.clock(await t.submit('plain'), 'LIC.CORRECTION_NOTICE')).toMatchObject({ startedOn: '2026-03-07', dueOn: '2026-03-13' })
  })
})

describe('notice missed', () => {
  test('accepting on the fifth day itself is in time', async () => {
    t.on('2026-03-02')
    const no = await t.submit('plain')
    t.on('2026-03-09', '23:59')
    await t.act(no, 'accept', 'clerk')
    expect((await t.see(no)).matter.data).toMatchObject({ acceptedOn: '2026-03-09', deemedAccepted: false })
  })

  test('accepting late is dated back to the day of receipt, and the decision has run since then', async () => {
    t.on('2026-03-02')
    const no = await t.submit('plain')
    t.on('2026-03-10')
    await t.act(no, 'accept', 'clerk')
    expect((await t.see(no)).matter.data).toMatchObject({ acceptedOn: '2026-03-02', deemedAccepted: true })
    // 3–6: four; 9–13: nine; 16: ten; 16–20, 23–27: nineteen; 30: twenty.
    expect(await t.clock(no, 'SVC.PROMISE')).toMatchObject({ startedOn: '2026-03-02', dueOn: '2026-03-16' })
    expect(await t.clock(no, 'LIC.DECIDE')).toMatchObject({ startedOn: '2026-03-02', dueOn: '2026-03-30' })
  })

  test('after the fifth day nothing may be asked for and nobody turned away, though no sweep has run', async () => {
    t.on('2026-03-02')
    const no = await t.submit('plain')
    t.on('2026-03-10')
    expect(await t.refused(t.act(no, 'requestSupplement', 'clerk', { defects: [defect('plan')] }))).toBe('cases/after-acceptance')
    expect(await t.refused(t.act(no, 'refuseAcceptance', 'clerk', { ground: 'falseMaterials', reasons: '虚假' }))).toBe('cases/deemed-already')
    expect(await t.refused(t.act(no, 'notRequired', 'clerk', { reasons: '无需许可' }))).toBe('cases/deemed-already')
  })

  test('the sweep deems it accepted with the end of the fifth day, once', async () => {
    t.on('2026-03-02')
    const no = await t.submit('plain')
    await sweepAt('2026-03-09', '23:59')
    expect((await t.see(no)).matter.stage).toBe('submitted')
    await sweepAt('2026-03-10', '00:00')
    await Promise.all([sweepCases(t.house), sweepCases(t.house)])
    expect((await t.see(no)).matter).toMatchObject({ stage: 'accepted', data: { acceptedOn: '2026-03-02', deemedAccepted: true } })
    expect(await actsOf(no, 'deemAccepted')).toBe(1)
    // The case goes on from there: nothing is left with the clerk, and the reviewer has it on the table.
    expect((await t.see(no)).tasks.filter((task) => task.state === 'open').map((task) => task.step)).toEqual(['review'])
    await t.act(no, 'review', 'reviewer', { opinion: '可' })
  })

  test('a case that fails does not keep the law from the others, and is told', async () => {
    t.on('2026-03-02')
    const [broken, sound] = [await t.submit('plain'), await t.submit('plain')]
    const [{ data }] = await t.db.query<{ data: object }>('select data from flow.matter where no = $1', [broken]) as [{ data: object }]
    await t.db.query(`update flow.matter set data = jsonb_set(data, '{application}', 'null') where no = $1`, [broken])
    t.on('2026-03-10', '00:00')
    await expect(sweepCases(t.house)).rejects.toThrow(`${broken}: deemAccepted failed`)
    expect((await t.see(sound)).matter.stage).toBe('accepted')
    await t.db.query('update flow.matter set data = $2 where no = $1', [broken, data])
    await sweepCases(t.house)
    expect((await t.see(broken)).matter.stage).toBe('accepted')
  })

  test('after a downtime of weeks it is still dated to the day of receipt, and once', async () => {
    t.on('2026-03-02')
    const no = await t.submit('plain')
    await sweepAt('2026-04-20')
    await sweepAt('2026-04-21')
    expect((await t.see(no)).matter.data).toMatchObject({ acceptedOn: '2026-03-02' })
    expect(await t.clock(no, 'LIC.DECIDE')).toMatchObject({ dueOn: '2026-03-30' })
    expect(await actsOf(no, 'deemAccepted')).toBe(1)
  })

  test('real estate: not refused in writing on the spot is accepted that day', async () => {
    t.on('2026-03-02')
    const no = await t.submit('realty')
    await sweepAt('2026-03-03', '00:00')
    expect((await t.see(no)).matter).toMatchObject({ stage: 'accepted', data: { acceptedOn: '2026-03-02' } })
  })

  test('where no law deems, silence is delay and nothing more', async () => {
    t.on('2026-03-02')
    const no = await t.submit('instant')
    await sweepAt('2026-06-01')
    expect((await t.see(no)).matter.stage).toBe('submitted')
    expect(await t.clock(no, 'CASE.ACCEPTANCE')).toMatchObject({ dueOn: '2026-03-09', stoppedOn: null })
  })
})

describe('一次性告知补正', () => {
  test('a complete supplement starts a fresh five days, and silence deems acceptance from the day of the supplement', async () => {
    t.on('2026-03-02')
    const no = await t.submit('plain')
    t.on('2026-03-04')
    await t.act(no, 'requestSupplement', 'clerk', { defects: [defect('plan')] })
    expect((await t.see(no)).matter.stage).toBe('supplementing')
    expect(await t.clock(no, 'LIC.CORRECTION_NOTICE')).toMatchObject({ stoppedOn: '2026-03-04' })
    t.on('2026-03-24')
    await t.act(no, 'supplement', 'applicant', { materials: [{ materialId: 'plan', form: 'electronic' }] })
    // 25, 26, 27, 30, 31.
    expect(await t.clock(no, 'LIC.CORRECTION_NOTICE')).toMatchObject({ id: 'LIC.CORRECTION_NOTICE~2', startedOn: '2026-03-24', dueOn: '2026-03-31' })
    await sweepAt('2026-04-01')
    expect((await t.see(no)).matter.data).toMatchObject({ acceptedOn: '2026-03-24', deemedAccepted: true })
    // 25–27: 3; 30–3 April: 8; 7–10: 12; 13–17: 17; 20, 21, 22: twenty.
    expect(await t.clock(no, 'LIC.DECIDE')).toMatchObject({ startedOn: '2026-03-24', dueOn: '2026-04-22' })
  })

  test('a second notice may not name what could be seen the first time, but may what the supplement brought', async () => {
    t.on('2026-03-02')
    const no = await t.submit('plain')
    await t.act(no, 'requestSupplement', 'clerk', { defects: [defect('plan')] })
    await t.act(no, 'supplement', 'applicant', { materials: [{ materialId: 'plan', form: 'electronic' }] })
    expect(await t.refused(t.act(no, 'requestSupplement', 'clerk', { defects: [defect('application')] }))).toBe('cases/second-notice')
    expect(await t.refused(t.act(no, 'requestSupplement', 'clerk', { defects: [defect(null, '店名', 'shopName')] }))).toBe('cases/second-notice')
    await t.act(no, 'requestSupplement', 'clerk', { defects: [defect('plan', '新图没有比例尺')] })
    expect((await t.see(no)).matter).toMatchObject({ stage: 'supplementing', data: { supplements: [{ askedOn: '2026-03-02' }, { askedOn: '2026-03-02' }] } })
  })

  test('paper that a supplement only promises does not start the days', async () => {
    t.on('2026-03-02')
    const no = await t.submit('plain')
    await t.act(no, 'requestSupplement', 'clerk', { defects: [defect('plan')] })
    await t.act(no, 'supplement', 'applicant', { materials: [{ materialId: 'plan', form: 'original' }] })
    expect(await t.clock(no, 'LIC.CORRECTION_NOTICE')).toMatchObject({ id: 'LIC.CORRECTION_NOTICE', stoppedOn: '2026-03-02' })
    t.on('2026-03-05')
    await t.act(no, 'receive', 'clerk', { materials: [{ materialId: 'plan', form: 'original' }] })
    expect(await t.clock(no, 'LIC.CORRECTION_NOTICE')).toMatchObject({ id: 'LIC.CORRECTION_NOTICE~2', startedOn: '2026-03-05', dueOn: '2026-03-12' })
  })

  test('an application left uncorrected is never deemed withdrawn: it waits for years', async () => {
    t.on('2026-03-02')
    const no = await t.submit('plain')
    await t.act(no, 'requestSupplement', 'clerk', { defects: [defect('plan')] })
    await sweepAt('2029-03-02')
    expect((await t.see(no)).matter).toMatchObject({ stage: 'supplementing', data: { ended: null } })
    await t.act(no, 'supplement', 'applicant', { materials: [{ materialId: 'plan', form: 'electronic' }] })
    expect((await t.see(no)).matter.stage).toBe('submitted')
  })

  test('a defect names a material of the guide or a field', async () => {
    t.on('2026-03-02')
    const no = await t.submit('plain')
    expect(await t.refused(t.act(no, 'requestSupplement', 'clerk', { defects: [defect(null)] }))).toBe('cases/defect-names-nothing')
    expect(await t.refused(t.act(no, 'requestSupplement', 'clerk', { defects: [defect('criminalRecord')] }))).toBe('cases/material-unknown')
  })

  test('after acceptance there is no correction notice; clarification may be asked and the clock runs on', async () => {
    t.on('2026-03-02')
    const no = await t.submit('plain')
    await t.act(no, 'accept', 'clerk')
    expect(await t.refused(t.act(no, 'requestSupplement', 'clerk', { defects: [defect('plan')] }))).toBe('flow/wrong-stage')
    const due = await t.clock(no, 'LIC.DECIDE')
    await t.act(no, 'askClarification', 'reviewer', { question: '几层？' })
    expect(await t.clock(no, 'LIC.DECIDE')).toEqual(due)
    await t.act(no, 'review', 'reviewer', { opinion: '可' })
    expect(await t.refused(t.act(no, 'decide', 'chief', { outcome: 'grant' }))).toBe('cases/clarification-open')
    await t.act(no, 'clarify', 'applicant', { answer: '两层' })
    expect(await t.refused(t.act(no, 'decide', 'chief', { outcome: 'grant' }))).toBe('done')
  })
})

describe('refusing acceptance', () => {
  test('its grounds are closed, and reasons must be given', async () => {
    t.on('2026-03-02')
    const no = await t.submit('plain')
    expect(await t.refused(t.act(no, 'refuseAcceptance', 'clerk', { ground: 'materialsMissing', reasons: '缺材料' }))).toBe('flow/invalid-input')
    expect(await t.refused(t.act(no, 'refuseAcceptance', 'clerk', { ground: 'falseMaterials', reasons: ' ' }))).toBe('flow/invalid-input')
    expect(await t.refused(t.act(no, 'refuseAcceptance', 'clerk', { ground: 'notCompetent', reasons: '不归我管' }))).toBe('flow/invalid-input')
    await t.act(no, 'refuseAcceptance', 'clerk', { ground: 'notCompetent', reasons: '不属本机关职权', competentBody: '区城管委' })
    const { matter, clocks } = await t.see(no)
    expect(matter).toMatchObject({ stage: 'notAccepted', data: { ended: { kind: 'notAccepted', on: '2026-03-02' } } })
    expect(clocks.every((clock) => clock.stoppedOn === '2026-03-02')).toBe(true)
  })

  test('missing materials are asked for, never accepted over; 容缺 lets only the named ones follow', async () => {
    t.on('2026-03-02')
    const materials = [{ materialId: 'application', form: 'electronic' }]
    const plain = await t.submit('plain', { materials })
    expect(await t.refused(t.act(plain, 'accept', 'clerk'))).toBe('cases/materials-missing')
    expect(await t.refused(t.submit('licence', { materials: [{ materialId: 'plan', form: 'electronic' }], deferred: { materials: ['application'], signed: true } }))).toBe('cases/invalid-application')
    const deferred = await t.submit('licence', { materials, deferred: { materials: ['plan'], signed: true } })
    await t.act(deferred, 'accept', 'clerk')
    // Five working days after Monday 2 March.
    expect((await t.see(deferred)).matter.data).toMatchObject({ deferred: { dueOn: '2026-03-09', suppliedOn: null } })
    t.on('2026-03-04')
    await t.act(deferred, 'supplyDeferred', 'applicant', { materials: [{ materialId: 'plan', form: 'electronic' }] })
    expect((await t.see(deferred)).matter.data.deferred!.suppliedOn).toBe('2026-03-04')
  })

  test('false materials bar the same application for one year, the last day included', async () => {
    t.on('2026-03-02')
    const no = await t.submit('neighbours')
    await t.act(no, 'refuseAcceptance', 'clerk', { ground: 'falseMaterials', reasons: '营业执照系伪造' })
    t.on('2027-03-02')
    expect(await t.refused(t.submit('neighbours'))).toBe('cases/reapplication-bar')
    expect(await t.refused(t.submit('plain'))).toBe('done')
    t.on('2027-03-03')
    expect(await t.refused(t.submit('neighbours'))).toBe('done')
  })

  test('where the licence does not bear on safety they bar nothing (art. 78)', async () => {
    t.on('2026-03-02')
    const no = await t.submit('plain')
    await t.act(no, 'refuseAcceptance', 'clerk', { ground: 'falseMaterials', reasons: '营业执照系伪造' })
    expect(await t.refused(t.submit('plain'))).toBe('done')
  })

  test('of several bars the latest day holds: a short one never cuts a long one', async () => {
    const passport = { applicant: { kind: 'person', name: '林晚照', idType: '414', idNumber: 'E87654321', phone: '13900000001' } }
    t.on('2026-03-02')
    const [first, second] = [await t.submit('neighbours', passport, 'clerk'), await t.submit('neighbours', passport, 'clerk')]
    t.on('2026-03-05')
    await t.act(first, 'refuseAcceptance', 'clerk', { ground: 'falseMaterials', reasons: '伪造' })
    // A bar of three years written by another case stays, whatever comes after it.
    await t.admin.query(`update cases.bar set until_on = '2029-03-05', article = '行政许可法 第七十九条' where id_number = 'E87654321'`)
    await t.act(second, 'refuseAcceptance', 'clerk', { ground: 'falseMaterials', reasons: '伪造' })
    t.on('2029-03-05')
    expect(await t.refused(t.submit('neighbours', passport, 'clerk'))).toBe('cases/reapplication-bar')
    t.on('2029-03-06')
    expect(await t.refused(t.submit('neighbours', passport, 'clerk'))).toBe('done')
  })
})

describe('items whose law counts otherwise', () => {
  test('windows: the decision’s clock runs from the window’s last day, and outside it nothing is taken in', async () => {
    t.on('2026-03-10')
    const no = await t.submit('windows')
    t.on('2026-03-12')
    await t.act(no, 'accept', 'clerk')
    // From 31 March: 1–3 April: 3; 7–10: 7; 13–17: 12; 20–22: fifteen; 23, 24: 17; 27–30: 21; 6–9 May with the Saturday: 25; 11–15: thirty.
    expect(await t.clock(no, 'SVC.PROMISE')).toMatchObject({ startedOn: '2026-03-31', dueOn: '2026-04-22' })
    expect(await t.clock(no, 'ITEM.STATUTORY')).toMatchObject({ startedOn: '2026-03-31', dueOn: '2026-05-15' })
    t.on('2026-04-01')
    expect(await t.refused(t.submit('windows'))).toBe('cases/window-closed')
    t.on('2026-03-31', '23:59')
    expect(await t.refused(t.submit('windows'))).toBe('done')
  })

  test('from receipt of all documents: one clock, not begun again by acceptance but by the supplement', async () => {
    t.on('2026-03-02')
    const no = await t.submit('fromReceipt')
    expect(await t.clock(no, 'SVC.PROMISE')).toMatchObject({ startedOn: '2026-03-02', dueOn: '2026-03-16' })
    t.on('2026-03-04')
    await t.act(no, 'requestSupplement', 'clerk', { defects: [defect('plan')] })
    expect(await t.clock(no, 'SVC.PROMISE')).toMatchObject({ stoppedOn: '2026-03-04' })
    t.on('2026-03-24')
    await t.act(no, 'supplement', 'applicant', { materials: [{ materialId: 'plan', form: 'electronic' }] })
    await t.act(no, 'accept', 'clerk')
    // 25–27, 30–3 April, 7, 8.
    expect(await t.clock(no, 'SVC.PROMISE')).toEqual({ id: 'SVC.PROMISE~2', startedOn: '2026-03-24', dueOn: '2026-04-08', stoppedOn: null })
    expect((await t.see(no)).clocks.filter((clock) => clock.rule === 'ITEM.STATUTORY')).toHaveLength(2)
  })
})
