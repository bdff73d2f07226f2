import type { House } from '../kernel/house.ts'
import type { Calendar } from '../kernel/calendar/types.ts'
import { entryRows, newLogRef, prepareEntry } from '../kernel/ledger/entry.ts'
import { rfc3339 } from '../base/civil-day.ts'
import { insertRows } from '../kernel/flow/insert-rows.ts'

/** The recorded act by which open clocks were dated anew: the notice is its ground, the count stands in clear (style: recompute only by an act). */
export async function recordCalendarImport(house: House, imported: { readonly year: number; readonly days: number; readonly clocksRedated: number }, calendar: Calendar): Promise<void> {
  const entry = prepareEntry({
    ref: newLogRef(), seq: 1, act: 'calendar.imported', at: rfc3339(house.time.now()), org: house.organisations.all()[0]?.code ?? '', ground: `国务院办公厅关于${imported.year}年部分节假日安排的通知`,
    public: { year: imported.year, days: imported.days, clocksRedated: imported.clocksRedated, calendarVersion: calendar.version, horizon: calendar.horizon }, private: null,
  })
  await house.db.transaction((tx) => insertRows(tx, entryRows(entry, null)))
  await house.reload()
}
