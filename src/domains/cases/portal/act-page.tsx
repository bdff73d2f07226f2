import { Button, Checkbox, ErrorSummary, FileField, FormKeys, inLanguage, Layout, messages, Notice, part, TextArea, TextField, type Frame, type Markup } from '../../../kit/portal/index.ts'
import type { FormDefinition, FormField, Item, Material } from '../../catalog/contract.ts'
import type { CaseData } from '../case.ts'
import { FieldOf } from './form-fields.tsx'

const say = messages({
  mine: { zh: '我的', en: 'My affairs' },
  supplement: { zh: '补正材料', en: 'Supplement your application' },
  supplyDeferred: { zh: '补交容缺材料', en: 'Supply deferred materials' },
  correctOnSpot: { zh: '更正或者更换材料', en: 'Correct or replace materials' },
  clarify: { zh: '说明问题', en: 'Answer a question' },
  collect: { zh: '取件签收', en: 'Collect and sign' },
  withdraw: { zh: '撤回申请', en: 'Withdraw the application' },
  hearAnnulment: { zh: '撤销前陈述、申辩', en: 'State your case before an annulment' },
  told: { zh: '拟撤销的事实', en: 'The facts as told' },
  statement: { zh: '您的陈述、申辩', en: 'Your statement' },
  waive: { zh: '我放弃陈述、申辩', en: 'I waive the right to state my case' },
  defects: { zh: '需要补正的内容', en: 'What must be supplemented' },
  file: { zh: '上传：{name}', en: 'Upload: {name}' },
  kept: { zh: '已上传“{name}”，重新选择会替换', en: '“{name}” is uploaded; choosing another replaces it' },
  remarks: { zh: '需要说明的', en: 'Remarks' },
  what: { zh: '更正了什么', en: 'What you corrected' },
  question: { zh: '我们的问题', en: 'Our question' },
  answer: { zh: '您的答复', en: 'Your answer' },
  attachment: { zh: '附件', en: 'Attachment' },
  code: { zh: '取件码', en: 'Collection code' },
  signedBy: { zh: '签收人', en: 'Signed by' },
  reason: { zh: '理由', en: 'Reason' },
  withdrawText: { zh: '作出决定之前可以撤回。撤回后退还原件，不影响您以后再次申请。', en: 'You may withdraw before the decision. Originals are returned and you may apply again at any time.' },
  withdrawGo: { zh: '确认撤回', en: 'Withdraw it' },
  send: { zh: '提交', en: 'Send' },
  cancel: { zh: '不办了，返回', en: 'Leave it and go back' },
  staleTitle: { zh: '这个办件刚有新的进展', en: 'The case has just moved' },
  stale: { zh: '您填写的内容在下面，没有丢失；核对后请再提交一次。', en: 'What you entered stands below, nothing is lost. Check it and send once more.' },
})

export const PARTY_ACTS = ['supplement', 'supplyDeferred', 'correctOnSpot', 'clarify', 'collect', 'hearAnnulment', 'withdraw'] as const
export type PartyAct = (typeof PARTY_ACTS)[number]

export interface ActPageProps {
  readonly frame: Frame
  readonly caseNo: string
  readonly revision: number
  readonly act: PartyAct
  readonly data: CaseData
  readonly item: Item
  readonly form: FormDefinition | null
  readonly sendKey: string
  readonly values: Readonly<Record<string, string>>
  /** Typed values of form fields. */
  readonly entered: Readonly<Record<string, unknown>>
  /** Files uploaded already, by field name: id and name. */
  readonly uploaded: ReadonlyMap<string, { readonly id: string; readonly name: string }>
  readonly problems: readonly { readonly name: string; readonly message: string }[]
  readonly stale: boolean
}

/** What an act asks the applicant to bring: materials by upload, fields of the form. */
export function wantedBy(act: PartyAct, data: CaseData, item: Item, form: FormDefinition | null): { readonly materials: readonly Material[]; readonly fields: readonly FormField[] } {
  const of = (ids: readonly (string | null)[]): Material[] => item.materials.filter(({ id }) => ids.includes(id))
  if (act === 'supplement') {
    const defects = data.supplements.at(-1)?.defects ?? []
    const fields = (form?.sections ?? []).flatMap((section) => section.fields).filter(({ id }) => defects.some(({ field }) => field === id))
    return { materials: of(defects.map(({ materialId }) => materialId)), fields }
  }
  if (act === 'supplyDeferred') return { materials: of((data.deferred?.materials ?? []).filter((id) => !data.materials.some(({ materialId }) => materialId === id))), fields: [] }
  return { materials: act === 'correctOnSpot' ? item.materials.filter(({ demanded, form: kind }) => demanded && kind !== 'paper') : [], fields: [] }
}

/** One act of the applicant on her case. Sending it twice is harmless; if the case moved meanwhile, what was typed stays. */
export const ActPage = (props: ActPageProps): Markup => {
  const { frame, caseNo, act, data, item, form, values, problems, uploaded } = props
  const { language } = frame
  const t = say(language)
  const { materials, fields } = wantedBy(act, data, item, form)
  const error = (name: string): { error?: string } => { const found = problems.find((one) => one.name === name); return found === undefined ? {} : { error: found.message } }
  const base = `/my/cases/${part(caseNo)}`
  const text = (name: string, key: 'remarks' | 'what' | 'answer' | 'reason' | 'statement', optional: boolean): Markup =>
    <TextArea name={name} label={t(key)} language={language} value={values[name] ?? ''} rows={4} optional={optional} {...error(name)} />
  return (
    <Layout frame={frame} title={`${t(act)} · ${caseNo}`} current="mine" unlisted islands={['upload.js']} crumbs={[{ text: t('mine'), href: '/my' }, { text: caseNo, href: base }]}>
      <div class="one-thing">
        <h1 safe>{t(act)}</h1>
        <p class="muted"><span safe>{inLanguage(item.name, language)}</span>{' · '}<span safe>{caseNo}</span></p>
        {props.stale ? <Notice kind="warn" title={t('staleTitle')} alert><p safe>{t('stale')}</p></Notice> : ''}
        <ErrorSummary errors={problems} language={language} />
        {act === 'supplement' ? <Defects frame={frame} data={data} item={item} /> : ''}
        {act === 'clarify' ? <Notice kind="act" title={t('question')}><p safe>{data.clarifications.find((one) => one.answeredOn === null)?.question ?? ''}</p></Notice> : ''}
        {act === 'withdraw' ? <p safe>{t('withdrawText')}</p> : ''}
        {act === 'hearAnnulment' ? <Notice kind="act" title={t('told')}><p safe>{data.annulment?.facts ?? ''}</p></Notice> : ''}
        <form method="post" action={`${base}/do/${act}`} enctype="multipart/form-data" novalidate>
          <FormKeys csrfToken={frame.csrfToken} idempotencyKey={props.sendKey} />
          <input type="hidden" name="revision" value={String(props.revision)} />
          {materials.map((material) => {
            const kept = uploaded.get(`file-${material.id}`)
            return (
              <>
                {kept === undefined ? '' : <input type="hidden" name={`file-${material.id}Id`} value={kept.id} />}
                <FileField name={`file-${material.id}`} label={t('file', { name: inLanguage(material.name, language) })} hint={kept === undefined ? inLanguage(material.requirements, language) : t('kept', { name: kept.name })}
                  language={language} optional={act === 'correctOnSpot' || kept !== undefined} {...error(`file-${material.id}`)} />
              </>
            )
          })}
          {fields.map((field) => <FieldOf field={field} value={props.entered[field.id]} language={language} error={problems.find(({ name }) => name === field.id)?.message} />)}
          {act === 'supplement' ? text('remarks', 'remarks', true) : act === 'correctOnSpot' ? text('what', 'what', false) : act === 'clarify' ? text('answer', 'answer', false) : act === 'withdraw' ? text('reason', 'reason', true) : act === 'hearAnnulment' ? text('statement', 'statement', true) : ''}
          {act === 'hearAnnulment' ? <Checkbox name="waived" label={t('waive')} language={language} optional checked={values['waived'] === 'true'} {...error('waived')} /> : ''}
          {act === 'clarify' ? <FileField name="attachment" label={t('attachment')} language={language} optional {...error('attachment')} /> : ''}
          {act === 'collect' ? (
            <>
              <TextField name="code" label={t('code')} language={language} value={values['code'] ?? ''} width={10} inputmode="numeric" autocomplete="one-time-code" {...error('code')} />
              <TextField name="signedBy" label={t('signedBy')} language={language} value={values['signedBy'] ?? data.application?.applicant.name ?? ''} width={20} autocomplete="name" {...error('signedBy')} />
            </>
          ) : ''}
          <div class="buttons"><Button text={t(act === 'withdraw' ? 'withdrawGo' : 'send')} /><Button text={t('cancel')} look="quiet" href={base} /></div>
        </form>
      </div>
    </Layout>
  )
}

const Defects = ({ frame, data, item }: { frame: Frame; data: CaseData; item: Item }): Markup => {
  const round = data.supplements.at(-1)
  if (!round) return ''
  const { language } = frame
  return (
    <Notice kind="act" title={say(language)('defects')}>
      <ol>
        {round.defects.map((defect) => (
          <li>
            {defect.materialId === null ? '' : <strong safe>{`${inLanguage(item.materials.find(({ id }) => id === defect.materialId)?.name ?? { zh: defect.materialId }, language)}${language === 'zh' ? '：' : ': '}`}</strong>}
            <span safe>{defect.what}</span>
          </li>
        ))}
      </ol>
      {round.remarks === '' ? '' : <p safe>{round.remarks}</p>}
    </Notice>
  )
}
