import { z } from 'zod'
import { Day, Text } from './text-contract.ts'
import {
  BODY_NATURES, codesOf, CROSS_REGIONS, EXERCISE_LEVELS, HANDLING_MODES, ITEM_TYPES, MATERIAL_FORMS, MATERIAL_NECESSITIES, MATERIAL_SOURCES,
  MATERIAL_TYPES, ONLINE_DEPTHS, POWER_SOURCES, REMEDY_ORGANS, RESULT_TYPES, SERVICE_TARGETS, SPECIAL_PROCEDURES,
} from './dictionaries.ts'

export * from './dictionaries.ts'
export * from './form-contract.ts'

// The service item as its guide discloses it. Shapes only: nothing here needs Node, browsers read it too.

/** A time limit in the law's own unit. `amount` 0: on the spot (当场, 即办). The number never stands without its article. */
export const Limit = z.strictObject({
  amount: z.int().nonnegative(),
  unit: z.enum(['workingDay', 'naturalDay', 'hour', 'month']),
  /** `行政许可法 第四十二条第一款`; of a promise: on whose word it stands. */
  article: z.string().min(1),
  note: Text.nullable().default(null),
})
export type Limit = z.infer<typeof Limit>

export const LegalBasis = z.strictObject({ law: z.string().min(1), article: z.string().nullable(), text: z.string().nullable().default(null) })
export type LegalBasis = z.infer<typeof LegalBasis>

export const OrganisationName = z.strictObject({
  /** USCC: the organisation's key everywhere. */
  code: z.string().length(18),
  name: Text,
})
export type OrganisationName = z.infer<typeof OrganisationName>

export const Material = z.strictObject({
  /** Unique in the item: `businessLicence`. */
  id: z.string().regex(/^[a-z][A-Za-z0-9-]*$/),
  name: Text,
  necessity: z.enum(codesOf(MATERIAL_NECESSITIES)),
  type: z.enum(codesOf(MATERIAL_TYPES)),
  form: z.enum(codesOf(MATERIAL_FORMS)),
  source: z.enum(codesOf(MATERIAL_SOURCES)),
  issuer: Text.nullable().default(null),
  originals: z.int().min(0).max(99).default(0),
  copies: z.int().min(0).max(99).default(0),
  paperSize: z.string().nullable().default(null),
  /** ★: the office can fetch it from the department that issued it. Then it must not be demanded (国务院关于在线政务服务的若干规定 第七条). */
  sharedFrom: Text.nullable().default(null),
  /** Whether the applicant has to bring it. False for what is shared. */
  demanded: z.boolean(),
  /** FEEL over the form: needed only where true. Null: always. */
  neededWhen: z.string().nullable().default(null),
  neededWhenText: Text.nullable().default(null),
  /** What must be written on it and what is checked. */
  requirements: Text,
  basis: z.string().nullable().default(null),
  /** Blank form and filled-in sample: addresses of the portal, null where the material has none. */
  blankForm: z.string().nullable().default(null),
  sample: z.string().nullable().default(null),
  issuedWithin: Text.nullable().default(null),
  /** 填报须知: how the form is filled in. */
  instructions: Text.nullable().default(null),
  /** 使用说明: what the office uses it for. */
  usage: Text.nullable().default(null),
  /** 备注. */
  remarks: Text.nullable().default(null),
})
export type Material = z.infer<typeof Material>

export const Fee = z.strictObject({
  /** Code on the approved list of fees (收费目录清单); a fee that is not on it cannot be published. */
  code: z.string(),
  name: Text,
  /** What is paid in the plain case; null where it is computed by `standard`. */
  amountFen: z.int().nonnegative().nullable(),
  standard: Text,
  basis: z.string().min(1),
  /** 减免, in the order they are tried: the first whose FEEL condition over the form holds gives the amount. */
  reductions: z.array(z.strictObject({ when: z.string(), amountFen: z.int().nonnegative(), reason: Text, article: z.string() })).default([]),
  /** FEEL over the form that gives fen, where no reduction applies and `amountFen` is null. */
  computedBy: z.string().nullable().default(null),
  /** FEEL over the form; due only where true. Null: always. */
  dueWhen: z.string().nullable().default(null),
})
export type Fee = z.infer<typeof Fee>

export const Faq = z.strictObject({ question: Text, answer: Text })
export type Faq = z.infer<typeof Faq>

/**
 * The business system of another level of government in which the item is handled (中办国办 2011 十一: 双重管理和垂直管理部门).
 * What was entered here goes there as a file and its answers come back as one: nothing is typed twice.
 */
export const VerticalSystem = z.strictObject({
  name: Text,
  /** Whose system it is. */
  authority: Text,
  /** `vertical` 垂直管理: its organ decides there. `dual` 双重管理: the decision is made here, the system keeps the register and gives numbers. */
  leadership: z.enum(['vertical', 'dual']),
  /** What the system calls its own number of a case: 受理编号, 业务号. */
  referenceLabel: Text,
})
export type VerticalSystem = z.infer<typeof VerticalSystem>

/** A step that stops or lengthens the clock by law, announced in the guide. */
export const SpecialProcedure = z.strictObject({
  kind: z.enum(codesOf(SPECIAL_PROCEDURES)),
  name: Text,
  /** PauseGround of kernel/clock for kind 2; null for an extension. */
  ground: z.enum(['hearing', 'tender', 'auction', 'inspection', 'testing', 'quarantine', 'technicalIdentification', 'expertReview', 'judicialConclusion', 'supplement', 'thirdPartyOpinion', 'payment']).nullable(),
  article: z.string().min(1),
  /** What the written notice to the applicant says. */
  notice: Text,
  /** An extension: how long at most, and who approves. */
  extension: z.strictObject({ amount: z.int().positive(), unit: Limit.shape.unit, approver: Text }).nullable().default(null),
})
export type SpecialProcedure = z.infer<typeof SpecialProcedure>

/** Where one goes: a counter of a site. */
export const Place = z.strictObject({
  siteCode: z.string(), site: Text, address: Text, counter: Text, hours: Text,
})
export type Place = z.infer<typeof Place>

export const ResultPaper = z.strictObject({
  name: Text,
  type: z.enum(codesOf(RESULT_TYPES)),
  /** Address of the sample. */
  sample: z.string().nullable(),
  validity: Text.nullable().default(null),
  /** Months; null: no end or not fixed. */
  validMonths: z.int().positive().nullable().default(null),
})

export const ITEM_STATES = ['draft', 'reviewed', 'published', 'withdrawn'] as const

/** From which fact the decision's clock runs: not every law says 受理. */
export const TRIGGERS = ['accepted', 'received', 'allDocuments', 'windowClosed'] as const

/** Who answers silence, and how: only by a row of law. Null: silence means nothing but delay. */
export const DEEMINGS = ['DEEM.ACCEPTED', 'DEEM.REALTY_ACCEPTED'] as const

/**
 * What may lawfully follow when materials promised for later do not come: the application is refused as incomplete; the result is kept
 * back until they come (also where nothing was said: the milder); or the office decides on the evidence it has. A right once
 * granted is not annulled for them: that takes a law of its own.
 */
export const DEFERRED_OUTCOMES = ['refused', 'resultWithheld', 'decidedOnEvidence'] as const
export type DeferredOutcome = (typeof DEFERRED_OUTCOMES)[number]

export const Item = z.strictObject({
  /** The address everywhere: the 33-character code of a handling item where there is one, else the 31-character one. */
  code: z.string(),
  catalogueCode: z.string(),
  implementationCode: z.string(),
  handlingItemCode: z.string().nullable().default(null),
  /** 地方编码: what the register of the place calls it. */
  localCode: z.string().min(1).max(60).nullable().default(null),
  name: Text,
  /** 日常用语: what people call it; search finds them. */
  everydayNames: z.array(Text).default([]),
  topics: z.array(Text).default([]),
  itemType: z.enum(codesOf(ITEM_TYPES)),
  version: z.int().positive(),
  state: z.enum(ITEM_STATES),
  effectiveFrom: Day,
  effectiveTo: Day.nullable().default(null),
  /** `import`: taken over from another register; to be read, not applied for here. */
  source: z.enum(['edited', 'import']).default('edited'),
  /** Can an application be filed here. Needs a procedure. */
  applicable: z.boolean(),

  // whose power, by what law
  legalBasis: z.array(LegalBasis),
  powerSource: z.enum(codesOf(POWER_SOURCES)),
  exerciseLevel: z.enum(codesOf(EXERCISE_LEVELS)),
  implementingBody: OrganisationName.extend({ nature: z.enum(codesOf(BODY_NATURES)) }),
  delegatingBody: OrganisationName.nullable().default(null),
  /**
   * 受理机构 where it is not the centre's counter: the sub-district office named by the applicant in a field of the form. It accepts as
   * its own duty by `article`, or in the implementing body's name under its entrustment.
   */
  acceptingBody: z.strictObject({ level: z.literal('subdistrict'), field: z.string().min(1), by: z.enum(['ownDuty', 'entrustment']), article: z.string().min(1) }).nullable().default(null),
  /** 承办机构: the part of the body that does the work; null: the body itself. */
  handlingBody: OrganisationName.nullable().default(null),
  /** 行使内容, and 权限划分 between the levels of government. */
  powerContent: Text.nullable().default(null),
  powerDivision: Text.nullable().default(null),
  coDepartments: z.array(OrganisationName).default([]),
  /** Null: handled wholly here. */
  verticalSystem: VerticalSystem.nullable().default(null),
  serviceTargets: z.array(z.enum(codesOf(SERVICE_TARGETS))),

  // how long
  caseType: z.enum(['instant', 'promised']),
  statutoryLimit: Limit.nullable(),
  promisedLimit: Limit.nullable(),
  trigger: z.enum(TRIGGERS).default('accepted'),
  /** The applicant may ask for a look beforehand; never a condition. */
  preReviewLimit: Limit.nullable().default(null),
  /** Issuing and delivering after the decision (许可法 44). */
  deliveryLimit: Limit.nullable().default(null),
  deeming: z.enum(DEEMINGS).nullable().default(null),
  specialProcedures: z.array(SpecialProcedure).default([]),

  // what is needed
  acceptanceConditions: z.array(Text),
  materials: z.array(Material),
  formId: z.string().nullable().default(null),
  fees: z.array(Fee).default([]),
  onlinePayment: z.boolean().default(false),
  quantityLimit: Text.nullable().default(null),
  /** 中介服务: allowed only where it is on the kept list, `code`. */
  intermediary: z.strictObject({ code: z.string(), name: Text }).nullable().default(null),
  /** What must have been decided before: the other item's code. */
  precededBy: z.strictObject({ code: z.string(), name: Text }).nullable().default(null),

  // how and where
  procedureId: z.string().nullable().default(null),
  handlingModes: z.array(z.enum(codesOf(HANDLING_MODES))),
  onlineDepth: z.enum(codesOf(ONLINE_DEPTHS)),
  crossRegion: z.enum(codesOf(CROSS_REGIONS)).default('none'),
  requiredVisits: z.int().min(0).max(99),
  requiredVisitsReason: Text.nullable().default(null),
  places: z.array(Place),
  deliveryByMail: z.boolean().default(false),
  /** 是否支持预约办理, 是否支持自助终端办理. */
  appointment: z.boolean().default(false),
  selfServiceTerminal: z.boolean().default(false),
  consultation: z.strictObject({ phone: z.string(), counter: Text.nullable().default(null), url: z.string().nullable().default(null) }),
  complaint: z.strictObject({ phone: z.string(), counter: Text.nullable().default(null), url: z.string().nullable().default(null) }),
  /** Law requires the person herself: an agent is refused (许可法 29). */
  inPersonOnly: z.strictObject({ article: z.string(), reason: Text }).nullable().default(null),

  // how it is decided
  /** Substance is checked: two officers sign (许可法 34). */
  substanceVerified: z.boolean().default(false),
  /** 直接关系公共安全、人身健康、生命财产安全: false materials and deceit bar applying again (许可法 78, 79). */
  publicSafety: z.boolean().default(false),
  /** Bears on others: they are told and heard before the decision (许可法 36). */
  affectsThirdParties: z.boolean().default(false),
  /**
   * 容缺受理: which materials may follow, within how many working days of acceptance, and what happens otherwise: for the program
   * (`onMissed`) and in the words of the guide (`outcome`). Null only with `deferredAcceptanceNone`.
   */
  deferredAcceptance: z.strictObject({ materials: z.array(z.string()), workingDays: z.int().positive(), onMissed: z.enum(DEFERRED_OUTCOMES).default('resultWithheld'), outcome: Text }).nullable().default(null),
  /** Stated where nothing may follow later: 北京市优化营商环境条例 第三十一条 wants it said. */
  deferredAcceptanceNone: Text.nullable().default(null),
  /** 告知承诺. */
  commitment: z.strictObject({
    letter: Text, consequences: Text, article: z.string(), promisedLimit: Limit,
    /** After-check within so many working days of the decision. */
    afterCheckWorkingDays: z.int().positive(),
    /** Time ordered to put right what the check found otherwise than promised, unless the officer orders another. */
    rectificationWorkingDays: z.int().positive().default(10),
    /** Materials that the letter replaces. */
    replaces: z.array(z.string()).default([]),
  }).nullable().default(null),
  /** 免申即享: the office begins by itself when the FEEL condition over its own data holds. */
  proactive: z.strictObject({ when: z.string(), text: Text }).nullable().default(null),
  /** Applications are taken in windows of time only; the clock runs from the close. */
  batchWindows: z.array(z.strictObject({ name: Text, from: z.string().regex(/^\d{2}-\d{2}$/), to: z.string().regex(/^\d{2}-\d{2}$/) })).default([]),
  /** Where FEEL over the form is true, another body is competent and is named in the refusal (许可法 32(2)). */
  routing: z.array(z.strictObject({ when: z.string(), to: Text, article: z.string() })).default([]),
  /** Free places by area, counted by the office; when none is free, the application waits in line. */
  quota: z.strictObject({ by: Text, article: z.string() }).nullable().default(null),

  // what comes of it
  result: ResultPaper.nullable(),
  remedy: z.strictObject({ organ: z.enum(codesOf(REMEDY_ORGANS)), reconsideration: Text, litigation: Text }),
  faqs: z.array(Faq),
})
/** One version of an item: the whole guide. */
export type Item = z.infer<typeof Item>

/** What lists and search results show. */
export const ItemSummary = z.strictObject({
  code: z.string(), name: Text, department: Text, departmentCode: z.string(), itemType: z.enum(codesOf(ITEM_TYPES)),
  caseType: Item.shape.caseType, statutoryLimit: Limit.nullable(), promisedLimit: Limit.nullable(),
  serviceTargets: Item.shape.serviceTargets, requiredVisits: z.int(), onlineDepth: Item.shape.onlineDepth, applicable: z.boolean(), version: z.int(),
})
export type ItemSummary = z.infer<typeof ItemSummary>

/** What `GET /api/v1/items` takes. */
export const ItemQuery = z.object({
  q: z.string().max(200).optional(),
  /** USCC of the department. */
  department: z.string().optional(),
  type: z.enum(codesOf(ITEM_TYPES)).optional(),
  target: z.enum(codesOf(SERVICE_TARGETS)).optional(),
  topic: z.string().max(50).optional(),
  /** From 1; 20 a page. */
  page: z.coerce.number().int().min(1).max(10_000).default(1),
})
export type ItemQuery = z.infer<typeof ItemQuery>
export const ITEMS_PER_PAGE = 20

/** One field of a guide that two versions say differently; `before` or `after` undefined where it was not there. */
export interface FieldChange { readonly path: string; readonly label: { readonly zh: string; readonly en: string }; readonly before: unknown; readonly after: unknown }
