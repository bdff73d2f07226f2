import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import type { CalendarDay, CalendarYear } from '../contract.ts'

const TEXTS = {
  week: { zh: '一二三四五六日', en: 'MTWTFSS' }, holiday: { zh: '休', en: 'off' }, makeup: { zh: '班', en: 'work' }, provisional: { zh: '暂定', en: 'provisional' },
  legendOff: { zh: '休：放假', en: 'off: public holiday' }, legendWork: { zh: '班：调休上班', en: 'work: make-up working day' }, legendProvisional: { zh: '斜体：暂定', en: 'italic: provisional' },
} as const
const WEEKDAYS = { zh: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'], en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] } as const
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const

/** Monday first: 0 … 6. */
const column = (date: string): number => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7

function weeksOf(days: readonly CalendarDay[]): (CalendarDay | null)[][] {
  const cells: (CalendarDay | null)[] = [...Array.from({ length: column(days[0]!.date) }, () => null), ...days]
  while (cells.length % 7 !== 0) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, i) => cells.slice(i * 7, i * 7 + 7))
}

/** Twelve months; a day off or made up says so in a word, not by colour alone. */
export function YearGrid({ year }: { readonly year: CalendarYear }) {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const cell = (day: CalendarDay) => {
    const kind = day.kind === 'holiday' ? 'mt-off' : day.kind === 'makeup' ? 'mt-makeup' : day.kind === 'weekend' ? 'mt-weekend' : ''
    const word = day.kind === 'holiday' ? t('holiday') : day.kind === 'makeup' ? t('makeup') : ''
    const title = [day.name ? text(day.name) : '', day.provisional ? t('provisional') : ''].filter(Boolean).join(' · ')
    return <td key={day.date} className={`${kind}${day.provisional ? ' mt-provisional' : ''}`} title={title || undefined}>{Number(day.date.slice(8))}{word ? <small>{word}</small> : null}</td>
  }
  return (
    <>
      <p className="mt-note">{t('legendOff')} · {t('legendWork')} · {t('legendProvisional')}</p>
      <div className="mt-year">
        {MONTHS.map((name, month) => {
          const days = year.days.filter((day) => Number(day.date.slice(5, 7)) === month + 1)
          return (
            <div key={name} className="mt-month">
              <table>
                <caption>{language === 'zh' ? `${month + 1} 月` : name}</caption>
                <thead><tr>{WEEKDAYS[language].map((weekday, i) => <th key={weekday} scope="col" abbr={weekday} aria-label={weekday}>{t('week')[i]}</th>)}</tr></thead>
                <tbody>{weeksOf(days).map((week, i) => <tr key={i}>{week.map((day, j) => (day ? cell(day) : <td key={j} />))}</tr>)}</tbody>
              </table>
            </div>
          )
        })}
      </div>
    </>
  )
}
