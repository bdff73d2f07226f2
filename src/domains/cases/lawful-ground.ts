import type { LegalGround } from '../../kernel/flow/types.ts'
import type { Item } from '../catalog/contract.ts'

const LICENSING = '行政许可法'
export const LICENCE = '01'

/**
 * The ground as it stands for an item. The licensing law governs licences alone: a confirmation, benefit or service stands on its own
 * law, and where that is silent the licensing law's procedure is followed by analogy and said to be so.
 */
export function lawfulGround(ground: LegalGround, item: Pick<Item, 'itemType' | 'legalBasis'>): LegalGround {
  if (item.itemType === LICENCE || !ground.article.startsWith(LICENSING)) return ground
  const [basis] = item.legalBasis
  const own = basis ? `${basis.law}${basis.article ? ` ${basis.article}` : ''}` : '优化营商环境条例 第三十六条'
  return { ...ground, article: `${own}（程序参照${ground.article}）` }
}

/** An article as a paper names it: of a licence as it is, of anything else by analogy. */
export const lawfulArticle = (article: string, itemType: string): string => (itemType === LICENCE || !article.startsWith(LICENSING) ? article : `参照${article}`)
