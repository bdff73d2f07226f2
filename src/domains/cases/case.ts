import type { CivilDay } from '../../base/civil-day.ts'
import type { Bilingual } from '../../base/text.ts'
import type { DeferredOutcome } from '../catalog/contract.ts'
import type { VerticalCourse } from './vertical/course.ts'
import type { LightAppeal } from './lights/light.ts'
import type { AnnulmentGround, ApplicationInput, CheckFinding, Defect, DraftInput, MaterialInput } from './contract.ts'

/** One material as it lies in the file; a later version replaces an earlier one without deleting it. */
export interface FiledMaterial extends MaterialInput { readonly on: CivilDay; readonly version: number }

export interface SupplementRound { readonly askedOn: CivilDay; readonly defects: readonly Defect[]; readonly remarks: string; readonly answeredOn: CivilDay | null; readonly changed: readonly string[] }
export interface AcceptingBody { readonly organisationId: string; readonly code: string; readonly name: Bilingual; readonly by: 'ownDuty' | 'entrustment'; readonly article: string }
/** 容缺受理: what was promised and what comes of a missed day. `dueOn` counts from the promise and, once accepted, from acceptance. */
export interface Deferred {
  readonly materials: readonly string[]
  /** What the guide calls them, in the same order. */
  readonly materialNames: readonly Bilingual[]
  readonly dueOn: CivilDay
  readonly outcome: Bilingual
  readonly onMissed: DeferredOutcome
  readonly suppliedOn: CivilDay | null
  /** The day promised passed: since when that stands in the record, by which article, and the prepared words of a refusal. */
  readonly missed: { readonly on: CivilDay; readonly article: string; readonly reasons: string } | null
}
export interface Opinion { readonly act: string; readonly step: string; readonly on: CivilDay; readonly postCode: string; readonly personId: string; readonly secondOfficer?: string; readonly opinion: string; readonly outcome?: string; readonly files: readonly string[] }
export interface Pause { readonly ground: string; readonly article: string; readonly requiredBy: string; readonly workingDaysNeeded: number; readonly from: CivilDay; readonly to: CivilDay | null; readonly result?: string }
export interface InterestedParty { readonly name: string; readonly phone?: string; readonly address?: string; readonly interest: string; readonly toldOn: CivilDay; readonly heardOn: CivilDay | null; readonly statement?: string; readonly waived?: boolean }
export interface Remedy { readonly reconsideration: Bilingual; readonly litigation: Bilingual; readonly article: string }
export interface Decision {
  readonly outcome: 'grant' | 'refuse'
  readonly on: CivilDay
  readonly reasons: string
  readonly content: string
  readonly validFrom?: CivilDay
  readonly validTo?: CivilDay
  readonly documentNo: string
  readonly signatures: readonly { readonly postCode: string; readonly personId: string; readonly as: 'handler' | 'decider' }[]
  readonly remedy: Remedy
  /** 告知承诺: decided at once on the letter, checked afterwards. */
  readonly onCommitment: boolean
  /** Within the promised limit, the legal pauses left out. */
  readonly onTime: boolean
  /** Made by the organ in a vertically led system and recorded here; without signatures of ours. */
  readonly elsewhere?: { readonly organ: Bilingual; readonly system: Bilingual }
}
export interface FeeDue { readonly code: string; readonly name: Bilingual; readonly amountFen: number; readonly basis: string; readonly reduction?: Bilingual }
export interface Payment { readonly due: readonly FeeDue[]; readonly totalFen: number; readonly askedOn: CivilDay; readonly paidOn: CivilDay | null; readonly receiptNo?: string }
/** `act`: of which other act it was part, where it was not served by an act of its own. */
export interface ServiceOfPaper { readonly act?: string; readonly paper: string; readonly mode: string; readonly on: CivilDay; readonly servedOn: CivilDay; readonly recipient: string; readonly proof: { readonly text: string; readonly files: readonly string[] } }
export interface Delivery { readonly mode: 'counter' | 'mail' | 'locker' | 'electronic'; readonly on: CivilDay; readonly trackingNo?: string; readonly lockerBox?: string; readonly code?: string; readonly collectedBy?: string; readonly collectedOn: CivilDay | null }

/** What came of the check owed after a grant on commitment (北京市优化营商环境条例 第三十三条). */
export interface AfterCheck {
  readonly on: CivilDay
  readonly finding: CheckFinding
  readonly facts: string
  /** `dueOn` null: not served yet, so that no day runs. `servedOn` absent: ordered when days still ran from the order. */
  readonly rectification: { readonly orderedOn: CivilDay; readonly workingDays: number; readonly servedOn?: CivilDay | null; readonly dueOn: CivilDay | null; readonly checkedOn: CivilDay | null; readonly finding: 'rectified' | 'notRectified' | null; readonly facts?: string } | null
}
/** One line of 案卷目录: a paper, file or act with its hash. */
export interface VolumePiece { readonly title: Bilingual; readonly sha256: string }
/** 撤销: told, heard, then decided one way or the other. */
export interface Annulment {
  readonly ground: AnnulmentGround
  /** Begun when the file was sealed already: its papers and acts go into a supplement volume. */
  readonly afterClosing?: true
  readonly facts: string
  readonly toldOn: CivilDay
  readonly toldBy: string
  readonly heard: { readonly on: CivilDay; readonly statement: string; readonly waived: boolean } | null
  /** After hearing her the decision was kept. */
  readonly dropped: { readonly on: CivilDay; readonly reasons: string } | null
  readonly decided: { readonly on: CivilDay; readonly reasons: string; readonly documentNo: string; readonly articles: readonly string[]; readonly remedy: Remedy; readonly barredUntil: CivilDay | null } | null
}

/** The application's own noun, kept in the matter's `data`. `itemVersion` fixes the guide it was filed under. */
export interface CaseData {
  readonly item: { readonly code: string; readonly version: number; readonly name: Bilingual; readonly itemType: string }
  readonly departmentName: Bilingual
  readonly departmentCode: string
  /** 受理机构 where it is not the centre's counter, with the title on which it accepts. */
  readonly accepting?: AcceptingBody
  /** While a draft: whatever was typed. Afterwards whole. */
  readonly draft?: DraftInput
  readonly application: Omit<ApplicationInput, 'materials' | 'itemCode' | 'form'> | null
  readonly form: Readonly<Record<string, unknown>>
  readonly materials: readonly FiledMaterial[]
  readonly submittedOn: CivilDay | null
  /** Day zero of the five days (许可法 32(4)): when the materials were received, and the voucher was given. */
  readonly receivedOn: CivilDay | null
  /** Last day of the window of acceptance the application was filed in; absent where the item has none. */
  readonly windowEndsOn?: CivilDay
  readonly acceptedOn: CivilDay | null
  readonly deemedAccepted: boolean
  readonly deferred: Deferred | null
  readonly preReview: { readonly askedOn: CivilDay; readonly ready?: boolean; readonly remarks?: string } | null
  readonly supplements: readonly SupplementRound[]
  readonly opinions: readonly Opinion[]
  readonly clarifications: readonly { readonly askedOn: CivilDay; readonly question: string; readonly answeredOn: CivilDay | null; readonly answer?: string }[]
  readonly pauses: readonly Pause[]
  readonly extension: { readonly askedOn: CivilDay; readonly reason: string; readonly outcome: 'asked' | 'approved' | 'refused'; readonly workingDays?: number } | null
  readonly delayReason: { readonly on: CivilDay; readonly reason: string } | null
  readonly interestedParties: readonly InterestedParty[]
  readonly payment: Payment | null
  readonly decision: Decision | null
  readonly afterCheck?: AfterCheck
  readonly annulment?: Annulment
  /** 转办垂直业务系统: absent where the case never went to one. */
  readonly vertical?: VerticalCourse
  /** 亮灯申诉: absent where none was made. About the office, not the application: never the applicant's to read. */
  readonly lightAppeals?: readonly LightAppeal[]
  readonly certificate: { readonly no: string; readonly on: CivilDay; readonly name: Bilingual; readonly validTo?: CivilDay; /** 注销: since when and by which article it is struck off. */ readonly deregistered?: { readonly on: CivilDay; readonly article: string } } | null
  readonly seals: readonly { readonly paper: string; readonly on: CivilDay; readonly keeper: string; readonly purpose: string }[]
  readonly services: readonly ServiceOfPaper[]
  readonly delivery: Delivery | null
  readonly ended: { readonly kind: 'withdrawn' | 'terminated' | 'notAccepted' | 'notRequired'; readonly ground: string; readonly on: CivilDay; readonly reasons: string } | null
  readonly handOvers: readonly { readonly on: CivilDay; readonly from: string; readonly to: string; readonly materials: readonly string[] }[]
  readonly volume: { readonly closedOn: CivilDay; readonly contents: readonly VolumePiece[] } | null
  /** 增补卷, from the second volume on: what came after the sealed one, which stays as it was. */
  readonly addedVolumes?: readonly { readonly volume: number; readonly addedOn: CivilDay; readonly reason: string; readonly contents: readonly VolumePiece[] }[]
}
