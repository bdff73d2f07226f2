import { rfc3339 } from '../../base/civil-day.ts'
import { calendarImport, type ImportAnswer } from '../clock/commands.ts'
import type { Database } from '../db/database.ts'
import { entryRows, newLogRef, prepareEntry } from '../ledger/entry.ts'
import type { OrganisationDirectory } from '../org/directory.ts'
import type { TimeSource } from '../time/time.ts'
import { insertRows } from './insert-rows.ts'

interface Parts {
  readonly db: Database
  readonly time: TimeSource
  readonly organisations: OrganisationDirectory
  /** The house reads its calendar anew. */
  readonly reload: () => Promise<void>
}

/**
 * Takes in a year's notice and dates open clocks anew, as one recorded act: the notice is its ground and what it moved stands in clear
 * in the log (a due day changes only by an act). What each clock moved is in its own events.
 */
export async function importCalendar({ db, time, organisations, reload }: Parts, content: string): Promise<ImportAnswer> {
  const { calendar, year, days, clocksRedated } = await calendarImport(db, content, time.now())
  const entry = prepareEntry({
    ref: newLogRef(), seq: 1, act: 'calendar.imported', at: rfc3339(time.now()), org: organisations.all()[0]?.code ?? '', ground: `国务院办公厅关于${year}年部分节假日安排的通知`,
    public: { year, days, clocksRedated, calendarVersion: calendar.version, horizon: calendar.horizon }, private: {},
  })
  await db.transaction((tx) => insertRows(tx, entryRows(entry, null)))
  await reload()
  return { year, days, clocksRedated }
}
