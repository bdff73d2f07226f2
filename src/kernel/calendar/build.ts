import { addMonths, fromDayNumber, toDayNumber, type CivilDay } from '../../base/civil-day.ts'
import { SHIPPED_VERSION, SHIPPED_YEARS } from './announced.ts'
import { refuse } from './errors.ts'
import { statutoryDays } from './statutory.ts'
import type { AnnouncedYear, Calendar, CountedDay, DayFact } from './types.ts'

const FIRST_DAY = '1990-01-01' as CivilDay
const LAST_DAY = '2100-12-31' as CivilDay
/** 国务院关于职工工作时间的规定（国务院令第174号）第七条: Saturday and Sunday are days of rest, from 1 May 1995; before, Sunday alone. */
const SATURDAYS_OFF_FROM = toDayNumber('1995-05-01' as CivilDay)

const FIRST = toDayNumber(FIRST_DAY)
const LAST = toDayNumber(LAST_DAY)
const SIZE = LAST - FIRST + 1
const range = { first: FIRST_DAY, last: LAST_DAY }

const FIRST_YEAR = +FIRST_DAY.slice(0, 4)
/** Day number of 1 January, by year; days before the first of each month in an ordinary year. */
const YEAR_STARTS = Array.from({ length: +LAST_DAY.slice(0, 4) - FIRST_YEAR + 1 }, (_, i) => toDayNumber(`${FIRST_YEAR + i}-01-01` as CivilDay))
const MONTH_STARTS = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
/** Texts of days already answered: writing them is dearer than all the counting. */
const texts: (CivilDay | undefined)[] = Array.from({ length: SIZE }, () => undefined)

/** What somebody named a day: a notice, or outside the announced years the law. */
type Named = Pick<DayFact, 'name' | 'source'> & { readonly off: boolean }

/**
 * The calendar of these years, which must follow one another without a gap. Years before and after them get the statutory holidays
 * and weekends only, and are provisional. 放假办法 第六条 promises a working day off for a holiday that falls on a weekend, but which
 * one only the notice says: it is not guessed, so a provisional due day is never later than the announced one will be for want of that day.
 */
export function buildCalendar(years: readonly AnnouncedYear[] = SHIPPED_YEARS, version: number = SHIPPED_VERSION): Calendar {
  const ordered = [...years].sort((a, b) => a.year - b.year)
  const [first, last] = [ordered[0], ordered.at(-1)]
  if (first === undefined || last === undefined) throw new Error('a calendar needs at least one announced year')
  if (ordered.some((y, i) => y.year !== first.year + i)) throw new Error(`announced years must follow one another: ${ordered.map((y) => y.year).join(', ')}`)

  const named = new Map<number, Named>()
  for (let year = +FIRST_DAY.slice(0, 4); year <= +LAST_DAY.slice(0, 4); year += 1) {
    if (first.year <= year && year <= last.year) continue
    for (const { day, name, article } of statutoryDays(year)) named.set(toDayNumber(day), { off: true, name, source: article })
  }
  for (const { days, source } of ordered) {
    for (const d of days) named.set(toDayNumber(d.day), { off: d.off, name: d.name, source: d.source ?? source })
  }

  // prefix[i]: working days among days 0 … i. nth[k]: index of the k-th working day, k ≥ 1.
  const prefix = new Int32Array(SIZE)
  const nth = new Int32Array(SIZE + 1)
  let total = 0
  for (let i = 0; i < SIZE; i += 1) {
    const off = named.get(FIRST + i)?.off ?? isWeekend(FIRST + i)
    if (!off) nth[++total] = FIRST + i
    prefix[i] = total
  }

  const firstCertain = toDayNumber(`${first.year}-01-01` as CivilDay)
  const lastCertain = toDayNumber(`${last.year}-12-20` as CivilDay)

  const upTo = (day: number): number => {
    const i = day - FIRST
    if (!(i >= 0 && i < SIZE)) throw refuse('out-of-range', range)
    return prefix[i]!
  }
  const kth = (k: number): number => {
    if (!(k >= 1 && k <= total)) throw refuse('out-of-range', range)
    return nth[k]!
  }
  const working = (day: number): boolean => upTo(day) !== (day === FIRST ? 0 : prefix[day - FIRST - 1]!)
  const next = (day: number): number => (working(day) ? day : kth(upTo(day) + 1))
  const add = (day: number, n: number): number => {
    const to = nth[prefix[day - FIRST]! + n]!
    // One comparison catches a day outside (undefined), a count before the first working day and one past the last (both 0).
    if (to >= FIRST && n !== 0) return to
    if (n !== 0) throw refuse('out-of-range', range)
    upTo(day)
    return day
  }
  const subtract = (day: number, n: number): number => (n === 0 ? day : kth(upTo(day) - (working(day) ? 1 : 0) - n + 1))
  const isProvisional = (from: number, to: number): boolean => Math.max(from, to) > lastCertain || Math.min(from, to) < firstCertain
  const counted = (from: number, to: number): CountedDay => ({ day: textOf(to), provisional: isProvisional(from, to) })

  return {
    version,
    horizon: `${last.year}-12-31` as CivilDay,
    certainUntil: fromDayNumber(lastCertain),
    fact: (day) => {
      const n = numberOf(day)
      const isOn = working(n)
      const weekend = isWeekend(n)
      const why = named.get(n)
      // A weekday that a notice names as worked is an ordinary working day whose notice is told (2020-02-03).
      const kind = isOn ? (weekend ? 'makeup' : 'working') : why === undefined ? 'weekend' : 'holiday'
      return { kind, working: isOn, source: why?.source ?? null, name: why?.name ?? null, provisional: isProvisional(n, n) }
    },
    isWorking: (day) => working(numberOf(day)),
    addWorkingDays: (from, n) => {
      const start = numberOf(from)
      return counted(start, add(start, whole(n)))
    },
    subtractWorkingDays: (from, n) => {
      const start = numberOf(from)
      return counted(start, subtract(start, whole(n)))
    },
    workingDaysBetween: (after, upToDay) => Math.max(0, upTo(numberOf(upToDay)) - upTo(numberOf(after))),
    // Only the day on which the period ends can be moved by a notice, not the days before it.
    addNaturalDays: (from, n) => {
      const end = numberOf(from) + whole(n)
      return counted(end, next(end))
    },
    addMonths: (from, n) => {
      const end = toDayNumber(addMonths(from, whole(n)))
      return counted(end, next(end))
    },
    nextWorkingDay: (day) => {
      const n = numberOf(day)
      return counted(n, next(n))
    },
    addWorkingDaysN: add,
    workingDaysUpToN: upTo,
    workingDayN: kth,
    isProvisionalN: isProvisional,
  }
}

/** As `toDayNumber`, for the years of this calendar only and several times as fast: no Date is made. */
function numberOf(day: CivilDay): number {
  const digit = (i: number) => day.charCodeAt(i) - 48
  const year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3)
  const month = digit(5) * 10 + digit(6)
  const start = YEAR_STARTS[year - FIRST_YEAR]
  if (start === undefined) throw refuse('out-of-range', range)
  const leapDay = month > 2 && year % 4 === 0 && year !== 2100 ? 1 : 0
  return start + MONTH_STARTS[month - 1]! + leapDay + digit(8) * 10 + digit(9) - 1
}

const textOf = (n: number): CivilDay => (texts[n - FIRST] ??= fromDayNumber(n))

function isWeekend(day: number): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7 // day 0 was a Thursday
  return weekday === 0 || (weekday === 6 && day >= SATURDAYS_OFF_FROM)
}

/** Periods are whole; a fraction or a negative number is a mistake of the caller, not a question. */
function whole(n: number): number {
  if (!Number.isInteger(n) || n < 0) throw new Error(`a period must be a whole number, not negative: ${n}`)
  return n
}
