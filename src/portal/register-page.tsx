import { Button, ErrorSummary, FormKeys, Layout, messages, Notice, query, SelectField, TextField, type Frame, type Markup } from '../kit/portal/index.ts'
import { IDENTITY_TYPES } from '../kernel/access/identity-types.ts'

const say = messages({
  title: { zh: '注册', en: 'Register' },
  person: { zh: '个人', en: 'Person' },
  organisation: { zh: '企业和其他单位', en: 'Enterprise or other organisation' },
  kinds: { zh: '账户类别', en: 'Kind of account' },
  who: { zh: '您的身份', en: 'Who you are' },
  whoOrganisation: { zh: '单位', en: 'The organisation' },
  agent: { zh: '经办人', en: 'You, who act for it' },
  name: { zh: '姓名', en: 'Name' },
  organisationName: { zh: '单位名称', en: 'Name of the organisation' },
  idType: { zh: '证件类型', en: 'Document' },
  idNumber: { zh: '证件号码', en: 'Number' },
  phone: { zh: '手机号码', en: 'Mobile telephone' },
  account: { zh: '账户', en: 'The account' },
  username: { zh: '用户名', en: 'User name' },
  usernameHint: { zh: '3 到 64 个字母、数字或 . _ - @', en: '3 to 64 letters, digits or . _ - @' },
  password: { zh: '口令', en: 'Password' },
  passwordHint: { zh: '至少 10 个字符，大写、小写字母、数字、符号至少两种，不能含用户名', en: 'At least 10 characters, of two kinds of capitals, small letters, digits and signs, without the user name' },
  again: { zh: '再输一次口令', en: 'The password again' },
  go: { zh: '注册并登录', en: 'Register and sign in' },
  note: { zh: '证件在窗口核对原件后，您在窗口办过的件才会出现在这个账户里；知道别人的证件号码打不开别人的件。', en: 'Cases filed at a counter appear in this account once your original was seen there: knowing somebody’s number opens nothing.' },
  demo: { zh: '这是演示系统，请不要填写真实的证件号码。', en: 'This is a demonstration: do not enter real numbers.' },
})

/** What is wrong where the two passwords differ. */
export const passwordsDiffer = { zh: '两次输入的口令不同', en: 'The two passwords differ' }

export type Kind = 'person' | 'organisation'
export interface RegisterProps {
  readonly frame: Frame
  readonly kind: Kind
  readonly to: string
  /** What was entered, by field name; passwords are never put back. */
  readonly values: Readonly<Record<string, string>>
  readonly errors: readonly { readonly name: string; readonly message: string }[]
}

/** An account for a person, or for an organisation through the person who acts for it. */
export const RegisterPage = (props: RegisterProps): Markup => {
  const { frame, kind, to, values, errors } = props
  const { language } = frame
  const t = say(language)
  const field = (name: string) => ({ name, language, value: values[name] ?? '', error: errors.find((error) => error.name === name)?.message })
  const types = (of: Kind) => IDENTITY_TYPES.filter((type) => type.kind === of).map((type) => ({ value: type.code, text: type.name[language] }))
  return (
    <Layout frame={frame} title={t('title')} unlisted>
      <div class="one-thing">
        <h1 safe>{t('title')}</h1>
        <ErrorSummary language={language} errors={errors} />
        <nav class="pages" aria-label={t('kinds')}>
          <ul>{(['person', 'organisation'] as const).map((one) => <li>{one === kind ? <span aria-current="page" safe>{t(one)}</span> : <a href={`/register${query({ kind: one, to })}`} safe>{t(one)}</a>}</li>)}</ul>
        </nav>
        {frame.demo ? <Notice kind="warn"><p safe>{t('demo')}</p></Notice> : ''}
        <form method="post" action={`/register${query({ kind, to })}`}>
          <FormKeys csrfToken={frame.csrfToken} />
          <h2 safe>{t(kind === 'person' ? 'who' : 'whoOrganisation')}</h2>
          <TextField {...field('identity.name')} label={t(kind === 'person' ? 'name' : 'organisationName')} autocomplete={kind === 'person' ? 'name' : 'organization'} />
          <SelectField {...field('identity.idType')} label={t('idType')} choices={types(kind)} value={values['identity.idType'] ?? (kind === 'person' ? '111' : '001')} />
          <TextField {...field('identity.idNumber')} label={t('idNumber')} width={20} autocomplete="off" />
          {kind === 'person' ? '' : (
            <>
              <h2 safe>{t('agent')}</h2>
              <TextField {...field('agent.name')} label={t('name')} autocomplete="name" />
              <SelectField {...field('agent.idType')} label={t('idType')} choices={types('person')} value={values['agent.idType'] ?? '111'} />
              <TextField {...field('agent.idNumber')} label={t('idNumber')} width={20} autocomplete="off" />
            </>
          )}
          <TextField {...field('phone')} label={t('phone')} type="tel" width={20} autocomplete="tel" />
          <h2 safe>{t('account')}</h2>
          <TextField {...field('username')} label={t('username')} hint={t('usernameHint')} width={20} autocomplete="username" />
          <TextField {...field('password')} value="" label={t('password')} hint={t('passwordHint')} type="password" width={20} autocomplete="new-password" />
          <TextField {...field('again')} value="" label={t('again')} type="password" width={20} autocomplete="new-password" />
          <Button text={t('go')} />
        </form>
        <p class="muted" safe>{t('note')}</p>
      </div>
    </Layout>
  )
}
