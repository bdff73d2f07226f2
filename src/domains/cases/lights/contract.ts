import { z } from 'zod'

// A light that fell on a post and step, and the appeal against it (practice 24). Nothing here needs Node.

/**
 * Lights that count. Yellow is left out: it only reminds, in time and of nothing missed. Red says that a post let a limit come to its
 * last day, black that the limit passed there.
 */
export const COUNTED_LIGHTS = ['red', 'black'] as const
export type CountedLight = (typeof COUNTED_LIGHTS)[number]

/** Why a light should not count against the post: a closed list. */
export const LIGHT_APPEAL_GROUNDS = ['applicantOrThirdParty', 'pauseNotRecorded', 'systemOrCalendar', 'handedOverLate', 'forceMajeure'] as const
export type LightAppealGround = (typeof LIGHT_APPEAL_GROUNDS)[number]
export const LIGHT_APPEAL_GROUND_NAMES: Record<LightAppealGround, { zh: string; en: string }> = {
  applicantOrThirdParty: { zh: '延误出于申请人或者第三方', en: 'Delayed by the applicant or a third party' },
  pauseNotRecorded: { zh: '依法应当中止计时而没有登记', en: 'A lawful pause was not recorded' },
  systemOrCalendar: { zh: '系统故障或者工作日历有误', en: 'The system failed or the calendar was wrong' },
  handedOverLate: { zh: '前一岗位移交过迟', en: 'Another post handed over late' },
  forceMajeure: { zh: '不可抗力', en: 'Force majeure' },
}

export const LIGHT_OUTCOMES = ['upheld', 'withdrawn', 'moved'] as const
export type LightOutcome = (typeof LIGHT_OUTCOMES)[number]
export const LIGHT_OUTCOME_NAMES: Record<LightOutcome, { zh: string; en: string }> = {
  upheld: { zh: '维持', en: 'Upheld' }, withdrawn: { zh: '撤销，不计入', en: 'Withdrawn, no longer counts' }, moved: { zh: '改记其他岗位', en: 'Moved to another post' },
}

const text = (max: number) => z.string().trim().min(1).max(max)

export const LIGHT_ACT_INPUTS = {
  /** `task`: on whose step it fell, as the case's `lights` name it. */
  appealLight: z.strictObject({ clock: text(80), light: z.enum(COUNTED_LIGHTS), task: z.uuid(), ground: z.enum(LIGHT_APPEAL_GROUNDS), reason: text(1000), files: z.array(z.uuid()).max(20).default([]) }),
  /** `appeal`: its number in the case; `toTask`: the step it is moved to, of those the case's `lights` name. */
  judgeLight: z.strictObject({ appeal: z.int().min(1).max(999), outcome: z.enum(LIGHT_OUTCOMES), reason: text(1000), toTask: z.uuid().optional() })
    .refine((input) => (input.outcome === 'moved') === (input.toTask !== undefined), { path: ['toTask'], params: { zh: '改记时必须选定改记到哪个岗位，否则不填', en: 'Choose where it moves to if it is moved, and only then' } }),
} as const

interface Name { zh: string; en: string }
/** A post, as lights name it: its role in an organisation, at a step. Never a person. */
export interface PostAtStep { task: string; step: string; stepName: Name; role: string; roleName: Name; organisation: Name }

/** What became of a light: it counts, is under appeal, was upheld, withdrawn, or moved away to another post. */
export type LightState = 'counts' | 'appealed' | LightOutcome

/** A light that fell, for officers who handle the case. */
export interface LightView extends PostAtStep {
  clock: string
  clockName: Name
  light: CountedLight
  dueOn: string
  fellOn: string
  state: LightState
  /** Moved here from another post, by the decision on its appeal. */
  movedHere: boolean
  /** Last day for an appeal; null once there is one. */
  appealBy: string | null
  mayAppeal: boolean
  appeal: LightAppealView | null
}
export interface LightAppealView {
  no: number
  ground: LightAppealGround
  reason: string
  files: { id: string; name: string }[]
  on: string
  judgeBy: string
  post: string
  mayJudge: boolean
  /** Where it could be moved to. */
  targets: PostAtStep[]
  decision: { on: string; outcome: LightOutcome; reason: string; post: string; to: PostAtStep | null } | null
}

/** Lights of a span of days by post and step; `counted` = fallen + movedHere − appealed − withdrawn − movedAway. */
export interface LightCount { organisation: Name; role: string; roleName: Name; step: string; stepName: Name; light: CountedLight; fallen: number; movedHere: number; appealed: number; withdrawn: number; movedAway: number; counted: number }
export interface LightCounts { from: string; to: string; rows: LightCount[] }
export interface LightAppealEntry {
  caseNo: string; no: number; item: Name; clockName: Name; light: CountedLight; dueOn: string; stepName: Name; roleName: Name; organisation: Name
  ground: LightAppealGround; on: string; judgeBy: string; state: 'open' | LightOutcome; decidedOn: string | null
}
export interface LightAppealList { total: number; appeals: LightAppealEntry[] }
