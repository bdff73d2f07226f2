import type { Bilingual, Language } from '../../base/text.ts'
import { instant, longDay } from '../portal/words.ts'

/** An RFC 3339 instant, or a dash. */
export const when = (at: string | null | undefined, language: Language): string => (at ? instant(new Date(at), language) : '—')

/** The due day of a due instant: the limit ends with that day at 24:00, which the instant names as the next midnight. */
export function dueDay(at: string | null | undefined, language: Language): string {
  if (!at) return '—'
  const local = new Date(new Date(at).getTime() + 8 * 3_600_000 - 1000).toISOString()
  return at.includes('T00:00:00') ? longDay(local.slice(0, 10), language) : instant(new Date(at), language)
}

const UNITS: Readonly<Record<string, Bilingual>> = { workingDay: { zh: '个工作日', en: 'working days' }, naturalDay: { zh: '日', en: 'days' }, hour: { zh: '小时', en: 'hours' }, month: { zh: '个月', en: 'months' } }
export const amountOf = (amount: number, unit: string, language: Language): string => `${amount} ${UNITS[unit]?.[language] ?? unit}`
