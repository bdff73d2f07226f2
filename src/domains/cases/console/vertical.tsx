import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { asProblem, call, randomId, type Problem } from '../../../kit/console/api.ts'
import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { Light } from '../../../kit/console/light.tsx'
import { useLive } from '../../../kit/console/live.ts'
import { useLoaded, type Loaded } from '../../../kit/console/loaded.ts'
import { Link, setQuery, useLocation } from '../../../kit/console/router.tsx'
import { Loading, Nothing, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { useMay } from '../../../kit/console/session.ts'
import { TabPanels } from '../../../kit/console/tabs.tsx'
import { listDay, listDue, listInstant } from '../../../kit/console/when.ts'
import { VERTICAL_STATUS_NAMES, type BatchEntry, type HandOverResult, type VerticalEntry, type VerticalList } from '../vertical/contract.ts'
import { VerticalImports } from './vertical-imports.tsx'

const TEXTS = {
  title: { zh: '垂直业务系统', en: 'Vertically led systems' }, lead: { zh: '一次录入：转办给对方系统，状态由文件导回。等待期间办理期限照常计算。', en: 'Entered once: handed over by file, answered by file. The time limits run on meanwhile.' }, tabs: { zh: '转办与回传', en: 'Hand-over and answers' },
  waiting: { zh: '待转办 {n}', en: 'To hand over {n}' }, away: { zh: '对方办理中 {n}', en: 'With the other system {n}' }, done: { zh: '已回传结果 {n}', en: 'Answered {n}' }, imports: { zh: '导入状态', en: 'Import status' }, batches: { zh: '转办批次', en: 'Batches' },
  noneWaiting: { zh: '没有待转办的办件。', en: 'No case waits to be handed over.' }, noneAway: { zh: '没有等待对方回传的办件。', en: 'No case waits for the other system.' }, noneDone: { zh: '还没有回传的结果。', en: 'Nothing has been answered yet.' }, noBatches: { zh: '还没有转办过。', en: 'Nothing has been handed over yet.' },
  light: { zh: '期限', en: 'Limit' }, due: { zh: '到期', en: 'Due' }, caseNo: { zh: '办件编号', en: 'Case' }, item: { zh: '事项', en: 'Item' }, applicant: { zh: '申请人', en: 'Applicant' }, accepted: { zh: '受理', en: 'Accepted' },
  handed: { zh: '转办', en: 'Handed over' }, batch: { zh: '批次', en: 'Batch' }, number: { zh: '外部编号', en: 'External number' }, status: { zh: '最近状态', en: 'Last status' }, noNews: { zh: '尚无回传', en: 'no answer yet' }, returned: { zh: '对方退回，需重新转办', en: 'sent back: hand over again' },
  all: { zh: '全选', en: 'Choose all' }, choose: { zh: '选择 {no}', en: 'Choose {no}' }, hand: { zh: '转办选中的 {n} 件', en: 'Hand over {n}' }, handing: { zh: '正在转办…', en: 'Handing over…' }, handedOver: { zh: '已转办 {n} 件，批次 {no}。下载交换文件交给对方：', en: '{n} handed over as batch {no}. The file for the other side:' }, failed: { zh: '未能转办：', en: 'Not handed over: ' },
  csv: { zh: '表格 CSV', en: 'CSV' }, json: { zh: '数据 JSON', en: 'JSON' }, template: { zh: '状态文件模板', en: 'Status file to fill in' }, cases: { zh: '件数', en: 'Cases' }, by: { zh: '经办', en: 'By' }, at: { zh: '时间', en: 'When' }, file: { zh: '交换文件', en: 'Exchange file' }, recorded: { zh: '下载会记入个人信息阅览记录。', en: 'Each download is recorded as a reading of personal data.' },
  earlier: { zh: '上一页', en: 'Previous' }, later: { zh: '下一页', en: 'Next' },
} as const
type State = 'waiting' | 'away' | 'done'

/** To the systems of other levels and back (practice 22): who waits for whom, the file that goes, the file that comes. */
export default function Vertical() {
  const t = useSay(TEXTS)
  const { query } = useLocation()
  const may = useMay()
  const mayHand = may('cases.handToVertical')
  const tab = query.get('tab') ?? (mayHand ? 'waiting' : 'imports')
  const page = Math.max(1, Number(query.get('page')) || 1)
  const state: State = tab === 'away' || tab === 'done' ? tab : 'waiting'
  const list = useLoaded<VerticalList>(mayHand ? `/api/v1/vertical/cases?state=${state}&page=${page}` : null)
  useLive(['tasks'], list.reload)
  const n = (key: State): number => list.data?.counts[key] ?? 0
  const panel = (key: State) => ({ key, name: t(key, { n: n(key) }), content: () => <Cases key={key} state={key} list={list} page={page} /> })
  return (
    <Screen title={t('title')} lead={t('lead')}>
      <TabPanels label={t('tabs')} current={tab} onChange={(key) => setQuery({ tab: key, page: undefined, import: undefined })} tabs={[
        ...(mayHand ? [panel('waiting'), panel('away'), panel('done'), { key: 'batches', name: t('batches'), content: () => <Batches /> }] : []),
        ...(may('cases.importVertical') ? [{ key: 'imports', name: t('imports'), content: () => <VerticalImports onRecorded={list.reload} /> }] : []),
      ]} />
    </Screen>
  )
}

function Cases({ state, list, page }: { readonly state: State; readonly list: Loaded<VerticalList>; readonly page: number }) {
  const t = useSay(TEXTS)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [result, setResult] = useState<HandOverResult>()
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const entries = list.data?.entries ?? []
  const hand = async (): Promise<void> => {
    setProblem(undefined)
    setBusy(true)
    try {
      setResult(await call<HandOverResult>('POST', '/api/v1/vertical/hand-overs', { body: { caseNos: [...chosen] }, key: randomId() }))
      setChosen(new Set())
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
    list.reload()
  }
  return (
    <>
      <ProblemNote problem={problem ?? list.problem} again={list.reload} />
      {result ? <HandedOver result={result} /> : null}
      {list.data === undefined ? (list.problem ? null : <Loading />) : entries.length === 0 ? <Nothing>{t(state === 'waiting' ? 'noneWaiting' : state === 'away' ? 'noneAway' : 'noneDone')}</Nothing> : (
        <>
          <CaseTable state={state} entries={entries} chosen={chosen} onChoose={setChosen} />
          {state === 'waiting' ? <div className="mt-row"><Button type="primary" disabled={chosen.size === 0 || busy} onClick={() => void hand()}>{busy ? t('handing') : t('hand', { n: chosen.size })}</Button></div> : null}
          {list.data.total > 50 ? <div className="mt-row"><Button disabled={page <= 1} onClick={() => setQuery({ page: String(page - 1) })}>{t('earlier')}</Button><Button disabled={page * 50 >= list.data.total} onClick={() => setQuery({ page: String(page + 1) })}>{t('later')}</Button></div> : null}
        </>
      )}
    </>
  )
}

function HandedOver({ result }: { readonly result: HandOverResult }) {
  const t = useSay(TEXTS)
  const text = useText()
  const done = result.results.filter((one) => one.done).length
  const failed = result.results.filter((one) => !one.done)
  return (
    <div className="mt-done" role="status">
      {result.batch ? <p>{t('handedOver', { n: done, no: result.batch.no })} <Downloads id={result.batch.id} no={result.batch.no} /></p> : null}
      {failed.length > 0 ? <p>{t('failed')}{failed.map((one) => `${one.caseNo} ${text(one.problem)}`).join('；')}</p> : null}
    </div>
  )
}

const Downloads = ({ id, no }: { readonly id: string; readonly no: string }) => {
  const t = useSay(TEXTS)
  const base = `/api/v1/vertical/batches/${id}`
  return (
    <span className="mt-actions">
      <a href={`${base}/export.csv`} aria-label={`${t('csv')} ${no}`}>{t('csv')}</a> <a href={`${base}/export.json`} aria-label={`${t('json')} ${no}`}>{t('json')}</a> <a href={`${base}/status-template.csv`} aria-label={`${t('template')} ${no}`}>{t('template')}</a>
    </span>
  )
}

function CaseTable({ state, entries, chosen, onChoose }: { readonly state: State; readonly entries: readonly VerticalEntry[]; readonly chosen: ReadonlySet<string>; readonly onChoose: (next: ReadonlySet<string>) => void }) {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const toggle = (no: string, on: boolean): void => { const next = new Set(chosen); if (on) next.add(no); else next.delete(no); onChoose(next) }
  const all = entries.every((entry) => chosen.has(entry.caseNo))
  const statusOf = (entry: VerticalEntry): string => (entry.lastStatus ? `${text(VERTICAL_STATUS_NAMES[entry.lastStatus])} ${entry.lastOn ? listDay(entry.lastOn, language) : ''}` : t('noNews'))
  return (
    <div className="mt-scroll">
      <table className="mt-table mt-stack">
        <caption className="mt-hidden">{t('title')}</caption>
        <thead><tr>
          {state === 'waiting' ? <th scope="col"><Checkbox aria-label={t('all')} checked={all} onChange={(event) => onChoose(new Set(event.target.checked ? entries.map((entry) => entry.caseNo) : []))} /></th> : null}
          {state === 'done' ? null : <><th scope="col">{t('light')}</th><th scope="col">{t('due')}</th></>}<th scope="col">{t('caseNo')}</th><th scope="col">{t('item')}</th><th scope="col">{t('applicant')}</th>
          {state === 'waiting' ? <th scope="col">{t('accepted')}</th> : <><th scope="col">{t('handed')}</th><th scope="col">{t('number')}</th><th scope="col">{t('status')}</th></>}
        </tr></thead>
        <tbody>{entries.map((entry) => (
          <tr key={entry.caseNo}>
            {state === 'waiting' ? <td><Checkbox aria-label={t('choose', { no: entry.caseNo })} checked={chosen.has(entry.caseNo)} onChange={(event) => toggle(entry.caseNo, event.target.checked)} /></td> : null}
            {state === 'done' ? null : <><td data-label={t('light')}><Light light={entry.light} /></td><td data-label={t('due')} className="mt-no">{listDue(entry.dueAt, language)}</td></>}
            <td data-label={t('caseNo')} className="mt-no"><Link to={`/cases/${entry.caseNo}`}>{entry.caseNo}</Link></td><td data-label={t('item')}><span>{text(entry.item.name)}<br /><span className="mt-quiet">{text(entry.system)}</span></span></td><td data-label={t('applicant')}>{entry.applicant}</td>
            {state === 'waiting' ? <td data-label={t('accepted')}><span>{entry.acceptedOn ? listDay(entry.acceptedOn, language) : '—'}{entry.state === 'returned' ? <><br /><strong>{t('returned')}</strong></> : null}</span></td> : (
              <>
                <td data-label={t('handed')}><span>{entry.handedOn ? listDay(entry.handedOn, language) : '—'}{entry.handedBy ? ` · ${text(entry.handedBy)}` : ''}{entry.batch ? <><br /><span className="mt-quiet">{entry.batch.no}</span></> : null}</span></td>
                <td data-label={t('number')}>{entry.externalNo ?? '—'}</td><td data-label={t('status')}>{statusOf(entry)}</td>
              </>
            )}
          </tr>
        ))}</tbody>
      </table>
    </div>
  )
}

function Batches() {
  const t = useSay(TEXTS)
  const language = useLanguage()
  const loaded = useLoaded<{ batches: BatchEntry[] }>('/api/v1/vertical/batches')
  if (loaded.data === undefined) return loaded.problem ? <ProblemNote problem={loaded.problem} again={loaded.reload} /> : <Loading />
  if (loaded.data.batches.length === 0) return <Nothing>{t('noBatches')}</Nothing>
  return (
    <>
      <p className="mt-quiet">{t('recorded')}</p>
      <div className="mt-scroll"><table className="mt-table mt-stack">
        <caption className="mt-hidden">{t('batches')}</caption>
        <thead><tr><th scope="col">{t('batch')}</th><th scope="col">{t('at')}</th><th scope="col">{t('by')}</th><th scope="col">{t('cases')}</th><th scope="col">{t('file')}</th></tr></thead>
        <tbody>{loaded.data.batches.map((batch) => <tr key={batch.id}><td data-label={t('batch')} className="mt-no">{batch.no}</td><td data-label={t('at')}>{listInstant(batch.madeAt, language)}</td><td data-label={t('by')}>{batch.madeBy}</td><td data-label={t('cases')}>{batch.cases}</td><td data-label={t('file')}><Downloads id={batch.id} no={batch.no} /></td></tr>)}</tbody>
      </table></div>
    </>
  )
}
