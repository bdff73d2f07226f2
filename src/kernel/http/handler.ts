import type { Socket } from 'node:net'
import { z } from 'zod'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ANONYMOUS, type Caller } from '../access/types.ts'
import type { Language } from '../../base/text.ts'
import { refuse, refuseInput } from './errors.ts'
import { parseForm, parseQuery } from './form.ts'
import { keptOf, mayKeep, type Kept } from './kept.ts'
import type { Door } from './door.ts'
import { credentialsOf, demandGuard, demandSameOrigin, type Credentials, type Sessions } from './guard.ts'
import { ELDER_COOKIE, LANGUAGE_COOKIE, readCookie, readerLanguage } from './language.ts'
import type { RateLimiter } from './rates.ts'
import { send } from './send.ts'
import type { ServerOptions } from './server.ts'
import { parseStrictJson } from './strict-json.ts'
import type { Ask, RateClass, Route } from './types.ts'
import { validate, validateTexts } from './validate.ts'

/** What the door found out. */
export interface Entered {
  readonly credentials: Credentials | undefined
  readonly tokenHash: Buffer | null
  readonly language: Language
  readonly elder: boolean
  readonly wantsHtml: boolean
  readonly query: Record<string, unknown>
  caller: Caller
  /** Why a posted form cannot be taken, where what it brought is read first so that it is not lost. */
  refused?: Error
  kept?: Kept
  /** Whether a form token is the right one for this session; always where no cookie vouches for the caller. */
  readonly formTokenFits: (given: unknown) => boolean
}

interface Surroundings {
  readonly options: ServerOptions
  readonly sessions: Sessions
  readonly limiter: RateLimiter | undefined
  readonly door: Door
  readonly state: { readonly draining: boolean }
  /** Answers a body that does not come and closes its connection. */
  readonly tooSlow: (socket: Socket) => void
}

const NOT_A_PROBE = (path: string): boolean => path !== '/healthz' && path !== '/readyz' && path !== '/metrics'
const ANYTHING = z.record(z.string(), z.unknown())
const YEAR_SECONDS = 31_536_000
/** JSON and forms are here by then; a drip would hold its connection for as long as an upload may take. */
const BODY_MS_MAX = 60_000

/** A route as Fastify wants it: `enter` judges before the body is read, `answer` validates and calls. */
export function handler(route: Route, { options, sessions, limiter, door, state, tooSlow }: Surroundings) {
  const { house, bodyMsMax = BODY_MS_MAX } = options
  const waitsForBody = route.method !== 'GET' && route.parseBody !== false
  const limited = limiter !== undefined && NOT_A_PROBE(route.path)
  const looksUp = !('deferred' in route.guard) && route.rate !== 'log'

  const enter = (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void => {
    try {
      const entered = look(request, route, sessions)
      request.mingtang = entered
      if (waitsForBody) demandSoon(request, reply, bodyMsMax, tooSlow)
      if (state.draining && NOT_A_PROBE(route.path)) throw refuse('draining', {}, { retryAfter: 5 })
      if (limited) demandRate(limiter, route.rate, request, entered.tokenHash)
      demandSameOrigin(request, entered.credentials, house.url)
      if (route.kind === 'page') rememberReader(reply, entered)
      // The log is for everybody's verifier, also one that runs in a page of somebody else's.
      if (route.rate === 'log' && 'open' in route.guard) void reply.header('access-control-allow-origin', '*')
      if (entered.tokenHash === null || !looksUp) {
        admit(request, route, entered)
        return done()
      }
      void judge(request, route, sessions, entered, entered.tokenHash, done)
    } catch (error) {
      done(error as Error)
    }
  }

  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const entered = request.mingtang!
    if (entered.refused !== undefined) throw await withKept(request, sessions, entered, entered.refused)
    const form = isForm(request)
    if (form && entered.caller.kind !== 'anonymous' && mayKeep(request, route) && !entered.formTokenFits(tokenOf(request))) throw await withKept(request, sessions, entered, refuse('form-expired'))
    const { body, key } = route.parseBody === false ? { body: undefined, key: headerKey(request) } : readBody(request, route, entered, form)
    const ask: Ask<unknown, unknown, unknown> = {
      params: route.params === undefined ? demandNothingOdd(request.params) : validateTexts(route.params, request.params as Record<string, unknown>),
      query: route.query === undefined ? {} : validateTexts(route.query, entered.query),
      body,
      caller: entered.caller,
      tokenHash: entered.tokenHash,
      language: entered.language,
      elder: entered.elder,
      wantsHtml: entered.wantsHtml,
      idempotencyKey: key,
      // Worked out for pages with a form, not for every call.
      get csrfToken() { return csrfTokenOf(sessions, entered) },
      request,
      reply,
    }
    const result = await route.handle(ask)
    if (options.checkOutput === true && route.output !== undefined && isPlain(result)) demandPromised(route, result)
    door.keep(request, route.rate, result)
    return send(request, reply, route, result)
  }
  return { enter, answer }
}

/** Only where there is a session to look up: everybody else goes on at once. */
async function judge(request: FastifyRequest, route: Route, sessions: Sessions, entered: Entered, tokenHash: Buffer, done: (error?: Error) => void): Promise<void> {
  let refused: Error | undefined
  try {
    entered.caller = await sessions.findCaller(tokenHash)
    admit(request, route, entered)
  } catch (error) {
    refused = error as Error
  }
  done(refused)
}

function demandSoon({ raw }: FastifyRequest, reply: FastifyReply, ms: number, tooSlow: (socket: Socket) => void): void {
  const late = setTimeout(() => { if (!raw.complete) tooSlow(raw.socket) }, ms).unref()
  reply.raw.once('finish', () => clearTimeout(late))
  raw.once('close', () => clearTimeout(late))
}

const csrfTokenOf = (sessions: Sessions, { credentials }: Entered): string => (credentials === undefined ? '' : sessions.csrfToken(credentials.token))

/** The guard's answer; to a form posted after its session ended it is put off until the form was read. */
function admit(request: FastifyRequest, route: Route, entered: Entered): void {
  try {
    demandGuard(route.guard, entered.caller)
  } catch (error) {
    if (entered.caller.kind !== 'anonymous' || !mayKeep(request, route)) throw error
    entered.refused = error as Error
  }
}

async function withKept(request: FastifyRequest, sessions: Sessions, entered: Entered, refused: Error): Promise<Error> {
  const kept = await keptOf(request, csrfTokenOf(sessions, entered))
  if (kept !== undefined) entered.kept = kept
  return refused
}

function look(request: FastifyRequest, route: Route, sessions: Sessions): Entered {
  const cookies = request.headers.cookie
  const accept = request.headers.accept ?? ''
  const credentials = credentialsOf(request, sessions.cookie)
  const { lang, elder, ...query } = parseQuery((request.query as { text: string }).text)
  return {
    credentials,
    tokenHash: credentials === undefined ? null : sessions.hash(credentials.token),
    language: readerLanguage(lang, readCookie(cookies, LANGUAGE_COOKIE), request.headers['accept-language']),
    elder: elder === '1' || (elder !== '0' && readCookie(cookies, ELDER_COOKIE) === '1'),
    wantsHtml: route.kind === 'page' || (accept.includes('text/html') && request.method === 'POST' && isForm(request)),
    query,
    caller: ANONYMOUS,
    formTokenFits: (given) => credentials?.by !== 'cookie' || (typeof given === 'string' && sessions.csrfMatches(credentials.token, given)),
  }
}

/** A reader who asked for a language or for elder mode keeps it: it works without script. */
function rememberReader(reply: FastifyReply, entered: Entered): void {
  const { text } = reply.request.query as { text: string }
  if (text === '') return
  const asked = new URLSearchParams(text)
  const keep = (name: string, value: string) => reply.header('set-cookie', `${name}=${value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`)
  const lang = asked.get('lang')
  if (lang === 'zh' || lang === 'en') keep(LANGUAGE_COOKIE, lang)
  if (asked.has('elder')) keep(ELDER_COOKIE, entered.elder ? '1' : '0')
}

export function demandRate(limiter: RateLimiter, rate: RateClass, request: FastifyRequest, tokenHash: Buffer | null): void {
  const seconds = limiter.take(rate, request.ip, tokenHash?.toString('base64'), performance.now())
  if (seconds > 0) throw refuse('too-many-requests', { seconds }, { retryAfter: seconds })
}

const isForm = (request: FastifyRequest): boolean => (request.headers['content-type'] ?? '').toLowerCase().startsWith('application/x-www-form-urlencoded')

const tokenOf = (request: FastifyRequest): unknown => (Buffer.isBuffer(request.body) ? parseForm(request.body)['_csrf'] : undefined)

/** The body as its schema gives it, and the caller's idempotency key from the header or the form. */
function readBody(request: FastifyRequest, route: Route, entered: Entered, form: boolean): { body: unknown; key: string | undefined } {
  const type = request.headers['content-type']
  if (request.isMultipart() || /charset=(?!"?utf-?8"?\s*(;|$))/i.test(type ?? '')) throw refuse('unsupported-media-type', { type: type!.slice(0, 100) })
  const bytes = Buffer.isBuffer(request.body) ? request.body : undefined
  if (form) {
    const { _csrf: token, _key: key, ...fields } = bytes === undefined ? {} as Record<string, unknown> : parseForm(bytes)
    if (!entered.formTokenFits(token)) throw refuse('form-expired')
    return { body: route.body === undefined ? undefined : validateTexts(route.body, fields), key: demandKeyShape(key) ?? headerKey(request) }
  }
  if (route.body === undefined) return { body: undefined, key: headerKey(request) }
  return { body: validate(route.body, bytes === undefined ? {} : parseStrictJson(bytes)), key: headerKey(request) }
}

const headerKey = (request: FastifyRequest): string | undefined => demandKeyShape(request.headers['idempotency-key'])

function demandKeyShape(key: unknown): string | undefined {
  if (key === undefined) return undefined
  if (typeof key === 'string' && /^[\x21-\x7e]{1,200}$/.test(key)) return key
  const message = { zh: '应为 1–200 个可见的 ASCII 字符', en: 'This must be 1–200 visible ASCII characters' }
  throw refuseInput('invalid', { count: 1 }, { errors: [{ path: '/Idempotency-Key', code: 'invalid_format', message }] })
}

/** A route without a schema for its parameters still gets no text that no database could look up. */
function demandNothingOdd(params: unknown): unknown {
  return validateTexts(ANYTHING, params as Record<string, unknown>)
}

const isPlain = (result: unknown): boolean => typeof result === 'object' && result !== null && (Array.isArray(result) || Object.getPrototypeOf(result) === Object.prototype)

function demandPromised(route: Route, result: unknown): void {
  const checked = route.output!.safeParse(JSON.parse(JSON.stringify(result)))
  if (!checked.success) throw new Error(`${route.method} ${route.path} answers otherwise than it promises: ${checked.error.message}`)
}
