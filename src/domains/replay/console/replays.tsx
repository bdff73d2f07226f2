import { get } from '../../../kit/console/api.ts'
import { ExportButton } from '../../../kit/console/export-button.tsx'
import { ALL, Field } from '../../../kit/console/fields.tsx'
import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { Light, LIGHT_WORDS } from '../../../kit/console/light.tsx'
import { useLoaded } from '../../../kit/console/loaded.ts'
import { pageOf, Pager } from '../../../kit/console/pager.tsx'
import { Link, setQuery, useLocation } from '../../../kit/console/router.tsx'
import { Loading, Nothing, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { dataDue, dataInstant, listDue, listInstant } from '../../../kit/console/when.ts'
import type { ReplayedList } from '../contract.ts'

const TEXTS = {
  title: { zh: '日志重放', en: 'Replayed logs' }, lead: { zh: '由事件日志重放而成的案件，共 {n} 件；用 mingtang replay FILE --load 载入。', en: '{n} cases made from event logs; load one with mingtang replay FILE --load.' }, light: { zh: '期限', en: 'Limit' }, due: { zh: '到期', en: 'Due' }, caseNo: { zh: '编号', en: 'Number' }, caseId: { zh: '日志中的案号', en: 'Case in the log' }, log: { zh: '日志', en: 'Log' },
  stage: { zh: '阶段', en: 'Stage' }, opened: { zh: '开始', en: 'Begun' }, open: { zh: '在办', en: 'Open' }, ended: { zh: '已结束', en: 'Ended' }, none: { zh: '还没有载入日志。', en: 'No log has been loaded.' }, file: { zh: '重放案件', en: 'replayed-cases' },
} as const
const SIZE = 50

/** Cases of replayed logs, the most urgent first. */
export default function Replays() {
  const t = useSay(TEXTS)
  const words = useSay(LIGHT_WORDS)
  const text = useText()
  const language = useLanguage()
  const { query } = useLocation()
  const [stage, light, page] = [query.get('stage') ?? '', query.get('light') ?? '', pageOf(query)]
  const pathOf = (n: number) => `/api/v1/replays?${new URLSearchParams(Object.entries({ stage, light, page: String(n) }).filter(([, value]) => value !== ''))}`
  const list = useLoaded<ReplayedList>(pathOf(page))
  const total = list.data?.total ?? 0
  type Row = ReplayedList['cases'][number]
  const exported = {
    name: t('file'), head: [t('light'), t('due'), t('caseNo'), t('caseId'), t('log'), t('stage'), t('opened')], pages: Math.ceil(total / SIZE), read: async (n: number) => (await get<ReplayedList>(pathOf(n))).cases,
    cells: (row: Row) => [row.light ? words(row.light) : '', dataDue(row.dueAt), row.caseNo, row.caseId, row.log, text(row.stageName), dataInstant(row.openedAt)],
  }
  return (
    <Screen title={t('title')} lead={list.data ? t('lead', { n: total }) : null} actions={<ExportButton of={exported} disabled={total === 0} />}>
      <div className="mt-row mt-filters">
        <Field spec={{ name: 'stage', label: TEXTS.stage, kind: 'select', placeholder: ALL, options: [{ value: 'open', label: t('open') }, { value: 'ended', label: t('ended') }] }} value={stage || undefined} onChange={(value) => setQuery({ stage: value as string | undefined, page: undefined })} />
        <Field spec={{ name: 'light', label: TEXTS.light, kind: 'select', placeholder: ALL, options: (['yellow', 'red', 'black', 'green'] as const).map((one) => ({ value: one, label: words(one) })) }} value={light || undefined} onChange={(value) => setQuery({ light: value as string | undefined, page: undefined })} />
      </div>
      <ProblemNote problem={list.problem} again={list.reload} />
      {list.data === undefined ? (list.problem ? null : <Loading />) : list.data.cases.length === 0 ? <Nothing>{t('none')}</Nothing> : (
        <div className="mt-scroll" tabIndex={0} role="region" aria-label={t('title')}>
          <table className="mt-table mt-stack mt-cards">
            <caption className="mt-hidden">{t('title')}</caption>
            <thead><tr>{(['light', 'due', 'caseNo', 'caseId', 'log', 'stage', 'opened'] as const).map((name) => <th key={name} scope="col">{t(name)}</th>)}</tr></thead>
            <tbody>
              {list.data.cases.map((row) => (
                <tr key={row.caseNo}>
                  <td data-label={t('light')}><Light light={row.light} /></td><td data-label={t('due')} className="mt-no">{listDue(row.dueAt, language)}</td>
                  <td data-label={t('caseNo')} className="mt-no mt-card-line"><Link to={`/replays/${row.caseNo}`}>{row.caseNo}</Link></td><td data-label={t('caseId')}>{row.caseId}</td><td data-label={t('log')}>{row.log}</td>
                  <td data-label={t('stage')}>{text(row.stageName)}</td><td data-label={t('opened')} className="mt-no mt-card-quiet">{listInstant(row.openedAt, language)}</td>
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
