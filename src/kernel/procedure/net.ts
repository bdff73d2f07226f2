import type { Json } from '../../base/canonical-json.ts'
import type { Calendar } from '../calendar/types.ts'
import type { Bilingual } from '../../base/text.ts'
import type { Condition } from './condition.ts'
import type { NetState, Step } from './types.ts'

export type NodeKind = 'start' | 'pass' | 'end' | 'terminate' | 'errorEnd' | 'step' | 'boundary' | 'xor' | 'and' | 'or' | 'event' | 'sub'

export interface NetFlow {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly source: NetNode
  readonly target: NetNode
  readonly condition: Condition | null
  readonly isDefault: boolean
}

/** A node with its neighbours resolved. Written only while compiling. */
export interface NetNode {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly kind: NodeKind
  readonly incoming: NetFlow[]
  readonly outgoing: NetFlow[]
  /** The embedded sub-process it stands in. */
  readonly parent: NetNode | null
  /** Timers and messages on its edge, armed while it is live. */
  readonly boundaries: NetNode[]
  readonly errorBoundaries: NetNode[]
  readonly host: NetNode | null
  readonly interrupting: boolean
  readonly errorCode: string | null
  /** Of a sub-process: where it begins. */
  starts: readonly NetNode[]
  /** Of an inclusive join: ids of the nodes from which a token may still come. */
  region: ReadonlySet<string> | null
  readonly counted: boolean
}

/** A compiled procedure. Immutable, and shared by all matters that run it. */
export interface Net {
  readonly id: string
  readonly name: Bilingual
  readonly itemCode: string | null
  readonly nodes: ReadonlyMap<string, NetNode>
  readonly flows: ReadonlyMap<string, NetFlow>
  /** Steps by id: tasks, call activities, timers and messages, also those on an activity's edge. */
  readonly steps: ReadonlyMap<string, Step>
  /** Where it begins: one of `starts` when `alternative`, else all at once (a process without start event). */
  readonly starts: readonly NetNode[]
  readonly alternative: boolean
  readonly inclusiveJoins: readonly NetNode[]
  /** Ids of the steps live in a state, each once, event-based gateways standing for the events they wait for. */
  liveSteps(state: NetState): string[]
  /** The instant at which a timer step opened now is due; durations run in civil time of Asia/Shanghai, days may be facts of the matter. */
  timerDue(step: string, now: Date, calendar: Calendar, facts?: Json): Date
  /** Moves that depend on nothing but the step and the outcome, remembered by `step`. */
  readonly remembered: Map<string, Map<string, Move | null>>
}

/** What finishing a step does when no join, choice by facts or sub-process has a say. */
export interface Move { readonly added: readonly string[]; readonly opened: readonly string[]; readonly closed: readonly string[] }
