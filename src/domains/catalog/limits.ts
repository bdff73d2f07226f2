import type { Bilingual } from '../../base/text.ts'
import type { Limit } from './contract.ts'

type Amount = Pick<Limit, 'amount' | 'unit'>

/** In natural days: five working days to a week, thirty days to a month. For comparing limits of unlike units; never for counting. */
const NATURAL_DAYS = { hour: 1 / 24, naturalDay: 1, workingDay: 7 / 5, month: 30 } as const satisfies Record<Limit['unit'], number>

/** Whether a limit is no longer than another. Alike units compare as they stand, unlike ones after normalising. */
export const notLonger = (a: Amount, b: Amount): boolean =>
  a.unit === b.unit ? a.amount <= b.amount : a.amount * NATURAL_DAYS[a.unit] <= b.amount * NATURAL_DAYS[b.unit]

/** Working days that surely fit into a limit: what a procedure's critical path is held to. */
export const workingDaysWithin = (limit: Amount): number =>
  limit.unit === 'workingDay' ? limit.amount : Math.floor((limit.amount * NATURAL_DAYS[limit.unit]) / NATURAL_DAYS.workingDay + 1e-9)

const UNITS = {
  workingDay: { zh: '个工作日', en: ' working day', many: ' working days' },
  naturalDay: { zh: '日', en: ' day', many: ' days' },
  hour: { zh: '小时', en: ' hour', many: ' hours' },
  month: { zh: '个月', en: ' month', many: ' months' },
} as const

/** `20 个工作日`, `on the spot`. */
export function limitText({ amount, unit }: Amount): Bilingual {
  if (amount === 0) return { zh: '即时', en: 'on the spot' }
  return { zh: `${amount} ${UNITS[unit].zh}`, en: `${amount}${amount === 1 ? UNITS[unit].en : UNITS[unit].many}` }
}
