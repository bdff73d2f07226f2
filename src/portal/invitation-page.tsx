import { Button, ErrorSummary, FormKeys, Layout, messages, query, TextField, type Frame, type Markup } from '../kit/portal/index.ts'

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
})
export const INVITATION_FIELDS = ['organisationCode', 'organisationZh', 'organisationEn', 'divisionCode', 'nameZh', 'nameEn', 'staffNo', 'username'] as const

export interface InvitationProps { readonly frame: Frame; readonly token: string; readonly values: Readonly<Record<string, string>>; readonly error?: string }

/** Where the one-time link of `mingtang admin invite` leads. */
export const InvitationPage = ({ frame, token, values, error }: InvitationProps): Markup => {
  const { language } = frame
  const t = say(language)
  return (
    <Layout frame={frame} title={t('title')} unlisted>
      <div class="one-thing">
        <h1 safe>{t('title')}</h1>
        <p safe>{t('text')}</p>
        <ErrorSummary language={language} errors={error === undefined ? [] : [{ name: 'organisationCode', message: error }]} />
        <form method="post" action={`/invitation${query({ token })}`}>
          <FormKeys csrfToken={frame.csrfToken} />
          {INVITATION_FIELDS.map((name) => <TextField name={name} label={t(name)} language={language} value={values[name] ?? ''} />)}
          <TextField name="password" label={t('password')} language={language} type="password" autocomplete="new-password" />
          <Button text={t('go')} />
        </form>
      </div>
    </Layout>
  )
}
