import { FAULT_ARTICLES, type AnnulmentGround } from './contract.ts'

/** 行政许可 among the kinds of items. */
const LICENCE = '01'

/** As much of a case as decides on what it could be annulled; a screen may know less than the file. */
interface Annullable {
  readonly decision?: { readonly outcome: string } | null
  readonly afterCheck?: { readonly finding: string; readonly rectification: { readonly finding: string | null } | null }
  readonly annulment?: { readonly dropped: unknown; readonly decided: unknown }
  readonly item?: { readonly itemType: string }
}

/** On what a grant could be annulled as things stand: what the check found, or, for a licence, deceit or the organ's own fault come to light otherwise, also when the file has long been closed. */
export function annulmentGrounds({ decision, afterCheck, annulment, item }: Annullable): readonly AnnulmentGround[] {
  if (decision?.outcome !== 'grant' || annulment?.decided) return []
  // Heard and kept, the same finding carries no second announcement.
  if (afterCheck?.finding === 'false' && !annulment?.dropped) return ['falseCommitment']
  if (afterCheck?.rectification?.finding === 'notRectified' && !annulment?.dropped) return ['notRectified']
  return item?.itemType === LICENCE ? ['deceit', ...(Object.keys(FAULT_ARTICLES) as AnnulmentGround[])] : []
}
