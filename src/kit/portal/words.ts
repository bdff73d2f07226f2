import { fill, type Bilingual, type Language } from '../../base/text.ts'

/** A page's texts, every one in both languages: an entry without one does not compile. */
export type Messages = Readonly<Record<string, Bilingual>>

/**
 * A catalogue as a function: `const say = messages({ find: { zh: '搜索', en: 'Search' } })`, then `say(language)('find')`.
 * `{slots}` are filled from the second argument.
 */
export function messages<const Table extends Messages>(table: Table) {
  return (language: Language) => (key: keyof Table & string, slots?: Readonly<Record<string, string | number>>): string => fill(table[key]![language], slots)
}

/** Content in the reader's language; where it was written in the other one only, as it was written. */
export const inLanguage = (text: Partial<Bilingual>, language: Language): string => text[language] || text.zh || text.en || ''

/** BCP 47 tag for `lang`. */
export const languageTag = (language: Language): 'zh-CN' | 'en' => (language === 'zh' ? 'zh-CN' : 'en')

const WEEKDAYS = { zh: ['日', '一', '二', '三', '四', '五', '六'], en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] } as const
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
const parts = (day: string): [number, number, number] => [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))]

/** A civil day in the reader's form: `2026年7月3日（周五）`, `Fri 3 Jul 2026`. */
export function longDay(day: string, language: Language): string {
  const [year, month, date] = parts(day)
  const weekday = new Date(Date.UTC(year, month - 1, date)).getUTCDay()
  return language === 'zh' ? `${year}年${month}月${date}日（周${WEEKDAYS.zh[weekday]}）` : `${WEEKDAYS.en[weekday]} ${date} ${MONTHS[month - 1]} ${year}`
}

/** `7月3日`, `3 Jul`: where the year is plain. */
export function shortDay(day: string, language: Language): string {
  const [, month, date] = parts(day)
  return language === 'zh' ? `${month}月${date}日` : `${date} ${MONTHS[month - 1]}`
}

/** An instant in Asia/Shanghai: `2026年7月3日 09:05`, `3 Jul 2026, 09:05`. */
export function instant(at: Date, language: Language): string {
  const local = new Date(at.getTime() + 8 * 3_600_000).toISOString()
  const [year, month, date] = parts(local)
  const time = local.slice(11, 16)
  return language === 'zh' ? `${year}年${month}月${date}日 ${time}` : `${date} ${MONTHS[month - 1]} ${year}, ${time}`
}

/** Grouped digits, `12,408`. */
export const count = (n: number): string => n.toLocaleString('en-US')

/** Fen as people read money: `80 元`, `¥80`; nothing to pay is said so. */
export function money(fen: number, language: Language): string {
  if (fen === 0) return language === 'zh' ? '不收费' : 'No charge'
  const yuan = (fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2)).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  return language === 'zh' ? `${yuan} 元` : `¥${yuan}`
}
