import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { check } from './check.ts'
import { compile } from './compile.ts'
import { bpmn } from './fixtures.ts'
import { parseProcedure } from './parse.ts'
import { successors } from './explore.ts'
import { initialState, step } from './step.ts'
import type { NetState, ProcedureEvent } from './types.ts'

type Block = { kind: 'task' } | { kind: 'seq' | 'xor' | 'and' | 'or'; parts: Block[] } | { kind: 'loop'; body: Block }
const { block } = fc.letrec<{ block: Block }>((tie) => ({
  block: fc.oneof({ maxDepth: 3, depthSize: 'small' },
    fc.constant<Block>({ kind: 'task' }),
    fc.record({ kind: fc.constantFrom('seq' as const, 'xor' as const, 'and' as const, 'or' as const), parts: fc.array(tie('block'), { minLength: 2, maxLength: 3 }) }),
    fc.record({ kind: fc.constant('loop' as const), body: tie('block') })),
}))

interface Model { nodes: Map<string, string>; flows: { from: string; to: string }[] }
const ELEMENT = { xor: 'exclusiveGateway', and: 'parallelGateway', or: 'inclusiveGateway' } as const

function draw(block: Block): Model {
  const model: Model = { nodes: new Map([['s', 'startEvent'], ['e', 'endEvent']]), flows: [] }
  let n = 0
  const node = (element: string) => { const id = `n${(n += 1)}`; model.nodes.set(id, element); return id }
  const flow = (from: string, to: string) => { model.flows.push({ from, to }) }
  const put = (b: Block): [string, string] => {
    if (b.kind === 'task') { const t = node('userTask'); return [t, t] }
    if (b.kind === 'loop') { const [m, x, [i, o]] = [node('exclusiveGateway'), node('exclusiveGateway'), put(b.body)]; flow(m, i); flow(o, x); flow(x, m); return [m, x] }
    const parts = b.parts.map(put)
    if (b.kind === 'seq') { for (let i = 1; i < parts.length; i += 1) flow(parts[i - 1]![1], parts[i]![0]); return [parts[0]![0], parts.at(-1)![1]] }
    const [split, join] = [node(ELEMENT[b.kind]), node(ELEMENT[b.kind])]
    for (const [i, o] of parts) { flow(split, i); flow(o, join) }
    return [split, join]
  }
  const [first, last] = put(block)
  flow('s', first)
  flow(last, 'e')
  return model
}
const xmlOf = (model: Model) => bpmn([...model.nodes].map(([id, element]) => `${id}:${element}`).join(' '), dedupe(model.flows).map((f) => `${f.from}>${f.to}`).join('; '))
const dedupe = (flows: Model['flows']) => [...new Map(flows.map((f) => [`${f.from}>${f.to}`, f])).values()]
const definitionOf = (model: Model) => parseProcedure(xmlOf(model))

/** Another mind: token by token on flows and tasks, no folding, no eager gateways. Start, tasks, exclusive and parallel gateways, ends. */
function bruteForce(model: Model): boolean | null {
  const flows = dedupe(model.flows).map((f) => ({ ...f, id: `${f.from}>${f.to}` }))
  const [ins, outs] = [(id: string) => flows.filter((f) => f.to === id).map((f) => f.id), (id: string) => flows.filter((f) => f.from === id).map((f) => f.id)]
  const key = (m: Set<string>) => [...m].sort().join(' ')
  const seen = new Map<string, { marking: Set<string>; next: string[]; done: boolean }>()
  const fired = new Set<string>(['s'])
  const start = new Set(outs('s'))
  const open = [start]
  seen.set(key(start), { marking: start, next: [], done: false })
  for (let m = open.pop(); m !== undefined; m = open.pop()) {
    const entry = seen.get(key(m))!
    const fire = (node: string, take: string[], give: string[]): boolean => {
      fired.add(node)
      const next = new Set(m!)
      for (const t of take) next.delete(t)
      for (const g of give) { if (next.has(g)) return false; next.add(g) }
      entry.next.push(key(next))
      if (!seen.has(key(next))) { seen.set(key(next), { marking: next, next: [], done: false }); open.push(next) }
      return true
    }
    if (seen.size > 20_000) return null
    for (const [id, element] of model.nodes) {
      const marked = ins(id).filter((f) => m!.has(f))
      if (element === 'parallelGateway') { if (marked.length > 0 && marked.length === ins(id).length && !fire(id, marked, outs(id))) return false; continue }
      for (const f of marked) {
        if (element === 'exclusiveGateway' && outs(id).length > 0) { for (const o of outs(id)) if (!fire(id, [f], [o])) return false }
        else if (!fire(id, [f], element === 'endEvent' || outs(id).length === 0 ? [`end ${id}`] : [`task ${id}`])) return false
      }
      if (m.has(`task ${id}`) && !fire(id, [`task ${id}`], outs(id))) return false
    }
    entry.done = [...m].every((p) => p.startsWith('end '))
  }
  const completes = new Set([...seen].filter(([, e]) => e.done).map(([k]) => k))
  for (let grown = true; grown;) { grown = false; for (const [k, e] of seen) if (!completes.has(k) && e.next.some((n) => completes.has(n))) { completes.add(k); grown = true } }
  return completes.size === seen.size && [...model.nodes.keys()].every((id) => fired.has(id))
}

describe('random procedures', () => {
  test('nested blocks are sound, folded or not, and every run that keeps choosing ways out comes to its end', async () => {
    await fc.assert(fc.asyncProperty(block, fc.infiniteStream(fc.nat()), async (b, chance) => {
      const definition = await definitionOf(draw(b))
      expect(check(definition)).toMatchObject({ executable: true, sound: true, problems: [] })
      const net = compile(definition).net!
      let state: NetState = initialState()
      for (let i = 0; i < 3000 && !state.finished; i += 1) {
        const ways = successors(net, state)
        expect(ways.length).toBeGreaterThan(0)
        const way = ways[chance.next().value! % ways.length]!
        expect(way.doubled).toBeNull()
        const outcome = way.chosen.map((f) => f.id).join('|')
        const result = step(net, state, { ...way.event, ...(outcome ? { outcome } : {}) } as ProcedureEvent)
        expect(result).toMatchObject({ state: { tokens: way.state.tokens, joins: way.state.joins } })
        state = JSON.parse(JSON.stringify(way.state)) as NetState
      }
      expect(state.finished).toBe(true)
    }), { numRuns: 60, seed: 20260302 })
  })

  test('mutated at random, the verdict is that of a brute-force explorer', async () => {
    const verdicts = { sound: 0, unsound: 0 }
    await fc.assert(fc.asyncProperty(block, fc.array(fc.record({ what: fc.constantFrom('drop', 'redirect', 'retype', 'add'), a: fc.nat(), b: fc.nat() }), { minLength: 1, maxLength: 2 }), async (b, mutations) => {
      const model = draw(b)
      for (const [id, element] of model.nodes) if (element === 'inclusiveGateway') model.nodes.set(id, 'exclusiveGateway')
      const targets = [...model.nodes.keys()].filter((id) => id !== 's')
      const sources = [...model.nodes.keys()].filter((id) => id !== 'e')
      for (const m of mutations) {
        const flow = model.flows[m.a % model.flows.length]!
        if (m.what === 'drop' && flow.from !== 's') model.flows.splice(model.flows.indexOf(flow), 1)
        else if (m.what === 'redirect') flow.to = targets[m.b % targets.length]!
        else if (m.what === 'add') model.flows.push({ from: sources[m.a % sources.length]!, to: targets[m.b % targets.length]! })
        else if (m.what === 'retype') {
          const gateways = [...model.nodes].filter(([, e]) => e.endsWith('Gateway'))
          const gateway = gateways[m.a % Math.max(1, gateways.length)]
          if (gateway) model.nodes.set(gateway[0], gateway[1] === 'exclusiveGateway' ? 'parallelGateway' : 'exclusiveGateway')
        }
      }
      const expected = bruteForce(model)
      fc.pre(expected !== null)
      const report = check(await definitionOf(model), 20_000)
      expect([report.sound, xmlOf(model)]).toEqual([expected, xmlOf(model)])
      verdicts[expected ? 'sound' : 'unsound'] += 1
    }), { numRuns: 160, seed: 20260302 })
    expect(Math.min(verdicts.sound, verdicts.unsound)).toBeGreaterThan(10)
  })

  test('step is total: any event in any state is answered, the state stays JSON, and a refused event changes nothing', async () => {
    const event = (ids: string[]) => fc.oneof(
      fc.record({ kind: fc.constant('start' as const) }),
      fc.record({ kind: fc.constantFrom('complete' as const, 'timer' as const, 'message' as const, 'error' as const), at: fc.constantFrom(...ids, 'nowhere', '__proto__'), outcome: fc.option(fc.constantFrom(...ids, 'a|b', '', '|', 'x'), { nil: undefined }) }))
    await fc.assert(fc.asyncProperty(block, fc.infiniteStream(fc.nat()), async (b, chance) => {
      const net = compile(await definitionOf(draw(b))).net!
      const ids = [...net.nodes.keys(), ...net.flows.keys()]
      let state: NetState = initialState()
      for (const e of fc.sample(event(ids), { numRuns: 40, seed: chance.next().value! })) {
        const before = JSON.stringify(state)
        const result = step(net, state, e as ProcedureEvent)
        expect(JSON.stringify(state)).toBe(before)
        if ('impossible' in result) continue
        expect(JSON.parse(JSON.stringify(result.state))).toEqual(result.state)
        state = result.state
      }
    }), { numRuns: 50, seed: 20260302 })
  })
})
