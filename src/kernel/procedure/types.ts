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

export interface Step {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly kind: StepKind
  readonly extension: StepExtension
  /** A multi-instance activity; the net counts it as one step. */
  readonly multiInstance: boolean
  /** The activity on whose edge a boundary timer or message sits; null for steps of their own. */
  readonly attachedTo: string | null
}

/**
 * State is JSON-safe. `tokens`: ids of live steps (armed boundary timers and messages among them), entered sub-processes and
 * waiting event-based gateways. `joins`: the flows that have arrived at each waiting join. `counters`: how often each step with
 * `maxRounds` was opened.
 */
export interface NetState {
  readonly tokens: readonly string[]
  readonly joins: Readonly<Record<string, readonly string[]>>
  readonly counters: Readonly<Record<string, number>>
  readonly finished: boolean
}

export type ProcedureEvent =
  /** `at` names the start event where the procedure has several; `outcome` serves a choice that follows at once. */
  | { readonly kind: 'start'; readonly at?: string; readonly outcome?: string }
  /** The step `at` was finished with an outcome: name or id of an outgoing flow (`a|b` for inclusive), or a fact the conditions read. */
  | { readonly kind: 'complete'; readonly at: string; readonly outcome?: string }
  | { readonly kind: 'timer'; readonly at: string; readonly outcome?: string }
  | { readonly kind: 'message'; readonly at: string; readonly outcome?: string }
  /** The activity `at` failed; a boundary error event with this code, else one without a code, takes over. */
  | { readonly kind: 'error'; readonly at: string; readonly code?: string; readonly outcome?: string }

export interface StepResult {
  readonly state: NetState
  /** Steps that became live / were finished or cancelled by this event, by id. A step appears once per new instance. */
  readonly opened: readonly string[]
  readonly closed: readonly string[]
  readonly ended: boolean
}
/**
 * An event that cannot happen in this state: a value, not a throw. `endless`: the choices run in a circle without a step.
 * `choices` are the outcomes (or, for `notLive`, the live steps) that would do.
 */
export interface StepRefusal { readonly impossible: 'notLive' | 'noSuchStep' | 'noSuchOutcome' | 'noOutcome' | 'finished' | 'alreadyStarted' | 'endless'; readonly at: string; readonly choices: readonly string[] }

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
