import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { DOMAINS, KERNEL_ROOMS } from '../../architecture.ts'
import type { Database } from './database.ts'
import { refuse } from './errors.ts'
import { ROLES } from './roles.ts'
import { packageRoot } from './root.ts'

/** A module's migrations: its name is also the name of its PostgreSQL schema. */
export interface MigrationSet { readonly name: string; readonly folder: string }

export interface MigrateOptions {
  readonly log?: (line: string) => void
  /** How long a statement waits for a table lock before it gives way to the running service; default 3 s, five attempts. */
  readonly lockTimeoutMs?: number
}
export interface MigrateResult { readonly applied: readonly string[] }

/** `hashtext('mingtang.migrate')`-like constant: who holds this session lock migrates. */
const MIGRATION_LOCK = 7_024_811
const ATTEMPTS = 5
const FILE = /^\d{4}-[a-z0-9-]+\.sql$/
const GRANTS = 'grants.sql'
/** First line of a file that must run outside a transaction (`create index concurrently`). */
const NO_TRANSACTION = '-- outside a transaction'

/** The house's sets in the order of `architecture.ts`: kernel rooms, then domains, those that have migrations. */
export function migrationSets(names: readonly string[] = [...KERNEL_ROOMS, ...Object.keys(DOMAINS)]): MigrationSet[] {
  return names
    .map((name) => ({ name, folder: join(packageRoot(), (KERNEL_ROOMS as readonly string[]).includes(name) ? 'src/kernel' : 'src/domains', name, 'migrations') }))
    .filter((set) => existsSync(set.folder) && readdirSync(set.folder).some((name) => FILE.test(name)))
}

/**
 * Brings the database to the state of these sets: each file once, in order, in its own transaction, its checksum kept in
 * `db.migration`. Two callers at once: the second waits and finds nothing left to do. `admin` is the owner's login.
 * Refuses `db/migration-edited`, `db/migration-missing`, `db/migration-locked`, `db/migration-running`, `db/role-missing`, `db/server-too-old`.
 */
export async function migrate(admin: Database, sets: readonly MigrationSet[], options: MigrateOptions = {}): Promise<MigrateResult> {
  return admin.withClient(async (client) => {
    await demandVersion(client)
    await client.query("set lock_timeout = '120s'")
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]).catch((error: unknown) => {
      throw sqlState(error) === '55P03' ? refuse('migration-running', {}, { retryAfter: 10 }) : error
    })
    try {
      await client.query(`set lock_timeout = ${Math.trunc(options.lockTimeoutMs ?? 3000)}`)
      await prepare(client)
      const applied: string[] = []
      for (const set of sets) applied.push(...(await migrateSet(client, set, options.log ?? (() => undefined))))
      return { applied }
    } finally {
      // The connection goes back to the pool: neither lock nor timeout may stay on it. A broken one is thrown away by its pool.
      await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).then(() => client.query('reset lock_timeout'), () => undefined)
    }
  })
}

async function demandVersion(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ number: string; version: string }>("select current_setting('server_version_num') as number, current_setting('server_version') as version")
  if (Number(rows[0]!.number) < 150_000) throw refuse('server-too-old', { version: rows[0]!.version })
}

async function prepare(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>('select rolname from pg_roles where rolname = any($1)', [Object.values(ROLES)])
  for (const role of [ROLES.app, ROLES.sequencer, ROLES.retention]) {
    if (rows.some((row) => row.rolname === role)) continue
    await client.query(`create role ${role} nologin`).catch((error: unknown) => {
      const state = sqlState(error)
      if (state === '42710' || state === '23505') return // another database of this server made it meanwhile
      throw state === '42501' ? refuse('role-missing', { role }) : error
    })
  }
  const { rows: ready } = await client.query<{ there: string | null }>("select to_regclass('db.migration')::text as there")
  if (ready[0]!.there !== null) return
  await client.query(`
    begin;
    create schema if not exists db;
    create table if not exists db.migration (
      module     text not null,
      file       text not null,
      checksum   text not null check (length(checksum) = 64),
      applied_at timestamptz not null default now(),
      primary key (module, file)
    );
    comment on schema db is '数据库自身的登记';
    comment on table db.migration is '已执行的迁移文件';
    comment on column db.migration.module is '模块（即模式名）';
    comment on column db.migration.file is '文件名';
    comment on column db.migration.checksum is '文件内容的 SHA-256（十六进制）';
    comment on column db.migration.applied_at is '执行时刻';
    grant usage on schema db to ${ROLES.app};
    grant select on db.migration to ${ROLES.app};
    commit`)
}

async function migrateSet(client: pg.ClientBase, set: MigrationSet, log: (line: string) => void): Promise<string[]> {
  const files = migrationFiles(set)
  const { rows } = await client.query<{ file: string; checksum: string }>('select file, checksum from db.migration where module = $1', [set.name])
  const done = new Map(rows.map((row) => [row.file, row.checksum]))
  for (const file of done.keys()) {
    if (file !== GRANTS && !files.some((f) => f.file === file)) throw refuse('migration-missing', { module: set.name, file })
  }
  const applied: string[] = []
  for (const { file, sql, checksum } of files) {
    const before = done.get(file)
    if (before === checksum) continue
    if (before !== undefined) throw refuse('migration-edited', { module: set.name, file })
    log(`migrating ${set.name}/${file}`)
    await apply(client, set.name, file, sql, checksum)
    applied.push(`${set.name}/${file}`)
  }
  const grants = grantsOf(set)
  if (applied.length > 0 || done.get(GRANTS) !== grants.checksum) await grant(client, set.name, grants)
  return applied
}

/** The ordered files of a set; a name that is not `0001-what-it-does.sql` is a mistake in the tree. */
export function migrationFiles(set: MigrationSet): { readonly file: string; readonly sql: string; readonly checksum: string }[] {
  const names = readdirSync(set.folder).filter((name) => name.endsWith('.sql') && name !== GRANTS).sort()
  for (const [i, name] of names.entries()) {
    if (!FILE.test(name)) throw new Error(`${set.name}: migration ${name} is not named 0001-what-it-does.sql`)
    if (i > 0 && name.slice(0, 4) === names[i - 1]!.slice(0, 4)) throw new Error(`${set.name}: two migrations are numbered ${name.slice(0, 4)}`)
  }
  return names.map((file) => ({ file, ...read(join(set.folder, file)) }))
}

/** A module's `grants.sql`, or the default: the application reads and writes its tables. */
function grantsOf(set: MigrationSet): { readonly sql: string; readonly checksum: string } {
  const path = join(set.folder, GRANTS)
  if (existsSync(path)) return read(path)
  const sql = `
    grant usage on schema ${set.name} to ${ROLES.app};
    grant select, insert, update, delete on all tables in schema ${set.name} to ${ROLES.app};
    grant usage, select on all sequences in schema ${set.name} to ${ROLES.app};`
  return { sql, checksum: sha256(sql) }
}

/** Grants replace what was granted before, so that taking a line out of `grants.sql` takes the right away. */
async function grant(client: pg.ClientBase, module: string, { sql, checksum }: { sql: string; checksum: string }): Promise<void> {
  const roles = `${ROLES.app}, ${ROLES.sequencer}, ${ROLES.retention}`
  const revoke = module === 'db' ? '' : `
    revoke all on all tables in schema ${module} from ${roles};
    revoke all on all sequences in schema ${module} from ${roles};
    revoke all on schema ${module} from ${roles};`
  await inTransaction(client, async () => {
    await client.query(revoke + sql)
    await client.query(
      `insert into db.migration (module, file, checksum) values ($1, $2, $3)
       on conflict (module, file) do update set checksum = excluded.checksum, applied_at = now()`,
      [module, GRANTS, checksum],
    )
  })
}

async function apply(client: pg.ClientBase, module: string, file: string, sql: string, checksum: string): Promise<void> {
  const record = () => client.query('insert into db.migration (module, file, checksum) values ($1, $2, $3)', [module, file, checksum])
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (sql.startsWith(NO_TRANSACTION)) {
        await client.query(sql)
        await record()
      } else {
        await inTransaction(client, async () => {
          await client.query(sql)
          await record()
        })
      }
      return
    } catch (error) {
      if (sqlState(error) !== '55P03') throw named(error, `${module}/${file}`, sql)
      if (attempt === ATTEMPTS) throw refuse('migration-locked', { module, file }, { retryAfter: 60 })
      await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** attempt))
    }
  }
}

async function inTransaction(client: pg.ClientBase, work: () => Promise<unknown>): Promise<void> {
  await client.query('begin')
  try {
    await work()
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

function named(error: unknown, where: string, sql: string): unknown {
  if (!(error instanceof Error)) return error
  const position = 'position' in error ? Number(error.position) : Number.NaN
  const line = Number.isNaN(position) ? '' : `:${sql.slice(0, position).split('\n').length}`
  error.message = `migration ${where}${line}: ${error.message}`
  return error
}

const sqlState = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const read = (path: string) => {
  const sql = readFileSync(path, 'utf8')
  return { sql, checksum: sha256(sql) }
}
