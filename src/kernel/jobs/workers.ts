import type { Queryable } from '../db/database.ts'

/** Who gave no sign for so long is dead: three signs missed and a margin. */
const DEAD_AFTER_SECONDS = 30
export const SIGN_EVERY_MS = 5000

/**
 * The workers of this process say that they live, and what a dead one held goes back to the queue: the queue itself would wait four
 * hours for a process that was killed, and with it every later run of the same schedule. Answers whose work was given back.
 */
export async function signOfLife(db: Queryable, workers: readonly string[]): Promise<readonly string[]> {
  const dead = await db.prepared<{ id: string }>('jobs-sign-of-life', `
    with alive as (
      insert into jobs.worker as w (id, seen_at) select unnest($1::text[]), now()
      on conflict (id) do update set seen_at = excluded.seen_at
    ), gone as (
      delete from jobs.worker where seen_at < now() - make_interval(secs => $2) and id <> all ($1::text[])
    )
    select distinct l.locked_by as id
    from (
      select locked_by, locked_at from graphile_worker._private_jobs
      union all
      select locked_by, locked_at from graphile_worker._private_job_queues
    ) l
    where l.locked_at < now() - make_interval(secs => $2)
      and l.locked_by <> all ($1::text[])
      and not exists (select from jobs.worker w where w.id = l.locked_by and w.seen_at >= now() - make_interval(secs => $2))`, [workers, DEAD_AFTER_SECONDS])
  const ids = dead.map(({ id }) => id)
  if (ids.length > 0) await db.prepared('jobs-give-back', 'select graphile_worker.force_unlock_workers($1::text[])', [ids])
  return ids
}
