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

/** A day that a notice names: `off` days off, the others days worked. */
export interface AnnouncedDay {
  readonly day: CivilDay
  readonly off: boolean
  readonly name: Bilingual
  /** Where another notice than the year's own says it (2020: 春节假期延长); else the year's. */
  readonly source?: string
}

/** One year as announced. Its days lie in the year or in the December before it. */
export interface AnnouncedYear {
  readonly year: number
  /** Title and, where known, number of the notice. */
  readonly source: string
  readonly days: readonly AnnouncedDay[]
}

/** A counted result: `provisional` when a notice not yet published could move it. */
export interface CountedDay { readonly day: CivilDay; readonly provisional: boolean }

/**
 * The legal calendar as announced. Immutable: importing a year makes a new one with another version.
 * Counting begins the day after `from` (民法典 第二百零一条); every question is answered in constant time.
 * Days from 1990 to 2100 are known; a question that leads outside is refused (`calendar/out-of-range`).
 */
export interface Calendar {
  /** Grows by one with every imported notice. */
  readonly version: number
  /** 31 December of the last announced year. */
  readonly horizon: CivilDay
  /** The last day that no future notice can change: 20 December of the last announced year, because a notice can reach back. */
  readonly certainUntil: CivilDay
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

  // The same with days as integers (days since 1970-01-01), for those who count by the million.

  /** The n-th working day after day number `from`. */
  addWorkingDaysN(from: number, n: number): number
  /** Working days since 1 January 1990 up to and including this day number. */
  workingDaysUpToN(day: number): number
  /** The working day that is the k-th since 1 January 1990 (k ≥ 1): the inverse of `workingDaysUpToN`. */
  workingDayN(k: number): number
  /** True when a count that touches the days between these two could still be moved by a notice. */
  isProvisionalN(from: number, to: number): boolean
}
