import type { Net, NetNode } from './net.ts'
import { initialState } from './step.ts'
import { successors, type Edge } from './explore.ts'
import type { NetState } from './types.ts'

export interface Fault { readonly kind: 'deadlock' | 'lackOfSync' | 'deadStep' | 'livelock' | 'noEnd'; readonly at: string; readonly path: readonly Edge[] }
export interface Verdict { readonly sound: boolean | null; readonly faults: readonly Fault[]; readonly markings: number }

/** A state and the end events reached on the way (two tokens at one end are as much a lack of synchronisation as two at one step). */
interface Marking { readonly state: NetState; readonly ends: readonly string[]; readonly parent: number; readonly edge: Edge | null; readonly next: number[]; readonly bad: boolean }

/**
 * Explores every reachable marking of a 1-safe net, breadth first so that counterexamples are shortest. A marking with two
 * tokens on one place is a fault and is not followed. Beyond `limit` markings the answer is `sound: null` unless a fault was seen.
 */
export function explore(net: Net, limit: number): Verdict {
  const markings: Marking[] = []
  const known = new Map<string, number>()
  const faults: Fault[] = []
  const reported = new Set<string>()
  const reached = new Set<string>()
  const codes = new Map([...net.nodes.keys(), ...net.flows.keys()].map((id, i) => [id, String.fromCharCode(0x100 + i)]))
  const pathTo = (index: number): Edge[] => {
    const path: Edge[] = []
    for (let i = index; markings[i]!.edge !== null; i = markings[i]!.parent) path.unshift(markings[i]!.edge!)
    return path
  }
  const report = (kind: Fault['kind'], at: string, path: readonly Edge[]) => {
    if (reported.has(`${kind} ${at}`)) return
    reported.add(`${kind} ${at}`)
    faults.push({ kind, at, path })
  }
  const add = (state: NetState, ends: readonly string[], parent: number, edge: Edge | null, bad: boolean): number => {
    const key = encode(state, ends, codes) + (bad ? '\n#' : '')
    const before = known.get(key)
    if (before !== undefined) return before
    known.set(key, markings.length)
    markings.push({ state, ends, parent, edge, next: [], bad })
    return markings.length - 1
  }
  add(initialState(), [], -1, null, false)
  let complete = true
  for (let i = 0; i < markings.length; i += 1) {
    if (markings.length > limit) { complete = false; break }
    const here = markings[i]!
    if (here.state.finished || here.bad) continue
    const outs = successors(net, here.state)
    if (outs.length === 0) report('deadlock', stuckAt(net, here.state), pathTo(i))
    for (const out of outs) {
      const path = () => [...pathTo(i), { event: out.event, chosen: out.chosen }]
      for (const flow of out.passed) { reached.add(flow.id); reached.add(flow.source.id); reached.add(flow.target.id) }
      for (const token of out.state.tokens) reached.add(token)
      for (const live of net.liveSteps(out.state)) reached.add(live)
      for (const end of out.ends) reached.add(end.id)
      if (out.endless) { report('livelock', 'at' in out.event && out.event.at !== undefined ? out.event.at : net.id, path()); continue }
      const ends = endsAfter(net, here, out.ends, out.state)
      const twice = out.doubled ?? ends.twice
      // Where two tokens met once they meet again further on: that is told once, at the first place.
      if (twice && !faults.some((f) => f.kind === 'lackOfSync' && leadsTo(net.nodes.get(f.at)!, twice))) report('lackOfSync', twice.id, path())
      here.next.push(add({ ...out.state, counters: {} }, ends.list, i, { event: out.event, chosen: out.chosen }, twice !== null))
    }
  }
  if (complete) unfinished(net, markings, report, pathTo)
  if (complete && !faults.some((f) => f.kind === 'lackOfSync')) for (const fault of dead(net, reached, faults)) report('deadStep', fault, longest(markings, pathTo))
  return { sound: faults.length > 0 ? false : complete ? true : null, faults, markings: markings.length }
}

function encode(state: NetState, ends: readonly string[], codes: ReadonlyMap<string, string>): string {
  const code = (id: string) => codes.get(id)!
  const joins = Object.keys(state.joins).sort().map((id) => `${code(id)}${state.joins[id]!.map(code).sort().join('')}`)
  return `${state.tokens.length === 0 && state.finished ? '!' : ''}${state.tokens.map(code).sort().join('')}\n${joins.join(' ')}\n${ends.map(code).join('')}`
}

function endsAfter(net: Net, here: Marking, reached: readonly NetNode[], state: NetState): { list: string[]; twice: NetNode | null } {
  const list = new Set(here.ends)
  let twice: NetNode | null = null
  for (const end of reached) {
    if (list.has(end.id) && end.kind === 'end') twice ??= end
    list.add(end.id)
  }
  // What a sub-process reached inside is past once it is left.
  return { list: [...list].filter((id) => { const parent = net.nodes.get(id)!.parent; return parent === null ? !state.finished : state.tokens.includes(parent.id) }).sort(), twice }
}

function leadsTo(from: NetNode, to: NetNode): boolean {
  const seen = new Set([from])
  const open = [from]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === to) return true
    for (const next of [...node.outgoing.map((f) => f.target), ...node.starts, ...node.boundaries, ...node.errorBoundaries]) if (!seen.has(next)) { seen.add(next); open.push(next) }
  }
  return false
}

/** The waiting join that never fires; a state without any is stuck at nothing we know. */
function stuckAt(net: Net, state: NetState): string {
  return Object.keys(state.joins)[0] ?? state.tokens[0] ?? net.id
}

/** Markings from which no completion can be reached, though something can always be done: a livelock; if none completes: no end. */
function unfinished(net: Net, markings: readonly Marking[], report: (kind: Fault['kind'], at: string, path: readonly Edge[]) => void, pathTo: (i: number) => Edge[]): void {
  const back: number[][] = markings.map(() => [])
  markings.forEach((m, i) => { for (const n of m.next) back[n]!.push(i) })
  const sweep = (seeds: number[]): Set<number> => {
    const found = new Set(seeds)
    const open = [...seeds]
    for (let i = open.pop(); i !== undefined; i = open.pop()) for (const b of back[i]!) if (!found.has(b)) { found.add(b); open.push(b) }
    return found
  }
  const indexes = markings.map((_, i) => i)
  const ending = sweep(indexes.filter((i) => markings[i]!.state.finished && !markings[i]!.bad))
  // Markings that lead into a fault already told are not told again.
  const told = sweep(indexes.filter((i) => markings[i]!.bad || (!markings[i]!.state.finished && markings[i]!.next.length === 0)))
  const trapped = indexes.find((i) => !ending.has(i) && !told.has(i) && markings[i]!.state.tokens.length > 0)
  if (trapped !== undefined) {
    const place = markings[trapped]!.state.tokens[0] ?? net.id
    report('livelock', place, pathTo(trapped))
  }
  const end = [...net.nodes.values()].find((n) => n.parent === null && (n.kind === 'end' || n.kind === 'terminate'))
  if (!ending.has(0) && !told.has(0)) report('noEnd', end?.id ?? net.id, trapped === undefined ? [] : pathTo(trapped))
}

/** Steps no marking makes live. Those merely behind another dead step are left out, and those an earlier fault explains. */
function dead(net: Net, reached: ReadonlySet<string>, faults: readonly Fault[]): string[] {
  const never = [...net.nodes.values()].filter((n) => !reached.has(n.id) && n.kind !== 'start' && !(n.host !== null && !reached.has(n.host.id)))
  const steps = never.filter((n) => net.steps.has(n.id) || n.kind === 'sub')
  if (steps.length > 0) return steps.map((n) => n.id)
  return faults.length > 0 ? [] : never.slice(0, 1).map((n) => n.id)
}

/** A longest of the shortest runs: as far as the procedure gets without ever coming to the dead step. */
function longest(markings: readonly Marking[], pathTo: (i: number) => Edge[]): Edge[] {
  const finished = markings.findIndex((m) => m.state.finished)
  return pathTo(finished >= 0 ? finished : markings.length - 1)
}
