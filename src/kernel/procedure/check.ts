import { compile } from './compile.ts'
import { complementary } from './condition.ts'
import { criticalPath } from './critical.ts'
import type { Definition, DefinitionNode, Scope } from './definition.ts'
import type { Edge } from './explore.ts'
import { oneLine } from './names.ts'
import type { Net } from './net.ts'
import { reduce } from './reduce.ts'
import { explore, type Fault } from './soundness.ts'
import type { CheckReport, Problem } from './types.ts'

/** Markings explored at most; beyond, nothing is claimed. */
export const MARKINGS = 1_000_000

/**
 * Proves a procedure, or says what is wrong with it. Data is abstracted: any outcome of any choice may occur. `path` and
 * `criticalPath.steps` speak in labels that `procedure run --choose` understands: a step's name where it is unique, else its id;
 * `step=flow|flow` where choices were made, `event!` where an error boundary took over.
 */
export function check(definition: Definition, limit = MARKINGS): CheckReport {
  const { net, unsupported } = compile(definition)
  if (net === null) return { executable: false, unsupported, sound: null, problems: [], warnings: [], criticalPath: null }
  const verdict = prove(definition, net, limit)
  const label = labels(net)
  const path = criticalPath(definition)
  return {
    executable: true, unsupported: [], sound: verdict.sound, problems: verdict.faults.map((f) => problem(f, net, label)),
    warnings: [...incomplete(definition.scope).map((n) => ({ kind: 'incompleteConditions' as const, at: label(n.id) })), ...path.loops.map((at) => ({ kind: 'loopWithoutMaxRounds' as const, at: label(at) }))],
    criticalPath: { workingDays: path.workingDays, steps: path.steps.map((n) => label(n.id)) },
  }
}

function prove(definition: Definition, net: Net, limit: number): { sound: boolean | null; faults: readonly Fault[] } {
  const small = compile(reduce(definition)).net
  if (small !== null) {
    const verdict = explore(small, limit)
    if (verdict.sound !== false) return verdict
  }
  // A fault of the folded net is told in the words of the drawing itself.
  return explore(net, limit)
}

/** Names people know, where they are unambiguous and can stand in `--choose`. */
export function labels(net: Net): (id: string) => string {
  const count = new Map<string, number>()
  const ids = new Set([...net.nodes.keys(), ...net.flows.keys()])
  for (const node of net.nodes.values()) count.set(oneLine(node.name), (count.get(oneLine(node.name)) ?? 0) + 1)
  return (id) => {
    const node = net.nodes.get(id)
    const name = oneLine(node?.name ?? net.flows.get(id)?.name ?? '')
    if (name === '' || /[=,|!]/.test(name) || ids.has(name)) return id
    if (node) return count.get(name) === 1 ? name : id
    const flow = net.flows.get(id)!
    return flow.source.outgoing.filter((f) => oneLine(f.name) === name).length === 1 ? name : id
  }
}

function problem(fault: Fault, net: Net, label: (id: string) => string): Problem {
  return { kind: fault.kind, at: label(fault.at), path: fault.path.map((edge) => sayEdge(edge, net, label)).filter((said) => said !== '') }
}

/** A beginning without any choice goes without saying. */
function sayEdge({ event, chosen }: Edge, net: Net, label: (id: string) => string): string {
  if (event.kind === 'start' && event.at === undefined && chosen.length === 0) return ''
  const at = event.kind === 'start' ? label(event.at ?? net.starts[0]!.id) : `${label(event.at)}${event.kind === 'error' ? '!' : ''}`
  return chosen.length === 0 ? at : `${at}=${chosen.map((f) => label(f.id)).join('|')}`
}

/** Choices by conditions without default that are not provably complete. Choices without any condition are made by people. */
function incomplete(scope: Scope): DefinitionNode[] {
  return scope.nodes.flatMap((node) => {
    const inner = node.inner ? incomplete(node.inner) : []
    if (!/^(exclusive|inclusive)Gateway$/.test(node.type) || node.defaultFlow !== null) return inner
    const conditions = scope.flows.filter((f) => f.from === node.id).map((f) => f.condition)
    if (conditions.length < 2 || conditions.every((c) => c === null)) return inner
    const [one, other] = conditions
    const complete = conditions.length === 2 && typeof one === 'string' && typeof other === 'string' && complementary(one, other)
    return complete ? inner : [node, ...inner]
  })
}
