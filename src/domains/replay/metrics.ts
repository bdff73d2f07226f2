import type { EventLog, LogCase } from './event-log.ts'

export type Counts = Readonly<Record<string, number>>

/** What `replay FILE` says. Counts stand with the largest first, as far as names that are numbers let an object do so. */
export interface LogMetrics {
  readonly cases: number
  readonly events: number
  readonly activities: number
  /** Distinct names; events without one count for nobody. */
  readonly resources: number
  /** Distinct sequences of activities. */
  readonly variants: number
  /** How many cases went the most frequent way. */
  readonly topVariantCases: number
  readonly startActivities: Counts
  readonly endActivities: Counts
  readonly activityCounts: Counts
  /** Days of 24 hours from a case's first event to its last, four decimals. */
  readonly durationDays: { readonly median: number; readonly mean: number; readonly max: number }
  /** First and last event, RFC 3339 with the log's own offset. */
  readonly first: string
  readonly last: string
  /** Ended at or before the deadline's instant, after it, or not ended; null where the log knows no deadlines. */
  readonly deadlines: { readonly onTime: number; readonly late: number; readonly open: number } | null
  readonly casesWithDeadline?: number
  readonly casesWithEnd?: number
  /** Whole days from start to deadline, rounded, and how many cases were given them. */
  readonly deadlineMinusStartDays?: Counts
  readonly channels?: Counts
  readonly departments?: Counts
}

const DAY = 86_400_000_000

/** Pure: the same log gives the same figures. */
export function metrics(log: EventLog): LogMetrics {
  const { cases } = log
  const events = cases.flatMap((one) => one.events)
  const variants = counts(cases.map((one) => JSON.stringify(one.events.map((event) => event.activity))))
  const durations = cases.map(({ events: own }) => (own.at(-1)!.at.micros - own[0]!.at.micros) / DAY).sort((a, b) => a - b)
  const inOrder = [...events].sort((a, b) => a.at.micros - b.at.micros)
  const activityCounts = counts(events.map((event) => event.activity))
  return {
    cases: cases.length,
    events: events.length,
    activities: Object.keys(activityCounts).length,
    resources: new Set(events.flatMap((event) => event.resource ?? [])).size,
    variants: Object.keys(variants).length,
    topVariantCases: Object.values(variants)[0]!,
    startActivities: counts(cases.map((one) => one.events[0]!.activity)),
    endActivities: counts(cases.map((one) => one.events.at(-1)!.activity)),
    activityCounts,
    durationDays: { median: rounded(medianOf(durations)), mean: rounded(durations.reduce((sum, days) => sum + days, 0) / durations.length), max: rounded(durations.at(-1)!) },
    first: inOrder[0]!.at.text,
    last: inOrder.at(-1)!.at.text,
    ...deadlineFigures(log),
    ...(log.attributes.has('channel') ? { channels: counts(cases.flatMap((one) => one.attributes.channel ?? [])) } : {}),
    ...(log.attributes.has('department') ? { departments: counts(cases.flatMap((one) => one.attributes.department ?? [])) } : {}),
  }
}

function deadlineFigures({ cases, attributes }: EventLog): Pick<LogMetrics, 'deadlines' | 'casesWithDeadline' | 'casesWithEnd' | 'deadlineMinusStartDays'> {
  if (!attributes.has('deadline')) return { deadlines: null }
  const due = cases.filter((one): one is LogCase & { deadline: { micros: number } } => one.deadline !== null)
  const ended = due.filter((one) => one.end !== null)
  const onTime = ended.filter((one) => one.end!.micros <= one.deadline.micros).length
  const given = due.filter((one) => one.start !== null)
  return {
    deadlines: { onTime, late: ended.length - onTime, open: due.length - ended.length },
    casesWithDeadline: due.length,
    casesWithEnd: cases.filter((one) => one.end !== null).length,
    ...(given.length > 0 ? { deadlineMinusStartDays: counts(given.map((one) => String(Math.round((one.deadline.micros - one.start!.micros) / DAY)))) } : {}),
  }
}

function counts(names: readonly string[]): Counts {
  const found = new Map<string, number>()
  for (const name of names) found.set(name, (found.get(name) ?? 0) + 1)
  return Object.fromEntries([...found].sort((a, b) => b[1] - a[1]))
}

function medianOf(sorted: readonly number[]): number {
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

const rounded = (days: number): number => Math.round(days * 10_000) / 10_000
