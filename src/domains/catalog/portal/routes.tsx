import { z } from 'zod'
import { Bytes, Page, route, type Route } from '../../../kernel/http/types.ts'
import { markup, type Frame } from '../../../kit/portal/index.ts'
import { ItemQuery } from '../contract.ts'
import type { CatalogPortalDeps } from './deps.ts'
import { refuse } from './errors.ts'
import { GuidePage } from './guide-page.tsx'
import { ListPage } from './list-page.tsx'
import { DiffPage, VersionsPage } from './versions-page.tsx'

const OPEN = '办事指南应当公开，政府信息公开条例 第二十条；行政许可法 第三十条'
const Code = z.object({ code: z.string().min(1).max(40) })

/** Pages of the catalogue. Guides are kept by revision for readers who are not signed in. */
export function catalogPages({ url, catalog, frames, panels, pages }: CatalogPortalDeps<Page>): Route[] {
  const guide = async (code: string, frame: Frame): Promise<string> => {
    const item = await catalog.getItem(code)
    const [flow, measured, more] = await Promise.all([
      panels.flowChart?.(item, frame.language) ?? null, panels.measured?.(item.code), panels.more?.(item, frame) ?? '',
    ])
    return markup(<GuidePage item={item} frame={frame} url={url} flow={flow} measured={measured} more={more} hallPath={panels.hallPath ?? (() => null)} />)
  }
  return [
    route({
      method: 'GET', path: '/items', guard: { open: OPEN }, kind: 'page', rate: 'page', query: ItemQuery,
      summary: { zh: '查找事项', en: 'Find services' },
      handle: async (ask) => {
        const [found, facets, frame] = await Promise.all([catalog.findItems(ask.query), catalog.findFacets(ask.query), frames.of(ask)])
        return new Page(markup(<ListPage frame={frame} asked={ask.query} items={found.items} total={found.total} facets={facets} />))
      },
    }),
    route({
      method: 'GET', path: '/items/:code', guard: { open: OPEN }, kind: 'page', rate: 'page', params: Code,
      summary: { zh: '办事指南', en: 'Guide of a service' },
      handle: async (ask) => {
        const { code } = ask.params
        if (ask.caller.kind !== 'anonymous') return new Page(await guide(code, await frames.of(ask)))
        // First what is in memory: an unknown code asks nobody further.
        const own = catalog.revisionOf(code)
        const shown = (await panels.revision?.(code)) ?? ''
        const page = await pages.get(`/items/${code} ${frames.edition(ask)}`, `${own} ${shown}`, () => guide(code, { ...frames.shared(ask), path: `/items/${encodeURIComponent(code)}` }))
        return page.standingWhile(() => catalog.isCurrent(code, own))
      },
    }),
    route({
      method: 'GET', path: '/items/:code/flow.svg', guard: { open: OPEN }, kind: 'stream', rate: 'page', params: Code,
      summary: { zh: '事项的流程图', en: 'Procedure chart of a service' },
      handle: async (ask) => {
        const item = await catalog.getItem(ask.params.code)
        const flow = await panels.flowChart?.(item, ask.language)
        if (!flow) throw refuse('no-chart', { code: item.code })
        return new Bytes(Buffer.from(flow.svg), 'image/svg+xml', { vary: 'cookie, accept-language' })
      },
    }),
    route({
      method: 'GET', path: '/items/:code/versions', guard: { open: OPEN }, kind: 'page', rate: 'page', params: Code,
      summary: { zh: '办事指南的历次版本', en: 'Versions of a guide' },
      handle: async (ask) => {
        const [item, versions, frame] = await Promise.all([catalog.getItem(ask.params.code), catalog.findVersions(ask.params.code), frames.of(ask)])
        return new Page(markup(<VersionsPage item={item} versions={versions} frame={frame} />))
      },
    }),
    route({
      method: 'GET', path: '/items/:code/diff', guard: { open: OPEN }, kind: 'page', rate: 'page', params: Code,
      query: z.object({ from: z.coerce.number().int().min(1), to: z.coerce.number().int().min(1) }),
      summary: { zh: '办事指南两个版本的不同', en: 'What two versions of a guide say differently' },
      handle: async (ask) => {
        const { from, to } = ask.query
        const [item, changes, frame] = await Promise.all([catalog.getItem(ask.params.code), catalog.compareVersions(ask.params.code, from, to), frames.of(ask)])
        return new Page(markup(<DiffPage item={item} from={from} to={to} changes={changes} frame={frame} />))
      },
    }),
  ]
}
