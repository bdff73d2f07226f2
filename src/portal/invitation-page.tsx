import { Button, ErrorSummary, FormKeys, Layout, messages, query, TextField, type Fault, type Frame, type Markup } from '../kit/portal/index.ts'

const say = messages({
  title: { zh: '首任管理员', en: 'First administrator' },
  text: { zh: '此链接只能使用一次。请填写您的信息，设置登录名和口令。', en: 'This link works once. Give your details and choose a user name and a password.' },
  organisationCode: { zh: '所在机关统一社会信用代码', en: 'Unified social credit code of your organisation' },
  organisationZh: { zh: '机关名称（中文）', en: 'Name of the organisation in Chinese' },
  organisationEn: { zh: '机关名称（英文）', en: 'Name of the organisation in English' },
  divisionCode: { zh: '行政区划代码', en: 'Division code' },
  nameZh: { zh: '姓名', en: 'Your name in Chinese' },
  nameEn: { zh: '姓名（拼音）', en: 'Your name in Latin letters' },
  staffNo: { zh: '工号', en: 'Staff number' },
  username: { zh: '用户名', en: 'User name' },
  password: { zh: '口令', en: 'Password' },
  go: { zh: '确认', en: 'Confirm' },
  organisationCodeHint: { zh: '18 位；系统中已有的机关只凭代码认定', en: '18 characters; an organisation that is known already is found by it alone' },
  divisionCodeHint: { zh: '6 位数字，例如 110102', en: 'Six digits, such as 110102' },
  usernameHint: { zh: '3 到 64 个字母、数字或 . _ - @', en: '3 to 64 letters, digits or . _ - @' },
  passwordHint: { zh: '至少 10 个字符，含两种字符，不能含用户名', en: 'At least 10 characters of two kinds, without the user name' },
})
export const INVITATION_FIELDS = ['organisationCode', 'organisationZh', 'organisationEn', 'divisionCode', 'nameZh', 'nameEn', 'staffNo', 'username'] as const
const HINTS = { organisationCode: 'organisationCodeHint', divisionCode: 'divisionCodeHint', username: 'usernameHint' } as const satisfies Partial<Record<(typeof INVITATION_FIELDS)[number], string>>

export interface InvitationProps { readonly frame: Frame; readonly token: string; readonly values: Readonly<Record<string, string>>; readonly faults: readonly Fault[] }

/** Where the one-time link of `mingtang admin invite` leads. */
export const InvitationPage = ({ frame, token, values, faults }: InvitationProps): Markup => {
  const { language } = frame
  const t = say(language)
  const errorAt = (name: string): string | undefined => faults.find((one) => one.name === name)?.message
  return (
    <Layout frame={frame} title={t('title')} unlisted>
      <div class="one-thing">
        <h1 safe>{t('title')}</h1>
        <p safe>{t('text')}</p>
        <ErrorSummary language={language} errors={faults} />
        <form method="post" action={`/invitation${query({ token })}`}>
          <FormKeys csrfToken={frame.csrfToken} />
          {INVITATION_FIELDS.map((name) => <TextField name={name} label={t(name)} language={language} value={values[name] ?? ''} hint={name in HINTS ? t(HINTS[name as keyof typeof HINTS]) : undefined} error={errorAt(name)} />)}
          <TextField name="password" label={t('password')} language={language} type="password" autocomplete="new-password" hint={t('passwordHint')} error={errorAt('password')} />
          <Button text={t('go')} />
        </form>
      </div>
    </Layout>
  )
}
