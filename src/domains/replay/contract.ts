// Shapes that the console reads. Nothing here needs Node.
import type { Bilingual } from '../../base/text.ts'

export type ReplayLight = 'green' | 'yellow' | 'red' | 'black' | null
export interface ReplayedListed { readonly caseNo: string; readonly caseId: string; readonly log: string; readonly stage: string; readonly stageName: Bilingual; readonly openedAt: string; readonly dueAt: string | null; readonly light: ReplayLight }
export interface ReplayedList { readonly total: number; readonly cases: readonly ReplayedListed[] }
export interface ReplayedDay { readonly date: string; readonly counted: boolean; readonly reason: string; readonly source: string; readonly provisional?: boolean }
export interface ReplayedView {
  readonly caseNo: string; readonly stage: string; readonly stageName: Bilingual; readonly caseId: string; readonly log: string; readonly attributes: Readonly<Record<string, string>>; readonly openedAt: string
  readonly clocks: readonly { readonly id: string; readonly name: Bilingual; readonly article: string; readonly startedOn: string; readonly dueOn: string | null; readonly stopped: string | null; readonly light: ReplayLight; readonly days: readonly ReplayedDay[] }[]
  readonly timeline: readonly { readonly seq: number; readonly at: string; readonly activity: string; readonly resource: string | null }[]
}
