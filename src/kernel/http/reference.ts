import type { RefusalTable } from '../../base/refusal.ts'
import type { MatterKind } from '../flow/types.ts'
import { etagOf } from './page-cache.ts'
import { matches, sendText } from './send.ts'
import { Page, route, type Route } from './types.ts'

export interface ReferenceOptions {
  readonly house: { readonly url: string }
  readonly refusals: readonly RefusalTable[]
  readonly kinds?: readonly MatterKind[]
  readonly version?: string
}

const OPEN = { open: '接口说明，公开' } as const

/** `/api/openapi.json` and `/api/docs`, both drawn from the routes themselves when first asked for. */
export function referenceRoutes(routes: () => readonly Route[], options: ReferenceOptions): Route[] {
  let described: Promise<Buffer> | undefined
  const description = () => (described ??= import('./openapi.ts').then(({ openApi }) => Buffer.from(JSON.stringify(openApi(routes(), options)))))
  return [
    route({
      method: 'GET', path: '/api/openapi.json', kind: 'stream', rate: 'read', guard: OPEN,
      summary: { zh: '接口描述（OpenAPI 3.1）', en: 'The description of this API (OpenAPI 3.1)' },
      handle: async ({ request, reply }) => {
        const body = await description()
        const etag = etagOf(body)
        reply.header('etag', etag).header('cache-control', 'no-cache').header('access-control-allow-origin', '*')
        return matches(request, etag) ? reply.code(304).send() : sendText(request, reply, body, 'application/json; charset=utf-8')
      },
    }),
    route({
      method: 'GET', path: '/api/docs', kind: 'page', rate: 'page', guard: OPEN,
      summary: { zh: '接口参考', en: 'Reference of the API' },
      handle: async ({ language }) => {
        const { referencePage } = await import('./reference-page.ts')
        return new Page(referencePage(routes(), options, language))
      },
    }),
    route({
      method: 'GET', path: '/api/docs.css', kind: 'stream', rate: 'page', guard: OPEN,
      summary: { zh: '接口参考的样式', en: 'Style of the reference' },
      handle: async ({ request, reply }) => {
        const { REFERENCE_STYLE } = await import('./reference-page.ts')
        return sendText(request, reply.header('cache-control', 'public, max-age=3600'), Buffer.from(REFERENCE_STYLE), 'text/css; charset=utf-8')
      },
    }),
  ]
}
