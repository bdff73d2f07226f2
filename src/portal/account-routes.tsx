import { z } from 'zod'
import { Page, Redirect, route, type Route } from '../kernel/http/types.ts'
import { Refusal } from '../base/refusal.ts'
import { csrfOf, SESSION_COOKIE } from '../kernel/access/csrf.ts'
import { refuseInput } from '../kernel/http/errors.ts'
import { KEPT_TEXT_MAX, parseKept, type Kept } from '../kernel/http/kept.ts'
import type { SignedIn } from '../kernel/access/sign-in.ts'
import { fieldOf, markup, query } from '../kit/portal/index.ts'
import type { PortalDeps } from './deps.ts'
import { ENTRY, localPath } from './open.ts'
import { NewPasswordPage } from './password-page.tsx'
import { passwordsDiffer, RegisterPage, type Kind } from './register-page.tsx'
import { ResumePage, SignInPage, SignOutPage } from './sign-in-page.tsx'

const guard = { open: ENTRY }
const get = { method: 'GET', kind: 'page', rate: 'page', guard } as const
const To = z.object({ to: z.string().max(2000).optional() })
const NewPassword = To.extend({ first: z.string().max(1).optional() })
const Text = z.string().max(200).default('')
const Identity = z.object({ name: Text, idType: Text, idNumber: Text }).default({ name: '', idType: '', idNumber: '' })
const Registration = z.object({ identity: Identity, agent: Identity.optional(), phone: Text, username: Text, password: z.string().max(200).default(''), again: z.string().max(200).default('') })

/** Signing in and out, and registering. A refusal is shown in the form it came from; passwords never come back. */
export function accountPages({ url, frames, access }: PortalDeps): Route[] {
  const secure = url.startsWith('https:') ? '; Secure' : ''
  const session = (signed: SignedIn | null): string => signed === null
    ? `${SESSION_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure}`
    : `${SESSION_COOKIE}=${signed.token}; Path=/; HttpOnly; SameSite=Lax; Expires=${signed.expiresAt.toUTCString()}${secure}`
  /** Where one goes after signing in: back, or to one's own desk. */
  const next = (to: string | undefined, signed: SignedIn): string => {
    const path = localPath(to)
    if (path !== '/' && !path.startsWith('/sign-')) return path
    return signed.caller.kind === 'officer' ? '/console/' : '/my'
  }
  const caller = (request: { ip: string; headers: { 'user-agent'?: string | undefined } }) => ({ ip: request.ip, ...(request.headers['user-agent'] === undefined ? {} : { userAgent: request.headers['user-agent'] }) })

  return [
    route({ ...get, path: '/sign-in', query: To, summary: { zh: '登录', en: 'Sign in' }, handle: async (ask) => new Page(markup(<SignInPage frame={await frames.of(ask)} to={localPath(ask.query.to)} />)) }),
    route({
      method: 'POST', kind: 'page', rate: 'signIn', guard, secret: true, path: '/sign-in', query: To, summary: { zh: '登录', en: 'Sign in' },
      body: z.object({ username: Text, password: z.string().max(200).default(''), kept: z.string().max(KEPT_TEXT_MAX).optional() }),
      handle: async (ask) => {
        const { username, password } = ask.body
        const kept = ask.body.kept === undefined ? undefined : keptIn(ask.body.kept, ask.csrfToken)
        try {
          const signed = await access.signIn({ username, password, ...caller(ask.request) })
          ask.reply.header('set-cookie', session(signed))
          if (kept === undefined) return new Redirect(next(ask.query.to, signed))
          const frame = { ...(await frames.of({ ...ask, caller: signed.caller, csrfToken: csrfOf(signed.token) })), path: '/' }
          return new Page(markup(<ResumePage frame={frame} kept={{ ...kept, csrfToken: frame.csrfToken }} />), { cache: 'none' })
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          if (error.code === 'access/password-to-be-changed' && kept === undefined) return new Redirect(`/new-password${query({ to: localPath(ask.query.to), first: '1' })}`)
          if (error.retryAfter !== undefined) ask.reply.header('retry-after', error.retryAfter)
          return new Page(markup(<SignInPage frame={await frames.of(ask)} to={localPath(ask.query.to)} username={username} error={error.in(ask.language)} {...(kept === undefined ? {} : { kept })} />), { status: error.status, cache: 'none' })
        }
      },
    }),
    route({
      ...get, path: '/new-password', query: NewPassword, summary: { zh: '更改口令', en: 'Change the password' },
      handle: async (ask) => new Page(markup(<NewPasswordPage frame={await frames.of(ask)} to={localPath(ask.query.to)} first={ask.query.first === '1'} username="" errors={[]} />), { cache: 'none' }),
    }),
    route({
      method: 'POST', kind: 'page', rate: 'signIn', guard, secret: true, path: '/new-password', query: NewPassword, body: z.object({ username: Text, current: Text, next: Text, again: Text }), summary: { zh: '更改口令', en: 'Change the password' },
      handle: async (ask) => {
        const { username, current, next: chosen, again } = ask.body
        const draw = async (name: string, message: string, status: number) =>
          new Page(markup(<NewPasswordPage frame={await frames.of(ask)} to={localPath(ask.query.to)} first={ask.query.first === '1'} username={username} errors={[{ name, message }]} />), { status, cache: 'none' })
        if (chosen !== again) return draw('again', passwordsDiffer[ask.language], 422)
        try {
          await access.changePassword({ username, current, next: chosen, ip: ask.request.ip })
          const signed = await access.signIn({ username, password: chosen, ...caller(ask.request) })
          ask.reply.header('set-cookie', session(signed))
          return new Redirect(next(ask.query.to, signed))
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          if (error.retryAfter !== undefined) ask.reply.header('retry-after', error.retryAfter)
          return draw(error.code === 'access/weak-password' || error.code === 'access/same-password' ? 'next' : 'current', error.in(ask.language), error.status)
        }
      },
    }),
    route({ ...get, path: '/sign-out', summary: { zh: '退出登录', en: 'Sign out' }, handle: async (ask) => new Page(markup(<SignOutPage frame={await frames.of(ask)} />)) }),
    route({
      method: 'POST', kind: 'page', rate: 'write', guard, path: '/sign-out', summary: { zh: '退出登录', en: 'Sign out' },
      handle: async (ask) => {
        if (ask.tokenHash !== null) await access.signOut(ask.tokenHash)
        ask.reply.header('set-cookie', session(null))
        return new Redirect('/')
      },
    }),
    route({
      ...get, path: '/register', query: To.extend({ kind: z.enum(['person', 'organisation']).default('person') }), summary: { zh: '注册', en: 'Register' },
      handle: async (ask) => new Page(markup(<RegisterPage frame={await frames.of(ask)} kind={ask.query.kind} to={localPath(ask.query.to)} values={{}} errors={[]} />)),
    }),
    route({
      method: 'POST', kind: 'page', rate: 'signIn', guard, secret: true, path: '/register', query: To.extend({ kind: z.enum(['person', 'organisation']).default('person') }), body: Registration, summary: { zh: '注册', en: 'Register' },
      handle: async (ask) => {
        const { kind } = ask.query
        const { identity, agent, phone, username, password, again } = ask.body
        const draw = async (errors: readonly { name: string; message: string }[], status: number) =>
          new Page(markup(<RegisterPage frame={await frames.of(ask)} kind={kind} to={localPath(ask.query.to)} values={entered(ask.body)} errors={errors} />), { status })
        if (password !== again) return draw([{ name: 'again', message: passwordsDiffer[ask.language] }], 422)
        try {
          await access.register({ username, password, phone, identity: { kind, ...identity }, ...(kind === 'organisation' && agent !== undefined ? { agent: { kind: 'person' as Kind, ...agent } } : {}) })
          const signed = await access.signIn({ username, password, ...caller(ask.request) })
          ask.reply.header('set-cookie', session(signed))
          return new Redirect(next(ask.query.to, signed))
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          return draw(placed(error, ask.language), error.status)
        }
      },
    }),
  ]
}

/** What a form brought before its sender had to sign in; only for a page of this site. Refuses `input/invalid`. */
function keptIn(text: string, csrfToken: string): Kept {
  const kept = parseKept(text)
  if (kept !== undefined && kept.action !== '/' && localPath(kept.action) === kept.action) return { ...kept, csrfToken }
  throw refuseInput('invalid', { count: 1 }, { errors: [{ path: '/kept', code: 'invalid_format', message: { zh: '保留的内容不完整', en: 'What was kept is not whole' } }] })
}

/** What was entered, by field name, without passwords. */
function entered(body: z.infer<typeof Registration>): Record<string, string> {
  const of = (at: string, identity: z.infer<typeof Identity> | undefined) => (identity === undefined ? {} : { [`${at}.name`]: identity.name, [`${at}.idType`]: identity.idType, [`${at}.idNumber`]: identity.idNumber })
  return { ...of('identity', body.identity), ...of('agent', body.agent), phone: body.phone, username: body.username }
}

/** A refusal at the fields it names; one that names none stands at the field its code is about. */
function placed(refusal: Refusal, language: 'zh' | 'en'): { name: string; message: string }[] {
  if (refusal.errors.length > 0) return refusal.errors.map((error) => ({ name: fieldOf(error.path), message: error.message[language] }))
  const name = refusal.code === 'access/username-taken' ? 'username' : refusal.code === 'access/weak-password' ? 'password' : 'identity.idNumber'
  return [{ name, message: refusal.in(language) }]
}
