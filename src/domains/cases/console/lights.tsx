import { Button } from 'antd'
import { useId, useMemo, useState } from 'react'
import { dayAt } from '../../../base/civil-day.ts'
import { Dialog } from '../../../kit/console/dialog.tsx'
import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { longDay } from '../../../kit/portal/words.ts'
import type { CaseView } from '../contract.ts'
import { LIGHT_APPEAL_GROUND_NAMES, LIGHT_OUTCOME_NAMES, type LightView } from '../lights/contract.ts'
import type { ActContext } from './act-forms.ts'
import { ActForm } from './act-form.tsx'
import { fileOf } from './file.ts'
import { CountedLightMark, LIGHT_STATE_NAMES, usePostWords } from './light-words.tsx'

const TEXTS = {
  title: { zh: '亮灯记录', en: 'Lights on record' }, lead: { zh: '灯记在岗位和环节上，不记在个人名下；时限本身不因申诉改变。', en: 'A light counts against a post and step, never a person; an appeal leaves the limit itself as it is.' },
  fell: { zh: '{day}落在', en: 'Fell on {day} on' }, moved: { zh: '{day}起改记在', en: 'Moved on {day} to' }, due: { zh: '{day}届满', en: 'due {day}' },
  until: { zh: '可申诉至{day}', en: 'appeal by {day}' }, late: { zh: '申诉期已过', en: 'the time to appeal is over' }, judgeBy: { zh: '应在{day}前决定', en: 'to be judged by {day}' },
  appeal: { zh: '申诉', en: 'Appeal' }, judge: { zh: '作出决定', en: 'Judge' }, appealOf: { zh: '对“{name}”的{light}申诉', en: 'Appeal against the {light} of “{name}”' }, judgeOf: { zh: '“{name}”{light}的申诉：作出决定', en: 'Judge the appeal against the {light} of “{name}”' },
  red: { zh: '红灯', en: 'red light' }, black: { zh: '黑灯', en: 'black light' },
  why: { zh: '{day}申诉，理由：{ground}。{reason}', en: 'Appealed on {day}: {ground}. {reason}' }, decided: { zh: '{day}决定：{outcome}。{reason}', en: 'Judged on {day}: {outcome}. {reason}' }, to: { zh: '改记到 {post}', en: 'Moved to {post}' }, evidence: { zh: '证据', en: 'Evidence' },
} as const

/** Red and black lights of a case: on which post and step each fell, whether it counts there, and the appeal against it. */
export function Lights({ view, onDone }: { readonly view: CaseView; readonly onDone: () => void }) {
  const t = useSay(TEXTS)
  const id = useId()
  const [open, setOpen] = useState<{ readonly act: 'appealLight' | 'judgeLight'; readonly light: LightView }>()
  const text = useText()
  const lights = view.lights ?? []
  const offer = open && view.acts.find((one) => one.act === open.act)
  const context = useContext(view, open?.light)
  if (lights.length === 0) return null
  const close = (): void => setOpen(undefined)
  return (
    <section className="mt-lights" aria-labelledby={id}>
      <h2 id={id}>{t('title')}</h2>
      <p className="mt-quiet">{t('lead')}</p>
      <ul>{lights.map((light) => <One key={keyOf(light)} caseNo={view.caseNo} light={light} onAct={(act) => setOpen({ act, light })} />)}</ul>
      {open && offer ? (
        <Dialog wide title={t(open.act === 'appealLight' ? 'appealOf' : 'judgeOf', { name: text(open.light.clockName), light: t(open.light.light) })} onClose={close}>
          <ul className="mt-lights"><One caseNo={view.caseNo} light={open.light} /></ul>
          <ActForm offer={offer} context={context} form={undefined} entered={false} titled={false} onDone={() => { close(); onDone() }} onStale={onDone} />
        </Dialog>
      ) : null}
    </section>
  )
}

const keyOf = ({ clock, light, task, dueOn }: LightView): string => `${clock} ${light} ${task} ${dueOn}`

function useContext(view: CaseView, light: LightView | undefined): ActContext {
  const text = useText()
  const post = usePostWords()
  return useMemo(() => ({ view, file: fileOf(view), item: undefined, text, post, today: dayAt(new Date()), colleagues: [], ...(light ? { light } : {}) }), [view, text, post, light])
}

function One({ caseNo, light, onAct }: { readonly caseNo: string; readonly light: LightView; readonly onAct?: (act: 'appealLight' | 'judgeLight') => void }) {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const post = usePostWords()
  const { appeal } = light
  const day = (on: string): string => longDay(on, language)
  const left = light.appealBy === null ? (appeal && !appeal.decision ? t('judgeBy', { day: day(appeal.judgeBy) }) : '') : light.appealBy < dayAt(new Date()) ? t('late') : t('until', { day: day(light.appealBy) })
  const name = `${text(light.clockName)} ${t(light.light)}`
  return (
    <li className={onAct ? '' : 'mt-plain-item'}>
      <div className="mt-light-line">
        <CountedLightMark light={light.light} />
        <strong>{text(light.clockName)}</strong>
        <span className={`mt-stage${light.state === 'appealed' ? ' mt-stage-open' : ''}`}>{text(LIGHT_STATE_NAMES[light.state])}</span>
        {onAct && light.mayAppeal ? <Button size="small" aria-label={`${t('appeal')} ${name}`} onClick={() => onAct('appealLight')}>{t('appeal')}</Button> : null}
        {onAct && appeal?.mayJudge ? <Button size="small" type="primary" aria-label={`${t('judge')} ${name}`} onClick={() => onAct('judgeLight')}>{t('judge')}</Button> : null}
      </div>
      <p>{t(light.movedHere ? 'moved' : 'fell', { day: day(light.fellOn) })} <strong>{post(light)}</strong> · {t('due', { day: day(light.dueOn) })}{left ? ` · ${left}` : ''}</p>
      {appeal ? (
        <div className="mt-said">
          <p>{t('why', { day: day(appeal.on), ground: text(LIGHT_APPEAL_GROUND_NAMES[appeal.ground]), reason: appeal.reason })}</p>
          {appeal.files.length > 0 ? <p>{t('evidence')} {appeal.files.map((file) => <a key={file.id} href={`/api/v1/cases/${encodeURIComponent(caseNo)}/files/${file.id}`} target="_blank" rel="noreferrer">{file.name} </a>)}</p> : null}
          {appeal.decision ? <p>{t('decided', { day: day(appeal.decision.on), outcome: text(LIGHT_OUTCOME_NAMES[appeal.decision.outcome]), reason: appeal.decision.reason })}{appeal.decision.to ? ` ${t('to', { post: post(appeal.decision.to) })}` : ''}</p> : null}
        </div>
      ) : null}
    </li>
  )
}
