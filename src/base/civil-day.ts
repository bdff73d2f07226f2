import type { Brand } from './brand.ts'

/** A day of the civil calendar in Asia/Shanghai, `YYYY-MM-DD`. It has no time and no zone to lose. */
export type CivilDay = Brand<string, 'CivilDay'>

const SHAPE = /^\d{4}-\d{2}-\d{2}$/
const MS_PER_DAY = 86_400_000

/** True for a day that exists: 2025-02-29 is not one. Years 1000–9999. */
export function isCivilDay(text: unknown): text is CivilDay {
  return typeof text === 'string' && SHAPE.test(text) && text >= '1000' && fromDayNumber(toDayNumber(text as CivilDay)) === text
}

/** Days since 1970-01-01. Only the calendar counts with integers; everybody else keeps the text. */
export function toDayNumber(day: CivilDay): number {
  return Date.UTC(+day.slice(0, 4), +day.slice(5, 7) - 1, +day.slice(8, 10)) / MS_PER_DAY
}

export function fromDayNumber(n: number): CivilDay {
  return new Date(n * MS_PER_DAY).toISOString().slice(0, 10) as CivilDay
}

export const addDays = (day: CivilDay, n: number): CivilDay => fromDayNumber(toDayNumber(day) + n)
export const daysBetween = (from: CivilDay, to: CivilDay): number => toDayNumber(to) - toDayNumber(from)
/** 0 Sunday … 6 Saturday. */
export const weekday = (day: CivilDay): number => (((toDayNumber(day) + 4) % 7) + 7) % 7

/** The corresponding day n months on; where there is none, the month's last day (民法典 第二百零二条). */
export function addMonths(day: CivilDay, n: number): CivilDay {
  const year = +day.slice(0, 4)
  const month = +day.slice(5, 7) - 1 + n
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month, Math.min(+day.slice(8, 10), last))).toISOString().slice(0, 10) as CivilDay
}

/** The civil day in Asia/Shanghai (UTC+8, no daylight saving since 1991) at an instant. */
export function dayAt(instant: Date): CivilDay {
  return new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 10) as CivilDay
}

/** The instant at which a civil day begins in Asia/Shanghai. */
export const startOfDay = (day: CivilDay): Date => new Date(`${day}T00:00:00+08:00`)
/** RFC 3339 with the offset of Asia/Shanghai: `2025-01-26T09:00:00+08:00` (milliseconds kept where there are any). */
export function rfc3339(instant: Date): string {
  const text = new Date(instant.getTime() + 8 * 3_600_000).toISOString()
  return `${text.endsWith('.000Z') ? text.slice(0, 19) : text.slice(0, -1)}+08:00`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
/** As people write it: `2026年7月3日`, `3 Jul 2026`. */
export function writtenDay(day: string, language: 'zh' | 'en'): string {
  const [year, month, date] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))]
  return language === 'zh' ? `${year}年${month}月${date}日` : `${date} ${MONTHS[month - 1]} ${year}`
}
