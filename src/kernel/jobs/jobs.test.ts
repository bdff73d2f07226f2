import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { scratch } from '../../../tests/scratch.ts'
import { jobHealth } from './health.ts'
import { startJobs, type Jobs } from './jobs.ts'
import { enqueue } from './queue.ts'

const town = await scratch(['ledger', 'jobs'])
const running: Jobs[] = []
const start = async (options: Omit<Parameters<typeof startJobs>[0], 'url'>) => {
  const jobs = await startJobs({ url: town.urls.app, ...options })
  running.push(jobs)
  return jobs
}
afterEach(async () => {
  await Promise.all(running.splice(0).map((jobs) => jobs.stop()))
})
afterAll(() => town.close())

test('the application owns nothing of the queue and can use it', async () => {
  const done: unknown[] = []
  await start({ tasks: { post: async (payload) => { done.push(payload) } } })
  await enqueue(town.db, 'post', { letter: 1 })
  await vi.waitFor(() => expect(done).toEqual([{ letter: 1 }]), 5000)
  expect(await town.db.query("select tableowner from pg_tables where schemaname in ('graphile_worker', 'jobs') and tableowner = 'mingtang_app'")).toEqual([])
})

test('work that fails is tried again with its error on show', async () => {
  let attempts = 0
  await start({ tasks: { brittle: async () => {
    attempts += 1
    if (attempts === 1) throw new Error('the printer is out of paper')
  } } })
  await enqueue(town.db, 'brittle', {})
  await vi.waitFor(async () => expect((await jobHealth(town.db)).failures).toMatchObject([{ task: 'brittle', attempts: 1, error: 'the printer is out of paper' }]), 5000)
  await vi.waitFor(() => expect(attempts).toBe(2), 10_000)
  await vi.waitFor(async () => {
    const health = await jobHealth(town.db)
    expect(health.tasks.find((t) => t.task === 'brittle')).toMatchObject({ runs: 2, failures: 1, lastError: 'Error: the printer is out of paper' })
    expect(health.queued).toBe(0)
  }, 5000)
})

test('work given up after its last attempt counts as failed', async () => {
  await start({ tasks: { hopeless: async () => { throw new Error('never') } } })
  await enqueue(town.db, 'hopeless', {}, { maxAttempts: 1 })
  await vi.waitFor(async () => expect((await jobHealth(town.db)).failed).toBe(1), 5000)
})

test('two processes with one schedule: each tick runs once', async () => {
  const ran: string[] = []
  const tasks = (who: string) => ({ sweep: async () => { ran.push(who) } })
  await start({ tasks: tasks('first'), schedules: [{ task: 'sweep', everySeconds: 3600 }] })
  await start({ tasks: tasks('second'), schedules: [{ task: 'sweep', everySeconds: 3600 }] })
  await vi.waitFor(() => expect(ran).toHaveLength(1), 5000)
  await new Promise((resolve) => setTimeout(resolve, 1500))
  expect(ran).toHaveLength(1)
})

test('when all its connections are cut the queue comes back by itself', async () => {
  const done: unknown[] = []
  await start({ tasks: { after: async (payload) => { done.push(payload) } } })
  await town.db.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = current_user and pid <> pg_backend_pid()')
  await enqueue(town.db, 'after', { n: 1 })
  await vi.waitFor(() => expect(done).toEqual([{ n: 1 }]), 15_000)
})

test('a schedule for a task that nobody offers does not start', async () => {
  await expect(startJobs({ url: town.urls.app, tasks: {}, schedules: [{ task: 'ghost', everySeconds: 1 }] })).rejects.toThrow('names the task ghost')
})
