import type { CivilDay } from '../../base/civil-day.ts'
import type { Database } from '../../kernel/db/database.ts'
import { indexDocuments, removeDocuments, type SearchDocument } from '../../kernel/search/index-documents.ts'
import type { Segmenter } from '../../kernel/search/segment.ts'
import type { Item } from './contract.ts'
import type { ItemRegistry } from './registry.ts'
import { searchText } from './version-row.ts'

/** `source` of the catalogue's documents in kernel/search; `ref` is the item's code. */
export const ITEM_SOURCE = 'item'

/**
 * Makes the guides in force on a day findable in both languages by name, everyday name, topic, department, result and material, and
 * forgets the others; answers how many changed. Safe to repeat, and to be repeated: a guide comes into force and ends by the mere day.
 */
export async function indexItems(db: Database, segment: Segmenter, items: ItemRegistry, day: CivilDay): Promise<number> {
  const changed = await indexDocuments(db, segment, items.list(day).flatMap(documentsOf))
  return changed + (await removeDocuments(db, ITEM_SOURCE, items.notInForce(day)))
}

function documentsOf(item: Item): SearchDocument[] {
  const both = { source: ITEM_SOURCE, ref: item.code, text: searchText(item), tags: [item.itemType, item.implementingBody.code], visibility: 'public', revision: String(item.version) }
  const chinese: SearchDocument = { ...both, language: 'zh', title: item.name.zh }
  return item.name.en === item.name.zh ? [chinese] : [chinese, { ...both, language: 'en', title: item.name.en }]
}
