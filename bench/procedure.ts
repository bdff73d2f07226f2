import { compile } from '../src/kernel/procedure/compile.ts'
import { buildBpmn, type ProcedureDescription } from '../src/kernel/procedure/build.ts'
import { parseProcedure } from '../src/kernel/procedure/parse.ts'
import { initialState, step } from '../src/kernel/procedure/step.ts'
import type { NetState, ProcedureEvent } from '../src/kernel/procedure/types.ts'

export interface BenchResult { readonly name: string; readonly figures: Record<string, number | string>; readonly goals: { readonly goal: string; readonly ok: boolean; readonly detail: string }[] }

const both = (text: string) => ({ zh: text, en: text })
const PERMIT: ProcedureDescription = {
  id: 'permit', name: both('permit'),
  nodes: [
    { kind: 'start', id: 'start' }, { kind: 'user', id: 'accept', name: both('accept') }, { kind: 'exclusive', id: 'complete' },
    { kind: 'user', id: 'supplement', name: both('supplement') }, { kind: 'user', id: 'review', name: both('review') }, { kind: 'user', id: 'survey', name: both('survey') },
    { kind: 'user', id: 'decide', name: both('decide') }, { kind: 'exclusive', id: 'granted' }, { kind: 'user', id: 'issue', name: both('issue') },
    { kind: 'user', id: 'refuse', name: both('refuse') }, { kind: 'user', id: 'serve', name: both('serve') }, { kind: 'end', id: 'end' },
  ],
  flows: [
    { from: 'start', to: 'accept' }, { from: 'accept', to: 'complete' }, { id: 'yes', from: 'complete', to: 'review' }, { id: 'no', from: 'complete', to: 'supplement' },
    { from: 'supplement', to: 'accept' }, { from: 'review', to: 'survey' }, { from: 'survey', to: 'decide' }, { from: 'decide', to: 'granted' },
    { id: 'grant', from: 'granted', to: 'issue' }, { id: 'deny', from: 'granted', to: 'refuse' }, { from: 'issue', to: 'serve' }, { from: 'refuse', to: 'serve' }, { from: 'serve', to: 'end' },
  ],
}

/** One case: a supplement, then granted. */
const CASE: readonly ProcedureEvent[] = [
  { kind: 'start' }, { kind: 'complete', at: 'accept', outcome: 'no' }, { kind: 'complete', at: 'supplement' }, { kind: 'complete', at: 'accept', outcome: 'yes' }, { kind: 'complete', at: 'review' },
  { kind: 'complete', at: 'survey' }, { kind: 'complete', at: 'decide', outcome: 'grant' }, { kind: 'complete', at: 'issue' }, { kind: 'complete', at: 'serve' },
]

interface Answer { readonly state: NetState; readonly opened: readonly string[]; readonly closed: readonly string[]; readonly ended: boolean }

/** The yardstick: the same net written out by hand as a switch, giving the same answers. */
function bare(state: NetState, event: ProcedureEvent): Answer {
  if (event.kind === 'start') return to(state, null, 'accept')
  if (event.kind !== 'complete' || !state.tokens.includes(event.at)) throw new Error('not live')
  switch (event.at) {
    case 'accept': return to(state, 'accept', event.outcome === 'yes' ? 'review' : 'supplement')
    case 'supplement': return to(state, 'supplement', 'accept')
    case 'review': return to(state, 'review', 'survey')
    case 'survey': return to(state, 'survey', 'decide')
    case 'decide': return to(state, 'decide', event.outcome === 'grant' ? 'issue' : 'refuse')
    case 'issue': return to(state, 'issue', 'serve')
    case 'refuse': return to(state, 'refuse', 'serve')
    case 'serve': return to(state, 'serve', null)
    default: throw new Error('no such step')
  }
}
function to(state: NetState, from: string | null, next: string | null): Answer {
  const tokens = state.tokens.filter((token) => token !== from)
  if (next !== null) tokens.push(next)
  const finished = tokens.length === 0
  return { state: { tokens, joins: state.joins, counters: state.counters, finished }, opened: next === null ? [] : [next], closed: from === null ? [] : [from], ended: finished }
}

function rate(play: (state: NetState, event: ProcedureEvent) => Answer, cases: number): number {
  const began = performance.now()
  let ended = 0
  for (let i = 0; i < cases; i += 1) {
    let state = initialState()
    for (const event of CASE) state = play(state, event).state
    if (state.finished) ended += 1
  }
  if (ended !== cases) throw new Error(`${ended} of ${cases} cases ended`)
  return (cases * CASE.length) / ((performance.now() - began) / 1000)
}

/** G4: a step of a compiled procedure in memory against a bare switch for the same net, in the same run; best of alternating rounds. */
export async function run(): Promise<BenchResult> {
  const net = compile(await parseProcedure(await buildBpmn(PERMIT))).net
  if (net === null) throw new Error('the bench procedure does not compile')
  const ours = (state: NetState, event: ProcedureEvent): Answer => {
    const result = step(net, state, event)
    if ('impossible' in result) throw new Error(JSON.stringify(result))
    return result
  }
  let state = initialState()
  for (const event of CASE) {
    const [a, b] = [ours(state, event), bare(state, event)]
    if (JSON.stringify(a) !== JSON.stringify(b)) throw new Error(`the yardstick answers otherwise at ${JSON.stringify(event)}`)
    state = a.state
  }
  const [cases, rounds] = [60_000, 6]
  // Both before either counts: the loop that has met only one of them has it inlined, and the other never is.
  for (const play of [bare, ours, bare, ours]) rate(play, cases / 10)
  let [mine, yardstick] = [0, 0]
  for (let i = 0; i < rounds; i += 1) {
    yardstick = Math.max(yardstick, rate(bare, cases))
    mine = Math.max(mine, rate(ours, cases))
  }
  const ratio = mine / yardstick
  return {
    name: 'procedure',
    figures: { stepsPerSecond: Math.round(mine), bareSwitchPerSecond: Math.round(yardstick), ratio: Math.round(ratio * 100) / 100 },
    goals: [{ goal: 'G4 a procedure step in memory ≥ 0.5 × a bare switch', ok: ratio >= 0.5, detail: `${ratio.toFixed(2)} (${Math.round(mine / 1000)} k/s against ${Math.round(yardstick / 1000)} k/s)` }],
  }
}
