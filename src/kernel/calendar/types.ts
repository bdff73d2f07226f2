import type { CivilDay } from '../../base/civil-day.ts'
import type { Bilingual } from '../../base/text.ts'

/** Why a day is or is not a working day. */
export type DayKind = 'working' | 'weekend' | 'holiday' | 'makeup'

export interface DayFact {
  readonly kind: DayKind
  readonly working: boolean
  /** The State Council notice (or, beyond the horizon, the article of 全国年节及纪念日放假办法) that says so; null for a plain weekday or weekend. */
  readonly source: string | null
  /** The holiday's name, where it is one. */
  readonly name: Bilingual | null
  /** Beyond what the State Council has announced: may still change. */
  readonly provisional: boolean
}

/** A counted result: `provisional` when a notice not yet published could move it. */
export interface CountedDay { readonly day: CivilDay; readonly provisional: boolean }

/**
 * The legal calendar as announced. Immutable: importing a year makes a new one with another version.
 * Counting begins the day after `from` (民法典 第二百零一条); every question is answered in constant time.
 */
export interface Calendar {
  /** Grows by one with every imported notice. */
  readonly version: number
  /** 31 December of the last announced year. */
  readonly horizon: CivilDay
  fact(day: CivilDay): DayFact
  isWorking(day: CivilDay): boolean
  /** The n-th working day after `from` (n ≥ 0; n = 0 is `from` itself). */
  addWorkingDays(from: CivilDay, n: number): CountedDay
  /** The n-th working day before `from`. */
  subtractWorkingDays(from: CivilDay, n: number): CountedDay
  /** Working days d with after < d ≤ upTo; 0 where upTo ≤ after. */
  workingDaysBetween(after: CivilDay, upTo: CivilDay): number
  /** n natural days after `from`; on a day off it rolls to the next working day (民法典 第二百零三条). */
  addNaturalDays(from: CivilDay, n: number): CountedDay
  /** n months after `from` (corresponding day, else month end); rolls likewise. */
  addMonths(from: CivilDay, n: number): CountedDay
  /** `day` itself when it is a working day, else the next one. */
  nextWorkingDay(day: CivilDay): CountedDay
}
