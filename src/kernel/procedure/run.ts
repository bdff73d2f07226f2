import { refuse } from './errors.ts'
import { labels } from './check.ts'
import { oneLine } from './names.ts'
import { initialState, step } from './step.ts'
import type { Net } from './net.ts'
import type { NetState, ProcedureEvent, StepRefusal } from './types.ts'

export interface DryRun { readonly finished: boolean; readonly steps: readonly string[] }

/** Steps of a dry run at most: a chosen loop need not end. */
const LONGEST = 10_000

/**
 * A dry run: begins, then finishes whatever is live in order of opening, with the outcome chosen for it. `choose` is
 * `step=outcome,…`; keys are ids or names of steps, gateways or start events, outcomes ids or names of flows (`a|b` takes
 * several). A repeated key is consumed in order. Events on an activity's edge happen only when named (`event=` or `event`).
 * `steps` are labels in order of completion. Refuses `procedure/bad-choice`, `procedure/impossible-choice`, `procedure/choice-unused`.
 */
export function dryRun(net: Net, choose: string): DryRun {
  const chosen = readChoices(choose, net)
  const label = labels(net)
  const steps: string[] = []
  const take = (id: string) => chosen.get(id)?.shift()
  let state: NetState = initialState()
  const play = (event: ProcedureEvent): void => {
    const result = attempt(net, state, event, take)
    if ('impossible' in result) {
      const said = 'outcome' in event && event.outcome !== undefined ? event.outcome : '—'
      throw refuse('impossible-choice', { step: label(result.at), outcome: said, choices: result.choices.join(' · ') || '—' })
    }
    state = result.state
  }
  const starts = net.starts.filter((n) => (chosen.get(n.id)?.length ?? 0) > 0)
  const start = starts.length > 0 ? starts[0]! : null
  play({ kind: 'start', ...(start ? { at: start.id, outcome: take(start.id)! } : {}) })
  while (!state.finished && steps.length < LONGEST) {
    const live = net.liveSteps(state)
    const next = live.find((id) => (chosen.get(id)?.length ?? 0) > 0 && isEvent(net, id))
      ?? live.find((id) => net.steps.get(id)!.attachedTo === null)
    if (next === undefined) break
    const outcome = take(next)
    steps.push(label(next))
    play({ kind: 'complete', at: next, ...(outcome ? { outcome } : {}) })
  }
  const unused = [...chosen].filter(([, left]) => left.length > 0).map(([id]) => label(id))
  if (unused.length > 0) throw refuse('choice-unused', { steps: unused.join(', ') })
  return { finished: state.finished, steps }
}

/** Events waited for: on an edge, or after an event-based gateway, where choosing one is choosing the way. */
function isEvent(net: Net, id: string): boolean {
  const node = net.nodes.get(id)!
  return node.host !== null || node.incoming.some((f) => f.source.kind === 'event')
}

/** A gateway that cannot choose by itself is asked for among the choices, as often as there are gateways. */
function attempt(net: Net, state: NetState, event: ProcedureEvent, take: (id: string) => string | undefined): ReturnType<typeof step> {
  let outcome = event.kind === 'error' ? undefined : event.outcome
  for (let asked = 0; ; asked += 1) {
    const result = step(net, state, { ...event, ...(outcome ? { outcome } : {}) })
    if (!isUndecided(result) || asked > net.nodes.size) return result
    const more = take(result.at)
    if (more === undefined) return result
    outcome = outcome ? `${outcome}|${more}` : more
  }
}
const isUndecided = (result: ReturnType<typeof step>): result is StepRefusal => 'impossible' in result && result.impossible === 'noOutcome'

function readChoices(text: string, net: Net): Map<string, string[]> {
  const out = new Map<string, string[]>()
  for (const choice of text.split(',').map((c) => c.trim()).filter((c) => c !== '')) {
    const [key, outcome = '', ...more] = choice.split('=').map((p) => p.trim())
    if (!key || more.length > 0) throw refuse('bad-choice', { choice })
    const found = net.nodes.get(key) ?? byName(net, key)
    if (!found) throw refuse('bad-choice', { choice })
    out.set(found.id, [...(out.get(found.id) ?? []), outcome])
  }
  return out
}

function byName(net: Net, key: string) {
  const found = [...net.nodes.values()].filter((n) => oneLine(n.name) === oneLine(key))
  return found.find((n) => net.steps.has(n.id)) ?? found[0]
}
