import type { Limit } from '../contract.ts'

const UNITS = { workingDay: '个工作日', naturalDay: '日', hour: '小时', month: '个月' } as const satisfies Record<Limit['unit'], string>
/** `20个工作日`; nought is on the spot. */
export const limitWords = (limit: Pick<Limit, 'amount' | 'unit'>): string => (limit.amount === 0 ? '当场办结' : `${limit.amount}${UNITS[limit.unit]}`)
