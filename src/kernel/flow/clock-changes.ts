import type { ClockRule, ClockState } from '../clock/types.ts'
import { extendClock, resumeClock, startClock, stopClock, suspendClock } from '../clock/clock.ts'
import type { ClockEvent } from '../clock/rows.ts'
import type { ClockChange, RuleContext } from './types.ts'

export interface ChangedClocks { readonly clocks: readonly ClockState[]; readonly events: readonly ClockEvent[] }

/** Applies what the rule asked of the clocks; unlawful pauses and extensions are refused by the clock itself. */
export function changeClocks(clocks: readonly ClockState[], changes: readonly ClockChange[], ruleOf: (code: string, version?: number) => ClockRule, context: RuleContext): ChangedClocks {
  let next = clocks
  const events: ClockEvent[] = []
  for (const change of changes) {
    const before = change.do === 'start' ? null : next.find((clock) => clock.id === change.clock) ?? null
    if (change.do !== 'start' && before === null) throw new Error(`${change.do}: no clock ${change.clock} among ${next.map((clock) => clock.id).join(', ')}`)
    const after = change.do === 'start' ? started(next, change, ruleOf(change.rule), context) : changed(before!, change, ruleOf(before!.rule, before!.ruleVersion), context)
    next = before === null ? [...next, after] : next.map((clock) => (clock.id === after.id ? after : clock))
    events.push({
      clockId: after.id, kind: KINDS[change.do], at: context.now, actorPost: context.actor.post?.code ?? context.actor.kind,
      ground: groundOf(change) ?? after.article, previousDueOn: before?.dueOn ?? null, dueOn: after.dueOn, light: null, source: null,
    })
  }
  return { clocks: next, events }
}

/** The article the change itself stands on, where it names one. */
const groundOf = (change: ClockChange): string | undefined => (change.do === 'extend' ? change.ownLaw?.article : 'article' in change ? change.article : undefined)

const KINDS = { start: 'started', stop: 'stopped', suspend: 'suspended', resume: 'resumed', extend: 'extended' } as const

function started(clocks: readonly ClockState[], change: ClockChange & { do: 'start' }, rule: ClockRule, { now, today, calendar }: RuleContext): ClockState {
  const times = clocks.filter((clock) => clock.rule === rule.code).length
  const id = times === 0 ? rule.code : `${rule.code}~${times + 1}`
  return startClock(rule, { id, on: change.on ?? today, at: change.at ?? now, amount: change.amount, unit: change.unit, article: change.article }, calendar)
}

function changed(clock: ClockState, change: Exclude<ClockChange, { do: 'start' }>, rule: ClockRule, { today, calendar }: RuleContext): ClockState {
  if (change.do === 'stop') return stopClock(clock, change.on ?? today)
  if (change.do === 'suspend') return suspendClock(clock, rule, { on: change.from ?? today, ground: change.ground, article: change.article, noticeIssuedOn: change.noticeIssuedOn }, calendar)
  if (change.do === 'resume') return resumeClock(clock, rule, change.on ?? today, calendar)
  return extendClock(clock, rule, { on: today, amount: change.amount, approvedBy: change.approvedBy, reason: change.reason, ownLaw: change.ownLaw }, calendar)
}
