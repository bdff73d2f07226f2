import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OFFICERS, town, type OfficerName, type Town } from '../../../../tests/town.ts'
import { createFlow } from '../../../kernel/flow/flow.ts'
import type { ActName } from '../contract.ts'

// Who may do what: apart from what follows from it. Every officer of the town is asked for every act.
let t: Town
beforeAll(async () => { t = await town(); t.on('2026-03-02') })
afterAll(() => t?.close())
const ALL = Object.keys(OFFICERS) as OfficerName[]

/** An input that would do, so that only the person can be wrong. */
const INPUT: Partial<Record<ActName, unknown>> = {
  receive: { materials: [{ materialId: 'plan', form: 'original' }] }, requestSupplement: { defects: [{ materialId: 'plan', what: '缺页' }] }, refuseAcceptance: { ground: 'notCompetent', reasons: '不属职权', competentBody: '区城管委' }, notRequired: { reasons: '无需许可' },
  review: { opinion: '可' }, askClarification: { question: '几层？' }, suspend: { ground: 'expertReview', workingDaysNeeded: 5, requiredBy: '法' }, requestExtension: { reason: '复杂' }, extend: { reason: '复杂', workingDays: 5 },
  explainDelay: { reason: '故障' }, tellInterestedParty: { name: '甲', interest: '采光' }, decide: { outcome: 'grant' }, terminate: { ground: 'objectGone', reasons: '拆除' }, handOverMaterials: { to: '档案室', materials: ['plan'] },
  useSeal: { paper: 'grant', purpose: '用印' }, serve: { paper: 'grant', mode: 'direct', on: '2026-03-02', recipient: '林', proof: { text: '签' } }, deliver: { mode: 'counter', collectedBy: '林' },
  tellAnnulment: { ground: 'deceit', facts: '合同系伪造' }, annul: { reasons: '合同系伪造' }, dropAnnulment: { reasons: '合同属实' },
}
const TABLE: readonly (readonly [stage: 'submitted' | 'accepted' | 'atDecision' | 'granted' | 'issued' | 'served', act: ActName, who: readonly OfficerName[]])[] = [
  ['submitted', 'accept', ['clerk']],
  ['submitted', 'receive', ['clerk']],
  ['submitted', 'requestSupplement', ['clerk']],
  ['submitted', 'refuseAcceptance', ['clerk']],
  ['submitted', 'notRequired', ['clerk']],
  ['accepted', 'review', ['reviewer', 'reviewer2']],
  ['accepted', 'askClarification', ['reviewer', 'reviewer2']],
  ['accepted', 'suspend', ['reviewer', 'reviewer2']],
  ['accepted', 'requestExtension', ['reviewer', 'reviewer2']],
  ['accepted', 'extend', ['head']],
  ['accepted', 'tellInterestedParty', ['reviewer', 'reviewer2']],
  ['accepted', 'terminate', ['head']],
  ['atDecision', 'decide', ['chief', 'head']],
  ['granted', 'issue', ['sealkeeper']],
  ['granted', 'useSeal', ['sealkeeper']],
  ['issued', 'deliver', ['dispatcher']],
  ['issued', 'serve', ['clerk', 'dispatcher', 'reviewer', 'reviewer2', 'chief', 'head']],
  ['issued', 'publishResult', ['reviewer', 'reviewer2', 'head']],
  ['issued', 'tellAnnulment', ['reviewer', 'reviewer2', 'surveyor', 'surveyor2']],
  ['served', 'annul', ['chief', 'head']],
  ['served', 'dropAnnulment', ['chief', 'head']],
  ['served', 'close', ['archivist']],
]
const at: Partial<Record<string, string>> = {}
async function caseAt(stage: string): Promise<string> {
  if (at[stage]) return at[stage]
  const no = await t.submit('plain')
  const steps: [string, () => Promise<unknown>][] = [
    ['submitted', () => Promise.resolve()], ['accepted', () => t.act(no, 'accept', 'clerk')], ['atDecision', () => t.act(no, 'review', 'reviewer2', { opinion: '可' })],
    ['granted', () => t.act(no, 'decide', 'head', { outcome: 'grant' })], ['issued', () => t.act(no, 'issue', 'sealkeeper')], ['served', () => t.act(no, 'deliver', 'dispatcher', INPUT.deliver)],
  ]
  for (const [name, step] of steps) {
    await step()
    if (name === stage) break
  }
  return (at[stage] = no)
}

describe('an act is refused to every post that has not its permission', () => {
  test.each(TABLE)('%s: %s only by %j', async (stage, act, who) => {
    const no = await caseAt(stage)
    const before = (await t.see(no)).matter.revision
    for (const name of ALL.filter((one) => !who.includes(one))) expect([name, await t.refused(t.act(no, act, name, INPUT[act] ?? {}))]).toEqual([name, 'flow/not-permitted'])
    expect([await t.refused(t.act(no, act, 'applicant', INPUT[act] ?? {})), await t.refused(t.act(no, act, 'neighbour', INPUT[act] ?? {}))]).toEqual(['flow/not-permitted', 'flow/not-found'])
    const anonymous = t.house.flow.perform(no, before, { caller: { kind: 'anonymous' }, act, input: INPUT[act] ?? {}, channel: 'console' })
    expect(await t.refused(anonymous)).toBe('flow/not-signed-in')
    expect((await t.see(no)).matter.revision).toBe(before)
    for (const name of who) expect([name, await t.refused(t.act(no, act, name, INPUT[act] ?? {}))]).not.toEqual([name, 'flow/not-permitted'])
    delete at[stage]
  })

  test('what only the party or the law does, no officer and no applicant does', async () => {
    const no = await caseAt('submitted')
    for (const name of [...ALL, 'applicant'] as const) expect([name, await t.refused(t.act(no, 'deemAccepted', name))]).toEqual([name, 'flow/not-permitted'])
  })
})

describe('under authorisation', () => {
  const setPower = (id: string, set: string, value: unknown) => t.admin.query(`update org.authorisation set ${set} = $2, version = version + 1 where id = $1`, [id, value])

  test('the clerk accepts in the department’s name under its entrustment, and it stands in the record', async () => {
    const no = await t.submit('plain')
    await t.act(no, 'accept', 'clerk')
    const [act] = await t.db.query<{ on_behalf: { kind: string; authorisationId: string } }>(`select a.on_behalf from flow.act a join flow.matter m on m.id = a.matter_id where m.no = $1 and a.act = 'accept'`, [no])
    expect(act!.on_behalf).toMatchObject({ kind: 'entrustment', authorisationId: t.authorisations.entrustment })
  })

  test('outside its days, its acts or its items the act is refused', async () => {
    const no = await t.submit('plain')
    const accept = () => t.refused(t.act(no, 'accept', 'clerk'))
    const { entrustment } = t.authorisations
    const [{ acts }] = (await t.admin.query<{ acts: string[] }>('select acts from org.authorisation where id = $1', [entrustment])) as [{ acts: string[] }]
    await setPower(entrustment, 'acts', acts.filter((act) => act !== 'accept'))
    expect(await accept()).toBe('flow/not-permitted')
    await setPower(entrustment, 'acts', acts)
    await setPower(entrustment, 'items', ['another item'])
    expect(await accept()).toBe('flow/not-permitted')
    await setPower(entrustment, 'items', [])
    await setPower(entrustment, 'valid_to', '2026-03-01')
    expect(await accept()).toBe('flow/not-permitted')
    await setPower(entrustment, 'valid_to', '2040-12-31')
    expect(await accept()).toBe('done')
  })

  test('revoked between the read and the write: refused, and nothing was written', async () => {
    const no = await t.submit('plain')
    const before = await t.counts()
    let revoked = false
    const db = { ...t.db, prepared: async <R>(name: string, text: string, values?: readonly unknown[]): Promise<R[]> => {
      if (name.startsWith('act_') && !revoked) {
        revoked = true
        await t.admin.query(`update org.authorisation set revoked_on = '2026-03-02', revoked_because = '收回', version = version + 1 where id = $1`, [t.authorisations.entrustment])
      }
      return t.db.prepared<R>(name, text, values)
    } }
    const flow = createFlow({ ...t.parts, db })
    try {
      expect(await t.refused(flow.perform(no, 1, { caller: t.as('clerk'), act: 'accept', input: {}, channel: 'console' }))).toBe('flow/stale')
      expect(revoked).toBe(true)
      expect(await t.counts()).toEqual(before)
      expect(await t.refused(flow.perform(no, 1, { caller: t.as('clerk'), act: 'accept', input: {}, channel: 'console' }))).toBe('flow/not-permitted')
    } finally {
      await t.admin.query('update org.authorisation set revoked_on = null, revoked_because = null, version = version + 1 where id = $1', [t.authorisations.entrustment])
    }
  })

  test('the chief representative decides under a written authorisation alone; the head needs none', async () => {
    const no = await caseAt('atDecision')
    await setPower(t.authorisations.chief, 'items', ['another item'])
    expect(await t.refused(t.act(no, 'decide', 'chief', { outcome: 'grant' }))).toBe('flow/not-permitted')
    await setPower(t.authorisations.chief, 'items', [])
    await t.act(no, 'decide', 'chief', { outcome: 'grant' })
    const [act] = await t.db.query<{ on_behalf: { kind: string } }>(`select a.on_behalf from flow.act a join flow.matter m on m.id = a.matter_id where m.no = $1 and a.act = 'decide'`, [no])
    expect(act!.on_behalf).toMatchObject({ kind: 'chiefRepresentative' })
  })

  test('on leave nobody acts', async () => {
    const no = await caseAt('submitted')
    const leave = randomUUID()
    await t.admin.query(`insert into org.leave (id, person_id, kind, valid_from, valid_to) values ($1, $2, 'annual', '2026-03-02', '2026-03-02')`, [leave, t.persons.clerk])
    expect(await t.refused(t.act(no, 'accept', 'clerk'))).toBe('flow/not-permitted')
    await t.admin.query('delete from org.leave where id = $1', [leave])
  })
})
