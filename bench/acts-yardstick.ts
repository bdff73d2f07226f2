import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'

/** The yard-stick: one transition of a case as seven statements, on tables of its own. */
export const CASES = 100_000
const BODY = `jsonb_build_object('from', STATE, 'to', (STATE % 6) + 1, 'actor', ACTOR, 'opinion', '符合受理条件,同意受理。', 'materials', jsonb_build_array('身份证', '营业执照', '申请表'))`
const body = (state: string, actor: string) => BODY.replaceAll('STATE', state).replaceAll('ACTOR', actor)

export const YARDSTICK_SQL = `
create schema lim;
create table lim.case_file (id bigint primary key, tenant int not null, kind int not null, state int not null, version int not null, title text not null, data jsonb not null, updated_at timestamptz not null) with (fillfactor = 80);
create table lim.event (id bigint generated always as identity primary key, case_id bigint not null, seq int not null, actor int not null, kind int not null, body jsonb not null, unique (case_id, seq));
create table lim.task (case_id bigint, no int, assignee int, state int, due date, primary key (case_id, no));
create table lim.clock (case_id bigint primary key, used int not null, state int not null, due_day int not null, changed_at timestamptz not null);
insert into lim.case_file select n, n % 16, 1, n % 6 + 1, 1, '设立登记 ' || n, jsonb_build_object('applicant', '申请人' || n, 'area', n % 500), now() from generate_series(1, ${CASES}) n;
insert into lim.task select n, 1, n % 500, 1, current_date + 10 from generate_series(1, ${CASES}) n;
insert into lim.clock select n, 0, 1, 20000 + n % 100, now() from generate_series(1, ${CASES}) n;
create index on lim.case_file (tenant, state, updated_at);
create index on lim.task (assignee, due) where state = 1;
create index on lim.clock (due_day) where state = 1;
create function lim.transition(which bigint, who int, seen int) returns void language plpgsql as $$
declare was int;
begin
  update lim.case_file set version = version + 1, state = (state % 6) + 1, updated_at = now() where id = which returning state into was;
  insert into lim.event (case_id, seq, actor, kind, body) values (which, seen + 1, who, 2, ${body('was', 'who')}) on conflict (case_id, seq) do nothing;
  insert into lim.task (case_id, no, assignee, state, due) values (which, 1, who, 1, current_date + 10) on conflict (case_id, no) do update set assignee = excluded.assignee, due = excluded.due, state = 1;
  update lim.clock set used = used + 1, changed_at = now() where case_id = which;
end $$;
grant usage on schema lim to mingtang_app;
grant all on all tables in schema lim to mingtang_app;
analyze lim.case_file; analyze lim.task; analyze lim.clock;`

const PGBENCH = `\\set id random(1, ${CASES})
\\set actor random(1, 500)
begin;
select version, state from lim.case_file where id=:id \\gset
update lim.case_file set version=version+1, state=(state%6)+1, updated_at=now() where id=:id and version=:version;
insert into lim.event(case_id,seq,actor,kind,body) values (:id,:version::int+1,:actor::int,2,${body(':state::int', ':actor::int')}) on conflict (case_id,seq) do nothing;
insert into lim.task(case_id,no,assignee,state,due) values (:id,1,:actor,1,current_date+10) on conflict (case_id,no) do update set assignee=excluded.assignee, due=excluded.due, state=1;
update lim.clock set used=used+1, changed_at=now() where case_id=:id;
commit;
`

export interface Rate { readonly perSecond: number; readonly p50Ms: number; readonly p99Ms: number; readonly count: number }
export const rateOf = (times: number[], seconds: number): Rate => {
  times.sort((a, b) => a - b)
  return { perSecond: times.length / seconds, p50Ms: times[Math.floor(times.length * 0.5)] ?? 0, p99Ms: times[Math.floor(times.length * 0.99)] ?? 0, count: times.length }
}

const PGBENCH_PATHS = ['/usr/bin/pgbench', ...['17', '16', '15'].map((version) => `/usr/lib/postgresql/${version}/bin/pgbench`)]
export const pgbenchPath = (): string | null => PGBENCH_PATHS.find((path) => existsSync(path)) ?? null

/** pgbench with eight clients; where it is not installed the same statements by eight connections of Node, and the result says so. */
export async function yardstick(url: string, seconds: number): Promise<Rate & { readonly by: 'pgbench' | 'node fallback' }> {
  const path = pgbenchPath()
  return path === null ? { ...(await byNode(url, seconds)), by: 'node fallback' } : { ...(await byPgbench(path, url, seconds)), by: 'pgbench' }
}

async function byPgbench(path: string, url: string, seconds: number): Promise<Rate> {
  const folder = mkdtempSync(join(tmpdir(), 'mingtang-pgbench-'))
  try {
    writeFileSync(join(folder, 'transition.sql'), PGBENCH)
    await promisify(execFile)(path, ['-n', '-c', '8', '-j', '2', '-M', 'prepared', '-T', String(seconds), '-l', '--log-prefix', join(folder, 'log'), '-f', join(folder, 'transition.sql'), url])
    // client, transaction, microseconds, script, second, microsecond
    const times = readdirSync(folder).filter((name) => name.startsWith('log')).flatMap((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n').map((line) => Number(line.split(' ')[2]) / 1000))
    return rateOf(times, seconds)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function byNode(url: string, seconds: number): Promise<Rate> {
  const pool = new pg.Pool({ connectionString: url, max: 8 })
  const times: number[] = []
  const until = performance.now() + seconds * 1000
  const client = async (): Promise<void> => {
    const one = await pool.connect()
    const ask = (name: string, text: string, values: unknown[] = []) => one.query({ name, text, values })
    while (performance.now() < until) {
      const begun = performance.now()
      const [id, actor] = [1 + Math.floor(Math.random() * CASES), 1 + Math.floor(Math.random() * 500)]
      await ask('b', 'begin')
      const { version, state } = (await ask('s', 'select version, state from lim.case_file where id = $1', [id])).rows[0] as { version: number; state: number }
      await ask('u', 'update lim.case_file set version = version + 1, state = (state % 6) + 1, updated_at = now() where id = $1 and version = $2', [id, version])
      await ask('e', `insert into lim.event (case_id, seq, actor, kind, body) values ($1, $2, $3, 2, ${body('$4::int', '$3::int')}) on conflict (case_id, seq) do nothing`, [id, version + 1, actor, state])
      await ask('t', 'insert into lim.task (case_id, no, assignee, state, due) values ($1, 1, $2, 1, current_date + 10) on conflict (case_id, no) do update set assignee = excluded.assignee, due = excluded.due, state = 1', [id, actor])
      await ask('c', 'update lim.clock set used = used + 1, changed_at = now() where case_id = $1', [id])
      await ask('z', 'commit')
      times.push(performance.now() - begun)
    }
    one.release()
  }
  await Promise.all(Array.from({ length: 8 }, client))
  await pool.end()
  return rateOf(times, seconds)
}
