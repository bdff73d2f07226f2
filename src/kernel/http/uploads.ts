import type { FastifyRequest } from 'fastify'
import type { Readable } from 'node:stream'
import { refuse, refuseInput } from './errors.ts'
import { unstorableTexts } from './strict-json.ts'

export interface UploadedFile { readonly field: string; readonly name: string; readonly declaredType: string; readonly content: Readable }
export interface UploadLimits { readonly bytesMax: number; readonly filesMax: number }

/** Plain fields and the lines between the parts. */
const OVERHEAD_MAX = 8 * 1024 * 1024

/**
 * The parts of a multipart body as they arrive: every file is handed to `take`, which must read it to its end, and the plain
 * fields are returned. Nothing is kept in memory or on disk here. Refuses `http/unsupported-media-type` where it is not multipart,
 * `http/too-large` beyond the limits (after `take` saw the beginning: what it stored is not to be named by any act),
 * `input/unparsable` where the body is broken off or not multipart as RFC 7578 has it, `http/form-expired` where a page's form lacks its token.
 */
export async function readUploads<T>(request: FastifyRequest, limits: UploadLimits, take: (file: UploadedFile) => Promise<T>): Promise<{ readonly files: readonly T[]; readonly fields: Readonly<Record<string, string>> }> {
  if (!request.isMultipart()) throw refuse('unsupported-media-type', { type: request.headers['content-type']?.slice(0, 100) ?? '-' })
  // Said at once where the length tells it: nobody waits for 2 GB to hear no.
  if (Number(request.headers['content-length'] ?? 0) > limits.bytesMax * limits.filesMax + OVERHEAD_MAX) throw refuse('too-large', { bytes: limits.bytesMax })
  const files: T[] = []
  const fields = new Map<string, string>()
  try {
    for await (const part of request.parts({ limits: { fileSize: limits.bytesMax, files: limits.filesMax, fields: 100, fieldSize: 64 * 1024, fieldNameSize: 200, headerPairs: 50 } })) {
      if (part.type === 'file') {
        if (unstorableTexts([part.filename, part.fieldname]).length > 0) throw refuseInput('unparsable')
        // Nobody waits for the rest of what is too much already; whoever reads it finds it `truncated`.
        part.file.once('limit', () => part.file.destroy())
        files.push(await take({ field: part.fieldname, name: part.filename, declaredType: part.mimetype, content: part.file }))
        if (part.file.truncated) throw refuse('too-large', { bytes: limits.bytesMax })
      } else {
        const value = String(part.value)
        if (part.fieldnameTruncated || part.valueTruncated || fields.has(part.fieldname) || unstorableTexts([part.fieldname, value]).length > 0) throw refuseInput('unparsable')
        fields.set(part.fieldname, value)
      }
    }
  } catch (error) {
    throw refusalOf(error, limits)
  }
  // A page's form brings its token as a field; what was stored before it was judged is not to be named by any act.
  if (request.mingtang?.wantsHtml === true && !request.mingtang.formTokenFits(fields.get('_csrf'))) throw refuse('form-expired')
  fields.delete('_csrf')
  return { files, fields: Object.fromEntries(fields) }
}

/** The parser's own errors are about what was sent; everything else goes up as it is. */
function refusalOf(error: unknown, limits: UploadLimits): unknown {
  if (!(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'FST_REQ_FILE_TOO_LARGE' || code === 'FST_FILES_LIMIT' || code === 'FST_PARTS_LIMIT' || code === 'FST_FIELDS_LIMIT') return refuse('too-large', { bytes: limits.bytesMax })
  const brokenOff = /^(Multipart:|Unexpected end of (multipart data|form)|Part terminated early|Malformed part header|Premature close|aborted)/.test(error.message)
  return brokenOff || code.startsWith('FST_') || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' ? refuseInput('unparsable') : error
}
