import type { Facts } from './condition.ts'
import { Advance, type Chooser } from './advance.ts'
import { ByOutcome } from './choose.ts'
import type { Move, Net, NetNode } from './net.ts'
import type { NetState, ProcedureEvent, StepRefusal, StepResult } from './types.ts'

export type { Net, NetFlow, NetNode } from './net.ts'

const NOT_STARTED: NetState = { tokens: [], joins: {}, counters: {}, finished: false }
/** Before the first event, which must be `start`. */
export const initialState = (): NetState => NOT_STARTED

const NO_FACTS: Facts = {}

/**
 * What an event does to a state. Pure and total: an event that cannot happen is answered with a refusal, never thrown. Choices
 * are made by the event's outcome where it names a flow (its id or name), else by the conditions over `facts`, else by the default flow.
 */
export function step(net: Net, state: NetState, event: ProcedureEvent, facts: Facts = NO_FACTS): StepResult | StepRefusal {
  if (event.kind !== 'complete') return general(net, state, event, facts, null)
  const outcome = event.outcome ?? ''
  const known = net.remembered.get(event.at)?.get(outcome)
  if (known) {
    const at = state.tokens.indexOf(event.at)
    if (at >= 0 && !state.finished) return replay(state, at, known)
  }
  return general(net, state, event, facts, known === undefined ? outcome : null)
}

function replay(state: NetState, at: number, move: Move): StepResult {
  // Alone in the net, which is the rule, the token becomes what the move puts there: nothing is copied, states are never written to.
  const tokens = state.tokens.length === 1 ? move.added : [...state.tokens.slice(0, at), ...state.tokens.slice(at + 1), ...move.added]
  const finished = tokens.length === 0 && isEmpty(state.joins)
  return { state: { tokens, joins: state.joins, counters: state.counters, finished }, opened: move.opened, closed: move.closed, ended: finished }
}

function isEmpty(object: Readonly<Record<string, unknown>>): boolean {
  for (const _ in object) return false
  return true
}

function general(net: Net, state: NetState, event: ProcedureEvent, facts: Facts, remember: string | null): StepResult | StepRefusal {
  const chooser = new ByOutcome(event.outcome, facts)
  const advance = new Advance(net, state, chooser)
  const refused = happen(advance, net, state, event)
  if (refused && refused.impossible !== 'noOutcome') return refused
  const unchosen = chooser.refusal(event.kind === 'start' ? (event.at ?? net.id) : event.at) ?? refused
  if (unchosen) return unchosen
  const result = advance.result()
  if (remember !== null && event.kind === 'complete') {
    const memory = net.remembered.get(event.at) ?? new Map<string, Move | null>()
    net.remembered.set(event.at, memory)
    // Outcomes come from outside and may be spelled in many ways: the memory is bounded.
    if (advance.local && chooser.local && memory.size < 64) memory.set(remember, { added: advance.added, opened: result.opened, closed: result.closed })
  }
  return result
}

/** Applies the event with a given way of choosing; the checker walks all choices through here. */
export function happen(advance: Advance, net: Net, state: NetState, event: ProcedureEvent): StepRefusal | null {
  if (event.kind === 'start') return start(advance, net, state, event.at)
  const node = net.nodes.get(event.at)
  if (!node || !serves(net, node, event)) return { impossible: 'noSuchStep', at: event.at, choices: net.liveSteps(state) }
  if (state.finished) return { impossible: 'finished', at: event.at, choices: [] }
  if (event.kind === 'error') return advance.fail(node, event.code ?? null) ? advance.run(event.at) : { impossible: advance.isLive(node) ? 'noSuchOutcome' : 'notLive', at: event.at, choices: net.liveSteps(state) }
  if (!advance.finish(node)) return { impossible: 'notLive', at: event.at, choices: net.liveSteps(state) }
  return advance.run(event.at)
}

function start(advance: Advance, net: Net, state: NetState, at: string | undefined): StepRefusal | null {
  if (state.finished) return { impossible: 'finished', at: at ?? net.id, choices: [] }
  if (state.tokens.length > 0 || !isEmpty(state.joins)) return { impossible: 'alreadyStarted', at: at ?? net.id, choices: net.liveSteps(state) }
  const chosen = at === undefined ? (net.alternative && net.starts.length > 1 ? [] : net.starts) : net.starts.filter((n) => n.id === at || n.name === at)
  if (at !== undefined && chosen.length !== 1) return { impossible: 'noSuchStep', at, choices: net.starts.map((n) => n.id) }
  if (chosen.length === 0) return { impossible: 'noOutcome', at: net.id, choices: net.starts.map((n) => n.id) }
  for (const node of chosen) advance.begin(node)
  return advance.run(at ?? net.id)
}

function serves(net: Net, node: NetNode, event: ProcedureEvent): boolean {
  if (event.kind === 'error') return node.kind === 'step' || node.kind === 'sub' || node.kind === 'boundary'
  const kind = net.steps.get(node.id)?.kind
  if (kind === undefined) return false
  return event.kind === 'complete' || (event.kind === 'timer' ? kind === 'timer' : kind === 'message' || kind === 'receive')
}

export type { Chooser }
