import type { Bilingual, Language } from '../../base/text.ts'
import { instant, longDay, shortDay } from '../portal/words.ts'

/** An RFC 3339 instant, or a dash. */
export const when = (at: string | null | undefined, language: Language): string => (at ? instant(new Date(at), language) : '—')

/** `2026-11-22T13:05:09`, as clocks in Asia/Shanghai show it. */
const localOf = (at: string): string => new Date(new Date(at).getTime() + 8 * 3_600_000).toISOString().slice(0, 19)
/** The limit ends with its day at 24:00, which a due instant names as the next midnight. */
const endsAtMidnight = (at: string): boolean => localOf(at).endsWith('T00:00:00')
const dueOn = (at: string): string => localOf(new Date(new Date(at).getTime() - 1000).toISOString()).slice(0, 10)

/** A day in a list: the year only where it is not this one. `11月23日（周一）`, `Mon 23 Nov`. */
export function listDay(day: string, language: Language): string {
  const long = longDay(day, language)
  if (day.slice(0, 4) !== localOf(new Date().toISOString()).slice(0, 4)) return long
  return language === 'zh' ? long.slice(5) : long.slice(0, -5)
}
/** The due day in a list. */
export function listDue(at: string | null | undefined, language: Language): string {
  if (!at) return '—'
  return endsAtMidnight(at) ? listDay(dueOn(at), language) : listInstant(at, language)
}
/** An instant in a list: `11月22日 13:05`, `22 Nov, 13:05`. */
export function listInstant(at: string | null | undefined, language: Language): string {
  if (!at) return '—'
  const local = localOf(at)
  if (local.slice(0, 4) !== localOf(new Date().toISOString()).slice(0, 4)) return when(at, language)
  return `${shortDay(local, language)}${language === 'zh' ? '' : ','} ${local.slice(11, 16)}`
}
/** With seconds, for records whose order matters. */
export const exactInstant = (at: string, language: Language): string => `${when(at, language)}:${localOf(at).slice(17)}`

/** For tables to take away, which are sorted and counted elsewhere: `2026-11-23`, `2026-11-22 13:05:09`. */
export const dataDue = (at: string | null | undefined): string => (!at ? '' : endsAtMidnight(at) ? dueOn(at) : localOf(at).replace('T', ' '))
export const dataInstant = (at: string | null | undefined): string => (at ? localOf(at).replace('T', ' ') : '')

const UNITS: Readonly<Record<string, Bilingual>> = { workingDay: { zh: '个工作日', en: 'working day' }, naturalDay: { zh: '日', en: 'day' }, hour: { zh: '小时', en: 'hour' }, month: { zh: '个月', en: 'month' } }
/** `20 个工作日`; a limit of nothing is at once (当场). */
export const amountOf = (amount: number, unit: string, language: Language): string =>
  amount === 0 ? { zh: '当场', en: 'at once' }[language] : `${amount} ${UNITS[unit]?.[language] ?? unit}${language === 'en' && amount !== 1 ? 's' : ''}`
