import type { Queryable } from '../db/database.ts'

/** Writes down what runs how often. The next run of a known task stays; a task that nobody offers any more goes. */
export async function announceSchedules(db: Queryable, schedules: readonly { readonly task: string; readonly everySeconds?: number }[]): Promise<void> {
  const tasks = schedules.map((s) => s.task)
  await db.query('delete from jobs.schedule where task <> all ($1::text[])', [tasks])
  await db.query(`
    insert into jobs.schedule as s (task, every_seconds, next_at)
    select task, seconds, now() from unnest($1::text[], $2::integer[]) as given (task, seconds)
    on conflict (task) do update set
      every_seconds = excluded.every_seconds,
      next_at = least(s.next_at, now() + make_interval(secs => excluded.every_seconds))`,
  [tasks, schedules.map((s) => s.everySeconds)])
}

/**
 * Puts what is due into the queue, once among all processes: the row is moved on in the statement that enqueues. Runs of one task
 * never overlap (a queue of its own); one that still waits is not doubled (its key). Missed ticks are not made up for.
 */
export async function enqueueDue(db: Queryable, tasks: readonly string[]): Promise<void> {
  await db.prepared('jobs-due', `
    with due as (
      update jobs.schedule set next_at = now() + make_interval(secs => every_seconds)
      where task in (select task from jobs.schedule where task = any ($1::text[]) and next_at <= now() for update skip locked)
      returning task
    )
    select graphile_worker.add_job(task, '{}'::json, 'schedule ' || task, null, 3, 'schedule ' || task) from due`, [tasks])
}
