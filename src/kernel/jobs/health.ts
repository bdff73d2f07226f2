import type { Queryable } from '../db/database.ts'

/** How background work fares, for the console and `/metrics`. */
export interface JobHealth {
  /** Waiting or to be tried again. */
  readonly queued: number
  /** Tried at least once, to be tried again. */
  readonly retrying: number
  /** Given up after the last attempt. */
  readonly failed: number
  /** Age in seconds of the oldest job that could run now and does not; null: none. */
  readonly oldestSeconds: number | null
  readonly tasks: readonly TaskHealth[]
  readonly failures: readonly { readonly task: string; readonly attempts: number; readonly error: string; readonly at: Date }[]
  readonly subscribers: readonly SubscriberHealth[]
}
export interface TaskHealth {
  readonly task: string
  readonly runs: number
  readonly failures: number
  readonly startedAt: Date
  readonly tookMs: number | null
  readonly succeededAt: Date | null
  readonly failedAt: Date | null
  readonly lastError: string | null
}
export interface SubscriberHealth {
  readonly name: string
  /** Entries of the log it has not handled yet. */
  readonly behind: number
  readonly handledAt: Date | null
  readonly failures: number
  readonly lastError: string | null
}

export async function jobHealth(db: Queryable): Promise<JobHealth> {
  const [counts] = await db.query<Pick<JobHealth, 'queued' | 'retrying' | 'failed' | 'oldestSeconds'>>(`
    select
      count(*) filter (where attempts < max_attempts) as queued,
      count(*) filter (where attempts < max_attempts and attempts > 0 and locked_at is null) as retrying,
      count(*) filter (where attempts >= max_attempts and locked_at is null) as failed,
      extract(epoch from now() - min(run_at) filter (where attempts < max_attempts and locked_at is null and run_at <= now()))::double precision as "oldestSeconds"
    from graphile_worker._private_jobs`)
  const tasks = await db.query<TaskHealth>(`
    select task, runs, failures, started_at as "startedAt", took_ms as "tookMs", succeeded_at as "succeededAt", failed_at as "failedAt", last_error as "lastError"
    from jobs.task
    order by task`)
  const failures = await db.query<JobHealth['failures'][number]>(`
    select t.identifier as task, j.attempts, j.last_error as error, j.updated_at as at
    from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id
    where j.last_error is not null
    order by j.updated_at desc
    limit 50`)
  const subscribers = await db.query<SubscriberHealth>(`
    select c.subscriber as name, greatest(0, p.size - c.next_index) as behind, c.handled_at as "handledAt", c.failures, c.last_error as "lastError"
    from jobs.cursor c
    cross join (select coalesce(max(index) + 1, 0) as size from ledger.position) p
    order by c.subscriber`)
  return { ...counts!, tasks, failures, subscribers }
}
