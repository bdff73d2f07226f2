import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { MatterKind } from '../flow/types.ts'
import { refuse, refuseInput } from './errors.ts'
import { openApi } from './openapi.ts'
import { referencePage } from './reference-page.ts'
import { route } from './types.ts'

const say = { zh: '查一件事', en: 'Look one thing up' }
type Tree = { name: string; children: Tree[] }
const Tree: z.ZodType<Tree> = z.object({ name: z.string(), get children() { return z.array(Tree) } })
const routes = [
  route({ method: 'GET', path: '/api/v1/things/:id', kind: 'api', rate: 'read', guard: { open: '公开' }, summary: say, params: z.object({ id: z.string().max(10) }), query: z.object({ page: z.int().min(1).optional() }), output: Tree, handle: async () => undefined }),
  route({ method: 'POST', path: '/api/v1/things/:id/acts', kind: 'api', rate: 'write', guard: { deferred: '行为判断' }, summary: say, body: z.object({ act: z.string(), on: z.iso.date(), any: z.unknown(), when: z.date().optional() }), handle: async () => undefined }),
  route({ method: 'POST', path: '/api/v1/files', kind: 'api', rate: 'upload', guard: { signedIn: 'anyone' }, summary: say, parseBody: false, handle: async () => undefined }),
  route({ method: 'GET', path: '/log/tile/*', kind: 'stream', rate: 'log', guard: { open: '公开' }, summary: say, handle: async () => undefined }),
  route({ method: 'GET', path: '/', kind: 'page', rate: 'page', guard: { open: '公开' }, summary: say, handle: async () => undefined }),
]
const kinds = [{
  kind: 'cases', name: { zh: '办件', en: 'Case' }, stages: ['submitted'], publicFace: { heading: 'service', shows: say, withheldBy: '' },
  opens: { 'cases.submit': { name: { zh: '提交', en: 'Submit' }, input: z.object({ itemCode: z.string() }), by: [], decide: () => { throw new Error('not here') } } },
  acts: { 'cases.accept': { name: { zh: '受理<b>', en: 'Accept' }, input: z.object({ tree: Tree }), from: ['submitted'], by: [], decide: () => { throw new Error('not here') } } },
}] satisfies MatterKind[]
const options = { house: { url: 'http://localhost:8080' }, refusals: [refuse, refuseInput], kinds }

test('the description is valid OpenAPI 3.1 and every reference in it leads somewhere', async () => {
  const described = openApi(routes, options)
  const result = await new Validator().validate(structuredClone(described))
  expect(result.errors ?? []).toEqual([])
  expect(result.valid).toBe(true)
  const text = JSON.stringify(described)
  for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) expect(text).toContain(`"${name}":{`)
})

test('it says both languages, who may call, and what each act takes; pages are not in it', () => {
  const described = openApi(routes, options) as unknown as { paths: Record<string, Record<string, Record<string, unknown>>>; components: { schemas: Record<string, Record<string, unknown>> } }
  expect(Object.keys(described.paths)).toEqual(['/api/v1/things/{id}', '/api/v1/things/{id}/acts', '/api/v1/files', '/log/tile/{path}'])
  expect(described.paths['/api/v1/things/{id}']!.get).toMatchObject({ summary: '查一件事', 'x-summary-en': 'Look one thing up', security: [] })
  expect(described.paths['/api/v1/things/{id}/acts']!.post).toMatchObject({ security: [{}, { bearer: [] }, { cookie: [] }] })
  expect(described.components.schemas['act.cases.accept']).toMatchObject({ title: '受理<b>', 'x-from': ['submitted'] })
  expect(described.components.schemas['act.cases.submit']).toMatchObject({ 'x-opens': true, required: ['itemCode'] })
})

test('the page for people names every code where problems point, and writes no markup it was handed', () => {
  const page = referencePage(routes, options, 'en')
  expect(page).toContain('id="input/invalid"')
  expect(page).not.toContain('<b>受理')
  expect(referencePage(routes, options, 'zh')).toContain('受理&lt;b&gt;')
  expect(page).not.toMatch(/style=|<script/)
})
