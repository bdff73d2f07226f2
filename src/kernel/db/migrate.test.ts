import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { scratch, type Scratch } from '../../../tests/scratch.ts'
import { migrate, type MigrationSet } from './migrate.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingtang-migrations-'))
const towns: Scratch[] = []
afterAll(async () => {
  await Promise.all(towns.map((town) => town.close()))
  rmSync(folder, { recursive: true, force: true })
})

let town: Scratch
beforeEach(async () => {
  town = await scratch([])
  towns.push(town)
})

let count = 0
function set(name: string, files: Record<string, string>): MigrationSet {
  const place = join(folder, String((count += 1)))
  mkdirSync(place)
  for (const [file, sql] of Object.entries(files)) writeFileSync(join(place, file), sql)
  return { name, folder: place }
}
const PARK = { '0001-create-bench.sql': 'create schema park; create table park.bench (n integer primary key);' }

test('each file runs once, in order; the application may use the tables and owns none', async () => {
  const park = set('park', { ...PARK, '0002-add-colour.sql': "alter table park.bench add colour text not null default 'red';" })
  expect(await migrate(town.admin, [park])).toEqual({ applied: ['park/0001-create-bench.sql', 'park/0002-add-colour.sql'] })
  expect(await migrate(town.admin, [park])).toEqual({ applied: [] })
  await town.db.query('insert into park.bench values (1)')
  expect(await town.db.query('select * from park.bench')).toEqual([{ n: 1, colour: 'red' }])
  await expect(town.db.query('drop table park.bench')).rejects.toThrow(/must be owner/)
  await expect(town.sequencer.query('select * from park.bench')).rejects.toThrow(/permission denied/)
})

test('grants.sql replaces the default, and a changed grants.sql replaces the rights given before', async () => {
  await migrate(town.admin, [set('park', PARK)])
  await town.db.query('insert into park.bench values (1)')
  await migrate(town.admin, [set('park', { ...PARK, 'grants.sql': 'grant usage on schema park to mingtang_app; grant select on park.bench to mingtang_app;' })])
  expect(await town.db.query('select * from park.bench')).toEqual([{ n: 1 }])
  await expect(town.db.query('insert into park.bench values (2)')).rejects.toThrow(/permission denied/)
})

test('an edited shipped migration is refused by name', async () => {
  await migrate(town.admin, [set('park', PARK)])
  const edited = set('park', { '0001-create-bench.sql': 'create schema park; create table park.bench (n bigint primary key);' })
  await expect(migrate(town.admin, [edited])).rejects.toMatchObject({ code: 'db/migration-edited', slots: { module: 'park', file: '0001-create-bench.sql' } })
})

test('a program older than its database is refused', async () => {
  await migrate(town.admin, [set('park', { ...PARK, '0002-add-tree.sql': 'create table park.tree (n integer);' })])
  await expect(migrate(town.admin, [set('park', PARK)])).rejects.toMatchObject({ code: 'db/migration-missing', slots: { file: '0002-add-tree.sql' } })
})

test('a file that fails leaves nothing of itself and names itself', async () => {
  const park = set('park', { ...PARK, '0002-break.sql': 'create table park.tree (n integer); select 1/0;' })
  await expect(migrate(town.admin, [park])).rejects.toThrow('migration park/0002-break.sql: division by zero')
  expect(await town.admin.query("select to_regclass('park.tree') as tree, to_regclass('park.bench')::text as bench")).toEqual([{ tree: null, bench: 'park.bench' }])
})

test('two at once: one migrates, the other waits and finds nothing to do', async () => {
  const park = set('park', { '0001-create-bench.sql': 'create schema park; select pg_sleep(0.3); create table park.bench (n integer);' })
  const results = await Promise.all([migrate(town.admin, [park]), migrate(town.admin, [park])])
  expect(results.map((r) => r.applied.length).sort()).toEqual([0, 1])
})

test('a migration gives way to a long transaction of the running service, and goes on when it is over', async () => {
  await migrate(town.admin, [set('park', PARK)])
  const more = set('park', { ...PARK, '0002-add-colour.sql': 'alter table park.bench add colour text;' })
  let finish = () => {}
  const over = new Promise<void>((resolve) => { finish = resolve })
  const service = town.db.transaction(async (tx) => {
    await tx.query('insert into park.bench values (1)')
    await over
  })
  await new Promise((resolve) => setTimeout(resolve, 50))
  const migrating = migrate(town.admin, [more], { lockTimeoutMs: 50 })
  setTimeout(finish, 500)
  expect(await migrating).toEqual({ applied: ['park/0002-add-colour.sql'] })
  await service
})

test('an index may be made outside a transaction', async () => {
  const park = set('park', { ...PARK, '0002-index.sql': '-- outside a transaction\ncreate index concurrently bench_n on park.bench (n);' })
  expect((await migrate(town.admin, [park])).applied).toHaveLength(2)
})

test('a file out of the naming order is a mistake in the tree', async () => {
  await expect(migrate(town.admin, [set('park', { 'create.sql': '' })])).rejects.toThrow('is not named 0001-what-it-does.sql')
  await expect(migrate(town.admin, [set('park', { '0001-a.sql': '', '0001-b.sql': '' })])).rejects.toThrow('two migrations are numbered 0001')
})
