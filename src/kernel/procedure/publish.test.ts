import { afterAll, beforeAll, expect, test } from 'vitest'
import { scratch, type Scratch } from '../../../tests/scratch.ts'
import { buildBpmn } from './build.ts'
import { describe as describeNet } from './describe.ts'
import { bpmn } from './fixtures.ts'
import { publishProcedure } from './publish.ts'
import { loadProcedures } from './registry.ts'
import { initialState, step } from './step.ts'
import { renderSvg } from './svg.ts'

let town: Scratch
beforeAll(async () => { town = await scratch(['procedure']) })
afterAll(() => town.close())

const both = (zh: string, en: string) => ({ zh, en })
const XML = await buildBpmn({
  id: 'permit', name: both('许可', 'Permit'), itemCode: 'X1',
  nodes: [
    { kind: 'start', id: 's', name: both('申请', 'Apply') },
    { kind: 'user', id: 'accept', name: both('受理<审查>', 'Acceptance'), post: 'clerk', acts: ['cases.accept', 'cases.refuse'], workingDays: 5 },
    { kind: 'exclusive', id: 'x' }, { kind: 'user', id: 'decide', name: both('决定', 'Decide'), separateFrom: ['accept'], workingDays: 4 },
    { kind: 'end', id: 'e', name: both('办结', 'Closed') }, { kind: 'end', id: 'no', name: both('不予受理', 'Not accepted') },
  ],
  flows: [{ from: 's', to: 'accept' }, { from: 'accept', to: 'x' }, { from: 'x', to: 'decide', name: both('受理', 'Accept') }, { from: 'x', to: 'no', name: both('不予受理', 'Refuse') }, { from: 'decide', to: 'e' }],
})
const at = new Date('2026-03-02T01:00:00Z')

async function save(row: Readonly<Record<string, unknown>>) {
  const names = Object.keys(row)
  await town.db.query(`insert into procedure.definition (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`, Object.values(row))
}

test('what is built is published, kept and runs after a restart as drawn', async () => {
  const published = await publishProcedure({ version: 1, xml: XML, promisedWorkingDays: 9, at, by: null })
  expect(published.report).toMatchObject({ executable: true, sound: true, criticalPath: { workingDays: 9, steps: ['受理<审查>', '决定'] } })
  await save(published.row.row)
  const registry = await loadProcedures(town.db)
  const { net, definition, name, publishedAt } = registry.get('permit', 1)
  expect([name, publishedAt.getTime(), definition.itemCode, registry.latest('permit')!.version]).toEqual([{ zh: '许可', en: 'Permit' }, at.getTime(), 'X1', 1])
  expect(registry.get('permit', 1).net).toBe(net)
  expect(net.steps.get('accept')).toMatchObject({ nameEn: 'Acceptance', kind: 'user', extension: { post: 'clerk', acts: ['cases.accept', 'cases.refuse'], workingDays: 5, separateFrom: [] } })
  expect(step(net, initialState(), { kind: 'start' })).toMatchObject({ opened: ['accept'] })
  await save((await publishProcedure({ version: 2, xml: XML, at, by: null })).row.row)
  await registry.refresh(town.db)
  expect([registry.latest('permit')!.version, registry.list().length]).toEqual([2, 1])
  expect(() => registry.get('permit', 3)).toThrow('procedure/not-found')
})

test('the application may publish, but never alter what is published', async () => {
  await expect(town.db.query("update procedure.definition set xml = ''")).rejects.toThrow(/permission denied/)
})

test('too slow, unsound and unsupported procedures are not published', async () => {
  const publish = (xml: string, promisedWorkingDays?: number) => publishProcedure({ version: 1, xml, at, by: null, ...(promisedWorkingDays === undefined ? {} : { promisedWorkingDays }) })
  await expect(publish(XML, 8)).rejects.toMatchObject({ code: 'procedure/too-slow', slots: { days: 9, limit: 8 } })
  await expect(publish(bpmn('s:startEvent f:parallelGateway a:userTask e:endEvent', 's>f; f>a; f>e; a>e'))).rejects.toMatchObject({ code: 'procedure/unsound' })
  await expect(publish(bpmn('s:startEvent a:scriptTask e:endEvent', 's>a; a>e'))).rejects.toMatchObject({ code: 'procedure/unsupported', slots: { elements: 'a (scriptTask)' } })
  await expect(publish(bpmn('s:startEvent t:intermediateCatchEvent e:endEvent', 's>t; t>e', { t: '<timerEventDefinition><timeDuration>soon</timeDuration></timerEventDefinition>' }))).rejects.toMatchObject({ code: 'procedure/bad-timer', slots: { timers: 't' } })
})

test('the diagram marks the live step by word and shape, escapes names and carries neither style nor script', async () => {
  const { definition, net } = { ...(await publishProcedure({ version: 1, xml: XML, at, by: null })).entry, net: (await loadProcedures(town.db)).get('permit', 1).net }
  expect(definition.diagram).not.toBeNull()
  const svg = await renderSvg(definition, { language: 'zh', live: ['accept'], done: [], title: '许可<流程>' })
  expect(svg).toContain('role="img" aria-labelledby="procedure-permit-title procedure-permit-desc"')
  expect(svg).toContain('当前环节：受理&#60;审查&#62;')
  expect(svg).toContain('pd-flag')
  expect(svg).not.toMatch(/style=|<script|许可<|NaN|undefined/)
  expect(describeNet(net, 'en').map((s) => s.text)).toEqual(['Acceptance (5 working days). Then: Accept: go to “Decide”; Refuse: end (Not accepted).', 'Decide (4 working days). Then: end (Closed).'])
})
