import { Logger, runMigrations } from 'graphile-worker'
import type { Database, Queryable } from '../db/database.ts'
import { ROLES } from '../db/roles.ts'

/** Warnings and errors of the queue reach our log; its chatter does not. */
export function queueLogger(log: (line: string) => void): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error' || level === 'warning') log(`jobs: ${message}`)
  })
}

/**
 * The queue's own tables (schema `graphile_worker`), made by the owner after the migrations; the application may use them.
 * They carry row level security without a policy, which would hide every job from anybody but the owner: it is switched off,
 * for the schema is not reachable by any other role.
 */
export async function installQueue(admin: Database, log: (line: string) => void = () => undefined): Promise<void> {
  await runMigrations({ connectionString: admin.url, logger: queueLogger(log) })
  const [state] = await admin.query<{ hidden: boolean; granted: boolean }>(`
    select exists (
        select from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'graphile_worker' and c.relkind = 'r' and c.relrowsecurity) as hidden,
      coalesce((
        select bool_and(has_table_privilege($1, c.oid, 'select, insert, update, delete')) from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'graphile_worker' and c.relkind = 'r'), false) as granted`, [ROLES.app])
  if (state!.hidden) {
    await admin.query(`
      do $$
      declare name regclass;
      begin
        for name in
          select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = 'graphile_worker' and c.relkind = 'r' and c.relrowsecurity
        loop
          execute format('alter table %s disable row level security', name);
        end loop;
      end $$`)
  }
  if (!state!.granted) {
    await admin.query(`
      grant usage on schema graphile_worker to ${ROLES.app};
      grant select, insert, update, delete on all tables in schema graphile_worker to ${ROLES.app};
      grant usage, select on all sequences in schema graphile_worker to ${ROLES.app}`)
  }
}

export interface EnqueueOptions {
  /** Jobs of one queue run one after the other. */
  readonly queue?: string
  /** A second job under this key replaces the first while it waits. */
  readonly key?: string
  /** Default 12: with the queue's backoff of e^attempt seconds about two days. */
  readonly maxAttempts?: number
}

/** Puts work into the queue, never within an acting transaction: the queue notifies, and that takes a lock of the whole database at commit. */
export async function enqueue(db: Queryable, task: string, payload: unknown, options: EnqueueOptions = {}): Promise<void> {
  await db.prepared('jobs-enqueue', 'select graphile_worker.add_job($1, $2::json, $3, null, $4, $5)', [
    task, JSON.stringify(payload ?? {}), options.queue ?? null, options.maxAttempts ?? 12, options.key ?? null,
  ])
}
