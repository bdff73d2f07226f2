import { Button } from 'antd'
import { Field } from '../../../kit/console/fields.tsx'
import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { Light, LIGHT_WORDS } from '../../../kit/console/light.tsx'
import { useLoaded } from '../../../kit/console/loaded.ts'
import { Link, setQuery, useLocation } from '../../../kit/console/router.tsx'
import { Loading, Nothing, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { dueDay, when } from '../../../kit/console/when.ts'
import type { ReplayedList } from '../contract.ts'

const TEXTS = {
  title: { zh: '日志重放', en: 'Replayed logs' }, lead: { zh: '由事件日志重放而成的案件，共 {n} 件；用 mingtang replay FILE --load 载入。', en: '{n} cases made from event logs; load one with mingtang replay FILE --load.' }, light: { zh: '期限', en: 'Limit' }, due: { zh: '到期', en: 'Due' }, caseNo: { zh: '编号', en: 'Number' }, caseId: { zh: '日志中的案号', en: 'Case in the log' }, log: { zh: '日志', en: 'Log' },
  stage: { zh: '阶段', en: 'Stage' }, opened: { zh: '开始', en: 'Begun' }, open: { zh: '在办', en: 'Open' }, ended: { zh: '已结束', en: 'Ended' }, none: { zh: '还没有载入日志。', en: 'No log has been loaded.' }, earlier: { zh: '上一页', en: 'Previous' }, later: { zh: '下一页', en: 'Next' }, pages: { zh: '第 {page} 页，共 {pages} 页', en: 'Page {page} of {pages}' },
} as const
const SIZE = 50

/** Cases of replayed logs, the most urgent first. */
export default function Replays() {
  const t = useSay(TEXTS)
  const words = useSay(LIGHT_WORDS)
  const text = useText()
  const language = useLanguage()
  const { query } = useLocation()
  const [stage, light, page] = [query.get('stage') ?? '', query.get('light') ?? '', Math.max(1, Number(query.get('page')) || 1)]
  const list = useLoaded<ReplayedList>(`/api/v1/replays?${new URLSearchParams(Object.entries({ stage, light, page: String(page) }).filter(([, value]) => value !== ''))}`)
  const total = list.data?.total ?? 0
  const pages = Math.max(1, Math.ceil(total / SIZE))
  return (
    <Screen title={t('title')} lead={list.data ? t('lead', { n: total }) : null}>
      <div className="mt-row">
        <Field spec={{ name: 'stage', label: TEXTS.stage, kind: 'select', options: [{ value: 'open', label: t('open') }, { value: 'ended', label: t('ended') }] }} value={stage || undefined} onChange={(value) => setQuery({ stage: value as string | undefined, page: undefined })} />
        <Field spec={{ name: 'light', label: TEXTS.light, kind: 'select', options: (['yellow', 'red', 'black', 'green'] as const).map((one) => ({ value: one, label: words(one) })) }} value={light || undefined} onChange={(value) => setQuery({ light: value as string | undefined, page: undefined })} />
      </div>
      <ProblemNote problem={list.problem} again={list.reload} />
      {list.data === undefined ? (list.problem ? null : <Loading />) : list.data.cases.length === 0 ? <Nothing>{t('none')}</Nothing> : (
        <div className="mt-scroll" tabIndex={0} role="region" aria-label={t('title')}>
          <table className="mt-table mt-stack">
            <caption className="mt-hidden">{t('title')}</caption>
            <thead><tr>{(['light', 'due', 'caseNo', 'caseId', 'log', 'stage', 'opened'] as const).map((name) => <th key={name} scope="col">{t(name)}</th>)}</tr></thead>
            <tbody>
              {list.data.cases.map((row) => (
                <tr key={row.caseNo}>
                  <td data-label={t('light')}><Light light={row.light} /></td><td data-label={t('due')}>{dueDay(row.dueAt, language)}</td>
                  <td data-label={t('caseNo')} className="mt-no"><Link to={`/replays/${row.caseNo}`}>{row.caseNo}</Link></td><td data-label={t('caseId')}>{row.caseId}</td><td data-label={t('log')}>{row.log}</td>
                  <td data-label={t('stage')}>{text(row.stageName)}</td><td data-label={t('opened')}>{when(row.openedAt, language)}</td>
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
