import { afterAll, expect, test } from 'vitest'
import { scratch } from '../../../tests/scratch.ts'
import { installQueue } from '../jobs/queue.ts'
import { databaseChecks } from './doctor.ts'
import { migrate, migrationSets } from './migrate.ts'

const town = await scratch('all')
afterAll(() => town.close())

test('the whole house migrates, and every check of the database passes under the application login', async () => {
  expect((await databaseChecks(town.db)).filter((check) => !check.ok)).toEqual([])
})

test('a second start finds nothing to do', async () => {
  expect(await migrate(town.admin, migrationSets())).toEqual({ applied: [] })
  await installQueue(town.admin)
})

test('every schema of the house belongs to the owner', async () => {
  const rows = await town.admin.query<{ schema: string }>(`
    select nspname as schema from pg_namespace
    where nspname !~ '^pg_' and nspname not in ('information_schema', 'public') and nspowner <> 'mingtang_owner'::regrole`)
  expect(rows).toEqual([])
})

test('every table of our own says in Chinese what it is', async () => {
  const rows = await town.admin.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition
      and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public', 'graphile_worker')
      and coalesce(obj_description(c.oid, 'pg_class'), '') !~ '[一-鿿]'
    order by 1`)
  expect(rows.map((row) => row.name)).toEqual([])
})

test('every column of our own says in Chinese what it holds', async () => {
  const rows = await town.admin.query<{ name: string }>(`
    select format('%I.%I.%I', n.nspname, c.relname, a.attname) as name
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition
      and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public', 'graphile_worker')
      and coalesce(col_description(c.oid, a.attnum), '') !~ '[一-鿿]'
    order by 1`)
  expect(rows.map((row) => row.name)).toEqual([])
})
