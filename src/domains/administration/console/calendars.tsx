import { Button } from 'antd'
import { useRef, useState, type FormEvent } from 'react'
import { asProblem, AttemptKey, call, get, type Problem } from '../../../kit/console/api.ts'
import { DayTable } from '../../../kit/console/day-table.tsx'
import { PickFile } from '../../../kit/console/pick-file.tsx'
import { errorsByField, Fields, type Values } from '../../../kit/console/fields.tsx'
import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { useLoaded } from '../../../kit/console/loaded.ts'
import { setQuery, useLocation } from '../../../kit/console/router.tsx'
import { Loading, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { useMay } from '../../../kit/console/session.ts'
import { TabPanels } from '../../../kit/console/tabs.tsx'
import { longDay } from '../../../kit/portal/words.ts'
import type { CalendarOverview, CalendarYear, DueAnswerView, ImportView } from '../contract.ts'
import { YearGrid } from './year-grid.tsx'

const TEXTS = {
  title: { zh: '工作日历', en: 'Calendar' }, lead: { zh: '已公布至 {horizon}；此后的日期按法定节假日推算，标为暂定。', en: 'Announced until {horizon}; later days follow the statutory holidays and are provisional.' },
  horizon: { zh: '已公布至', en: 'Announced until' }, certain: { zh: '不再变动至', en: 'Certain until' }, provisional: { zh: '暂定到期的在办期限', en: 'Open limits with a provisional day' }, tabs: { zh: '日历', en: 'Calendar' }, year: { zh: '年历', en: 'Year' }, due: { zh: '到期日计算', en: 'Due day' }, import: { zh: '导入通知', en: 'Import a notice' },
  choose: { zh: '年份', en: 'Year' }, workingDays: { zh: '{year} 年共 {n} 个工作日', en: '{n} working days in {year}' }, source: { zh: '依据：{sources}', en: 'Source: {sources}' }, isProvisional: { zh: '本年含暂定日期，以国务院通知为准。', en: 'This year has provisional days until the State Council’s notice.' },
  count: { zh: '计算', en: 'Count' }, result: { zh: '{day} 届满', en: 'Due {day}' }, resultProvisional: { zh: '（暂定）', en: ' (provisional)' }, explanation: { zh: '逐日说明', en: 'Day by day' },
  importLead: { zh: '选择一年的放假安排文件（JSON）。导入后，所有未结期限立即按新日历重算，每一件都留下记录。', en: 'Choose the file of one year’s arrangement (JSON). Open limits are then counted again at once, each with its record.' }, file: { zh: '放假安排文件', en: 'File' }, chooseFile: { zh: '选择文件', en: 'Choose a file' }, doImport: { zh: '导入并重算', en: 'Import and count again' }, done: { zh: '{year} 年 {days} 个日子已导入，{n} 个期限的到期日有变动。', en: '{days} days of {year} imported; {n} limits moved.' }, working: { zh: '正在导入并重算…', en: 'Importing…' },
} as const

/** The legal calendar: what is announced, a due day with its reasons, and taking in a new notice. */
export default function Calendars() {
  const t = useSay(TEXTS)
  const language = useLanguage()
  const may = useMay()
  const { query } = useLocation()
  const overview = useLoaded<CalendarOverview>('/api/v1/administration/calendar')
  const data = overview.data
  const tab = query.get('tab') ?? 'year'
  const year = Number(query.get('year')) || Number(data?.today.slice(0, 4) ?? 0)
  return (
    <Screen title={t('title')} lead={data ? t('lead', { horizon: longDay(data.horizon, language) }) : null}>
      <ProblemNote problem={overview.problem} again={overview.reload} />
      {data === undefined ? (overview.problem ? null : <Loading />) : (
        <>
          <dl className="mt-figures"><div><dt>{t('horizon')}</dt><dd>{longDay(data.horizon, language)}</dd></div><div><dt>{t('certain')}</dt><dd>{longDay(data.certainUntil, language)}</dd></div><div><dt>{t('provisional')}</dt><dd>{data.provisionalClocks}</dd></div></dl>
          <TabPanels label={t('tabs')} current={tab} onChange={(key) => setQuery({ tab: key })} tabs={[
            { key: 'year', name: t('year'), content: () => <Year years={data.years} year={year} /> },
            { key: 'due', name: t('due'), content: () => <Due today={data.today} /> },
            ...(may('calendar.import') ? [{ key: 'import', name: t('import'), content: () => <Import onDone={overview.reload} /> }] : []),
          ]} />
        </>
      )}
    </Screen>
  )
}

function Year({ years, year }: { readonly years: readonly number[]; readonly year: number }) {
  const t = useSay(TEXTS)
  const loaded = useLoaded<CalendarYear>(`/api/v1/administration/calendar/years/${year}`)
  return (
    <>
      <div className="mt-row"><Fields specs={[{ name: 'year', label: TEXTS.choose, kind: 'select', options: [...years].reverse().map((one) => ({ value: one, label: String(one) })) }]} values={{ year }} onChange={(next) => setQuery({ year: next['year'] === undefined ? undefined : String(next['year']) })} /></div>
      <ProblemNote problem={loaded.problem} again={loaded.reload} />
      {loaded.data ? (
        <>
          <p><strong>{t('workingDays', { year, n: loaded.data.workingDays })}</strong> {loaded.data.provisional ? t('isProvisional') : ''}</p>
          <YearGrid year={loaded.data} />
          <p className="mt-note" lang="zh-CN">{t('source', { sources: [...new Set(loaded.data.days.flatMap((day) => day.source ?? []))].join('；') })}</p>
        </>
      ) : loaded.problem ? null : <Loading />}
    </>
  )
}

function Due({ today }: { readonly today: string }) {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const [values, setValues] = useState<Values>({ from: today, unit: 'workingDays', amount: 20, before: false })
  const [answer, setAnswer] = useState<DueAnswerView>()
  const [problem, setProblem] = useState<Problem>()
  const ask = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setProblem(undefined)
    try {
      setAnswer(await get<DueAnswerView>(`/api/v1/administration/calendar/due?from=${String(values['from'] ?? '')}&${String(values['unit'])}=${String(values['amount'] ?? '')}&before=${values['before'] ? 1 : 0}`))
    } catch (error) {
      setAnswer(undefined)
      setProblem(asProblem(error))
    }
  }
  const units = [['workingDays', { zh: '工作日', en: 'working days' }], ['naturalDays', { zh: '自然日', en: 'natural days' }], ['months', { zh: '月', en: 'months' }]] as const
  return (
    <>
      <form onSubmit={(event) => void ask(event)}>
        <Fields values={values} onChange={setValues} errors={errorsByField(problem?.errors)} specs={[
          { name: 'from', label: { zh: '起算日（不计入）', en: 'Day zero (not counted)' }, kind: 'day' }, { name: 'amount', label: { zh: '数目', en: 'How many' }, kind: 'integer', min: 0, max: 10_000 },
          { name: 'unit', label: { zh: '单位', en: 'Unit' }, kind: 'radio', options: units.map(([value, name]) => ({ value, label: text(name) })) }, { name: 'before', label: { zh: '向前倒推', en: 'Count back' }, kind: 'check' },
        ]} />
        <p className="mt-after-fields"><Button type="primary" htmlType="submit">{t('count')}</Button></p>
      </form>
      <ProblemNote problem={problem} />
      {answer ? <><p className="mt-big-number">{t('result', { day: longDay(answer.due, language) })}{answer.provisional ? t('resultProvisional') : ''}</p><h2>{t('explanation')}</h2><DayTable days={answer.days} caption={t('explanation')} /></> : null}
    </>
  )
}

function Import({ onDone }: { readonly onDone: () => void }) {
  const t = useSay(TEXTS)
  const [file, setFile] = useState<File>()
  const [busy, setBusy] = useState(false)
  const [done, setDone] = useState<ImportView>()
  const [problem, setProblem] = useState<Problem>()
  const attempts = useRef(new AttemptKey())
  const send = async (): Promise<void> => {
    if (!file) return
    setBusy(true)
    setProblem(undefined)
    try {
      const body = { content: await file.text() }
      setDone(await call<ImportView>('POST', '/api/v1/administration/calendar/notices', { body, key: attempts.current.for(body) }))
      onDone()
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <p>{t('importLead')}</p>
      <ProblemNote problem={problem} />
      {done ? <p className="mt-done" role="status">{t('done', { year: done.year, days: done.days, n: done.clocksRedated })}</p> : null}
      <div className="mt-row mt-filters"><div className="mt-field"><label htmlFor="notice-file">{t('file')}</label><PickFile id="notice-file" label={t('file')} accept="application/json,.json" text={file?.name ?? t('chooseFile')} onPick={([picked]) => { setFile(picked); setDone(undefined) }} /></div><Button type="primary" disabled={!file} loading={busy} onClick={() => void send()}>{busy ? t('working') : t('doImport')}</Button></div>
    </>
  )
}
