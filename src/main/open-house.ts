import { join } from 'node:path'
import { mkdirSync } from 'node:fs'
import { openReadRecords, type ReadRecords } from '../kernel/access/read-records.ts'
import { loadCalendar } from '../kernel/calendar/store.ts'
import type { Calendar } from '../kernel/calendar/types.ts'
import { finishRedating } from '../kernel/clock/commands.ts'
import { CLOCK_RULES } from '../kernel/clock/rules.ts'
import { loadRules, upsertClockRules, type RuleOf } from '../kernel/clock/rule-store.ts'
import { openDatabase, type Database } from '../kernel/db/database.ts'
import { startEmbedded, type Embedded } from '../kernel/db/embedded.ts'
import { migrate, migrationSets } from '../kernel/db/migrate.ts'
import { diskStore } from '../kernel/files/disk-store.ts'
import { createFlow } from '../kernel/flow/flow.ts'
import { loadColumnTypes } from '../kernel/flow/statement.ts'
import type { House } from '../kernel/house.ts'
import { inputErrors } from '../kernel/input/check.ts'
import { installQueue } from '../kernel/jobs/queue.ts'
import { OrganisationDirectory } from '../kernel/org/directory.ts'
import { upsertRoles } from '../kernel/org/roles.ts'
import { loadProcedures } from '../kernel/procedure/registry.ts'
import { jiebaSegmenter } from '../kernel/search/segment.ts'
import { systemTime, type TimeSource } from '../kernel/time/time.ts'
import { CASE_CLOCK_RULES } from '../domains/cases/clock-rules.ts'
import { kindsOf } from '../modules.ts'
import { indexItems } from '../domains/catalog/index-items.ts'
import { REPLAY_CLOCK_RULES } from '../domains/replay/index.ts'
import { loadItems, type ItemRegistry } from '../domains/catalog/registry.ts'
import { refuse, type Config } from '../config.ts'
import { demoMode, type DemoMode } from './demo-mode.ts'

/** A running house and everything needed to close it. */
export interface OpenHouse {
  readonly house: House
  readonly items: ItemRegistry
  readonly admin: Database
  readonly urls: { readonly appUrl: string; readonly adminUrl: string; readonly sequencerUrl: string; readonly retentionUrl: string }
  readonly embedded: Embedded | null
  readonly demo: DemoMode
  /** Reads calendar, rules, procedures, organisations and items anew: after an import here or elsewhere. */
  reload(): Promise<void>
  /** Makes the guides in force findable; those unchanged are left alone. */
  indexItems(): Promise<void>
  close(): Promise<void>
}

export interface OpenOptions { readonly log: (line: string) => void; readonly time?: TimeSource; readonly poolMax?: number; readonly withLog?: boolean; readonly statementTimeoutMs?: number }

type Closer = () => Promise<unknown>

/**
 * Opens the database (the embedded one where none is named), brings it up to date and makes the house. Where that is refused,
 * everything opened on the way is closed again, so that the process can end.
 */
export async function openHouse(config: Config, options: OpenOptions): Promise<OpenHouse> {
  const closers: Closer[] = []
  const close = async (): Promise<void> => { for (const one of closers.splice(0).reverse()) await one() }
  try {
    return { ...await assemble(config, options, (one) => closers.push(one)), close }
  } catch (error) {
    await close().catch((also: unknown) => options.log(`while closing: ${String(also)}`))
    throw error
  }
}

async function assemble(config: Config, { log, time = systemTime, poolMax = 10, withLog = true, statementTimeoutMs }: OpenOptions, onClose: (one: Closer) => void): Promise<Omit<OpenHouse, 'close'>> {
  makeDataFolder(config.dataDir)
  const embedded = config.database === null ? await startEmbedded({ dataDir: config.dataDir, log }) : null
  if (embedded) onClose(() => embedded.stop())
  const urls = config.database ?? embedded!
  const admin = openDatabase(urls.adminUrl, { max: 2, name: 'mingtang admin' })
  onClose(() => admin.close())
  const { applied } = await migrate(admin, migrationSets(), { log })
  const demo = await demoMode(admin, config.demo, embedded !== null)
  if (applied.length > 0) await installQueue(admin, log)
  await upsertRoles(admin)
  await upsertClockRules(admin, [...CLOCK_RULES, ...CASE_CLOCK_RULES, ...REPLAY_CLOCK_RULES])

  const db = openDatabase(urls.appUrl, { max: poolMax, name: 'mingtang', ...(statementTimeoutMs === undefined ? {} : { statementTimeoutMs }), onLost: (error) => log(`database connection lost: ${error.message}`) })
  onClose(() => db.close())
  await finishRedating(db, time.now())
  let calendar: Calendar = await loadCalendar(db)
  let ruleOf: RuleOf = await loadRules(db)
  const procedures = await loadProcedures(db)
  const organisations = new OrganisationDirectory()
  await organisations.refresh(db)
  const items = await loadItems(db)
  const files = diskStore(db, join(config.dataDir, 'files'))
  const reads: ReadRecords = openReadRecords(db, { onError: (error) => log(`read records wait: ${String(error)}`) })
  const segment = jiebaSegmenter()
  onClose(() => reads.close())
  onClose(() => segment.close())

  const reload = async (): Promise<void> => {
    calendar = await loadCalendar(db)
    ruleOf = await loadRules(db)
    await Promise.all([procedures.refresh(db), organisations.refresh(db), items.refresh(db)])
  }
  const parts = { db, time, calendar: () => calendar, clockRule: (code: string, version?: number) => ruleOf(code, version), procedures, organisations }
  const flow = createFlow({ ...parts, kinds: kindsOf({ ...parts, items }), columnTypes: await loadColumnTypes(db), inputErrors, url: config.url, withLog })
  const house: House = { ...parts, url: config.url, dataDir: config.dataDir, demo: demo.isDemo, flow, files, reads, segment, log, reload }
  return {
    house, items, admin, urls, embedded, demo, reload,
    indexItems: async () => { await indexItems(db, segment, items, time.today()) },
  }
}

function makeDataFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw refuse('data-folder', { path, reason: (error as NodeJS.ErrnoException).code ?? String(error) })
  }
}
