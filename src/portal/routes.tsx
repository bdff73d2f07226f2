import { z } from 'zod'
import { Bytes, Page, Redirect, route, type Route } from '../kernel/http/types.ts'
import { ELDER_COOKIE, LANGUAGE_COOKIE } from '../kernel/http/language.ts'
import { ELDER_SIZE_COOKIE, markup } from '../kit/portal/index.ts'
import type { Organisation, OrganisationNode } from '../kernel/org/types.ts'
import { accountPages } from './account-routes.tsx'
import { SEAL_ICON } from './assets.ts'
import { DepartmentPage, DepartmentsPage, SubdistrictsPage } from './departments-page.tsx'
import type { PortalDeps } from './deps.ts'
import { refuse } from './errors.ts'
import { HallPage, HallsPage } from './halls-page.tsx'
import { HomePage } from './home-page.tsx'
import { ENTRY, localPath, OPEN } from './open.ts'
import { robots, siteMap } from './site-map.ts'
import { AboutPage, AccessibilityPage } from './text-pages.tsx'
import { trackPages } from './track-routes.tsx'
import { VerifyPage } from './verify-page.tsx'

const page = { method: 'GET', kind: 'page', rate: 'page', guard: { open: OPEN } } as const
const YEAR_SECONDS = 31_536_000
const flat = (nodes: readonly OrganisationNode[]): Organisation[] => nodes.flatMap((node) => [node, ...flat(node.children)])

/** Every page of the public shell. */
export const portalPages = (deps: PortalDeps): Route[] => [...publicPages(deps), ...trackPages(deps), ...switches(deps), ...accountPages(deps), ...forMachines(deps)]

function publicPages({ url, frames, catalog, organisations, homeNumbers, logKey, logWords, annulledEntry }: PortalDeps): Route[] {
  return [
    route({
      ...page, path: '/', summary: { zh: '首页', en: 'Home' },
      handle: async (ask) => {
        const [frame, counts, examples, sites, tree, numbers] = await Promise.all([frames.of(ask), catalog.countItems(), catalog.exampleItems(), organisations.sites(), organisations.tree(), homeNumbers?.() ?? null])
        const subdistricts = flat(tree).filter((organisation) => organisation.kind === 'subdistrict').length
        return new Page(markup(<HomePage frame={frame} counts={counts} examples={examples} sites={sites} subdistricts={subdistricts} numbers={numbers} />))
      },
    }),
    route({
      ...page, path: '/departments', summary: { zh: '部门', en: 'Departments' },
      handle: async (ask) => {
        const [frame, tree, counts] = await Promise.all([frames.of(ask), organisations.tree(), catalog.countItems()])
        return new Page(markup(<DepartmentsPage frame={frame} organisations={flat(tree)} counts={counts.departments} />))
      },
    }),
    route({
      ...page, path: '/departments/:code', params: z.object({ code: z.string().max(40) }), summary: { zh: '一个部门', en: 'One department' },
      handle: async (ask) => {
        const { code } = ask.params
        const organisation = await organisations.findByCode(code)
        if (organisation === undefined) throw refuse('department-not-found', { code })
        const [frame, items, tree] = await Promise.all([frames.of(ask), catalog.findItemsOf(code), organisations.tree()])
        const communities = flat(tree).filter((other) => other.kind === 'community' && other.parentId === organisation.id)
        return new Page(markup(<DepartmentPage frame={frame} organisation={organisation} items={items} communities={communities} />))
      },
    }),
    route({
      ...page, path: '/subdistricts', summary: { zh: '街道', en: 'Sub-districts' },
      handle: async (ask) => {
        const [frame, tree, counts] = await Promise.all([frames.of(ask), organisations.tree(), catalog.countItems()])
        return new Page(markup(<SubdistrictsPage frame={frame} organisations={flat(tree)} counts={counts.departments} />))
      },
    }),
    route({
      ...page, path: '/halls', summary: { zh: '办事大厅', en: 'Halls' },
      handle: async (ask) => new Page(markup(<HallsPage frame={await frames.of(ask)} sites={await organisations.sites()} />)),
    }),
    route({
      ...page, path: '/halls/:id', params: z.object({ id: z.string().max(40) }), summary: { zh: '一个办事大厅', en: 'One hall' },
      handle: async (ask) => {
        const site = (await organisations.sites()).find(({ id }) => id === ask.params.id)
        if (site === undefined) throw refuse('hall-not-found')
        const [frame, counters] = await Promise.all([frames.of(ask), organisations.counters(site.id)])
        return new Page(markup(<HallPage frame={frame} site={site} counters={counters} />))
      },
    }),
    route({
      ...page, path: '/verify', summary: { zh: '核验回执', en: 'Verify a receipt' }, query: z.object({ receipt: z.string().max(100).optional() }),
      handle: async (ask) => {
        const { receipt } = ask.query
        const [frame, key, annulled] = await Promise.all([frames.of(ask), logKey(), receipt !== undefined && z.uuid().safeParse(receipt).success ? annulledEntry(receipt) : null])
        return new Page(markup(<VerifyPage frame={frame} words={logWords} url={url} logKey={key} annulled={annulled} />))
      },
    }),
    route({ ...page, path: '/about', summary: { zh: '关于本站', en: 'About' }, handle: async (ask) => new Page(markup(<AboutPage frame={await frames.of(ask)} />)) }),
    route({ ...page, path: '/accessibility', summary: { zh: '无障碍说明', en: 'Accessibility' }, handle: async (ask) => new Page(markup(<AccessibilityPage frame={await frames.of(ask)} />)) }),
  ]
}

/** The switches of language and edition: links that set a cookie and come back. */
function switches({ url }: PortalDeps): Route[] {
  const secure = url.startsWith('https:') ? '; Secure' : ''
  const cookie = (name: string, value: string): string => `${name}=${value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${secure}`
  const back = z.string().max(2000).optional()
  return [
    route({
      ...page, guard: { open: ENTRY }, path: '/language', summary: { zh: '换语言', en: 'Change the language' }, query: z.object({ to: z.enum(['zh', 'en']), back }),
      handle: async (ask) => {
        ask.reply.header('set-cookie', cookie(LANGUAGE_COOKIE, ask.query.to))
        return new Redirect(localPath(ask.query.back))
      },
    }),
    route({
      ...page, guard: { open: ENTRY }, path: '/elder', summary: { zh: '关怀版', en: 'Large text' }, query: z.object({ to: z.enum(['on', 'off', '20', '24', '30']), back }),
      handle: async (ask) => {
        const { to } = ask.query
        ask.reply.header('set-cookie', cookie(ELDER_COOKIE, to === 'off' ? '0' : '1'))
        if (to !== 'off' && to !== 'on') ask.reply.header('set-cookie', cookie(ELDER_SIZE_COOKIE, to))
        return new Redirect(localPath(ask.query.back))
      },
    }),
  ]
}

function forMachines({ url, catalog, organisations, trackCase }: PortalDeps): Route[] {
  const hour = { 'cache-control': 'public, max-age=3600' }
  const machine = { method: 'GET', kind: 'stream', rate: 'page', guard: { open: OPEN } } as const
  return [
    route({
      ...machine, path: '/sitemap.xml', summary: { zh: '网站地图', en: 'Site map' },
      handle: async () => {
        const [codes, tree, sites] = await Promise.all([catalog.publishedCodes(), organisations.tree(), organisations.sites()])
        const pages = [
          ...['/', '/items', '/departments', '/subdistricts', '/halls', ...(trackCase === null ? [] : ['/track']), '/verify', '/about', '/accessibility'].map((path) => ({ path })),
          ...codes.map(({ code, since }) => ({ path: `/items/${encodeURIComponent(code)}`, changedOn: since })),
          ...flat(tree).filter(({ kind }) => kind !== 'community').map(({ code }) => ({ path: `/departments/${code}` })),
          ...sites.map(({ id }) => ({ path: `/halls/${id}` })),
        ]
        return new Bytes(Buffer.from(siteMap(url, pages)), 'application/xml; charset=utf-8', hour)
      },
    }),
    route({ ...machine, path: '/robots.txt', summary: { zh: '爬虫规则', en: 'Rules for robots' }, handle: async () => new Bytes(Buffer.from(robots(url)), 'text/plain; charset=utf-8', hour) }),
    route({ ...machine, path: '/seal.svg', summary: { zh: '图标', en: 'Icon' }, handle: async () => new Bytes(Buffer.from(SEAL_ICON), 'image/svg+xml', hour) }),
  ]
}
