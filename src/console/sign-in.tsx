import { Button, Input } from 'antd'
import { useState, type FormEvent } from 'react'
import type { Bilingual } from '../base/text.ts'
import { asProblem, call, type Problem } from '../kit/console/api.ts'
import { useSay, useText } from '../kit/console/language.tsx'
import { ProblemNote } from '../kit/console/screen.tsx'

const PASSWORD = 'mingtang-demo'
/** Accounts of the demo district, by what one sees as them. Shown in a demo only. */
const DEMO: readonly (readonly [string, Bilingual])[] = [
  ['clerk', { zh: '综合窗口受理员', en: 'Counter clerk' }], ['reviewer', { zh: '部门审查员（A 岗）', en: 'Reviewer (A)' }], ['reviewer2', { zh: '部门审查员（B 岗）', en: 'Reviewer (B)' }],
  ['chief', { zh: '首席代表', en: 'Chief representative' }], ['head', { zh: '部门负责人', en: 'Department head' }], ['leader', { zh: '区政府负责人', en: 'District leader' }],
  ['surveyor', { zh: '勘查员', en: 'Surveyor' }], ['cashier', { zh: '收费员', en: 'Cashier' }], ['sealkeeper', { zh: '印章管理员', en: 'Seal keeper' }], ['dispatcher', { zh: '出件员', en: 'Dispatcher' }],
  ['archivist', { zh: '档案员', en: 'Archivist' }], ['proxy', { zh: '代办员', en: 'Proxy handler' }], ['inspector', { zh: '督查员', en: 'Inspector' }], ['catalog', { zh: '事项管理员', en: 'Item administrator' }],
  ['sysadmin', { zh: '系统管理员', en: 'System administrator' }], ['secadmin', { zh: '安全管理员', en: 'Security administrator' }], ['auditadmin', { zh: '审计管理员', en: 'Audit administrator' }],
]

const TEXTS = {
  username: { zh: '用户名', en: 'User name' }, password: { zh: '口令', en: 'Password' }, signIn: { zh: '登录', en: 'Sign in' },
  again: { zh: '登录已失效。请重新登录，刚才填写的内容都在。', en: 'Your session has ended. Sign in again; everything you typed is still here.' },
  demo: { zh: '演示账户', en: 'Demo accounts' }, demoLead: { zh: '这是演示系统，数据均为虚构。选一个岗位直接进入：', en: 'This is a demonstration with invented data. Enter as:' },
  change: { zh: '更改口令', en: 'Change the password' },
  kept: { zh: ' ', en: ' ' },
} as const

/** `again`: over a screen whose session was lost. */
export function SignIn({ demo, again, onSignedIn }: { readonly demo: boolean; readonly again?: boolean; readonly onSignedIn: () => void | Promise<void> }) {
  const t = useSay(TEXTS)
  const text = useText()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const enter = async (name: string, secret: string): Promise<void> => {
    setBusy(true)
    setProblem(undefined)
    try {
      await call('POST', '/api/v1/sessions', { body: { username: name, password: secret }, recover: false })
      await onSignedIn()
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void enter(username, password)
  }
  return (
    <div className="mt-sign-in-form">
      {again ? <p>{t('again')}</p> : null}
      <ProblemNote problem={problem} kept={t('kept')} />
      {problem?.code === 'access/password-to-be-changed' ? <p><a href="/new-password?first=1&to=/console/">{t('change')}</a></p> : null}
      <form onSubmit={submit}>
        <div className="mt-field"><label htmlFor="sign-in-name">{t('username')}</label><Input id="sign-in-name" value={username} onChange={(event) => setUsername(event.target.value)} autoComplete="username" autoFocus required /></div>
        <div className="mt-field"><label htmlFor="sign-in-password">{t('password')}</label><Input id="sign-in-password" type="password" value={password} onChange={(event) => setPassword(event.target.value)} autoComplete="current-password" required /></div>
        <Button type="primary" htmlType="submit" loading={busy} block>{t('signIn')}</Button>
      </form>
      {demo ? (
        <section className="mt-demo" aria-labelledby="demo-accounts">
          <h2 id="demo-accounts">{t('demo')}</h2>
          <p>{t('demoLead')}</p>
          <ul>{DEMO.map(([name, label]) => <li key={name}><button type="button" onClick={() => void enter(name, PASSWORD)} disabled={busy}><strong>{text(label)}</strong><code>{name}</code></button></li>)}</ul>
        </section>
      ) : null}
    </div>
  )
}
