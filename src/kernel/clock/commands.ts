import type { CivilDay } from '../../base/civil-day.ts'
import { importYear, loadCalendar } from '../calendar/store.ts'
import type { Calendar } from '../calendar/types.ts'
import type { Database } from '../db/database.ts'
import { redateOpenClocks, type RedateOptions } from './redate.ts'
import { loadRules } from './rule-store.ts'

export interface ImportAnswer { readonly year: number; readonly days: number; readonly clocksRedated: number }

/**
 * `calendar import FILE`: takes in one year's notice and re-dates the open clocks. The notice is durable before the first clock moves;
 * if the process dies midway, the same import (or `finishRedating` at the next start) moves the rest.
 */
export async function calendarImport(db: Database, content: string, instant: Date, options: Pick<RedateOptions, 'batch' | 'onMoved'> = {}): Promise<ImportAnswer & { readonly calendar: Calendar }> {
  const { year, days, source, changed, calendar } = await importYear(db, content, instant)
  const clocksRedated = await redateOpenClocks(db, calendar, await loadRules(db), {
    ...options, instant, noticeSource: source,
    // Known only for a notice taken in just now; clocks left behind by an earlier, interrupted import are counted again whole.
    ...(changed ? { changesFrom: `${year - 1}-12-01` as CivilDay } : {}),
  })
  return { year, days, clocksRedated, calendar }
}

/** Re-dates what an interrupted import, or a release with newer shipped years, left under an older calendar. */
export async function finishRedating(db: Database, instant: Date, options: Pick<RedateOptions, 'batch' | 'onMoved'> = {}): Promise<number> {
  const calendar = await loadCalendar(db)
  const newest = await db.query<{ source: string }>('select source from calendar.notice order by version desc limit 1')
  const noticeSource = newest[0]?.source ?? `放假安排（至 ${calendar.horizon}）`
  return redateOpenClocks(db, calendar, await loadRules(db), { ...options, instant, noticeSource })
}
