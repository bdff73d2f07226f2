import { Button } from 'antd'
import { useState } from 'react'
import { Field } from '../../../kit/console/fields.tsx'
import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { useLoaded } from '../../../kit/console/loaded.ts'
import { setQuery, useLocation } from '../../../kit/console/router.tsx'
import { Loading, Nothing, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { TabPanels } from '../../../kit/console/tabs.tsx'
import { when } from '../../../kit/console/when.ts'
import type { ReadView, SecurityEventView } from '../contract.ts'

const TEXTS = {
  title: { zh: '安全审计', en: 'Security audit' }, tabs: { zh: '审计内容', en: 'What to audit' }, events: { zh: '安全事件', en: 'Security events' }, reads: { zh: '个人信息阅览', en: 'Who read whose data' }, at: { zh: '时间', en: 'When' }, kind: { zh: '事件', en: 'Event' }, account: { zh: '账户', en: 'Account' }, by: { zh: '操作人', en: 'By' },
  reader: { zh: '阅览人', en: 'Reader' }, post: { zh: '岗位', en: 'Post' }, part: { zh: '内容', en: 'What' }, reason: { zh: '事由', en: 'Why' }, caseNo: { zh: '办件', en: 'Case' }, older: { zh: '更早的', en: 'Older' }, latest: { zh: '最新的', en: 'Latest' }, none: { zh: '没有记录。', en: 'Nothing recorded.' },
} as const
const KINDS: Readonly<Record<string, { zh: string; en: string }>> = {
  signedIn: { zh: '登录', en: 'Signed in' }, signedOut: { zh: '退出', en: 'Signed out' }, signInFailed: { zh: '登录失败', en: 'Sign-in failed' }, signInLocked: { zh: '锁定', en: 'Locked out' }, sessionsRevoked: { zh: '会话作废', en: 'Sessions revoked' }, accountCreated: { zh: '开立账户', en: 'Account opened' }, accountDisabled: { zh: '停用账户', en: 'Account disabled' }, accountEnabled: { zh: '启用账户', en: 'Account enabled' },
  accountUnlocked: { zh: '解除锁定', en: 'Unlocked' }, passwordChanged: { zh: '修改口令', en: 'Password changed' }, passwordReset: { zh: '重置口令', en: 'Password reset' }, administratorInvited: { zh: '邀请管理员', en: 'Administrator invited' }, identityConfirmed: { zh: '核验身份', en: 'Identity confirmed' },
}
const PARTS: Readonly<Record<string, { zh: string; en: string }>> = { case: { zh: '办件', en: 'Case' }, materials: { zh: '材料', en: 'Materials' }, search: { zh: '查找', en: 'Search' }, list: { zh: '列表', en: 'List' }, credit: { zh: '信用记录', en: 'Credit records' }, verticalExport: { zh: '转办交换文件', en: 'Exchange file' } }

/** What happened to accounts and who read personal data, for the audit administrator. Nothing here can be changed. */
export default function Audit() {
  const t = useSay(TEXTS)
  const { query } = useLocation()
  return <Screen title={t('title')}><TabPanels label={t('tabs')} current={query.get('tab') ?? 'events'} onChange={(tab) => setQuery({ tab })} tabs={[{ key: 'events', name: t('events'), content: () => <Events /> }, { key: 'reads', name: t('reads'), content: () => <Reads /> }]} /></Screen>
}

const Pager = ({ last, first, onBefore }: { readonly last: number | undefined; readonly first: boolean; readonly onBefore: (id: number | undefined) => void }) => {
  const t = useSay(TEXTS)
  return <div className="mt-row">{first ? null : <Button onClick={() => onBefore(undefined)}>{t('latest')}</Button>}{last === undefined ? null : <Button onClick={() => onBefore(last)}>{t('older')}</Button>}</div>
}

function Events() {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const [kind, setKind] = useState<string>()
  const [before, setBefore] = useState<number>()
  const loaded = useLoaded<{ events: SecurityEventView[] }>(`/api/v1/administration/security-events?${new URLSearchParams({ ...(kind ? { kind } : {}), ...(before ? { before: String(before) } : {}) })}`)
  const events = loaded.data?.events ?? []
  return (
    <>
      <div className="mt-row"><Field spec={{ name: 'kind', label: TEXTS.kind, kind: 'select', options: Object.entries(KINDS).map(([value, name]) => ({ value, label: text(name) })) }} value={kind} onChange={(value) => { setKind(value as string | undefined); setBefore(undefined) }} /></div>
      <ProblemNote problem={loaded.problem} again={loaded.reload} />
      {loaded.data === undefined ? (loaded.problem ? null : <Loading />) : events.length === 0 ? <Nothing>{t('none')}</Nothing> : (
        <div className="mt-scroll"><table className="mt-table mt-stack"><thead><tr><th scope="col">{t('at')}</th><th scope="col">{t('kind')}</th><th scope="col">{t('account')}</th><th scope="col">{t('by')}</th></tr></thead><tbody>
          {events.map((event) => <tr key={event.id}><td data-label={t('at')}>{when(event.at, language)}</td><td data-label={t('kind')}>{text(KINDS[event.kind]) || event.kind}</td><td data-label={t('account')}>{event.username ?? '—'}</td><td data-label={t('by')}>{event.byUsername ?? '—'}</td></tr>)}
        </tbody></table></div>
      )}
      <Pager first={before === undefined} last={events.length === 100 ? events.at(-1)!.id : undefined} onBefore={setBefore} />
    </>
  )
}

function Reads() {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const [before, setBefore] = useState<number>()
  const loaded = useLoaded<{ reads: ReadView[] }>(`/api/v1/administration/read-records${before ? `?before=${before}` : ''}`)
  const reads = loaded.data?.reads ?? []
  return (
    <>
      <ProblemNote problem={loaded.problem} again={loaded.reload} />
      {loaded.data === undefined ? (loaded.problem ? null : <Loading />) : reads.length === 0 ? <Nothing>{t('none')}</Nothing> : (
        <div className="mt-scroll"><table className="mt-table mt-stack"><thead><tr><th scope="col">{t('at')}</th><th scope="col">{t('reader')}</th><th scope="col">{t('post')}</th><th scope="col">{t('part')}</th><th scope="col">{t('caseNo')}</th><th scope="col">{t('reason')}</th></tr></thead><tbody>
          {reads.map((read) => <tr key={read.id}><td data-label={t('at')}>{when(read.at, language)}</td><td data-label={t('reader')}>{read.reader}</td><td data-label={t('post')}>{[text(read.organisation), text(read.post)].filter(Boolean).join(' · ') || '—'}</td><td data-label={t('part')}>{text(PARTS[read.part]) || read.part}</td><td data-label={t('caseNo')} className="mt-no">{read.caseNo ?? '—'}</td><td data-label={t('reason')} lang="zh-CN">{read.reason}</td></tr>)}
        </tbody></table></div>
      )}
      <Pager first={before === undefined} last={reads.length === 100 ? reads.at(-1)!.id : undefined} onBefore={setBefore} />
    </>
  )
}
