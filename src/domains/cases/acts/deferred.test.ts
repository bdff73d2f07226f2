import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { town, type Town } from '../../../../tests/town.ts'
import { sweepCases } from '../sweep.ts'

// March 2026 has no holiday; Monday is the 2nd. Five working days after Wednesday 4 March: 5, 6, 9, 10, 11.
let t: Town
beforeAll(async () => { t = await town() })
beforeEach(() => t.on('2026-03-02'))
afterAll(() => t?.close())
const promise = { materials: [{ materialId: 'application', form: 'electronic' }], deferred: { materials: ['plan'], signed: true } }
const plan = { materials: [{ materialId: 'plan', form: 'electronic' }] }
const sweepAt = async (day: string, time?: string) => { t.on(day, time); await sweepCases(t.house) }
const told = async (no: string, template: string) => t.db.query<{ on: string; body: string; to: 'party' | 'officer' }>(
  `select to_char(m.created_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as on, m.body_zh as body, case when m.party_id is null then 'officer' else 'party' end as to from notify.message m where m.matter_no = $1 and m.template = $2 order by m.created_at`, [no, template])
const acts = async (no: string, act: string) => (await t.db.query(`select 1 from flow.act a join flow.matter m on m.id = a.matter_id where m.no = $1 and a.act = $2`, [no, act])).length

/** Promised on Monday 2 March, accepted on Wednesday 4 March. */
async function accepted(item: string): Promise<string> {
  const no = await t.submit(item, promise)
  t.on('2026-03-04')
  await t.act(no, 'accept', 'clerk')
  return no
}
async function examined(item: string): Promise<string> {
  const no = await accepted(item)
  await t.act(no, 'review', 'reviewer', { opinion: '可' })
  await t.act(no, 'survey', 'surveyor', { opinion: '可', secondOfficer: t.persons.surveyor2 })
  return no
}
const grant = (no: string) => t.act(no, 'decide', 'chief', { outcome: 'grant' })

describe('the promised day', () => {
  test('counts from acceptance, so that waiting for it shortens nothing; the decision’s time runs beside it', async () => {
    const no = await t.submit('licence', promise)
    expect((await t.see(no)).matter.data.deferred).toEqual({ materials: ['plan'], materialNames: [{ zh: '平面图', en: 'plan' }], dueOn: '2026-03-09', outcome: { zh: '未补交的，不予许可', en: 'Refused if not supplied' }, onMissed: 'refused', suppliedOn: null, missed: null })
    t.on('2026-03-04')
    await t.act(no, 'accept', 'clerk')
    expect((await t.see(no)).matter.data.deferred).toMatchObject({ dueOn: '2026-03-11' })
    expect(await t.clock(no, 'CASE.DEFERRED')).toEqual({ id: 'CASE.DEFERRED', startedOn: '2026-03-04', dueOn: '2026-03-11', stoppedOn: null })
    // 5, 6; 9–13; 16, 17, 18.
    expect(await t.clock(no, 'SVC.PROMISE')).toMatchObject({ startedOn: '2026-03-04', dueOn: '2026-03-18' })
  })

  test('is not dated back with an acceptance that is: deemed on the 10th of what was received on the 2nd, it is the 17th', async () => {
    const no = await t.submit('licence', promise)
    await sweepAt('2026-03-10')
    expect((await t.see(no)).matter).toMatchObject({ stage: 'accepted', data: { acceptedOn: '2026-03-02' } })
    // 11, 12, 13, 16, 17.
    expect(await t.clock(no, 'CASE.DEFERRED')).toMatchObject({ startedOn: '2026-03-10', dueOn: '2026-03-17' })
  })

  test('is announced two working days ahead and on the day, to the applicant by message and SMS and to whoever has the case', async () => {
    const no = await accepted('licence')
    await sweepAt('2026-03-09', '23:59')
    expect(await told(no, 'deferredDue')).toEqual([])
    await sweepAt('2026-03-10', '00:00')
    await sweepAt('2026-03-11', '00:00')
    await sweepAt('2026-03-11', '12:00')
    expect((await told(no, 'deferredDue')).map(({ on, to }) => [on, to])).toEqual([['2026-03-10', 'party'], ['2026-03-11', 'party']])
    expect((await told(no, 'deferredDue'))[0]!.body).toContain('平面图请在2026年3月11日前补交')
    expect(await t.db.query(`select 1 from notify.delivery d join notify.message m on m.id = d.message_id where m.matter_no = $1 and m.template = 'deferredDue' and d.channel = 'sms'`, [no])).toHaveLength(2)
    expect((await told(no, 'clockWarning')).filter(({ body }) => body.includes('补交容缺材料'))).not.toEqual([])
  })

  test('what came before acceptance is promised no longer', async () => {
    const no = await t.submit('licence', promise)
    await t.act(no, 'correctOnSpot', 'applicant', { ...plan, what: '补交平面图' })
    await t.act(no, 'accept', 'clerk')
    expect((await t.see(no)).matter.data.deferred).toMatchObject({ suppliedOn: '2026-03-02' })
    expect(await t.clock(no, 'CASE.DEFERRED')).toBeNull()
  })
})

describe('missed before the decision', () => {
  test('the system says so once when the day is over, also after weeks in which nothing ran, and tells the applicant', async () => {
    const no = await accepted('licence')
    await sweepAt('2026-03-11', '23:59')
    expect(await acts(no, 'deferredMissed')).toBe(0)
    t.on('2026-03-30')
    await Promise.all([sweepCases(t.house), sweepCases(t.house)])
    await sweepAt('2026-03-31')
    expect(await acts(no, 'deferredMissed')).toBe(1)
    expect(await t.clock(no, 'CASE.DEFERRED')).toMatchObject({ stoppedOn: '2026-03-30' })
    expect((await t.see(no)).matter.data.deferred!.missed).toEqual({ on: '2026-03-30', article: '北京市优化营商环境条例 第三十一条', reasons: '申请人按容缺受理承诺于2026年3月11日前补交“平面图”，逾期未补交。办事指南载明：未补交的，不予许可。' })
    expect((await told(no, 'deferredMissed')).map(({ on, body }) => [on, body])).toEqual([['2026-03-30', expect.stringContaining('应在2026年3月11日前补交，逾期未收到。未补交的，不予许可')]])
  })

  test('refused by the guide: a grant is lawful until the day is over, then none until they come; the refusal stands ready', async () => {
    const no = await examined('licence')
    await sweepAt('2026-03-12')
    expect(await t.refused(grant(no))).toBe('cases/deferred-missed')
    await t.act(no, 'decide', 'chief', { outcome: 'refuse', reasons: (await t.see(no)).matter.data.deferred!.missed!.reasons })
    expect((await t.see(no)).matter).toMatchObject({ stage: 'decided', data: { decision: { outcome: 'refuse' } } })
    expect((await t.see(no)).matter.data.decision!.reasons).toContain('逾期未补交')
  })

  test('a refused application can be filed although the materials never came', async () => {
    const no = await examined('licence')
    await sweepAt('2026-03-12')
    await t.act(no, 'decide', 'chief', { outcome: 'refuse', reasons: '逾期未补交' })
    await t.act(no, 'serve', 'dispatcher', { paper: 'denial', mode: 'direct', on: '2026-03-12', recipient: '林晚照', proof: { text: '签收' } })
    expect(await t.refused(t.act(no, 'close', 'archivist'))).toBe('done')
  })

  test('supplied late the bar is lifted, on the record', async () => {
    const no = await examined('licence')
    await sweepAt('2026-03-12')
    t.on('2026-03-13')
    await t.act(no, 'supplyDeferred', 'applicant', plan)
    expect((await t.see(no)).matter.data.deferred).toMatchObject({ suppliedOn: '2026-03-13', missed: { on: '2026-03-12' } })
    expect(await told(no, 'deferredSupplied')).toHaveLength(1)
    expect(await t.refused(grant(no))).toBe('done')
    expect(await t.refused(t.act(no, 'supplyDeferred', 'applicant', plan))).toBe('cases/nothing-deferred')
  })
})

describe('missed after the decision', () => {
  test('granted before the day, the result stays with the office until the materials are there', async () => {
    const no = await examined('licence')
    await grant(no)
    expect(await t.refused(t.act(no, 'issue', 'sealkeeper'))).toBe('cases/result-withheld')
    await sweepAt('2026-03-12')
    expect((await t.see(no)).matter.data.deferred!.missed).toMatchObject({ on: '2026-03-12' })
    expect(await t.refused(t.act(no, 'issue', 'sealkeeper'))).toBe('cases/result-withheld')
    await t.act(no, 'supplyDeferred', 'applicant', plan)
    await t.act(no, 'issue', 'sealkeeper')
    expect(await t.refused(t.act(no, 'deliver', 'dispatcher', { mode: 'counter', collectedBy: '林晚照' }))).toBe('done')
  })

  test('withheld by the guide: granted after the day as before it, and kept back', async () => {
    const no = await accepted('withheld')
    await sweepAt('2026-03-12')
    await grant(no)
    expect(await t.refused(t.act(no, 'issue', 'sealkeeper'))).toBe('cases/result-withheld')
  })

  test('decided on the evidence there is: nothing waits, the promise ends with the decision', async () => {
    const no = await accepted('evidence')
    await grant(no)
    expect(await t.clock(no, 'CASE.DEFERRED')).toMatchObject({ stoppedOn: '2026-03-04' })
    await t.act(no, 'issue', 'sealkeeper')
    await t.act(no, 'deliver', 'dispatcher', { mode: 'counter', collectedBy: '林晚照' })
    await sweepAt('2026-03-12')
    expect(await acts(no, 'deferredMissed')).toBe(0)
    expect(await t.refused(t.act(no, 'close', 'archivist'))).toBe('done')
  })
})

describe('the answer on acceptance', () => {
  test('clerk and chief are warned on the third day and the morning of the fifth, and nobody before', async () => {
    // Received Monday 2 March: day one is the 3rd, day three Thursday the 5th, day five Monday the 9th.
    const no = await t.submit('plain')
    const warned = async (day: string, time: string) => {
      await sweepAt(day, time)
      return (await t.db.query<{ person: string; on: string }>(`select p.name_en as person, to_char(m.created_at at time zone 'Asia/Shanghai', 'DD HH24:MI') as on from notify.message m join org.person p on p.id = m.person_id where m.matter_no = $1 and m.template = 'clockWarning' order by m.created_at, p.name_en`, [no])).map(({ person, on }) => `${on} ${person}`)
    }
    expect(await warned('2026-03-04', '23:59')).toEqual([])
    expect(await warned('2026-03-05', '08:00')).toEqual(['05 00:00 chief', '05 00:00 clerk'])
    expect(await warned('2026-03-08', '23:59')).toHaveLength(2)
    expect(await warned('2026-03-09', '08:30')).toEqual(['05 00:00 chief', '05 00:00 clerk', '09 08:30 chief', '09 08:30 clerk'])
  })
})
