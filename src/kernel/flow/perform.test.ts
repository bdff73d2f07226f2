import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { application, town, type Town } from '../../../tests/town.ts'
import type { Refusal } from '../../base/refusal.ts'
import { openDatabase } from '../db/database.ts'
import { audit } from './audit.ts'
import { createFlow } from './flow.ts'

// The one transaction in which anything happens, on the real kind of matter.
let t: Town
beforeAll(async () => { t = await town() })
beforeEach(() => t.on('2026-03-02'))
afterAll(() => t?.close())
const acts = async (no: string) => (await t.db.query<{ act: string }>('select a.act from flow.act a join flow.matter m on m.id = a.matter_id where m.no = $1 order by a.seq', [no])).map((row) => row.act)
const outcomes = (works: readonly Promise<unknown>[]) => Promise.all(works.map((work) => t.refused(work))).then((codes) => codes.sort())
const order = (no: string, revision: number, key?: string) => ({ no, revision, request: { caller: t.as('clerk'), act: 'accept', input: {}, channel: 'console', ...(key ? { idempotencyKey: key } : {}) } })

describe('two officers on one page', () => {
  test('one acts, the other is told, one entry is left in the ledger', async () => {
    const no = await t.submit('plain')
    await t.act(no, 'accept', 'clerk')
    const { revision } = (await t.see(no)).matter
    expect(await outcomes([t.act(no, 'review', 'reviewer', { opinion: '可' }, { revision }), t.act(no, 'review', 'reviewer2', { opinion: '不可' }, { revision })])).toEqual(['done', 'flow/stale'])
    expect(await acts(no)).toEqual(['submit', 'accept', 'review'])
    const entries = await t.db.query('select seq from ledger.entry e join flow.matter m on m.id = e.matter_id where m.no = $1 order by seq', [no])
    expect(entries).toEqual([{ seq: 1 }, { seq: 2 }, { seq: 3 }])
  })

  test('of twenty at once one', async () => {
    const no = await t.submit('plain')
    const codes = await outcomes(Array.from({ length: 20 }, () => t.act(no, 'accept', 'clerk', {}, { revision: 1 })))
    expect(codes.filter((code) => code === 'done')).toHaveLength(1)
    expect(new Set(codes)).toEqual(new Set(['done', 'flow/stale']))
    expect(await acts(no)).toEqual(['submit', 'accept'])
  })

  test('who gives no revision, or one long past, is told so', async () => {
    const no = await t.submit('plain')
    expect(await t.refused(t.house.flow.perform(no, null, order(no, 1).request))).toBe('flow/revision-needed')
    expect(await t.refused(t.act(no, 'accept', 'clerk', {}, { revision: 7 }))).toBe('flow/stale')
  })
})

describe('the same request sent again', () => {
  test('same key, same body: the same answer, receipt and all, and one act', async () => {
    const no = await t.submit('plain')
    const { request } = order(no, 1, 'key-1')
    const first = await t.house.flow.perform(no, 1, request)
    const again = await t.house.flow.perform(no, 1, request)
    expect([first.repeated, again.repeated]).toEqual([false, true])
    expect(again.receipt).toEqual(first.receipt)
    expect(JSON.parse(JSON.stringify(again.matter))).toEqual(JSON.parse(JSON.stringify(first.matter)))
    expect(await acts(no)).toEqual(['submit', 'accept'])
  })

  test('same key, another body: refused', async () => {
    const no = await t.submit('plain')
    await t.house.flow.perform(no, 1, order(no, 1, 'key-2').request)
    expect(await t.refused(t.house.flow.perform(no, 1, { ...order(no, 1, 'key-2').request, input: { opinion: '另' } }))).toBe('flow/key-reused')
    expect(await t.refused(t.house.flow.perform(no, 2, order(no, 2, 'key-2').request))).toBe('flow/key-reused')
  })

  test('a key is its caller’s own', async () => {
    const no = await t.submit('plain', {}, 'applicant', 'shared')
    expect(await t.submit('plain', {}, 'neighbour', 'shared')).not.toBe(no)
  })

  test('an application filed twice under one key is one, with its number', async () => {
    const first = await t.submit('plain', {}, 'applicant', 'file-1')
    expect(await t.submit('plain', {}, 'applicant', 'file-1')).toBe(first)
    expect(first).toMatch(/^\w{9}-2026-\d{6}$/)
    expect(await t.refused(t.submit('plain', { channel: 'mobile' }, 'applicant', 'file-1'))).toBe('flow/key-reused')
  })

  test('ten at once: one act, ten equal answers', async () => {
    const no = await t.submit('plain')
    const { request } = order(no, 1, 'key-3')
    const answers = await Promise.all(Array.from({ length: 10 }, () => t.house.flow.perform(no, 1, request)))
    expect(new Set(answers.map((answer) => answer.receipt.id)).size).toBe(1)
    expect(answers.filter((answer) => !answer.repeated)).toHaveLength(1)
    expect(await acts(no)).toEqual(['submit', 'accept'])
    const numbers = await Promise.all(Array.from({ length: 10 }, () => t.submit('plain', {}, 'applicant', 'file-2')))
    expect(new Set(numbers).size).toBe(1)
  })
})

test('numbers run without gap or double per organisation and year, however many are filed at once', async () => {
  t.on('2027-01-04')
  const numbers = await Promise.all(Array.from({ length: 15 }, () => t.submit('plain')))
  expect(numbers.map((no) => Number(no.slice(-6))).sort((a, b) => a - b)).toEqual(Array.from({ length: 15 }, (_, i) => i + 1))
})

test('an act cannot lie in the future', async () => {
  const no = await t.submit('plain')
  expect(await t.refused(t.house.flow.perform(no, 1, { ...order(no, 1).request, at: new Date('2026-03-02T09:00:01+08:00') }))).toBe('flow/future-instant')
})

test('a refused act leaves no trace but its answer: every table stands as it stood', async () => {
  const submitted = await t.submit('plain')
  const accepted = await t.submit('plain')
  await t.act(accepted, 'accept', 'clerk')
  const before = await t.counts()
  const data = await t.db.query('select no, revision, changed_at from flow.matter order by no')
  const codes = await Promise.all([
    t.refused(t.submit('plain', { form: {} })), t.refused(t.submit('plain', { itemCode: 'x' })), t.refused(t.submit('plain', { applicant: { kind: 'person' } })),
    t.refused(t.act(submitted, 'accept', 'reviewer')), t.refused(t.act(submitted, 'accept', 'neighbour')), t.refused(t.act(submitted, 'decide', 'chief', { outcome: 'grant' })),
    t.refused(t.act(submitted, 'requestSupplement', 'clerk', { defects: [{ materialId: null, what: '缺' }] }, { key: 'refused' })),
    t.refused(t.act(accepted, 'review', 'reviewer', { opinion: '' })), t.refused(t.act(accepted, 'decide', 'chief', { outcome: 'grant' })), t.refused(t.act(accepted, 'suspend', 'reviewer', { ground: 'hearing', workingDaysNeeded: 5, requiredBy: '法' })),
    t.refused(t.act(accepted, 'requestPayment', 'cashier')), t.refused(t.act(accepted, 'claim', 'reviewer', { taskId: '00000000-0000-4000-8000-000000000000' })),
    t.refused(t.house.flow.perform('SJ-2026-999999', 1, order('', 1).request)), t.refused(t.house.flow.perform(submitted, 1, { ...order(submitted, 1).request, act: 'fly' })),
    t.refused(t.house.flow.perform(submitted, 1, { ...order(submitted, 1).request, act: 'constructor' })), t.refused(t.house.flow.open('case', { caller: { kind: 'anonymous' }, act: 'submit', input: application('plain'), channel: 'online' })),
  ])
  expect(codes).toEqual([
    'cases/invalid-application', 'cases/no-such-item', 'flow/invalid-input', 'flow/not-permitted', 'flow/not-found', 'flow/not-permitted', 'cases/defect-names-nothing',
    'flow/invalid-input', 'flow/not-this-step', 'cases/pause-not-of-item', 'flow/not-this-step', 'flow/no-such-task', 'flow/not-found', 'flow/unknown-act', 'flow/unknown-act', 'flow/not-signed-in',
  ].map((code, i) => (i === 5 ? 'flow/wrong-stage' : i === 10 ? 'cases/no-fee' : code)))
  expect(await t.counts()).toEqual(before)
  expect(await t.db.query('select no, revision, changed_at from flow.matter order by no')).toEqual(data)
})

describe('a connection lost in the middle', () => {
  const KILL = `select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock'`

  test('before the commit: nothing happened, and the same request then does it', async () => {
    const no = await t.submit('plain')
    const before = await t.counts()
    const house = await t.houseOn(openDatabase(t.urls.app, { max: 2, name: 'to be killed' }))
    const { request } = order(no, 1, 'lost-1')
    await t.admin.withClient(async (client) => {
      await client.query('begin')
      await client.query('select from flow.matter where no = $1 for update', [no])
      const waiting = t.refused(house.flow.perform(no, 1, request))
      for (let killed = 0; killed === 0;) {
        await new Promise((resolve) => setTimeout(resolve, 50))
        // The owner may not end another role's backend; the role itself may end its own.
        killed = (await t.db.query(KILL, ['to be killed'])).length
      }
      expect(await waiting).toBe('db/unavailable')
      await client.query('rollback')
    })
    expect(await t.counts()).toEqual(before)
    expect((await house.flow.perform(no, 1, request)).repeated).toBe(false)
    expect(await acts(no)).toEqual(['submit', 'accept'])
  })

  test('after the commit: the answer is lost, the act is not, and the same request gives the answer', async () => {
    const no = await t.submit('plain')
    let lost = false
    const flow = createFlow({ ...t.parts, db: { ...t.db, prepared: async <R>(name: string, text: string, values?: readonly unknown[]): Promise<R[]> => {
      const rows = await t.db.prepared<R>(name, text, values)
      if (name.startsWith('act_') && !lost) {
        lost = true
        throw new Error('Connection terminated unexpectedly')
      }
      return rows
    } } })
    const { request } = order(no, 1, 'lost-2')
    await expect(flow.perform(no, 1, request)).rejects.toThrow('Connection terminated')
    const again = await flow.perform(no, 1, request)
    expect(again).toMatchObject({ repeated: true, matter: { no, stage: 'accepted', revision: 2 } })
    expect(await acts(no)).toEqual(['submit', 'accept'])
  })
})

describe('the step an act serves', () => {
  test('claimed by one, it is not another’s until released', async () => {
    const no = await t.submit('plain')
    await t.act(no, 'accept', 'clerk')
    const taskId = (await t.see(no)).tasks.find((task) => task.step === 'review')!.id
    await t.act(no, 'claim', 'reviewer', { taskId })
    expect(await t.refused(t.act(no, 'claim', 'reviewer2', { taskId }))).toBe('flow/claimed-by-other')
    expect(await t.refused(t.act(no, 'release', 'reviewer2', { taskId }))).toBe('flow/claimed-by-other')
    expect(await t.refused(t.act(no, 'review', 'reviewer2', { opinion: '可' }))).toBe('flow/claimed-by-other')
    await t.act(no, 'release', 'reviewer', { taskId })
    expect(await t.refused(t.act(no, 'review', 'reviewer2', { opinion: '可' }))).toBe('done')
  })

  test('is taken up only by who could do it: not by another department, another role, nor whom separation keeps from it', async () => {
    const no = await t.submit('plain')
    const accept = (await t.see(no)).tasks.find((task) => task.state === 'open')!.id
    expect([await t.refused(t.act(no, 'claim', 'reviewer', { taskId: accept })), await t.refused(t.act(no, 'claim', 'archivist', { taskId: accept }))]).toEqual(['flow/not-permitted', 'flow/not-permitted'])
    await t.act(no, 'accept', 'clerk')
    const review = (await t.see(no)).tasks.find((task) => task.step === 'review')!.id
    for (const other of ['clerk', 'sealkeeper', 'outsider', 'inspector'] as const) expect([other, await t.refused(t.act(no, 'claim', other, { taskId: review }))]).toEqual([other, 'flow/not-permitted'])
    expect((await t.see(no)).tasks.find((task) => task.id === review)).toMatchObject({ state: 'open', claimedBy: null })
    await t.act(no, 'review', 'reviewer', { opinion: '可' })
    const decide = (await t.see(no)).tasks.find((task) => task.step === 'decision')!.id
    expect(await t.refused(t.act(no, 'claim', 'reviewer2', { taskId: decide }))).toBe('flow/not-permitted')
    // The head decides where the task names the chief representative: she may do the step, so she may take it up.
    await t.act(no, 'claim', 'head', { taskId: decide })
    expect((await t.see(no)).tasks.find((task) => task.id === decide)).toMatchObject({ claimedBy: t.persons.head })
  })

  test('what a colleague took up who is away today is taken over, and is hers again only as anybody else’s (AB 岗)', async () => {
    const no = await t.submit('plain')
    await t.act(no, 'accept', 'clerk')
    const taskId = (await t.see(no)).tasks.find((task) => task.step === 'review')!.id
    await t.act(no, 'claim', 'reviewer', { taskId })
    expect(await t.refused(t.act(no, 'claim', 'reviewer2', { taskId }))).toBe('flow/claimed-by-other')
    const leave = randomUUID()
    await t.admin.query(`insert into org.leave (id, person_id, kind, valid_from, valid_to) values ($1, $2, 'sick', $3, $3)`, [leave, t.persons.reviewer, t.time.today()])
    await t.act(no, 'claim', 'reviewer2', { taskId })
    await t.admin.query('delete from org.leave where id = $1', [leave])
    expect([await t.refused(t.act(no, 'claim', 'reviewer', { taskId })), await t.refused(t.act(no, 'review', 'reviewer', { opinion: '可' }))]).toEqual(['flow/claimed-by-other', 'flow/claimed-by-other'])
    expect(await t.refused(t.act(no, 'review', 'reviewer2', { opinion: '可' }))).toBe('done')
  })

  test('taking the responsibility over is the receiver’s act', async () => {
    const no = await t.submit('plain')
    await t.act(no, 'takeOver', 'clerk')
    expect((await t.see(no)).matter.personId).toBe(t.persons.clerk)
  })

  test('inputs that are wrong are told by path', async () => {
    const no = await t.submit('plain')
    await t.act(no, 'accept', 'clerk')
    const error = await t.act(no, 'review', 'reviewer', { opinion: 1, more: true }).then(() => null, (refusal: Refusal) => refusal)
    expect(error).toMatchObject({ code: 'flow/invalid-input', status: 422 })
    expect(error!.errors.map((one) => one.path).sort()).toEqual(['/more', '/opinion'])
  })
})

test('after all this the audit finds no difference', async () => {
  const report = await audit(t.db)
  expect(report.differences).toEqual([])
  expect(report.matters).toBeGreaterThan(30)
})
