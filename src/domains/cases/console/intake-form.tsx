import { Button, Checkbox } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { asProblem, AttemptKey, call, type Problem } from '../../../kit/console/api.ts'
import { useConfirm } from '../../../kit/console/dialog.tsx'
import { errorsByField, Field, Fields, focusFirstEmpty, focusFirstWrong } from '../../../kit/console/fields.tsx'
import { useKeys, WithKey } from '../../../kit/console/keys.tsx'
import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { useLoaded, useSettled } from '../../../kit/console/loaded.ts'
import { Link } from '../../../kit/console/router.tsx'
import { useMay } from '../../../kit/console/session.ts'
import { Loading, ProblemNote } from '../../../kit/console/screen.tsx'
import { amountOf, listInstant } from '../../../kit/console/when.ts'
import type { FoundAccount } from '../account-contract.ts'
import type { FiledView } from '../contract.ts'
import type { Prepared } from './batch.tsx'
import { useGuide } from './guide.ts'
import { agentFields, applicantFields, applicationOf, isUntouched, materialsOf, representativeFields, serviceFields, type Intake } from './intake.ts'
import { ItemForm } from './item-form.tsx'
import { MaterialRows } from './material-rows.tsx'
import type { OpenSplit } from './use-split.ts'

const TEXTS = {
  applicant: { zh: '申请人', en: 'Applicant' }, withRepresentative: { zh: '有法定代表人或者监护人', en: 'With a legal representative or guardian' }, withAgent: { zh: '代理人办理', en: 'An agent applies' }, inPerson: { zh: '该事项须本人办理（{article}）', en: 'In person only ({article})' },
  item: { zh: '事项', en: 'Item' }, noItem: { zh: '还没有选事项：按 F2 回到查找栏，输入事项名称。', en: 'No item yet: press F2 and type its name.' }, form: { zh: '表单', en: 'Form' }, materials: { zh: '材料', en: 'Materials' }, service: { zh: '送达', en: 'Service' },
  commitment: { zh: '按告知承诺制办理', en: 'Decide on a commitment' }, deferredDue: { zh: '容缺材料须在 {n} 个工作日内补交；逾期：{outcome}', en: 'Materials that follow are due within {n} working days; otherwise: {outcome}' }, promise: { zh: '容缺承诺书（扫描件，可不附）', en: 'The signed promise (scan, optional)' }, signed: { zh: '申请人已签署容缺承诺书', en: 'The applicant has signed the promise' },
  submit: { zh: '提交并出具凭证', en: 'Submit and give the receipt' }, hold: { zh: '挂起', en: 'Hold' }, drop: { zh: '放弃', en: 'Discard' }, addToBatch: { zh: '加入批次，再办一件', en: 'Add to the batch' }, saved: { zh: '已自动保存 {at}', en: 'Saved {at}' }, unsaved: { zh: '正在保存…', en: 'Saving…' }, failedSave: { zh: '没有保存成功，内容仍在本页', en: 'Could not be saved; it is still on this page' }, limit: { zh: '{department} · 承诺 {limit}', en: '{department} · promised {limit}' },
  online: { zh: '申请人网上的草稿 {no}，在此接着办；提交后申请人网上可见。', en: 'The applicant’s draft {no}, begun online; once submitted she sees it online.' },
  declared: { zh: '网上账户“{name}”（{phone}）填报了同一证件，尚未核验。', en: 'The online account “{name}” ({phone}) declares this document and is not confirmed.' }, confirm: { zh: '核验原件并确认身份（收件自动挂起）', en: 'Confirm against the original (the intake is put on hold)' },
  sureDrop: { zh: '放弃这份收件？已填写的内容将被删除。', en: 'Discard this intake? What was entered will be deleted.' },
} as const

export interface IntakeFormProps {
  readonly intake: Intake; readonly holdId: string; readonly onChange: (intake: Intake) => void; readonly onHeld: () => void; readonly onDropped: () => void
  readonly onFiled: (answer: FiledView) => void; readonly onPrepared: (prepared: Prepared) => void
}

/** Person, item, form and papers on one screen. Saved to the hold as it is typed, so that a lost session loses nothing. */
export function IntakeForm({ intake, holdId, onChange, onHeld, onDropped, onFiled, onPrepared }: IntakeFormProps) {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const [confirm, ask] = useConfirm()
  const whole = useRef<HTMLDivElement>(null)
  const guide = useGuide(intake.itemCode)
  const { item, form } = guide
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const attempts = useRef(new AttemptKey())
  const name = `${String(intake.applicant['name'] ?? intake.applicant['idNumber'] ?? '') || '—'} · ${item?.name ?? '—'}`
  const { said, stop } = useAutosave(intake, holdId, name)
  const set = (change: Partial<Intake>): void => onChange({ ...intake, ...change })
  const openSplit = useRef<OpenSplit | null>(null)
  const latest = useRef(intake)
  latest.current = intake
  /** The intake with a scan that was still being sorted cut into its materials; null while pages of it are open. */
  const whenSplit = async (): Promise<Intake | null> => {
    if (!openSplit.current) return intake
    const materials = await openSplit.current.finish()
    return materials && { ...latest.current, materials }
  }
  const submit = async (): Promise<void> => {
    if (busy || !item) return
    setBusy(true)
    setProblem(undefined)
    try {
      const ready = await whenSplit()
      if (ready === null) return
      const body = applicationOf(ready, form)
      // Otherwise what is being saved could come back as an intake on hold after it was filed.
      await stop()
      const key = attempts.current.for(body)
      const answer = intake.draft ? await submitDraft(intake.draft, body, key) : await call<FiledView>('POST', '/api/v1/cases', { body, key })
      attempts.current.renew()
      onFiled(answer)
    } catch (error) {
      setProblem(asProblem(error))
      focusFirstWrong(whole.current)
    } finally {
      setBusy(false)
    }
  }
  const hold = async (): Promise<void> => {
    try {
      // What is not sorted yet stays on this screen for as long as the page is open.
      const ready = (openSplit.current?.sorted ? await whenSplit() : null) ?? intake
      await stop()
      await saveHold(ready, holdId, name)
      onHeld()
    } catch (error) {
      setProblem(asProblem(error))
    }
  }
  const drop = async (): Promise<void> => {
    await stop()
    onDropped()
  }
  const addToBatch = async (): Promise<void> => {
    if (!item) return
    try {
      const ready = await whenSplit()
      if (ready === null) return
      await stop()
      await saveHold(ready, holdId, name)
      onPrepared({ holdId, name, application: applicationOf(ready, form) })
    } catch (error) {
      setProblem(asProblem(error))
    }
  }
  useKeys([
    { key: 'Alt+S', label: t('submit'), off: busy || !item, run: () => void submit() }, { key: 'Alt+H', label: t('hold'), run: () => void hold() }, { key: 'Alt+B', label: t('addToBatch'), off: !item || intake.draft !== null, run: () => void addToBatch() },
  ])
  // Person or item has just been chosen in the one field: the keyboard goes to what is still to be filled in.
  const ready = item?.code ?? ''
  const who = `${String(intake.applicant['kind'])} ${String(intake.applicant['idNumber'] ?? '')}`
  useEffect(() => {
    if (document.activeElement !== document.body || (intake.itemCode !== null && ready === '')) return
    if (!focusFirstEmpty(whole.current) && intake.itemCode === null) document.getElementById('one-field')?.focus()
  }, [ready, who, intake.itemCode])
  const errors = (prefix: string) => errorsByField(problem?.errors, prefix)
  const promised = item?.promisedLimit
  return (
    <div id="intake" ref={whole}>
      {confirm}
      <ProblemNote problem={problem ?? guide.problem} />
      {intake.draft ? <p className="mt-banner">{t('online', { no: intake.draft.caseNo })}</p> : null}
      <section className="mt-section" aria-labelledby="intake-applicant">
        <h2 id="intake-applicant">{t('applicant')}</h2>
        <Fields specs={applicantFields(intake.applicant, text)} values={intake.applicant} errors={errors('/applicant')} onChange={(next) => set({ applicant: next['kind'] === intake.applicant['kind'] ? next : { ...next, idType: next['kind'] === 'organisation' ? '001' : '111' } })} />
        <DeclaredAccounts idNumber={String(intake.applicant['idNumber'] ?? '')} />
        <div className="mt-row mt-after-fields">
          <Checkbox checked={intake.representative !== null} onChange={(event) => set({ representative: event.target.checked ? { relation: intake.applicant['kind'] === 'organisation' ? 'legalRepresentative' : 'guardian', idType: '111' } : null })}>{t('withRepresentative')}</Checkbox>
          {item?.inPersonOnly ? <span className="mt-note">{t('inPerson', { article: item.inPersonOnly.article })}</span> : <Checkbox checked={intake.agent !== null} onChange={(event) => set({ agent: event.target.checked ? { idType: '111' } : null })}>{t('withAgent')}</Checkbox>}
        </div>
        {intake.representative ? <Fields specs={representativeFields(text)} values={intake.representative} errors={errors('/representative')} onChange={(representative) => set({ representative })} /> : null}
        {intake.agent ? <Fields specs={agentFields(text)} values={intake.agent} errors={errors('/agent')} onChange={(agent) => set({ agent })} /> : null}
      </section>
      <section className="mt-section" aria-labelledby="intake-item">
        <h2 id="intake-item">{item ? item.name : t('item')} {item ? <small>{promised ? t('limit', { department: item.department, limit: amountOf(promised.amount, promised.unit, language) }) : item.department}</small> : null}</h2>
        {intake.itemCode === null ? <p className="mt-nothing">{t('noItem')}</p> : item === undefined ? <Loading /> : (
          <>
            {item.commitment ? <Checkbox checked={intake.commitment} onChange={(event) => set({ commitment: event.target.checked })}>{t('commitment')}</Checkbox> : null}
            {intake.commitment && item.commitment ? <p className="mt-banner">{item.commitment.letter} {item.commitment.consequences}</p> : null}
            {form ? <ItemForm form={form} values={intake.form} errors={errors('/form')} onChange={(next) => set({ form: next })} /> : null}
          </>
        )}
      </section>
      {item ? (
        <section className="mt-section" aria-labelledby="intake-materials">
          <h2 id="intake-materials">{t('materials')}</h2>
          <MaterialRows materials={materialsOf(item, intake.commitment)} value={intake.materials} onChange={(materials) => set({ materials, deferred: intake.deferred.filter((id) => !materials.some((given) => given.materialId === id)) })} deferred={intake.deferred} deferrable={item.deferredAcceptance?.materials ?? []} onDeferred={(deferred) => set({ deferred })} form={holdId} openSplit={openSplit} />
          {intake.deferred.length > 0 && item.deferredAcceptance ? (
            <div className="mt-banner">
              <p>{t('deferredDue', { n: item.deferredAcceptance.workingDays, outcome: item.deferredAcceptance.outcome })}</p>
              <Checkbox checked={intake.promiseSigned} onChange={(event) => set({ promiseSigned: event.target.checked })}>{t('signed')}</Checkbox>
              <Field spec={{ name: 'promise', label: TEXTS.promise, kind: 'file' }} value={intake.promiseFileId ?? undefined} onChange={(file) => set({ promiseFileId: (file as string | undefined) ?? null })} />
            </div>
          ) : null}
        </section>
      ) : null}
      <section className="mt-section" aria-labelledby="intake-service">
        <h2 id="intake-service">{t('service')}</h2>
        <Fields specs={serviceFields(text)} values={intake.service} errors={errors('/service')} onChange={(service) => set({ service })} />
      </section>
      <div className="mt-sticky-end">
        <span className="mt-saved" role="status">{said}</span>
        <Button type="text" onClick={() => (isUntouched(intake) ? void drop() : ask({ text: t('sureDrop'), yes: t('drop'), run: drop }))}>{t('drop')}</Button>
        <WithKey hint="Alt+H"><Button onClick={() => void hold()}>{t('hold')}</Button></WithKey>
        <WithKey hint="Alt+B"><Button disabled={!item || intake.draft !== null} onClick={() => void addToBatch()}>{t('addToBatch')}</Button></WithKey>
        <WithKey hint="Alt+S"><Button type="primary" loading={busy} disabled={!item} onClick={() => void submit()}>{t('submit')}</Button></WithKey>
      </div>
    </div>
  )
}

/** Accounts that declared this document online and were not confirmed: with the original on the counter it takes one look. */
function DeclaredAccounts({ idNumber }: { readonly idNumber: string }) {
  const t = useSay(TEXTS)
  const may = useMay()
  const settled = useSettled(idNumber.trim(), 400)
  const found = useLoaded<{ accounts: FoundAccount[] }>(settled.length >= 5 && may('access.confirmIdentity') ? '/api/v1/counter/accounts/find' : null, { q: settled })
  const declared = (found.data?.accounts ?? []).filter((one) => one.declared)
  return declared.length === 0 ? null : <div className="mt-banner mt-after-fields">{declared.map((one) => <p key={one.id}>{t('declared', { name: one.name, phone: one.phone })} <Link to={`/counter/accounts/${one.id}`}>{t('confirm')}</Link></p>)}</div>
}

const saveHold = (intake: Intake, holdId: string, label: string) =>
  call<{ savedAt: string }>('PUT', `/api/v1/counter/holds/${holdId}`, { body: { itemCode: intake.itemCode, label: label.slice(0, 200), content: intake } })

/** The draft itself becomes the application, with the code that the act answers. */
async function submitDraft({ caseNo, revision }: NonNullable<Intake['draft']>, input: object, key: string): Promise<FiledView> {
  const answer = await call<FiledView & { readonly result: { readonly trackCode: string } }>('POST', `/api/v1/cases/${caseNo}/acts`, { body: { act: 'submit', revision, input }, key })
  return { ...answer, trackCode: answer.result.trackCode }
}

const SAVE_MS = 1500

/** Saves a second and a half after the last keystroke, and what is not saved yet when the screen is left; says when. `stop` ends it, after what is under way. */
function useAutosave(intake: Intake, holdId: string, label: string): { readonly said: string; readonly stop: () => Promise<void> } {
  const t = useSay(TEXTS)
  const language = useLanguage()
  const [state, setState] = useState<{ readonly at?: string; readonly failed?: boolean; readonly waiting?: boolean }>({})
  const saving = useRef<Promise<void>>(Promise.resolve())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const unsaved = useRef<(() => void) | null>(null)
  const whole = JSON.stringify(intake)
  // What it was opened with is known elsewhere: saved as a hold, or the applicant carried on from the case before.
  const opened = useRef({ holdId, whole, changed: false })
  useEffect(() => {
    if (opened.current.holdId !== holdId) {
      opened.current = { holdId, whole, changed: false }
      setState({})
    }
    opened.current.changed ||= whole !== opened.current.whole
    if (!opened.current.changed) return
    setState((before) => ({ ...before, waiting: true }))
    const save = (): void => {
      unsaved.current = null
      saving.current = saveHold(intake, holdId, label).then(({ savedAt }) => setState({ at: savedAt }), () => setState({ failed: true }))
    }
    unsaved.current = save
    timer.current = setTimeout(save, SAVE_MS)
    return () => clearTimeout(timer.current)
    // The text of the intake is what decides, not the object.
  }, [whole, holdId, label])
  useEffect(() => () => unsaved.current?.(), [])
  const stop = (): Promise<void> => {
    clearTimeout(timer.current)
    unsaved.current = null
    return saving.current
  }
  return { said: state.failed ? t('failedSave') : state.waiting ? t('unsaved') : state.at ? t('saved', { at: listInstant(state.at, language) }) : '', stop }
}
