import { SaxesParser } from 'saxes'
import { CASE, collector, type Attributes } from './collect.ts'
import { refuse } from './errors.ts'
import { LOG_LIMITS, type EventLog, type LogLimits } from './event-log.ts'

/** Attribute kinds of XES 1849-2016; all of them may hold further ones. */
const KINDS: ReadonlySet<string> = new Set(['string', 'date', 'int', 'float', 'boolean', 'id', 'list', 'container'])
/** What may stand where; anything else is not XES. */
const INSIDE: Readonly<Record<string, ReadonlySet<string>>> = {
  log: new Set(['extension', 'global', 'classifier', 'trace', ...KINDS]),
  global: KINDS, trace: new Set(['event', ...KINDS]), event: KINDS, values: KINDS, extension: new Set(), classifier: new Set(),
}

/**
 * Reads XES as it streams. Attributes of traces and events count; those nested in another attribute, in `list`, or given as `global`
 * say something about attributes and do not. Refuses malformed XML, document types and foreign elements with their line.
 */
export async function readXes(text: AsyncIterable<string>, limits: LogLimits = LOG_LIMITS): Promise<EventLog> {
  const log = collector(limits)
  const parser = new SaxesParser({ xmlns: false, position: true })
  const path: string[] = []
  let trace: { attributes: Record<string, string>; line: number; events: { attributes: Attributes; line: number }[] } | null = null
  let event: Record<string, string> | null = null
  let eventLine = 0
  const at = () => parser.line

  parser.on('error', (error) => { throw refuse('malformed', { line: at(), reason: error.message.replace(/^\d+:\d+: /, '') }) })
  parser.on('doctype', () => { throw refuse('malformed', { line: at(), reason: 'document types and entities are not accepted' }) })
  parser.on('opentag', ({ name, attributes }) => {
    const parent = path.at(-1)
    const allowed = parent === undefined ? name === 'log' : KINDS.has(parent) ? KINDS.has(name) || (parent === 'list' && name === 'values') : (INSIDE[parent]?.has(name) ?? false)
    if (!allowed) throw refuse('not-xes', { line: at(), element: name })
    path.push(name)
    if (path.length > limits.depth) throw refuse('too-large', { what: 'nested attributes', limit: limits.depth })
    if (name === 'trace') trace = { attributes: {}, line: at(), events: [] }
    else if (name === 'event') {
      event = {}
      eventLine = at()
    } else if (KINDS.has(name) && (parent === 'trace' || parent === 'event')) attribute(parent === 'event' ? event! : trace!.attributes, name, attributes as Record<string, string>)
  })
  parser.on('closetag', ({ name }) => {
    path.pop()
    if (name === 'event') {
      trace!.events.push({ attributes: event!, line: eventLine })
      event = null
    }
    if (name === 'trace') close()
  })

  function attribute(of: Record<string, string>, kind: string, { key, value }: Record<string, string>): void {
    if (key === undefined) throw refuse('missing-value', { line: at(), what: 'key' })
    if (kind === 'list' || kind === 'container') return
    if (value === undefined) throw refuse('missing-value', { line: at(), what: key })
    if (value.length > limits.valueLength) throw refuse('too-large', { what: 'characters in a value', limit: limits.valueLength })
    of[key] = value
  }

  /** A trace is whole only at its end: its name may stand after its events. */
  function close(): void {
    const { attributes, line, events } = trace!
    const id = attributes[CASE]
    if (id !== undefined && log.has(id)) throw refuse('double-case', { line, id })
    const of = log.case(id, attributes, line)
    for (const one of events) log.event(of, one.attributes, one.line)
    trace = null
  }

  for await (const piece of text) parser.write(piece)
  parser.close()
  return log.finish()
}
