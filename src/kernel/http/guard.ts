import type { FastifyRequest } from 'fastify'
import { findCaller } from '../access/caller.ts'
import { csrfOf, hashToken, isCsrf, SESSION_COOKIE } from '../access/csrf.ts'
import type { Caller } from '../access/types.ts'
import type { House } from '../house.ts'
import { refuse } from './errors.ts'
import { readCookie } from './language.ts'
import type { Guard, Route } from './types.ts'

/** What the server needs to know of sessions; `access` keeps them. */
export interface Sessions {
  /** Name of the session cookie. */
  readonly cookie: string
  /** What the database stores instead of the token; null for a text that cannot be one. */
  readonly hash: (token: string) => Buffer | null
  /** Anonymous where the token is unknown or its session has ended. */
  readonly findCaller: (tokenHash: Buffer) => Promise<Caller>
  readonly csrfToken: (token: string) => string
  readonly csrfMatches: (token: string, given: string) => boolean
}

/** The sessions of the house. */
export const houseSessions = ({ db, time }: Pick<House, 'db' | 'time'>): Sessions => ({
  cookie: SESSION_COOKIE,
  hash: hashToken,
  findCaller: (tokenHash) => findCaller(db, tokenHash, time.now()),
  csrfToken: csrfOf,
  csrfMatches: isCsrf,
})

export interface Credentials { readonly token: string; readonly by: 'bearer' | 'cookie' }

const TOKEN_LENGTH_MAX = 512
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** A bearer token wins over the cookie: a program that says who it is means it. */
export function credentialsOf(request: FastifyRequest, cookieName: string): Credentials | undefined {
  const bearer = /^Bearer +([\x21-\x7e]+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const token = bearer ?? readCookie(request.headers.cookie, cookieName)
  if (token === undefined || token === '' || token.length > TOKEN_LENGTH_MAX) return undefined
  return { token, by: bearer === undefined ? 'cookie' : 'bearer' }
}

/**
 * A browser that changes something must come from a page of ours. With a cookie the browser has to say so (`Sec-Fetch-Site`, else
 * `Origin`); without one it must only not say the contrary. Bearer calls carry their proof themselves. Refuses `http/cross-site`.
 */
export function demandSameOrigin(request: FastifyRequest, credentials: Credentials | undefined, url: string): void {
  if (SAFE.has(request.method) || credentials?.by === 'bearer') return
  const site = request.headers['sec-fetch-site']
  const origin = request.headers.origin
  if (site !== undefined) {
    if (site !== 'same-origin' && site !== 'none') throw refuse('cross-site')
  } else if (origin !== undefined) {
    if (origin !== new URL(url).origin && origin !== `${request.protocol}://${request.headers.host ?? ''}`) throw refuse('cross-site')
  } else if (credentials !== undefined) {
    throw refuse('cross-site')
  }
}

/** The answer of a guard that judges before the handler. `open` and `deferred` let everybody on. */
export function demandGuard(guard: Guard, caller: Caller): void {
  if ('open' in guard || 'deferred' in guard) return
  if (caller.kind === 'anonymous') throw refuse('not-signed-in')
  if ('permission' in guard) {
    if (!caller.permissions.includes(guard.permission)) throw refuse('not-allowed')
  } else if (guard.signedIn !== 'anyone' && guard.signedIn !== caller.kind) {
    throw refuse('not-allowed')
  }
}

/** Throws on a route that may not boot: no guard or two, no summary in a language, no rate class, a path that is taken. */
export function demandBootable(routes: readonly Route[]): void {
  const taken = new Map<string, Route>()
  for (const route of routes) {
    const name = `${route.method} ${route.path}`
    const guard: Partial<Record<string, unknown>> = route.guard ?? {}
    const kinds = ['open', 'permission', 'signedIn', 'deferred'].filter((kind) => typeof guard[kind] === 'string' && guard[kind] !== '')
    if (kinds.length !== 1) throw new Error(`route ${name} names no guard: say who may call it, or why everybody may`)
    if (!route.summary?.zh || !route.summary.en) throw new Error(`route ${name} has no summary in both languages`)
    if (!['page', 'read', 'write', 'upload', 'signIn', 'log'].includes(route.rate)) throw new Error(`route ${name} has no rate class`)
    if (!['api', 'page', 'stream'].includes(route.kind)) throw new Error(`route ${name} does not say whether it is api, page or stream`)
    const key = `${route.method} ${pathShape(route.path)}`
    if (taken.has(key)) throw new Error(`route ${name} is registered twice`)
    taken.set(key, route)
  }
}

/** A path without the names of its parameters: two that differ only there are one. */
export const pathShape = (path: string): string => path.replace(/:[A-Za-z_]\w*/g, ':')
