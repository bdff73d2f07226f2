import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { type Database, openDatabase } from '../src/kernel/db/database.ts'
import { closeToPublic } from '../src/kernel/db/furnish.ts'
import { migrate, migrationFiles, type MigrationSet, migrationSets } from '../src/kernel/db/migrate.ts'
import { ROLES } from '../src/kernel/db/roles.ts'
import { installQueue } from '../src/kernel/jobs/queue.ts'
import { type SettableTime, settableTime } from '../src/kernel/time/time.ts'

export interface Scratch {
  /** The application's login. */
  readonly db: Database
  /** The owner's login. */
  readonly admin: Database
  readonly sequencer: Database
  readonly retention: Database
  readonly urls: { readonly app: string; readonly admin: string; readonly sequencer: string; readonly retention: string }
  readonly name: string
  /** Stands still at 2026-03-02 09:00 in Asia/Shanghai, an ordinary Monday, until it is set. */
  readonly time: SettableTime
  close(): Promise<void>
}

/** What a module must do beside its .sql files, e.g. the job queue's own tables. Part of the template. */
const INSTALL: Readonly<Record<string, (admin: Database) => Promise<void>>> = { jobs: (admin) => installQueue(admin) }

const TEMPLATE_LOCK = 7_024_812
/** Many at once over few connections are no refusal where the machine is slow. */
const PATIENT = { connectionTimeoutMs: 60_000 } as const

/**
 * A fresh database with the migrations of these modules, in this order; 'all' for the whole house. Made from a template that the
 * first caller builds, so that a test file pays a copy and no migration.
 */
export async function scratch(modules: readonly string[] | 'all' = 'all'): Promise<Scratch> {
  const server = inject('server')
  const sets = migrationSets(modules === 'all' ? undefined : modules)
  const master = new pg.Client({ connectionString: server.superUrl })
  await master.connect()
  const name = `s_${randomBytes(8).toString('hex')}`
  try {
    const template = await templateFor(master, sets)
    await master.query(`create database ${name} template ${template} owner ${ROLES.owner}`)
    await master.query(closeToPublic(name))
  } finally {
    await master.end()
  }
  const url = (role: string, password: string) => `postgres://${role}:${password}@127.0.0.1:${server.port}/${name}`
  const urls = {
    app: url(ROLES.app, server.app),
    admin: url(ROLES.owner, server.owner),
    sequencer: url(ROLES.sequencer, server.sequencer),
    retention: url(ROLES.retention, server.retention),
  }
  const db = openDatabase(urls.app, PATIENT)
  const admin = openDatabase(urls.admin, { ...PATIENT, max: 4 })
  const sequencer = openDatabase(urls.sequencer, { ...PATIENT, max: 2 })
  const retention = openDatabase(urls.retention, { ...PATIENT, max: 2 })
  return {
    db, admin, sequencer, retention, urls, name, time: settableTime('2026-03-02T09:00:00+08:00'),
    close: async () => {
      await Promise.all([db, admin, sequencer, retention].map((one) => one.close()))
      const last = new pg.Client({ connectionString: server.superUrl })
      await last.connect()
      await last.query(`drop database if exists ${name} with (force)`)
      await last.end()
    },
  }
}

/** The template of these sets, named after the hash of their files; built once per server, whoever comes first. */
async function templateFor(master: pg.Client, sets: readonly MigrationSet[]): Promise<string> {
  const hash = createHash('sha256')
  for (const set of sets) {
    for (const { file, checksum } of migrationFiles(set)) hash.update(`${set.name}/${file} ${checksum}\n`)
    const grants = join(set.folder, 'grants.sql')
    hash.update(`${set.name} ${existsSync(grants) ? readFileSync(grants, 'utf8') : ''}\n`)
  }
  const name = `t_${hash.digest('hex').slice(0, 24)}`
  await master.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK])
  try {
    const { rowCount } = await master.query('select 1 from pg_database where datname = $1 and datistemplate', [name])
    if (rowCount === 1) return name
    await master.query(`drop database if exists ${name}`)
    await master.query(`create database ${name} owner ${ROLES.owner}`)
    const server = inject('server')
    const admin = openDatabase(`postgres://${ROLES.owner}:${server.owner}@127.0.0.1:${server.port}/${name}`, { max: 2 })
    try {
      await migrate(admin, sets)
      for (const set of sets) await INSTALL[set.name]?.(admin)
    } finally {
      await admin.close()
    }
    await master.query(`alter database ${name} is_template true`)
    return name
  } finally {
    await master.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK])
  }
}
