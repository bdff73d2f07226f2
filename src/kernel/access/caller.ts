import { dayAt } from '../../base/civil-day.ts'
import type { Queryable } from '../db/database.ts'
import type { Authorisation, HeldPost } from '../org/types.ts'
import { ANONYMOUS, type Caller, type RealNameLevel } from './types.ts'

/**
 * The caller as an SQL expression, so that an act reads session, posts and authorisations with its matter in one round trip.
 * Parameters: the SHA-256 of the token (bytea, may be null), the instant (timestamptz), the civil day of that instant (date).
 * Gives jsonb for `callerOf`, or null where no valid session stands behind the token.
 */
export const CALLER_SQL = (tokenHash: string, at: string, day: string): string =>
  `access.caller(${tokenHash}::bytea, ${at}::timestamptz, ${day}::date)`

const FIND_CALLER = `select ${CALLER_SQL('$1', '$2', '$3')} as caller`
/** A session is marked as seen at most once in this time; the SQL function says when that is due. */
export const SEEN_EVERY_SECONDS = 60

/** Who stands behind a token at an instant: one prepared query, and once a minute one more that marks the session as seen. */
export async function findCaller(db: Queryable, tokenHash: Buffer | null, at: Date): Promise<Caller> {
  if (tokenHash === null) return ANONYMOUS
  const [row] = await db.prepared<{ caller: unknown }>('access_caller', FIND_CALLER, [tokenHash, at, dayAt(at)])
  const json = row?.caller ?? null
  if (needsTouch(json)) await touchSession(db, tokenHash, at)
  return callerOf(json)
}

/** True when the jsonb of `CALLER_SQL` asks for `touchSession`; who embeds the expression sees to it after its answer. */
export const needsTouch = (json: unknown): boolean => json !== null && (json as CallerRow).touch

/** Moves the idle limit on. Two requests at once: the later instant stays. */
export async function touchSession(db: Queryable, tokenHash: Buffer, at: Date): Promise<void> {
  await db.prepared('access_touch', `
    update access.session
       set last_seen_at = $2
     where token_hash = $1 and revoked_at is null and last_seen_at < $2::timestamptz - interval '${SEEN_EVERY_SECONDS} seconds'`, [tokenHash, at])
}

/** What the jsonb of `CALLER_SQL` says; null is nobody. */
export function callerOf(json: unknown): Caller {
  if (json === null || json === undefined) return ANONYMOUS
  const row = json as CallerRow
  if (row.kind === 'officer') {
    const { kind, accountId, sessionId, personId, name, posts, authorisations } = row
    return { kind, accountId, sessionId, personId, name, posts, authorisations, permissions: [...new Set(posts.flatMap((post) => post.permissions))].sort() }
  }
  const { kind, accountId, sessionId, name, partyId, partyIds, ownPartyId, scope, level, permissions } = row
  return { kind, accountId, sessionId, name, partyId, partyIds, ownPartyId, scope, level, permissions: permissions ?? [] }
}

type CallerRow = { readonly accountId: string; readonly sessionId: string; readonly name: string; readonly touch: boolean } & (
  | { readonly kind: 'officer'; readonly personId: string; readonly posts: readonly HeldPost[]; readonly authorisations: readonly Authorisation[] }
  | {
    readonly kind: 'applicant'
    readonly partyId: string
    readonly partyIds: readonly string[]
    readonly ownPartyId: string
    readonly scope: readonly string[]
    readonly level: RealNameLevel
    readonly permissions: readonly string[] | null
  }
)
