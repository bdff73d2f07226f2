import { Button, ErrorSummary, FormKeys, Layout, messages, Notice, query, TextField, type Frame, type Markup } from '../kit/portal/index.ts'

const say = messages({
  title: { zh: '更改口令', en: 'Change the password' },
  first: { zh: '这个口令是管理员设定的。请换成只有您自己知道的口令，然后即可登录。', en: 'An administrator set this password. Choose one that only you know; then you are signed in.' },
  all: { zh: '更改后，此账户在其他地方的登录全部退出。', en: 'Every other sign-in of this account ends with the change.' },
  username: { zh: '用户名', en: 'User name' },
  current: { zh: '现在的口令', en: 'Current password' },
  next: { zh: '新口令', en: 'New password' },
  nextHint: { zh: '至少 10 个字符，含两种字符', en: 'At least 10 characters of two kinds' },
  again: { zh: '再输一次新口令', en: 'New password again' },
  go: { zh: '更改并登录', en: 'Change and sign in' },
})

export interface NewPasswordProps { readonly frame: Frame; readonly to: string; readonly first: boolean; readonly username: string; readonly errors: readonly { readonly name: string; readonly message: string }[] }

/** For everybody who has an account, signed in or not: name, current password, and one's own. No password is ever put back. */
export const NewPasswordPage = ({ frame, to, first, username, errors }: NewPasswordProps): Markup => {
  const { language } = frame
  const t = say(language)
  const field = (name: 'current' | 'next' | 'again', autocomplete: string) => {
    const error = errors.find((one) => one.name === name)
    return { name, label: t(name), language, type: 'password' as const, width: 20 as const, autocomplete, ...(error === undefined ? {} : { error: error.message }) }
  }
  return (
    <Layout frame={frame} title={t('title')} unlisted>
      <div class="one-thing">
        <h1 safe>{t('title')}</h1>
        {first ? <Notice kind="warn"><p safe>{t('first')}</p></Notice> : ''}
        <ErrorSummary errors={errors} language={language} />
        <form method="post" action={`/new-password${query({ to, ...(first ? { first: '1' } : {}) })}`}>
          <FormKeys csrfToken={frame.csrfToken} />
          <TextField name="username" label={t('username')} language={language} value={username} width={20} autocomplete="username" />
          <TextField {...field('current', 'current-password')} />
          <TextField {...field('next', 'new-password')} hint={t('nextHint')} />
          <TextField {...field('again', 'new-password')} />
          <Button text={t('go')} />
        </form>
        <p class="muted" safe>{t('all')}</p>
      </div>
    </Layout>
  )
}
