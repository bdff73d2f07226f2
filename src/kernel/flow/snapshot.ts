import { applyPatch, diffPatch } from '../../base/merge-patch.ts'
import type { Json } from '../../base/canonical-json.ts'
import type { ClockState } from '../clock/types.ts'
import type { Matter, Task } from './types.ts'

/**
 * A matter as audit sees it: everything an act may change. Each act's private facts carry the patch (RFC 7396) from the snapshot
 * before to the one after, so that folding the patches gives the rows again without running any rule.
 */
export interface Snapshot { readonly [key: string]: Json | undefined }

export function snapshotOf(matter: Matter<unknown>, clocks: readonly ClockState[], tasks: readonly Task[]): Snapshot {
  return {
    kind: matter.kind,
    stage: matter.stage,
    subject: matter.subject,
    organisationId: matter.organisationId,
    personId: matter.personId,
    partyIds: matter.partyIds,
    procedure: matter.procedure as unknown as Json,
    data: matter.data as Json,
    clocks: Object.fromEntries(clocks.map((clock) => [clock.id, legalPart(clock)])),
    tasks: Object.fromEntries(tasks.map(({ id, ...task }) => [id, task as unknown as Json])),
  }
}

/** What a clock's own acts decide. Lights are the sweep's; what follows from the due day by the calendar is not said twice. */
function legalPart(clock: ClockState): Json {
  const { nextAt: _next, announced: _announced, calendarVersion: _calendar, dueAt: _dueAt, provisional: _provisional, consumed: _consumed, ...legal } = clock
  return legal as unknown as Json
}

export const changeBetween = (before: Snapshot | null, after: Snapshot): Json => diffPatch((before ?? {}) as Json, after as Json) ?? {}
export const fold = (before: Snapshot, change: Json): Snapshot => applyPatch(before as Json, change) as Snapshot

/** Null members and absent ones mean the same here (RFC 7396 cannot tell them apart). */
export function withoutNulls(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((member) => withoutNulls(member as Json) ?? null)
  if (typeof value !== 'object' || value === null) return value
  const kept: Record<string, Json> = {}
  for (const [key, member] of Object.entries(value)) {
    const inner = withoutNulls(member as Json | undefined)
    if (inner !== null && inner !== undefined) kept[key] = inner
  }
  return kept
}
