import { createHash, randomUUID } from 'node:crypto'
import { dayAt } from '../../base/civil-day.ts'
import type { Queryable } from '../db/database.ts'
import { callerOf, CALLER_SQL } from './caller.ts'
import { ACCESS_CONFIG, type AccessConfig } from './config.ts'
import { csrfOf, hashToken, newToken } from './csrf.ts'
import { refuse } from './errors.ts'
import { isPassword } from './passwords.ts'
import type { Applicant, Officer } from './types.ts'

export interface SignIn { readonly username: string; readonly password: string; readonly at: Date; readonly ip: string; readonly userAgent?: string }
export interface SignedIn { readonly token: string; readonly csrf: string; readonly caller: Applicant | Officer; readonly expiresAt: Date }

export const normaliseUsername = (username: string): string => username.normalize('NFKC').trim().toLowerCase()
export const hashIp = (ip: string): Buffer => sha256(ip)
const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()
const USER_AGENT_MAX = 200

/**
 * Opens a session. Refuses `access/wrong-credentials` (401; same words and time whether the name exists or not), `access/locked`
 * (429 with Retry-After; unknown names lock likewise) and, only to who knows the password, `access/account-disabled` and
 * `access/password-to-be-changed`. However many attempts run at once: a success after the fifth recorded failure is refused.
 */
export async function signIn(db: Queryable, ask: SignIn, config: AccessConfig = ACCESS_CONFIG): Promise<SignedIn> {
  const found = await prove(db, ask, config)
  if (found.mustChange) throw refuse('password-to-be-changed')
  return open(db, ask, found, config)
}

export interface Proven { readonly accountId: string; readonly username: string; readonly kind: 'applicant' | 'officer'; readonly passwordHash: string; readonly mustChange: boolean; readonly counter: Buffer }

/** Name and password are those of an active account; what is wrong is counted and refused as `signIn` says. */
export async function prove(db: Queryable, ask: Pick<SignIn, 'username' | 'password' | 'at' | 'ip'>, config: AccessConfig = ACCESS_CONFIG): Promise<Proven> {
  const username = normaliseUsername(ask.username)
  const [strange, known] = [sha256(username), sha256(`${username}\n${ask.ip}`)]
  const found = await findAccount(db, username, strange, known, hashIp(ask.ip))
  const counter = found.known ? known : strange
  const right = await isPassword(found.passwordHash, ask.password)
  if (found.lockedUntil !== null && found.lockedUntil > ask.at) throw await lockedOut(db, ask, found.accountId, found.lockedUntil)
  if (!right || found.accountId === null || found.passwordHash === null) throw await failed(db, ask, counter, found.accountId, config)
  if (found.status !== 'active') throw refuse('account-disabled')
  return { accountId: found.accountId, username, kind: found.kind, passwordHash: found.passwordHash, mustChange: found.mustChange, counter }
}

interface Found { readonly accountId: string | null; readonly kind: 'applicant' | 'officer'; readonly status: string; readonly passwordHash: string | null; readonly mustChange: boolean; readonly known: boolean; readonly lockedUntil: Date | null }

/**
 * One row whether or not there is such an account. Failures from an address where its holder has signed in are counted apart from those
 * of everybody else: who guesses from elsewhere locks the name for elsewhere, and the holder's own desk stays open.
 */
async function findAccount(db: Queryable, username: string, strange: Buffer, known: Buffer, ip: Buffer): Promise<Found> {
  const [row] = await db.prepared<Found>('access_find_account', `
    select a.id as "accountId", a.kind, a.status, a.password_hash as "passwordHash", coalesce(a.must_change_password, false) as "mustChange", place.known, f.locked_until as "lockedUntil"
      from (select $1::text as username) asked
      left join access.account a on a.username = asked.username
     cross join lateral (select exists (select from access.session s where s.account_id = a.id and s.ip_hash = $4::bytea) as known) place
      left join access.sign_in_failure f on f.name_hash = case when place.known then $3::bytea else $2::bytea end`, [username, strange, known, ip])
  return row!
}

/** Counts the failure and its event by one statement; a failure older than the lock's length starts the count anew. */
async function failed(db: Queryable, ask: Pick<SignIn, 'at' | 'ip'>, counter: Buffer, accountId: string | null, config: AccessConfig): Promise<Error> {
  const [row] = await db.prepared<{ lockedUntil: Date | null }>('access_failed', `
    with counted as (
      insert into access.sign_in_failure as f (name_hash, failed, last_at, locked_until, account_id)
      values ($1, 1, $2, case when $3::int <= 1 then $2::timestamptz + make_interval(secs => $4) end, $5)
      on conflict (name_hash) do update
         set failed = case when f.last_at < $2::timestamptz - make_interval(secs => $4) then 1 else f.failed + 1 end,
             last_at = greatest(f.last_at, excluded.last_at),
             account_id = excluded.account_id,
             locked_until = case
               when f.locked_until > $2 then f.locked_until
               when f.last_at >= $2::timestamptz - make_interval(secs => $4) and f.failed + 1 >= $3 then $2::timestamptz + make_interval(secs => $4)
             end
      returning locked_until),
    told as (
      insert into access.event (at, kind, account_id, ip_hash)
      select $2, case when locked_until is null then 'signInFailed' else 'signInLocked' end, $5::uuid, $6::bytea from counted)
    select locked_until as "lockedUntil" from counted`, [counter, ask.at, config.failuresMax, config.lockSeconds, accountId, hashIp(ask.ip)])
  return row!.lockedUntil === null ? refuse('wrong-credentials') : locked(row!.lockedUntil, ask.at)
}

async function lockedOut(db: Queryable, ask: Pick<SignIn, 'at' | 'ip'>, accountId: string | null, until: Date): Promise<Error> {
  await db.prepared('access_locked', `insert into access.event (at, kind, account_id, ip_hash) values ($1, 'signInLocked', $2, $3)`, [ask.at, accountId, hashIp(ask.ip)])
  return locked(until, ask.at)
}

function locked(until: Date, at: Date): Error {
  const seconds = Math.max(1, Math.ceil((until.getTime() - at.getTime()) / 1000))
  return refuse('locked', { minutes: Math.ceil(seconds / 60) }, { retryAfter: seconds })
}

/** Session, event and the cleared count by one statement, only while the name is not locked. */
async function open(db: Queryable, ask: SignIn, { accountId, kind, counter }: Proven, config: AccessConfig): Promise<SignedIn> {
  const token = newToken()
  const tokenHash = hashToken(token)!
  const expiresAt = new Date(ask.at.getTime() + config.sessionSeconds * 1000)
  const [opened] = await db.prepared<{ lockedUntil: Date | null; opened: boolean }>('access_open_session', `
    with held as (
      select locked_until from access.sign_in_failure where name_hash = $1 for update),
    lock as (
      select locked_until from held where locked_until > $2),
    cleared as (
      delete from access.sign_in_failure where name_hash = $1 and not exists (select from lock)),
    opened as (
      insert into access.session (token_hash, id, account_id, created_at, last_seen_at, expires_at, idle_seconds, ip_hash, user_agent)
      select $3, $4, $5, $2, $2, $6, $7, $8, $9 where not exists (select from lock)
      returning account_id),
    told as (
      insert into access.event (at, kind, account_id, ip_hash) select $2, 'signedIn', account_id, $8 from opened)
    select exists (select from opened) as opened, (select locked_until from lock) as "lockedUntil"`,
  [counter, ask.at, tokenHash, randomUUID(), accountId, expiresAt, config.idleSeconds[kind], hashIp(ask.ip), (ask.userAgent ?? '').slice(0, USER_AGENT_MAX)])
  if (!opened!.opened) throw locked(opened!.lockedUntil!, ask.at)

  const [row] = await db.prepared<{ caller: unknown }>('access_caller', `select ${CALLER_SQL('$1', '$2', '$3')} as caller`, [tokenHash, ask.at, dayAt(ask.at)])
  const caller = callerOf(row!.caller)
  // An account whose officer has left the service has a session that is nobody's.
  if (caller.kind === 'anonymous') throw refuse('account-disabled')
  return { token, csrf: csrfOf(token), caller, expiresAt }
}

/** Ends the session; signing out twice is no fault. */
export async function signOut(db: Queryable, tokenHash: Buffer, at: Date): Promise<void> {
  await db.query(`
    with ended as (update access.session set revoked_at = $2 where token_hash = $1 and revoked_at is null returning account_id)
    insert into access.event (at, kind, account_id) select $2, 'signedOut', account_id from ended`, [tokenHash, at])
}

/** Ends all sessions of an account, but for `except`. */
export async function revokeSessions(db: Queryable, accountId: string, at: Date, byAccountId: string | null, except: Buffer | null = null): Promise<number> {
  const rows = await db.query(`
    with ended as (
      update access.session set revoked_at = $2 where account_id = $1 and revoked_at is null and token_hash is distinct from $4 returning account_id),
    told as (
      insert into access.event (at, kind, account_id, by_id, detail)
      select $2, 'sessionsRevoked', $1::uuid, $3::uuid, jsonb_build_object('sessions', count(*)) from ended having count(*) > 0)
    select 1 from ended`, [accountId, at, byAccountId, except])
  return rows.length
}

/** Which of these sessions, by their ids, still stand; none of them counts as used by the question. */
export async function standingSessions(db: Queryable, ids: readonly string[], at: Date): Promise<readonly string[]> {
  const rows = await db.prepared<{ id: string }>('access_standing_sessions', `
    select x.id
      from access.session x
      join access.account a on a.id = x.account_id
     where x.id = any ($1::uuid[])
       and x.revoked_at is null
       and x.expires_at > $2
       and x.last_seen_at + make_interval(secs => x.idle_seconds) > $2
       and a.status = 'active'`, [ids, at])
  return rows.map(({ id }) => id)
}

/** Removes sessions that ended and locks that lapsed before an instant; for the daily sweep. */
export async function sweepSessions(db: Queryable, before: Date): Promise<number> {
  const rows = await db.query(`
    with gone as (delete from access.session where expires_at < $1 or revoked_at < $1 returning 1),
         freed as (delete from access.sign_in_failure where last_at < $1 and (locked_until is null or locked_until < $1) returning 1)
    select 1 from gone union all select 1 from freed`, [before])
  return rows.length
}
