import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, openDatabase } from '../src/kernel/db/database.ts'
import { startEmbedded } from '../src/kernel/db/embedded.ts'
import { migrate, migrationSets } from '../src/kernel/db/migrate.ts'
import { clockRow } from '../src/kernel/clock/rows.ts'
import { upsertClockRules } from '../src/kernel/clock/rule-store.ts'
import type { ClockState } from '../src/kernel/clock/types.ts'
import { removeData } from '../tests/setup.ts'

/** A server and a database of the bench's own, with calendar and clocks, thrown away afterwards. Not a bench itself. */
export async function withClockTown<T>(work: (db: Database, admin: Database) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mingtang-bench-'))
  const server = await startEmbedded({ dataDir })
  const admin = openDatabase(server.adminUrl, { max: 2 })
  const db = openDatabase(server.appUrl)
  try {
    await migrate(admin, migrationSets(['db', 'calendar', 'clock']))
    await upsertClockRules(admin)
    return await work(db, admin)
  } finally {
    await Promise.all([db.close(), admin.close()])
    await server.stop()
    removeData(dataDir, server.cluster)
  }
}

/** `count` matters with a clock each, the given states in turn. Ids are random, as in life: rows lie scattered. */
export async function fill(admin: Database, states: readonly ClockState[], count: number): Promise<void> {
  const rows = states.map((state) => clockRow('00000000-0000-0000-0000-000000000000', '11111111-1111-1111-1111-111111111111', 'cases', state))
  await admin.query(
    `insert into clock.clock
     select gen_random_uuid(), s.id, s.rule, s.rule_version, s.unit, s.article, s.organisation_id, s.kind, s.started_on, s.started_at, s.budget, s.consumed,
       s.running_since, s.suspensions, s.extensions, s.stopped_on, s.due_on, s.due_at, s.next_at, s.announced, s.provisional, s.calendar_version
     from generate_series(0, $2::int - 1) g
     join jsonb_array_elements($1::jsonb) with ordinality e (state, n) on n = g % $3 + 1
     cross join lateral jsonb_populate_record(null::clock.clock, e.state) s`,
    [JSON.stringify(rows), count, rows.length],
  )
}

export const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}
