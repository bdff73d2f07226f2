import { z } from 'zod'
import { DocumentNumber } from './document-number-contract.ts'
import { LIGHT_ACT_INPUTS, type LightView } from './lights/contract.ts'
import { VERTICAL_ACT_INPUTS } from './vertical/contract.ts'

// Shapes that pages, the console and other programs rely on. Nothing here needs Node.

/** Legal stages of an application. Few and fixed by law; everything else is the procedure's marking. */
export const CASE_STAGES = ['draft', 'submitted', 'supplementing', 'accepted', 'decided', 'served', 'annulled', 'closed', 'withdrawn', 'terminated', 'notAccepted'] as const
export type CaseStage = (typeof CASE_STAGES)[number]
export const STAGE_NAMES: Record<CaseStage, { zh: string; en: string }> = {
  draft: { zh: '草稿', en: 'Draft' },
  submitted: { zh: '已提交', en: 'Submitted' },
  supplementing: { zh: '待补正', en: 'To be supplemented' },
  accepted: { zh: '已受理', en: 'Accepted' },
  decided: { zh: '已决定', en: 'Decided' },
  served: { zh: '已送达', en: 'Served' },
  annulled: { zh: '已撤销', en: 'Annulled' },
  closed: { zh: '已办结归档', en: 'Closed and filed' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  terminated: { zh: '已终止', en: 'Terminated' },
  notAccepted: { zh: '不予受理', en: 'Not accepted' },
}
export const ENDED_STAGES: readonly CaseStage[] = ['closed', 'withdrawn', 'terminated', 'notAccepted']

const text = (max: number) => z.string().trim().min(1).max(max)
const Day = z.iso.date()
const FileId = z.uuid()
const Phone = z.string().trim().regex(/^(1\d{10}|0\d{2,3}-?\d{7,8}|\+\d{6,15})$/)

export const PartyInput = z.strictObject({
  kind: z.enum(['person', 'organisation']),
  name: text(200),
  /** GA/T 2000.156; `001` 统一社会信用代码, `099` an organisation without one. */
  idType: z.string().regex(/^\d{3}$/),
  idNumber: text(50),
  phone: Phone,
  email: z.email().max(200).optional(),
  address: text(300).optional(),
  birthDay: Day.optional(),
})
export type PartyInput = z.infer<typeof PartyInput>

/** 法定代表人 of an organisation, or the guardian through whom a minor acts (民法典 第十九条至第二十三条). */
export const RepresentativeInput = z.strictObject({
  relation: z.enum(['legalRepresentative', 'guardian']),
  name: text(100), idType: z.string().regex(/^\d{3}$/), idNumber: text(50), phone: Phone.optional(),
})

export const AgentInput = z.strictObject({
  name: text(100), idType: z.string().regex(/^\d{3}$/), idNumber: text(50), phone: Phone,
  authorityFileId: FileId,
  /** `general` 一般代理 or the acts the power of attorney names. */
  scope: text(300),
  validTo: Day,
})

/** How papers reach the applicant: 送达地址及方式确认书. Electronic only with consent (practice 16). */
export const ServiceInput = z.strictObject({
  mode: z.enum(['electronic', 'counter', 'mail', 'locker']),
  consent: z.boolean(),
  address: text(300).optional(),
}).refine((service) => service.mode !== 'electronic' || service.consent, { path: ['consent'], params: { zh: '电子送达须经申请人同意', en: 'Electronic service needs the applicant’s consent' } })
  .refine((service) => service.mode !== 'mail' || service.address !== undefined, { path: ['address'], params: { zh: '邮寄送达必须填写地址', en: 'For service by mail the address is required' } })

export const MaterialInput = z.strictObject({
  materialId: text(60),
  /** Null for what is handed in on paper or fetched by sharing. */
  fileId: FileId.nullable().default(null),
  form: z.enum(['electronic', 'original', 'copy', 'shared']),
  copies: z.int().min(1).max(99).default(1),
  /** 原件已核验, ticked by the officer who saw it. */
  originalSeen: z.boolean().optional(),
})
export type MaterialInput = z.infer<typeof MaterialInput>

/** 容缺受理: what may follow, promised in writing with a day. */
export const DeferredInput = z.strictObject({ materials: z.array(text(60)).min(1).max(20), promiseFileId: FileId.nullable().default(null), signed: z.literal(true) })

export const ApplicationInput = z.strictObject({
  itemCode: text(40),
  applicant: PartyInput,
  representative: RepresentativeInput.nullable().optional(),
  agent: AgentInput.nullable().optional(),
  service: ServiceInput,
  form: z.record(z.string().max(60), z.unknown()).default({}),
  materials: z.array(MaterialInput).max(100).default([]),
  deferred: DeferredInput.nullable().optional(),
  /** 告知承诺: the letter was read and is signed; the decision follows at once, the check afterwards. */
  commitment: z.boolean().default(false),
  channel: z.enum(['online', 'counter', 'mobile', 'proxy', 'mail']).default('online'),
})
export type ApplicationInput = z.infer<typeof ApplicationInput>

/** A draft may be anything half-filled: what is there must be well formed, nothing need be there. */
export const DraftInput = z.strictObject({
  itemCode: text(40),
  applicant: z.record(z.string(), z.unknown()).default({}),
  representative: z.record(z.string(), z.unknown()).nullable().optional(),
  agent: z.record(z.string(), z.unknown()).nullable().optional(),
  service: z.record(z.string(), z.unknown()).default({}),
  form: z.record(z.string().max(60), z.unknown()).default({}),
  materials: z.array(MaterialInput).max(100).default([]),
  note: z.string().max(500).optional(),
})
export type DraftInput = z.infer<typeof DraftInput>
/** A draft begun online by whose identity was confirmed, to be gone on with at the counter. */
export interface FoundDraft { caseNo: string; revision: number; item: { code: string; name: { zh: string; en: string } }; openedAt: string; input: DraftInput }

const Defect = z.strictObject({
  /** The material or form field it concerns; both null: the application as a whole. */
  materialId: text(60).nullable().default(null),
  field: text(60).nullable().default(null),
  what: text(500),
})
export type Defect = z.infer<typeof Defect>

export const SERVICE_MODES = ['direct', 'adultFamily', 'mailRoom', 'agent', 'left', 'mail', 'electronic', 'publicNotice'] as const
export const SERVICE_MODE_NAMES: Record<(typeof SERVICE_MODES)[number], { zh: string; en: string }> = {
  direct: { zh: '直接送达', en: 'in person' }, adultFamily: { zh: '同住成年家属签收', en: 'to an adult of the household' }, mailRoom: { zh: '收发部门签收', en: 'to the mail room' },
  agent: { zh: '代理人签收', en: 'to the agent' }, left: { zh: '留置送达', en: 'left at the residence' }, mail: { zh: '邮寄送达', en: 'by mail' },
  electronic: { zh: '电子送达', en: 'electronically' }, publicNotice: { zh: '公告送达', en: 'by public notice' },
}
export const PAUSES = ['hearing', 'tender', 'auction', 'inspection', 'testing', 'quarantine', 'technicalIdentification', 'expertReview', 'judicialConclusion'] as const
/** What the check after a commitment found: as promised; not as promised, to be put right in time; promised falsely. */
export const CHECK_FINDINGS = ['conforms', 'rectify', 'false'] as const
export type CheckFinding = (typeof CHECK_FINDINGS)[number]
/**
 * Why a grant is annulled: not put right in time (北京市优化营商环境条例 33) or falsely promised (the same); got by deceit, which must be
 * annulled (行政许可法 69 ¶2); or wrongly granted by the organ itself, which may be annulled (69 ¶1, its five cases).
 */
export const ANNULMENT_GROUNDS = ['notRectified', 'falseCommitment', 'deceit', 'abuseOfPower', 'beyondPowers', 'againstProcedure', 'unqualified', 'otherLawful'] as const
export type AnnulmentGround = (typeof ANNULMENT_GROUNDS)[number]
export const ANNULMENT_GROUND_NAMES: Record<AnnulmentGround, { zh: string; en: string }> = {
  notRectified: { zh: '整改后仍未达到条件', en: 'Still short of the conditions after the time to rectify' },
  falseCommitment: { zh: '作出虚假承诺', en: 'False commitment' },
  deceit: { zh: '以欺骗、贿赂等不正当手段取得', en: 'Obtained by deceit, bribery or other improper means' },
  abuseOfPower: { zh: '工作人员滥用职权、玩忽职守作出准予决定', en: 'Granted by officers abusing their powers or neglecting their duty' },
  beyondPowers: { zh: '超越法定职权作出准予决定', en: 'Granted beyond the organ’s powers' },
  againstProcedure: { zh: '违反法定程序作出准予决定', en: 'Granted against the procedure of law' },
  unqualified: { zh: '对不具备申请资格或者不符合法定条件的申请人准予', en: 'Granted to an applicant not entitled, or short of the conditions of law' },
  otherLawful: { zh: '依法可以撤销的其他情形', en: 'Another case in which the law allows it' },
}
/** The organ's own fault, by the items of 行政许可法 69 ¶1: it may annul, and owes compensation for what the holder lawfully had (69 ¶4). */
export const FAULT_ARTICLES: Partial<Record<AnnulmentGround, string>> = {
  abuseOfPower: '行政许可法 第六十九条第一款第一项', beyondPowers: '行政许可法 第六十九条第一款第二项', againstProcedure: '行政许可法 第六十九条第一款第三项', unqualified: '行政许可法 第六十九条第一款第四项', otherLawful: '行政许可法 第六十九条第一款第五项',
}
/** What goes to the credit record, and with it the name it has there. */
export const CREDIT_KINDS = ['rectificationFailed', 'falseCommitment'] as const
export type CreditKind = (typeof CREDIT_KINDS)[number]
export const CREDIT_KIND_NAMES: Record<CreditKind, { zh: string; en: string }> = {
  rectificationFailed: { zh: '未履行承诺，整改后仍未达到条件', en: 'Commitment not kept, not put right in time' },
  falseCommitment: { zh: '作出虚假承诺', en: 'False commitment' },
}
export const NOT_ACCEPTED_GROUNDS = ['notCompetent', 'falseMaterials', 'reapplicationBar', 'specialLaw'] as const

const StepInput = z.strictObject({
  /** With several live steps (departments in parallel): which. */
  step: text(80).optional(),
  opinion: text(2000),
  /** Id or name of the way the procedure takes from here; needed only where it forks. */
  outcome: text(80).optional(),
  /** The other officer who checked on the spot (许可法 34: two). */
  secondOfficer: z.uuid().optional(),
  files: z.array(FileId).max(50).default([]),
})

/** Every act's input. The act's name is the key; the same schemas validate, document and draw. */
export const ACT_INPUTS = {
  saveDraft: DraftInput,
  submit: ApplicationInput,
  discardDraft: z.strictObject({}),
  requestPreReview: z.strictObject({}),
  preReview: z.strictObject({ ready: z.boolean(), remarks: text(2000) }),
  receive: z.strictObject({ materials: z.array(MaterialInput).min(1).max(100) }),
  correctOnSpot: z.strictObject({ form: z.record(z.string().max(60), z.unknown()).default({}), materials: z.array(MaterialInput).max(100).default([]), what: text(500) }),
  requestSupplement: z.strictObject({ defects: z.array(Defect).min(1).max(50), remarks: z.string().trim().max(1000).default('') }),
  supplement: z.strictObject({ form: z.record(z.string().max(60), z.unknown()).default({}), materials: z.array(MaterialInput).max(100).default([]), remarks: z.string().trim().max(1000).default('') }),
  supplyDeferred: z.strictObject({ materials: z.array(MaterialInput).min(1).max(20) }),
  deferredMissed: z.strictObject({}),
  accept: z.strictObject({ opinion: z.string().trim().max(1000).default('') }),
  deemAccepted: z.strictObject({}),
  refuseAcceptance: z.strictObject({ ground: z.enum(NOT_ACCEPTED_GROUNDS), reasons: text(2000), competentBody: text(200).optional(), specialLaw: text(300).optional() })
    .refine((input) => input.ground !== 'notCompetent' || input.competentBody !== undefined, { path: ['competentBody'], params: { zh: '必须写明有管辖权的机关（行政许可法 第三十二条）', en: 'Name the competent body (Administrative Licensing Law Art. 32)' } })
    .refine((input) => input.ground !== 'specialLaw' || input.specialLaw !== undefined, { path: ['specialLaw'], params: { zh: '必须写明所依据的特别规定', en: 'Name the provision of the special law' } }),
  notRequired: z.strictObject({ reasons: text(2000) }),
  review: StepInput,
  verify: StepInput,
  survey: StepInput,
  coReview: StepInput,
  expertReview: StepInput,
  publicNotice: StepInput,
  commitmentCheck: StepInput.omit({ outcome: true }).extend({
    finding: z.enum(CHECK_FINDINGS),
    /** Time ordered to rectify; without it the item's own. */
    workingDays: z.int().min(1).max(180).optional(),
  }),
  checkRectification: StepInput.omit({ outcome: true }).extend({ finding: z.enum(['rectified', 'notRectified']) }),
  tellAnnulment: z.strictObject({ ground: z.enum(ANNULMENT_GROUNDS), facts: text(4000) }),
  hearAnnulment: z.strictObject({ statement: z.string().trim().max(4000).default(''), waived: z.boolean().default(false) })
    .refine((input) => input.waived || input.statement.length > 0, { path: ['statement'], params: { zh: '必须填写陈述、申辩的内容；放弃的，选“放弃”', en: 'Write down what was stated, or say that it was waived' } }),
  annul: z.strictObject({ reasons: text(4000), step: text(80).optional() }),
  dropAnnulment: z.strictObject({
    reasons: text(4000), step: text(80).optional(),
    /** Kept because undoing it could gravely harm the public interest (许可法 69 ¶3), whatever was found. */
    publicInterest: z.boolean().default(false),
  }),
  publishResult: z.strictObject({}),
  askClarification: z.strictObject({ question: text(1000) }),
  clarify: z.strictObject({ answer: text(2000), files: z.array(FileId).max(20).default([]) }),
  suspend: z.strictObject({ ground: z.enum(PAUSES), workingDaysNeeded: z.int().min(1).max(365), requiredBy: text(300) }),
  resume: z.strictObject({ result: text(1000), endedOn: Day.optional() }),
  requestExtension: z.strictObject({ reason: text(1000) }),
  extend: z.strictObject({ reason: text(1000), workingDays: z.int().min(1).max(60) }),
  /** 许可法 42 ¶2: approved by the head of the people's government, not of the department. */
  extendJoint: z.strictObject({ reason: text(1000), workingDays: z.int().min(1).max(60) }),
  refuseExtension: z.strictObject({ reason: text(1000) }),
  refuseJointExtension: z.strictObject({ reason: text(1000) }),
  explainDelay: z.strictObject({ reason: text(1000) }),
  tellInterestedParty: z.strictObject({ name: text(200), phone: Phone.optional(), address: text(300).optional(), interest: text(500) }),
  hearInterestedParty: z.strictObject({ party: z.int().min(0).max(99), statement: text(4000), waived: z.boolean().default(false) }),
  requestPayment: z.strictObject({}),
  confirmPayment: z.strictObject({ receiptNo: text(60), amountFen: z.int().positive() }),
  ...VERTICAL_ACT_INPUTS,
  decide: z.strictObject({
    outcome: z.enum(['grant', 'refuse']), reasons: z.string().trim().max(4000).default(''), content: z.string().trim().max(2000).default(''),
    validFrom: Day.optional(), validTo: Day.optional(), step: text(80).optional(),
    /** A refusal because facts were concealed or materials false (许可法 78): where safety is concerned it bars applying again. */
    falseMaterials: z.boolean().default(false),
  }).refine((input) => !input.falseMaterials || input.outcome === 'refuse', { path: ['falseMaterials'], params: { zh: '只有不予许可才能认定材料虚假', en: 'Only a refusal can find materials false' } }).refine((input) => input.outcome === 'grant' || input.reasons.length > 0, { path: ['reasons'], params: { zh: '不予许可必须说明理由（行政许可法 第三十八条）', en: 'A refusal must state its reasons (Administrative Licensing Law Art. 38)' } }),
  issue: z.strictObject({ certificateNo: DocumentNumber.optional() }),
  useSeal: z.strictObject({ paper: text(60), purpose: text(200) }),
  serve: z.strictObject({
    paper: text(60), mode: z.enum(SERVICE_MODES), on: Day, recipient: text(100),
    /** What proves it, by mode: signature, mail number and receipt, photos or video of leaving it, the notice's address. */
    proof: z.strictObject({ text: text(500), files: z.array(FileId).max(20).default([]) }),
  }),
  deliver: z.strictObject({ mode: z.enum(['counter', 'mail', 'locker', 'electronic']), trackingNo: text(60).optional(), lockerBox: text(30).optional(), collectedBy: text(100).optional() })
    .refine((input) => input.mode !== 'mail' || input.trackingNo !== undefined, { path: ['trackingNo'], params: { zh: '寄递的必须填写单号', en: 'For delivery by mail the tracking number is required' } })
    .refine((input) => input.mode !== 'counter' || input.collectedBy !== undefined, { path: ['collectedBy'], params: { zh: '窗口领取的必须填写领取人', en: 'At the counter, name who collected it' } })
    .refine((input) => input.mode !== 'locker' || input.lockerBox !== undefined, { path: ['lockerBox'], params: { zh: '取件柜领取的必须填写格口号', en: 'For a locker its box is required' } }),
  collect: z.strictObject({ code: text(20), signedBy: text(100) }),
  withdraw: z.strictObject({ reason: z.string().trim().max(1000).default('') }),
  terminate: z.strictObject({ ground: z.enum(['applicantDied', 'organisationEnded', 'objectGone', 'otherLaw']), reasons: text(1000) }),
  handOverMaterials: z.strictObject({ to: text(200), materials: z.array(text(60)).min(1).max(100), scannedFileIds: z.array(FileId).max(100).default([]) }),
  noticeFailed: z.strictObject({ deliveryId: z.uuid(), channel: z.enum(['sms', 'email']), outcome: z.string().max(500) }),
  telephoned: z.strictObject({ deliveryId: z.uuid(), reached: z.boolean(), outcome: text(500) }),
  ...LIGHT_ACT_INPUTS,
  close: z.strictObject({}),
  /** Besides the files given, whatever came into the case since the last volume. */
  addVolume: z.strictObject({ reason: text(1000), files: z.array(FileId).max(50).default([]) }),
} as const
export type ActName = keyof typeof ACT_INPUTS

/** One clock as lists and cases show it. */
export interface ClockView {
  id: string; rule: string; name: { zh: string; en: string }; article: string
  dueOn: string | null; dueAt: string | null; light: 'green' | 'yellow' | 'red' | 'black' | null
  provisional: boolean; suspended: boolean; stopped: boolean; startedOn: string; budget: number; unit: string
  suspensions: { from: string; to: string | null; ground: string; groundName: { zh: string; en: string }; article: string }[]
  /** `reason` is empty for those who may not read the case. */
  extensions: { on: string; amount: number; article: string; reason: string }[]
}
export interface TaskView { id: string; caseNo: string; step: string; stepName: { zh: string; en: string }; post: string; role: string; organisation: { zh: string; en: string }; dueAt: string | null; light: ClockView['light']; state: string; claimedBy: string | null; mine: boolean; acts: string[] }
export interface TaskListEntry extends TaskView { item: { code: string; name: { zh: string; en: string } }; applicant: string; stage: CaseStage; revision: number; openedAt: string }
export interface ActView { act: string; name: { zh: string; en: string }; at: string; post: string; postName: { zh: string; en: string } | null; person: string | null; ground: string; leafHash: string; toStage: string; receiptId: string }

export interface CaseView {
  caseNo: string
  stage: CaseStage
  revision: number
  item: { code: string; name: { zh: string; en: string } }
  organisation: { code: string; name: { zh: string; en: string } }
  procedure: { id: string; version: number; live: string[] } | null
  /** Steps that wait for a day and for nobody; `until` is the last day of it, null where the drawing gives the time. */
  waits: { step: string; name: { zh: string; en: string }; until: string | null }[]
  clocks: ClockView[]
  tasks: TaskView[]
  /** What the caller may do now. */
  acts: { act: string; name: { zh: string; en: string }; step: string | null; outcomes: { id: string; name: { zh: string; en: string } }[] }[]
  history: ActView[]
  papers: { id: string; kind: string; name: { zh: string; en: string }; no: string; at: string; url: string }[]
  /** Personal data: present only for those who may read it, and the reading is recorded. */
  data?: unknown
  masked: boolean
  /** Red and black lights on the posts and steps they fell on, with their appeals, for officers who handle the case; absent elsewhere. */
  lights?: LightView[]
  /** The applicant's credit records, for officers who handle an application on a commitment; absent elsewhere. */
  credit?: CreditView[]
}

/** A breach of a commitment as officers and the party herself read it. */
export interface CreditView { id: string; kind: CreditKind; name: string; idNumber: string; item: { code: string; name: { zh: string; en: string } }; facts: string; article: string; documentNo: string; caseNo: string; recordedOn: string }

/** 201 of `POST /api/v1/cases`. */
export interface FiledView extends CaseView { trackCode: string; receipt: { id: string; leafHash: string; opening: unknown; proofUrl: string } }
