import { addDays, type CivilDay } from '../../../base/civil-day.ts'
import type { Bilingual } from '../../../base/text.ts'
import { ITEM_TYPES, SERVICE_TARGETS, type Item } from '../contract.ts'
import { diffVersions } from '../diff.ts'
import { findItems, type SearchItems } from '../find-items.ts'
import type { ItemRegistry } from '../registry.ts'
import { summaryOf } from '../version-row.ts'
import type { CatalogReader, Facet, Facets } from './deps.ts'

/** The house's catalogue as the pages ask it. `today` is read anew with every question: a version comes into force by its day. */
export interface CatalogSource { readonly registry: ItemRegistry; readonly search: SearchItems; readonly today: () => CivilDay }

const EXAMPLES = 6

export function catalogReader({ registry, search, today }: CatalogSource): CatalogReader {
  const revisionOf = ({ version }: Item): string => `${registry.revision} ${version}`
  return {
    findItems: (query) => findItems(registry, search, query, today()),
    async findFacets(query): Promise<Facets> {
      const asked = query.q?.trim()
      const all = asked ? (await search(asked)).flatMap((code) => registry.find(code, today()) ?? []) : registry.list(today())
      const others = (own: Choice) => all.filter((item) => CHOICES.every((choice) => choice === own || query[choice] === undefined || IS[choice](item, query[choice])))
      return { departments: departmentsOf(others('department')), types: typesOf(others('type')), targets: targetsOf(others('target')), topics: topicsOf(others('topic')) }
    },
    revisionOf: (code) => revisionOf(registry.get(code, today())),
    isCurrent: (code, revision) => { const item = registry.find(code, today()); return item !== undefined && revisionOf(item) === revision },
    getItem: async (code) => registry.get(code, today()),
    findVersions: async (code) => {
      const history = registry.history(code)
      return history.map(({ item }, i) => {
        const next = history[i - 1]
        return { version: item.version, effectiveFrom: item.effectiveFrom as CivilDay, effectiveTo: (item.effectiveTo ?? (next === undefined ? null : addDays(next.item.effectiveFrom as CivilDay, -1))) as CivilDay | null }
      })
    },
    compareVersions: async (code, from, to) => diffVersions(registry.version(code, from), registry.version(code, to)),
  }
}

const CHOICES = ['department', 'type', 'target', 'topic'] as const
type Choice = (typeof CHOICES)[number]
const IS: Readonly<Record<Choice, (item: Item, value: string) => boolean>> = {
  department: (item, value) => item.implementingBody.code === value,
  type: (item, value) => item.itemType === value,
  target: (item, value) => item.serviceTargets.some((target) => target === value),
  topic: (item, value) => item.topics.some((topic) => topic.zh === value || topic.en === value),
}

/** What the home page, the pages of departments and the site map ask. */
export function catalogOverview({ registry, today }: Omit<CatalogSource, 'search'>) {
  return {
    countItems: async () => {
      const items = registry.list(today())
      return { all: items.length, departments: departmentsOf(items), targets: targetsOf(items), topics: topicsOf(items) }
    },
    findItemsOf: async (departmentCode: string) => registry.list(today()).filter((item) => item.implementingBody.code === departmentCode).map(summaryOf),
    /** One each of several departments, by the words people use. */
    exampleItems: async () => {
      const seen = new Set<string>()
      return registry.list(today()).filter((item) => {
        if (!item.applicable || item.everydayNames.length === 0 || seen.has(item.implementingBody.code)) return false
        seen.add(item.implementingBody.code)
        return true
      }).slice(0, EXAMPLES).map((item) => ({ code: item.code, name: item.everydayNames[0]! }))
    },
    publishedCodes: async () => registry.list(today()).map((item) => ({ code: item.code, since: item.effectiveFrom as CivilDay })),
  }
}

/** Most first; equal ones by name, so that the order stands still. */
function tally(pairs: readonly (readonly [code: string, name: Bilingual])[]): Facet[] {
  const facets = new Map<string, { code: string; name: Bilingual; count: number }>()
  for (const [code, name] of pairs) {
    const there = facets.get(code)
    if (there === undefined) facets.set(code, { code, name, count: 1 })
    else there.count += 1
  }
  return [...facets.values()].sort((a, b) => b.count - a.count || (a.name.zh < b.name.zh ? -1 : 1))
}
const departmentsOf = (items: readonly Item[]): Facet[] => tally(items.map((item) => [item.implementingBody.code, item.implementingBody.name]))
const typesOf = (items: readonly Item[]): Facet[] => tally(items.map((item) => [item.itemType, ITEM_TYPES.entries[item.itemType]]))
const targetsOf = (items: readonly Item[]): Facet[] => tally(items.flatMap((item) => item.serviceTargets.map((target) => [target, SERVICE_TARGETS.entries[target]] as const)))
const topicsOf = (items: readonly Item[]): Facet[] => tally(items.flatMap((item) => item.topics.map((topic) => [topic.zh, topic] as const)))
