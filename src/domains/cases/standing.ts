import type { Annulment, CaseData } from './case.ts'
import type { AnnulmentGround } from './contract.ts'
import { LICENCE } from './lawful-ground.ts'

/** An annulment announced and not yet decided either way; null where there is none. */
export const pendingAnnulment = ({ annulment }: Pick<CaseData, 'annulment'>): Annulment | null => (annulment && !annulment.dropped && !annulment.decided ? annulment : null)

/** On what a grant could be annulled as things stand: what the check found, or, for a licence, deceit come to light otherwise. */
export function annulmentGrounds({ decision, afterCheck, annulment, item }: Pick<CaseData, 'decision' | 'afterCheck' | 'annulment' | 'item'>): readonly AnnulmentGround[] {
  if (decision?.outcome !== 'grant' || annulment?.decided) return []
  // Heard and kept, the same finding carries no second announcement.
  if (afterCheck?.finding === 'false' && !annulment?.dropped) return ['falseCommitment']
  if (afterCheck?.rectification?.finding === 'notRectified' && !annulment?.dropped) return ['notRectified']
  return item.itemType === LICENCE ? ['deceit'] : []
}

/** Whether the check owed after a commitment has come to an end that lets the file be closed. Cases checked before findings were recorded count by their opinion. */
export function commitmentSettled({ afterCheck, annulment, opinions }: Pick<CaseData, 'afterCheck' | 'annulment' | 'opinions'>): 'unchecked' | 'open' | 'settled' {
  if (!afterCheck) return opinions.some((opinion) => opinion.act === 'commitmentCheck') ? 'settled' : 'unchecked'
  return afterCheck.finding === 'conforms' || afterCheck.rectification?.finding === 'rectified' || annulment?.dropped || annulment?.decided ? 'settled' : 'open'
}
