import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { CivilDay } from '../../../base/civil-day.ts'
import { packageRoot } from '../../../kernel/db/root.ts'
import { readItems } from './items.ts'
import { lawTable } from './law-table.ts'
import { readTown } from './organisations.ts'

const items = readItems(readTown(), '2026-03-02' as CivilDay)
const LAWS = join(process.env['MINGTANG_SHARED'] ?? join(packageRoot(), '../shared'), 'data/laws_zh')

test('docs/law/items.md says what the items say', async () => {
  await expect(lawTable(items)).toMatchFileSnapshot(join(packageRoot(), 'docs/law/items.md'))
})

/** 劳动合同法 第五十七条 → the law and its article, without paragraph and item; a source without an article is nothing to look up. */
const citation = (text: string): readonly [string, string] | null => {
  const match = /^(\S+) (第[一二三四五六七八九十百零千]+条)/.exec(text)
  return match ? [match[1]!, match[2]!] : null
}

test.skipIf(!existsSync(LAWS))('every article that an item cites stands in the text of its law, where the text is at hand', () => {
  const files = readdirSync(LAWS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'))
  const editions = new Map<string, string[]>()
  const textsOf = (law: string): string[] => {
    if (!editions.has(law)) editions.set(law, files.filter((file) => new RegExp(`(^|/)(中华人民共和国)?${law}[(（.]`).test(file)).map((file) => readFileSync(join(LAWS, file), 'utf8')))
    return editions.get(law)!
  }
  const cited = items.flatMap(({ file, item }) => [
    ...item.legalBasis.map((basis) => `${basis.law} ${basis.article ?? ''}`), item.statutoryLimit?.article, item.deliveryLimit?.article, item.inPersonOnly?.article, item.commitment?.article,
    item.quota?.article, ...item.routing.map((one) => one.article), ...item.fees.map((fee) => fee.basis), ...item.specialProcedures.map((one) => one.article),
  ].flatMap((text) => { const one = text === undefined ? null : citation(text); return one ? [{ file, law: one[0], article: one[1] }] : [] }))
  const known = cited.filter(({ law }) => textsOf(law).length > 0)
  expect(known.filter(({ law, article }) => !textsOf(law).some((text) => text.includes(article))).map(({ file, law, article }) => `${file}: ${law} ${article}`)).toEqual([])
  expect(known.length).toBeGreaterThan(80)
})
