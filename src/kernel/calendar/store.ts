import { addDays, type CivilDay } from '../../base/civil-day.ts'
import type { Database, Queryable } from '../db/database.ts'
import { SHIPPED_VERSION, SHIPPED_YEARS } from './announced.ts'
import { buildCalendar } from './build.ts'
import { refuse } from './errors.ts'
import { holidayName } from './holiday-names.ts'
import { readNoticeFile } from './notice-file.ts'
import type { AnnouncedYear, Calendar } from './types.ts'

/** An import waits for another one; readers do not. */
const IMPORT_LOCK = 7_024_821

/** The calendar in force: the shipped years, with the imported ones on top. */
export async function loadCalendar(db: Queryable): Promise<Calendar> {
  const { years, imports } = await announcedYears(db)
  return buildCalendar(years, SHIPPED_VERSION + imports)
}

export interface ImportedYear {
  readonly year: number
  /** How many days the notice names. */
  readonly days: number
  /** False when the file says what the calendar says already: nothing was written. */
  readonly changed: boolean
  /** Title of the notice. */
  readonly source: string
  readonly calendar: Calendar
}

/**
 * Takes in one year's arrangement; see `readNoticeFile` for the format. When it returns, the notice is durable; calling it again with
 * the same file changes nothing, and two callers at once take turns. Open clocks still stand where they stood.
 * Refuses what `readNoticeFile` refuses, and `calendar/year-out-of-turn` for a year that would leave a gap.
 */
export async function importYear(db: Database, content: string, at: Date): Promise<ImportedYear> {
  const file = readNoticeFile(content)
  return db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [IMPORT_LOCK])
    const { years, imports } = await announcedYears(tx)
    const before = buildCalendar(years, SHIPPED_VERSION + imports)
    const [first, last] = [years[0]!.year - 1, years.at(-1)!.year + 1]
    if (file.year < Math.max(first, 1990) || file.year > Math.min(last, 2100)) throw refuse('year-out-of-turn', { first, last, year: file.year })

    const next = buildCalendar(replaceYear(years, file), before.version + 1)
    const answer = { year: file.year, days: file.days.length, source: file.source }
    if (years.some((y) => y.year === file.year) && saysTheSame(before, next, file.year)) return { ...answer, changed: false, calendar: before }

    await tx.query('insert into calendar.notice (version, year, source, papers, imported_at) values ($1, $2, $3, $4, $5)', [
      imports + 1, file.year, file.source, file.papers, at,
    ])
    await tx.query('insert into calendar.day (version, day, off, name) select $1, * from unnest($2::date[], $3::boolean[], $4::text[])', [
      imports + 1, file.days.map((d) => d.day), file.days.map((d) => d.off), file.days.map((d) => d.name.zh),
    ])
    return { ...answer, changed: true, calendar: next }
  })
}

interface NoticeRow { readonly version: number; readonly year: number; readonly source: string; readonly days: readonly { day: CivilDay; off: boolean; name: string }[] }

async function announcedYears(db: Queryable): Promise<{ readonly years: readonly AnnouncedYear[]; readonly imports: number }> {
  const rows = await db.query<NoticeRow>(`
    select n.version, n.year, n.source, d.days
    from calendar.notice n
    cross join lateral (
      select json_agg(json_build_object('day', day, 'off', off, 'name', name) order by day) as days
      from calendar.day
      where version = n.version
    ) d
    order by n.version`)
  let years: readonly AnnouncedYear[] = SHIPPED_YEARS
  for (const { year, source, days } of rows) {
    years = replaceYear(years, { year, source, days: days.map(({ day, off, name }) => ({ day, off, name: holidayName(name) })) })
  }
  return { years, imports: rows.length }
}

const replaceYear = (years: readonly AnnouncedYear[], next: AnnouncedYear): readonly AnnouncedYear[] =>
  [...years.filter((y) => y.year !== next.year), next].sort((a, b) => a.year - b.year)

/** Whether both calendars work and rest on the same days of the year and the December before it. */
function saysTheSame(a: Calendar, b: Calendar, year: number): boolean {
  const from = `${year - 1}-12-01` as CivilDay
  for (let day = from; day <= `${year}-12-31`; day = addDays(day, 1)) {
    if (a.isWorking(day) !== b.isWorking(day)) return false
  }
  return true
}
