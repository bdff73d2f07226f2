import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { decodePairs } from './form.ts'
import { decodeUtf8 } from './strict-json.ts'
import type { Route } from './types.ts'
import { readUploads } from './uploads.ts'

/**
 * What a form brought that could not be taken, because its session had ended: the page that says so carries it along, so that
 * it can be sent again after signing in. It is kept nowhere else. Files are not among it.
 */
export interface Kept {
  /** The path it was posted to. */
  readonly action: string
  readonly multipart: boolean
  /** As they came, without the form's own keys. */
  readonly fields: readonly (readonly [name: string, value: string])[]
  /** The token for the next form of this reader; empty where no cookie was sent. */
  readonly csrfToken: string
}

const BYTES_MAX = 256 * 1024
/** Of somebody who is not signed in no more than this is read to find the few words between the files. */
const MULTIPART_BYTES_MAX = 20 * 1024 * 1024
const FILES_MAX = 20
const OWN_KEYS = new Set(['_csrf', '_key'])

/** Whether a form may be read although its sender is not signed in. */
export function mayKeep(request: FastifyRequest, route: Route): boolean {
  if (route.kind !== 'page' || route.method !== 'POST' || route.secret === true) return false
  const type = (request.headers['content-type'] ?? '').toLowerCase()
  return type.startsWith('application/x-www-form-urlencoded') || (type.startsWith('multipart/form-data') && Number(request.headers['content-length'] ?? Infinity) <= MULTIPART_BYTES_MAX)
}

/** What a form brought; undefined where it is nothing, or too much to carry along. Refuses what is no form. */
export async function keptOf(request: FastifyRequest, csrfToken: string): Promise<Kept | undefined> {
  const multipart = request.isMultipart()
  const all = multipart ? Object.entries((await readUploads(request, { bytesMax: MULTIPART_BYTES_MAX, filesMax: FILES_MAX }, async ({ content }) => void content.resume())).fields)
    : Buffer.isBuffer(request.body) ? decodePairs(decodeUtf8(request.body)) : []
  const fields = all.filter(([name]) => !OWN_KEYS.has(name))
  if (fields.length === 0 || fields.reduce((sum, [name, value]) => sum + name.length + value.length, 0) > BYTES_MAX) return undefined
  return { action: request.url, multipart, fields, csrfToken }
}

const KeptText = z.object({ action: z.string().max(2000), multipart: z.boolean(), fields: z.array(z.tuple([z.string().max(200), z.string()])).max(2000) })
/** As a page's hidden field carries it. */
export const keptText = ({ action, multipart, fields }: Kept): string => JSON.stringify({ action, multipart, fields })
export const KEPT_TEXT_MAX = 4 * BYTES_MAX
/** Back from the hidden field; undefined where the text is not one. */
export function parseKept(text: string): Omit<Kept, 'csrfToken'> | undefined {
  try {
    return KeptText.safeParse(JSON.parse(text)).data
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
