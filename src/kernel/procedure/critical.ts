import type { Definition, DefinitionNode, Scope } from './definition.ts'
import { workingDaysAtMost } from './timer.ts'

/** A longest way through, in working days. `loops`: ids at which a loop without `maxRounds` was counted once. */
export interface CriticalPath { readonly workingDays: number; readonly steps: readonly DefinitionNode[]; readonly loops: readonly string[] }

interface Way { readonly days: number; readonly steps: readonly DefinitionNode[] }
interface Vertex { readonly id: string; readonly days: number; readonly steps: readonly DefinitionNode[]; readonly node: DefinitionNode }

/**
 * Longest path from start to end. Parallel branches count by the longest, alternatives by the longest, a loop as often as the
 * least `mt:maxRounds` on it says (once where nothing says it), a sub-process by its own `mt:workingDays` or its inner path, a timer
 * on the way by its `mt:workingDays` or the longest it can take.
 * The applicant's waits and lawful pauses count nothing: the clock stands still.
 */
export function criticalPath(definition: Definition): CriticalPath {
  const loops: string[] = []
  const way = through(definition.scope, loops)
  return { workingDays: way.days, steps: way.steps, loops: [...new Set(loops)] }
}

function through(scope: Scope, loops: string[]): Way {
  const vertices = new Map(scope.nodes.map((n) => [n.id, weigh(n, loops)]))
  const edges = new Map<string, string[]>(scope.nodes.map((n) => [n.id, []]))
  for (const flow of scope.flows) edges.get(flow.from)!.push(flow.to)
  for (const node of scope.nodes) if (node.attachedTo !== null) edges.get(node.attachedTo)?.push(node.id)
  const targets = new Set(scope.flows.map((f) => f.to))
  const roots = scope.nodes.filter((n) => n.type === 'startEvent' || (!targets.has(n.id) && n.attachedTo === null)).map((n) => n.id)
  const ways = longest([...vertices.keys()], edges, vertices, roots, loops)
  return best([...ways.values()])
}

function weigh(node: DefinitionNode, loops: string[]): Vertex {
  const out = node.extension
  if (out.applicantWait || out.suspensionGround !== undefined) return { id: node.id, days: 0, steps: [], node }
  if (node.inner && out.workingDays === undefined) { const inner = through(node.inner, loops); return { id: node.id, days: inner.days, steps: inner.steps, node } }
  const step = /(task|Task|callActivity|intermediateCatchEvent|subProcess)$/.test(node.type)
  const wait = node.type === 'intermediateCatchEvent' ? workingDaysAtMost(node.timer) : 0
  return { id: node.id, days: out.workingDays ?? wait, steps: step ? [node] : [], node }
}

const best = (ways: readonly Way[]): Way => ways.reduce((a, b) => (b.days > a.days || (b.days === a.days && b.steps.length > a.steps.length) ? b : a), { days: 0, steps: [] })

/** Longest way to (and with) each vertex that the roots reach; strongly connected parts are unfolded around their entry. */
function longest(ids: readonly string[], edges: ReadonlyMap<string, readonly string[]>, vertices: ReadonlyMap<string, Vertex>, roots: readonly string[], loops: string[]): Map<string, Way> {
  const ways = new Map<string, Way>()
  const within = new Set(ids)
  const offers = new Map<string, Way>(roots.filter((r) => within.has(r)).map((r) => [r, { days: 0, steps: [] }]))
  for (const part of components(ids, edges)) {
    const entries = part.filter((id) => offers.has(id))
    if (entries.length === 0) continue
    const results = part.length === 1 && !edges.get(part[0]!)!.includes(part[0]!)
      ? new Map([[part[0]!, plus(offers.get(part[0]!)!, vertices.get(part[0]!)!)]])
      : loop(part, entries, offers, edges, vertices, loops)
    for (const [id, way] of results) {
      ways.set(id, way)
      for (const to of edges.get(id) ?? []) if (within.has(to) && !part.includes(to)) offers.set(to, offers.has(to) ? best([offers.get(to)!, way]) : way)
    }
  }
  return ways
}

function loop(part: readonly string[], entries: readonly string[], offers: ReadonlyMap<string, Way>, edges: ReadonlyMap<string, readonly string[]>, vertices: ReadonlyMap<string, Vertex>, loops: string[]): Map<string, Way> {
  const head = entries[0]!
  const bounds = part.map((id) => vertices.get(id)!.node.extension.maxRounds).filter((n) => n !== undefined)
  if (bounds.length === 0) loops.push(head)
  const rounds = bounds.length === 0 ? 1 : Math.min(...bounds)
  const inside = new Set(part)
  const cut = new Map(part.map((id) => [id, edges.get(id)!.filter((to) => inside.has(to) && to !== head)]))
  const once = longest(part, cut, vertices, [head, ...entries.slice(1)], loops)
  const round = best(part.filter((id) => edges.get(id)!.includes(head)).map((id) => once.get(id) ?? { days: 0, steps: [] }))
  const before = best(entries.map((id) => offers.get(id)!))
  const all = Array.from({ length: rounds - 1 }, () => round).reduce((sum, way) => ({ days: sum.days + way.days, steps: [...sum.steps, ...way.steps] }), before)
  return new Map([...once].map(([id, way]) => [id, { days: all.days + way.days, steps: [...all.steps, ...way.steps] }]))
}

const plus = (way: Way, vertex: Vertex): Way => ({ days: way.days + vertex.days, steps: [...way.steps, ...vertex.steps] })

/** Strongly connected components in topological order (Tarjan, with a stack of its own: models may be deep). */
function components(ids: readonly string[], edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const within = new Set(ids)
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const on = new Set<string>()
  const out: string[][] = []
  for (const root of ids) {
    if (index.has(root)) continue
    const frames: { id: string; at: number }[] = []
    const push = (id: string) => { index.set(id, index.size); low.set(id, index.get(id)!); stack.push(id); on.add(id); frames.push({ id, at: 0 }) }
    push(root)
    while (frames.length > 0) {
      const frame = frames.at(-1)!
      const to = (edges.get(frame.id) ?? [])[frame.at]
      if (to !== undefined) {
        frame.at += 1
        if (!within.has(to)) continue
        if (!index.has(to)) push(to)
        else if (on.has(to)) low.set(frame.id, Math.min(low.get(frame.id)!, index.get(to)!))
        continue
      }
      frames.pop()
      const above = frames.at(-1)
      if (above) low.set(above.id, Math.min(low.get(above.id)!, low.get(frame.id)!))
      if (low.get(frame.id) !== index.get(frame.id)) continue
      const part: string[] = []
      for (let id = stack.pop()!; ; id = stack.pop()!) { on.delete(id); part.push(id); if (id === frame.id) break }
      out.unshift(part)
    }
  }
  return out
}
