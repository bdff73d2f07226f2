import { parse, type CsvError } from 'csv-parse'
import { ACTIVITY, collector, TIME } from './collect.ts'
import { refuse } from './errors.ts'
import { LOG_LIMITS, type EventLog, type LogLimits } from './event-log.ts'

const CASE_PREFIX = 'case:'
const NEEDED = [`${CASE_PREFIX}concept:name`, ACTIVITY, TIME]

/** Reads a log of one event a line, columns named as XES names its attributes. Refuses with the line at which it stops. */
export async function readCsv(text: AsyncIterable<string>, limits: LogLimits = LOG_LIMITS): Promise<EventLog> {
  const log = collector(limits)
  const parser = parse({ columns: checkedHeader, bom: true, info: true, skip_empty_lines: true, max_record_size: limits.valueLength * 10 })
  const reading = (async () => {
    for await (const { record, info } of parser as AsyncIterable<{ record: Record<string, string>; info: { lines: number } }>) {
      const own: Record<string, string | undefined> = {}
      const ofCase: Record<string, string | undefined> = {}
      for (const [name, value] of Object.entries(record)) {
        if (name.startsWith(CASE_PREFIX)) ofCase[name.slice(CASE_PREFIX.length)] = value
        else own[name] = value
      }
      log.event(log.case(ofCase['concept:name'], ofCase, info.lines), own, info.lines)
    }
  })()
  const writing = (async () => {
    for await (const piece of text) if (!parser.write(piece)) await Promise.race([drained(parser), reading])
    parser.end()
  })()
  // Whichever fails first says why; the other is then let go.
  await Promise.all([reading, writing.catch((error: unknown) => { parser.destroy(); throw error })]).catch((error: unknown) => {
    parser.destroy()
    throw asRefusal(error)
  })
  return log.finish()
}

const drained = (parser: NodeJS.WritableStream): Promise<void> => new Promise((resolve) => { parser.once('drain', resolve) })

function checkedHeader(header: readonly string[]): string[] {
  const names = header.map((name) => name.trim())
  const missing = NEEDED.filter((name) => !names.includes(name))
  if (missing.length > 0) throw refuse('missing-column', { columns: missing.join(', ') })
  const twice = names.filter((name, i) => names.indexOf(name) !== i)
  if (twice.length > 0) throw refuse('double-column', { columns: [...new Set(twice)].join(', ') })
  return names
}

function asRefusal(error: unknown): unknown {
  const { code, lines, message } = error as CsvError & { lines?: number }
  return typeof code === 'string' && code.startsWith('CSV_') ? refuse('malformed', { line: lines ?? 0, reason: message }) : error
}
