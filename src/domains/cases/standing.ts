import type { Annulment, CaseData } from './case.ts'

/** An annulment announced and not yet decided either way; null where there is none. */
export const pendingAnnulment = ({ annulment }: Pick<CaseData, 'annulment'>): Annulment | null => (annulment && !annulment.dropped && !annulment.decided ? annulment : null)

/** Whether the check owed after a commitment has come to an end that lets the file be closed. Cases checked before findings were recorded count by their opinion. */
export function commitmentSettled({ afterCheck, annulment, opinions }: Pick<CaseData, 'afterCheck' | 'annulment' | 'opinions'>): 'unchecked' | 'open' | 'settled' {
  if (!afterCheck) return opinions.some((opinion) => opinion.act === 'commitmentCheck') ? 'settled' : 'unchecked'
  return afterCheck.finding === 'conforms' || afterCheck.rectification?.finding === 'rectified' || annulment?.dropped || annulment?.decided ? 'settled' : 'open'
}

/** Papers of an annulment begun after the file was closed: until a supplement volume holds them they are sealed and served like any other. */
export function openAfterClosing({ annulment, addedVolumes = [] }: Pick<CaseData, 'annulment' | 'addedVolumes'>): readonly string[] {
  if (!annulment?.afterClosing || annulment.decided) return []
  if (!annulment.dropped) return ['annulmentNotice', 'statementRecord']
  const { on } = annulment.dropped
  return addedVolumes.some(({ addedOn }) => addedOn >= on) ? [] : ['annulmentDropped', 'statementRecord']
}
