import type { FastifyReply, FastifyRequest } from 'fastify'
import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import { Bytes, Page, Redirect, type Route } from './types.ts'

const compress = promisify(gzip)
/** Below this a packet is a packet. */
const COMPRESS_FROM = 1400
export const VARY = 'accept-encoding, accept-language, cookie'
const REVALIDATE = 'private, no-cache'
/** Of a page that is the same for everybody. */
export const PUBLIC_PAGE = 'public, max-age=0, must-revalidate'
/** What is somebody's own is kept by no browser: the next one at a computer of the hall finds nothing by going back. */
const KEEP_NOTHING = 'private, no-store'

/** Writes what a handler returned. JSON for everything that is not a page, a redirect or bytes. */
export async function send(request: FastifyRequest, reply: FastifyReply, route: Route, result: unknown): Promise<unknown> {
  if (result === reply || reply.sent) return reply
  if (result instanceof Page) return sendPage(request, reply, result)
  if (result instanceof Redirect) return reply.code(result.status).header('location', result.to).header('cache-control', 'no-store').send()
  if (result instanceof Bytes) return sendBytes(request, reply, result, 'open' in route.guard ? REVALIDATE : KEEP_NOTHING)
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  if (result === undefined) return reply.code(route.status ?? 204).send()
  return sendText(request, reply.code(route.status ?? 200).header('vary', VARY), JSON.stringify(result), 'application/json; charset=utf-8')
}

/**
 * Compressed on the way where the reader can take it and it pays. Text goes out as text: Node joins it to the head in one buffer, where
 * bytes would be a second one to write.
 */
export async function sendText(request: FastifyRequest, reply: FastifyReply, body: Buffer | string, type: string): Promise<unknown> {
  reply.header('content-type', type)
  if (!accepts(request, 'gzip') || Buffer.byteLength(body) < COMPRESS_FROM) return reply.send(body)
  return reply.header('content-encoding', 'gzip').send(await compress(body, { level: constants.Z_BEST_SPEED + 4 }))
}

function sendPage(request: FastifyRequest, reply: FastifyReply, page: Page): Promise<unknown> | FastifyReply {
  const { status = 200, etag, cache = 'private', gzip: gzipped } = page.options
  const own = cache === 'none' || (request.mingtang !== null && request.mingtang.caller.kind !== 'anonymous') ? KEEP_NOTHING : REVALIDATE
  reply.code(status).header('vary', VARY).header('cache-control', cache !== 'revalidate' ? own : PUBLIC_PAGE)
  if (etag !== undefined) {
    reply.header('etag', etag)
    if (matches(request, etag)) return reply.code(304).send()
  }
  if (gzipped !== undefined && accepts(request, 'gzip')) {
    return reply.header('content-type', 'text/html; charset=utf-8').header('content-encoding', 'gzip').send(gzipped)
  }
  return sendText(request, reply, page.html, 'text/html; charset=utf-8')
}

function sendBytes(request: FastifyRequest, reply: FastifyReply, bytes: Bytes, cache: string): FastifyReply {
  reply.code(bytes.status).header('content-type', bytes.type).headers(bytes.headers)
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', cache)
  const etag = bytes.headers.etag
  return etag !== undefined && matches(request, etag) ? reply.code(304).send() : reply.send(bytes.body)
}

/** Weak comparison of If-None-Match (RFC 9110 §13.1.2). */
export function matches(request: FastifyRequest, etag: string): boolean {
  const given = request.headers['if-none-match']
  if (given === undefined) return false
  const bare = (tag: string) => tag.trim().replace(/^W\//, '')
  return given.trim() === '*' || given.split(',').some((tag) => bare(tag) === bare(etag))
}

/** Whether the reader takes this encoding; `gzip;q=0` says no. */
export function accepts(request: FastifyRequest, encoding: 'gzip' | 'br'): boolean {
  const given = request.headers['accept-encoding']
  if (given === undefined) return false
  return (given as string).split(',').some((part) => {
    const [name, ...parameters] = part.trim().toLowerCase().split(';')
    return name === encoding && !parameters.some((p) => /^\s*q=0(\.0*)?\s*$/.test(p))
  })
}
