import type { Chooser } from './advance.ts'
import type { Facts } from './condition.ts'
import type { NetFlow, NetNode } from './net.ts'
import type { StepRefusal } from './types.ts'

/** Chooses by the parts of an outcome (`a|b`), each used once at the first choice that knows it; then by conditions; then by default. */
export class ByOutcome implements Chooser {
  private parts: string[]
  private facts: Facts
  private undecided: NetNode | null = null
  private readonly offered: NetFlow[] = []
  private readByCondition = false
  /** False as soon as facts had a say. */
  local = true

  constructor(private readonly outcome: string | undefined, facts: Facts) {
    this.parts = outcome === undefined || outcome === '' ? [] : outcome.split('|').map((p) => p.trim()).filter((p) => p !== '')
    this.facts = outcome === undefined ? facts : { ...facts, outcome }
  }

  one(node: NetNode): NetFlow | null {
    for (const part of this.parts) {
      const flow = match(node.outgoing, part)
      if (flow) { this.use(part); return flow }
    }
    return this.byFacts(node, (flows) => flows.find((f) => this.holds(f)) ?? null)
  }

  some(node: NetNode): readonly NetFlow[] | null {
    const always = node.kind === 'or' ? [] : node.outgoing.filter((f) => f.condition === null && !f.isDefault)
    const open = node.outgoing.filter((f) => !always.includes(f))
    const named = this.parts.map((part) => ({ part, flow: match(open, part) })).filter((n) => n.flow !== undefined)
    if (named.length > 0) {
      for (const { part } of named) this.use(part)
      return [...always, ...new Set(named.map((n) => n.flow!))]
    }
    const chosen = this.byFacts(node, () => { const held = open.filter((f) => this.holds(f)); return held.length > 0 ? held : always.length > 0 ? [] : null })
    return chosen === null ? null : [...always, ...(Array.isArray(chosen) ? (chosen as NetFlow[]) : [chosen as NetFlow])]
  }

  /** The one way out of a node may be named, too. */
  only(flow: NetFlow): void {
    const part = this.parts.find((p) => p === flow.id || (flow.name !== '' && p === flow.name.trim()))
    if (part !== undefined) this.use(part)
  }

  all(): void { /* nothing to choose */ }

  private byFacts<T extends NetFlow | readonly NetFlow[]>(node: NetNode, pick: (flows: readonly NetFlow[]) => T | null): T | NetFlow | null {
    this.offered.push(...node.outgoing)
    const conditional = node.outgoing.filter((f) => f.condition !== null && !f.isDefault)
    if (conditional.length > 0) {
      this.local = false
      this.readByCondition ||= conditional.some((f) => f.condition!.readsOutcome)
    }
    const fallback = node.outgoing.find((f) => f.isDefault) ?? null
    const picked = pick(conditional)
    if (picked !== null && !(Array.isArray(picked) && picked.length === 0 && fallback !== null)) return picked
    if (fallback === null) this.undecided ??= node
    return fallback
  }

  private holds(flow: NetFlow): boolean {
    return flow.condition !== null && flow.condition.holds(this.facts) === true
  }
  private use(part: string): void {
    const at = this.parts.indexOf(part)
    this.parts = this.parts.filter((_, i) => i !== at)
  }

  refusal(at: string): StepRefusal | null {
    const left = this.parts.length > 0 && !this.readByCondition
    if (this.undecided !== null) return { impossible: this.parts.length > 0 ? 'noSuchOutcome' : 'noOutcome', at: this.undecided.id, choices: this.undecided.outgoing.map(label) }
    return left ? { impossible: 'noSuchOutcome', at, choices: this.offered.map(label) } : null
  }
}

const label = (flow: NetFlow) => flow.name.trim() || flow.id
/** By id first; a name must belong to one flow only. */
function match(flows: readonly NetFlow[], part: string): NetFlow | undefined {
  return flows.find((f) => f.id === part) ?? flows.find((f) => f.name !== '' && f.name.trim() === part)
}
