import type { Json } from '../../../base/canonical-json.ts'
import type { RuleContext } from '../../../kernel/flow/types.ts'
import type { Item } from '../../catalog/contract.ts'
import type { CaseMatter } from '../acts/common.ts'
import type { CaseData } from '../case.ts'
import { runningClocks } from '../limits.ts'
import type { CaseParts } from '../parts.ts'

/** Everything the other system asks for, under names a person reads; fixed at the hand-over, so that paper and file say the same ever after. */
export function transferFacts(parts: CaseParts, item: Item, matter: CaseMatter, context: RuleContext): { [key: string]: Json } {
  const { data } = matter
  const { name, authority, referenceLabel } = item.verticalSystem!
  const { representative, agent, service } = data.application!
  const dueOf = (rules: readonly string[]): string | null => runningClocks(context.clocks, rules).map((clock) => clock.dueOn).find((day) => day !== null) ?? null
  return {
    system: name as unknown as Json, authority: authority as unknown as Json, referenceLabel: referenceLabel as unknown as Json, post: (context.actor.post?.name ?? null) as unknown as Json,
    representative: representative ? { relation: representative.relation, name: representative.name, idNumber: representative.idNumber } : null,
    agentDetails: agent ? { name: agent.name, idNumber: agent.idNumber, phone: agent.phone, scope: agent.scope, validTo: agent.validTo } : null,
    service: { mode: service.mode, address: service.address ?? null }, receivedOn: data.receivedOn, acceptedOn: data.acceptedOn,
    statutoryDueOn: dueOf(['LIC.DECIDE', 'LIC.JOINT', 'ITEM.STATUTORY']), promisedDueOn: dueOf(['SVC.PROMISE']),
    form: fieldsOf(parts, item, data).map(({ label, shown }) => ({ name: label, value: shown })) as unknown as Json,
    materials: materialsOf(item, data) as unknown as Json,
  }
}

export interface ShownField { readonly id: string; readonly label: { readonly zh: string; readonly en: string }; readonly value: unknown; readonly shown: string }

/** What was filled in, in the order of the form, each value as people say it. */
export function fieldsOf(parts: Pick<CaseParts, 'formFields'>, item: Item, data: Pick<CaseData, 'form'>): readonly ShownField[] {
  return parts.formFields(item).filter(({ id }) => data.form[id] !== undefined).map((field) => {
    const value = data.form[field.id]
    return { id: field.id, label: field.label, value, shown: shownValue(field, value) }
  })
}

function shownValue(field: ReturnType<CaseParts['formFields']>[number], value: unknown): string {
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (Array.isArray(value)) return value.map(String).join('、')
  if (field.type === 'amountFen') return `${(Number(value) / 100).toFixed(2)}元`
  if (field.type === 'area') return `${String(value)}平方米`
  return field.options?.find((option) => option.value === value)?.label.zh ?? String(value)
}

export interface HandedMaterial { readonly id: string; readonly name: { readonly zh: string; readonly en: string }; readonly form: 'electronic' | 'original' | 'copy' | 'shared'; readonly copies: number; readonly originalSeen: boolean }

/** Each material of the file with its count. */
export function materialsOf(item: Item, data: Pick<CaseData, 'materials'>): readonly HandedMaterial[] {
  return data.materials.map(({ materialId, form, copies, originalSeen }) => ({
    id: materialId, name: item.materials.find(({ id }) => id === materialId)?.name ?? { zh: materialId, en: materialId }, form, copies, originalSeen: originalSeen ?? false,
  }))
}
