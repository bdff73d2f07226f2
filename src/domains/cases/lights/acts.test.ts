import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { OFFICERS, town, type OfficerName, type Town } from '../../../../tests/town.ts'
import { audit } from '../../../kernel/flow/audit.ts'
import { findTasks } from '../../../kernel/flow/queries.ts'
import { getCase } from '../routes.ts'
import { sweepCases } from '../sweep.ts'
import type { LightView } from './contract.ts'
import { JUDGING_STEPS } from './light.ts'
import { countLights, fallenLights } from './store.ts'

// March 2026: 2 March is a Monday; no holiday before 4–6 April (Saturday to Monday).
let t: Town
beforeAll(async () => { t = await town() })
beforeEach(() => t.on('2026-03-02'))
afterAll(() => t?.close())

/**
 * Accepted on 2 March with a promise of ten working days (3–6: 4; 9–13: 9; 16) and twenty by law (17–20: 14; 23–27: 19; 30), and left
 * lying with the reviewer: the promise is red from Saturday 14 March, when only its last day is left, and black on the 17th.
 */
async function late(item = 'plain'): Promise<string> {
  const no = await t.submit(item)
  await t.act(no, 'accept', 'clerk')
  t.on('2026-03-17')
  await sweepCases(t.house)
  return no
}
/** Those with `cases.judgeLight`; they handle no cases. */
const JUDGES: readonly string[] = ['inspector', 'leader']
const fallen = async (no: string) => fallenLights(t.db, (await t.see(no)).matter.id)
const taskOf = async (no: string, step: string) => (await t.see(no)).tasks.find((task) => task.step === step)!.id
async function appeal(no: string, by: OfficerName, more: Readonly<Record<string, unknown>> = {}) {
  return t.act(no, 'appealLight', by, { clock: 'SVC.PROMISE', light: 'black', task: await taskOf(no, 'review'), ground: 'applicantOrThirdParty', reason: '申请人三次改约现场核查', ...more })
}
const judge = (no: string, outcome: string, more: Readonly<Record<string, unknown>> = {}, by: OfficerName = 'inspector') => t.act(no, 'judgeLight', by, { appeal: 1, outcome, reason: '通话记录属实', ...more })
const accountOf = async (username: string) => (await t.db.query<{ id: string }>('select id from access.account where username = $1', [username]))[0]!.id
const caller = async (name: OfficerName) => ({ kind: 'officer' as const, accountId: await accountOf(name), sessionId: '', personId: t.persons[name], name, ...await held(name) })
async function held(name: OfficerName) {
  const [row] = await t.db.query<{ posts: { permissions: string[] }[] }>('select org.held_posts($1, $2::date) as posts', [t.persons[name], t.house.time.today()])
  return { posts: row!.posts as never, authorisations: [], permissions: row!.posts.flatMap((post) => post.permissions) }
}
const lightsFor = async (no: string, name: OfficerName): Promise<readonly LightView[]> => (await getCase(t.house, no, await caller(name))).lights!
const messages = (name: OfficerName) => t.db.query<{ template: string; matter_no: string; body_zh: string }>(`select template, matter_no, body_zh from notify.message where person_id = $1 and template like 'light%' order by created_at, template`, [t.persons[name]])
const publicLeaf = async (no: string) => {
  const [row] = await t.db.query<{ leaf: string }>('select e.leaf from ledger.entry e join flow.matter m on m.ref = e.ref where m.no = $1 order by e.seq desc limit 1', [no])
  return row!.leaf
}

describe('a light falls on a post and step', () => {
  test('on the step that was open when it fell, for red and black and not for yellow', async () => {
    const no = await late()
    expect((await fallen(no)).map(({ clock, light, dueOn, fellOn, on }) => [clock, light, dueOn, fellOn, on.step, on.role, on.organisationId])).toEqual([
      ['SVC.PROMISE', 'red', '2026-03-16', '2026-03-14', 'review', 'reviewer', t.organisations.market], ['SVC.PROMISE', 'black', '2026-03-16', '2026-03-17', 'review', 'reviewer', t.organisations.market],
    ])
  })

  test('on the counter while the answer on acceptance is owed, and later work does not inherit it', async () => {
    const no = await t.submit('plain')
    // 3, 4, 5, 6, 9: red from Saturday the 7th, deemed accepted on the 10th.
    t.on('2026-03-10')
    await sweepCases(t.house)
    expect((await t.see(no)).matter.data.deemedAccepted).toBe(true)
    expect(new Set((await fallen(no)).map(({ clock, on }) => `${clock} ${on.step} ${on.role}`))).toEqual(new Set(['LIC.CORRECTION_NOTICE acceptance clerk']))
  })

  test('on each department of several in parallel, and on nobody for the applicant’s own time', async () => {
    const no = await t.submit('joint')
    await t.act(no, 'accept', 'clerk')
    t.on('2026-03-17')
    await sweepCases(t.house)
    expect((await fallen(no)).filter(({ light }) => light === 'black').map(({ on }) => on.organisationId).sort()).toEqual([t.organisations.market, t.organisations.health].sort())
    t.on('2026-03-02')
    const promised = await t.submit('evidence', { deferred: { materials: ['plan'], signed: true }, materials: [{ materialId: 'application', form: 'electronic' }] })
    await t.act(promised, 'accept', 'clerk')
    // Promised within five working days of acceptance: 3–6, 9.
    t.on('2026-03-12')
    await sweepCases(t.house)
    expect((await fallen(promised)).map(({ rule }) => rule)).not.toContain('CASE.DEFERRED')
  })

  test('and is taken back where an extension moves the day', async () => {
    const no = await t.submit('neighbours')
    await t.act(no, 'accept', 'clerk')
    await t.act(no, 'requestExtension', 'reviewer', { reason: '复杂' })
    // Twenty by law end on the 30th: red that morning.
    t.on('2026-03-30')
    await sweepCases(t.house)
    const red = (lights: Awaited<ReturnType<typeof fallen>>) => lights.filter(({ clock, light }) => clock === 'LIC.DECIDE' && light === 'red').map(({ on }) => on.step).sort()
    expect(red(await fallen(no))).toEqual(['extension', 'review'])
    await t.act(no, 'extend', 'head', { reason: '复杂', workingDays: 5 })
    expect(red(await fallen(no))).toEqual([])
  })

  test('is told to the post’s holders with the last day for an appeal', async () => {
    const no = await late()
    expect((await messages('reviewer2')).filter((message) => message.matter_no === no).map(({ body_zh }) => body_zh)).toEqual([
      '“事项2”（{no}）的“承诺办结时限”（优化营商环境条例 第三十六条第二款）已于2026年3月16日届满。黑灯记在岗位和环节上，不记在个人名下；不该记的，可在2026年3月31日前申诉。',
    ])
  })
})

describe('an appeal', () => {
  test('opens a task for the judging post and leaves the clock as it is', async () => {
    const no = await late()
    t.on('2026-03-18')
    const before = (await t.see(no)).clocks
    const { matter } = await appeal(no, 'reviewer')
    expect(matter.data.lightAppeals).toMatchObject([{ no: 1, clock: 'SVC.PROMISE', light: 'black', dueOn: '2026-03-16', against: { step: 'review', role: 'reviewer' }, ground: 'applicantOrThirdParty', appealedOn: '2026-03-18', judgeBy: '2026-04-01', decision: null }])
    const { clocks, tasks } = await t.see(no)
    expect(clocks).toEqual(before)
    // Ten working days: 19, 20, 23–27, 30, 31, 1 April.
    expect(tasks.filter((task) => task.state === 'open').map(({ step, role, organisationId, dueOn }) => [step, role, organisationId, dueOn])).toContainEqual(['judgeLight', 'inspector', t.organisations.centre, '2026-04-01'])
  })

  test('is measured by the judging post’s own ten days, not by the limit that has passed', async () => {
    const no = await late()
    t.on('2026-03-18')
    await appeal(no, 'reviewer')
    const { tasks, clocks } = await getCase(t.house, no, await caller('inspector'))
    expect(clocks.find((clock) => clock.rule === 'SVC.PROMISE')!.light).toBe('black')
    expect(tasks.map(({ step, light, dueAt }) => [step, light, dueAt && new Date(dueAt).toISOString()])).toEqual([['review', 'black', '2026-03-16T16:00:00.000Z'], ['judgeLight', 'green', '2026-04-01T16:00:00.000Z']])
    const listed = await findTasks(t.db, { personId: t.persons.inspector, roles: [{ organisationId: t.organisations.centre, role: 'inspector' }], organisationIds: [], scope: 'post', ownLimit: JUDGING_STEPS, limit: 100, offset: 0 })
    expect(listed.tasks.find(({ matter }) => matter.no === no)!.dueAt!.toISOString()).toBe('2026-04-01T16:00:00.000Z')
  })

  test('is for any holder of the post and for the organisation’s chief representative, and for nobody else', async () => {
    const no = await late()
    const others = (Object.keys(OFFICERS) as OfficerName[]).filter((name) => !['reviewer', 'reviewer2', 'chief'].includes(name))
    for (const name of others) expect([name, await t.refused(appeal(no, name))]).toEqual([name, JUDGES.includes(name) ? 'flow/not-permitted' : 'lights/not-yours'])
    expect(await t.refused(t.act(no, 'appealLight', 'applicant', { clock: 'SVC.PROMISE', light: 'black', task: await taskOf(no, 'review'), ground: 'forceMajeure', reason: '—' }))).toBe('flow/not-permitted')
    expect(await t.refused(appeal(no, 'reviewer2'))).toBe('done')
    expect(await t.refused(appeal(no, 'chief', { light: 'red' }))).toBe('done')
  })

  test('once against a light, on a ground of the closed list, with a reason', async () => {
    const no = await late()
    expect(await t.refused(appeal(no, 'reviewer', { ground: 'busy' }))).toBe('flow/invalid-input')
    expect(await t.refused(appeal(no, 'reviewer', { reason: '  ' }))).toBe('flow/invalid-input')
    await appeal(no, 'reviewer')
    expect(await t.refused(appeal(no, 'reviewer2'))).toBe('lights/appealed-already')
    expect(await t.refused(appeal(no, 'reviewer2', { light: 'red' }))).toBe('done')
  })

  test('only against a light that fell, on the step it fell on', async () => {
    const no = await late()
    for (const wrong of [{ light: 'yellow' }, { clock: 'LIC.DECIDE' }, { clock: 'SVC.PROMISE~2' }, { task: await taskOf(no, 'acceptance') }, { task: randomUUID() }])
      expect([wrong, await t.refused(appeal(no, 'reviewer', wrong))]).toEqual([wrong, wrong.light === 'yellow' ? 'flow/invalid-input' : 'lights/not-fallen'])
  })

  test('within ten working days of the day it fell', async () => {
    const no = await late()
    // Black on the 17th: 18–20, 23–27, 30, 31. Red on the 14th: 16–20, 23–27.
    t.on('2026-03-30')
    expect(await t.refused(appeal(no, 'reviewer', { light: 'red' }))).toBe('lights/too-late')
    t.on('2026-04-01')
    expect(await t.refused(appeal(no, 'reviewer'))).toBe('lights/too-late')
    t.on('2026-03-31', '23:59')
    expect(await t.refused(appeal(no, 'reviewer'))).toBe('done')
  })

  test('with evidence that neither the applicant nor the closed file gets', async () => {
    const no = await late()
    const file = await t.file('reviewer', '通话记录.pdf')
    await appeal(no, 'reviewer', { files: [file] })
    expect((await lightsFor(no, 'reviewer2')).find((light) => light.light === 'black')!.appeal).toMatchObject({ reason: '申请人三次改约现场核查', files: [{ id: file, name: '通话记录.pdf' }] })
    const own = await getCase(t.house, no, { kind: 'applicant', accountId: await accountOf('applicant'), sessionId: '', name: '林晚照', partyId: t.parties.applicant, permissions: [] })
    expect([own.masked, 'lights' in own, JSON.stringify(own).includes('三次改约'), own.tasks.map(({ step }) => step)]).toEqual([false, false, false, ['review']])
    expect((await t.db.query<{ what: string }>('select what from files.use where file_id = $1', [file])).map(({ what }) => what)).toEqual(['lightAppeal'])
    expect(await t.refused(appeal(no, 'reviewer', { light: 'red', files: [randomUUID()] }))).toBe('cases/file-not-yours')
  })

  test('keeps the typed reason and the person out of the public leaf', async () => {
    const no = await late()
    await appeal(no, 'reviewer')
    const said = await publicLeaf(no)
    expect([said.includes('三次改约'), said.includes(t.persons.reviewer), said.includes('"why":"applicantOrThirdParty"'), said.includes('"step":"review"')]).toEqual([false, false, true, true])
    await judge(no, 'withdrawn')
    expect([(await publicLeaf(no)).includes('通话记录'), (await publicLeaf(no)).includes('"outcome":"withdrawn"')]).toEqual([false, true])
  })
})

describe('the decision on an appeal', () => {
  test('is for whoever may judge, and never for a party to it', async () => {
    const no = await late()
    await appeal(no, 'reviewer')
    for (const name of (Object.keys(OFFICERS) as OfficerName[]).filter((one) => !JUDGES.includes(one))) expect([name, await t.refused(judge(no, 'withdrawn', {}, name))]).toEqual([name, 'flow/not-permitted'])
    // The inspector holds a reviewer's post in the department as well.
    const [post] = await t.admin.query<{ id: string }>(`select id from org.post where organisation_id = $1 and role = 'reviewer' limit 1`, [t.organisations.market])
    const holding = randomUUID()
    await t.admin.query(`insert into org.holding (id, post_id, person_id, cover, valid_from, valid_to) values ($1, $2, $3, 'B', '2020-01-01', null)`, [holding, post!.id, t.persons.inspector])
    expect(await t.refused(judge(no, 'withdrawn'))).toBe('lights/judge-is-party')
    await t.admin.query('delete from org.holding where id = $1', [holding])
    expect(await t.refused(judge(no, 'withdrawn'))).toBe('done')
  })

  test('is the inspector’s who has taken it up, and cannot be taken up by anybody else', async () => {
    const no = await late()
    await appeal(no, 'reviewer')
    const { id } = (await t.see(no)).tasks.find((task) => task.step === 'judgeLight')!
    // Her B: the archivist, while the inspector is away.
    const [post] = await t.admin.query<{ id: string }>(`select id from org.post where organisation_id = $1 and role = 'inspector'`, [t.organisations.centre])
    const holding = randomUUID()
    await t.admin.query(`insert into org.holding (id, post_id, person_id, cover, valid_from, valid_to) values ($1, $2, $3, 'B', '2020-01-01', null)`, [holding, post!.id, t.persons.archivist])
    await t.admin.query(`insert into org.leave (id, person_id, kind, valid_from, valid_to) values ($1, $2, 'sick', $3, $3)`, [holding, t.persons.inspector, t.time.today()])
    await t.act(no, 'claim', 'archivist', { taskId: id })
    await t.admin.query('delete from org.leave where id = $1', [holding])
    expect(await t.refused(judge(no, 'withdrawn'))).toBe('flow/claimed-by-other')
    await t.act(no, 'release', 'archivist', { taskId: id })
    await t.admin.query('delete from org.holding where id = $1', [holding])
    expect(await t.refused(t.act(no, 'claim', 'reviewer', { taskId: id }))).toBe('flow/not-permitted')
    expect(await t.refused(judge(no, 'withdrawn'))).toBe('done')
  })

  test('withdraws the light or upholds it, once, and the post is told', async () => {
    const no = await late()
    await appeal(no, 'reviewer')
    await appeal(no, 'chief', { light: 'red' })
    expect(await t.refused(judge(no, 'withdrawn', { appeal: 3 }))).toBe('lights/no-such-appeal')
    await judge(no, 'withdrawn', { appeal: 1 })
    await judge(no, 'upheld', { appeal: 2 })
    expect(await t.refused(judge(no, 'upheld', { appeal: 1 }))).toBe('lights/judged-already')
    expect((await lightsFor(no, 'reviewer')).map(({ light, state, mayAppeal }) => [light, state, mayAppeal])).toEqual([['red', 'upheld', false], ['black', 'withdrawn', false]])
    expect((await t.see(no)).tasks.filter((task) => task.step.startsWith('judgeLight')).map(({ step, state }) => [step, state])).toEqual([['judgeLight', 'done'], ['judgeLight~2', 'done']])
    const told = async (name: OfficerName) => (await messages(name)).filter((message) => message.matter_no === no && message.template === 'lightJudged').length
    // Whoever appealed and the holders of the post; the chief representative only of her own appeal.
    expect([await told('reviewer'), await told('reviewer2'), await told('chief'), await told('clerk')]).toEqual([2, 2, 1, 0])
  })

  test('is still made where an extension took the light back meanwhile', async () => {
    const no = await t.submit('neighbours')
    await t.act(no, 'accept', 'clerk')
    await t.act(no, 'requestExtension', 'reviewer', { reason: '复杂' })
    t.on('2026-03-30')
    await sweepCases(t.house)
    await appeal(no, 'reviewer', { clock: 'LIC.DECIDE', light: 'red' })
    await t.act(no, 'extend', 'head', { reason: '复杂', workingDays: 5 })
    expect((await lightsFor(no, 'inspector')).filter(({ clock }) => clock === 'LIC.DECIDE').map(({ step, state, appeal: one }) => [step, state, one!.mayJudge])).toEqual([['review', 'appealed', true]])
    expect(await t.refused(judge(no, 'withdrawn'))).toBe('done')
  })

  test('moves it to another post of the case, which may appeal in its turn; never back', async () => {
    const no = await late()
    t.on('2026-03-18')
    await appeal(no, 'reviewer', { ground: 'handedOverLate' })
    const [acceptance, review] = [await taskOf(no, 'acceptance'), await taskOf(no, 'review')]
    expect(await t.refused(judge(no, 'moved'))).toBe('flow/invalid-input')
    expect(await t.refused(judge(no, 'upheld', { toTask: acceptance }))).toBe('flow/invalid-input')
    for (const toTask of [review, randomUUID(), await taskOf(no, 'judgeLight')]) expect(await t.refused(judge(no, 'moved', { toTask }))).toBe('lights/not-a-target')
    await judge(no, 'moved', { toTask: acceptance })
    expect((await lightsFor(no, 'clerk')).filter(({ light }) => light === 'black').map(({ step, state, movedHere, fellOn, appealBy, mayAppeal }) => [step, state, movedHere, fellOn, appealBy, mayAppeal])).toEqual([
      ['review', 'moved', false, '2026-03-17', null, false], ['acceptance', 'counts', true, '2026-03-18', '2026-04-01', true],
    ])
    expect((await messages('clerk')).filter((message) => message.matter_no === no).map(({ template }) => template)).toEqual(['lightMoved'])
    await appeal(no, 'clerk', { task: acceptance, ground: 'systemOrCalendar' })
    expect(await t.refused(judge(no, 'moved', { appeal: 2, toTask: review }))).toBe('lights/not-a-target')
    await judge(no, 'withdrawn', { appeal: 2 })
    expect((await lightsFor(no, 'clerk')).filter(({ light }) => light === 'black').map(({ step, state }) => [step, state])).toEqual([['review', 'moved'], ['acceptance', 'withdrawn']])
  })
})

describe('a case that has ended', () => {
  test('is appealed against and judged without changing what was sealed', async () => {
    const no = await late()
    await t.act(no, 'review', 'reviewer', { opinion: '可' })
    await t.act(no, 'decide', 'chief', { outcome: 'grant' })
    await t.act(no, 'issue', 'sealkeeper')
    await t.act(no, 'deliver', 'dispatcher', { mode: 'counter', collectedBy: '林晚照' })
    await appeal(no, 'reviewer', { light: 'red' })
    await t.act(no, 'close', 'archivist')
    // The judging post's task does not fall with the case's own.
    expect((await t.see(no)).tasks.filter((task) => task.state === 'open').map(({ step }) => step)).toEqual(['judgeLight'])
    const sealed = (await t.see(no)).matter.data.volume
    const papers = (await t.counts())['cases.paper']
    await appeal(no, 'reviewer', { files: [await t.file('reviewer', '录像.pdf')] })
    await judge(no, 'withdrawn', { appeal: 2 })
    await judge(no, 'upheld', { appeal: 1 })
    const { matter, tasks } = await t.see(no)
    expect([matter.stage, matter.data.volume, (await t.counts())['cases.paper'], tasks.some((task) => task.state === 'open')]).toEqual(['closed', sealed, papers, false])
  })

  test('keeps the appeal open where the applicant withdraws', async () => {
    const no = await late()
    await appeal(no, 'reviewer')
    await t.act(no, 'withdraw', 'applicant')
    expect((await t.see(no)).tasks.filter((task) => task.state === 'open').map(({ step }) => step)).toEqual(['judgeLight'])
    expect(await t.refused(judge(no, 'withdrawn'))).toBe('done')
  })
})

test('lights are counted by post and step, without those withdrawn, moved away or under appeal', async () => {
  const u = await town()
  try {
    u.on('2026-03-02')
    const nos: string[] = []
    for (let n = 0; n < 4; n += 1) {
      const no = await u.submit('plain')
      await u.act(no, 'accept', 'clerk')
      nos.push(no)
    }
    u.on('2026-03-17')
    await sweepCases(u.house)
    const task = async (no: string, step: string) => (await u.see(no)).tasks.find((one) => one.step === step)!.id
    for (const no of nos.slice(1)) await u.act(no, 'appealLight', 'reviewer', { clock: 'SVC.PROMISE', light: 'black', task: await task(no, 'review'), ground: 'forceMajeure', reason: '停电' })
    await u.act(nos[2]!, 'judgeLight', 'inspector', { appeal: 1, outcome: 'withdrawn', reason: '属实' })
    await u.act(nos[3]!, 'judgeLight', 'inspector', { appeal: 1, outcome: 'moved', reason: '属实', toTask: await task(nos[3]!, 'acceptance') })
    const rows = await countLights(u.db, new Date('2026-03-01T00:00:00+08:00'), new Date('2026-04-01T00:00:00+08:00'), null)
    const said = rows.map(({ role, step, light, fallen: fell, movedHere, appealed, withdrawn, movedAway }) => [role, step, light, fell, movedHere, appealed, withdrawn, movedAway]).sort()
    expect(said).toEqual([['clerk', 'acceptance', 'black', 0, 1, 0, 0, 0], ['reviewer', 'review', 'black', 4, 0, 1, 1, 1], ['reviewer', 'review', 'red', 4, 0, 0, 0, 0]])
    expect(await countLights(u.db, new Date('2026-03-18T00:00:00+08:00'), new Date('2026-04-01T00:00:00+08:00'), null)).toEqual([])
    expect((await countLights(u.db, new Date('2026-03-01T00:00:00+08:00'), new Date('2026-04-01T00:00:00+08:00'), [u.organisations.centre])).map(({ role }) => role)).toEqual(['clerk'])
    expect((await audit(u.db)).differences).toEqual([])
  } finally {
    await u.close()
  }
})

test('every case refolds from its acts, appeals and all', async () => {
  expect((await audit(t.db)).differences).toEqual([])
})
