import { limitText } from '../limits.ts'
import type { Limit } from '../contract.ts'
import type { SeedItem } from './items.ts'

const limit = (one: Limit | null): string => (one ? `${limitText(one).zh}（${one.article}）${one.note ? `；${one.note.zh}` : ''}` : '无法定时限')
const TRIGGERS = { accepted: '受理', received: '收到申请', allDocuments: '收到全部有效文件', windowClosed: '受理期截止' } as const
const cell = (text: string): string => text.replaceAll('|', '\\|')

/** `docs/law/items.md`: which item stands on which article, with the limits that follow. Written by its test. */
export function lawTable(items: readonly SeedItem[]): string {
  const rows = items.map(({ file, item }) => [
    file, item.name.zh, item.legalBasis.map((basis) => [basis.law, basis.article].filter(Boolean).join(' ')).join('；'),
    limit(item.statutoryLimit), item.promisedLimit ? limitText(item.promisedLimit).zh : '', TRIGGERS[item.trigger],
    [item.deeming, item.substanceVerified ? '许可法 34' : null, item.affectsThirdParties ? '许可法 36' : null, item.inPersonOnly?.article, ...item.routing.map((one) => one.article), item.quota?.article, item.commitment?.article].filter(Boolean).join('；'),
  ])
  return [
    '# Items: item → law → article → limit', '',
    'The items of the demo district (`seeds/demo/items`), made from the same files by `src/domains/catalog/demo/law-table.test.ts`, which fails where',
    'this page and the items disagree (`npx vitest run src/domains/catalog/demo/law-table.test.ts -u` writes it anew). Promises are illustrative; the statutory',
    'limits carry the unit of their own law. Quality rules of guides stand in `src/domains/catalog/quality-rules.ts` and `disclosure-rules.ts`, each with its source.', '',
    '| file | 事项 | 设定依据 | 法定时限 | 承诺 | 起算 | 特别规则 |', '|---|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`), '',
  ].join('\n')
}
