import { evaluate } from 'feelin'
import type { Fee, FormDefinition, FormValues, Item, Material } from './contract.ts'
import { holds } from './forms.ts'

/** The form's values with null for what is not filled in, so that FEEL knows every name. */
export function factsOf(form: FormDefinition | null, values: FormValues): Record<string, unknown> {
  const names = form?.sections.flatMap((section) => section.fields.map((field) => field.id)) ?? []
  return { ...Object.fromEntries(names.map((name) => [name, null])), ...values }
}

/** The materials that this applicant's case needs; a commitment letter replaces those it names (告知承诺). */
export function neededMaterials(item: Item, facts: Readonly<Record<string, unknown>>, onCommitment = false): readonly Material[] {
  const replaced = onCommitment ? (item.commitment?.replaces ?? []) : []
  return item.materials.filter((one) => !replaced.includes(one.id) && (one.neededWhen === null || holds(one.neededWhen, facts)))
}

export interface FeeDue { readonly fee: Fee; readonly amountFen: number; readonly reduction: Fee['reductions'][number] | null }

/** What is to be paid in this case, with the reduction that was granted; fees that are not due are left out, free ones stay with 0. */
export function feesDue(item: Item, facts: Readonly<Record<string, unknown>>): readonly FeeDue[] {
  return item.fees.filter((fee) => fee.dueWhen === null || holds(fee.dueWhen, facts)).map((fee) => {
    const reduction = fee.reductions.find((one) => holds(one.when, facts)) ?? null
    return { fee, reduction, amountFen: reduction?.amountFen ?? fee.amountFen ?? computed(fee, facts) }
  })
}

function computed(fee: Fee, facts: Readonly<Record<string, unknown>>): number {
  const { value } = evaluate(fee.computedBy ?? '', { ...facts })
  const fen = typeof value === 'number' ? Math.round(value) : Number.NaN
  if (!Number.isSafeInteger(fen) || fen < 0) throw new Error(`fee ${fee.code}: ${fee.computedBy} gives ${String(value)}, not an amount`)
  return fen
}

/** The body that is competent instead of ours, where a routing rule holds (行政许可法 第三十二条第一款第二项); null: ours. */
export const competentElsewhere = (item: Item, facts: Readonly<Record<string, unknown>>): Item['routing'][number] | null =>
  item.routing.find((rule) => holds(rule.when, facts)) ?? null
