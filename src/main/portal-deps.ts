import type { Bilingual } from '../base/text.ts'
import { registerApplicant } from '../kernel/access/accounts.ts'
import { signIn, signOut } from '../kernel/access/sign-in.ts'
import type { LogFiles } from '../kernel/ledger/tiles.ts'
import { findCounters, findOrganisationByCode, findSites, organisationTree } from '../kernel/org/organisations.ts'
import type { Frames } from '../kit/portal/index.ts'
import { diffVersions } from '../domains/catalog/diff.ts'
import { findItems, type SearchItems } from '../domains/catalog/find-items.ts'
import { ITEM_TYPES, SERVICE_TARGETS, type Item } from '../domains/catalog/contract.ts'
import type { CatalogReader, Facet } from '../domains/catalog/portal/deps.ts'
import type { ItemRegistry } from '../domains/catalog/registry.ts'
import { summaryOf } from '../domains/catalog/version-row.ts'
import type { Count, PortalDeps } from '../portal/index.ts'
import type { House } from '../kernel/house.ts'

/** The catalogue as its pages ask for it, out of the registry in memory. */
export function catalogReader(house: House, items: ItemRegistry, search: SearchItems): CatalogReader {
  const today = () => house.time.today()
  return {
    findItems: (query) => findItems(items, search, query, today()),
    findFacets: async (query) => {
      const without = async (part: 'department' | 'type' | 'target' | 'topic') => {
        const all: Item[] = []
        const asked = { ...query, [part]: undefined }
        for (let page = 1; ; page += 1) {
          const found = await findItems(items, search, { ...asked, page }, today())
          all.push(...found.items.map(({ code }) => items.get(code, today())))
          if (all.length >= found.total || found.items.length === 0) return all
        }
      }
      const [byDepartment, byType, byTarget, byTopic] = [await without('department'), await without('type'), await without('target'), await without('topic')]
      return { departments: departmentsOf(byDepartment), types: typesOf(byType), targets: targetsOf(byTarget), topics: topicsOf(byTopic) }
    },
    getRevision: async (code) => `${items.revision}:${items.get(code, today()).version}`,
    getItem: async (code) => items.get(code, today()),
    findVersions: async (code) => items.history(code).map(({ item }) => ({ version: item.version, effectiveFrom: item.effectiveFrom as never, effectiveTo: item.effectiveTo as never, publishedAt: null })),
    compareVersions: async (code, from, to) => diffVersions(items.version(code, from), items.version(code, to)),
  }
}

function count<T extends Facet | Count>(items: readonly Item[], keysOf: (item: Item) => readonly { code: string; name: Bilingual }[]): T[] {
  const found = new Map<string, { code: string; name: Bilingual; count: number }>()
  for (const item of items) {
    for (const { code, name } of keysOf(item)) {
      const known = found.get(code)
      if (known) known.count += 1
      else found.set(code, { code, name, count: 1 })
    }
  }
  return [...found.values()].sort((a, b) => b.count - a.count || a.code.localeCompare(b.code)) as unknown as T[]
}

const departmentsOf = (items: readonly Item[]) => count<Facet>(items, (item) => [{ code: item.implementingBody.code, name: item.implementingBody.name }])
const typesOf = (items: readonly Item[]) => count<Facet>(items, (item) => [{ code: item.itemType, name: ITEM_TYPES.entries[item.itemType] }])
const targetsOf = (items: readonly Item[]) => count<Facet>(items, (item) => item.serviceTargets.map((code) => ({ code, name: SERVICE_TARGETS.entries[code] })))
const topicsOf = (items: readonly Item[]) => count<Facet>(items, (item) => item.topics.map((topic) => ({ code: topic.zh, name: topic })))

type Shell = Omit<PortalDeps, 'homeNumbers' | 'trackCase'>

/** What the public shell needs of the house. */
export function portalDeps(house: House, items: ItemRegistry, frames: Frames, log: LogFiles): Shell {
  const today = () => house.time.today()
  const published = () => items.list(today())
  return {
    url: house.url, demo: house.demo, frames,
    catalog: {
      countItems: async () => ({ all: published().length, departments: departmentsOf(published()), targets: targetsOf(published()), topics: topicsOf(published()) }),
      findItemsOf: async (code) => published().filter((item) => item.implementingBody.code === code).map(summaryOf),
      exampleItems: async () => popular(house, published()),
      publishedCodes: async () => published().map((item) => ({ code: item.code, since: item.effectiveFrom as never })),
    },
    organisations: {
      tree: () => organisationTree(house.db, today()),
      findByCode: (code) => findOrganisationByCode(house.db, code, today()),
      sites: () => findSites(house.db, today()),
      counters: (siteId) => findCounters(house.db, siteId, today()),
    },
    access: {
      signIn: (ask) => signIn(house.db, { ...ask, at: house.time.now() }),
      signOut: (tokenHash) => signOut(house.db, tokenHash, house.time.now()),
      register: (input) => registerApplicant(house.db, { ...input, at: house.time.now() }),
    },
    logKey: async () => (await log.file('key')).body.toString('utf8'),
  }
}

/** Services asked for most often in the last ninety days, by cases opened; before there are any, the first that can be applied for. */
async function popular(house: House, published: readonly Item[]): Promise<readonly { code: string; name: Bilingual }[]> {
  const rows = await house.db.prepared<{ code: string }>('portal_popular', `
select subject as code
  from flow.matter
 where kind = 'case' and opened_on > ($1::date - 90)
 group by subject
 order by count(*) desc, subject
 limit 6`, [house.time.today()])
  const asked = rows.flatMap(({ code }) => published.find((item) => item.code === code) ?? [])
  return (asked.length > 0 ? asked : published.filter((item) => item.applicable).slice(0, 6)).map(({ code, name }) => ({ code, name }))
}
