import { Button } from 'antd'
import { useState } from 'react'
import { asProblem, call, get, randomId, type Problem } from '../../../kit/console/api.ts'
import { useLanguage, useSay } from '../../../kit/console/language.tsx'
import { useLoaded } from '../../../kit/console/loaded.ts'
import { Nothing, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { when } from '../../../kit/console/when.ts'
import type { Hold, HoldEntry } from '../counter-contract.ts'
import { Batch, type Prepared } from './batch.tsx'
import { Filed, type FiledCase } from './filed.tsx'
import { applicantFrom, EMPTY, type Intake } from './intake.ts'
import { IntakeForm } from './intake-form.tsx'
import { OneField } from './one-field.tsx'

const TEXTS = {
  title: { zh: '综合窗口', en: 'Counter' }, fresh: { zh: '新的收件', en: 'New intake' }, holds: { zh: '挂起的收件', en: 'On hold' }, take: { zh: '取回', en: 'Take up' }, drop: { zh: '删除', en: 'Delete' }, saved: { zh: '保存于 {at}', en: 'saved {at}' },
  hint: { zh: '读卡器、扫码枪可以直接读入。查到申请人就按回车选中，输入事项名称直接开始收件；按 ? 看全部快捷键。', en: 'Card readers and scanners type straight into the field. Enter chooses the applicant that was found; an item’s name begins an intake; ? lists the keys.' },
} as const

/** 综合窗口: one field; then person, item and papers on one screen, until the papers are printed. */
export default function Counter() {
  const t = useSay(TEXTS)
  const language = useLanguage()
  const [intake, setIntake] = useState<Intake>(EMPTY)
  const [holdId, setHoldId] = useState(randomId)
  const [open, setOpen] = useState(false)
  const [batch, setBatch] = useState<readonly Prepared[]>([])
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
  const others = (holds.data?.holds ?? []).filter((hold) => !open || hold.id !== holdId)
  return (
    <Screen title={t('title')} actions={open ? null : <Button onClick={() => begin(EMPTY)}>{t('fresh')}</Button>}>
      <OneField
        onApplicant={(details) => begin({ ...(open ? intake : EMPTY), applicant: { ...details } })}
        onFresh={(text) => begin({ ...(open ? intake : EMPTY), applicant: applicantFrom(text) })}
        onItem={(itemCode) => begin({ ...(open ? intake : EMPTY), itemCode, form: {}, materials: [], deferred: [], commitment: false })}
      />
      <ProblemNote problem={problem ?? holds.problem} />
      {filed ? <Filed filed={filed} onAgain={(keep) => { setFiled(null); leave(keep, true) }} onClose={() => { setFiled(null); leave() }} /> : null}
      <Batch prepared={batch} onChange={setBatch} />
      {open && !filed ? (
        <IntakeForm
          intake={intake} holdId={holdId} onChange={setIntake} onHeld={() => leave()} onDropped={() => { void drop(holdId); leave() }}
          onFiled={(answer) => { void drop(holdId); setOpen(false); setFiled({ ...answer, intake }) }}
          onPrepared={(prepared) => { void drop(holdId); setBatch([...batch, prepared]); leave({ ...EMPTY, applicant: intake.applicant, representative: intake.representative, agent: intake.agent, service: intake.service }, true) }}
        />
      ) : null}
      {!open && !filed ? <Nothing>{t('hint')}</Nothing> : null}
      {others.length > 0 ? (
        <section className="mt-section" aria-labelledby="holds">
          <h2 id="holds">{t('holds')} <small>{others.length}</small></h2>
          <ul className="mt-found-list">{others.map((hold) => <li key={hold.id} className="mt-row"><span className="mt-grow"><strong>{hold.label}</strong> <span className="mt-quiet">{t('saved', { at: when(hold.savedAt, language) })}</span></span><Button size="small" aria-label={`${t('take')} ${hold.label}`} onClick={() => void take(hold.id)}>{t('take')}</Button><Button size="small" type="text" aria-label={`${t('drop')} ${hold.label}`} onClick={() => void drop(hold.id)}>{t('drop')}</Button></li>)}</ul>
        </section>
      ) : null}
    </Screen>
  )
}
