import type { Bilingual } from '../../base/text.ts'
import type { Item } from './contract.ts'
import { CATALOGUE_RULES } from './quality-rules.ts'
import { DISCLOSURE_RULES } from './disclosure-rules.ts'

/** What the rules look at beside the guide itself. */
export interface QualityContext {
  /** Codes on the approved list of fees. */
  readonly approvedFees: ReadonlySet<string>
  /** Codes on the list of intermediary services that were kept. */
  readonly keptIntermediaries: ReadonlySet<string>
  /** The procedure the guide names, as published; null where there is none. */
  readonly procedure: { readonly acts: readonly string[]; readonly sound: boolean; readonly workingDays: number } | null
  readonly formExists: boolean
  /** Codes of items that were withdrawn: nothing of them may come back as a material or condition (杜绝变相审批). */
  readonly withdrawnItems: readonly string[]
}

export interface Finding {
  /** `Q01` … `Q14` of the catalogue's rules, `P01` … of publication. */
  readonly code: string
  readonly level: 'error' | 'warning'
  /** JSON Pointer into the guide. */
  readonly path: string
  readonly message: Bilingual
  readonly source: string
}

export interface QualityRule {
  readonly code: string
  readonly level: Finding['level']
  readonly name: Bilingual
  readonly source: string
  /** Each answer is one place that breaks the rule. */
  readonly check: (item: Item, context: QualityContext) => readonly { readonly path: string; readonly message: Bilingual }[]
}

export const QUALITY_RULES: readonly QualityRule[] = [...CATALOGUE_RULES, ...DISCLOSURE_RULES]

/** Everything the rules say about a guide; it may be published only where no finding is an error. Pure. */
export const checkQuality = (item: Item, context: QualityContext): Finding[] =>
  QUALITY_RULES.flatMap((rule) => rule.check(item, context).map((found) => ({ code: rule.code, level: rule.level, source: rule.source, ...found })))
