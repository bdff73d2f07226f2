import { longDay } from '../portal/words.ts'
import { useLanguage, useSay } from './language.tsx'

export interface ExplainedDay { readonly date: string; readonly counted: boolean; readonly reason: string; readonly source: string; readonly provisional?: boolean }

const TEXTS = {
  day: { zh: '日期', en: 'Day' }, nth: { zh: '第几日', en: 'Count' }, reason: { zh: '计入与否', en: 'Counted or not' }, source: { zh: '依据', en: 'On whose word' },
  dayZero: { zh: '起算日，不计入', en: 'Day zero, not counted' }, working: { zh: '工作日', en: 'Working day' }, natural: { zh: '自然日', en: 'Natural day' }, weekend: { zh: '周末休息', en: 'Weekend' },
  holiday: { zh: '放假', en: 'Public holiday' }, makeup: { zh: '调休上班', en: 'Make-up working day' }, suspended: { zh: '中止，不计入', en: 'Suspended, not counted' }, rolled: { zh: '顺延', en: 'Rolled over' },
  provisional: { zh: '暂定', en: 'provisional' }, not: { zh: '（不计）', en: ' (not counted)' },
} as const

/** Every day from day zero to the due day: counted or not, and who says so. */
export function DayTable({ days, caption }: { readonly days: readonly ExplainedDay[]; readonly caption: string }) {
  const t = useSay(TEXTS)
  const language = useLanguage()
  let n = 0
  return (
    <div className="mt-scroll" tabIndex={0} role="region" aria-label={caption}>
      <table className="mt-days">
        <caption className="mt-hidden">{caption}</caption>
        <thead><tr><th scope="col">{t('day')}</th><th scope="col">{t('nth')}</th><th scope="col">{t('reason')}</th><th scope="col">{t('source')}</th></tr></thead>
        <tbody>
          {days.map((day) => {
            if (day.counted) n += 1
            const reason = Object.hasOwn(TEXTS, day.reason) ? t(day.reason as keyof typeof TEXTS) : day.reason
            return (
              <tr key={day.date} className={day.counted ? 'mt-counted' : 'mt-uncounted'}>
                <th scope="row">{longDay(day.date, language)}</th>
                <td>{day.counted ? n : '–'}</td>
                <td>{reason}{day.counted || day.reason === 'dayZero' || day.reason === 'suspended' ? '' : t('not')}{day.provisional ? ` · ${t('provisional')}` : ''}</td>
                <td lang="zh-CN">{day.source}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
