import { afterAll, expect, test } from 'vitest'
import type { CivilDay } from '../../base/civil-day.ts'
import type { House } from '../../kernel/house.ts'
import { createServer } from '../../kernel/http/server.ts'
import { loadProcedures } from '../../kernel/procedure/registry.ts'
import { scratch } from '../../../tests/scratch.ts'
import { loadDemoCatalogue } from './demo/load-catalogue.ts'
import { readDrawing } from './demo/procedures.ts'
import { refuse } from './errors.ts'
import { loadItems } from './registry.ts'
import { procedureRoutes } from './procedure-routes.ts'
import { catalogRoutes } from './routes.ts'

const today = '2026-03-02' as CivilDay
const town = await scratch(['db', 'procedure', 'org', 'access', 'flow', 'search', 'catalog'])
await loadDemoCatalogue(town.admin, today)
const items = await loadItems(town.db)
const food = items.list(today).find((item) => item.procedureId === 'food-business')!
// The open routes need no more of the house than this; changes of the catalogue are tested with the flow itself.
const house = { url: 'http://localhost:8080', db: town.db, time: town.time, log: () => undefined, procedures: await loadProcedures(town.db) } as unknown as House
const server = await createServer({ house, routes: [...catalogRoutes({ house, items, search: async () => [food.code] }), ...procedureRoutes({ house, items })], refusals: [refuse], rates: false })
afterAll(async () => { await server.close(); await town.close() })
const get = async (path: string, language = 'zh') => {
  const response = await server.inject({ url: path, headers: { 'accept-language': language, accept: 'application/json' } })
  return { status: response.statusCode, body: response.json<Record<string, unknown>>() }
}

test('the list says code, name, department, type and both limits, in the reader’s language', async () => {
  const { status, body } = await get('/api/v1/items?q=x')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    total: 1, items: [{
      code: food.code, name: '食品经营许可（新办）', department: '西城区市场监督管理局', itemType: '01', statutoryLimit: { amount: 10, unit: 'workingDay' }, promisedLimit: { amount: 5, unit: 'workingDay' },
    }],
  })
  expect((await get('/api/v1/items?page=2', 'en')).body).toMatchObject({ total: 37 })
})

test('the whole guide, its versions and its exchange form; an unknown code is 404, a wrong page 4xx', async () => {
  expect((await get(`/api/v1/items/${food.code}`, 'en')).body).toMatchObject({ name: 'Food business licence (new)', materials: [{ id: 'application' }, {}, {}, {}, {}], form: { id: 'foodBusiness' } })
  expect((await get(`/api/v1/items/${food.code}/versions`)).body).toMatchObject({ versions: [{ version: 1, state: 'published' }] })
  expect((await get(`/api/v1/items/${food.code}/diff?from=1&to=1`)).body).toEqual({ changes: [] })
  expect((await get(`/api/v1/items/${food.code}/exchange`)).body).toMatchObject({ 事项名称: '食品经营许可（新办）', 承诺办结时限: 5 })
  expect(await get('/api/v1/items/nothing')).toMatchObject({ status: 404, body: { code: 'catalog/item-not-found' } })
  expect([400, 422]).toContain((await get('/api/v1/items?page=0')).status)
})

test('drafts and checks are not for the public', async () => {
  expect((await get(`/api/v1/catalogue/items/${food.code}/source`)).status).toBe(401)
  expect((await get('/api/v1/catalogue/changes')).status).toBe(401)
})
test('procedures are read with what was proved of them, drawn and as files; an unknown one is 404', async () => {
  const { procedures } = (await get('/api/v1/procedures')).body as { procedures: { id: string }[] }
  expect(procedures).toHaveLength(37)
  // 3 working days of review and survey before one of decision: the promise is five.
  expect((await get('/api/v1/procedures/food-business', 'en')).body).toMatchObject({
    id: 'food-business', version: 1, items: [{ code: food.code }], workingDays: 4, versions: [{ version: 1, running: 0 }], steps: expect.arrayContaining([{ id: 'decision', text: expect.stringContaining('Decision') }]),
    criticalPath: ['Acceptance', 'Review', 'Site survey (two officers)', 'Decision', 'Issuance', 'Delivery'],
    warningList: [{ kind: 'incompleteConditions', at: 'Accepted?' }, { kind: 'incompleteConditions', at: 'Granted?' }],
  })
  expect((await get('/api/v1/procedures/food-business', 'zh')).body).toMatchObject({ warningList: [{ at: '是否受理' }, { at: '是否准予' }] })
  const drawn = await server.inject({ url: '/api/v1/procedures/food-business/diagram.svg', headers: { 'accept-language': 'zh' } })
  expect([drawn.statusCode, drawn.headers['content-type'], drawn.body.slice(0, 4)]).toEqual([200, 'image/svg+xml', '<svg'])
  const file = await server.inject({ url: '/api/v1/procedures/food-business/source.bpmn?version=1' })
  expect([file.statusCode, file.headers['content-disposition']]).toEqual([200, "attachment; filename*=UTF-8''food-business-1.bpmn"])
  expect(file.body).toBe(readDrawing('food-business'))
  for (const path of ['nothing', 'food-business?version=2', 'nothing/diagram.svg', 'food-business/source.bpmn?version=9']) expect([path, (await get(`/api/v1/procedures/${path}`)).body.code]).toEqual([path, 'procedure/not-found'])
  expect((await get('/api/v1/procedures/food-business?version=zero')).status).toBe(422)
})
