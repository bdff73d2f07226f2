import { addDays, startOfDay, type CivilDay } from '../../base/civil-day.ts'
import type { Calendar } from '../../kernel/calendar/types.ts'
import type { Item } from '../../domains/catalog/contract.ts'
import type { Scenario } from './play-case.ts'

/** A case of the demo that chance would not bring about: its day and what is special to it. */
export interface Special { readonly procedure: string; readonly filedAt: Date; readonly deferred: Scenario['deferred']; readonly own: boolean; readonly afterCheck?: Scenario['afterCheck']; readonly form?: Readonly<Record<string, unknown>> }

const PROMISES: readonly (readonly [procedure: string, workingDaysBack: number, deferred: NonNullable<Scenario['deferred']>])[] = [
  // Still in time; missed before the decision, the refusal stands ready; granted and missed, the result is kept back; supplied.
  ['food-business', 2, 'open'], ['hr-service', 14, 'open'], ['dog', 20, 'open'], ['residence-permit', 18, 'open'], ['nurse', 12, 'supplied'],
]
const IN_WINDOW = 4
/** Just filed with the office whose clerk has the account `subdistrict`: the sub-district of the first division. */
const AT_SUBDISTRICT = { procedures: ['subsistence', 'temporary-assistance', 'elderly-allowance'], form: { subdistrict: '110102001' } } as const
/** Grants on a commitment by what the check found: not made yet, in order, still to be put right, put right, about to be annulled, annulled and on the credit record; closed and annulled for deceit afterwards. */
const COMMITMENTS: readonly (readonly [procedure: string, workingDaysBack: number, afterCheck: NonNullable<Scenario['afterCheck']>])[] = [
  ['fire-safety', 6, 'due'], ['public-place-hygiene', 28, 'conforms'], ['public-place-hygiene', 9, 'rectifying'], ['public-place-hygiene', 26, 'rectified'], ['fire-safety', 23, 'told'], ['fire-safety', 34, 'annulled'], ['public-place-hygiene', 48, 'annulledLater'],
]

/** Promises of deferred materials at every point, applications in the latest window of the items taken in windows, and work for a sub-district's counter. */
export function specialsOf(items: readonly Item[], today: CivilDay, now: Date, calendar: Calendar): Special[] {
  const inWindows = items.filter((item) => item.batchWindows.length > 0 && item.procedureId !== null).flatMap((item) => {
    const window = latestWindow(item, today)
    return window === null ? [] : Array.from({ length: IN_WINDOW }, (_, i) => ({ procedure: item.procedureId!, filedAt: morning(addDays(window.from, i * 3) > window.to ? window.to : addDays(window.from, i * 3), i), deferred: undefined, own: i === 0 }))
  })
  const promised = PROMISES.map(([procedure, back, deferred], i) => ({ procedure, filedAt: morning(calendar.subtractWorkingDays(today, back).day, i), deferred, own: i > 1 }))
  const waiting = AT_SUBDISTRICT.procedures.map((procedure, i) => ({ procedure, filedAt: new Date(now.getTime() - (5 + i) * 60_000), deferred: undefined, own: i === 0, form: AT_SUBDISTRICT.form }))
  const committed = COMMITMENTS.map(([procedure, back, afterCheck], i) => ({ procedure, filedAt: morning(calendar.subtractWorkingDays(today, back).day, i), deferred: undefined, own: afterCheck === 'rectifying', afterCheck }))
  return [...inWindows, ...promised, ...waiting, ...committed].filter(({ filedAt }) => filedAt < now)
}

/** The last window that has begun, within the year. */
function latestWindow(item: Item, today: CivilDay): { readonly from: CivilDay; readonly to: CivilDay } | null {
  const year = Number(today.slice(0, 4))
  const begun = [year, year - 1].flatMap((y) => item.batchWindows.map(({ from, to }) => ({ from: `${y}-${from}` as CivilDay, to: `${y}-${to}` as CivilDay }))).filter(({ from }) => from <= today)
  return begun.sort((a, b) => b.from.localeCompare(a.from))[0] ?? null
}

const morning = (day: CivilDay, i: number): Date => new Date(startOfDay(day).getTime() + (9 * 60 + 17 * i + 11) * 60_000)
