import type { CivilDay } from '../../../base/civil-day.ts'
import type { ClockRule } from '../../../kernel/clock/types.ts'

const PROMISE = {
  version: 1, unit: 'workingDay', amount: 10, direction: 'after', pauses: [], extension: null, validFrom: '2026-01-01' as CivilDay, validTo: null, lights: { yellowShare: 0.7, yellowDaysLeft: 3 },
  // [C] No law says within how many days a light may be appealed against, or judged: both numbers are the house's own promise.
  article: '无法定期限：内部监督承诺，可配置',
} as const

/** How long a post may appeal against a light, from the day it fell on it. */
export const LIGHT_APPEAL = { ...PROMISE, code: 'LIGHT.APPEAL', name: { zh: '亮灯申诉', en: 'Appeal against a light' }, trigger: 'lightFell', expiry: 'lapse' } as const satisfies ClockRule

/**
 * How long the judging post may take. It measures that post's task and is never a clock of the case: the applicant's view knows only
 * the limits of her own application, and a closed case must not begin to run again.
 */
export const LIGHT_JUDGE = { ...PROMISE, code: 'LIGHT.JUDGE', name: { zh: '亮灯申诉决定', en: 'Decision on an appeal against a light' }, trigger: 'lightAppealed', expiry: 'overdue' } as const satisfies ClockRule
