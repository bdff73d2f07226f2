import { Input } from 'antd'
import { useState } from 'react'
import { get } from '../../../kit/console/api.ts'
import { ExportButton } from '../../../kit/console/export-button.tsx'
import { ALL, Field } from '../../../kit/console/fields.tsx'
import { useKeys } from '../../../kit/console/keys.tsx'
import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { Light, LIGHT_WORDS } from '../../../kit/console/light.tsx'
import { useLive } from '../../../kit/console/live.ts'
import { useLoaded, useSettled } from '../../../kit/console/loaded.ts'
import { pageOf, Pager } from '../../../kit/console/pager.tsx'
import { Link, setQuery, useLocation } from '../../../kit/console/router.tsx'
import { Loading, Nothing, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { dataDue, dataInstant, listDue, listInstant } from '../../../kit/console/when.ts'
import { CASE_STAGES, STAGE_NAMES, type CaseStage, type ClockView } from '../contract.ts'

interface ListedCase { caseNo: string; stage: CaseStage; item: { code: string; name: { zh: string; en: string } }; applicant: string; organisation: { zh: string; en: string }; openedAt: string; dueAt: string | null; light: ClockView['light'] }
interface CaseList { total: number; cases: ListedCase[] }

const TEXTS = {
  title: { zh: '办件', en: 'Cases' }, lead: { zh: '共 {n} 件', en: '{n} in all' }, find: { zh: '办件编号或申请人', en: 'Case number or applicant' }, stage: { zh: '阶段', en: 'Stage' }, light: { zh: '期限', en: 'Limit' }, due: { zh: '到期', en: 'Due' },
  caseNo: { zh: '办件编号', en: 'Case' }, item: { zh: '事项', en: 'Item' }, applicant: { zh: '申请人', en: 'Applicant' }, organisation: { zh: '承办机关', en: 'Organ' }, opened: { zh: '提出时间', en: 'Filed' },
  undecided: { zh: '（未填写）', en: '(not given)' }, file: { zh: '办件', en: 'cases' }, none: { zh: '没有符合条件的办件。放宽筛选条件再看。', en: 'No case fits. Widen the filters.' },
  focus: { zh: '到查找栏', en: 'To the search field' },
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
  const [stage, light, page] = [query.get('stage') ?? '', query.get('light') ?? '', pageOf(query)]
  const filters = new URLSearchParams(Object.entries({ q: settled, stage, light }).filter(([, value]) => value !== ''))
  const pathOf = (n: number) => `/api/v1/cases?${filters}${filters.size > 0 ? '&' : ''}page=${n}`
  const list = useLoaded<CaseList>(pathOf(page))
  useLive(['tasks'], list.reload)
  useKeys([{ key: 'F2', label: t('focus'), run: () => document.getElementById('cases-find')?.focus() }])
  const total = list.data?.total ?? 0
  const exported = {
    name: t('file'), head: [t('caseNo'), t('item'), t('applicant'), t('organisation'), t('stage'), t('light'), t('due'), t('opened')], pages: Math.ceil(total / SIZE), read: async (n: number) => (await get<CaseList>(pathOf(n))).cases,
    cells: (row: ListedCase) => [row.caseNo, text(row.item.name), row.applicant, text(row.organisation), text(STAGE_NAMES[row.stage]), row.light ? words(row.light) : '', dataDue(row.dueAt), dataInstant(row.openedAt)],
  }
  return (
    <Screen title={t('title')} lead={list.data ? t('lead', { n: total }) : null} actions={<ExportButton of={exported} disabled={total === 0} />}>
      <div className="mt-row mt-filters">
        <div className="mt-field mt-grow"><label htmlFor="cases-find">{t('find')}</label><Input id="cases-find" value={q} onChange={(event) => { setQ(event.target.value); setQuery({ q: event.target.value, page: undefined }) }} allowClear={false} /></div>
        <Field spec={{ name: 'stage', label: TEXTS.stage, kind: 'select', placeholder: ALL, options: CASE_STAGES.map((one) => ({ value: one, label: text(STAGE_NAMES[one]) })) }} value={stage || undefined} onChange={(value) => setQuery({ stage: value as string | undefined, page: undefined })} />
        <Field spec={{ name: 'light', label: TEXTS.light, kind: 'select', placeholder: ALL, options: (['yellow', 'red', 'black', 'green'] as const).map((one) => ({ value: one, label: words(one) })) }} value={light || undefined} onChange={(value) => setQuery({ light: value as string | undefined, page: undefined })} />
      </div>
      <ProblemNote problem={list.problem} again={list.reload} />
      {list.data === undefined ? (list.problem ? null : <Loading />) : list.data.cases.length === 0 ? <Nothing>{t('none')}</Nothing> : (
        <div className="mt-scroll">
          <table className="mt-table mt-stack mt-cards">
            <caption className="mt-hidden">{t('title')}</caption>
            <thead><tr><th scope="col">{t('light')}</th><th scope="col">{t('due')}</th><th scope="col">{t('caseNo')}</th><th scope="col">{t('item')}</th><th scope="col">{t('applicant')}</th><th scope="col">{t('organisation')}</th><th scope="col">{t('stage')}</th><th scope="col">{t('opened')}</th></tr></thead>
            <tbody>
              {list.data.cases.map((row) => (
                <tr key={row.caseNo}>
                  <td data-label={t('light')}><Light light={row.light} /></td><td data-label={t('due')} className="mt-no">{listDue(row.dueAt, language)}</td>
                  <td data-label={t('caseNo')} className="mt-no mt-card-line"><Link to={`/cases/${row.caseNo}`}>{row.caseNo}</Link></td><td data-label={t('item')}>{text(row.item.name)}</td><td data-label={t('applicant')}>{row.applicant || <span className="mt-quiet">{t('undecided')}</span>}</td>
                  <td data-label={t('organisation')} className="mt-card-line mt-card-quiet">{text(row.organisation)}</td><td data-label={t('stage')} className="mt-no mt-card-quiet">{text(STAGE_NAMES[row.stage])}</td><td data-label={t('opened')} className="mt-no mt-card-quiet">{listInstant(row.openedAt, language)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager page={page} size={SIZE} total={total} />
    </Screen>
  )
}
