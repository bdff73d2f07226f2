import { afterAll, expect, test } from 'vitest'
import { scratch } from '../../../tests/scratch.ts'
import { databaseChecks } from './doctor.ts'

const town = await scratch(['ledger'])
afterAll(() => town.close())
const failing = async (db = town.db) => (await databaseChecks(db)).filter((check) => !check.ok).map((check) => check.name)

test('as delivered only the migrations of the other modules are missing here', async () => {
  expect(await failing()).toEqual(['database.migrations'])
})

test('the owner serving as the application is found out', async () => {
  expect(await failing(town.admin)).toEqual(['database.app-owns-nothing', 'database.log-append-only', 'database.migrations'])
})

test('a right to change the log is found out', async () => {
  await town.admin.query('grant update on ledger.entry to mingtang_app')
  const check = (await databaseChecks(town.db)).find((c) => c.name === 'database.log-append-only')
  expect(check).toEqual({ name: 'database.log-append-only', ok: false, detail: 'the application login has update on ledger.entry' })
  await town.admin.query('revoke update on ledger.entry from mingtang_app')
})
