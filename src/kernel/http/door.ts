import type { FastifyReply, FastifyRequest } from 'fastify'
import { readerLanguage } from './language.ts'
import { accepts, matches, PUBLIC_PAGE, VARY } from './send.ts'
import { Page, type RateClass } from './types.ts'

/** A page may be answered at the door for so long before its route is asked again. */
const STANDS_MS = 1000
const PAGES_MAX = 5000

interface Standing {
  readonly until: number
  readonly stands: () => boolean
  readonly rate: RateClass
  readonly etag: string
  readonly gzip: Buffer
  /** Names and values in turn, as `writeHead` takes them without looking at each again. */
  readonly head: readonly string[]
  readonly notModified: readonly string[]
}

/**
 * Kept pages for readers who bring nothing but their language, answered before anything else is worked out about the request. Only
 * what a route has said may be answered so (`Page.options.stands`), as long as that says yes, and for a second at most.
 */
export class Door {
  readonly #pages = new Map<string, Standing>()

  constructor(readonly headers: Readonly<Record<string, string>>, readonly demandRate: (rate: RateClass, request: FastifyRequest) => void) {}

  keep(request: FastifyRequest, rate: RateClass, page: unknown): void {
    if (!(page instanceof Page) || !bringsNothing(request)) return
    const { stands, etag, gzip, status = 200, cache } = page.options
    if (stands === undefined || etag === undefined || gzip === undefined || status !== 200 || cache !== 'revalidate') return
    if (this.#pages.size >= PAGES_MAX) this.#pages.clear()
    const common = { ...this.headers, vary: VARY, 'cache-control': PUBLIC_PAGE, etag }
    const whole = { ...common, 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'gzip', 'content-length': String(gzip.length) }
    this.#pages.set(keyOf(request), { until: performance.now() + STANDS_MS, stands, rate, etag, gzip, head: Object.entries(whole).flat(), notModified: Object.entries(common).flat() })
  }

  /** Whether the request is answered. Refuses `http/too-many-requests`. */
  answers(request: FastifyRequest, reply: FastifyReply): boolean {
    if (!bringsNothing(request) || !accepts(request, 'gzip')) return false
    const key = keyOf(request)
    const page = this.#pages.get(key)
    if (page === undefined) return false
    if (performance.now() > page.until || !page.stands()) {
      this.#pages.delete(key)
      return false
    }
    this.demandRate(page.rate, request)
    const { raw } = reply.hijack()
    if (matches(request, page.etag)) raw.writeHead(304, page.notModified as string[]).end()
    else raw.writeHead(200, page.head as string[]).end(page.gzip)
    return true
  }
}

/** No session, no choice kept in a cookie or made in the address: of such a reader only the language matters. */
const bringsNothing = ({ method, url, headers }: FastifyRequest): boolean =>
  method === 'GET' && headers.cookie === undefined && headers.authorization === undefined && !url.includes('?')

const keyOf = ({ url, headers }: FastifyRequest): string => `${readerLanguage(undefined, undefined, headers['accept-language'])} ${url}`
