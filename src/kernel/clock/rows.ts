import { rfc3339, type CivilDay } from '../../base/civil-day.ts'
import type { ClockState, ClockUnit, Extension, Light, Suspension } from './types.ts'

type Instant = Date | string

/** A row of `clock.clock`, as a driver reads it (instants are Dates) or as `json_agg` does (instants are texts). */
export interface ClockRow {
  readonly matter_id: string
  readonly id: string
  readonly rule: string
  readonly rule_version: number
  readonly unit: ClockUnit
  readonly article: string
  readonly organisation_id: string
  readonly kind: string
  readonly started_on: CivilDay
  readonly started_at: Instant
  readonly budget: number
  readonly consumed: number
  readonly running_since: CivilDay | null
  /** jsonb. Who writes the row by the driver alone turns both into JSON text first: it takes lists for arrays of PostgreSQL. */
  readonly suspensions: readonly Suspension[]
  readonly extensions: readonly Extension[]
  readonly stopped_on: CivilDay | null
  readonly due_on: CivilDay | null
  readonly due_at: Instant | null
  readonly next_at: Instant | null
  readonly announced: Light
  readonly provisional: boolean
  readonly calendar_version: number
}

export function clockRow(matterId: string, organisationId: string, kind: string, clock: ClockState): ClockRow {
  return {
    matter_id: matterId, id: clock.id, rule: clock.rule, rule_version: clock.ruleVersion, unit: clock.unit, article: clock.article,
    organisation_id: organisationId, kind, started_on: clock.startedOn, started_at: clock.startedAt, budget: clock.budget, consumed: clock.consumed,
    running_since: clock.runningSince, suspensions: clock.suspensions, extensions: clock.extensions,
    stopped_on: clock.stoppedOn, due_on: clock.dueOn, due_at: clock.dueAt, next_at: clock.nextAt, announced: clock.announced,
    provisional: clock.provisional, calendar_version: clock.calendarVersion,
  }
}

export function stateOf(row: ClockRow): ClockState {
  return {
    id: row.id, rule: row.rule, ruleVersion: row.rule_version, unit: row.unit, article: row.article,
    startedOn: row.started_on, startedAt: instant(row.started_at), budget: row.budget, consumed: row.consumed, runningSince: row.running_since,
    suspensions: row.suspensions, extensions: row.extensions, stoppedOn: row.stopped_on,
    dueOn: row.due_on, dueAt: row.due_at === null ? null : instant(row.due_at), nextAt: row.next_at === null ? null : instant(row.next_at),
    announced: row.announced, provisional: row.provisional, calendarVersion: row.calendar_version,
  }
}

const instant = (value: Instant): string => rfc3339(new Date(value))
