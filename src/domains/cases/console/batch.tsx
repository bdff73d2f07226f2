import { Button } from 'antd'
import { useRef, useState } from 'react'
import { asProblem, AttemptKey, call, type Problem } from '../../../kit/console/api.ts'
import { useLanguage, useSay } from '../../../kit/console/language.tsx'
import { Link } from '../../../kit/console/router.tsx'
import { ProblemNote } from '../../../kit/console/screen.tsx'
import type { BatchResult } from '../counter-contract.ts'

/** Stays on hold under `holdId` until it is filed, so that neither another screen nor a lost session loses it. */
export interface Prepared { readonly holdId: string; readonly name: string; readonly application: Record<string, unknown> }

const TEXTS = {
  title: { zh: '批次', en: 'Batch' }, send: { zh: '提交 {n} 件', en: 'Submit {n}' }, remove: { zh: '移回挂起', en: 'Back to hold' }, done: { zh: '已提交，查询码 {code}', en: 'filed; track code {code}' }, clear: { zh: '收起', en: 'Clear' },
  left: { zh: '没有提交成功的仍在批次里，改正后可以再提交。', en: 'What could not be filed stays in the batch.' },
} as const

/** Several items for one applicant, or one agent's many cases: prepared one by one, filed together, each standing by itself. */
export function Batch({ prepared, onChange, onFiled }: { readonly prepared: readonly Prepared[]; readonly onChange: (prepared: readonly Prepared[]) => void; readonly onFiled: (filed: readonly Prepared[]) => void }) {
  const t = useSay(TEXTS)
  const language = useLanguage()
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const [done, setDone] = useState<readonly (BatchResult & { readonly name: string })[]>([])
  const attempts = useRef(new AttemptKey())
  const send = async (): Promise<void> => {
    setBusy(true)
    setProblem(undefined)
    const body = { applications: prepared.map((one) => one.application) }
    try {
      const { results } = await call<{ results: BatchResult[] }>('POST', '/api/v1/counter/batches', { body, key: attempts.current.for(body) })
      attempts.current.renew()
      setDone(results.map((result) => ({ ...result, name: prepared[result.index]!.name })))
      const isFiled = (_: Prepared, i: number): boolean => typeof results.find((result) => result.index === i)?.caseNo === 'string'
      onFiled(prepared.filter(isFiled))
      onChange(prepared.filter((one, i) => !isFiled(one, i)))
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  if (prepared.length === 0 && done.length === 0) return null
  return (
    <section className="mt-section" aria-labelledby="batch">
      <h2 id="batch">{t('title')} <small>{prepared.length}</small></h2>
      <ProblemNote problem={problem} />
      <ul className="mt-found-list">
        {done.map((one) => <li key={`done ${one.index}`}>{one.caseNo ? <>✓ {one.name} · <Link to={`/cases/${one.caseNo}`}>{one.caseNo}</Link> {t('done', { code: one.trackCode ?? '' })}</> : <>✕ {one.name} · {one.problem?.title} {one.problem?.errors.map((error) => error.message).join(language === 'zh' ? '；' : '; ')}</>}</li>)}
        {prepared.map((one, i) => <li key={one.holdId} className="mt-row"><span className="mt-grow">{one.name}</span><Button size="small" type="text" onClick={() => onChange(prepared.filter((_, at) => at !== i))} aria-label={`${t('remove')} ${one.name}`}>{t('remove')}</Button></li>)}
      </ul>
      {done.some((one) => one.problem) ? <p>{t('left')}</p> : null}
      <div className="mt-actions">{prepared.length > 0 ? <Button type="primary" loading={busy} onClick={() => void send()}>{t('send', { n: prepared.length })}</Button> : null}{done.length > 0 ? <Button onClick={() => setDone([])}>{t('clear')}</Button> : null}</div>
    </section>
  )
}
