import type { Diagram } from './layout.ts'
import type { StepExtension } from './types.ts'

/** One process as drawn, before anybody asks whether it can be executed. Plain data: what the file says, nothing inferred. */
export interface Definition {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly itemCode: string | null
  readonly scope: Scope
  /** From the file's diagram interchange; null where it has none or not for every element. */
  readonly diagram: Diagram | null
}

export interface Scope { readonly nodes: readonly DefinitionNode[]; readonly flows: readonly DefinitionFlow[] }

export interface DefinitionNode {
  readonly id: string
  /** Name of the XML element: `userTask`, `exclusiveGateway`, … */
  readonly type: string
  readonly name: string
  readonly nameEn: string
  readonly extension: StepExtension
  /** Names of the event definitions: `timerEventDefinition`, … */
  readonly events: readonly string[]
  /** Of a timer: `timeDuration` (ISO 8601), `timeDate` or `timeCycle`. */
  readonly timer: { readonly kind: 'timeDuration' | 'timeDate' | 'timeCycle'; readonly value: string } | null
  readonly errorCode: string | null
  readonly attachedTo: string | null
  readonly interrupting: boolean
  readonly multiInstance: boolean
  /** What makes an element unlike its type: `standardLoop`, `triggeredByEvent`, `compensation`, `instantiate`, `parallelEventGateway`. */
  readonly oddities: readonly string[]
  readonly defaultFlow: string | null
  readonly inner: Scope | null
}

export interface DefinitionFlow {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly from: string
  readonly to: string
  /** FEEL; null where the flow has no condition, '' where it has an empty one. */
  readonly condition: string | null
}
