import { Button, ErrorSummary, FormKeys, Layout, messages, Notice, query, TextField, type Frame, type Markup } from '../kit/portal/index.ts'

const say = messages({
  title: { zh: '登录', en: 'Sign in' },
  username: { zh: '用户名', en: 'User name' },
  password: { zh: '口令', en: 'Password' },
  go: { zh: '登录', en: 'Sign in' },
  none: { zh: '还没有账户？', en: 'No account yet?' },
  register: { zh: '注册', en: 'Register' },
  without: { zh: '查指南、查进度、核验回执都不需要登录。', en: 'Guides, progress and verification need no account.' },
  demoTitle: { zh: '演示账户', en: 'Demo accounts' },
  demo: { zh: '申请人 applicant，企业 enterprise，窗口 clerk，审查 reviewer，首席代表 chief；口令都是 mingtang-demo。', en: 'applicant, enterprise, clerk, reviewer, chief; the password of all is mingtang-demo.' },
  signOutTitle: { zh: '退出登录', en: 'Sign out' },
  signOutAsk: { zh: '要退出登录吗？', en: 'Do you want to sign out?' },
  signOutGo: { zh: '退出', en: 'Sign out' },
  signedOut: { zh: '您没有登录。', en: 'You are not signed in.' },
})

export interface SignInProps { readonly frame: Frame; readonly to: string; readonly username?: string; readonly error?: string }

/** One name, one password. What was wrong is said in the refusal's words; the password is never put back. */
export const SignInPage = ({ frame, to, username, error }: SignInProps): Markup => {
  const { language } = frame
  const t = say(language)
  return (
    <Layout frame={frame} title={t('title')} unlisted>
      <div class="one-thing">
        <h1 safe>{t('title')}</h1>
        <ErrorSummary language={language} errors={error === undefined ? [] : [{ name: 'username', message: error }]} />
        {frame.demo ? <Notice title={t('demoTitle')}><p safe>{t('demo')}</p></Notice> : ''}
        <form method="post" action={`/sign-in${query({ to })}`}>
          <FormKeys csrfToken={frame.csrfToken} />
          <TextField name="username" label={t('username')} language={language} value={username ?? ''} width={20} autocomplete="username" error={error} />
          <TextField name="password" label={t('password')} language={language} width={20} type="password" autocomplete="current-password" />
          <Button text={t('go')} />
        </form>
        <p class="more"><span safe>{t('none')}</span>{' '}<a href={`/register${query({ to })}`} safe>{t('register')}</a></p>
        <p class="muted" safe>{t('without')}</p>
      </div>
    </Layout>
  )
}

/** For who follows a link to sign out: leaving is a form, so that no other page can do it. */
export const SignOutPage = ({ frame }: { frame: Frame }): Markup => {
  const t = say(frame.language)
  return (
    <Layout frame={frame} title={t('signOutTitle')} unlisted>
      <h1 safe>{t('signOutTitle')}</h1>
      {frame.reader === null ? <p safe>{t('signedOut')}</p> : (
        <>
          <p safe>{t('signOutAsk')}</p>
          <form method="post" action="/sign-out"><FormKeys csrfToken={frame.csrfToken} /><Button text={t('signOutGo')} /></form>
        </>
      )}
    </Layout>
  )
}
