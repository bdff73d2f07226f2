import { Advance, type Chooser } from './advance.ts'
import type { Net, NetFlow, NetNode } from './net.ts'
import { happen, initialState } from './step.ts'
import type { NetState, ProcedureEvent } from './types.ts'

/** One thing that can happen, and the flows chosen while it did. */
export interface Edge { readonly event: ProcedureEvent; readonly chosen: readonly NetFlow[] }
export interface Successor extends Edge { readonly state: NetState; readonly doubled: NetNode | null; readonly ends: readonly NetNode[]; readonly endless: boolean; readonly passed: readonly NetFlow[] }

/** Chooses along a given prefix, then the first alternative; remembers how many there were. */
class Enumerating implements Chooser {
  readonly chosen: NetFlow[] = []
  readonly passed: NetFlow[] = []
  readonly alternatives: number[] = []
  private at = 0
  private readonly visits = new Map<NetNode, number>()
  /** The same choice came up a third time within one event: a circle without a step, whose ways out were tried before. */
  circled = false
  constructor(private readonly prefix: readonly number[]) {}

  one(node: NetNode): NetFlow | null {
    if (this.circles(node)) return null
    const flow = node.outgoing[this.pick(node.outgoing.length)]!
    this.chosen.push(flow)
    this.passed.push(flow)
    return flow
  }
  some(node: NetNode): readonly NetFlow[] | null {
    if (this.circles(node)) return null
    const always = node.kind === 'or' ? [] : node.outgoing.filter((f) => f.condition === null && !f.isDefault)
    const open = node.outgoing.filter((f) => !always.includes(f))
    // Every non-empty subset up to 6 ways; beyond, each way alone, each pair and all, which is enough to show any fault of a region.
    const subsets = open.length <= 6 ? allSubsets(open) : [...open.map((f) => [f]), ...open.flatMap((f, i) => open.slice(i + 1).map((g) => [f, g])), open]
    const flows = subsets[this.pick(subsets.length)]!
    this.chosen.push(...flows)
    const all = [...always, ...flows]
    this.passed.push(...all)
    return all
  }
  only(flow: NetFlow): void { this.passed.push(flow) }
  all(flows: readonly NetFlow[]): void { this.passed.push(...flows) }

  private circles(node: NetNode): boolean {
    const visits = (this.visits.get(node) ?? 0) + 1
    this.visits.set(node, visits)
    this.circled ||= visits > 2
    return this.circled
  }
  private pick(count: number): number {
    const pick = this.prefix[this.at] ?? 0
    this.alternatives[this.at] = count
    this.at += 1
    return pick
  }
  /** The next prefix in lexicographic order; null after the last. */
  following(): number[] | null {
    const taken = this.alternatives.map((_, i) => this.prefix[i] ?? 0)
    for (let i = taken.length - 1; i >= 0; i -= 1) if (taken[i]! + 1 < this.alternatives[i]!) return [...taken.slice(0, i), taken[i]! + 1]
    return null
  }
}

function allSubsets(flows: readonly NetFlow[]): NetFlow[][] {
  const out: NetFlow[][] = []
  for (let mask = 1; mask < 1 << flows.length; mask += 1) out.push(flows.filter((_, i) => (mask & (1 << i)) !== 0))
  return out
}

/** Ways one event can choose, at most: a circle of choices without a step has no end of them. */
const WAYS = 4096

/** Every outcome of every event possible in a state; data is abstracted: any condition may hold. */
export function successors(net: Net, state: NetState): Successor[] {
  const out: Successor[] = []
  for (const event of events(net, state)) {
    const before = out.length
    let endless = false
    let prefix: number[] | null = []
    for (let ways = 0; prefix !== null && ways < WAYS; ways += 1) {
      const chooser: Enumerating = new Enumerating(prefix)
      const advance = new Advance(net, state, chooser)
      const refused = happen(advance, net, state, event)
      prefix = chooser.following()
      if (refused) { endless ||= chooser.circled || refused.impossible === 'endless'; continue }
      out.push({ event, chosen: chooser.chosen, passed: chooser.passed, doubled: advance.doubled, ends: advance.ends, endless: false, state: advance.result().state })
    }
    if (endless && out.length === before) out.push({ event, chosen: [], passed: [], doubled: null, ends: [], endless: true, state: { tokens: [], joins: {}, counters: {}, finished: true } })
  }
  return out
}

function events(net: Net, state: NetState): ProcedureEvent[] {
  if (state === initialState()) return net.alternative && net.starts.length > 1 ? net.starts.map((n) => ({ kind: 'start', at: n.id })) : [{ kind: 'start' }]
  const out: ProcedureEvent[] = net.liveSteps(state).map((at) => ({ kind: 'complete', at }))
  for (const token of new Set(state.tokens)) {
    for (const boundary of net.nodes.get(token)?.errorBoundaries ?? []) out.push({ kind: 'error', at: boundary.id })
  }
  return out
}
