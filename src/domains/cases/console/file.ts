import type { AnnulmentGround, ApplicationInput, CaseView, CheckFinding } from '../contract.ts'
import type { VerticalCourseView } from './vertical-note.tsx'

interface Name { zh: string; en: string }

/** What the console reads of a case's own noun (`CaseView.data`); absent where the reader may see no persons. */
export interface CaseFile {
  item: { code: string; version: number; name: Name; itemType: string }
  departmentName: Name
  accepting?: { name: Name; by: string; article: string }
  draft?: { applicant?: Record<string, unknown>; form?: Record<string, unknown>; note?: string }
  application: Omit<ApplicationInput, 'materials' | 'itemCode' | 'form'> | null
  form: Record<string, unknown>
  materials: { materialId: string; fileId: string | null; form: string; copies: number; originalSeen?: boolean; on: string; version: number }[]
  submittedOn: string | null
  receivedOn: string | null
  acceptedOn: string | null
  deemedAccepted: boolean
  deferred: { materials: string[]; materialNames?: Name[]; dueOn: string; outcome: Name; onMissed?: string; suppliedOn: string | null; missed?: { on: string; article: string; reasons: string } | null } | null
  supplements: { askedOn: string; defects: { materialId: string | null; field: string | null; what: string }[]; remarks: string; answeredOn: string | null; changed: string[] }[]
  opinions: { act: string; step: string; on: string; postCode: string; opinion: string; outcome?: string; files: string[] }[]
  clarifications: { askedOn: string; question: string; answeredOn: string | null; answer?: string }[]
  pauses: { ground: string; article: string; requiredBy: string; workingDaysNeeded: number; from: string; to: string | null; result?: string }[]
  extension: { askedOn: string; reason: string; outcome: string; workingDays?: number } | null
  interestedParties: { name: string; phone?: string; address?: string; interest: string; toldOn: string; heardOn: string | null; statement?: string }[]
  payment: { due: { code: string; name: Name; amountFen: number; basis: string; reduction?: Name }[]; totalFen: number; askedOn: string; paidOn: string | null; receiptNo?: string } | null
  decision: { outcome: 'grant' | 'refuse'; on: string; reasons: string; content: string; documentNo: string; validFrom?: string; validTo?: string } | null
  afterCheck?: { on: string; finding: CheckFinding; facts: string; rectification: { orderedOn: string; workingDays: number; servedOn?: string | null; dueOn: string | null; checkedOn: string | null; finding: 'rectified' | 'notRectified' | null; facts?: string } | null }
  annulment?: {
    ground: AnnulmentGround; facts: string; toldOn: string; heard: { on: string; statement: string; waived: boolean } | null
    dropped: { on: string; reasons: string } | null; decided: { on: string; reasons: string; documentNo: string; articles: string[]; barredUntil: string | null } | null
  }
  volume?: { closedOn: string } | null
  addedVolumes?: { volume: number; addedOn: string; reason: string }[]
  vertical?: VerticalCourseView
  lightAppeals?: { reason: string }[]
  certificate: { no: string; on: string; name: Name; validTo?: string; deregistered?: { on: string; article: string } } | null
  seals: { paper: string; on: string; keeper: string; purpose: string }[]
  services: { act?: string; paper: string; mode: string; on: string; servedOn: string; recipient: string; proof: { text: string; files: string[] } }[]
  delivery: { mode: string; on: string; trackingNo?: string; lockerBox?: string; code?: string; collectedBy?: string; collectedOn: string | null } | null
}

/** Whole where persons may be read; of the masked view only what it shares with this shape. */
export const fileOf = (view: CaseView): Partial<CaseFile> => (view.data ?? {}) as Partial<CaseFile>
export const applicantName = (view: CaseView): string => (view.data as { applicant?: { name?: string } } | undefined)?.applicant?.name ?? fileOf(view).application?.applicant.name ?? String(fileOf(view).draft?.applicant?.name ?? '')
