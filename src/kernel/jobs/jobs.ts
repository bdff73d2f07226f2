import { EventEmitter } from 'node:events'
import { parseCronItems, run, type Runner, type WorkerEvents } from 'graphile-worker'
import { type Database, openDatabase } from '../db/database.ts'
import { queueLogger } from './queue.ts'
import { announceSchedules, enqueueDue } from './schedule.ts'
import { SIGN_EVERY_MS, signOfLife } from './workers.ts'

/** What a task does with its payload. It may run more than once for one payload; it throws to be tried again later. */
export type Task = (payload: unknown) => Promise<void>

/** When a task runs by itself: every so many seconds, or by a cron line in UTC. Neither carries legal time. */
export type Schedule =
  | { readonly task: string; readonly everySeconds: number; readonly cron?: never }
  | { readonly task: string; readonly cron: string; readonly everySeconds?: never }

export interface JobsOptions {
  /** The application's login. */
  readonly url: string
  readonly tasks: Readonly<Record<string, Task>>
  readonly schedules?: readonly Schedule[]
  /** Jobs at the same time; default 2. */
  readonly concurrency?: number
  readonly log?: (line: string) => void
}

export interface Jobs {
  /** Takes no new job, waits for the running ones, closes its connections. */
  stop(): Promise<void>
}

const TICK_MS = 1000

/**
 * Runs the queue in this process. Any number of processes may: each job is done by one of them. While the database is away it
 * waits and goes on by itself. What a killed process held is done by another within a minute.
 */
export async function startJobs({ url, tasks, schedules = [], concurrency = 2, log = () => undefined }: JobsOptions): Promise<Jobs> {
  for (const { task } of schedules) if (!(task in tasks)) throw new Error(`a schedule names the task ${task}, which nobody offers`)
  const db = openDatabase(url, { max: concurrency + 3, name: 'mingtang jobs' })
  const taskList = Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, (payload: unknown) => watched(db, name, () => task(payload))]))
  const seconds = schedules.filter((s) => s.everySeconds !== undefined)
  const cronItems = parseCronItems(schedules.filter((s) => s.cron !== undefined).map(({ task, cron }) => ({ task, match: cron, options: { queueName: `schedule ${task}`, jobKey: `schedule ${task}` } })))
  let workers: string[] = []
  const start = (): Promise<Runner> => {
    const events: WorkerEvents = new EventEmitter()
    workers = []
    events.on('worker:create', ({ worker }) => workers.push(worker.workerId))
    return run({
      pgPool: db.pool, taskList, parsedCronItems: cronItems, concurrency, noHandleSignals: true, pollInterval: 2000, logger: queueLogger(log), events,
      // Without a delay of its own the outcome of a job is written by a promise that nobody waits for: were the database away just then,
      // its rejection would end the program. With one the queue stops, and is started again below.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    })
  }

  await announceSchedules(db, seconds)
  let stopping = false
  let runner: Runner = await start()
  const supervised = (async () => {
    while (!stopping) {
      // The queue gives up after some failures in a row; the house does not.
      await runner.promise.catch((error: unknown) => log(`jobs: the queue stopped: ${String(error)}`))
      while (!stopping) {
        await pause(2000)
        if (stopping) return
        const again = await start().catch((error: unknown) => log(`jobs: the queue cannot start yet: ${String(error)}`))
        if (again) {
          runner = again
          break
        }
      }
    }
  })()

  const ticked = lasting((fault) => log(`jobs: schedules: ${fault}`))
  let ticking = Promise.resolve()
  const ticker = seconds.length === 0 ? undefined : setInterval(() => {
    ticking = ticking.then(() => enqueueDue(db, seconds.map((s) => s.task))).then(ticked.well, ticked.ill)
  }, TICK_MS)
  const sign = async (): Promise<void> => {
    for (const worker of await signOfLife(db, workers)) log(`jobs: what ${worker} held is given back to the queue`)
  }
  const signed = lasting((fault) => log(`jobs: no sign of life could be given: ${fault}`))
  let signing = sign().then(signed.well, signed.ill)
  const signer = setInterval(() => { signing = signing.then(sign).then(signed.well, signed.ill) }, SIGN_EVERY_MS)

  const naps = new Set<() => void>()
  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => { clearTimeout(timer); naps.delete(wake); resolve() }
      const timer = setTimeout(wake, ms)
      naps.add(wake)
    })
  }

  return {
    stop: async () => {
      stopping = true
      clearInterval(ticker)
      clearInterval(signer)
      for (const wake of naps) wake()
      await Promise.all([ticking, signing])
      await runner.stop().catch(() => undefined) // it had stopped by itself
      await supervised
      await db.close()
    },
  }
}

/** Says a fault when it comes and not again while it lasts: what is tried every second would fill the log of an outage. */
function lasting(say: (fault: string) => void): { readonly well: () => void; readonly ill: (error: unknown) => void } {
  let ill = false
  return {
    well: () => { ill = false },
    ill: (error) => {
      if (!ill) say(String(error))
      ill = true
    },
  }
}

/** Keeps the row by which the console shows how a task fares. */
async function watched(db: Database, task: string, work: () => Promise<void>): Promise<void> {
  const begun = Date.now()
  let failure: unknown
  try {
    await work()
  } catch (error) {
    failure = error ?? new Error('the task failed without saying why')
  }
  await db.query(`
    insert into jobs.task as t (task, runs, failures, started_at, took_ms, succeeded_at, failed_at, last_error)
    values ($1, 1, case when $2::text is null then 0 else 1 end, $3, $4, case when $2::text is null then now() end, case when $2::text is null then null else now() end, $2)
    on conflict (task) do update set
      runs = t.runs + 1,
      failures = t.failures + excluded.failures,
      started_at = excluded.started_at,
      took_ms = excluded.took_ms,
      succeeded_at = coalesce(excluded.succeeded_at, t.succeeded_at),
      failed_at = coalesce(excluded.failed_at, t.failed_at),
      last_error = coalesce(excluded.last_error, t.last_error)`,
  [task, failure === undefined ? null : String(failure).slice(0, 2000), new Date(begun), Date.now() - begun])
  if (failure !== undefined) throw failure
}
