import multipart from '@fastify/multipart'
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { Refusal, type RefusalTable } from '../../base/refusal.ts'
import type { Language } from '../../base/text.ts'
import type { MatterKind } from '../flow/types.ts'
import type { House } from '../house.ts'
import { registerAssets, type AssetFolder } from './assets.ts'
import { refuse, refuseInput } from './errors.ts'
import { Door } from './door.ts'
import { demandBootable, houseSessions, pathShape, type Sessions } from './guard.ts'
import { demandRate, handler, type Entered } from './handler.ts'
import type { Kept } from './kept.ts'
import { securityHeaders } from './headers.ts'
import { healthRoutes, type ReadinessCheck } from './health.ts'
import { ELDER_COOKIE, LANGUAGE_COOKIE, readCookie, readerLanguage } from './language.ts'
import { liveRoutes, type LiveUpdates } from './live.ts'
import { Metrics } from './metrics.ts'
import { problemPage } from './problem-page.ts'
import { failureProblem, problemOf, PROBLEM_TYPE, type Problem } from './problems.ts'
import { RateLimiter, type Rates } from './rates.ts'
import { referenceRoutes } from './reference.ts'
import { sendText } from './send.ts'
import type { Route } from './types.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What the door found out about this request; null before it was asked. */
    mingtang: Entered | null
  }
}

/** How a problem looks on a page; the portal draws it in its own layout. `kept`: what a form brought that was not taken. */
export type RenderProblem = (problem: Problem, reader: { readonly language: Language; readonly elder: boolean; readonly path: string; readonly kept?: Kept }) => string

export interface ServerOptions {
  readonly house: Pick<House, 'url' | 'db' | 'time' | 'log'>
  readonly routes: readonly Route[]
  /** Every table of refusals in the house: problems in the API description. */
  readonly refusals: readonly RefusalTable[]
  /** Acts' input schemas for the API description. */
  readonly kinds?: readonly MatterKind[]
  /** The house's own sessions by default. */
  readonly sessions?: Sessions
  readonly renderProblem?: RenderProblem
  /** Where a page sends readers who must sign in; `?to=` names where they were. Without it they see the problem. */
  readonly signInPath?: string
  /** `ratesOf(factor)`; false: none (benches). */
  readonly rates: Rates | false
  readonly assets?: readonly AssetFolder[]
  readonly live?: LiveUpdates
  readonly metrics?: Metrics
  /** Beside the database being reachable: migrations done, files writable, … */
  readonly ready?: readonly ReadinessCheck[]
  /** Version in the API description. */
  readonly version?: string
  /** Behind a balancer: which peers' X-Forwarded-* count (Fastify's `trustProxy`). */
  readonly trustProxy?: boolean | string | ((address: string, hop: number) => boolean)
  /** JSON and forms; 1 MiB by default. Uploads have their routes' own limits. */
  readonly bodyBytesMax?: number
  /** Milliseconds within which JSON and forms must have come; a minute by default. */
  readonly bodyMsMax?: number
  /** Tests: an answer that is not of the shape its route promises is a failure. */
  readonly checkOutput?: boolean
}

export interface Server extends FastifyInstance {
  /** From now on `/readyz` says no and new calls get 503; waits for calls under way, then closes. */
  drain: (withinMs?: number) => Promise<void>
}

const BODY_BYTES_MAX = 1024 * 1024
/** 200 MB at half a megabit per second; who sends nothing at all for two minutes is gone. */
const UPLOAD_MS_MAX = 3600_000
const SILENCE_MS_MAX = 120_000
const LINGER_MS = 2000

/** The server with every route registered, ready to listen. Throws where a route may not boot. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { house, live } = options
  const state = { draining: false }
  const metrics = options.metrics ?? new Metrics()
  const routes = [...options.routes, ...healthRoutes(house.db, metrics, options.ready ?? [], state), ...(live === undefined ? [] : liveRoutes(live))]
  routes.push(...referenceRoutes(() => routes, options))
  demandBootable(routes)

  const bodyLimit = options.bodyBytesMax ?? BODY_BYTES_MAX
  const headers = securityHeaders(house.url)
  const answerError = errorAnswers(options, bodyLimit)
  const app = Fastify({
    logger: false,
    bodyLimit,
    requestTimeout: UPLOAD_MS_MAX,
    connectionTimeout: SILENCE_MS_MAX,
    http: { headersTimeout: 15_000 },
    forceCloseConnections: 'idle',
    // Ours is said as every problem is: `http/draining`.
    return503OnClosing: false,
    trustProxy: options.trustProxy ?? false,
    routerOptions: { maxParamLength: 1000, caseSensitive: true, querystringParser: (text) => ({ text }) },
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply.headers(headers.portal)),
    clientErrorHandler: answerMalformed,
  })
  app.decorateRequest('mingtang', null)
  app.setErrorHandler(answerError)
  app.setNotFoundHandler((request, reply) => answerError(refuse('not-found'), request, reply))
  readBytesOnly(app)
  await app.register(multipart, { throwFileSizeLimit: false })
  const sessions = options.sessions ?? houseSessions(house)
  const limiter = options.rates === false ? undefined : new RateLimiter(options.rates)
  const door = new Door(headers.portal, (rate, request) => { if (limiter !== undefined) demandRate(limiter, rate, request, null) })
  app.addHook('onRequest', (request, reply, done) => {
    if (!state.draining && door.answers(request, reply)) return
    reply.headers(request.url.startsWith('/console') ? headers.console : headers.portal)
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    metrics.observe(request.method, request.routeOptions.url ?? '(none)', reply.statusCode, reply.elapsedTime / 1000)
    done()
  })

  for (const route of routes) {
    const { enter, answer } = handler(route, { options, sessions, limiter, door, state, tooSlow })
    app.route({ method: route.method, url: route.path, exposeHeadRoute: route.method === 'GET' && route.path !== '/api/v1/events', onRequest: enter, handler: answer })
  }
  if (options.assets !== undefined) registerAssets(app, options.assets)
  refuseOtherMethods(app, routes)
  const unused = unusedSockets(app)
  app.addHook('preClose', async () => {
    state.draining = true
    await live?.close()
    for (const socket of unused) socket.destroy()
  })
  app.addHook('onClose', async () => metrics.close())
  await app.ready()

  const drain = async (withinMs = 10_000): Promise<void> => {
    state.draining = true
    const giveUp = setTimeout(() => app.server.closeAllConnections(), withinMs)
    await app.close()
    clearTimeout(giveUp)
  }
  return Object.assign(app as unknown as FastifyInstance, { drain })
}

/** Sockets that never asked anything: browsers open them ahead of need, and closing would wait for them. */
function unusedSockets(app: FastifyInstance): ReadonlySet<Socket> {
  const unused = new Set<Socket>()
  app.server.on('connection', (socket: Socket) => {
    unused.add(socket)
    socket.on('close', () => unused.delete(socket))
  })
  app.server.on('request', (request: { readonly socket: Socket }) => unused.delete(request.socket))
  return unused
}

/** Bodies arrive as bytes; what they mean is read where a refusal can be answered. Anything else is 415. */
function readBytesOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  const keep = (_request: FastifyRequest, body: Buffer | string, done: (error: null, body: Buffer | string) => void) => done(null, body)
  app.addContentTypeParser(['application/json', 'application/x-www-form-urlencoded'], { parseAs: 'buffer' }, keep)
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/** A path that exists answers every other method with 405 and what it does accept (RFC 9110 §15.5.6); OPTIONS is told the same. */
function refuseOtherMethods(app: FastifyInstance, routes: readonly Route[]): void {
  const byPath = new Map<string, Route[]>()
  for (const route of routes) byPath.set(pathShape(route.path), [...(byPath.get(pathShape(route.path)) ?? []), route])
  for (const same of byPath.values()) {
    const url = same[0]!.path
    const own = new Set<string>(same.flatMap((route) => (route.method === 'GET' && url !== '/api/v1/events' ? ['GET', 'HEAD'] : [route.method])))
    const allow = [...own, 'OPTIONS'].join(', ')
    const others = METHODS.filter((method) => !own.has(method) && method !== 'OPTIONS')
    app.options(url, (_request, reply) => reply.code(204).header('allow', allow).send())
    app.route({ method: [...others], url, onRequest: (request, reply, done) => { void reply.header('allow', allow); done(refuse('method-not-allowed', { method: request.method, allow })) }, handler: () => undefined })
  }
}

/** Every error on its way out: a refusal as it stands, the framework's own as a refusal of ours, the rest as a failure with an id. */
function errorAnswers(options: ServerOptions, bodyLimit: number) {
  return async (error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const path = request.url.split('?')[0]!.slice(0, 500)
    const language = request.mingtang?.language ?? readerLanguage(undefined, readCookie(request.headers.cookie, LANGUAGE_COOKIE), request.headers['accept-language'])
    const elder = request.mingtang?.elder ?? readCookie(request.headers.cookie, ELDER_COOKIE) === '1'
    // Who went away in the middle gets no answer, and nothing failed here.
    if (request.raw.destroyed && !request.raw.complete) return reply.hijack()
    if (!request.raw.complete) cutOffSoon(request)
    const refusal = asRefusal(error, request, bodyLimit)
    const id = randomUUID()
    if (refusal === undefined) options.house.log(`failure ${id} ${request.method} ${path}: ${error.stack ?? String(error)}`)
    const problem = refusal === undefined ? failureProblem(id, language, path) : problemOf(refusal, language, path)
    if (refusal?.retryAfter !== undefined) void reply.header('retry-after', refusal.retryAfter)
    else if (problem.status === 503) void reply.header('retry-after', 2)
    if (problem.status === 401) void reply.header('www-authenticate', 'Bearer')
    void reply.code(problem.status).header('cache-control', 'no-store').header('vary', 'accept, accept-language, cookie')
    if (!readsPages(request)) return reply.header('content-type', PROBLEM_TYPE).send(JSON.stringify(problem))
    const kept = request.mingtang?.kept
    if (problem.code === 'http/not-signed-in' && options.signInPath !== undefined && kept === undefined) {
      const to = request.method === 'GET' ? `?to=${encodeURIComponent(request.url)}` : ''
      return reply.code(303).header('location', `${options.signInPath}${to}`).send()
    }
    const html = (options.renderProblem ?? problemPage)(problem, { language, elder, path, ...(kept === undefined ? {} : { kept }) })
    return sendText(request, reply, html, 'text/html; charset=utf-8')
  }
}

/** Pages answer problems as pages; so do addresses that do not exist, and forms posted to the API by a browser. */
function readsPages(request: FastifyRequest): boolean {
  if (request.mingtang !== null && request.mingtang !== undefined) return request.mingtang.wantsHtml
  return !request.url.startsWith('/api/') && (request.headers.accept ?? '').includes('text/html')
}

function asRefusal(error: Error, request: FastifyRequest, bodyLimit: number): Refusal | undefined {
  if (error instanceof Refusal) return error
  switch ('code' in error ? error.code : undefined) {
    case 'FST_ERR_BAD_URL': case 'FST_ERR_INVALID_URL': case 'FST_ERR_MAX_PARAM_LENGTH': case 'FST_ERR_ASYNC_CONSTRAINT': return refuse('bad-url')
    case 'FST_ERR_CTP_BODY_TOO_LARGE': return refuse('too-large', { bytes: bodyLimit })
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE': case 'FST_ERR_CTP_EMPTY_TYPE': return refuse('unsupported-media-type', { type: request.headers['content-type']?.slice(0, 100) ?? '-' })
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH': case 'FST_ERR_CTP_EMPTY_JSON_BODY': case 'FST_ERR_CTP_INVALID_JSON_BODY': return refuseInput('unparsable')
    default: return undefined
  }
}

/** What is refused before it came whole is read on for a moment, so that the answer is not lost on its way, and then cut off. */
function cutOffSoon({ raw }: FastifyRequest): void {
  const late = setTimeout(() => { if (!raw.complete) raw.destroy() }, LINGER_MS).unref()
  raw.once('close', () => clearTimeout(late))
}

const tooSlow = (socket: Socket): void => answerMalformed(Object.assign(new Error('the body did not come'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket)

/** Bytes that are not HTTP: there is no request to answer, only a socket. */
function answerMalformed(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request'
  const problem = JSON.stringify({ ...problemOf(refuse('bad-request'), 'zh', ''), status: Number(status.slice(0, 3)) })
  socket.end(`HTTP/1.1 ${status}\r\ncontent-type: ${PROBLEM_TYPE}\r\ncontent-length: ${Buffer.byteLength(problem)}\r\nconnection: close\r\n\r\n${problem}`)
}
