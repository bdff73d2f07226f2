import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { signal } from '../../src/kernel/db/processes.ts'
import { type Clone, cloneFor, ordinaryUser, ownerOf, self } from './clone.ts'

const isRoot = process.getuid?.() === 0
/** Install, build, initdb, migrations and the demo district. */
const FIRST_START_MS = 400_000
/** The promise: ready in under five seconds from the command once everything is there. */
const NEXT_START_MS = 5000

describe.each(
  isRoot
    ? [
        { who: 'root, under a folder that only root may enter', ordinary: false, closed: true },
        { who: 'an ordinary user', ordinary: true, closed: false },
      ]
    : [{ who: 'the user running this test (it is not root, so root is not tried)', ordinary: false, closed: true }],
)('npm start in a fresh clone, as $who', ({ ordinary, closed }) => {
  let clone: Clone
  let dismiss = () => {}
  beforeAll(async () => {
    const user = ordinary ? ordinaryUser() : { person: self(), dismiss: () => {} }
    dismiss = user.dismiss
    clone = await cloneFor(user.person, { closed })
  })
  afterAll(async () => {
    await clone.remove()
    dismiss()
  })

  const serves = async () => {
    expect((await clone.get('/healthz')).status).toBe(200)
    expect((await clone.get('/readyz')).status).toBe(200)
  }

  test('the first start sets everything up and serves', async () => {
    const ms = await clone.start(FIRST_START_MS)
    console.log(`first start: ${(ms / 1000).toFixed(1)} s`)
    await serves()
    expect(clone.database().length).toBeGreaterThan(0)
    for (const pid of clone.database()) expect(ownerOf(`/proc/${pid}`)).not.toBe(0)
  })

  test('Ctrl-C ends the server and its database, and nothing is left running', async () => {
    await clone.interrupt()
    expect(clone.database()).toEqual([])
    await expect(clone.get('/healthz')).rejects.toThrow()
  })

  test('the second start is ready in under five seconds', async () => {
    const ms = await clone.start(60_000)
    await serves()
    console.log(`second start: ${(ms / 1000).toFixed(1)} s`)
    expect(ms).toBeLessThan(NEXT_START_MS)
  })

  test('kill -9 of the server: the next start uses the database that was left running', async () => {
    const before = clone.database()
    signal(clone.serverPid(), 'SIGKILL')
    await clone.start(60_000)
    await serves()
    expect(clone.database()).toContain(Math.min(...before))
  })

  test('kill -9 of server and database: the next start recovers', async () => {
    signal(clone.serverPid(), 'SIGKILL')
    for (const pid of clone.database()) signal(pid, 'SIGKILL')
    await clone.start(60_000)
    await serves()
  })

  test('kill -9 of the database alone: the service stays up and is ready again by itself', async () => {
    for (const pid of clone.database()) signal(pid, 'SIGKILL')
    expect((await clone.get('/healthz')).status).toBe(200)
    await vi.waitFor(async () => expect(clone.database().length).toBeGreaterThan(0), { timeout: 15_000, interval: 100 })
    await vi.waitFor(async () => expect((await clone.get('/readyz')).status).toBe(200), { timeout: 15_000, interval: 100 })
    expect((await clone.get('/healthz')).status).toBe(200)
  })

  test('and Ctrl-C still ends it cleanly', async () => {
    await clone.interrupt()
    expect(clone.database()).toEqual([])
  })
})
