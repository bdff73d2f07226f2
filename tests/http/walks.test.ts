import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { daysBetween, type CivilDay } from '../../src/base/civil-day.ts'
import type { CaseView } from '../../src/domains/cases/contract.ts'
import { fireTimers } from '../../src/domains/cases/sweep.ts'
import { sweepCases } from '../../src/domains/cases/index.ts'
import { applicationFor, type Wishes } from './applications.ts'
import type { Document } from './client.ts'
import { startTownServer, type TownServer } from './town-server.ts'

let town: TownServer
/** The other officer on the spot. */
let second: string
beforeAll(async () => {
  town = await startTownServer()
  const officers = await town.open.admin.query<{ id: string }>(`select p.id from org.person p join access.account a on a.person_id = p.id where a.username = 'reviewer2'`)
  second = officers[0]!.id
})
afterAll(async () => { await (town as TownServer | undefined)?.close() })

/** Who does what with which input, the stage and live steps it leads to, and whose post it is not. */
interface Step { readonly as: string; readonly act: string; readonly input?: object | ((seen: CaseView) => object); readonly stage: string; readonly live: readonly string[]; readonly not?: readonly string[]; readonly days?: number }
type Walked = CaseView & { readonly result?: Document }

async function walk(procedureId: string, wishes: Wishes, steps: readonly Step[]): Promise<Walked> {
  let now: Walked = await town.file('clerk', await applicationFor(town, procedureId, 'clerk', wishes))
  expect(now).toMatchObject({ stage: 'submitted', revision: 1, procedure: { id: procedureId, version: 1, live: ['acceptance'] } })
  for (const step of steps) {
    if (step.days) town.later(step.days)
    const seen = await town.api<CaseView>('GET', `/api/v1/cases/${now.caseNo}`, undefined, { as: step.as })
    expect(seen.body.acts.map((offer) => offer.act), `${step.as} is offered`).toContain(step.act)
    // What the step needs is read by the account that does it: a masked case would fail here.
    const input = typeof step.input === 'function' ? step.input(seen.body) : (step.input ?? {})
    for (const other of step.not ?? []) {
      const refused = await town.api('POST', `/api/v1/cases/${now.caseNo}/acts`, { act: step.act, revision: now.revision, input }, { as: other })
      expect([other, step.act, refused.status], refused.text).toEqual([other, step.act, 403])
    }
    const next = await town.act(step.as, now, step.act, input)
    expect([step.act, next.stage, [...next.procedure!.live].sort(), next.revision]).toEqual([step.act, step.stage, step.live, now.revision + 1])
    now = next
  }
  return now
}

const served = (now: CaseView, paper = 'grant') => ({ paper, mode: 'direct', on: town.time.today(), recipient: (now.data as { application: { applicant: { name: string } } }).application.applicant.name, proof: { text: '当面签收' } })
const collected = (now: CaseView) => ({ mode: 'counter', collectedBy: (now.data as { application: { applicant: { name: string } } }).application.applicant.name })
const END: readonly Step[] = [
  { as: 'sealkeeper', act: 'issue', stage: 'decided', live: ['delivery'], not: ['reviewer', 'cashier'] },
  { as: 'dispatcher', act: 'deliver', input: collected, stage: 'served', live: [], not: ['reviewer', 'archivist', 'inspector'] },
  { as: 'archivist', act: 'close', stage: 'closed', live: [], not: ['clerk', 'reviewer', 'dispatcher'] },
]

describe('a case over HTTP, each step by the account whose post it is', () => {
  it('an instant item: accepted and decided on the spot', async () => {
    const end = await walk('prepackaged-food', {}, [
      { as: 'clerk', act: 'accept', stage: 'accepted', live: ['decision'], not: ['reviewer', 'cashier', 'archivist', 'catalog', 'sysadmin'] },
      { as: 'chief', act: 'decide', input: { outcome: 'grant', content: '准予备案' }, stage: 'decided', live: ['issuance'], not: ['clerk', 'reviewer', 'dispatcher', 'inspector', 'leader'] },
      ...END,
    ])
    expect(end.tasks).toEqual([])
    expect(end.clocks.every((clock) => clock.stopped)).toBe(true)
  })

  it('the food business licence: examined, surveyed by two, decided by one who did neither', async () => {
    await walk('food-business', {}, [
      { as: 'clerk', act: 'accept', stage: 'accepted', live: ['review'], not: ['surveyor', 'chief'] },
      { as: 'reviewer', act: 'review', input: { opinion: '材料齐全，建议准予。' }, stage: 'accepted', live: ['survey'], not: ['clerk', 'surveyor', 'chief', 'head'] },
      { as: 'surveyor', act: 'survey', input: { opinion: '现场与申报一致。', secondOfficer: second }, stage: 'accepted', live: ['decision'], not: ['clerk', 'cashier', 'reviewer'] },
      { as: 'chief', act: 'decide', input: { outcome: 'grant' }, stage: 'decided', live: ['issuance'], not: ['reviewer', 'surveyor', 'clerk'] },
      ...END,
    ])
  })

  it('an item with a fee: paid before the certificate is made', async () => {
    await walk('dog', { form: { guideDog: false } }, [
      { as: 'clerk', act: 'accept', stage: 'accepted', live: ['decision'] },
      { as: 'chief', act: 'decide', input: { outcome: 'grant' }, stage: 'decided', live: ['payment'], not: ['cashier'] },
      { as: 'cashier', act: 'requestPayment', stage: 'decided', live: ['payment'], not: ['dispatcher', 'archivist'] },
      { as: 'cashier', act: 'confirmPayment', input: (now) => ({ receiptNo: '演示000001', amountFen: (now.data as { payment: { totalFen: number } }).payment.totalFen }), stage: 'decided', live: ['issuance'], not: ['reviewer', 'chief', 'sealkeeper'] },
      ...END,
    ])
  })

  it('expert review stops the clock by written notice, and the days between do not count', async () => {
    const end = await walk('medical-establishment', {}, [
      { as: 'clerk', act: 'accept', stage: 'accepted', live: ['review'] },
      { as: 'reviewer', act: 'review', input: { opinion: '材料齐全。' }, stage: 'accepted', live: ['expertReview'] },
      { as: 'reviewer', act: 'suspend', input: { ground: 'expertReview', workingDaysNeeded: 10, requiredBy: '医疗机构管理条例实施细则' }, stage: 'accepted', live: ['expertReview'], not: ['clerk', 'chief', 'inspector'] },
      { as: 'reviewer', act: 'resume', input: { result: '专家意见附卷。' }, stage: 'accepted', live: ['expertReview'], days: 7 },
      { as: 'reviewer2', act: 'expertReview', input: { opinion: '专家同意设置。' }, stage: 'accepted', live: ['decision'] },
      { as: 'reviewer', act: 'tellInterestedParty', input: { name: '演示路社区居民', interest: '相邻权益' }, stage: 'accepted', live: ['decision'] },
      { as: 'reviewer', act: 'hearInterestedParty', input: { party: 0, statement: '无异议。' }, stage: 'accepted', live: ['decision'] },
      { as: 'chief', act: 'decide', input: { outcome: 'grant' }, stage: 'decided', live: ['issuance'], not: ['reviewer', 'reviewer2'] },
      ...END,
    ])
    const history = await town.api<CaseView>('GET', `/api/v1/cases/${end.caseNo}`, undefined, { as: 'clerk' })
    expect(history.body.clocks.find((clock) => clock.rule === 'SVC.PROMISE')?.suspensions).toMatchObject([{ ground: 'expertReview' }])
  })

  it('a joint item: two departments examine at the same time', async () => {
    await walk('road-occupation', {}, [
      { as: 'clerk', act: 'accept', stage: 'accepted', live: ['coReview', 'review'] },
      { as: 'reviewer', act: 'review', input: { opinion: '符合市容要求。' }, stage: 'accepted', live: ['coReview'] },
      { as: 'reviewer2', act: 'coReview', input: { opinion: '交通组织方案可行。' }, stage: 'accepted', live: ['survey'] },
      { as: 'surveyor', act: 'survey', input: { opinion: '现场一致。', secondOfficer: second }, stage: 'accepted', live: ['decision'] },
      { as: 'reviewer', act: 'tellInterestedParty', input: { name: '演示路社区居民', interest: '通行' }, stage: 'accepted', live: ['decision'] },
      { as: 'reviewer', act: 'hearInterestedParty', input: { party: 0, statement: '无异议。' }, stage: 'accepted', live: ['decision'] },
      { as: 'chief', act: 'decide', input: { outcome: 'grant' }, stage: 'decided', live: ['payment'] },
      { as: 'cashier', act: 'requestPayment', stage: 'decided', live: ['payment'] },
      { as: 'cashier', act: 'confirmPayment', input: (now) => ({ receiptNo: '演示000002', amountFen: (now.data as { payment: { totalFen: number } }).payment.totalFen }), stage: 'decided', live: ['issuance'] },
      ...END,
    ])
  })

  it('on a commitment the decision comes first and the check after it', async () => {
    await walk('public-place-hygiene', { commitment: true }, [
      { as: 'clerk', act: 'accept', stage: 'accepted', live: ['decision'] },
      { as: 'chief', act: 'decide', input: { outcome: 'grant' }, stage: 'decided', live: ['issuance'] },
      { as: 'sealkeeper', act: 'issue', stage: 'decided', live: ['delivery'] },
      { as: 'dispatcher', act: 'deliver', input: collected, stage: 'served', live: ['commitmentCheck'] },
      { as: 'surveyor', act: 'commitmentCheck', input: { opinion: '与承诺一致。', finding: 'conforms', secondOfficer: second }, stage: 'served', live: [], not: ['clerk', 'chief', 'archivist'] },
      { as: 'archivist', act: 'close', stage: 'closed', live: [] },
    ])
  })

  it('a check that finds otherwise does not end it: ordered to rectify, then told, heard, annulled and served', async () => {
    const end = await walk('public-place-hygiene', { commitment: true, seed: 7 }, [
      { as: 'clerk', act: 'accept', stage: 'accepted', live: ['decision'] },
      { as: 'chief', act: 'decide', input: { outcome: 'grant' }, stage: 'decided', live: ['issuance'] },
      { as: 'sealkeeper', act: 'issue', stage: 'decided', live: ['delivery'] },
      { as: 'dispatcher', act: 'deliver', input: collected, stage: 'served', live: ['commitmentCheck'] },
      { as: 'surveyor', act: 'commitmentCheck', input: { opinion: '消毒间未启用。', finding: 'rectify', workingDays: 5, secondOfficer: second }, stage: 'served', live: ['rectificationCheck'], not: ['clerk', 'chief', 'archivist'] },
      { as: 'dispatcher', act: 'serve', input: (now) => served(now, 'rectificationOrder'), stage: 'served', live: ['rectificationCheck'], not: ['cashier', 'inspector'] },
      { as: 'surveyor', days: 20, act: 'checkRectification', input: { opinion: '仍未启用。', finding: 'notRectified', secondOfficer: second }, stage: 'served', live: ['annulment'], not: ['clerk', 'chief', 'dispatcher'] },
      { as: 'reviewer', act: 'tellAnnulment', input: { ground: 'notRectified', facts: '整改期满，消毒间仍未启用。' }, stage: 'served', live: ['annulment'], not: ['clerk', 'chief', 'archivist'] },
      { as: 'clerk', act: 'hearAnnulment', input: { waived: true }, stage: 'served', live: ['annulment'], not: ['cashier', 'inspector', 'chief'] },
      { as: 'chief', act: 'annul', input: { reasons: '整改后仍未达到条件。' }, stage: 'annulled', live: [], not: ['clerk', 'surveyor', 'reviewer', 'inspector'] },
      { as: 'dispatcher', act: 'serve', input: (now) => served(now, 'annulment'), stage: 'annulled', live: [] },
      { as: 'archivist', act: 'close', stage: 'closed', live: [] },
    ])
    const records = await town.api<{ records: { caseNo: string; kind: string }[] }>('POST', '/api/v1/credit-records/find', {}, { as: 'reviewer' })
    expect(records.body.records.filter(({ caseNo }) => caseNo === end.caseNo)).toMatchObject([{ kind: 'rectificationFailed' }])
    expect((await town.api('POST', '/api/v1/credit-records/find', {}, { as: 'cashier' })).status).toBe(403)
    // Whoever holds the grant, or looks at the results, learns that it was annulled.
    const { body: { history, item } } = await town.api<CaseView>('GET', `/api/v1/cases/${end.caseNo}`, undefined, { as: 'clerk' })
    expect((await town.api('GET', `/verify?receipt=${history.find(({ act }) => act === 'decide')!.receiptId}`)).text).toContain('您手中文书所属的准予决定已被撤销')
    town.later(1)
    await sweepCases(town.open.house)
    expect((await town.api('GET', `/items/${item.code}/results`)).text).toContain('已撤销')
    // The same party comes with another commitment: the officer sees what stands against her word, and nothing bars her for it.
    const again = await town.file('clerk', await applicationFor(town, 'public-place-hygiene', 'clerk', { commitment: true, seed: 7 }))
    const seen = await town.api<CaseView>('GET', `/api/v1/cases/${again.caseNo}`, undefined, { as: 'clerk' })
    expect(seen.body.credit).toMatchObject([{ kind: 'rectificationFailed', caseNo: end.caseNo }])
    expect(seen.body.acts.map(({ act }) => act)).toContain('accept')
  })

  it('social assistance is accepted by the sub-district office the applicant names, and by no other; the department does the rest', async () => {
    await walk('elderly-allowance', { form: { subdistrict: '110102001' } }, [
      { as: 'subdistrict', act: 'accept', stage: 'accepted', live: ['decision'], not: ['subdistrict2', 'clerk', 'reviewer', 'cashier'] },
      { as: 'chief', act: 'decide', input: { outcome: 'grant' }, stage: 'decided', live: ['issuance'], not: ['subdistrict', 'clerk'] },
      ...END,
    ])
    await walk('temporary-assistance', { form: { subdistrict: '110102001' } }, [
      { as: 'subdistrict', act: 'accept', stage: 'accepted', live: ['review'], not: ['subdistrict2', 'clerk', 'reviewer', 'chief'] },
      { as: 'reviewer', act: 'review', input: { opinion: '情况属实。' }, stage: 'accepted', live: ['decision'], not: ['subdistrict', 'clerk'] },
      { as: 'chief', act: 'decide', input: { outcome: 'grant' }, stage: 'decided', live: ['issuance'] },
      ...END,
    ])
  })

  it('an item taken in windows waits for the last day of its window, then moves on by the system', async () => {
    // Windows are 10–25 April and 10–25 October.
    const until = (day: string) => town.later(daysBetween(town.time.today(), day as CivilDay))
    until('2026-04-14')
    const waiting = await walk('teacher', {}, [{ as: 'clerk', act: 'accept', stage: 'accepted', live: ['windowClose'] }])
    expect(waiting.waits).toEqual([{ step: 'windowClose', name: { zh: '等待受理窗口截止', en: 'Waiting for the window to close' }, until: '2026-04-25' }])
    // From Saturday 25 April, twenty working days: 27–30: 4; 6–9 May: 8 (Saturday the 9th made up); 11–15: 13; 18–22: 18; 25, 26: twenty.
    expect(waiting.clocks.filter((clock) => clock.rule === 'SVC.PROMISE').map(({ startedOn, dueOn }) => [startedOn, dueOn])).toEqual([['2026-04-25', '2026-05-26']])
    until('2026-04-25')
    await fireTimers(town.open.house)
    expect((await town.api<CaseView>('GET', `/api/v1/cases/${waiting.caseNo}`, undefined, { as: 'clerk' })).body).toMatchObject({ procedure: { live: ['windowClose'] } })
    until('2026-04-26')
    await fireTimers(town.open.house)
    const moved = (await town.api<CaseView>('GET', `/api/v1/cases/${waiting.caseNo}`, undefined, { as: 'clerk' })).body
    expect(moved).toMatchObject({ procedure: { live: ['review'] }, waits: [] })
    expect(moved.history.at(-1)).toMatchObject({ act: 'timerElapsed', post: 'system' })
    expect((await town.act('reviewer', moved, 'review', { opinion: '符合认定条件。' })).procedure!.live).toEqual(['decision'])
  })

  it('a refusal needs its reasons and is served', async () => {
    await walk('prepackaged-food', { seed: 2 }, [
      { as: 'clerk', act: 'accept', stage: 'accepted', live: ['decision'] },
      { as: 'chief', act: 'decide', input: { outcome: 'refuse', reasons: '场所条件不符。' }, stage: 'decided', live: [] },
      { as: 'dispatcher', act: 'serve', input: (now) => served(now, 'denial'), stage: 'served', live: [] },
      { as: 'archivist', act: 'close', stage: 'closed', live: [] },
    ])
  })
})
