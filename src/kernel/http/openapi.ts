import { z } from 'zod'
import type { Json } from '../../base/canonical-json.ts'
import type { MatterKind } from '../flow/types.ts'
import type { ReferenceOptions } from './reference.ts'
import type { Route } from './types.ts'

type Schema = { [key: string]: Json | undefined }

/** OpenAPI 3.1 from the same schemas that judge what comes in. Pages are not part of it. */
export function openApi(routes: readonly Route[], { house, refusals, kinds = [], version = '1' }: ReferenceOptions): Schema {
  const components = new Components()
  const paths: { [path: string]: Schema } = {}
  for (const route of routes) {
    if (route.kind === 'page') continue
    const path = openPath(route.path)
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, components) }
  }
  describeActs(kinds, components)
  components.add('Problem', problemSchema(refusals.flatMap(({ area, table }) => Object.keys(table).map((what) => `${area}/${what}`))))
  return {
    openapi: '3.1.0',
    info: {
      title: '明堂 Mingtang', version,
      description: '日期为亚洲/上海的民用日 YYYY-MM-DD；时刻为 RFC 3339；金额以分为单位的整数。错误为 RFC 9457 problem+json。Days are civil days in Asia/Shanghai, instants RFC 3339, money whole fen; errors are RFC 9457 problems.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: house.url }],
    paths,
    components: {
      schemas: components.all(),
      responses: { Problem: { description: '未办成 / Refused', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } } },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'POST /api/v1/sessions 所得令牌 / the token of POST /api/v1/sessions' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'mt_session' },
      },
    },
  }
}

/** `/cases/:caseNo/*` → `/cases/{caseNo}/{path}`. */
export const openPath = (path: string): string => path.replace(/:([A-Za-z_]\w*)(\([^)]*\))?/g, '{$1}').replace('*', '{path}')

function operation(route: Route, components: Components): Schema {
  const name = operationId(route)
  const status = String(route.status ?? (route.output === undefined && route.kind === 'api' ? 204 : 200))
  const body = route.body === undefined ? undefined : components.of(route.body, `${name}.body`, 'input')
  return {
    operationId: name,
    summary: route.summary.zh,
    'x-summary-en': route.summary.en,
    tags: [route.path.split('/').slice(1).find((part) => part !== 'api' && part !== 'v1' && !part.startsWith(':')) ?? 'root'],
    ...security(route),
    parameters: parameters(route, components, name),
    ...(route.parseBody === false
      ? { requestBody: { required: true, content: { 'multipart/form-data': { schema: { type: 'object', properties: { file: { type: 'string', contentMediaType: 'application/octet-stream' } } } } } } }
      : body === undefined ? {} : { requestBody: { required: true, content: { 'application/json': { schema: body }, 'application/x-www-form-urlencoded': { schema: body } } } }),
    responses: {
      [status]: {
        description: route.summary.zh,
        ...(route.output === undefined ? {} : { content: { 'application/json': { schema: components.of(route.output, `${name}.answer`, 'output') } } }),
      },
      default: { $ref: '#/components/responses/Problem' },
    },
  }
}

function security({ guard }: Route): Schema {
  if ('open' in guard) return { security: [], 'x-guard': { open: guard.open } }
  if ('deferred' in guard) return { security: [{}, { bearer: [] }, { cookie: [] }], 'x-guard': { deferred: guard.deferred } }
  return { security: [{ bearer: [] }, { cookie: [] }], 'x-guard': 'permission' in guard ? { permission: guard.permission } : { signedIn: guard.signedIn } }
}

function parameters(route: Route, components: Components, name: string): Schema[] {
  const inPath = [...openPath(route.path).matchAll(/\{(\w+)\}/g)].map((match) => match[1]!)
  const ofParams = properties(route.params, components, `${name}.params`)
  const ofQuery = properties(route.query, components, `${name}.query`)
  return [
    ...inPath.map((key) => ({ name: key, in: 'path', required: true, schema: ofParams.schemas[key === 'path' ? '*' : key] ?? { type: 'string' } })),
    ...Object.entries(ofQuery.schemas).map(([key, schema]) => ({ name: key, in: 'query', required: ofQuery.required.includes(key), schema })),
    ...(route.method === 'GET' ? [] : [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', minLength: 1, maxLength: 200 } }]),
  ]
}

function properties(schema: z.ZodType | undefined, components: Components, name: string): { schemas: Record<string, Schema>; required: readonly string[] } {
  if (schema === undefined) return { schemas: {}, required: [] }
  const json = components.resolve(components.of(schema, name, 'input'))
  return { schemas: (json.properties ?? {}) as Record<string, Schema>, required: (json.required ?? []) as string[] }
}

/** `GET /api/v1/cases/:caseNo` → `getCasesByCaseNo`. */
function operationId(route: Route): string {
  const words = route.path.replace(/^\/api\/v\d+/, '').split(/[^A-Za-z0-9:*]+/).filter((word) => word !== '')
  const named = words.map((word) => (word.startsWith(':') ? `By${capital(word.slice(1).replace(/\W.*/, ''))}` : word === '*' ? 'Path' : capital(word.replace(/\W/g, ''))))
  return `${route.method.toLowerCase()}${named.join('') || 'Root'}`
}
const capital = (word: string): string => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`

/** What each act takes as `input`, one component per act: `cases.accept`. */
function describeActs(kinds: readonly MatterKind[], components: Components): void {
  for (const kind of kinds) {
    for (const [code, act] of [...Object.entries(kind.opens), ...Object.entries(kind.acts)]) {
      const name = componentName(`act.${code}`)
      const schema = components.of(act.input, name, 'input')
      components.add(name, { ...components.resolve(schema), title: act.name.zh, 'x-title-en': act.name.en, 'x-kind': kind.kind, 'x-act': code, ...('from' in act ? { 'x-from': [...(act.from as readonly string[])] } : { 'x-opens': true }) })
    }
  }
}

function problemSchema(codes: readonly string[]): Schema {
  return {
    type: 'object',
    required: ['type', 'title', 'status', 'code', 'instance'],
    properties: {
      type: { type: 'string', format: 'uri-reference' },
      title: { type: 'string', description: '读者的语言 / in the reader’s language' },
      status: { type: 'integer' },
      code: { type: 'string', examples: codes.slice(0, 3), 'x-codes': [...codes].sort() },
      detail: { type: 'string' },
      instance: { type: 'string', format: 'uri-reference' },
      errors: {
        type: 'array',
        items: { type: 'object', required: ['path', 'code', 'message'], properties: { path: { type: 'string', description: 'JSON Pointer (RFC 6901)' }, code: { type: 'string' }, message: { type: 'string' } } },
      },
    },
  }
}

const componentName = (name: string): string => name.replace(/[^A-Za-z0-9._-]/g, '_')

/** Schemas in JSON Schema 2020-12. One that refers to itself or to named parts becomes a component, for its references to hold. */
class Components {
  readonly #schemas = new Map<string, Schema>()

  add(name: string, schema: Schema): void {
    this.#schemas.set(name, schema)
  }

  of(schema: z.ZodType, name: string, io: 'input' | 'output'): Schema {
    const { $schema: _dialect, $defs, ...json } = z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' }) as Schema
    const own = componentName(name)
    if ($defs === undefined && !JSON.stringify(json).includes('"$ref":"#')) return json
    const moved = (value: Schema): Schema => JSON.parse(JSON.stringify(value, (key, member: unknown) => {
      if (key !== '$ref' || typeof member !== 'string') return member
      return member === '#' ? `#/components/schemas/${own}` : member.replace(/^#\/\$defs\/(.*)$/, (_whole, part: string) => `#/components/schemas/${componentName(`${own}.${part}`)}`)
    })) as Schema
    for (const [part, definition] of Object.entries(($defs ?? {}) as Record<string, Schema>)) this.add(componentName(`${own}.${part}`), moved(definition))
    this.add(own, moved(json))
    return { $ref: `#/components/schemas/${own}` }
  }

  /** The schema itself where `of` gave a reference to one. */
  resolve(schema: Schema): Schema {
    return typeof schema.$ref === 'string' ? this.#schemas.get(schema.$ref.slice('#/components/schemas/'.length)) ?? schema : schema
  }

  all(): { [name: string]: Schema } {
    return Object.fromEntries([...this.#schemas].sort(([a], [b]) => (a < b ? -1 : 1)))
  }
}
