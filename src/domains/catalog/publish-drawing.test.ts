import { afterAll, beforeAll, expect, test } from 'vitest'
import { fictionalUscc } from './demo/sql.ts'
import { procedureOf, type ProcedureLine } from './demo/procedure-patterns.ts'
import { publishDrawing } from './publish-drawing.ts'
import { loadItems, type ItemRegistry } from './registry.ts'
import { audit } from '../../kernel/flow/audit.ts'
import { buildBpmn } from '../../kernel/procedure/build.ts'
import { townItems } from '../../../tests/town-items.ts'
import { MARKET, town, type Town } from '../../../tests/town.ts'

let t: Town
let items: ItemRegistry
beforeAll(async () => {
  t = await town()
  items = await loadItems(t.db)
})
afterAll(() => t?.close())

const drawing = (id: string, steps: ProcedureLine['steps']): Promise<string> => buildBpmn(procedureOf(id, { item: id, name: ['一般流程', 'Plain'], steps }, () => fictionalUscc('11', 903)))
const SURVEYED: ProcedureLine['steps'] = [['review', 1], ['survey', 2], ['decision', 1], 'issuance', 'delivery']
const publish = (xml: string, options = {}) => publishDrawing({ house: t.house, items }, xml, options)
const refusal = (work: Promise<unknown>) => work.then(() => 'published', (error: { code: string; errors?: { path: string }[] }) => [error.code, ...(error.errors ?? []).map((one) => one.path)])
const editions = async (id: string) => (await t.db.query<{ version: number }>('select version from procedure.definition where id = $1 order by version', [id])).map((row) => row.version)

test('the next version is in the log; new cases begin with it, the one under way keeps its own to the end', async () => {
  const before = await t.submit('plain')
  const answer = await publish(await drawing('plain', SURVEYED))
  expect(answer).toMatchObject({ id: 'plain', version: 2, published: true, report: { sound: true, criticalPath: { workingDays: 4 } } })
  const code = (key: string) => townItems(MARKET).find((one) => one.key === key)!.code
  expect([answer.items.includes(code('plain')), answer.items.includes(code('instant'))]).toEqual([true, false])
  await t.house.procedures.refresh(t.db)

  const after = await t.submit('plain')
  for (const no of [before, after]) await t.act(no, 'accept', 'clerk')
  await t.act(before, 'review', 'reviewer', { opinion: '符合' })
  await t.act(after, 'review', 'reviewer', { opinion: '符合' })
  const standing = async (no: string) => { const { matter, tasks } = await t.see(no); return [matter.procedure!.version, tasks.filter((task) => task.state === 'open').map((task) => task.step)] }
  expect([await standing(before), await standing(after)]).toEqual([[1, ['decision']], [2, ['survey']]])

  const [entry] = await t.db.query<{ leaf: string }>(`select leaf from ledger.entry where act = 'procedure.published'`)
  expect(JSON.parse(entry!.leaf)).toMatchObject({ ground: '行政许可法 第三十条；政府信息公开条例 第二十条', public: { procedure: 'plain', version: 2, workingDays: 4 } })
  expect((await audit(t.db)).differences).toEqual([])
})

test('the same drawing again changes nothing, even by two at once', async () => {
  const xml = await drawing('fee', [['review', 1], ['decision', 1], 'payment', 'issuance', 'delivery'])
  const answers = await Promise.all([publish(xml), publish(xml)])
  expect(answers.map((one) => [one.version, one.published]).sort()).toEqual([[2, false], [2, true]])
  expect(await editions('fee')).toEqual([1, 2])
})

test('a drawing from elsewhere is published as an edition of the procedure named', async () => {
  expect(await publish(await drawing('Process_1a2b', SURVEYED), { as: 'elsewhere' })).toMatchObject({ id: 'elsewhere', version: 1, items: [] })
})

test('what cannot be finished here, breaks a promise or is not sound leaves nothing behind', async () => {
  const before = await t.counts()
  const whole = await drawing('joint', SURVEYED)
  expect(await refusal(publish(whole.replace('mt:post="reviewer"', 'mt:post="wizard"')))).toEqual(['catalog/drawing-unfit', '/review/post'])
  expect(await refusal(publish(whole.replace(/mt:acts="review [^"]*"/, 'mt:acts="bless"')))).toEqual(['catalog/drawing-unfit', '/review/acts'])
  expect(await refusal(publish(whole.replace(/ mt:acts="survey"/, '')))).toEqual(['catalog/drawing-unfit', '/survey/acts'])
  expect(await refusal(publish(whole.replace('mt:post="surveyor"', 'mt:post="surveyor" mt:organisation="co:nowhere"')))).toEqual(['catalog/drawing-unfit', '/survey/organisation'])
  // Ten working days are promised: 1 + 9 + 1 are eleven.
  const [code, ...paths] = (await refusal(publish(await drawing('joint', [['review', 1], ['survey', 9], ['decision', 1], 'issuance', 'delivery'])))) as string[]
  expect([code, paths[0]]).toEqual(['catalog/quality', expect.stringMatching(/\/procedureId$/)])
  expect(await refusal(publish(whole.replace(/userTask/g, 'scriptTask')))).toEqual(['procedure/unsupported'])
  expect(await refusal(publish('<html/>'))).toEqual(['procedure/not-bpmn'])
  expect(await t.counts()).toEqual(before)
  expect(await editions('joint')).toEqual([1])
})
