import type { CivilDay } from '../../base/civil-day.ts'
import type { Language } from '../../base/text.ts'
import type { Markup } from './html.ts'
import { Table } from './table.tsx'
import { longDay, messages } from './words.ts'

/** One day of a clock as `explain` gives it: counted or not, why, and by which notice or article. */
export interface DayRow {
  readonly date: CivilDay
  readonly counted: boolean
  readonly reason: 'dayZero' | 'working' | 'natural' | 'weekend' | 'holiday' | 'makeup' | 'suspended' | 'rolled'
  readonly source: string
  readonly provisional?: boolean
}

const say = messages({
  caption: { zh: '逐日说明', en: 'Day by day' },
  date: { zh: '日期', en: 'Day' },
  counted: { zh: '是否计入', en: 'Counted' },
  reason: { zh: '原因', en: 'Why' },
  source: { zh: '依据', en: 'By' },
  no: { zh: '不计入', en: 'Not counted' },
  yes: { zh: '第 {n} 日', en: 'Day {n}' },
  dayZero: { zh: '起算日，次日开始计算', en: 'The day it began; counting starts the day after' },
  working: { zh: '工作日', en: 'Working day' },
  natural: { zh: '自然日', en: 'Natural day' },
  weekend: { zh: '周末', en: 'Weekend' },
  holiday: { zh: '法定节假日及调休', en: 'Public holiday' },
  makeup: { zh: '调休上班', en: 'Make-up working day' },
  suspended: { zh: '时限中止', en: 'Clock suspended' },
  rolled: { zh: '届满日为休息日，顺延至次一工作日', en: 'The last day fell on a rest day; it moves to the next working day' },
  provisional: { zh: '暂定', en: 'provisional' },
})

/** A clock explained day by day: the n-th counted day, or not counted, each with its reason and source. */
export const DayTable = ({ days, language }: { days: readonly DayRow[]; language: Language }): Markup => {
  const t = say(language)
  let counted = 0
  return (
    <Table
      caption={t('caption')}
      stack
      columns={[{ head: t('date') }, { head: t('counted') }, { head: t('reason') }, { head: t('source') }]}
      rows={days.map((day) => {
        if (day.counted) counted += 1
        return {
          ...(day.counted ? {} : { class: 'off' }),
          cells: [
            () => <time class="nowrap" datetime={day.date} safe>{longDay(day.date, language)}</time>,
            day.counted ? t('yes', { n: counted }) : t('no'),
            day.provisional === true ? `${t(day.reason)}（${t('provisional')}）` : t(day.reason),
            day.source,
          ],
        }
      })}
    />
  )
}
