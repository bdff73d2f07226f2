import type { CivilDay } from '../../base/civil-day.ts'
import type { Bilingual } from '../../base/text.ts'

export type ClockUnit = 'workingDay' | 'naturalDay' | 'hour' | 'month'
export type Light = 'green' | 'yellow' | 'red' | 'black'

/** Steps that stop a licensing clock once their notice is issued (行政许可法 第四十五条), and grounds of other laws. */
export type PauseGround =
  | 'hearing' | 'tender' | 'auction' | 'inspection' | 'testing' | 'quarantine' | 'technicalIdentification' | 'expertReview'
  | 'judicialConclusion' | 'supplement' | 'thirdPartyOpinion' | 'payment'

export type DeemingEffect = 'deemedAccepted' | 'deemedRenewed' | 'deemedAgreed' | 'deemedConsent' | 'deemedAbandoned'

/** A statutory or promised limit as a row: the number never stands without its article. */
export interface ClockRule {
  /** `LIC.DECIDE` */
  readonly code: string
  readonly version: number
  readonly name: Bilingual
  readonly unit: ClockUnit
  /** null where the item gives the number (promised and special statutory limits). */
  readonly amount: number | null
  /** The act or event that starts it, for the reader: `accepted`. */
  readonly trigger: string
  /** `before`: counts back from an event and never rolls so as to shorten the notice. */
  readonly direction: 'after' | 'before'
  readonly pauses: readonly PauseGround[]
  /** The article that lists the grounds on which it may pause, or, where it has none, that knows no pause: quoted in refusals. */
  readonly pauseArticle?: string
  readonly extension: { readonly amount: number; readonly times: number; readonly approver: string; readonly noticeRequired: boolean; readonly article: string } | null
  readonly expiry: 'overdue' | 'lapse' | DeemingEffect
  /** `行政许可法 第四十二条第一款` */
  readonly article: string
  readonly validFrom: CivilDay
  readonly validTo: CivilDay | null
  /** Yellow from this share of the budget used, or from this many working days left, whichever is earlier. */
  readonly lights: { readonly yellowShare: number; readonly yellowDaysLeft: number }
}

/** A pause as dated facts. Days after `from` up to and including `to` do not count; the day it begins counts. */
export interface Suspension {
  readonly from: CivilDay
  /** null: still running. */
  readonly to: CivilDay | null
  readonly ground: PauseGround
  readonly article: string
  readonly noticeIssuedOn: CivilDay
}
export interface Extension { readonly on: CivilDay; readonly amount: number; readonly article: string; readonly approvedBy: string; readonly reason: string; readonly noticeIssuedOn?: CivilDay | null }

/**
 * One running, suspended or stopped clock of a matter. JSON-safe: it is stored as it is and folded by audit.
 * `budget`, `consumed` are in the rule's unit; `dueOn`, `dueAt`, `nextAt` are derived and stored, null while suspended or stopped.
 */
export interface ClockState {
  /** The rule's code, then `code~2`, … : a rule can run more than once in a matter. */
  readonly id: string
  readonly rule: string
  readonly ruleVersion: number
  readonly unit: ClockUnit
  /** The article this limit stands on for this matter (the item's own law where it is stricter than the general one). */
  readonly article: string
  /** Day zero: the civil day of the trigger, rest day or not. For hours the instant counts. */
  readonly startedOn: CivilDay
  /** RFC 3339; the moment hours count from. */
  readonly startedAt: string
  readonly budget: number
  readonly consumed: number
  readonly runningSince: CivilDay | null
  readonly suspensions: readonly Suspension[]
  readonly extensions: readonly Extension[]
  /** A stopped clock keeps `consumed` and `runningSince` as they stood. */
  readonly stoppedOn: CivilDay | null
  readonly dueOn: CivilDay | null
  /** RFC 3339: the end of the due day in Asia/Shanghai (24:00, i.e. 00:00 of the next day), or the hour. */
  readonly dueAt: string | null
  /** RFC 3339: when the next rung of the light falls; the sweep's only index. */
  readonly nextAt: string | null
  /** The rung last announced by the sweep. */
  readonly announced: Light
  readonly provisional: boolean
  readonly calendarVersion: number
}

/**
 * `source` = notice or article; of a suspended day the article with the ground. Days of natural-day and month periods keep their own
 * kind and count; `natural` is a day through which hours run.
 */
export interface DayExplanation {
  readonly date: CivilDay
  readonly counted: boolean
  readonly reason: 'dayZero' | 'working' | 'natural' | 'weekend' | 'holiday' | 'makeup' | 'suspended' | 'rolled'
  readonly source: string
  readonly provisional?: boolean
}
