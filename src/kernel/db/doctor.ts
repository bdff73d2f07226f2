import type { Bilingual } from '../../base/text.ts'
import type { Database } from './database.ts'
import { migrationFiles, migrationSets } from './migrate.ts'
import { ROLES } from './roles.ts'

/** One line of `doctor`: `detail` says what was found, and where it is not `ok` what to do. */
export interface Check { readonly name: string; readonly ok: boolean; readonly detail: string }

/** A check as screens show it, in both languages. */
export interface Finding { readonly name: string; readonly ok: boolean; readonly said: Bilingual }

const LOST: Bilingual = { zh: '断电时可能丢失已经确认的行为', en: 'an acknowledged act could be lost with the power' }

/** As `databaseFindings`, in the English of logs and of `doctor --json`. */
export const databaseChecks = async (db: Database): Promise<Check[]> => (await databaseFindings(db)).map(({ name, ok, said }) => ({ name, ok, detail: said.en }))

/** What must be true of the database under the application's own login. Reads only. */
export async function databaseFindings(db: Database): Promise<Finding[]> {
  return [
    await serverVersion(db),
    await setting(db, 'fsync', ['on'], LOST),
    await setting(db, 'synchronous_commit', ['on', 'remote_write', 'remote_apply', 'local'], LOST),
    await setting(db, 'full_page_writes', ['on'], { zh: '写坏的数据页将无法恢复', en: 'a torn page could not be recovered' }),
    await ownsNothing(db),
    await logIsAppendOnly(db),
    await notSuperuser(db),
    await migrationsComplete(db),
  ]
}

async function serverVersion(db: Database): Promise<Finding> {
  const [row] = await db.query<{ number: number; version: string }>("select current_setting('server_version_num')::integer as number, current_setting('server_version') as version")
  const ok = row!.number >= 150_000
  return { name: 'database.version', ok, said: { zh: `PostgreSQL ${row!.version}${ok ? '' : '；最低须为 15'}`, en: `PostgreSQL ${row!.version}${ok ? '' : '; 15 is the lowest supported'}` } }
}

async function setting(db: Database, name: string, good: readonly string[], danger: Bilingual): Promise<Finding> {
  const [row] = await db.query<{ value: string }>('select current_setting($1) as value', [name])
  const ok = good.includes(row!.value)
  return { name: `database.${name}`, ok, said: { zh: `${name} = ${row!.value}${ok ? '' : `：${danger.zh}`}`, en: `${name} = ${row!.value}${ok ? '' : `: ${danger.en}`}` } }
}

async function ownsNothing(db: Database): Promise<Finding> {
  const rows = await db.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname !~ '^(pg_|information_schema)' and pg_has_role(current_user, c.relowner, 'usage')
    order by 1
    limit 5`)
  const names = rows.map((r) => r.name)
  return {
    name: 'database.app-owns-nothing',
    ok: rows.length === 0,
    said: rows.length === 0 ? { zh: '应用登录不拥有任何表', en: 'the application login owns no table' } : {
      zh: `应用登录拥有 ${names.join('、')}：请把表交给 ${ROLES.owner}，并设置 DATABASE_ADMIN_URL`,
      en: `the application login owns ${names.join(', ')}: give the tables to ${ROLES.owner} and set DATABASE_ADMIN_URL`,
    },
  }
}

/** Entries and positions may be added and read, never changed; also not truncated, and pending is emptied by the sequencer alone. */
async function logIsAppendOnly(db: Database): Promise<Finding> {
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
  const rights = rows.map((r) => r.what)
  return {
    name: 'database.log-append-only',
    ok: rows.length === 0,
    said: rows.length === 0 ? { zh: '应用登录既不能修改也不能删除日志中的内容', en: 'the application login can neither change nor delete what is in the log' } : {
      zh: `应用登录多了这些权限：${rights.join('、')}`, en: `the application login has ${rights.join(', ')}`,
    },
  }
}

async function notSuperuser(db: Database): Promise<Finding> {
  const [row] = await db.query<{ super: boolean; name: string }>('select rolsuper as super, rolname as name from pg_roles where rolname = current_user')
  return { name: 'database.app-not-superuser', ok: !row!.super, said: row!.super
    ? { zh: `${row!.name} 是超级用户：日志的权限限制对它不起作用`, en: `${row!.name} is a superuser: no right of the log holds against it` }
    : { zh: `${row!.name} 是普通登录`, en: `${row!.name} is an ordinary login` } }
}

async function migrationsComplete(db: Database): Promise<Finding> {
  const name = 'database.migrations'
  const [there] = await db.query<{ ok: boolean }>("select to_regclass('db.migration') is not null as ok")
  if (!there!.ok) return { name, ok: false, said: { zh: '还没有运行过迁移', en: 'no migration has run' } }
  const done = new Map((await db.query<{ id: string; checksum: string }>("select module || '/' || file as id, checksum from db.migration")).map((r) => [r.id, r.checksum]))
  const files = migrationSets().flatMap((set) => migrationFiles(set).map(({ file, checksum }) => ({ id: `${set.name}/${file}`, checksum })))
  const missing = files.filter(({ id }) => !done.has(id)).map(({ id }) => id)
  const edited = files.filter(({ id, checksum }) => done.has(id) && done.get(id) !== checksum).map(({ id }) => id)
  const ok = missing.length === 0 && edited.length === 0
  return { name, ok, said: ok ? { zh: `${files.length} 个迁移，全部已运行`, en: `${files.length} migrations, all run` } : {
    zh: [...missing.map((id) => `${id} 没有运行`), ...edited.map((id) => `${id} 被改过`)].join('；'),
    en: [...missing.map((id) => `${id} has not run`), ...edited.map((id) => `${id} was edited`)].join('; '),
  } }
}
