import { Button } from 'antd'
import { useState } from 'react'
import { asProblem, call, get, randomId, type Problem } from '../../../kit/console/api.ts'
import { useConfirm } from '../../../kit/console/dialog.tsx'
import { useKeys, WithKey } from '../../../kit/console/keys.tsx'
import { useLanguage, useSay } from '../../../kit/console/language.tsx'
import { useLoaded } from '../../../kit/console/loaded.ts'
import { Nothing, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { useTyped } from '../../../kit/console/typed.ts'
import { listInstant } from '../../../kit/console/when.ts'
import type { Hold, HoldEntry } from '../counter-contract.ts'
import { Batch, type Prepared } from './batch.tsx'
import { Filed, type FiledCase } from './filed.tsx'
import { applicantFrom, EMPTY, intakeOf, type Intake } from './intake.ts'
import { IntakeForm } from './intake-form.tsx'
import { OneField } from './one-field.tsx'

const TEXTS = {
  title: { zh: '综合窗口', en: 'Counter' }, fresh: { zh: '新的收件', en: 'New intake' }, holds: { zh: '挂起的收件', en: 'On hold' }, take: { zh: '取回', en: 'Take up' }, drop: { zh: '删除', en: 'Delete' }, saved: { zh: '保存于 {at}', en: 'saved {at}' }, sure: { zh: '删除挂起的收件“{name}”？已填写的内容将被删除。', en: 'Delete “{name}” from what is on hold? What was entered will be lost.' },
  hint: { zh: '读卡器、扫码枪可以直接读入。查到后按回车选中：选申请人为其办理，选事项开始收件，选办件打开办件。', en: 'Card readers and scanners type straight into the field. Enter chooses what was found: an applicant to serve, an item to begin an intake, a case to open.' },
  keys: { zh: '全部快捷键', en: 'All keys' }, back: { zh: '回到查找栏', en: 'Back to this field' },
} as const

/** 综合窗口: one field; then person, item and papers on one screen, until the papers are printed. */
export default function Counter() {
  const t = useSay(TEXTS)
  const language = useLanguage()
  const [intake, setIntake] = useState<Intake>(EMPTY)
  const [holdId, setHoldId] = useState(randomId)
  const [open, setOpen] = useState(false)
  const [kept, keepBatch] = useTyped('counter batch', { prepared: [] })
  const batch = kept['prepared'] as readonly Prepared[]
  const setBatch = (prepared: readonly Prepared[]): void => keepBatch({ prepared })
  const [confirm, ask] = useConfirm()
  const [filed, setFiled] = useState<FiledCase | null>(null)
  const [problem, setProblem] = useState<Problem>()
  const holds = useLoaded<{ holds: HoldEntry[] }>('/api/v1/counter/holds')
  const begin = (next: Intake): void => {
    setFiled(null)
    setIntake(next)
    setOpen(true)
  }
  const leave = (next: Intake = EMPTY, show = false): void => {
    setIntake(next)
    setHoldId(randomId())
    setOpen(show)
    holds.reload()
  }
  const take = async (id: string): Promise<void> => {
    try {
      const hold = await get<Hold>(`/api/v1/counter/holds/${id}`)
      setHoldId(hold.id)
      begin({ ...EMPTY, ...(hold.content as Partial<Intake>) })
    } catch (error) {
      setProblem(asProblem(error))
    }
  }
  const drop = async (id: string): Promise<void> => {
    await call('DELETE', `/api/v1/counter/holds/${id}`).catch((error: unknown) => setProblem(asProblem(error)))
    holds.reload()
  }
  useKeys([{ key: 'Alt+N', label: t('fresh'), off: open || filed !== null, run: () => begin(EMPTY) }])
  const inBatch = new Set(batch.map((one) => one.holdId))
  const others = (holds.data?.holds ?? []).filter((hold) => !inBatch.has(hold.id) && (!open || hold.id !== holdId))
  return (
    <Screen title={t('title')} actions={open ? null : <WithKey hint="Alt+N"><Button onClick={() => begin(EMPTY)}>{t('fresh')}</Button></WithKey>}>
      {confirm}
      <OneField
        onApplicant={(details) => begin({ ...(open ? intake : EMPTY), draft: null, applicant: { ...details } })}
        onFresh={(text) => begin({ ...(open ? intake : EMPTY), draft: null, applicant: applicantFrom(text) })}
        onDraft={(draft) => { setHoldId(randomId()); begin(intakeOf(draft)) }}
        onItem={(itemCode) => begin({ ...(open ? intake : EMPTY), itemCode, form: {}, materials: [], deferred: [], commitment: false, draft: null })}
      />
      <ProblemNote problem={problem ?? holds.problem} again={() => { setProblem(undefined); holds.reload() }} />
      {filed ? <Filed filed={filed} onAgain={(keep) => { setFiled(null); leave(keep, true) }} onClose={() => { setFiled(null); leave() }} /> : null}
      <Batch prepared={batch} onChange={setBatch} onFiled={(done) => { for (const one of done) void drop(one.holdId) }} />
      {open && !filed ? (
        <IntakeForm
          intake={intake} holdId={holdId} onChange={setIntake} onHeld={() => leave()} onDropped={() => { void drop(holdId); leave() }}
          onFiled={(answer) => { void drop(holdId); setOpen(false); setFiled({ ...answer, intake }) }}
          onPrepared={(prepared) => { setBatch([...batch.filter((one) => one.holdId !== prepared.holdId), prepared]); leave({ ...EMPTY, applicant: intake.applicant, representative: intake.representative, agent: intake.agent, service: intake.service }, true) }}
        />
      ) : null}
      {!open && !filed ? (
        <>
          <Nothing>{t('hint')}</Nothing>
          <dl className="mt-keys mt-keys-row"><div><dt><kbd>Alt+N</kbd></dt><dd>{t('fresh')}</dd></div><div><dt><kbd>F2</kbd></dt><dd>{t('back')}</dd></div><div><dt><kbd>F1</kbd></dt><dd>{t('keys')}</dd></div></dl>
        </>
      ) : null}
      {others.length > 0 ? (
        <section className="mt-section" aria-labelledby="holds">
          <h2 id="holds">{t('holds')} <small>{others.length}</small></h2>
          <ul className="mt-found-list">{others.map((hold) => <li key={hold.id} className="mt-row"><span className="mt-grow"><strong>{hold.label}</strong> <span className="mt-quiet">{t('saved', { at: listInstant(hold.savedAt, language) })}</span></span><Button size="small" aria-label={`${t('take')} ${hold.label}`} onClick={() => void take(hold.id)}>{t('take')}</Button><Button size="small" type="text" aria-label={`${t('drop')} ${hold.label}`} onClick={() => ask({ text: t('sure', { name: hold.label }), yes: t('drop'), run: () => drop(hold.id) })}>{t('drop')}</Button></li>)}</ul>
        </section>
      ) : null}
    </Screen>
  )
}
