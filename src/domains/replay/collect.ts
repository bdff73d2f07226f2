import { refuse } from './errors.ts'
import { LOG_LIMITS, type EventLog, type LogCase, type LogEvent, type LogLimits } from './event-log.ts'
import { readTimestamp, type Timestamp } from './timestamp.ts'

/** Names of XES (IEEE 1849-2016, extensions concept, time, org). In .csv those of the case carry the prefix `case:`. */
export const ACTIVITY = 'concept:name', TIME = 'time:timestamp', RESOURCE = 'org:resource', CASE = 'concept:name'
const TIMES = ['startdate', 'deadline', 'enddate'] as const

interface Growing { readonly id: string; readonly attributes: Record<string, string>; readonly times: Partial<Record<(typeof TIMES)[number], Timestamp>>; readonly events: LogEvent[] }
export type Attributes = Readonly<Record<string, string | undefined>>

/** Takes cases and events as a reader meets them and gives the log in order. Refuses what has no name or no time, with its line. */
export function collector(limits: LogLimits = LOG_LIMITS) {
  const cases = new Map<string, Growing>()
  const known = new Set<string>()
  let events = 0
  return {
    has: (id: string): boolean => cases.has(id),
    /** The case of this name; its attributes are what the first line that has one says. */
    case(id: string | undefined, attributes: Attributes, line: number): Growing {
      if (id === undefined || id === '') throw refuse('missing-value', { line, what: 'case:concept:name' })
      let found = cases.get(id)
      if (!found) cases.set(id, (found = { id, attributes: {}, times: {}, events: [] }))
      for (const [name, value] of Object.entries(attributes)) {
        if (name === CASE) continue
        known.add(name)
        if (value === undefined || value === '' || Object.hasOwn(found.attributes, name)) continue
        found.attributes[name] = value
        const time = TIMES.find((one) => one === name)
        if (time) found.times[time] = timeOf(value, line)
      }
      return found
    },
    event(of: Growing, attributes: Attributes, line: number): void {
      const activity = attributes[ACTIVITY]
      const time = attributes[TIME]
      if (activity === undefined || activity === '') throw refuse('missing-value', { line, what: ACTIVITY })
      if (time === undefined || time === '') throw refuse('missing-value', { line, what: TIME })
      if ((events += 1) > limits.events) throw refuse('too-large', { what: 'events', limit: limits.events })
      of.events.push({ activity, at: timeOf(time, line), resource: attributes[RESOURCE] || null })
    },
    finish(): EventLog {
      if (events === 0) throw refuse('empty')
      return { cases: [...cases.values()].filter((one) => one.events.length > 0).map(inTime), attributes: known }
    },
  }
}

function timeOf(value: string, line: number): Timestamp {
  const at = readTimestamp(value)
  if (!at) throw refuse('bad-timestamp', { line, value: value.slice(0, 80) })
  return at
}

/** `sort` is stable, so events of the same instant stay as the file has them. */
const inTime = ({ id, attributes, times, events }: Growing): LogCase => ({
  id, attributes, start: times.startdate ?? null, deadline: times.deadline ?? null, end: times.enddate ?? null, events: events.sort((a, b) => a.at.micros - b.at.micros),
})
