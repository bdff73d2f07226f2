import type { Definition, DefinitionNode, Scope } from './definition.ts'

/**
 * A smaller definition that is sound exactly if the given one is, where everything within it is drawn in blocks: sequences
 * become one flow, a block of parallel (or alternative, or inclusive) flows one flow, a loop with a way out disappears. What
 * cannot be folded stays and is explored. (Series and parallel fusion after Murata, Petri Nets, Proc. IEEE 77(4), 1989, for
 * blocks after Vanhatalo, Völzer, Leymann, 2007.)
 */
export function reduce(definition: Definition): Definition {
  return { ...definition, scope: reduceScope(definition.scope), diagram: null }
}

interface Node { id: string; type: string; source: DefinitionNode; ins: Set<Flow>; outs: Set<Flow>; fixed: boolean }
interface Flow { id: string; from: Node; to: Node; condition: string | null; name: string }

const ACTIVITY = /(task|Task|callActivity|intermediateCatchEvent|intermediateThrowEvent)$/
const GATEWAY = /^(exclusive|parallel|inclusive)Gateway$/

/** Folding would swallow what nothing leads to; a scope with such nodes is explored as it stands. */
function allReached(scope: Scope): boolean {
  const seen = new Set(scope.nodes.filter((n) => n.type === 'startEvent').map((n) => n.id))
  const open = [...seen]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const next = [...scope.flows.filter((f) => f.from === id).map((f) => f.to), ...scope.nodes.filter((n) => n.attachedTo === id).map((n) => n.id)]
    for (const to of next) if (!seen.has(to)) { seen.add(to); open.push(to) }
  }
  return seen.size === scope.nodes.length
}

function reduceScope(scope: Scope): Scope {
  if (!allReached(scope)) return scope
  const attached = new Set(scope.nodes.map((n) => n.attachedTo))
  const nodes = new Map<string, Node>()
  for (const original of scope.nodes) {
    const source = foldSubProcess(original)
    nodes.set(source.id, { id: source.id, type: source.type, source, ins: new Set(), outs: new Set(), fixed: attached.has(source.id) || source.type === 'boundaryEvent' || source.type === 'subProcess' })
  }
  for (const f of scope.flows) {
    const flow = { id: f.id, from: nodes.get(f.from)!, to: nodes.get(f.to)!, condition: f.condition, name: f.name }
    flow.from.outs.add(flow)
    flow.to.ins.add(flow)
  }
  const work = [...nodes.values()]
  const queued = new Set(work)
  for (let node = work.pop(); node !== undefined; node = work.pop()) {
    queued.delete(node)
    if (!nodes.has(node.id)) continue
    for (const touched of fold(node, nodes)) if (nodes.has(touched.id) && !queued.has(touched)) { queued.add(touched); work.push(touched) }
  }
  const flows = [...nodes.values()].flatMap((n) => [...n.outs])
  return {
    nodes: [...nodes.values()].map((n) => (n.type === n.source.type ? n.source : { ...n.source, type: n.type, inner: null, events: [], timer: null, multiInstance: false })),
    flows: flows.map((f) => ({ id: f.id, name: f.name, nameEn: f.name, from: f.from.id, to: f.to.id, condition: f.condition })),
  }
}

/** An embedded sub-process that is a mere sequence inside, and always comes to its end, is one step. */
function foldSubProcess(node: DefinitionNode): DefinitionNode {
  if (node.type !== 'subProcess' || node.inner === null) return node
  const inner = reduceScope(node.inner)
  const [start, end] = [inner.nodes.find((n) => n.type === 'startEvent'), inner.nodes.find((n) => n.type === 'endEvent')]
  const flow = inner.flows[0]
  const plain = inner.nodes.length === 2 && inner.flows.length === 1 && start && end && end.events.every((e) => e === 'messageEventDefinition') && flow?.from === start.id && flow.to === end.id
  return plain || inner.nodes.length === 0 ? { ...node, type: 'task', inner: null, multiInstance: false } : { ...node, inner }
}

const conditional = (node: Node) => [...node.outs].some((f) => f.condition !== null || f.id === node.source.defaultFlow)

/** Applies the first rule that fits; answers the nodes whose surroundings changed. */
function fold(node: Node, nodes: Map<string, Node>): Node[] {
  if (node.fixed) return []
  const behindEvent = [...node.ins].some((f) => f.from.type === 'eventBasedGateway')
  if (node.type === 'eventBasedGateway' && [...node.outs].every((f) => f.to.ins.size === 1)) { node.type = 'exclusiveGateway'; return [node, ...[...node.outs].map((f) => f.to)] }
  if (ACTIVITY.test(node.type) && !behindEvent && !conditional(node)) {
    if (node.ins.size > 1 && node.outs.size === 1) { node.type = 'exclusiveGateway'; return [node, ...around(node)] }
    if (node.ins.size === 1 && node.outs.size > 1) { node.type = 'parallelGateway'; return [node, ...around(node)] }
    if (node.ins.size > 0 && node.outs.size === 0) { node.type = 'endEvent'; return [node, ...around(node)] }
  }
  if ((GATEWAY.test(node.type) || (ACTIVITY.test(node.type) && !behindEvent && !conditional(node))) && node.ins.size === 1 && node.outs.size === 1) {
    const [before, after] = [[...node.ins][0]!, [...node.outs][0]!]
    if (before.from !== node) {
      after.to.ins.delete(after)
      before.to = after.to
      after.to.ins.add(before)
      nodes.delete(node.id)
      return [before.from, after.to]
    }
  }
  if (!GATEWAY.test(node.type)) return []
  if (node.type === 'exclusiveGateway') {
    const self = [...node.outs].find((f) => f.to === node)
    if (self && node.outs.size > 1 && node.ins.size > 1) { drop(self); return [node] }
    const only = node.outs.size === 1 ? [...node.outs][0]! : null
    // A merge that leads straight into a choice is one gateway that merges and chooses.
    if (only && only.to.type === 'exclusiveGateway' && only.to !== node && !only.to.fixed) {
      drop(only)
      for (const flow of node.ins) { flow.to = only.to; only.to.ins.add(flow) }
      nodes.delete(node.id)
      return [only.to, ...around(only.to)]
    }
    const ends = [...node.outs].filter((f) => f.to.type === 'endEvent' && plainEnd(f.to) && f.to.ins.size === 1)
    if (ends.length > 1) { drop(ends[1]!); nodes.delete(ends[1]!.to.id); return [node] }
  }
  // Two flows between the same two gateways of a kind: both, either or any of them carry the same.
  const seen = new Map<Node, Flow>()
  for (const flow of node.outs) {
    const twin = seen.get(flow.to)
    const merges = node.type === 'exclusiveGateway' ? flow.to.type === 'exclusiveGateway' || flow.to.type === 'endEvent' || (ACTIVITY.test(flow.to.type)) : flow.to.type === node.type
    if (twin && merges && flow.to !== node) { drop(flow); return [node, flow.to] }
    seen.set(flow.to, flow)
  }
  return []
}

const plainEnd = (node: Node) => node.source.type !== 'endEvent' || node.source.events.every((e) => e === 'messageEventDefinition')
const around = (node: Node): Node[] => [...[...node.ins].map((f) => f.from), ...[...node.outs].map((f) => f.to)]
function drop(flow: Flow): void {
  flow.from.outs.delete(flow)
  flow.to.ins.delete(flow)
}
