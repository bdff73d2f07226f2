import type { Bilingual } from '../../base/text.ts'

export type StepKind = 'user' | 'service' | 'manual' | 'businessRule' | 'send' | 'receive' | 'timer' | 'message' | 'callActivity'

/** What our extension namespace (`https://mingtang.example/bpmn/1`, prefix `mt`) adds to a step. */
export interface StepExtension {
  /** Role of the post that does it, e.g. `reviewer`. */
  readonly post?: string
  /** Which organisation of the matter: `responsible` (default), `centre`, `co:<code>`. */
  readonly organisation?: string
  /** Acts that finish or serve this step. */
  readonly acts: readonly string[]
  /** Step budget in working days. */
  readonly workingDays?: number
  readonly form?: string
  /** A lawful pause (PauseGround): outside the critical path. */
  readonly suspensionGround?: string
  /** The applicant's wait: outside the critical path. */
  readonly applicantWait?: boolean
  /** Ids of steps whose doer may not do this one. */
  readonly separateFrom: readonly string[]
  readonly maxRounds?: number
  readonly nameEn?: string
}

export interface Step { readonly id: string; readonly name: string; readonly nameEn: string; readonly kind: StepKind; readonly extension: StepExtension }

/** State is JSON-safe: tokens on flows or in activities, open join sets, instance counters. */
export interface NetState {
  readonly tokens: readonly string[]
  readonly joins: Readonly<Record<string, readonly string[]>>
  readonly counters: Readonly<Record<string, number>>
  readonly finished: boolean
}

export type ProcedureEvent =
  | { readonly kind: 'start' }
  /** The step `at` was finished with an outcome: name or id of an outgoing flow (`a|b` for inclusive), or a fact the conditions read. */
  | { readonly kind: 'complete'; readonly at: string; readonly outcome?: string }
  | { readonly kind: 'timer'; readonly at: string }
  | { readonly kind: 'message'; readonly at: string }
  | { readonly kind: 'error'; readonly at: string; readonly code?: string }

export interface StepResult {
  readonly state: NetState
  /** Steps that became live / were finished or cancelled by this event, by id. A step appears once per new instance. */
  readonly opened: readonly string[]
  readonly closed: readonly string[]
  readonly ended: boolean
}
/** An event that cannot happen in this state: a value, not a throw. */
export interface StepRefusal { readonly impossible: 'notLive' | 'noSuchStep' | 'noSuchOutcome' | 'noOutcome' | 'finished' | 'alreadyStarted'; readonly at: string; readonly choices: readonly string[] }

export interface Unsupported { readonly id: string; readonly type: string; readonly name: string }
export interface Problem { readonly kind: 'deadlock' | 'lackOfSync' | 'deadStep' | 'livelock' | 'noEnd'; readonly at: string; readonly path: readonly string[] }
export interface CheckReport {
  readonly executable: boolean
  readonly unsupported: readonly Unsupported[]
  readonly sound: boolean | null
  readonly problems: readonly Problem[]
  readonly warnings: readonly { readonly kind: 'incompleteConditions' | 'loopWithoutMaxRounds'; readonly at: string }[]
  readonly criticalPath: { readonly workingDays: number; readonly steps: readonly string[] } | null
}
export type ProcedureName = Bilingual
