import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { useMay } from '../../../kit/console/session.ts'
import { longDay } from '../../../kit/portal/words.ts'
import { VERTICAL_STATUS_NAMES, type VerticalStatus } from '../vertical/contract.ts'

interface Name { zh: string; en: string }
/** What a case says of its way through a vertically led system: whole for who may read persons, in short for others. */
export interface VerticalCourseView {
  system: Name; referenceLabel: Name; externalNo: string | null
  handOvers?: { on: string }[]; reports?: { status: VerticalStatus; on: string; opinion?: string; reasons?: string }[]
  handedOn?: string; status?: VerticalStatus | null; on?: string | null
}

const TEXTS = {
  since: { zh: '已于{day}转{system}办理，期限照常计算', en: 'Handed over {day} to {system}; the limits run on' }, none: { zh: '尚无编号', en: 'no number yet' }, latest: { zh: '最近：{status}，{day}', en: 'Last: {status}, {day}' }, waits: { zh: '等待对方回传', en: 'waiting for its answer' },
  file: { zh: '交换文件', en: 'Exchange file' },
} as const

/** Who waits for whom, in a line under the clocks. */
export function VerticalNote({ caseNo, course }: { readonly caseNo: string; readonly course: VerticalCourseView }) {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const may = useMay()
  const last = course.reports?.at(-1)
  const [status, on] = [last?.status ?? course.status, last?.on ?? course.on]
  const handedOn = course.handOvers?.at(-1)?.on ?? course.handedOn
  const said = last?.reasons ?? last?.opinion
  return (
    <p className="mt-note">
      {t('since', { day: handedOn ? longDay(handedOn, language) : '', system: text(course.system) })} · {text(course.referenceLabel)} <strong>{course.externalNo ?? t('none')}</strong> · {status ? t('latest', { status: text(VERTICAL_STATUS_NAMES[status]), day: on ? longDay(on, language) : '' }) : t('waits')}{said ? ` · ${said}` : ''}
      {may('cases.handToVertical') ? <> · {t('file')} <a href={`/api/v1/vertical/cases/${encodeURIComponent(caseNo)}/export.csv`}>CSV</a> <a href={`/api/v1/vertical/cases/${encodeURIComponent(caseNo)}/export.json`}>JSON</a></> : null}
    </p>
  )
}
