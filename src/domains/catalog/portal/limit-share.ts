import type { Limit } from '../contract.ts'

/** Of the statutory limit, the share a promise takes; null where they are not in one unit or there is none to compare. */
export function shareOf(limit: Limit | null, whole: Limit | null): number | null {
  if (limit === null || whole === null || limit.unit !== whole.unit || whole.amount === 0) return null
  return Math.min(1, limit.amount / whole.amount)
}
