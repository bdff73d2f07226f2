import { randomUUID } from 'node:crypto'
import { keptText, type Kept } from '../kernel/http/kept.ts'
import { Button, ErrorSummary, FormKeys, Layout, messages, Notice, query, TextField, type Frame, type Markup } from '../kit/portal/index.ts'

const say = messages({
  title: { zh: '登录', en: 'Sign in' },
  username: { zh: '用户名', en: 'User name' },
  password: { zh: '口令', en: 'Password' },
  go: { zh: '登录', en: 'Sign in' },
  refused: { zh: '登录没有成功', en: 'You were not signed in' },
  none: { zh: '还没有账户？', en: 'No account yet?' },
  register: { zh: '注册', en: 'Register' },
  change: { zh: '更改口令', en: 'Change the password' },
  without: { zh: '查指南、查进度、核验回执都不需要登录。', en: 'Guides, progress and verification need no account.' },
  demoTitle: { zh: '演示账户', en: 'Demo accounts' },
  demo: { zh: '申请人 applicant，企业 enterprise，窗口 clerk，审查 reviewer，首席代表 chief；口令都是 mingtang-demo。', en: 'applicant, enterprise, clerk, reviewer, chief; the password of all is mingtang-demo.' },
  expiredTitle: { zh: '登录已超时，您填写的内容没有丢', en: 'Your sign-in has ended; what you entered is not lost' },
  expired: { zh: '请重新登录。登录后按一下“继续提交”，刚才那一页就会原样送出。', en: 'Please sign in again. Then press “Send it now”, and the page goes out as you filled it in.' },
  resumeTitle: { zh: '继续提交', en: 'Send it now' },
  resumeText: { zh: '您已登录。刚才那一页填写的 {n} 项内容都在，还没有送出。', en: 'You are signed in. All {n} entries of the page are here and have not been sent yet.' },
  staleText: { zh: '这一页打开后您重新登录过。填写的 {n} 项内容都在，还没有送出。', en: 'You signed in anew after this page was opened. All {n} entries are here and have not been sent yet.' },
  files: { zh: '选好的文件没有保留：送出后请在那一页重新选择。', en: 'Files that were chosen are not kept: choose them again on that page afterwards.' },
  drop: { zh: '不送出，回首页', en: 'Do not send it; home' },
  signOutTitle: { zh: '退出登录', en: 'Sign out' },
  signOutAsk: { zh: '要退出登录吗？', en: 'Do you want to sign out?' },
  signOutGo: { zh: '退出', en: 'Sign out' },
  signedOut: { zh: '您没有登录。', en: 'You are not signed in.' },
})

export interface SignInProps { readonly frame: Frame; readonly to: string; readonly username?: string; readonly error?: string; /** What a form brought after the session had ended: carried along in the page. */ readonly kept?: Kept }

/** One name, one password. What was wrong is said in the refusal's words; the password is never put back. */
export const SignInPage = ({ frame, to, username, error, kept }: SignInProps): Markup => {
  const { language } = frame
  const t = say(language)
  return (
    <Layout frame={frame} title={t('title')} unlisted>
      <div class="one-thing">
        <h1 safe>{t('title')}</h1>
        <ErrorSummary language={language} title={t('refused')} errors={error === undefined ? [] : [{ name: 'username', message: error }]} />
        {kept === undefined ? '' : <Notice kind="warn" title={t('expiredTitle')} alert><p safe>{t('expired')}</p>{kept.multipart ? <p safe>{t('files')}</p> : ''}</Notice>}
        {frame.demo ? <Notice title={t('demoTitle')}><p safe>{t('demo')}</p></Notice> : ''}
        <form method="post" action={`/sign-in${query({ to })}`}>
          <FormKeys csrfToken={frame.csrfToken} />
          {kept === undefined ? '' : <input type="hidden" name="kept" value={keptText(kept)} />}
          <TextField name="username" label={t('username')} language={language} value={username ?? ''} width={20} autocomplete="username" error={error} />
          <TextField name="password" label={t('password')} language={language} width={20} type="password" autocomplete="current-password" />
          <Button text={t('go')} />
        </form>
        {kept === undefined ? <p class="more"><span safe>{t('none')}</span>{' '}<a href={`/register${query({ to })}`} safe>{t('register')}</a>{' · '}<a href={`/new-password${query({ to })}`} safe>{t('change')}</a></p> : ''}
        <p class="muted" safe>{t('without')}</p>
      </div>
    </Layout>
  )
}

/** What was typed before the session ended, sent on by a press of the button and not before: nothing happens in the name of who just came. */
export const ResumePage = ({ frame, kept, signedInAnew = false }: { frame: Frame; kept: Kept; signedInAnew?: boolean }): Markup => {
  const t = say(frame.language)
  const n = kept.fields.filter(([, value]) => value.trim() !== '').length
  return (
    <Layout frame={frame} title={t('resumeTitle')} unlisted>
      <div class="one-thing">
        <h1 safe>{t('resumeTitle')}</h1>
        <p class="lede" safe>{t(signedInAnew ? 'staleText' : 'resumeText', { n })}</p>
        {kept.multipart ? <p safe>{t('files')}</p> : ''}
        <form method="post" action={kept.action} enctype={kept.multipart ? 'multipart/form-data' : undefined}>
          <FormKeys csrfToken={kept.csrfToken} idempotencyKey={randomUUID()} />
          {kept.fields.map(([name, value]) => <input type="hidden" name={name} value={value} />)}
          <div class="buttons">
            <Button text={t('resumeTitle')} />
            <Button text={t('drop')} href="/" look="quiet" />
          </div>
        </form>
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
