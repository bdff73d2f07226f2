import type { Net, NetFlow, NetNode } from './net.ts'
import type { NetState, StepRefusal, StepResult } from './types.ts'

/** How a choice is made; null: it cannot be. */
export interface Chooser {
  one(node: NetNode): NetFlow | null
  some(node: NetNode): readonly NetFlow[] | null
  /** Told of every single way taken, where there was nothing to choose. */
  only(flow: NetFlow): void
  /** Told of the ways of a fork, all taken. */
  all(flows: readonly NetFlow[]): void
}

/** One event being played through a net: tokens move until only steps, events and waiting joins hold one. */
export class Advance {
  private readonly tokens: string[]
  private readonly joins: Map<string, string[]>
  private counters: Record<string, number> | null = null
  private readonly queue: NetFlow[] = []
  readonly added: string[] = []
  private readonly opened: string[] = []
  private readonly closed: string[] = []
  private fired = 0
  private cannot: StepRefusal | null = null
  /** True while nothing but the finished step and the choices had a say: such a move can be remembered. */
  local = true
  /** Node where a second token met a first one: the net is not 1-safe. */
  doubled: NetNode | null = null
  /** End events reached, in order. */
  readonly ends: NetNode[] = []

  constructor(private readonly net: Net, private readonly before: NetState, private readonly chooser: Chooser) {
    this.tokens = [...before.tokens]
    this.joins = new Map(Object.entries(before.joins).map(([id, flows]) => [id, [...flows]]))
    if (net.inclusiveJoins.length > 0) this.local = false
  }

  begin(node: NetNode): void {
    if (node.kind === 'start') this.leave(node)
    else this.enter(node, null)
  }

  isLive(node: NetNode): boolean {
    return this.tokens.includes(node.id)
  }

  /** A step is done, or the event it waits for has come. False where it is not live. */
  finish(node: NetNode): boolean {
    if (node.parent !== null || node.boundaries.length > 0) this.local = false
    if (this.remove(node.id)) {
      if (node.host === null) {
        this.closed.push(node.id)
        this.disarm(node)
      } else {
        this.local = false
        this.closed.push(node.id)
        if (node.interrupting) this.cancel(node.host)
      }
      this.leave(node)
      return true
    }
    const gateway = node.incoming.map((f) => f.source).find((g) => g.kind === 'event' && this.isLive(g))
    if (!gateway) return false
    this.local = false
    this.remove(gateway.id)
    for (const flow of gateway.outgoing) this.closed.push(flow.target.id)
    this.leave(node)
    return true
  }

  /** An error in an activity, or reported by the boundary event that is to catch it. False where nobody does. */
  fail(node: NetNode, code: string | null): boolean {
    this.local = false
    if (node.kind === 'boundary') {
      if (node.host === null || !node.host.errorBoundaries.includes(node) || !this.isLive(node.host)) return false
      return this.catchBy(node)
    }
    if (!this.isLive(node)) return false
    const catcher = this.catcher(node, code)
    return catcher !== null && this.catchBy(catcher)
  }

  private catcher(from: NetNode | null, code: string | null): NetNode | null {
    for (let node = from; node !== null; node = node.parent) {
      const found = node.errorBoundaries.find((b) => b.errorCode !== null && b.errorCode === code) ?? node.errorBoundaries.find((b) => b.errorCode === null)
      if (found) return found
    }
    return null
  }
  private catchBy(boundary: NetNode): boolean {
    this.cancel(boundary.host!)
    this.leave(boundary)
    return true
  }

  /** Moves every token as far as it goes by itself. */
  run(at: string): StepRefusal | null {
    const limit = 1000 + 20 * this.net.flows.size
    for (;;) {
      for (let flow = this.queue.shift(); flow !== undefined; flow = this.queue.shift()) {
        if (this.cannot) return this.cannot
        if ((this.fired += 1) > limit) return { impossible: 'endless', at, choices: [] }
        this.enter(flow.target, flow)
      }
      if (this.cannot) return this.cannot
      if (!this.completeOne()) return null
    }
  }

  /** An inclusive join nobody else can reach any more, or a sub-process with nothing left inside. */
  private completeOne(): boolean {
    for (const join of this.net.inclusiveJoins) {
      if (!this.joins.has(join.id) || this.occupied((id) => join.region!.has(id))) continue
      this.joins.delete(join.id)
      this.leave(join)
      return true
    }
    for (const id of this.tokens) {
      const node = this.net.nodes.get(id)
      if (node?.kind !== 'sub' || this.occupied((inner) => within(this.net.nodes.get(inner), node))) continue
      this.local = false
      this.remove(id)
      this.disarm(node)
      this.leave(node)
      return true
    }
    return false
  }

  private occupied(where: (id: string) => boolean): boolean {
    for (const id of this.tokens) if (where(id)) return true
    for (const id of this.joins.keys()) if (where(id)) return true
    return false
  }

  private enter(node: NetNode, by: NetFlow | null): void {
    switch (node.kind) {
      case 'and':
      case 'or':
        if (node.incoming.length > 1 && by !== null) return this.arrive(node, by)
        return this.leave(node)
      case 'step': return this.open(node)
      case 'event':
        this.local = false
        this.put(node)
        for (const flow of node.outgoing) this.opened.push(flow.target.id)
        return
      case 'sub':
        this.local = false
        this.put(node)
        this.arm(node)
        for (const start of node.starts) this.begin(start)
        return
      case 'end':
        this.ends.push(node)
        return
      case 'terminate':
        this.local = false
        this.ends.push(node)
        return this.clear(node.parent)
      case 'errorEnd': {
        this.local = false
        this.ends.push(node)
        const catcher = this.catcher(node.parent, node.errorCode)
        if (catcher) this.catchBy(catcher)
        else this.clear(null)
        return
      }
      default: return this.leave(node)
    }
  }

  private arrive(node: NetNode, by: NetFlow): void {
    this.local = false
    const arrived = this.joins.get(node.id) ?? []
    if (arrived.includes(by.id)) this.doubled ??= node
    arrived.push(by.id)
    this.joins.set(node.id, arrived)
    if (node.kind === 'or' || !node.incoming.every((f) => arrived.includes(f.id))) return
    for (const flow of node.incoming) arrived.splice(arrived.indexOf(flow.id), 1)
    if (arrived.length === 0) this.joins.delete(node.id)
    this.leave(node)
  }

  private open(node: NetNode): void {
    this.put(node)
    this.opened.push(node.id)
    this.arm(node)
    if (!node.counted) return
    this.local = false
    this.counters ??= { ...this.before.counters }
    this.counters[node.id] = (this.counters[node.id] ?? 0) + 1
  }

  private put(node: NetNode): void {
    if (this.tokens.includes(node.id)) this.doubled ??= node
    this.tokens.push(node.id)
    this.added.push(node.id)
  }

  private arm(node: NetNode): void {
    for (const boundary of node.boundaries) {
      this.local = false
      this.put(boundary)
      this.opened.push(boundary.id)
    }
  }
  private disarm(node: NetNode): void {
    for (const boundary of node.boundaries) if (this.remove(boundary.id)) this.closed.push(boundary.id)
  }

  private leave(node: NetNode): void {
    const out = node.outgoing
    if (out.length === 1 && (node.kind === 'xor' || node.kind === 'or' || out[0]!.condition === null)) {
      this.chooser.only(out[0]!)
      this.queue.push(out[0]!)
    } else if (out.length === 0) this.ends.push(node)
    else if (node.kind === 'xor') this.take(this.chooser.one(node), node)
    else if (node.kind === 'or' || (node.kind !== 'and' && out.some((f) => f.condition !== null || f.isDefault))) this.take(this.chooser.some(node), node)
    else {
      this.chooser.all(out)
      for (const flow of out) this.queue.push(flow)
    }
  }
  private take(chosen: NetFlow | readonly NetFlow[] | null, node: NetNode): void {
    if (chosen === null) this.cannot ??= { impossible: 'noOutcome', at: node.id, choices: node.outgoing.map((f) => f.name.trim() || f.id) }
    else if ('id' in chosen) this.queue.push(chosen)
    else this.queue.push(...chosen)
  }

  /** The activity ends without result: its own token, everything inside and what is armed on its edge. */
  private cancel(node: NetNode): void {
    if (this.remove(node.id) && node.kind === 'step') this.closed.push(node.id)
    this.disarm(node)
    if (node.kind === 'sub') this.clear(node)
  }

  /** Nothing stays within a scope (null: the whole process). */
  private clear(scope: NetNode | null): void {
    const inside = (id: string) => scope === null || within(this.net.nodes.get(id), scope)
    for (const id of this.tokens.filter(inside)) {
      const node = this.net.nodes.get(id)
      this.remove(id)
      if (node?.kind === 'event') for (const flow of node.outgoing) this.closed.push(flow.target.id)
      else if (node?.kind !== 'sub') this.closed.push(id)
    }
    for (const id of [...this.joins.keys()].filter(inside)) this.joins.delete(id)
    const kept = this.queue.filter((f) => !(scope === null || within(f.source, scope)))
    this.queue.length = 0
    this.queue.push(...kept)
  }

  private remove(id: string): boolean {
    const at = this.tokens.indexOf(id)
    if (at < 0) return false
    this.tokens.splice(at, 1)
    return true
  }

  result(): StepResult {
    const finished = this.tokens.length === 0 && this.joins.size === 0
    const gone = new Set(this.opened.filter((id) => this.closed.includes(id) && !this.stands(id)))
    return {
      state: { tokens: this.tokens, joins: Object.fromEntries(this.joins), counters: this.counters ?? this.before.counters, finished },
      // Opened and cancelled within one event: nobody ever saw it live.
      opened: gone.size === 0 ? this.opened : this.opened.filter((id) => !gone.has(id)),
      closed: this.closed,
      ended: finished,
    }
  }
  private stands(id: string): boolean {
    if (this.tokens.includes(id)) return true
    return this.net.nodes.get(id)?.incoming.some((f) => f.source.kind === 'event' && this.tokens.includes(f.source.id)) ?? false
  }
}

function within(node: NetNode | undefined, scope: NetNode): boolean {
  for (let p = node?.parent ?? null; p !== null; p = p.parent) if (p === scope) return true
  // Boundary events belong to the scope of their host, which is outside.
  return false
}
