import type { ClockRule, ClockState } from '../clock/types.ts'
import { extendClock, resumeClock, startClock, stopClock, suspendClock } from '../clock/clock.ts'
import type { ClockChange, RuleContext } from './types.ts'

/** Applies what the rule asked of the clocks; unlawful pauses and extensions are refused by the clock itself. What was done to them stands in the act. */
export function changeClocks(clocks: readonly ClockState[], changes: readonly ClockChange[], ruleOf: (code: string, version?: number) => ClockRule, context: RuleContext): readonly ClockState[] {
  return changes.reduce<readonly ClockState[]>((next, change) => {
    if (change.do === 'start') return [...next, started(next, change, ruleOf(change.rule), context)]
    const before = next.find((clock) => clock.id === change.clock)
    if (!before) throw new Error(`${change.do}: no clock ${change.clock} among ${next.map((clock) => clock.id).join(', ')}`)
    const after = changed(before, change, ruleOf(before.rule, before.ruleVersion), context)
    return next.map((clock) => (clock === before ? after : clock))
  }, clocks)
}

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
