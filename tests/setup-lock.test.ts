import { existsSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { packageRoot } from '../src/kernel/db/root.ts'

interface SetupLock { readonly lockFile: string; readonly withSetupLock: <T>(work: () => Promise<T>, lock?: string) => Promise<T> }
const { withSetupLock, lockFile } = (await import(pathToFileURL(join(packageRoot(), 'scripts/setup-lock.mjs')).href)) as SetupLock
const lock = `${lockFile}-${process.pid}-test`
afterEach(() => rmSync(lock, { force: true }))
const long = new Date(Date.now() - 60_000)

test('one sets up at a time, and the lock goes with the work, also where it fails', async () => {
  const order: string[] = []
  const both = ['first', 'second'].map((who) => withSetupLock(async () => {
    order.push(`${who} begins`)
    await new Promise((resolve) => setTimeout(resolve, 20))
    order.push(`${who} ends`)
  }, lock))
  await Promise.all(both)
  expect(order).toEqual(['first begins', 'first ends', 'second begins', 'second ends'])
  await expect(withSetupLock(() => Promise.reject(new Error('no network')), lock)).rejects.toThrow('no network')
  expect(existsSync(lock)).toBe(false)
})

test.each([
  ['of a process that is no more', '4194304-1'], ['whose number somebody else has by now', `${process.pid}-1`], ['that its writer died over, empty', ''], ['of an earlier release, of a process that is no more', '4194304'],
])('a lock %s is void', async (_which, content) => {
  writeFileSync(lock, content)
  utimesSync(lock, long, long)
  expect(await withSetupLock(async () => readFileSync(lock, 'utf8').startsWith(`${process.pid}-`), lock)).toBe(true)
})
