import { z } from 'zod'
import type { ClockView } from '../contract.ts'
import { DocumentNumber } from '../document-number-contract.ts'

// Hand-over to vertically led systems and what comes back from them (中办国办 2011 十一). Nothing here needs Node.

/** What the other system may report of a case, in the order in which it can happen; `returned` can happen at any time before the decision. */
export const VERTICAL_STATUSES = ['received', 'accepted', 'inReview', 'returned', 'decided-granted', 'decided-refused', 'certificateIssued'] as const
export type VerticalStatus = (typeof VERTICAL_STATUSES)[number]
export const VERTICAL_STATUS_NAMES: Record<VerticalStatus, { zh: string; en: string }> = {
  received: { zh: '已接收', en: 'Received' }, accepted: { zh: '已受理', en: 'Taken up' }, inReview: { zh: '审查中', en: 'In review' }, returned: { zh: '退回', en: 'Returned' },
  'decided-granted': { zh: '准予', en: 'Granted' }, 'decided-refused': { zh: '不予', en: 'Refused' }, certificateIssued: { zh: '已制证', en: 'Certificate issued' },
}

/** Columns of a status file: the name programs write, and the one a spreadsheet in Chinese may bear instead. */
export const STATUS_COLUMNS = {
  caseNo: '办件编号', externalNo: '外部编号', status: '状态', on: '日期', documentNo: '文号', reasons: '理由', certificateNo: '证照编号', validFrom: '有效期自', validTo: '有效期至', opinion: '意见',
} as const
export type StatusColumn = keyof typeof STATUS_COLUMNS

const Day = z.iso.date()
const text = (max: number) => z.string().trim().min(1).max(max)
/** One line of a status file, read and well formed; whether it fits its case is another question. */
export const StatusLine = z.strictObject({
  caseNo: text(60), externalNo: text(60).optional(), status: z.enum(VERTICAL_STATUSES), on: Day, documentNo: DocumentNumber.optional(), reasons: text(4000).optional(),
  certificateNo: DocumentNumber.optional(), validFrom: Day.optional(), validTo: Day.optional(), opinion: text(2000).optional(),
})
export type StatusLine = z.infer<typeof StatusLine>

/** An act takes its facts from the imported file by line; nobody types them. */
export const ImportedLine = z.strictObject({ importId: z.uuid(), line: z.int().min(1).max(100_000) })
export const VERTICAL_ACT_INPUTS = {
  handToVertical: z.strictObject({ batchId: z.uuid().optional() }),
  recordVerticalStatus: ImportedLine, recordVerticalDecision: ImportedLine, recordVerticalCertificate: ImportedLine,
} as const

export const HandOverInput = z.strictObject({ caseNos: z.array(text(60)).min(1).max(200) })
export const ImportInput = z.strictObject({ fileId: z.uuid() })

export interface ProblemText { code: string; zh: string; en: string }
/** How a list shows a case that goes, or went, to a vertically led system. */
export interface VerticalEntry {
  caseNo: string; revision: number; item: { code: string; name: { zh: string; en: string } }; applicant: string; system: { zh: string; en: string }; leadership: 'vertical' | 'dual'; acceptedOn: string | null
  state: 'waiting' | 'away' | 'returned' | 'decided' | 'issued'; handedOn: string | null; handedBy: { zh: string; en: string } | null; batch: { id: string; no: string } | null
  externalNo: string | null; lastStatus: VerticalStatus | null; lastOn: string | null; dueAt: string | null; light: ClockView['light']
}
export interface VerticalList { entries: VerticalEntry[]; total: number; counts: { waiting: number; away: number; done: number } }
export interface HandOverResult { batch: { id: string; no: string } | null; results: { caseNo: string; done: boolean; problem?: ProblemText }[] }
export interface BatchEntry { id: string; no: string; madeAt: string; madeBy: string; cases: number }

export const VERDICTS = ['valid', 'unchanged', 'refused', 'recorded'] as const
export type Verdict = (typeof VERDICTS)[number]
export const VERDICT_NAMES: Record<Verdict, { zh: string; en: string }> = {
  valid: { zh: '可以登记', en: 'Can be recorded' }, unchanged: { zh: '重复，不变', en: 'Said before, nothing changes' }, refused: { zh: '不能登记', en: 'Cannot be recorded' }, recorded: { zh: '已登记', en: 'Recorded' },
}
export interface LineView { line: number; caseNo: string; status: VerticalStatus | null; on: string | null; externalNo: string | null; verdict: Verdict; problem: ProblemText | null }
export interface ImportEntry { id: string; fileName: string; sha256: string; encoding: 'utf-8' | 'gb18030'; format: 'csv' | 'json'; checkedAt: string; checkedBy: string; appliedAt: string | null; appliedBy: string | null; counts: Record<Verdict, number> }
export interface ImportView extends ImportEntry { lines: LineView[] }
