import type { CivilDay } from '../../../base/civil-day.ts'
import type { House } from '../../../kernel/house.ts'

/** A grant undone, as whoever holds one of its papers may learn it: numbers and a day, no person. */
export interface AnnulledEntry { readonly decisionNo: string; readonly documentNo: string; readonly on: CivilDay }

/** Whether the case of a log entry has had its grant annulled since; null where not, and where nothing is known of the entry. */
export const annulledEntry = (house: Pick<House, 'db'>) => async (entryId: string): Promise<AnnulledEntry | null> => {
  const [row] = await house.db.prepared<AnnulledEntry>('cases_annulled_entry', `
select m.data -> 'decision' ->> 'documentNo' as "decisionNo", m.data -> 'annulment' -> 'decided' ->> 'documentNo' as "documentNo", m.data -> 'annulment' -> 'decided' ->> 'on' as "on"
  from ledger.entry e
  join flow.matter m on m.id = e.matter_id
 where e.id = $1::uuid and m.kind = 'case' and m.data -> 'annulment' -> 'decided' ->> 'on' is not null`, [entryId])
  return row ?? null
}
