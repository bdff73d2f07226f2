import { identityType } from '../../../kernel/access/identity-types.ts'
import { Button, Checkbox, FormKeys, inLanguage, longDay, messages, Notice, part, SummaryList, type Fact, type Frame, type Markup } from '../../../kit/portal/index.ts'
import type { Material } from '../../catalog/contract.ts'
import { problemHref, StepPage, type StepProps } from './apply-frame.tsx'
import { commitmentOf, LABELS, stepsOf, type Draft, type Problem } from './draft.ts'
import { saidAs } from './form-fields.tsx'

const say = messages({
  title: { zh: '核对并提交', en: 'Check and send' },
  change: { zh: '修改', en: 'Change' },
  commitmentYes: { zh: '告知承诺', en: 'Notice and commitment' },
  commitmentNo: { zh: '一般程序', en: 'The ordinary way' },
  way: { zh: '办理方式', en: 'How it is decided' },
  uploaded: { zh: '已上传', en: 'Uploaded' },
  paper: { zh: '交纸质件（{form}，{n} 份）', en: 'On paper ({form}, {n})' },
  original: { zh: '原件', en: 'original' },
  copy: { zh: '复印件', en: 'copy' },
  generated: { zh: '由您填写的内容生成', en: 'Made from what you filled in' },
  lacking: { zh: '没有提供', en: 'Not given' },
  shared: { zh: '已共享，无需提交', en: 'Shared; need not be handed in' },
  modes: { zh: '送达方式', en: 'Manner of service' },
  electronic: { zh: '电子送达', en: 'electronically' }, counter: { zh: '窗口领取', en: 'at the counter' }, mail: { zh: '邮寄', en: 'by mail' }, locker: { zh: '自助柜', en: 'locker' },
  consent: { zh: '同意电子送达', en: 'Consent to electronic service' },
  yes: { zh: '是', en: 'Yes' }, no: { zh: '否', en: 'No' },
  missing: { zh: '还不能提交', en: 'It cannot be sent yet' },
  deferTitle: { zh: '容缺受理承诺', en: 'Promise of what follows later' },
  deferText: { zh: '以下材料现在没有提供：{names}。您可以承诺在 {n} 个工作日内补交，我们先行受理。{outcome}', en: 'Not given now: {names}. You may promise to supply them within {n} working days, and we accept meanwhile. {outcome}' },
  deferSign: { zh: '我承诺在 {n} 个工作日内补交上述材料', en: 'I promise to supply these within {n} working days' },
  letter: { zh: '告知承诺书', en: 'Letter of commitment' },
  declare: { zh: '声明', en: 'Declaration' },
  declareText: { zh: '隐瞒有关情况或者提供虚假材料的，不予受理或者不予许可，并给予警告；涉及公共安全等事项的，一年内不得再次申请（行政许可法 第七十八条）。', en: 'Whoever conceals facts or gives false materials is refused and warned, and in matters of public safety barred for one year (Administrative Licensing Law Art. 78).' },
  declareSign: { zh: '我声明所填内容和材料真实有效，并签名提交', en: 'I declare that what I entered and handed in is true, and sign it' },
  send: { zh: '签名并提交', en: 'Sign and send' },
  preTitle: { zh: '可以先请我们预审', en: 'You may ask for a look beforehand' },
  preText: { zh: '预审由您选择，不是必经程序；随时可以直接提交。{limit} 个工作日内答复。', en: 'It is your choice and no condition; you may send the application at any time. Answered within {limit} working days.' },
  preTextOpen: { zh: '预审由您选择，不是必经程序；随时可以直接提交。', en: 'It is your choice and no condition; you may send the application at any time.' },
  preGo: { zh: '申请预审', en: 'Ask for pre-review' },
  preAsked: { zh: '您已于{day}申请预审，等待答复。', en: 'You asked on {day}; the answer is awaited.' },
  preReady: { zh: '预审意见：可以提交。{remarks}', en: 'Pre-review: ready to be sent. {remarks}' },
  preNot: { zh: '预审意见：{remarks}', en: 'Pre-review: {remarks}' },
  discard: { zh: '放弃这份草稿', en: 'Discard this draft' },
})

export interface ReviewProps extends Omit<StepProps, 'problems'> {
  readonly problems: readonly Problem[]
  readonly bring: readonly Material[]
  readonly shared: readonly Material[]
  readonly deferrable: readonly Material[]
  readonly sendKey: string
  /** What was ticked before something else was found wrong. */
  readonly ticked: { readonly deferred: boolean; readonly declared: boolean }
}

/** Everything once more with a way back to each part; what is lacking stands first; signing sends it. */
export const ReviewPage = (props: ReviewProps): Markup => {
  const { frame, draft, problems, deferrable, sendKey } = props
  const { language } = frame
  const t = say(language)
  const elsewhere = problems.filter((one) => one.step !== 'review')
  const here = problems.filter((one) => one.step === 'review')
  const error = (name: string): { error?: string } => { const found = here.find((one) => one.name === name); return found === undefined ? {} : { error: found.message } }
  const action = `/apply/draft/${part(draft.caseNo)}`
  return (
    <StepPage frame={frame} draft={draft} step="review" stale={props.stale} problems={[...elsewhere.map((one) => ({ ...one, href: problemHref(draft, one) })), ...here]} heading={t('title')}>
      {partsOf(props).map(({ title, href, facts }) => (
        <section>
          <h2><span safe>{title}</span>{' '}<a class="small" href={href}><span safe>{t('change')}</span><span class="sr" safe>{` ${title}`}</span></a></h2>
          <SummaryList facts={facts} />
        </section>
      ))}
      <PreReview frame={frame} draft={draft} />
      {elsewhere.length > 0 ? '' : (
        <form method="post" action={`${action}/submit`} novalidate>
          <FormKeys csrfToken={frame.csrfToken} idempotencyKey={sendKey} />
          <input type="hidden" name="revision" value={String(draft.revision)} />
          {deferrable.length === 0 ? '' : (
            <>
              <Notice kind="act" title={t('deferTitle')}>
                <p safe>{t('deferText', { names: deferrable.map(({ name }) => inLanguage(name, language)).join(language === 'zh' ? '、' : ', '), n: draft.item.deferredAcceptance!.workingDays, outcome: inLanguage(draft.item.deferredAcceptance!.outcome, language) })}</p>
              </Notice>
              <Checkbox name="deferred" label={t('deferSign', { n: draft.item.deferredAcceptance!.workingDays })} language={language} checked={props.ticked.deferred} {...error('deferred')} />
            </>
          )}
          {!commitmentOf(draft.input) ? '' : <Notice kind="act" title={t('letter')}><p safe>{inLanguage(draft.item.commitment!.letter, language)}</p><p safe>{inLanguage(draft.item.commitment!.consequences, language)}</p></Notice>}
          <Notice kind="plain" title={t('declare')}><p safe>{t('declareText')}</p></Notice>
          <Checkbox name="declared" label={t('declareSign')} language={language} checked={props.ticked.declared} {...error('declared')} />
          <div class="buttons"><Button text={t('send')} /></div>
        </form>
      )}
      <form method="post" action={`${action}/discard`} class="no-print">
        <FormKeys csrfToken={frame.csrfToken} />
        <input type="hidden" name="revision" value={String(draft.revision)} />
        <Button text={t('discard')} look="quiet" />
      </form>
    </StepPage>
  )
}

const PreReview = ({ frame, draft }: { frame: Frame; draft: Draft }): Markup => {
  const { language } = frame
  const t = say(language)
  const { preReview, item } = draft
  if (preReview?.ready !== undefined) return <Notice kind={preReview.ready ? 'open' : 'warn'}><p safe>{t(preReview.ready ? 'preReady' : 'preNot', { remarks: preReview.remarks ?? '' })}</p></Notice>
  if (preReview) return <Notice kind="plain"><p safe>{t('preAsked', { day: longDay(preReview.askedOn, language) })}</p></Notice>
  return (
    <Notice kind="plain" title={t('preTitle')}>
      <p safe>{item.preReviewLimit === null ? t('preTextOpen') : t('preText', { limit: item.preReviewLimit.amount })}</p>
      <form method="post" action={`/apply/draft/${part(draft.caseNo)}/pre-review`}>
        <FormKeys csrfToken={frame.csrfToken} />
        <input type="hidden" name="revision" value={String(draft.revision)} />
        <Button text={t('preGo')} look="plain" />
      </form>
    </Notice>
  )
}

interface Part { readonly title: string; readonly href: string; readonly facts: readonly Fact[] }

function partsOf({ frame: { language }, draft, bring, shared }: ReviewProps): Part[] {
  const t = say(language)
  const { input } = draft
  return stepsOf(draft).filter(({ id }) => id !== 'review').map((step) => {
    const title = inLanguage(step.title, language)
    if (step.id === 'applicant') return { title, href: step.path, facts: personFacts(input.applicant, ['name', 'idType', 'idNumber', 'birthDay', 'phone', 'email', 'address'], language) }
    if (step.id === 'agent') return { title, href: step.path, facts: personFacts(input.agent ?? {}, ['name', 'idType', 'idNumber', 'phone', 'scope', 'validTo'], language) }
    if (step.id === 'guardian') return { title, href: step.path, facts: personFacts(input.representative ?? {}, ['name', 'idType', 'idNumber', 'phone'], language) }
    if (step.id === 'commitment') return { title, href: step.path, facts: [{ term: t('way'), value: t(commitmentOf(input) ? 'commitmentYes' : 'commitmentNo') }] }
    if (step.id === 'materials') return { title, href: step.path, facts: [
      ...bring.map((material) => ({ term: inLanguage(material.name, language), value: givenText(draft, material, language) })),
      ...shared.map((material) => ({ term: inLanguage(material.name, language), value: t('shared') })),
    ] }
    if (step.id === 'service') return { title, href: step.path, facts: serviceFacts(input.service, language) }
    const fields = step.section!.fields.filter((field) => input.form[field.id] !== undefined)
    return { title, href: step.path, facts: fields.map((field) => ({ term: inLanguage(field.label, language), value: saidAs(field, input.form[field.id], language) })) }
  })
}

function personFacts(given: Readonly<Record<string, unknown>>, names: readonly string[], language: 'zh' | 'en'): Fact[] {
  return names.flatMap((name) => {
    const value = given[name]
    if (typeof value !== 'string' || value === '') return []
    const type = name === 'idType' ? identityType(value) : undefined
    const label = LABELS[name]![language]
    return [{ term: language === 'en' ? label.charAt(0).toUpperCase() + label.slice(1) : label, value: type ? inLanguage(type.name, language) : name === 'birthDay' || name === 'validTo' ? longDay(value, language) : value }]
  })
}

function givenText(draft: Draft, material: Material, language: 'zh' | 'en'): string {
  const t = say(language)
  const given = draft.input.materials.find(({ materialId }) => materialId === material.id)
  if (given === undefined) return t('lacking')
  if (given.form === 'electronic' && given.fileId === null) return t('generated')
  return given.fileId === null ? t('paper', { form: t(given.form === 'copy' ? 'copy' : 'original'), n: given.copies }) : t('uploaded')
}

function serviceFacts(service: Readonly<Record<string, unknown>>, language: 'zh' | 'en'): Fact[] {
  const t = say(language)
  const mode = service['mode']
  const known = mode === 'electronic' || mode === 'counter' || mode === 'mail' || mode === 'locker'
  return [
    { term: t('modes'), value: known ? t(mode) : '—' },
    ...(typeof service['address'] === 'string' ? [{ term: LABELS['address']![language], value: service['address'] }] : []),
    { term: t('consent'), value: t(service['consent'] === true ? 'yes' : 'no') },
  ]
}
