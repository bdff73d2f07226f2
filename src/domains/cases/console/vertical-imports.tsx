import { Button } from 'antd'
import { useState } from 'react'
import { asProblem, call, randomId, type Problem } from '../../../kit/console/api.ts'
import { FilesField } from '../../../kit/console/files-field.tsx'
import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { useLoaded } from '../../../kit/console/loaded.ts'
import { Link, setQuery, useLocation } from '../../../kit/console/router.tsx'
import { Loading, Nothing, ProblemNote } from '../../../kit/console/screen.tsx'
import { when } from '../../../kit/console/when.ts'
import { longDay } from '../../../kit/portal/words.ts'
import { VERDICT_NAMES, VERDICTS, VERTICAL_STATUS_NAMES, type ImportEntry, type ImportView, type Verdict } from '../vertical/contract.ts'

const TEXTS = {
  file: { zh: '状态文件（CSV 或 JSON）', en: 'Status file (CSV or JSON)' }, how: { zh: '先核对、后登记：核对不改动任何办件。UTF-8 与 GB18030 都能读。', en: 'Checked first, recorded after: the check changes no case. UTF-8 and GB 18030 are both read.' },
  checking: { zh: '正在核对…', en: 'Checking…' }, found: { zh: '核对结果：{name}', en: 'What was found: {name}' }, record: { zh: '登记 {n} 行', en: 'Record {n} lines' }, recording: { zh: '正在登记…', en: 'Recording…' }, again: { zh: '再试未能登记的 {n} 行', en: 'Try the {n} refused lines again' },
  report: { zh: '下载逐行结果（CSV）', en: 'Download the result by line (CSV)' }, another: { zh: '导入另一个文件', en: 'Import another file' }, line: { zh: '行', en: 'Line' }, caseNo: { zh: '办件编号', en: 'Case' }, status: { zh: '状态', en: 'Status' }, on: { zh: '日期', en: 'Day' }, number: { zh: '外部编号', en: 'External number' }, verdict: { zh: '结论', en: 'Verdict' },
  history: { zh: '导入记录', en: 'Imports so far' }, noHistory: { zh: '还没有导入过。', en: 'Nothing has been imported yet.' }, name: { zh: '文件', en: 'File' }, checked: { zh: '核对', en: 'Checked' }, applied: { zh: '登记', en: 'Recorded' }, notApplied: { zh: '只核对，未登记', en: 'checked only' }, result: { zh: '结果', en: 'Result' }, open: { zh: '查看 {name}', en: 'Open {name}' }, sha: { zh: '作为证据保存，SHA-256 {hash}', en: 'Kept as evidence, SHA-256 {hash}' },
} as const
const SHAPES: Record<Verdict, string> = { valid: '●', unchanged: '–', refused: '✕', recorded: '✓' }

/** The other system's answers: a file, its check line by line, then the recording; and every import there was. */
export function VerticalImports({ onRecorded }: { readonly onRecorded: () => void }) {
  const t = useSay(TEXTS)
  const { query } = useLocation()
  const opened = query.get('import')
  const [busy, setBusy] = useState<'checking' | 'recording' | null>(null)
  const [problem, setProblem] = useState<Problem>()
  const view = useLoaded<ImportView>(opened === null ? null : `/api/v1/vertical/imports/${encodeURIComponent(opened)}`)
  const history = useLoaded<{ imports: ImportEntry[] }>('/api/v1/vertical/imports')
  const attempt = async (kind: 'checking' | 'recording', work: () => Promise<ImportView>): Promise<void> => {
    setProblem(undefined)
    setBusy(kind)
    try {
      setQuery({ import: (await work()).id })
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(null)
    }
    view.reload()
    history.reload()
  }
  const check = ([fileId]: readonly string[]): void => { if (fileId) void attempt('checking', () => call<ImportView>('POST', '/api/v1/vertical/imports', { body: { fileId }, key: randomId() })) }
  const record = (id: string): void => { void attempt('recording', () => call<ImportView>('POST', `/api/v1/vertical/imports/${id}/application`, { key: randomId() })).then(onRecorded) }
  return (
    <>
      {opened === null ? <div className="mt-section"><p>{t('how')}</p><label htmlFor="vertical-file">{t('file')}</label><FilesField id="vertical-file" label={t('file')} value={[]} onChange={check} single accept=".csv,.json,.txt" /></div> : <p><Button onClick={() => setQuery({ import: undefined })}>{t('another')}</Button></p>}
      <ProblemNote problem={problem ?? view.problem} />
      {busy ? <p role="status">{t(busy)}</p> : null}
      {opened !== null && view.data ? <Checked view={view.data} busy={busy !== null} onRecord={record} /> : null}
      <section className="mt-section">
        <h2>{t('history')}</h2>
        {history.data === undefined ? (history.problem ? <ProblemNote problem={history.problem} again={history.reload} /> : <Loading />) : history.data.imports.length === 0 ? <Nothing>{t('noHistory')}</Nothing> : <History imports={history.data.imports} />}
      </section>
    </>
  )
}

function Checked({ view, busy, onRecord }: { readonly view: ImportView; readonly busy: boolean; readonly onRecord: (id: string) => void }) {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const { valid, refused } = view.counts
  return (
    <section className="mt-section" aria-labelledby="import-found">
      <h2 id="import-found">{t('found', { name: view.fileName })}</h2>
      <p role="status"><Counts counts={view.counts} /></p>
      <div className="mt-row">
        {valid > 0 ? <Button type="primary" disabled={busy} onClick={() => onRecord(view.id)}>{t('record', { n: valid })}</Button> : view.appliedAt !== null && refused > 0 ? <Button disabled={busy} onClick={() => onRecord(view.id)}>{t('again', { n: refused })}</Button> : null}
        <a href={`/api/v1/vertical/imports/${view.id}/report.csv`}>{t('report')}</a>
      </div>
      <div className="mt-scroll"><table className="mt-table mt-stack">
        <caption className="mt-hidden">{t('found', { name: view.fileName })}</caption>
        <thead><tr><th scope="col">{t('line')}</th><th scope="col">{t('verdict')}</th><th scope="col">{t('caseNo')}</th><th scope="col">{t('status')}</th><th scope="col">{t('on')}</th><th scope="col">{t('number')}</th></tr></thead>
        <tbody>{view.lines.map((one) => (
          <tr key={one.line}>
            <td data-label={t('line')}>{one.line}</td><td data-label={t('verdict')}><span><span aria-hidden className="mt-shape">{SHAPES[one.verdict]}</span> {text(VERDICT_NAMES[one.verdict])}{one.problem ? <><br />{text(one.problem)}</> : null}</span></td>
            <td data-label={t('caseNo')} className="mt-no">{one.problem?.code === 'vertical/unknown-case' || one.caseNo === '' ? one.caseNo || '—' : <Link to={`/cases/${one.caseNo}`}>{one.caseNo}</Link>}</td>
            <td data-label={t('status')}>{one.status ? text(VERTICAL_STATUS_NAMES[one.status]) : '—'}</td><td data-label={t('on')}>{one.on ? longDay(one.on, language) : '—'}</td><td data-label={t('number')}>{one.externalNo ?? '—'}</td>
          </tr>
        ))}</tbody>
      </table></div>
      <p className="mt-quiet">{t('sha', { hash: view.sha256 })}</p>
    </section>
  )
}

const Counts = ({ counts }: { readonly counts: ImportEntry['counts'] }) => {
  const text = useText()
  return <>{VERDICTS.filter((verdict) => counts[verdict] > 0).map((verdict) => `${SHAPES[verdict]} ${text(VERDICT_NAMES[verdict])} ${counts[verdict]}`).join('　')}</>
}

function History({ imports }: { readonly imports: readonly ImportEntry[] }) {
  const t = useSay(TEXTS)
  const language = useLanguage()
  return (
    <div className="mt-scroll"><table className="mt-table mt-stack">
      <caption className="mt-hidden">{t('history')}</caption>
      <thead><tr><th scope="col">{t('name')}</th><th scope="col">{t('checked')}</th><th scope="col">{t('applied')}</th><th scope="col">{t('result')}</th></tr></thead>
      <tbody>{imports.map((one) => (
        <tr key={one.id}>
          <td data-label={t('name')}><Button type="link" size="small" aria-label={t('open', { name: one.fileName })} onClick={() => setQuery({ import: one.id })}>{one.fileName}</Button></td><td data-label={t('checked')}>{when(one.checkedAt, language)} · {one.checkedBy}</td>
          <td data-label={t('applied')}>{one.appliedAt ? `${when(one.appliedAt, language)} · ${one.appliedBy ?? ''}` : t('notApplied')}</td><td data-label={t('result')}><Counts counts={one.counts} /></td>
        </tr>
      ))}</tbody>
    </table></div>
  )
}
