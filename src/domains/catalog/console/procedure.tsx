import { useState } from 'react'
import { Button } from 'antd'
import { Drawing } from '../../../kit/console/drawing.tsx'
import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { useLoaded } from '../../../kit/console/loaded.ts'
import { Link } from '../../../kit/console/router.tsx'
import { Loading, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { amountOf, when } from '../../../kit/console/when.ts'
import type { ProcedureView } from '../procedure-contract.ts'

const TEXTS = {
  back: { zh: '返回流程', en: 'Back to the procedures' }, drawing: { zh: '流程图', en: 'The drawing' }, download: { zh: '下载原文（BPMN 2.0）', en: 'Download as BPMN 2.0' }, steps: { zh: '环节', en: 'Steps' }, check: { zh: '检验结果', en: 'What was proved' }, versions: { zh: '历次版本', en: 'Versions' }, version: { zh: '第 {n} 版', en: 'Version {n}' }, show: { zh: '查看', en: 'Show' }, running: { zh: '在办 {n} 件', en: 'cases under way: {n}' },
  sound: { zh: '健全：每一步都能走到，任何走法都能办结。', en: 'Sound: every step can be reached, and every way ends.' }, path: { zh: '最长路径 {days}', en: 'Longest way: {days}' }, incompleteConditions: { zh: '条件未能证明周全：{at}', en: 'Conditions are not provably complete: {at}' }, loopWithoutMaxRounds: { zh: '循环只按一轮计入最长路径：{at}', en: 'The loop counts once in the longest way: {at}' }, items: { zh: '适用事项', en: 'Items that begin with it' },
} as const

/** One version of a procedure: drawing, steps in words, what was proved, and the cases on each version. */
export default function Procedure({ params }: { readonly params: readonly string[] }) {
  const id = params[0] ?? ''
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const [version, setVersion] = useState<number>()
  const address = `/api/v1/procedures/${encodeURIComponent(id)}`
  const asked = version === undefined ? '' : `&version=${version}`
  const { data, problem, reload } = useLoaded<ProcedureView>(`${address}?lang=${language}${asked}`)
  if (data === undefined) return problem ? <Screen title={id}><ProblemNote problem={problem} again={reload} kept=" " /><Link to="/procedures">{t('back')}</Link></Screen> : <Loading />
  const of = `lang=${language}&version=${data.version}`
  return (
    <Screen title={text(data.name) || data.id} lead={<><code>{data.id}</code> {t('version', { n: data.version })}</>} actions={<a href={`${address}/source.bpmn?${of}`}>{t('download')}</a>}>
      <section className="mt-section"><h2>{t('drawing')}</h2><Drawing source={`${address}/diagram.svg?${of}`} label={t('drawing')} alt={text(data.name) || data.id} /></section>
      <section className="mt-section"><h2>{t('steps')}</h2><ol className="mt-found-list">{data.steps.map((step) => <li key={step.id}>{step.text}</li>)}</ol></section>
      <section className="mt-section">
        <h2>{t('check')}</h2>
        <ul className="mt-found-list">
          <li>{t('sound')}</li>
          <li>{t('path', { days: amountOf(data.workingDays, 'workingDay', language) })}{data.criticalPath.length > 0 ? <span className="mt-quiet"> {data.criticalPath.join(' → ')}</span> : null}</li>
          {data.warningList.map((one) => <li key={`${one.kind} ${one.at}`}>{t(one.kind, { at: one.at })}</li>)}
        </ul>
      </section>
      <section className="mt-section"><h2>{t('items')}</h2><ul className="mt-found-list">{data.items.map((item) => <li key={item.code}><Link to={`/items/${item.code}`}>{text(item.name)}</Link></li>)}</ul></section>
      <section className="mt-section"><h2>{t('versions')}</h2><ul className="mt-found-list">{data.versions.map((one) => (
        <li key={one.version} className="mt-row">
          <span className="mt-grow"><strong>{t('version', { n: one.version })}</strong> {when(one.publishedAt, language)} · {t('running', { n: one.running })}</span>
          {one.version === data.version ? null : <Button size="small" onClick={() => setVersion(one.version)}>{t('show')}</Button>}
        </li>
      ))}</ul></section>
    </Screen>
  )
}
