import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { Bilingual, Language } from '../../base/text.ts'
import type { Caller } from '../access/types.ts'

/**
 * Who may call a route. A route without a guard does not boot.
 * `open`: everybody, and why (with the article). `deferred`: the act itself reads the session in its one read and judges.
 */
export type Guard =
  | { readonly open: string }
  | { readonly permission: string }
  | { readonly signedIn: 'anyone' | 'applicant' | 'officer' }
  | { readonly deferred: string }

export type RateClass = 'page' | 'read' | 'write' | 'upload' | 'signIn' | 'log'

export interface Route<P = unknown, Q = unknown, B = unknown> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Fastify syntax, `/api/v1/cases/:caseNo`. */
  readonly path: string
  readonly guard: Guard
  readonly summary: Bilingual
  /** `api` answers JSON and problems, `page` answers HTML (problems as pages), `stream` writes to the reply itself. */
  readonly kind: 'api' | 'page' | 'stream'
  readonly rate: RateClass
  readonly params?: z.ZodType<P>
  readonly query?: z.ZodType<Q>
  /** JSON body, or the fields of a form. Multipart uploads are read by the handler from `ask.request`. */
  readonly body?: z.ZodType<B>
  readonly output?: z.ZodType
  readonly status?: number
  /** False for multipart routes, which read the stream themselves. */
  readonly parseBody?: boolean
  /** Its form holds a secret such as a password: what was typed is never sent back, also not across a sign-in. */
  readonly secret?: true
  readonly handle: (ask: Ask<P, Q, B>) => Promise<unknown>
}

export interface Ask<P, Q, B> {
  readonly params: P
  readonly query: Q
  readonly body: B
  /** Anonymous where the guard is `deferred`: use `tokenHash` with the act. */
  readonly caller: Caller
  readonly tokenHash: Buffer | null
  readonly language: Language
  readonly elder: boolean
  /** Whether the reader asked for scripts' JSON or a page: forms post and are redirected. */
  readonly wantsHtml: boolean
  readonly idempotencyKey: string | undefined
  /** Hidden form token for pages of this session. */
  readonly csrfToken: string
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

export interface PageOptions {
  readonly status?: number
  readonly etag?: string
  /** `private` (default): for this reader alone, asked again each time; `revalidate`: anybody may keep it and asks by its etag; `none`: nobody keeps it. */
  readonly cache?: 'private' | 'revalidate' | 'none'
  /** The same bytes compressed already, where a cache keeps them (`PageCache`). */
  readonly gzip?: Buffer
  /** Whether it may be answered again without its route being asked (`Door`): says at once whether what it depends on is still the same. */
  readonly stands?: () => boolean
}
/** What a page handler may return. */
export class Page {
  constructor(readonly html: string | Buffer, readonly options: PageOptions = {}) {}

  standingWhile(stands: () => boolean): Page {
    return new Page(this.html, { ...this.options, stands })
  }
}
export class Redirect { constructor(readonly to: string, readonly status: 303 | 302 | 301 = 303) {} }
/** Bytes with their type: PDFs, tiles, uploads. */
export class Bytes {
  constructor(readonly body: Buffer | Readable, readonly type: string, readonly headers: Readonly<Record<string, string>> = {}, readonly status = 200) {}
}

/** Keeps the types of params, query and body together with their handler. */
export const route = <P, Q, B>(spec: Route<P, Q, B>): Route => spec as unknown as Route
