import { Button, Input } from 'antd'
import { useState } from 'react'
import { asProblem, call, get, randomId, type Problem } from '../../../kit/console/api.ts'
import { useConfirm } from '../../../kit/console/dialog.tsx'
import { ExportButton } from '../../../kit/console/export-button.tsx'
import { ALL, Field } from '../../../kit/console/fields.tsx'
import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { useLoaded, useSettled } from '../../../kit/console/loaded.ts'
import { State } from '../../../kit/console/light.tsx'
import { Loading, Nothing, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { dataInstant, listInstant } from '../../../kit/console/when.ts'
import type { AccountView, PersonView } from '../contract.ts'
import { CommandForm, type Command } from './command-form.tsx'

const TEXTS = {
  title: { zh: '账户', en: 'Accounts' }, lead: { zh: '共 {n} 个。开立、解锁、停用、重置都记入安全事件。', en: '{n} accounts. Every change is a security event.' }, find: { zh: '用户名或者姓名', en: 'User name or name' }, kind: { zh: '类别', en: 'Kind' }, officer: { zh: '工作人员', en: 'Officer' }, applicant: { zh: '申请人', en: 'Applicant' },
  username: { zh: '用户名', en: 'User name' }, name: { zh: '姓名', en: 'Name' }, status: { zh: '状态', en: 'State' }, active: { zh: '正常', en: 'Active' }, disabled: { zh: '已停用', en: 'Disabled' }, locked: { zh: '锁定至 {at}', en: 'locked until {at}' }, created: { zh: '开立', en: 'Opened' }, level: { zh: '实名等级', en: 'Real-name level' },
  unlock: { zh: '解锁', en: 'Unlock' }, disable: { zh: '停用', en: 'Disable' }, enable: { zh: '启用', en: 'Enable' }, reset: { zh: '重置口令', en: 'Reset password' }, create: { zh: '开立账户', en: 'Open an account' }, none: { zh: '没有符合的账户。', en: 'No account fits.' }, acts: { zh: '操作', en: 'Acts' },
  sure: { zh: '停用“{name}”？其所有登录立即失效。', en: 'Disable “{name}”? Every session ends at once.' }, yes: { zh: '停用', en: 'Disable' }, resetTitle: { zh: '重置“{name}”的口令', en: 'Reset the password of “{name}”' }, person: { zh: '人员', en: 'Person' }, password: { zh: '初始口令（本人登录时须更改）', en: 'First password (its holder changes it on signing in)' }, next: { zh: '新口令（本人登录时须更改）', en: 'New password (its holder changes it on signing in)' },
} as const

interface AccountList { readonly accounts: AccountView[]; readonly total: number }

/** Accounts, for the security administrator. */
export default function Accounts() {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const [confirm, ask] = useConfirm()
  const [q, setQ] = useState('')
  const [kind, setKind] = useState<string>()
  const settled = useSettled(q.trim())
  const path = `/api/v1/administration/accounts?${new URLSearchParams({ ...(settled ? { q: settled } : {}), ...(kind ? { kind } : {}) })}`
  const list = useLoaded<AccountList>(path)
  const [command, setCommand] = useState<Command>()
  const [problem, setProblem] = useState<Problem>()
  const people = useLoaded<{ people: PersonView[] }>(command ? '/api/v1/administration/people' : null)
  const act = async (path: string, body: unknown): Promise<void> => {
    setProblem(undefined)
    await call('POST', path, { body, key: randomId() }).catch((error: unknown) => setProblem(asProblem(error)))
    list.reload()
  }
  const base = (account: AccountView) => `/api/v1/administration/accounts/${account.id}`
  const disable = (account: AccountView): void => { ask({ text: t('sure', { name: account.username }), yes: t('yes'), run: () => act(`${base(account)}/status`, { status: 'disabled' }) }) }
  const create: Command = {
    title: t('create'), path: '/api/v1/administration/accounts',
    fields: [{ name: 'username', label: TEXTS.username, kind: 'text', required: true, maxLength: 64 }, { name: 'password', label: TEXTS.password, kind: 'password', required: true }, { name: 'personId', label: TEXTS.person, kind: 'select', required: true, options: (people.data?.people ?? []).map((one) => ({ value: one.id, label: `${text(one.name)} ${one.staffNo}` })) }],
  }
  const stateOf = (account: AccountView): string => (account.status === 'disabled' ? t('disabled') : account.lockedUntil ? t('locked', { at: listInstant(account.lockedUntil, language) }) : t('active'))
  const exported = {
    name: t('title'), head: [t('username'), t('name'), t('kind'), t('level'), t('status'), t('created')], pages: 1, read: async () => (await get<AccountList>(path)).accounts,
    cells: (account: AccountView) => [account.username, account.name, t(account.kind), account.level, stateOf(account), dataInstant(account.createdAt)],
  }
  const shown = command?.path === create.path ? create : command
  return (
    <Screen title={t('title')} lead={list.data ? t('lead', { n: list.data.total }) : null} actions={<><ExportButton of={exported} disabled={!list.data?.total} /><Button type="primary" onClick={() => setCommand(create)}>{t('create')}</Button></>}>
      <div className="mt-row mt-filters">
        <div className="mt-field mt-grow"><label htmlFor="account-find">{t('find')}</label><Input id="account-find" value={q} onChange={(event) => setQ(event.target.value)} /></div>
        <Field spec={{ name: 'kind', label: TEXTS.kind, kind: 'select', placeholder: ALL, options: [{ value: 'officer', label: t('officer') }, { value: 'applicant', label: t('applicant') }] }} value={kind} onChange={(value) => setKind(value as string | undefined)} />
      </div>
      <ProblemNote problem={problem ?? list.problem} again={list.reload} />
      {list.data === undefined ? (list.problem ? null : <Loading />) : list.data.accounts.length === 0 ? <Nothing>{t('none')}</Nothing> : (
        <div className="mt-scroll"><table className="mt-table mt-stack"><caption className="mt-hidden">{t('title')}</caption>
          <thead><tr><th scope="col">{t('username')}</th><th scope="col">{t('name')}</th><th scope="col">{t('kind')}</th><th scope="col">{t('level')}</th><th scope="col">{t('status')}</th><th scope="col">{t('created')}</th><th scope="col">{t('acts')}</th></tr></thead>
          <tbody>{list.data.accounts.map((account) => (
            <tr key={account.id}>
              <td data-label={t('username')}><code>{account.username}</code></td><td data-label={t('name')}>{account.name}</td><td data-label={t('kind')}>{t(account.kind)}</td><td data-label={t('level')}>{account.level}</td>
              <td data-label={t('status')}><State ok={account.status === 'active' && !account.lockedUntil} said={stateOf(account)} /></td><td data-label={t('created')} className="mt-no">{listInstant(account.createdAt, language)}</td>
              <td data-label={t('acts')}><span className="mt-actions">
                {account.lockedUntil ? <Button size="small" onClick={() => void act(`${base(account)}/unlocking`, {})}>{t('unlock')}</Button> : null}
                <Button size="small" aria-label={`${t(account.status === 'active' ? 'disable' : 'enable')} ${account.username}`} onClick={() => (account.status === 'active' ? disable(account) : void act(`${base(account)}/status`, { status: 'active' }))}>{t(account.status === 'active' ? 'disable' : 'enable')}</Button>
                <Button size="small" aria-label={`${t('reset')} ${account.username}`} onClick={() => setCommand({ title: t('resetTitle', { name: account.username }), path: `${base(account)}/password`, fields: [{ name: 'next', label: TEXTS.next, kind: 'password', required: true }] })}>{t('reset')}</Button>
              </span></td>
            </tr>
          ))}</tbody>
        </table></div>
      )}
      {confirm}
      {shown ? <CommandForm command={shown} onClose={() => setCommand(undefined)} onDone={() => { setCommand(undefined); list.reload() }} /> : null}
    </Screen>
  )
}
