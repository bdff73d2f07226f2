import { Button, Input } from 'antd'
import { useState } from 'react'
import { asProblem, get, type Problem } from '../../../kit/console/api.ts'
import { csvOf, saveText } from '../../../kit/console/csv.ts'
import { Field } from '../../../kit/console/fields.tsx'
import { useKeys } from '../../../kit/console/keys.tsx'
import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { Light, LIGHT_WORDS } from '../../../kit/console/light.tsx'
import { useLive } from '../../../kit/console/live.ts'
import { useLoaded, useSettled } from '../../../kit/console/loaded.ts'
import { Link, setQuery, useLocation } from '../../../kit/console/router.tsx'
import { Loading, Nothing, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { dueDay, when } from '../../../kit/console/when.ts'
import { CASE_STAGES, STAGE_NAMES, type CaseStage, type ClockView } from '../contract.ts'

interface ListedCase { caseNo: string; stage: CaseStage; item: { code: string; name: { zh: string; en: string } }; applicant: string; organisation: { zh: string; en: string }; openedAt: string; dueAt: string | null; light: ClockView['light'] }
interface CaseList { total: number; cases: ListedCase[] }

const TEXTS = {
  title: { zh: '办件', en: 'Cases' }, lead: { zh: '共 {n} 件', en: '{n} in all' }, find: { zh: '办件编号或申请人', en: 'Case number or applicant' }, stage: { zh: '阶段', en: 'Stage' }, light: { zh: '期限', en: 'Limit' }, due: { zh: '到期', en: 'Due' },
  caseNo: { zh: '办件编号', en: 'Case' }, item: { zh: '事项', en: 'Item' }, applicant: { zh: '申请人', en: 'Applicant' }, organisation: { zh: '承办机关', en: 'Organ' }, opened: { zh: '提出时间', en: 'Filed' },
  export: { zh: '导出表格（CSV）', en: 'Export (CSV)' }, exporting: { zh: '正在读取第 {page} 页…', en: 'Reading page {page}…' }, file: { zh: '办件', en: 'cases' }, none: { zh: '没有符合条件的办件。放宽筛选条件再看。', en: 'No case fits. Widen the filters.' },
  earlier: { zh: '上一页', en: 'Previous' }, later: { zh: '下一页', en: 'Next' }, pages: { zh: '第 {page} 页，共 {pages} 页', en: 'Page {page} of {pages}' }, focus: { zh: '到查找栏', en: 'To the search field' },
} as const
const SIZE = 50

/** Cases by stage, light and words, with all of them as a table to take away. */
export default function Cases() {
  const t = useSay(TEXTS)
  const words = useSay(LIGHT_WORDS)
  const text = useText()
  const language = useLanguage()
  const { query } = useLocation()
  const [q, setQ] = useState(query.get('q') ?? '')
  const settled = useSettled(q.trim())
  const [stage, light, page] = [query.get('stage') ?? '', query.get('light') ?? '', Math.max(1, Number(query.get('page')) || 1)]
  const filters = new URLSearchParams(Object.entries({ q: settled, stage, light }).filter(([, value]) => value !== ''))
  const list = useLoaded<CaseList>(`/api/v1/cases?${filters}${filters.size > 0 ? '&' : ''}page=${page}`)
  const [exporting, setExporting] = useState(0)
  const [problem, setProblem] = useState<Problem>()
  useLive(['tasks'], list.reload)
  useKeys([{ key: 'F2', label: t('focus'), run: () => document.getElementById('cases-find')?.focus() }])
  const total = list.data?.total ?? 0
  const pages = Math.max(1, Math.ceil(total / SIZE))
  const exportAll = async (): Promise<void> => {
    setProblem(undefined)
    try {
      const rows: ListedCase[] = []
      for (let n = 1; n <= pages; n += 1) {
        setExporting(n)
        rows.push(...(await get<CaseList>(`/api/v1/cases?${filters}${filters.size > 0 ? '&' : ''}page=${n}`)).cases)
      }
      const head = [t('caseNo'), t('item'), t('applicant'), t('organisation'), t('stage'), t('light'), t('due'), t('opened')]
      saveText(`${t('file')}-${new Date().toISOString().slice(0, 10)}.csv`, csvOf([head, ...rows.map((row) => [row.caseNo, text(row.item.name), row.applicant, text(row.organisation), text(STAGE_NAMES[row.stage]), row.light ? words(row.light) : '', dueDay(row.dueAt, language), when(row.openedAt, language)])]))
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setExporting(0)
    }
  }
  return (
    <Screen title={t('title')} lead={list.data ? t('lead', { n: total }) : null} actions={<Button onClick={() => void exportAll()} disabled={total === 0 || exporting > 0}>{exporting > 0 ? t('exporting', { page: exporting }) : t('export')}</Button>}>
      <div className="mt-row">
        <div className="mt-field mt-grow"><label htmlFor="cases-find">{t('find')}</label><Input id="cases-find" value={q} onChange={(event) => { setQ(event.target.value); setQuery({ q: event.target.value, page: undefined }) }} allowClear={false} /></div>
        <Field spec={{ name: 'stage', label: TEXTS.stage, kind: 'select', options: CASE_STAGES.map((one) => ({ value: one, label: text(STAGE_NAMES[one]) })) }} value={stage || undefined} onChange={(value) => setQuery({ stage: value as string | undefined, page: undefined })} />
        <Field spec={{ name: 'light', label: TEXTS.light, kind: 'select', options: (['yellow', 'red', 'black', 'green'] as const).map((one) => ({ value: one, label: words(one) })) }} value={light || undefined} onChange={(value) => setQuery({ light: value as string | undefined, page: undefined })} />
      </div>
      <ProblemNote problem={problem ?? list.problem} again={list.reload} />
      {list.data === undefined ? (list.problem ? null : <Loading />) : list.data.cases.length === 0 ? <Nothing>{t('none')}</Nothing> : (
        <div className="mt-scroll">
          <table className="mt-table mt-stack">
            <caption className="mt-hidden">{t('title')}</caption>
            <thead><tr><th scope="col">{t('light')}</th><th scope="col">{t('due')}</th><th scope="col">{t('caseNo')}</th><th scope="col">{t('item')}</th><th scope="col">{t('applicant')}</th><th scope="col">{t('organisation')}</th><th scope="col">{t('stage')}</th><th scope="col">{t('opened')}</th></tr></thead>
            <tbody>
              {list.data.cases.map((row) => (
                <tr key={row.caseNo}>
                  <td data-label={t('light')}><Light light={row.light} /></td><td data-label={t('due')}>{dueDay(row.dueAt, language)}</td>
                  <td data-label={t('caseNo')} className="mt-no"><Link to={`/cases/${row.caseNo}`}>{row.caseNo}</Link></td><td data-label={t('item')}>{text(row.item.name)}</td><td data-label={t('applicant')}>{row.applicant}</td>
                  <td data-label={t('organisation')}>{text(row.organisation)}</td><td data-label={t('stage')} className="mt-no">{text(STAGE_NAMES[row.stage])}</td><td data-label={t('opened')}>{when(row.openedAt, language)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {pages > 1 ? <div className="mt-row"><Button disabled={page <= 1} onClick={() => setQuery({ page: String(page - 1) })}>{t('earlier')}</Button><span>{t('pages', { page, pages })}</span><Button disabled={page >= pages} onClick={() => setQuery({ page: String(page + 1) })}>{t('later')}</Button></div> : null}
    </Screen>
  )
}
