import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { createGunzip } from 'node:zlib'
import type { Readable } from 'node:stream'
import { refuse } from './errors.ts'
import { LOG_LIMITS, type EventLog, type LogLimits } from './event-log.ts'
import { readCsv } from './read-csv.ts'
import { readXes } from './read-xes.ts'

/** Reads an event log by what its name ends with. Refuses what cannot be a log; nothing in it is repaired. */
export async function readLog(path: string, limits: LogLimits = LOG_LIMITS): Promise<EventLog> {
  const kind = /\.(csv|xes|xes\.gz)$/i.exec(basename(path))?.[1]?.toLowerCase()
  if (kind === undefined) throw refuse('unknown-format', { file: basename(path) })
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) throw refuse('no-file', { file: basename(path) })
  const file = createReadStream(path)
  try {
    const text = textOf(kind === 'xes.gz' ? expanded(file) : file, limits)
    return await (kind === 'csv' ? readCsv(text, limits) : readXes(text, limits))
  } finally {
    file.destroy()
  }
}

async function* expanded(file: Readable): AsyncIterable<Buffer> {
  const gunzip = file.pipe(createGunzip())
  file.once('error', (error) => gunzip.destroy(error))
  try {
    for await (const bytes of gunzip) yield bytes as Buffer
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw code?.startsWith('Z_') ? refuse('not-gzip', { reason: message }) : error
  }
}

/** UTF-8 and nothing else, no more than the limit however small the file was compressed. */
async function* textOf(bytes: AsyncIterable<Buffer>, limits: LogLimits): AsyncIterable<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let size = 0
  let line = 1
  const decode = (piece: Buffer | undefined): string => {
    try {
      return decoder.decode(piece, { stream: piece !== undefined })
    } catch {
      throw refuse('not-text', { line })
    }
  }
  for await (const piece of bytes) {
    if ((size += piece.length) > limits.bytes) throw refuse('too-large', { what: 'bytes', limit: limits.bytes })
    const text = decode(piece)
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) line += 1
    yield text
  }
  yield decode(undefined)
}
