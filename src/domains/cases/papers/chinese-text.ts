/** `2026-11-22` → `2026年11月22日`, as 成文日期 is written (GB/T 9704-2012 7.3.5.4). */
export const chineseDay = (day: string): string => `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`

/** An instant as day, hour and minute in Asia/Shanghai. */
export function chineseMinute(instant: Date): string {
  const local = new Date(instant.getTime() + 8 * 3_600_000).toISOString()
  return `${chineseDay(local.slice(0, 10))}${local.slice(11, 13)}时${local.slice(14, 16)}分`
}

const UNITS = { workingDay: '个工作日', naturalDay: '日', hour: '小时', month: '个月' } as const
export const chineseLimit = (limit: { readonly amount: number; readonly unit: keyof typeof UNITS }): string => (limit.amount === 0 ? '当场办结' : `${limit.amount}${UNITS[limit.unit]}`)
