import { Button, Layout, markup, messages, SearchBox, type Frame, type Frames, type Markup } from '../kit/portal/index.ts'
import { ResumePage, SignInPage } from './sign-in-page.tsx'
import type { Problem } from '../kernel/http/problems.ts'
import type { RenderProblem } from '../kernel/http/server.ts'

const say = messages({
  nowhere: { zh: '没有这个页面', en: 'There is no such page' },
  lost: { zh: '可能是地址写错了，或者页面已经搬走。试试搜索：', en: 'The address may be wrong, or the page has moved. Try searching:' },
  home: { zh: '回首页', en: 'Home' },
  signIn: { zh: '登录', en: 'Sign in' },
  code: { zh: '问题代码 {code}', en: 'Problem code {code}' },
  back: { zh: '您填写的内容还在上一页：请用浏览器的“后退”返回更正。', en: 'What you entered is still on the page before: use your browser’s Back to correct it.' },
  again: { zh: '没有任何东西被改动，可以稍后重试。', en: 'Nothing was changed; you can try again later.' },
})

/** What happened, what was kept, what to do next, with a code. */
export const ProblemPage = ({ problem, frame }: { problem: Problem; frame: Frame }): Markup => {
  const t = say(frame.language)
  const title = problem.code === 'http/not-found' ? t('nowhere') : problem.title
  return (
    <Layout frame={frame} title={title} unlisted>
      <div class="one-thing">
        <h1 safe>{title}</h1>
        {problem.detail === undefined ? '' : <p safe>{problem.detail}</p>}
        {problem.errors === undefined ? '' : <ul>{problem.errors.map((error) => <li safe>{error.message}</li>)}</ul>}
        {problem.status === 422 || problem.status === 400 ? <p safe>{t('back')}</p> : ''}
        {problem.status >= 500 ? <p safe>{t('again')}</p> : ''}
        {problem.status === 404 ? <><p safe>{t('lost')}</p><SearchBox language={frame.language} labelHidden /></> : ''}
        <div class="buttons">
          {problem.status === 401 ? <Button text={t('signIn')} href={`/sign-in?to=${encodeURIComponent(problem.instance)}`} /> : ''}
          <Button text={t('home')} href="/" look="plain" />
        </div>
        <p class="small problem-code" safe>{t('code', { code: problem.code })}</p>
      </div>
    </Layout>
  )
}

/** The server's hook for problems as pages. */
export const problemRenderer = (frames: Frames): RenderProblem => (problem, reader) => {
  const { kept } = reader
  if (kept === undefined) return markup(<ProblemPage problem={problem} frame={frames.bare(reader)} />)
  // A form that came too late: its page is answered by signing in (or by one press, where somebody is signed in) with what it brought.
  const frame = { ...frames.bare({ ...reader, path: '/' }), csrfToken: kept.csrfToken }
  return markup(problem.code === 'http/form-expired' ? <ResumePage frame={frame} kept={kept} signedInAnew /> : <SignInPage frame={frame} to="/my" kept={kept} />)
}
