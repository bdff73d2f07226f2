import type { Bilingual } from '../../base/text.ts'

/** A procedure in its newest version. `items`: those that begin with it; `workingDays`: its longest way. */
export interface ProcedureSummary {
  readonly id: string
  readonly name: Bilingual
  readonly version: number
  readonly publishedAt: string
  readonly workingDays: number
  readonly warnings: number
  readonly items: readonly { readonly code: string; readonly name: Bilingual }[]
}

/** One version as it was proved and published, its steps named in the reader's language. `running`: cases under way on a version. */
export interface ProcedureView extends ProcedureSummary {
  readonly criticalPath: readonly string[]
  readonly warningList: readonly { readonly kind: 'incompleteConditions' | 'loopWithoutMaxRounds'; readonly at: string }[]
  readonly steps: readonly { readonly id: string; readonly text: string }[]
  readonly versions: readonly { readonly version: number; readonly publishedAt: string; readonly running: number }[]
}
