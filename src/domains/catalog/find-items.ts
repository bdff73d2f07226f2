import type { CivilDay } from '../../base/civil-day.ts'
import { ITEMS_PER_PAGE, type Item, type ItemQuery, type ItemSummary } from './contract.ts'
import type { ItemRegistry } from './registry.ts'
import { summaryOf } from './version-row.ts'

/** Item codes in order of how well they answer, by kernel/search over `catalog.item` documents. */
export type SearchItems = (q: string) => Promise<readonly string[]>

export interface FoundItems { readonly items: readonly ItemSummary[]; readonly total: number }

/** A page of items in force on a day: all that the filters leave, best match first where something was asked, else by code. */
export async function findItems(registry: ItemRegistry, search: SearchItems, query: Partial<ItemQuery>, day: CivilDay): Promise<FoundItems> {
  const asked = query.q?.trim()
  const candidates = asked ? await searched(registry, search, asked, day) : registry.list(day).toSorted((a, b) => Number(b.applicable) - Number(a.applicable))
  const found = candidates.filter((item) => matches(item, query))
  const from = ((query.page ?? 1) - 1) * ITEMS_PER_PAGE
  return { items: found.slice(from, from + ITEMS_PER_PAGE).map(summaryOf), total: found.length }
}

async function searched(registry: ItemRegistry, search: SearchItems, q: string, day: CivilDay): Promise<readonly Item[]> {
  const whole = /^[0-9A-Z]{31}(\d{2})?$/i.test(q) ? registry.find(q.toUpperCase(), day) : undefined
  return whole ? [whole] : (await search(q)).flatMap((code) => registry.find(code, day) ?? [])
}

/** A department is named by its credit code, or by its whole name in either language. */
function matches(item: Item, { department, type, target, topic }: Partial<ItemQuery>): boolean {
  const { code, name } = item.implementingBody
  return (department === undefined || department === '' || department === code || department === name.zh || department === name.en)
    && (type === undefined || item.itemType === type)
    && (target === undefined || item.serviceTargets.includes(target))
    && (topic === undefined || topic === '' || item.topics.some((one) => one.zh === topic || one.en === topic))
}
