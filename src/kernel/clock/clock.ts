import { dayAt, rfc3339, startOfDay, type CivilDay } from '../../base/civil-day.ts'
import type { Calendar } from '../calendar/types.ts'
import { consumedBefore, dueOf, unitsBetween } from './due.ts'
import { refuse } from './errors.ts'
import { groundName, LICENSING_PAUSE_ARTICLE } from './grounds.ts'
import { isHigher, lightAmong, rungs } from './lights.ts'
import type { ClockRule, ClockState, ClockUnit, PauseGround } from './types.ts'

export interface Start {
  /** The rule's code, then `code~2`, …; default the code. */
  readonly id?: string
  /** Day zero, rest day or not. Default the civil day of `at`. */
  readonly on?: CivilDay
  /** The moment hours count from; for other units the day counts. Default the beginning of `on`. */
  readonly at?: Date | string
  /** From the item, where the rule leaves it open or the item's own law sets another. */
  readonly amount?: number
  readonly unit?: ClockUnit
  readonly article?: string
}

/** A clock begins. Counting starts the day after day zero; hours from the moment (民法典 第二百零一条). */
export function startClock(rule: ClockRule, start: Start, calendar: Calendar): ClockState {
  const unit = start.unit ?? rule.unit
  const budget = start.amount ?? rule.amount
  if (budget === null || !Number.isSafeInteger(budget) || budget < 0) throw new Error(`${rule.code}: the budget must be a whole number, got ${budget}`)
  const moment = start.at === undefined ? undefined : new Date(start.at)
  if (moment === undefined && start.on === undefined) throw new Error(`${rule.code}: a clock starts on a day or at a moment`)
  const startedOn = unit === 'hour' && moment !== undefined ? dayAt(moment) : (start.on ?? dayAt(moment!))
  // An acceptance dated back begins with its day, not with the moment somebody wrote it down.
  const startedAt = moment !== undefined && dayAt(moment) === startedOn ? moment : startOfDay(startedOn)
  return derive({
    id: start.id ?? rule.code, rule: rule.code, ruleVersion: rule.version, unit, article: start.article ?? rule.article,
    startedOn, startedAt: rfc3339(startedAt), budget, consumed: 0, runningSince: startedOn, suspensions: [], extensions: [], stoppedOn: null,
    dueOn: null, dueAt: null, nextAt: null, announced: 'green', provisional: false, calendarVersion: calendar.version,
  }, rule, calendar)
}

export interface Pause {
  /** The day it begins; that day still counts. */
  readonly on: CivilDay
  /** Any word may be given; only the rule's grounds are lawful. */
  readonly ground: PauseGround | (string & {})
  readonly article?: string
  /** When the written notice of the time needed was issued; null: not issued. */
  readonly noticeIssuedOn: CivilDay | null
}

/**
 * The clock stands still for a step that law requires, once the written notice is issued (行政许可法 第四十五条).
 * Refuses `clock/pause-not-lawful`, `clock/not-running`, `clock/past-due`, `clock/out-of-order`.
 */
export function suspendClock(clock: ClockState, rule: ClockRule, pause: Pause, calendar: Calendar): ClockState {
  const since = running(clock)
  const ground = rule.pauses.find((one) => one === pause.ground)
  const article = rule.pauseArticle ?? LICENSING_PAUSE_ARTICLE
  if (ground === undefined || pause.noticeIssuedOn === null || pause.noticeIssuedOn > pause.on) {
    throw refuse('pause-not-lawful', { ground: groundName(pause.ground).zh, clock: clock.id, article })
  }
  inOrder(clock, pause.on, since)
  inTime(clock, pause.on)
  return derive({
    ...clock,
    consumed: clock.consumed + unitsBetween(clock.unit, since, pause.on, calendar),
    runningSince: null,
    suspensions: [...clock.suspensions, { from: pause.on, to: null, ground, article: pause.article ?? article, noticeIssuedOn: pause.noticeIssuedOn }],
  }, rule, calendar)
}

/** The step is over: `on` is the last day that does not count. Refuses `clock/not-suspended`, `clock/out-of-order`. */
export function resumeClock(clock: ClockState, rule: ClockRule, on: CivilDay, calendar: Calendar): ClockState {
  const open = clock.suspensions.at(-1)
  if (clock.stoppedOn !== null || clock.runningSince !== null || open === undefined) throw refuse('not-suspended', { clock: clock.id })
  inOrder(clock, on, open.from)
  return derive({ ...clock, runningSince: on, suspensions: [...clock.suspensions.slice(0, -1), { ...open, to: on }] }, rule, calendar, startOfDay(on))
}

export interface Prolong {
  readonly on: CivilDay
  /** In the clock's unit; default all that is allowed. */
  readonly amount?: number
  /** What the matter's own law allows where it departs from the rule, in the clock's unit (行政许可法 第四十二条第一款: 法律、法规另有规定的，依照其规定). */
  readonly ownLaw?: { readonly article: string; readonly most: number } | undefined
  readonly approvedBy: string
  readonly reason: string
  /** The day of the notice to the applicant. Default `on`: the act that extends issues it. Null: none was issued. */
  readonly noticeIssuedOn?: CivilDay | null
}

/**
 * More time, as often and as much as the rule's article or the matter's own law allows, before the clock has run out; it may be suspended meanwhile.
 * Refuses `clock/no-extension`, `…/extended-already`, `…/extension-too-long`, `…/extension-unfounded`, `…/past-due`, `…/not-running`.
 */
export function extendClock(clock: ClockState, rule: ClockRule, more: Prolong, calendar: Calendar): ClockState {
  if (clock.stoppedOn !== null) throw refuse('not-running', { clock: clock.id })
  const allowed = more.ownLaw ? { article: more.ownLaw.article, amount: more.ownLaw.most, times: 1, noticeRequired: true } : rule.extension
  // The rule's ten working days say nothing of a limit that is counted in another unit.
  if (allowed === null || (clock.unit !== rule.unit && !more.ownLaw)) throw refuse('no-extension', { clock: clock.id, article: clock.article })
  const { article, times, amount: most } = allowed
  const amount = more.amount ?? most
  const noticeIssuedOn = more.noticeIssuedOn === undefined ? more.on : more.noticeIssuedOn
  if (clock.extensions.length >= times) throw refuse('extended-already', { clock: clock.id, article, times })
  if (!Number.isSafeInteger(amount) || amount < 1 || amount > most) throw refuse('extension-too-long', { clock: clock.id, article, most, amount })
  if (more.approvedBy.trim() === '' || more.reason.trim() === '' || (allowed.noticeRequired && noticeIssuedOn === null)) {
    throw refuse('extension-unfounded', { clock: clock.id, article })
  }
  inOrder(clock, more.on, clock.startedOn)
  inTime(clock, more.on)
  const extension = { on: more.on, amount, article, approvedBy: more.approvedBy, reason: more.reason, noticeIssuedOn }
  return derive({ ...clock, budget: clock.budget + amount, extensions: [...clock.extensions, extension] }, rule, calendar, startOfDay(more.on))
}

/** The duty is done, or gone. What it had used stays readable from its dated facts. Refuses `clock/not-running`, `clock/out-of-order`. */
export function stopClock(clock: ClockState, on: CivilDay): ClockState {
  if (clock.stoppedOn !== null) throw refuse('not-running', { clock: clock.id })
  const open = clock.suspensions.at(-1)
  const suspensions = open !== undefined && open.to === null ? [...clock.suspensions.slice(0, -1), { ...open, to: on }] : clock.suspensions
  return { ...clock, suspensions, stoppedOn: on, dueOn: null, dueAt: null, nextAt: null, provisional: false }
}

/** The same clock under another calendar, counted again from its dated facts. A stopped one is history and stays. */
export function redateClock(clock: ClockState, rule: ClockRule, calendar: Calendar, instant: Date): ClockState {
  if (clock.stoppedOn !== null) return clock
  return derive({ ...clock, consumed: consumedBefore(clock, calendar) }, rule, calendar, instant)
}

/**
 * Fills in what follows from the facts. A light that fell back (an extension, a resumption, a later due day) as of `instant` will be
 * announced again when it comes; one that rose meanwhile is left to the sweep.
 */
function derive(facts: ClockState, rule: ClockRule, calendar: Calendar, instant?: Date): ClockState {
  const due = dueOf(facts, rule, calendar)
  const clock: ClockState = { ...facts, ...(due ?? { dueOn: null, dueAt: null, provisional: false }), calendarVersion: calendar.version }
  const ladder = rungs(clock, rule, calendar)
  const light = instant === undefined || due === null ? clock.announced : lightAmong(ladder, instant)
  const announced = isHigher(clock.announced, light) ? light : clock.announced
  const next = ladder.find((rung) => isHigher(rung.light, announced))
  return { ...clock, announced, nextAt: next === undefined ? null : rfc3339(next.at) }
}

function running(clock: ClockState): CivilDay {
  if (clock.stoppedOn !== null || clock.runningSince === null) throw refuse('not-running', { clock: clock.id })
  return clock.runningSince
}

function inOrder(clock: ClockState, day: CivilDay, notBefore: CivilDay): void {
  if (day < notBefore) throw refuse('out-of-order', { clock: clock.id, day, notBefore })
}

function inTime(clock: ClockState, day: CivilDay): void {
  if (clock.dueOn !== null && day > clock.dueOn) throw refuse('past-due', { clock: clock.id, dueOn: clock.dueOn })
}
