import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { scratch } from '../../../tests/scratch.ts'
import { jobHealth } from './health.ts'
import { startJobs, type Jobs } from './jobs.ts'
import { enqueue } from './queue.ts'
import { signOfLife } from './workers.ts'

const town = await scratch(['ledger', 'jobs'])
const running: Jobs[] = []
/** Nothing here takes long; a machine that is busy with other things may. */
const LONG_MS = 20_000
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
  await vi.waitFor(() => expect(done).toEqual([{ letter: 1 }]), LONG_MS)
  expect(await town.db.query("select tableowner from pg_tables where schemaname in ('graphile_worker', 'jobs') and tableowner = 'mingtang_app'")).toEqual([])
})

test('work that fails is tried again with its error on show', async () => {
  let attempts = 0
  let refill = () => {}
  const refilled = new Promise<void>((resolve) => { refill = resolve })
  await start({ tasks: { brittle: async () => {
    attempts += 1
    if (attempts === 1) throw new Error('the printer is out of paper')
    await refilled
  } } })
  await enqueue(town.db, 'brittle', {})
  // By then it may be at its second attempt, which does not end before it was looked at.
  await vi.waitFor(async () => expect((await jobHealth(town.db)).failures).toMatchObject([{ task: 'brittle', attempts: expect.any(Number), error: 'the printer is out of paper' }]), LONG_MS)
  refill()
  await vi.waitFor(() => expect(attempts).toBe(2), LONG_MS)
  await vi.waitFor(async () => {
    const health = await jobHealth(town.db)
    expect(health.tasks.find((t) => t.task === 'brittle')).toMatchObject({ runs: 2, failures: 1, lastError: 'Error: the printer is out of paper' })
    expect(health.queued).toBe(0)
  }, LONG_MS)
})

test('work given up after its last attempt counts as failed', async () => {
  await start({ tasks: { hopeless: async () => { throw new Error('never') } } })
  await enqueue(town.db, 'hopeless', {}, { maxAttempts: 1 })
  await vi.waitFor(async () => expect((await jobHealth(town.db)).failed).toBe(1), LONG_MS)
})

test('two processes with one schedule: each tick runs once', async () => {
  const ran: string[] = []
  const tasks = (who: string) => ({ sweep: async () => { ran.push(who) } })
  await start({ tasks: tasks('first'), schedules: [{ task: 'sweep', everySeconds: 3600 }] })
  await start({ tasks: tasks('second'), schedules: [{ task: 'sweep', everySeconds: 3600 }] })
  await vi.waitFor(() => expect(ran).toHaveLength(1), LONG_MS)
  await new Promise((resolve) => setTimeout(resolve, 1500))
  expect(ran).toHaveLength(1)
})

test('when all its connections are cut the queue comes back by itself', async () => {
  const done: unknown[] = []
  await start({ tasks: { after: async (payload) => { done.push(payload) } } })
  await town.db.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = current_user and pid <> pg_backend_pid()')
  await enqueue(town.db, 'after', { n: 1 })
  await vi.waitFor(() => expect(done).toEqual([{ n: 1 }]), LONG_MS)
})

test('what a killed process held is done by another, and so is what waited behind it', async () => {
  const done: unknown[] = []
  await enqueue(town.db, 'halved', { n: 1 }, { queue: 'one after the other' })
  await enqueue(town.db, 'halved', { n: 2 }, { queue: 'one after the other' })
  // As the queue stands when its process was killed half a minute ago in the middle of the first.
  await town.db.query(`
    with job as (
      update graphile_worker._private_jobs set locked_by = 'worker-killed', locked_at = now() - interval '31 seconds', attempts = 1
      where payload ->> 'n' = '1' and task_id = (select id from graphile_worker._private_tasks where identifier = 'halved')
      returning job_queue_id)
    update graphile_worker._private_job_queues q set locked_by = 'worker-killed', locked_at = now() - interval '31 seconds' from job where q.id = job.job_queue_id`)
  await start({ tasks: { halved: async (payload) => { done.push(payload) } } })
  await vi.waitFor(() => expect(done).toEqual([{ n: 1 }, { n: 2 }]), LONG_MS)
})

test('what a living process holds is left to it', async () => {
  await start({ tasks: { long: async () => undefined } })
  await enqueue(town.db, 'elsewhere', {})
  await town.db.query(`insert into jobs.worker values ('worker-elsewhere', now())`)
  const held = `select locked_by from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'elsewhere'`
  await town.db.query(`update graphile_worker._private_jobs set locked_by = 'worker-elsewhere', locked_at = now() - interval '1 hour' where task_id = (select id from graphile_worker._private_tasks where identifier = 'elsewhere')`)
  expect(await signOfLife(town.db, ['worker-here'])).toEqual([])
  expect(await town.db.query(held)).toEqual([{ locked_by: 'worker-elsewhere' }])
  await town.db.query(`update jobs.worker set seen_at = now() - interval '31 seconds' where id = 'worker-elsewhere'`)
  await signOfLife(town.db, ['worker-here'])
  expect(await town.db.query(held)).toEqual([{ locked_by: null }])
})

test.each(['well', 'ill'])('an outcome that cannot be written ends nothing but the queue, which starts again: a job that went %s', async (how) => {
  const lines: string[] = []
  let attempts = 0
  await start({ log: (line) => lines.push(line), tasks: { unwritten: async () => {
    attempts += 1
    if (attempts > 1) return
    await town.admin.query('alter table graphile_worker._private_jobs rename to away')
    if (how === 'ill') throw new Error('the database is leaving')
  } } })
  await enqueue(town.db, 'unwritten', { how })
  await vi.waitFor(() => expect(lines.filter((line) => line.startsWith('jobs: Runner stopping'))).toHaveLength(1), LONG_MS)
  await town.admin.query('alter table graphile_worker.away rename to _private_jobs')
  // As half a minute later, when the worker that held it has given no sign of life.
  await town.db.query(`update jobs.worker set seen_at = now() - interval '31 seconds'`)
  await town.db.query(`update graphile_worker._private_jobs set locked_at = now() - interval '31 seconds', run_at = now() where locked_by is not null`)
  await signOfLife(town.db, [])
  await vi.waitFor(() => expect(attempts).toBe(2), LONG_MS)
})

test('a schedule for a task that nobody offers does not start', async () => {
  await expect(startJobs({ url: town.urls.app, tasks: {}, schedules: [{ task: 'ghost', everySeconds: 1 }] })).rejects.toThrow('names the task ghost')
})
