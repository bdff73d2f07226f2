import { addMonths, type CivilDay } from '../../base/civil-day.ts'
import type { RowChange } from '../../kernel/flow/types.ts'
import type { Item } from '../catalog/contract.ts'
import type { PartyInput } from './contract.ts'
import { LICENCE } from './lawful-ground.ts'

/** The two bars of the licensing law. Months, so that one begun on 29 February ends on 28. */
const BARS = {
  falseMaterials: { months: 12, article: '行政许可法 第七十八条' },
  deceit: { months: 36, article: '行政许可法 第七十九条' },
} as const

export interface Bar { readonly untilOn: CivilDay; readonly article: string }

/**
 * The bar to applying for this licence again: only licences, and only those that bear directly on public safety, health, life or
 * property (行政许可法 第七十八条、第七十九条). Null for everything else. The last day is part of it.
 */
export function barOf(item: Pick<Item, 'itemType' | 'publicSafety'>, why: keyof typeof BARS, today: CivilDay): Bar | null {
  if (item.itemType !== LICENCE || !item.publicSafety) return null
  const { months, article } = BARS[why]
  return { untilOn: addMonths(today, months), article }
}

/** One row for each case that bars: of several the latest day holds, so that a later short bar never cuts an earlier long one. */
export const barRows = (bar: Bar | null, applicant: Pick<PartyInput, 'idType' | 'idNumber'>, itemCode: string, matterId: string): RowChange[] =>
  bar === null ? [] : [{ op: 'insert', table: 'cases.bar', row: { id_type: applicant.idType, id_number: applicant.idNumber, item_code: itemCode, until_on: bar.untilOn, article: bar.article, matter_id: matterId } }]
