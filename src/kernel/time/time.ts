import { dayAt, type CivilDay } from '../../base/civil-day.ts'

/** What instant it is, and what day it is in Asia/Shanghai. Everything that needs the time is handed one of these. */
export interface TimeSource {
  now(): Date
  today(): CivilDay
}

/** The only reader of system time in the house. */
export const systemTime: TimeSource = {
  now: () => new Date(),
  today: () => {
    const now = Date.now(), number = Math.floor((now + OFFSET_MS) / DAY_MS)
    if (number !== known.number) known = { number, day: dayAt(new Date(now)) }
    return known.day
  },
}

/** Asia/Shanghai knows no summer time: its days are counted off. The day last asked for is kept, every page asks. */
const OFFSET_MS = 8 * 3_600_000, DAY_MS = 86_400_000
let known = { number: Number.NaN, day: '' as CivilDay }

/** A time that stands still until it is moved: tests, the demo, replays. */
export interface SettableTime extends TimeSource {
  /** ISO 8601 with an offset or `Z`; a text that names no instant is a failure. */
  set(iso: string): void
  advance(milliseconds: number): void
}

export function settableTime(iso: string): SettableTime {
  let instant = read(iso)
  return {
    now: () => new Date(instant),
    today: () => dayAt(new Date(instant)),
    set: (next) => { instant = read(next) },
    advance: (milliseconds) => { instant += milliseconds },
  }
}

/** A local time without an offset would mean another instant on another machine, so it is not read at all. */
function read(iso: string): number {
  const instant = /(Z|[+-]\d{2}:\d{2})$/.test(iso) ? Date.parse(iso) : Number.NaN
  if (Number.isNaN(instant)) throw new Error(`not an instant with its offset: ${iso}`)
  return instant
}
