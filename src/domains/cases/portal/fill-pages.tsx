import { inLanguage, messages, Notice, Radios, TextField, Checkbox, type Markup } from '../../../kit/portal/index.ts'
import type { FormSection } from '../../catalog/contract.ts'
import { StepForm, StepPage, type StepProps } from './apply-frame.tsx'
import { FieldOf } from './form-fields.tsx'
import { limitText } from './apply-start-page.tsx'

const say = messages({
  commitment: { zh: '办理方式', en: 'How it is decided' },
  commitmentLede: { zh: '这个事项可以选择告知承诺：您承诺符合条件，我们当场作出决定，事后核查。', en: 'For this service you may choose notice and commitment: you promise to meet the conditions, we decide at once and check afterwards.' },
  choose: { zh: '您选择', en: 'You choose' },
  ordinary: { zh: '一般程序', en: 'The ordinary way' },
  ordinaryHint: { zh: '提交全部材料，审查后决定', en: 'Hand in everything; decided after review' },
  byCommitment: { zh: '告知承诺', en: 'Notice and commitment' },
  byCommitmentHint: { zh: '{limit}作出决定；不用提交：{materials}', en: 'Decided within {limit}; not needed: {materials}' },
  letter: { zh: '告知承诺书', en: 'Letter of commitment' },
  read: { zh: '我已阅读并作出以上承诺', en: 'I have read this and make this commitment' },
  nothing: { zh: '无', en: 'nothing' },
  service: { zh: '怎样把文书送达给您？', en: 'How shall papers reach you?' },
  mode: { zh: '送达方式', en: 'Manner of service' },
  electronic: { zh: '电子送达', en: 'Electronically' },
  electronicHint: { zh: '在“我的”里查看和下载，同时短信通知', en: 'Read and download them under My affairs; an SMS tells you' },
  counter: { zh: '到窗口领取', en: 'At the counter' },
  mail: { zh: '邮寄', en: 'By mail' },
  locker: { zh: '自助柜领取', en: 'From a locker' },
  address: { zh: '邮寄地址', en: 'Address for mail' },
  addressHint: { zh: '选择邮寄的填写', en: 'Where you choose mail' },
  consentTitle: { zh: '送达地址及方式确认书', en: 'Confirmation of address and manner of service' },
  consentText: { zh: '文书按上面的方式和地址送达。选择电子送达的，文书到达本系统您的账户之日为送达日期；联系方式变更而没有告知的，由此产生的后果自行承担。', en: 'Papers are served in the manner and at the address above. Served electronically, they count as served on the day they reach your account here. You bear the consequences of a change of contact that you did not tell.' },
  consent: { zh: '我同意电子送达', en: 'I consent to electronic service' },
  consentHint: { zh: '选择电子送达的须勾选；勾选后其他文书也可以电子送达', en: 'Required for electronic service; with it other papers may reach you electronically too' },
})
const errorsOf = (problems: StepProps['problems']) => (name: string): { error?: string } => {
  const found = problems.find((one) => one.name === name)
  return found === undefined ? {} : { error: found.message }
}

/** One section of the item's form; fields that do not concern this application are not drawn. */
export const SectionPage = (props: StepProps & { section: FormSection; values: Readonly<Record<string, unknown>>; visible: readonly string[] }): Markup => {
  const { frame, draft, step, section, values, visible, problems } = props
  return (
    <StepPage {...props} heading={inLanguage(section.title, frame.language)}>
      <StepForm frame={frame} draft={draft} step={step}>
        <input type="hidden" name="shown" value={section.fields.filter(({ id }) => visible.includes(id)).map(({ id }) => id).join(' ')} />
        {section.fields.filter(({ id }) => visible.includes(id)).map((field) => <FieldOf field={field} value={values[field.id]} language={frame.language} error={problems.find(({ name }) => name === field.id)?.message} />)}
      </StepForm>
    </StepPage>
  )
}

/** 告知承诺 or the ordinary way; the letter stands whole before it is signed. */
export const CommitmentPage = (props: StepProps & { chosen: boolean }): Markup => {
  const { frame, draft, problems, chosen } = props
  const { language } = frame
  const t = say(language)
  const commitment = draft.item.commitment!
  const names = draft.item.materials.filter(({ id }) => commitment.replaces.includes(id)).map(({ name }) => inLanguage(name, language))
  return (
    <StepPage {...props} heading={t('commitment')}>
      <p safe>{t('commitmentLede')}</p>
      <StepForm frame={frame} draft={draft} step="commitment">
        <Radios name="way" label={t('choose')} language={language} value={chosen ? 'commitment' : 'ordinary'} {...errorsOf(problems)('way')} choices={[
          { value: 'ordinary', text: t('ordinary'), hint: t('ordinaryHint') },
          { value: 'commitment', text: t('byCommitment'), hint: t('byCommitmentHint', { limit: limitText(commitment.promisedLimit, language), materials: names.length === 0 ? t('nothing') : names.join(language === 'zh' ? '、' : ', ') }) },
        ]} />
        <Notice kind="act" title={t('letter')}>
          <p safe>{inLanguage(commitment.letter, language)}</p>
          <p safe>{inLanguage(commitment.consequences, language)}</p>
          <p class="small muted" safe>{commitment.article}</p>
        </Notice>
        <Checkbox name="read" label={t('read')} language={language} checked={chosen} optional {...errorsOf(problems)('read')} />
      </StepForm>
    </StepPage>
  )
}

/** 送达地址及方式确认书: the manner, the address, the consent. */
export const ServicePage = (props: StepProps & { values: Readonly<Record<string, unknown>> }): Markup => {
  const { frame, draft, problems, values } = props
  const { language } = frame
  const t = say(language)
  const error = errorsOf(problems)
  const mode = typeof values['mode'] === 'string' ? values['mode'] : ''
  const address = typeof values['address'] === 'string' ? values['address'] : typeof draft.input.applicant['address'] === 'string' ? draft.input.applicant['address'] : ''
  return (
    <StepPage {...props} heading={t('service')}>
      <StepForm frame={frame} draft={draft} step="service">
        <Radios name="mode" label={t('mode')} language={language} value={mode} {...error('mode')} choices={[
          { value: 'electronic', text: t('electronic'), hint: t('electronicHint') },
          { value: 'counter', text: t('counter') },
          ...(draft.item.deliveryByMail ? [{ value: 'mail', text: t('mail') }] : []),
          { value: 'locker', text: t('locker') },
        ]} />
        {draft.item.deliveryByMail ? <TextField name="address" label={t('address')} hint={t('addressHint')} language={language} value={address} autocomplete="street-address" optional {...error('address')} /> : ''}
        <Notice kind="act" title={t('consentTitle')}><p safe>{t('consentText')}</p></Notice>
        <Checkbox name="consent" label={t('consent')} hint={t('consentHint')} language={language} checked={values['consent'] === true} optional {...error('consent')} />
      </StepForm>
    </StepPage>
  )
}
