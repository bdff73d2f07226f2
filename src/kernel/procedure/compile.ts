import type { Definition, DefinitionNode, Scope } from './definition.ts'
import { compileCondition } from './condition.ts'
import { inclusiveRegion } from './region.ts'
import type { Net, NetFlow, NetNode, NodeKind } from './net.ts'
import { timerDue } from './timer.ts'
import type { NetState, Step, StepKind, Unsupported } from './types.ts'

const STEP_KIND: Readonly<Record<string, StepKind>> = {
  task: 'manual', userTask: 'user', manualTask: 'manual', serviceTask: 'service', businessRuleTask: 'businessRule', sendTask: 'send', receiveTask: 'receive', callActivity: 'callActivity',
}
const GATEWAY: Readonly<Record<string, NodeKind>> = { exclusiveGateway: 'xor', parallelGateway: 'and', inclusiveGateway: 'or', eventBasedGateway: 'event' }
const TIMER = 'timerEventDefinition'
const MESSAGE = 'messageEventDefinition'
const ERROR = 'errorEventDefinition'
const TERMINATE = 'terminateEventDefinition'
/** Which event definitions each kind of event may carry; '' for none. */
const EVENTS: Readonly<Record<string, readonly string[]>> = {
  startEvent: ['', TIMER, MESSAGE], endEvent: ['', MESSAGE, ERROR, TERMINATE], intermediateThrowEvent: ['', MESSAGE], intermediateCatchEvent: [TIMER, MESSAGE], boundaryEvent: [TIMER, MESSAGE, ERROR],
}

export type Compiled = { readonly net: Net; readonly unsupported: readonly [] } | { readonly net: null; readonly unsupported: readonly Unsupported[] }

/** Makes the net that runs, or names every element that cannot be executed. */
export function compile(definition: Definition): Compiled {
  const unsupported: Unsupported[] = []
  survey(definition.scope, false, unsupported)
  if (unsupported.length > 0) return { net: null, unsupported }
  const nodes = new Map<string, NetNode>()
  const flows = new Map<string, NetFlow>()
  const steps = new Map<string, Step>()
  const { starts, alternative } = assemble(definition.scope, null, nodes, flows, steps)
  const inclusiveJoins = [...nodes.values()].filter((n) => n.kind === 'or' && n.incoming.length > 1)
  for (const join of inclusiveJoins) {
    join.region = inclusiveRegion(join, nodes)
    if (join.region === null) unsupported.push({ id: join.id, type: 'inclusiveGateway/join', name: join.name })
  }
  if (unsupported.length > 0) return { net: null, unsupported }
  const timers = new Map<string, DefinitionNode['timer']>()
  collectTimers(definition.scope, timers)
  const net: Net = {
    id: definition.id, name: { zh: definition.name, en: definition.nameEn }, itemCode: definition.itemCode,
    nodes, flows, steps, starts, alternative, inclusiveJoins, remembered: new Map(),
    liveSteps: (state) => liveSteps(net, state),
    timerDue: (step, now, calendar, facts) => timerDue(step, timers.get(step) ?? null, now, calendar, facts),
  }
  return { net, unsupported: [] }
}

/** What a definition holds that the net cannot run, in document order. */
function survey(scope: Scope, embedded: boolean, out: Unsupported[]): void {
  const targets = (id: string) => scope.flows.filter((f) => f.from === id).map((f) => scope.nodes.find((n) => n.id === f.to)!)
  let starts = 0
  for (const node of scope.nodes) {
    const say = (what: string) => out.push({ id: node.id, type: what === '' ? node.type : `${node.type}/${what}`, name: node.name })
    if (node.oddities.length > 0) { say(node.oddities[0]!); continue }
    const events = EVENTS[node.type]
    if (events) {
      const kind = node.events[0] ?? ''
      if (!events.includes(kind)) say(kind === '' ? 'none' : kind)
      else if (node.type === 'startEvent' && embedded && (++starts > 1 || kind !== '')) say('inSubProcess')
    } else if (node.type === 'eventBasedGateway') {
      const good = (t: DefinitionNode) => t.type === 'receiveTask' || (t.type === 'intermediateCatchEvent' && [TIMER, MESSAGE].includes(t.events[0] ?? ''))
      if (targets(node.id).length === 0 || !targets(node.id).every((t) => good(t) || t.type === 'intermediateCatchEvent')) say('target')
    } else if (node.type === 'subProcess') survey(node.inner!, true, out)
    else if (!(node.type in STEP_KIND) && !(node.type in GATEWAY)) say('')
  }
}

function assemble(scope: Scope, parent: NetNode | null, nodes: Map<string, NetNode>, flows: Map<string, NetFlow>, steps: Map<string, Step>) {
  for (const node of scope.nodes.filter((n) => n.type !== 'boundaryEvent')) add(node, null)
  for (const node of scope.nodes.filter((n) => n.type === 'boundaryEvent')) {
    const host = nodes.get(node.attachedTo!)!
    const boundary = add(node, host)
    ;(node.events[0] === ERROR ? host.errorBoundaries : host.boundaries).push(boundary)
  }
  for (const flow of scope.flows) {
    const [source, target] = [nodes.get(flow.from)!, nodes.get(flow.to)!]
    const defaultFlow = scope.nodes.find((n) => n.id === flow.from)!.defaultFlow
    const made: NetFlow = { id: flow.id, name: flow.name, nameEn: flow.nameEn, source, target, condition: flow.condition ? compileCondition(flow.condition) : null, isDefault: defaultFlow === flow.id }
    flows.set(flow.id, made)
    source.outgoing.push(made)
    target.incoming.push(made)
  }
  const own = scope.nodes.map((n) => nodes.get(n.id)!)
  const explicit = own.filter((n) => n.kind === 'start')
  return { starts: explicit.length > 0 ? explicit : own.filter((n) => n.incoming.length === 0 && n.host === null), alternative: explicit.length > 0 }

  function add(node: DefinitionNode, host: NetNode | null): NetNode {
    const made: NetNode = {
      id: node.id, name: node.name, nameEn: node.nameEn, kind: kindOf(node), incoming: [], outgoing: [], parent, boundaries: [], errorBoundaries: [], host,
      interrupting: node.interrupting, errorCode: node.errorCode, starts: [], region: null, counted: node.extension.maxRounds !== undefined,
    }
    nodes.set(node.id, made)
    const kind = stepKind(node)
    if (kind) steps.set(node.id, { id: node.id, name: node.name, nameEn: node.nameEn, kind, extension: node.extension, multiInstance: node.multiInstance, attachedTo: node.attachedTo })
    if (node.inner) made.starts = assemble(node.inner, made, nodes, flows, steps).starts
    return made
  }
}

function kindOf(node: DefinitionNode): NodeKind {
  if (node.type in GATEWAY) return GATEWAY[node.type]!
  switch (node.type) {
    case 'startEvent': return 'start'
    case 'endEvent': return node.events[0] === TERMINATE ? 'terminate' : node.events[0] === ERROR ? 'errorEnd' : 'end'
    case 'intermediateThrowEvent': return 'pass'
    case 'boundaryEvent': return 'boundary'
    case 'subProcess': return 'sub'
    default: return 'step'
  }
}

function stepKind(node: DefinitionNode): StepKind | null {
  if (node.type in STEP_KIND) return STEP_KIND[node.type]!
  if (node.type !== 'intermediateCatchEvent' && node.type !== 'boundaryEvent') return null
  return node.events[0] === TIMER ? 'timer' : node.events[0] === MESSAGE ? 'message' : null
}

function collectTimers(scope: Scope, out: Map<string, DefinitionNode['timer']>): void {
  for (const node of scope.nodes) {
    out.set(node.id, node.timer)
    if (node.inner) collectTimers(node.inner, out)
  }
}

function liveSteps(net: Net, state: NetState): string[] {
  const live = new Set<string>()
  for (const token of state.tokens) {
    const node = net.nodes.get(token)
    if (node?.kind === 'event') for (const flow of node.outgoing) live.add(flow.target.id)
    else if (net.steps.has(token)) live.add(token)
  }
  return [...live]
}
