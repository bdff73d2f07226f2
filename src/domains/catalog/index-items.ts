import type { Database } from '../../kernel/db/database.ts'
import { indexDocuments, type SearchDocument } from '../../kernel/search/index-documents.ts'
import type { Segmenter } from '../../kernel/search/segment.ts'
import type { Item } from './contract.ts'
import { searchText } from './version-row.ts'

/** `source` of the catalogue's documents in kernel/search; `ref` is the item's code. */
export const ITEM_SOURCE = 'item'

/** Makes guides findable in both languages by name, everyday name, topic, department, result and material. Safe to repeat. */
export const indexItems = (db: Database, segment: Segmenter, items: readonly Item[]): Promise<number> => indexDocuments(db, segment, items.flatMap(documentsOf))

function documentsOf(item: Item): SearchDocument[] {
  const both = { source: ITEM_SOURCE, ref: item.code, text: searchText(item), tags: [item.itemType, item.implementingBody.code], visibility: 'public', revision: String(item.version) }
  const chinese: SearchDocument = { ...both, language: 'zh', title: item.name.zh }
  return item.name.en === item.name.zh ? [chinese] : [chinese, { ...both, language: 'en', title: item.name.en }]
}
