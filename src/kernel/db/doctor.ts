import type { Database } from './database.ts'
import { migrationFiles, migrationSets } from './migrate.ts'
import { ROLES } from './roles.ts'

/** One line of `doctor`: `detail` says what was found, and where it is not `ok` what to do. */
export interface Check { readonly name: string; readonly ok: boolean; readonly detail: string }

/** What must be true of the database under the application's own login. Reads only. */
export async function databaseChecks(db: Database): Promise<Check[]> {
  return [
    await serverVersion(db),
    await setting(db, 'fsync', ['on'], 'an acknowledged act could be lost with the power'),
    await setting(db, 'synchronous_commit', ['on', 'remote_write', 'remote_apply', 'local'], 'an acknowledged act could be lost with the power'),
    await setting(db, 'full_page_writes', ['on'], 'a torn page could not be recovered'),
    await ownsNothing(db),
    await logIsAppendOnly(db),
    await notSuperuser(db),
    await migrationsComplete(db),
  ]
}

async function serverVersion(db: Database): Promise<Check> {
  const [row] = await db.query<{ number: number; version: string }>("select current_setting('server_version_num')::integer as number, current_setting('server_version') as version")
  return { name: 'database.version', ok: row!.number >= 150_000, detail: `PostgreSQL ${row!.version}${row!.number >= 150_000 ? '' : '; 15 is the lowest supported'}` }
}

async function setting(db: Database, name: string, good: readonly string[], danger: string): Promise<Check> {
  const [row] = await db.query<{ value: string }>('select current_setting($1) as value', [name])
  const ok = good.includes(row!.value)
  return { name: `database.${name}`, ok, detail: `${name} = ${row!.value}${ok ? '' : `: ${danger}`}` }
}

async function ownsNothing(db: Database): Promise<Check> {
  const rows = await db.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname !~ '^(pg_|information_schema)' and pg_has_role(current_user, c.relowner, 'usage')
    order by 1
    limit 5`)
  return {
    name: 'database.app-owns-nothing',
    ok: rows.length === 0,
    detail: rows.length === 0 ? 'the application login owns no table' : `the application login owns ${rows.map((r) => r.name).join(', ')}: give the tables to ${ROLES.owner} and set DATABASE_ADMIN_URL`,
  }
}

/** Entries and positions may be added and read, never changed; also not truncated, and pending is emptied by the sequencer alone. */
async function logIsAppendOnly(db: Database): Promise<Check> {
  const rows = await db.query<{ what: string }>(`
    select format('%s on %s', privilege, c.oid::regclass) as what
    from (values
      ('entry', 'update'), ('entry', 'delete'), ('entry', 'truncate'),
      ('position', 'insert'), ('position', 'update'), ('position', 'delete'), ('position', 'truncate'),
      ('pending', 'delete'), ('pending', 'truncate'), ('opening', 'update'), ('opening', 'delete'), ('opening', 'truncate')
    ) as forbidden (name, privilege)
    join pg_namespace n on n.nspname = 'ledger'
    join pg_class c on c.relnamespace = n.oid and c.relname = forbidden.name
    where has_table_privilege(c.oid, privilege)`)
  return {
    name: 'database.log-append-only',
    ok: rows.length === 0,
    detail: rows.length === 0 ? 'the application login can neither change nor delete what is in the log' : `the application login has ${rows.map((r) => r.what).join(', ')}`,
  }
}

async function notSuperuser(db: Database): Promise<Check> {
  const [row] = await db.query<{ super: boolean; name: string }>('select rolsuper as super, rolname as name from pg_roles where rolname = current_user')
  return { name: 'database.app-not-superuser', ok: !row!.super, detail: row!.super ? `${row!.name} is a superuser: no right of the log holds against it` : `${row!.name} is an ordinary login` }
}

async function migrationsComplete(db: Database): Promise<Check> {
  const name = 'database.migrations'
  const [there] = await db.query<{ ok: boolean }>("select to_regclass('db.migration') is not null as ok")
  if (!there!.ok) return { name, ok: false, detail: 'no migration has run' }
  const done = new Map((await db.query<{ id: string; checksum: string }>("select module || '/' || file as id, checksum from db.migration")).map((r) => [r.id, r.checksum]))
  const files = migrationSets().flatMap((set) => migrationFiles(set).map(({ file, checksum }) => ({ id: `${set.name}/${file}`, checksum })))
  const missing = files.filter(({ id }) => !done.has(id)).map(({ id }) => id)
  const edited = files.filter(({ id, checksum }) => done.has(id) && done.get(id) !== checksum).map(({ id }) => id)
  const ok = missing.length === 0 && edited.length === 0
  return { name, ok, detail: ok ? `${files.length} migrations, all run` : [...missing.map((id) => `${id} has not run`), ...edited.map((id) => `${id} was edited`)].join('; ') }
}
