import { App, Button } from 'antd'
import { useEffect, useId, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { asProblem, AttemptKey, call, type Problem } from '../../../kit/console/api.ts'
import { useConfirm } from '../../../kit/console/dialog.tsx'
import { errorsByField, Fields, focusFirstWrong, type Values } from '../../../kit/console/fields.tsx'
import { useKeys, WithKey } from '../../../kit/console/keys.tsx'
import { useSay, useText } from '../../../kit/console/language.tsx'
import { ProblemNote } from '../../../kit/console/screen.tsx'
import { useTyped } from '../../../kit/console/typed.ts'
import type { GuideForm, GuideItem } from './guide.ts'
import type { CaseView, MaterialInput } from '../contract.ts'
import { actFields, articleOf, endingsOf, initialValues, inputOf, withoutHidden, type ActContext, type Ending } from './act-forms.ts'
import { Defects } from './defects.tsx'
import { ItemForm, shownValues } from './item-form.tsx'
import { MaterialRows } from './material-rows.tsx'
import { FailedNotice } from './notices.tsx'
import { UnsentNoticeKeeper } from './unsent-notice.tsx'
import type { OpenSplit } from './use-split.ts'

type Offer = CaseView['acts'][number]

const TEXTS = {
  ground: { zh: '依据 {article}', en: 'Under {article}' }, sure: { zh: '确定要“{act}”吗？', en: 'Really “{act}”?' },
  done: { zh: '“{act}”已办妥，凭证编号 {receipt}', en: '“{act}” is done; receipt {receipt}' }, nothing: { zh: '这一行为没有需要填写的内容。', en: 'This act needs nothing filled in.' }, stale: { zh: '有人刚刚办理过本件。页面已更新为最新状态，您填写的内容都在；请核对后再提交。', en: 'Somebody has just acted on this case. The page now shows the latest state and keeps what you typed; check it and submit again.' },
  submitKey: { zh: '提交当前表单', en: 'Submit the open form' },
} as const

export interface ActFormProps {
  readonly offer: Offer
  readonly context: ActContext
  readonly form: GuideForm | undefined
  /** Chosen just now: the keyboard stands in its first field. */
  readonly entered: boolean
  readonly onDone: () => void
  readonly onStale: () => void
  /** False in a dialogue, which names the act already. */
  readonly titled?: boolean
}

/** The form of one act, with its ways out and the legal ground. */
export function ActForm({ offer, context, form, entered, onDone, onStale, titled = true }: ActFormProps) {
  const t = useSay(TEXTS)
  const text = useText()
  const { message } = App.useApp()
  const [confirm, ask] = useConfirm()
  const { view, file, item } = context
  const [values, setValues, forget] = useTyped(`${view.caseNo} ${offer.act}${context.light ? ` ${context.light.clock} ${context.light.light} ${context.light.task}` : ''}`, initialValues(offer.act, context))
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const [stale, setStale] = useState(false)
  const openSplit = useRef<OpenSplit | null>(null)
  const attempts = useRef(new AttemptKey())
  const heading = useRef<HTMLHeadingElement>(null)
  const titleId = useId()
  const whole = useRef<HTMLFormElement>(null)
  const specs = actFields(offer.act, context)
  const name = text(offer.name)
  const article = articleOf(offer.act)
  const endings = endingsOf(offer, file)
  useEffect(() => { heading.current?.scrollIntoView({ block: 'nearest' }) }, [])
  const send = async (ending: Ending): Promise<void> => {
    setBusy(true)
    setProblem(undefined)
    try {
      // A scan that is still being sorted is cut into its materials first; while pages of it are open nothing is sent.
      const split = openSplit.current
      const materials = split && await split.finish()
      if (split && materials === null) return
      const body = { act: offer.act, revision: view.revision, input: actInput(offer, withoutHidden(specs, { ...values, ...(materials ? { materials } : {}), ...ending.values }), form, context) }
      const answer = await call<{ receipt: { id: string } }>('POST', `/api/v1/cases/${view.caseNo}/acts`, { body, key: attempts.current.for(body) })
      attempts.current.renew()
      setStale(false)
      forget()
      void message.success(t('done', { act: name, receipt: answer.receipt.id.slice(0, 8) }))
      onDone()
    } catch (error) {
      const refused = asProblem(error)
      if (refused.code === 'flow/stale') {
        setStale(true)
        onStale()
      } else {
        setProblem(refused)
        focusFirstWrong(whole.current)
      }
    } finally {
      setBusy(false)
    }
  }
  const submit = (ending: Ending): void => {
    if (!ending.grave) { void send(ending); return }
    // What ends a case or goes against the applicant is asked once more; the keyboard's Enter answers.
    ask({ text: t('sure', { act: text(ending.label) }), yes: text(ending.label), run: () => send(ending) })
  }
  useKeys([{ key: 'Alt+S', label: t('submitKey'), off: busy, inDialog: !titled, run: () => submit(endings.at(-1)!) }])
  // Out of the field, so that the number keys choose another act.
  const leave = (event: KeyboardEvent): void => { if (event.key === 'Escape' && document.activeElement instanceof HTMLElement) document.activeElement.blur() }
  const errors = errorsByField(problem?.errors, '/input')
  return (
    <form ref={whole} className="mt-act-form" onKeyDown={leave} onSubmit={(event) => { event.preventDefault(); if (endings.length === 1) submit(endings[0]!) }} {...(titled ? { 'aria-labelledby': titleId } : { 'aria-label': name })}>
      {confirm}
      {titled ? <h3 id={titleId} ref={heading}>{name}</h3> : null}
      {stale ? <p className="mt-banner" role="status">{t('stale')}</p> : null}
      <ProblemNote problem={problem} />
      {offer.act === 'requestSupplement' ? <UnsentNoticeKeeper caseNo={view.caseNo} values={values} onChange={setValues} /> : null}
      {offer.act === 'requestSupplement' ? <Defects item={item} form={form} file={file} values={values} onChange={setValues} />
        : MATERIAL_ACTS.includes(offer.act) ? <MaterialsPart openSplit={openSplit} caseNo={view.caseNo} offer={offer} item={item} form={form} file={file} values={values} onChange={setValues} errors={errorsByField(problem?.errors, '/form')} />
          : offer.act === 'telephoned' ? <FailedNotice view={view} value={values['deliveryId']} error={errors['deliveryId']} onChange={(deliveryId) => setValues({ ...values, deliveryId })} />
            : specs.length === 0 ? <p className="mt-quiet">{t('nothing')}</p> : null}
      {specs.length > 0 ? <Fields autoFocus={entered} specs={specs} values={values} onChange={setValues} errors={{ ...errorsByField(problem?.errors), ...errors }} /> : null}
      <div className="mt-outcomes">
        {article ? <span className="mt-ground" lang="zh-CN">{t('ground', { article })}</span> : null}
        {endings.map((ending) => <WithKey key={ending.key} hint={ending === endings.at(-1) ? 'Alt+S' : ''}><Button type={ending.grave && endings.length > 1 ? 'default' : 'primary'} danger={ending.grave && endings.length > 1} loading={busy} onClick={() => submit(ending)}>{text(ending.label)}</Button></WithKey>)}
      </div>
    </form>
  )
}

const MATERIAL_ACTS: readonly string[] = ['receive', 'supplement', 'supplyDeferred', 'correctOnSpot']
const WITH_FORM: readonly string[] = ['supplement', 'correctOnSpot']

/** Materials beside the form fields they go with: receiving, correcting, supplementing. */
function MaterialsPart({ openSplit, caseNo, offer, item, form, file, values, onChange, errors }: { readonly openSplit: RefObject<OpenSplit | null>; readonly caseNo: string; readonly offer: Offer; readonly item: GuideItem | undefined; readonly form: GuideForm | undefined; readonly file: ActContext['file']; readonly values: Values; readonly onChange: (values: Values) => void; readonly errors: Readonly<Record<string, string>> }) {
  const open = offer.act === 'supplement' ? file.supplements?.at(-1)?.defects ?? [] : []
  const asked = new Set(open.flatMap((defect) => (defect.materialId === null ? [] : [defect.materialId])))
  const materials = (item?.materials ?? []).filter((material) => (offer.act === 'supplyDeferred' ? file.deferred?.materials.includes(material.id) : asked.size > 0 ? asked.has(material.id) : material.demanded))
  const shownForm = (values['form'] as Values | undefined) ?? file.form ?? {}
  return (
    <>
      {open.length > 0 ? <ul>{open.map((defect) => <li key={`${defect.materialId}${defect.field}${defect.what}`}>{defect.what}</li>)}</ul> : null}
      <MaterialRows materials={materials} value={(values['materials'] as MaterialInput[] | undefined) ?? []} onChange={(list) => onChange({ ...values, materials: list })} form={`${caseNo} ${offer.act}`} openSplit={openSplit} />
      {WITH_FORM.includes(offer.act) && form ? <ItemForm form={form} values={shownForm} errors={errors} onChange={(next) => onChange({ ...values, form: next })} /> : null}
      {offer.act === 'correctOnSpot' ? <Fields specs={[{ name: 'what', label: { zh: '更正了什么', en: 'What was corrected' }, kind: 'area', required: true, maxLength: 500 }]} values={values} onChange={onChange} /> : null}
    </>
  )
}

function actInput(offer: Offer, values: Values, form: GuideForm | undefined, context: ActContext): Record<string, unknown> {
  const input = inputOf(offer.act, values, offer, context)
  if (!MATERIAL_ACTS.includes(offer.act)) return input
  const withForm = WITH_FORM.includes(offer.act)
  return { ...input, materials: input['materials'] ?? [], ...(withForm ? { form: form && input['form'] ? shownValues(form, input['form'] as Values) : {} } : {}) }
}
