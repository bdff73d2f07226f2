import { evaluateFeel } from '../../kit/feel.ts'
import type { Fee, Item } from './contract.ts'
import { holds } from './forms.ts'

export interface FeeDue { readonly fee: Fee; readonly amountFen: number; readonly reduction: Fee['reductions'][number] | null }

/** What is to be paid in this case by the form's values, with the reduction granted; fees that are not due are left out, free ones stay with 0. */
export function feesDue(item: Item, values: Readonly<Record<string, unknown>>): readonly FeeDue[] {
  return item.fees.filter((fee) => fee.dueWhen === null || holds(fee.dueWhen, values)).map((fee) => {
    const reduction = fee.reductions.find((one) => holds(one.when, values)) ?? null
    return { fee, reduction, amountFen: reduction?.amountFen ?? fee.amountFen ?? computed(fee, values) }
  })
}

/** @throws where the expression gives no amount: the form that feeds it must require what it reads */
function computed(fee: Fee, values: Readonly<Record<string, unknown>>): number {
  const value = evaluateFeel(fee.computedBy ?? '', values)
  const fen = typeof value === 'number' ? Math.round(value) : Number.NaN
  if (!Number.isSafeInteger(fen) || fen < 0) throw new Error(`fee ${fee.code}: ${fee.computedBy} gives ${String(value)}, not an amount`)
  return fen
}
