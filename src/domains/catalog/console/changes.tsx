import { Button } from 'antd'
import { useState } from 'react'
import { dayAt } from '../../../base/civil-day.ts'
import type { Bilingual } from '../../../base/text.ts'
import { asProblem, call, randomId, type Problem } from '../../../kit/console/api.ts'
import { Field } from '../../../kit/console/fields.tsx'
import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { useLoaded } from '../../../kit/console/loaded.ts'
import { Link } from '../../../kit/console/router.tsx'
import { Loading, Nothing, ProblemNote } from '../../../kit/console/screen.tsx'
import { listDay } from '../../../kit/console/when.ts'
import { useMay } from '../../../kit/console/session.ts'
import { ChangeTable } from './change-table.tsx'

interface Change { readonly no: string; readonly stage: 'drafted' | 'reviewed'; readonly revision: number; readonly code: string; readonly action: 'publish' | 'withdraw'; readonly reason: string; readonly name: Bilingual; readonly openedOn: string; readonly needed: readonly Gate[]; readonly reviews: readonly { readonly review: Gate; readonly opinion: string; readonly on: string }[] }
type Gate = 'content' | 'legal' | 'price'
interface Detail { readonly changes: { path: string; label: string; before?: unknown; after?: unknown }[] }

const TEXTS = {
  none: { zh: '没有办理中的变更。要修改指南，在“在用事项”里打开事项，选“编辑新版本”。', en: 'No change is under way. To change a guide, open it under “In force” and choose “Edit a new version”.' }, drafted: { zh: '待审核', en: 'to be reviewed' }, reviewed: { zh: '已审核，待发布', en: 'reviewed, to be published' }, publish: { zh: '发布新版本', en: 'new version' }, withdraw: { zh: '取消事项', en: 'withdrawal' }, content: { zh: '部门审核', en: 'department’s review' }, legal: { zh: '合法性审核', en: 'legal review' }, price: { zh: '收费核准', en: 'approval of fees' },
  given: { zh: '✓ {gate}：{opinion}', en: '✓ {gate}: {opinion}' }, lacking: { zh: '— {gate} 待办', en: '— {gate} outstanding' }, opinion: { zh: '审核意见', en: 'Opinion' }, pass: { zh: '{gate}通过', en: 'Pass: {gate}' }, reject: { zh: '退回不予发布', en: 'Reject' }, from: { zh: '自该日起生效', en: 'In force from' }, doPublish: { zh: '发布', en: 'Publish' }, show: { zh: '看变更内容', en: 'Show what changes' }, diff: { zh: '变更内容', en: 'What changes' },
} as const

/** Changes of the catalogue under way: reviewed by somebody else than their author, published by a third. */
export function Changes() {
  const t = useSay(TEXTS)
  const loaded = useLoaded<{ changes: Change[] }>('/api/v1/catalogue/changes')
  const [problem, setProblem] = useState<Problem>()
  const act = async (change: Change, name: string, input: Record<string, unknown>): Promise<void> => {
    setProblem(undefined)
    await call('POST', `/api/v1/catalogue/changes/${change.no}/acts`, { body: { act: name, revision: change.revision, input }, key: randomId() }).catch((error: unknown) => setProblem(asProblem(error)))
    loaded.reload()
  }
  if (loaded.data === undefined) return loaded.problem ? <ProblemNote problem={loaded.problem} again={loaded.reload} kept=" " /> : <Loading />
  return <><ProblemNote problem={problem} />{loaded.data.changes.length === 0 ? <Nothing>{t('none')}</Nothing> : loaded.data.changes.map((change) => <One key={change.no} change={change} act={(name, input) => act(change, name, input)} />)}</>
}

function One({ change, act }: { readonly change: Change; readonly act: (name: string, input: Record<string, unknown>) => Promise<void> }) {
  const t = useSay(TEXTS)
  const text = useText()
  const may = useMay()
  const language = useLanguage()
  const [opinion, setOpinion] = useState('')
  const [from, setFrom] = useState<string>(dayAt(new Date()))
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const once = (name: string, input: Record<string, unknown>): void => {
    setBusy(true)
    void act(name, input).finally(() => setBusy(false))
  }
  const detail = useLoaded<Detail>(open ? `/api/v1/catalogue/changes/${change.no}?lang=${language}` : null)
  const lacking = change.needed.filter((gate) => !change.reviews.some((one) => one.review === gate))
  return (
    <section className="mt-section">
      <h2><Link to={`/items/${change.code}`}>{text(change.name)}</Link> <small>{change.no} · {t(change.action)} · {t(change.stage)} · {listDay(change.openedOn, language)}</small></h2>
      <p>{change.reason}</p>
      <ul className="mt-found-list">{change.reviews.map((one) => <li key={one.review}>{t('given', { gate: t(one.review), opinion: one.opinion })}</li>)}{lacking.map((gate) => <li key={gate}>{t('lacking', { gate: t(gate) })}</li>)}</ul>
      <p><Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>{t('show')}</Button></p>
      <ProblemNote problem={detail.problem} kept=" " />
      {open && detail.data ? <ChangeTable caption={t('diff')} changes={detail.data.changes} /> : null}
      {may('catalog.review') ? (
        <>
          <Field spec={{ name: `opinion-${change.no}`, label: TEXTS.opinion, kind: 'area', required: true }} value={opinion} onChange={(value) => setOpinion((value as string | undefined) ?? '')} />
          <div className="mt-outcomes"><Button danger loading={busy} disabled={opinion.trim() === ''} onClick={() => once('rejectDraft', { reasons: opinion })}>{t('reject')}</Button>{lacking.map((gate) => <Button key={gate} type="primary" loading={busy} disabled={opinion.trim() === ''} onClick={() => once('reviewDraft', { review: gate, opinion })}>{t('pass', { gate: t(gate) })}</Button>)}</div>
        </>
      ) : null}
      {may('catalog.publish') && change.stage === 'reviewed' ? <div className="mt-row mt-filters"><Field spec={{ name: `from-${change.no}`, label: TEXTS.from, kind: 'day', required: true }} value={from} onChange={(value) => setFrom(String(value ?? ''))} /><Button type="primary" loading={busy} disabled={from === ''} onClick={() => once('publishDraft', { effectiveFrom: from })}>{t('doPublish')}</Button></div> : null}
    </section>
  )
}
