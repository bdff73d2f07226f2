import { afterAll, expect, test } from 'vitest'
import { scratch } from '../../../tests/scratch.ts'
import { townItems } from '../../../tests/town-items.ts'
import type { CivilDay } from '../../base/civil-day.ts'
import { findDocuments } from '../../kernel/search/find-documents.ts'
import type { Segmenter } from '../../kernel/search/segment.ts'
import { Item } from './contract.ts'
import { fictionalUscc, insertRows } from './demo/sql.ts'
import { indexItems, ITEM_SOURCE } from './index-items.ts'
import { loadItems } from './registry.ts'
import { versionRow } from './version-row.ts'

const town = await scratch(['db', 'search', 'catalog'])
afterAll(() => town.close())
const noWords: Segmenter = { words: async (texts) => texts.map(() => []), rssBytes: () => 0, close: async () => undefined }

/* In force from 2 March; another version, of another name, from 1 April; ended with 30 April. Nothing is published on these days. */
test('a guide is found from its first day to its last by the name it has that day, without anybody publishing', async () => {
  const { key: _key, ...whole } = townItems(fictionalUscc('11', 902))[0]!
  const item = Item.parse({ ...whole, name: { zh: '养犬登记', en: 'Dog registration' }, effectiveFrom: '2026-03-02', effectiveTo: null })
  const next: Item = { ...item, version: item.version + 1, name: { zh: '养猫登记', en: 'Cat registration' }, effectiveFrom: '2026-04-01' as CivilDay, effectiveTo: '2026-04-30' as CivilDay }
  const publication = { at: new Date('2026-02-01T01:00:00Z'), reason: '测试', authorId: null, reviewerId: null, publishedBy: null }
  await insertRows(town.admin, 'catalog.item_version', [versionRow(item, publication), versionRow(next, publication)])
  const items = await loadItems(town.db)
  const found = async (q: string): Promise<number> => new Set((await findDocuments(town.db, noWords, { q, source: ITEM_SOURCE, limit: 10, offset: 0 })).hits.map(({ ref }) => ref)).size
  const seen = []
  for (const day of ['2026-03-01', '2026-03-02', '2026-03-31', '2026-04-01', '2026-04-30', '2026-05-01'] as CivilDay[]) {
    seen.push([day, await indexItems(town.db, noWords, items, day), await found('养犬'), await found('养猫'), await found('cat')])
  }
  // In two languages each time.
  expect(seen).toEqual([
    ['2026-03-01', 0, 0, 0, 0], ['2026-03-02', 2, 1, 0, 0], ['2026-03-31', 0, 1, 0, 0], ['2026-04-01', 2, 0, 1, 1], ['2026-04-30', 0, 0, 1, 1], ['2026-05-01', 2, 0, 0, 0],
  ])
})
