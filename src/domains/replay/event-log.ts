import type { Timestamp } from './timestamp.ts'

export interface LogEvent {
  readonly activity: string
  readonly at: Timestamp
  /** Who did it, as the log names them; null where it does not. */
  readonly resource: string | null
}

/** One case with its events in time: stable by timestamp, ties by their order in the file. */
export interface LogCase {
  readonly id: string
  /** Attributes of the case without the prefix `case:`: `startdate`, `deadline`, `enddate`, `channel`, `department`, … Empty ones are left out. */
  readonly attributes: Readonly<Record<string, string>>
  /** The same for those that are times. */
  readonly start: Timestamp | null
  readonly deadline: Timestamp | null
  readonly end: Timestamp | null
  readonly events: readonly LogEvent[]
}

export interface EventLog {
  /** In the order in which the file first names them. */
  readonly cases: readonly LogCase[]
  /** Case attributes the log knows at all, filled in or not. */
  readonly attributes: ReadonlySet<string>
}

/** What a file may at most be, expanded: beyond it reading stops. Real logs of a city's permits are a hundredth of it. */
export interface LogLimits { readonly bytes: number; readonly events: number; readonly depth: number; readonly valueLength: number }
export const LOG_LIMITS: LogLimits = { bytes: 1_000_000_000, events: 1_000_000, depth: 32, valueLength: 100_000 }
