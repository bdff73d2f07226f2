import { Alert, Button, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import type { Problem } from './api.ts'
import { useSay } from './language.tsx'

export interface ScreenProps { readonly title: string; readonly lead?: ReactNode; readonly actions?: ReactNode; readonly children: ReactNode }
/** One screen: its name, what can be done at once, and the rest. */
export const Screen = ({ title, lead, actions, children }: ScreenProps) => (
  <section className="mt-screen" aria-labelledby="screen-title">
    <header className="mt-screen-head">
      <h1 id="screen-title" tabIndex={-1}>{title}</h1>
      {actions ? <div className="mt-actions">{actions}</div> : null}
      {lead ? <div className="mt-lead">{lead}</div> : null}
    </header>
    {children}
  </section>
)

export const Loading = () => {
  const t = useSay({ loading: { zh: '正在读取…', en: 'Loading…' } })
  return <div role="status" aria-busy="true"><span className="mt-hidden">{t('loading')}</span><Skeleton active paragraph={{ rows: 5 }} /></div>
}

/** Nothing there: says what to do. */
export const Nothing = ({ children }: { readonly children: ReactNode }) => <p className="mt-nothing">{children}</p>

export interface ProblemNoteProps { readonly problem: Problem | undefined; readonly again?: () => void; readonly kept?: string }
/** What happened, what was kept, what to do next, with the code. */
export function ProblemNote({ problem, again, kept }: ProblemNoteProps) {
  const t = useSay({
    offline: { zh: '没有连上服务器', en: 'The server could not be reached' },
    unreadable: { zh: '服务器的回答无法读取', en: 'The server’s answer could not be read' },
    keptDefault: { zh: '您填写的内容都在，没有丢失。', en: 'Everything you entered is still here.' },
    nextOffline: { zh: '请检查网络后重试；重复提交不会重复办理。', en: 'Check the network and try again; trying twice does nothing twice.' },
    nextInput: { zh: '请按提示改正后再提交。', en: 'Correct what is listed and submit again.' },
    nextRight: { zh: '如认为应当有此权限，请联系安全管理员。', en: 'If you should have this right, ask the security administrator.' },
    nextFailed: { zh: '请重试；仍不成功时把代码和故障编号告诉系统管理员。', en: 'Try again; if it fails again, tell the system administrator the code and number.' },
    nextState: { zh: '请核对当前状态后再办。', en: 'Check the present state, then go on.' },
    again: { zh: '重试', en: 'Try again' },
    code: { zh: '代码', en: 'Code' },
  })
  if (!problem) return null
  const title = problem.title || (problem.code === 'console/offline' ? t('offline') : t('unreadable'))
  const next = problem.status === 0 ? t('nextOffline') : problem.errors?.length ? t('nextInput') : problem.status === 403 ? t('nextRight') : problem.status >= 500 ? t('nextFailed') : problem.status === 409 ? t('nextState') : ''
  return (
    <Alert
      type="error" showIcon={false} className="mt-problem" role="alert"
      title={<strong>{title}</strong>}
      description={(
        <>
          {problem.detail ? <p>{problem.detail}</p> : null}
          {problem.errors?.length ? <ul>{problem.errors.map((error) => <li key={error.path + error.code}>{error.message}</li>)}</ul> : null}
          <p>{kept ?? t('keptDefault')} {next}</p>
          <p className="mt-code">{t('code')} {problem.code}</p>
        </>
      )}
      action={again ? <Button onClick={again}>{t('again')}</Button> : undefined}
    />
  )
}
