import { z } from 'zod'
import { SESSION_COOKIE, sessionCookie } from '../../access/csrf.ts'
import { signIn, signOut } from '../../access/sign-in.ts'
import type { Applicant, Officer } from '../../access/types.ts'
import type { House } from '../../house.ts'
import { route, type Route } from '../types.ts'

const SignInInput = z.strictObject({ username: z.string().min(1).max(200), password: z.string().min(1).max(200) })

/** Sessions over the API: the token for programs, the same in a cookie for the console. */
export function sessionRoutes(house: House): readonly Route[] {
  const cookie = (token: string, expires: Date): string => {
    const { secure } = sessionCookie(house.url.startsWith('https:'))
    return `${SESSION_COOKIE}=${token}; Path=/; HttpOnly; SameSite=Lax; Expires=${expires.toUTCString()}${secure ? '; Secure' : ''}`
  }
  return [
    route({
      method: 'POST', path: '/api/v1/sessions', guard: { open: '登录' }, kind: 'api', rate: 'signIn', status: 201, summary: { zh: '登录', en: 'Sign in' }, body: SignInInput,
      handle: async ({ body, request, reply }) => {
        const userAgent = request.headers['user-agent']
        const signed = await signIn(house.db, { ...body, at: house.time.now(), ip: request.ip, ...(userAgent ? { userAgent } : {}) })
        reply.header('set-cookie', cookie(signed.token, signed.expiresAt))
        return { token: signed.token, person: personOf(signed.caller), permissions: signed.caller.permissions, expiresAt: signed.expiresAt.toISOString() }
      },
    }),
    route({
      method: 'GET', path: '/api/v1/sessions/current', guard: { signedIn: 'anyone' }, kind: 'api', rate: 'read', summary: { zh: '当前登录', en: 'Who is signed in' },
      handle: async ({ caller }) => ({ person: personOf(caller as Applicant | Officer), permissions: (caller as Applicant | Officer).permissions, demo: house.demo }),
    }),
    route({
      method: 'DELETE', path: '/api/v1/sessions/current', guard: { signedIn: 'anyone' }, kind: 'api', rate: 'write', status: 204, summary: { zh: '退出登录', en: 'Sign out' },
      handle: async ({ tokenHash, reply }) => {
        if (tokenHash) await signOut(house.db, tokenHash, house.time.now())
        reply.header('set-cookie', cookie('', new Date(0)))
      },
    }),
  ]
}

/** What a screen needs to know of its reader: name, posts and on whose behalf they may act. */
function personOf(caller: Applicant | Officer) {
  if (caller.kind === 'applicant') return { kind: caller.kind, name: caller.name, partyId: caller.partyId, posts: [] }
  return {
    kind: caller.kind, id: caller.personId, name: caller.name,
    posts: caller.posts.map(({ postId, code, name, role, organisationId, organisationCode, organisationName, cover }) => ({ id: postId, code, name, role, organisation: { id: organisationId, code: organisationCode, name: organisationName }, cover })),
  }
}
