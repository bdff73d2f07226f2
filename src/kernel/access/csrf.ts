import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** The session cookie. `Secure` is added where the public address is https. SameSite=Lax: a link from elsewhere still finds one signed in. */
export const SESSION_COOKIE = 'mt_session'
export const sessionCookie = (https: boolean) => ({ httpOnly: true, sameSite: 'lax', path: '/', secure: https }) as const

/** 256 random bits, base64url (43 characters). Only its SHA-256 is stored. */
export const newToken = (): string => randomBytes(32).toString('base64url')
const TOKEN = /^[A-Za-z0-9_-]{43}$/
/** What is looked up; null for text that cannot be a token. */
export const hashToken = (token: string): Buffer | null => (TOKEN.test(token) ? createHash('sha256').update(token).digest() : null)

/**
 * The hidden token of forms: HMAC-SHA256 under the session's own secret, which is the token only its holder's cookie has. So it
 * is checked without a read, and the database never holds what would forge it.
 */
export const csrfOf = (token: string): string => createHmac('sha256', token).update('mingtang form').digest('base64url')

/** In constant time; false for anything that is not the token of this session. */
export function isCsrf(token: string, given: unknown): boolean {
  const expected = Buffer.from(csrfOf(token))
  const actual = Buffer.from(typeof given === 'string' ? given : '')
  return actual.length === expected.length && timingSafeEqual(actual, expected)
}
