import { addDays, type CivilDay } from '../../base/civil-day.ts'
import type { ClockState } from '../../kernel/clock/types.ts'
import type { ClockChange } from '../../kernel/flow/types.ts'
import type { Item, Limit } from '../catalog/contract.ts'
import { refuse } from './errors.ts'

/** Clocks by what they measure, not by number: code names a rule, the rule names its article. */
export const ACCEPTANCE_RULES = ['LIC.CORRECTION_NOTICE', 'REALTY.ON_SPOT', 'CASE.ACCEPTANCE'] as const
export const DECISION_RULES = ['LIC.DECIDE', 'LIC.JOINT', 'ITEM.STATUTORY', 'SVC.PROMISE'] as const

const startItemLimit = (rule: string, limit: Limit, on: CivilDay): ClockChange =>
  ({ do: 'start', rule, on, amount: limit.amount, unit: limit.unit, article: limit.article })

/** The clock by which the office must say accepted, supplement or no, from the day the materials were received. */
export function acceptanceClock(item: Item, receivedOn: CivilDay): ClockChange {
  const rule = item.deeming === 'DEEM.ACCEPTED' ? 'LIC.CORRECTION_NOTICE' : item.deeming === 'DEEM.REALTY_ACCEPTED' ? 'REALTY.ON_SPOT' : 'CASE.ACCEPTANCE'
  return { do: 'start', rule, on: receivedOn }
}

/** The statutory limit of the decision and, beside it, the promise; both from the fact the item's law names. */
export function decisionClocks(item: Item, on: CivilDay, commitment: boolean): readonly ClockChange[] {
  const promised = commitment && item.commitment ? item.commitment.promisedLimit : item.promisedLimit
  const statutoryRule = item.itemType === '01' ? 'LIC.DECIDE' : 'ITEM.STATUTORY'
  return [
    ...(item.statutoryLimit ? [startItemLimit(statutoryRule, item.statutoryLimit, on)] : []),
    ...(promised ? [startItemLimit('SVC.PROMISE', promised, on)] : []),
  ]
}

/** Unified, joint or centralised handling is lengthened by the head of the people's government of the level (行政许可法 第四十二条第二款). */
const JOINT_ARTICLE = '行政许可法 第四十二条第二款'
export const extendedByGovernment = (item: Item): boolean => item.specialProcedures.find((one) => one.extension !== null)?.article === JOINT_ARTICLE

/** The statutory clocks that the item's own law lets lengthen, and by how much at most; null where its guide names no extension. */
export function extensionOf(item: Item, clocks: readonly ClockState[]): { readonly article: string; readonly amount: number; readonly clocks: readonly ClockState[] } | null {
  const special = item.specialProcedures.find((one) => one.extension !== null)
  if (!special) return null
  const { amount, unit } = special.extension!
  // The promise stays what was promised; being later than it is explained, not extended.
  const statutory = runningClocks(clocks, DECISION_RULES.filter((rule) => rule !== 'SVC.PROMISE')).filter((clock) => clock.unit === unit)
  return statutory.length === 0 ? null : { article: special.article, amount, clocks: statutory }
}

/** What runs from the day the materials are there: the answer on acceptance and, where the item's law counts from receipt, the decision. */
export function clocksOnReceipt(item: Item, on: CivilDay, commitment: boolean): readonly ClockChange[] {
  return [acceptanceClock(item, on), ...(countsFromReceipt(item) ? decisionClocks(item, on, commitment) : [])]
}
export const countsFromReceipt = (item: Item): boolean => item.trigger === 'received' || item.trigger === 'allDocuments'

/** Day zero of the decision's clocks: acceptance for most, receipt or the close of the window where the item's law says so. */
export function decisionFrom(item: Item, acceptedOn: CivilDay, receivedOn: CivilDay, windowEndsOn?: CivilDay): CivilDay {
  if (countsFromReceipt(item)) return receivedOn
  return item.trigger === 'windowClosed' ? (windowEndsOn ?? acceptedOn) : acceptedOn
}

/** The last day of the application window that `on` lies in; refuses outside every window. Windows are inclusive, month and day. */
export function windowCloses(item: Item, on: CivilDay): CivilDay {
  if (item.batchWindows.length === 0) return on
  const open = item.batchWindows.find(({ from, to }) => from <= on.slice(5) && on.slice(5) <= to)
  if (!open) throw refuse('window-closed', { windows: item.batchWindows.map(({ from, to }) => `${from}—${to}`).join('、') })
  return `${on.slice(0, 4)}-${open.to}` as CivilDay
}

const isRunning = (clock: ClockState): boolean => clock.stoppedOn === null
const isSuspended = (clock: ClockState): boolean => isRunning(clock) && clock.suspensions.some((pause) => pause.to === null)
const ofRules = (rules: readonly string[]) => (clock: ClockState): boolean => rules.includes(clock.rule)

export const runningClocks = (clocks: readonly ClockState[], rules: readonly string[]): readonly ClockState[] => clocks.filter(isRunning).filter(ofRules(rules))
export const suspendedClocks = (clocks: readonly ClockState[]): readonly ClockState[] => clocks.filter(isSuspended)
export const stopClocks = (clocks: readonly ClockState[], rules?: readonly string[]): readonly ClockChange[] =>
  (rules ? runningClocks(clocks, rules) : clocks.filter(isRunning)).map((clock) => ({ do: 'stop', clock: clock.id }))

/** Past due: its last day lies before today. A suspended clock is never past due. */
export const isPast = (clock: ClockState, today: CivilDay): boolean => clock.dueOn !== null && clock.dueOn < today
export const dayAfter = (day: CivilDay): CivilDay => addDays(day, 1)
