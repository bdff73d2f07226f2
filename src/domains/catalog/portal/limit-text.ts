import type { Language } from '../../../base/text.ts'
import type { Limit } from '../contract.ts'

const UNITS = {
  workingDay: { zh: '个工作日', one: 'working day', many: 'working days' },
  naturalDay: { zh: '日', one: 'day', many: 'days' },
  hour: { zh: '小时', one: 'hour', many: 'hours' },
  month: { zh: '个月', one: 'month', many: 'months' },
} as const

/** A limit as people read it: `20 个工作日`, `20 working days`; nought is on the spot. */
export function limitText(limit: Pick<Limit, 'amount' | 'unit'>, language: Language): string {
  const unit = UNITS[limit.unit]
  if (limit.amount === 0) return language === 'zh' ? '当场办结' : 'on the spot'
  if (language === 'zh') return `${limit.amount} ${unit.zh}`
  return `${limit.amount} ${limit.amount === 1 ? unit.one : unit.many}`
}

/** Of the statutory limit, the share a promise takes; null where they are not in one unit or there is none to compare. */
export function shareOf(limit: Limit | null, whole: Limit | null): number | null {
  if (limit === null || whole === null || limit.unit !== whole.unit || whole.amount === 0) return null
  return Math.min(1, limit.amount / whole.amount)
}
