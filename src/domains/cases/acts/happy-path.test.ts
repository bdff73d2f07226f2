import { afterAll, beforeAll, expect, test } from 'vitest'
import { application, town, type Town } from '../../../../tests/town.ts'
import { audit } from '../../../kernel/flow/audit.ts'

// March 2026: no holiday. 2 March is a Monday; twenty working days after Thursday 5 March end on Thursday 2 April, ten on Thursday 19 March.
// The next holiday is 清明, 4–6 April 2026 (Saturday to Monday).
let t: Town
beforeAll(async () => { t = await town() })
afterAll(() => t?.close())

test('from draft to the sealed file: every clock, stage and post on the way', async () => {
  t.on('2026-03-02')
  const caller = t.as('applicant')
  const item = application('licence')
  const opened = await t.house.flow.open('case', { caller, act: 'saveDraft', input: { itemCode: item.itemCode }, channel: 'online' })
  const no = opened.matter.no
  expect(opened.matter.stage).toBe('draft')
  expect((await t.see(no)).clocks).toEqual([])

  await t.act(no, 'submit', 'applicant', item)
  expect(await t.clock(no, 'LIC.CORRECTION_NOTICE')).toMatchObject({ startedOn: '2026-03-02', dueOn: '2026-03-09' })

  t.on('2026-03-05')
  await t.act(no, 'accept', 'clerk')
  expect(await t.clock(no, 'LIC.CORRECTION_NOTICE')).toMatchObject({ stoppedOn: '2026-03-05', dueOn: null })
  expect(await t.clock(no, 'LIC.DECIDE')).toMatchObject({ startedOn: '2026-03-05', dueOn: '2026-04-02' })
  expect(await t.clock(no, 'SVC.PROMISE')).toMatchObject({ startedOn: '2026-03-05', dueOn: '2026-03-19' })

  await t.act(no, 'review', 'reviewer', { opinion: '材料齐全' })
  t.on('2026-03-06')
  await t.act(no, 'survey', 'surveyor', { opinion: '现场相符', secondOfficer: t.persons.surveyor2 })
  t.on('2026-03-09')
  await t.act(no, 'decide', 'chief', { outcome: 'grant', content: '准予许可' })
  expect(await t.clock(no, 'LIC.DECIDE')).toMatchObject({ stoppedOn: '2026-03-09' })
  // Ten working days after Monday 9 March: Monday 23 March.
  expect(await t.clock(no, 'LIC.DELIVER')).toMatchObject({ startedOn: '2026-03-09', dueOn: '2026-03-23' })

  await t.act(no, 'issue', 'sealkeeper')
  await t.act(no, 'useSeal', 'sealkeeper', { paper: 'grant', purpose: '准予许可决定书' })
  await t.act(no, 'deliver', 'dispatcher', { mode: 'counter', collectedBy: '林晚照' })
  const served = await t.see(no)
  expect(served.matter.stage).toBe('served')
  expect(served.matter.data.services).toMatchObject([{ paper: 'grant', mode: 'direct', servedOn: '2026-03-09', recipient: '林晚照' }])

  await t.act(no, 'close', 'archivist')
  const closed = await t.see(no)
  expect(closed.matter.stage).toBe('closed')
  // What is owed to the public goes on beside the sealed file.
  expect(closed.clocks.filter((clock) => clock.stoppedOn === null).map((clock) => clock.rule)).toEqual(['LIC.PUBLISH'])
  expect(closed.tasks.every((task) => task.state === 'done' || task.state === 'cancelled')).toBe(true)
  expect(closed.matter.data.decision).toMatchObject({
    outcome: 'grant', on: '2026-03-09', validFrom: '2026-03-09', validTo: '2029-03-09', onTime: true,
    signatures: [{ personId: t.persons.surveyor, as: 'handler' }, { personId: t.persons.chief, as: 'decider' }],
  })
  const papers = await t.db.query<{ kind: string }>('select p.kind from cases.paper p join flow.matter m on m.id = p.matter_id where m.no = $1 order by p.made_at, p.id', [no])
  expect(papers.map((paper) => paper.kind).sort()).toEqual(['acceptanceNotice', 'contents', 'grant', 'materialsReceipt', 'serviceAddress'])
  expect(await audit(t.db)).toMatchObject({ matters: 1, acts: 10, differences: [] })
})
