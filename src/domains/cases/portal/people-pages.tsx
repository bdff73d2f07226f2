import { IDENTITY_TYPES, type PartyKind } from '../../../kernel/access/identity-types.ts'
import { DateField, FileField, inLanguage, messages, SelectField, TextField, type Frame, type Markup } from '../../../kit/portal/index.ts'
import { StepForm, StepPage, type StepProps } from './apply-frame.tsx'

const say = messages({
  applicant: { zh: '申请人', en: 'The applicant' },
  applicantOther: { zh: '您代理的申请人', en: 'The applicant whom you represent' },
  minor: { zh: '未成年申请人', en: 'The minor' },
  known: { zh: '以下取自您的账户，请核对。', en: 'Taken from your account; please check.' },
  name: { zh: '姓名', en: 'Name' },
  organisationName: { zh: '名称', en: 'Name of the organisation' },
  idType: { zh: '证件类型', en: 'Kind of document' },
  idNumber: { zh: '证件号码', en: 'Number of the document' },
  phone: { zh: '联系电话', en: 'Telephone' },
  phoneHint: { zh: '通知会发到这个号码', en: 'Notices are sent to this number' },
  email: { zh: '电子邮箱', en: 'E-mail' },
  address: { zh: '联系地址', en: 'Address' },
  birthDay: { zh: '出生日期', en: 'Date of birth' },
  birthDayHint: { zh: '证件不是居民身份证的填写', en: 'Where the document is not a resident identity card' },
  agent: { zh: '代理人', en: 'The agent' },
  scope: { zh: '委托权限', en: 'Scope of the authority' },
  scopeHint: { zh: '如：代为提交、补正材料，代收文书', en: 'Such as: hand in and supplement materials, receive papers' },
  validTo: { zh: '委托到哪一天', en: 'Until when the authority holds' },
  authority: { zh: '授权委托书', en: 'Power of attorney' },
  authorityHint: { zh: '照片、PDF 均可', en: 'A photograph or PDF will do' },
  authorityKept: { zh: '已上传，重新选择文件会替换', en: 'Uploaded; choosing another file replaces it' },
  guardian: { zh: '监护人', en: 'The guardian' },
})

type Values = Readonly<Record<string, unknown>>
interface PeopleProps extends StepProps { readonly values: Values }
const text = (values: Values, name: string): string => (typeof values[name] === 'string' ? values[name] as string : '')

/** A person or an organisation by its document. */
const Identity = ({ frame, values, kind, problems }: { frame: Frame; values: Values; kind: PartyKind; problems: StepProps['problems'] }): Markup => {
  const { language } = frame
  const t = say(language)
  const error = errorsOf(problems)
  return (
    <>
      <TextField name="name" label={t(kind === 'organisation' ? 'organisationName' : 'name')} language={language} value={text(values, 'name')} autocomplete="off" {...error('name')} />
      <SelectField name="idType" label={t('idType')} language={language} value={text(values, 'idType')} {...error('idType')}
        choices={IDENTITY_TYPES.filter((one) => one.kind === kind).map((one) => ({ value: one.code, text: inLanguage(one.name, language) }))} />
      <TextField name="idNumber" label={t('idNumber')} language={language} value={text(values, 'idNumber')} width={20} autocomplete="off" {...error('idNumber')} />
    </>
  )
}
const errorsOf = (problems: StepProps['problems']) => (name: string): { error?: string } => {
  const found = problems.find((one) => one.name === name)
  return found === undefined ? {} : { error: found.message }
}
const Phone = ({ frame, values, problems, optional }: { frame: Frame; values: Values; problems: StepProps['problems']; optional?: boolean }): Markup => (
  <TextField name="phone" label={say(frame.language)('phone')} hint={say(frame.language)('phoneHint')} language={frame.language} value={text(values, 'phone')} type="tel" width={20} autocomplete="tel" optional={optional} {...errorsOf(problems)('phone')} />
)

export const ApplicantPage = (props: PeopleProps): Markup => {
  const { frame, draft, values, problems } = props
  const { language } = frame
  const t = say(language)
  const error = errorsOf(problems)
  const minor = draft.input.representative?.['relation'] === 'guardian'
  const heading = t(draft.input.agent ? 'applicantOther' : minor ? 'minor' : 'applicant')
  const kind = values['kind'] === 'organisation' ? 'organisation' : 'person'
  return (
    <StepPage {...props} heading={heading}>
      {draft.input.agent || minor ? '' : <p safe>{t('known')}</p>}
      <StepForm frame={frame} draft={draft} step="applicant">
        <input type="hidden" name="kind" value={kind} />
        <Identity frame={frame} values={values} kind={kind} problems={problems} />
        {minor ? <DateField name="birthDay" label={t('birthDay')} hint={t('birthDayHint')} language={language} value={text(values, 'birthDay')} optional {...error('birthDay')} /> : ''}
        <Phone frame={frame} values={values} problems={problems} />
        <TextField name="email" label={t('email')} language={language} value={text(values, 'email')} type="email" autocomplete="email" optional {...error('email')} />
        <TextField name="address" label={t('address')} language={language} value={text(values, 'address')} autocomplete="street-address" optional {...error('address')} />
      </StepForm>
    </StepPage>
  )
}

export const AgentPage = (props: PeopleProps): Markup => {
  const { frame, draft, values, problems } = props
  const { language } = frame
  const t = say(language)
  const error = errorsOf(problems)
  return (
    <StepPage {...props} heading={t('agent')} islands={['upload.js']}>
      <p safe>{t('known')}</p>
      <StepForm frame={frame} draft={draft} step="agent" files>
        <Identity frame={frame} values={values} kind="person" problems={problems} />
        <Phone frame={frame} values={values} problems={problems} />
        <TextField name="scope" label={t('scope')} hint={t('scopeHint')} language={language} value={text(values, 'scope')} autocomplete="off" {...error('scope')} />
        <DateField name="validTo" label={t('validTo')} language={language} value={text(values, 'validTo')} {...error('validTo')} />
        <FileField name="authorityFileId" label={t('authority')} hint={t(text(values, 'authorityFileId') === '' ? 'authorityHint' : 'authorityKept')} language={language} optional={text(values, 'authorityFileId') !== ''} {...error('authorityFileId')} />
      </StepForm>
    </StepPage>
  )
}

export const GuardianPage = (props: PeopleProps): Markup => {
  const { frame, draft, values, problems } = props
  const t = say(frame.language)
  return (
    <StepPage {...props} heading={t('guardian')}>
      <p safe>{t('known')}</p>
      <StepForm frame={frame} draft={draft} step="guardian">
        <Identity frame={frame} values={values} kind="person" problems={problems} />
        <Phone frame={frame} values={values} problems={problems} optional />
      </StepForm>
    </StepPage>
  )
}
