import { Button } from 'antd'
import { useState } from 'react'
import { get } from '../../../kit/console/api.ts'
import { ExportButton } from '../../../kit/console/export-button.tsx'
import { ALL, Field } from '../../../kit/console/fields.tsx'
import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { useLoaded } from '../../../kit/console/loaded.ts'
import { setQuery, useLocation } from '../../../kit/console/router.tsx'
import { Loading, Nothing, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { TabPanels } from '../../../kit/console/tabs.tsx'
import { dataInstant, exactInstant } from '../../../kit/console/when.ts'
import type { ReadView, SecurityEventView } from '../contract.ts'

const TEXTS = {
  title: { zh: '安全审计', en: 'Security audit' }, tabs: { zh: '审计内容', en: 'What to audit' }, events: { zh: '安全事件', en: 'Security events' }, reads: { zh: '个人信息阅览', en: 'Who read whose data' }, at: { zh: '时间', en: 'When' }, kind: { zh: '事件', en: 'Event' }, account: { zh: '账户', en: 'Account' }, by: { zh: '操作人', en: 'By' },
  reader: { zh: '阅览人', en: 'Reader' }, post: { zh: '岗位', en: 'Post' }, part: { zh: '内容', en: 'What' }, reason: { zh: '事由', en: 'Why' }, caseNo: { zh: '办件', en: 'Case' }, older: { zh: '更早的', en: 'Older' }, latest: { zh: '最新的', en: 'Latest' }, none: { zh: '没有记录。', en: 'Nothing recorded.' }, persons: { zh: '{part} · {n} 人', en: '{part} · {n} persons' },
} as const
const KINDS: Readonly<Record<string, { zh: string; en: string }>> = {
  signedIn: { zh: '登录', en: 'Signed in' }, signedOut: { zh: '退出', en: 'Signed out' }, signInFailed: { zh: '登录失败', en: 'Sign-in failed' }, signInLocked: { zh: '锁定', en: 'Locked out' }, sessionsRevoked: { zh: '会话作废', en: 'Sessions revoked' }, accountCreated: { zh: '开立账户', en: 'Account opened' }, accountDisabled: { zh: '停用账户', en: 'Account disabled' }, accountEnabled: { zh: '启用账户', en: 'Account enabled' },
  accountUnlocked: { zh: '解除锁定', en: 'Unlocked' }, passwordChanged: { zh: '修改口令', en: 'Password changed' }, passwordReset: { zh: '重置口令', en: 'Password reset' }, administratorInvited: { zh: '邀请管理员', en: 'Administrator invited' }, identityConfirmed: { zh: '核验身份', en: 'Identity confirmed' }, agencyGranted: { zh: '登记代理', en: 'Agency entered' }, agencyEnded: { zh: '终止代理', en: 'Agency ended' }, actsFor: { zh: '选择办理名义', en: 'Chose for whom to act' },
}
const PARTS: Readonly<Record<string, { zh: string; en: string }>> = { case: { zh: '办件', en: 'Case' }, materials: { zh: '材料', en: 'Materials' }, search: { zh: '查找', en: 'Search' }, list: { zh: '列表', en: 'List' }, notices: { zh: '告知', en: 'Notices' }, papers: { zh: '全部文书', en: 'All papers' }, credit: { zh: '信用记录', en: 'Credit records' }, account: { zh: '网上账户', en: 'Online account' }, verticalExport: { zh: '转办交换文件', en: 'Exchange file' } }
/** Every other part is a paper by its kind. */
const PAPER = { zh: '文书', en: 'A paper' }
const REASONS: Readonly<Record<string, string>> = { 办理: 'handling', 查看文书: 'reading a paper', 查看材料: 'reading materials', 查看告知: 'reading notices', 柜台受理: 'at the counter', 查询信用记录: 'asking for credit records', 办理告知承诺事项: 'handling on a commitment' }

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

const PAGE = 100
/** Records from the latest to the first, page by page. */
async function allBefore<Row extends { readonly id: number }>(read: (before: number | undefined) => Promise<readonly Row[]>): Promise<readonly Row[]> {
  const all: Row[] = []
  for (;;) {
    const page = await read(all.at(-1)?.id)
    all.push(...page)
    if (page.length < PAGE) return all
  }
}

function Events() {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const [kind, setKind] = useState<string>()
  const [before, setBefore] = useState<number>()
  const loaded = useLoaded<{ events: SecurityEventView[] }>(`/api/v1/administration/security-events?${new URLSearchParams({ ...(kind ? { kind } : {}), ...(before ? { before: String(before) } : {}) })}`)
  const events = loaded.data?.events ?? []
  const exported = {
    name: t('events'), head: [t('at'), t('kind'), t('account'), t('by')], pages: 1, read: () => allBefore((id) => get<{ events: SecurityEventView[] }>(`/api/v1/administration/security-events?${new URLSearchParams({ ...(kind ? { kind } : {}), ...(id ? { before: String(id) } : {}) })}`).then((answer) => answer.events)),
    cells: (event: SecurityEventView) => [dataInstant(event.at), text(KINDS[event.kind]) || event.kind, event.username, event.byUsername],
  }
  return (
    <>
      <div className="mt-row mt-filters"><Field spec={{ name: 'kind', label: TEXTS.kind, kind: 'select', placeholder: ALL, options: Object.entries(KINDS).map(([value, name]) => ({ value, label: text(name) })) }} value={kind} onChange={(value) => { setKind(value as string | undefined); setBefore(undefined) }} /><ExportButton of={exported} disabled={events.length === 0} /></div>
      <ProblemNote problem={loaded.problem} again={loaded.reload} />
      {loaded.data === undefined ? (loaded.problem ? null : <Loading />) : events.length === 0 ? <Nothing>{t('none')}</Nothing> : (
        <div className="mt-scroll"><table className="mt-table mt-stack"><thead><tr><th scope="col">{t('at')}</th><th scope="col">{t('kind')}</th><th scope="col">{t('account')}</th><th scope="col">{t('by')}</th></tr></thead><tbody>
          {events.map((event) => <tr key={event.id}><td data-label={t('at')} className="mt-no">{exactInstant(event.at, language)}</td><td data-label={t('kind')}>{text(KINDS[event.kind]) || event.kind}</td><td data-label={t('account')}>{event.username ?? '—'}</td><td data-label={t('by')}>{event.byUsername ?? '—'}</td></tr>)}
        </tbody></table></div>
      )}
      <Pager first={before === undefined} last={events.length === PAGE ? events.at(-1)!.id : undefined} onBefore={setBefore} />
    </>
  )
}

/** A list that was read is one line, with the number of persons on it; each has a record of her own. */
function together(reads: readonly ReadView[]): readonly { readonly read: ReadView; readonly persons: number }[] {
  const lines: { read: ReadView; persons: number }[] = []
  for (const read of reads) {
    const last = lines.at(-1)
    if (last && read.caseNo === null && last.read.caseNo === null && last.read.at === read.at && last.read.reader === read.reader && last.read.part === read.part) last.persons += 1
    else lines.push({ read, persons: 1 })
  }
  return lines
}

function Reads() {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const [before, setBefore] = useState<number>()
  const loaded = useLoaded<{ reads: ReadView[] }>(`/api/v1/administration/read-records${before ? `?before=${before}` : ''}`)
  const reads = loaded.data?.reads ?? []
  const partOf = (part: string): string => text(PARTS[part] ?? PAPER)
  const postOf = (read: ReadView): string => [text(read.organisation), text(read.post)].filter(Boolean).join(' · ')
  const reasonOf = (reason: string): string => (language === 'en' ? REASONS[reason] ?? reason : reason)
  const exported = {
    name: t('reads'), head: [t('at'), t('reader'), t('post'), t('part'), t('caseNo'), t('reason')], pages: 1, read: () => allBefore((id) => get<{ reads: ReadView[] }>(`/api/v1/administration/read-records${id ? `?before=${id}` : ''}`).then((answer) => answer.reads)),
    cells: (read: ReadView) => [dataInstant(read.at), read.reader, postOf(read), partOf(read.part), read.caseNo, reasonOf(read.reason)],
  }
  return (
    <>
      <div className="mt-row"><ExportButton of={exported} disabled={reads.length === 0} /></div>
      <ProblemNote problem={loaded.problem} again={loaded.reload} />
      {loaded.data === undefined ? (loaded.problem ? null : <Loading />) : reads.length === 0 ? <Nothing>{t('none')}</Nothing> : (
        <div className="mt-scroll"><table className="mt-table mt-stack"><thead><tr><th scope="col">{t('at')}</th><th scope="col">{t('reader')}</th><th scope="col">{t('post')}</th><th scope="col">{t('part')}</th><th scope="col">{t('caseNo')}</th><th scope="col">{t('reason')}</th></tr></thead><tbody>
          {together(reads).map(({ read, persons }) => <tr key={read.id}><td data-label={t('at')} className="mt-no">{exactInstant(read.at, language)}</td><td data-label={t('reader')}>{read.reader}</td><td data-label={t('post')}>{postOf(read) || '—'}</td><td data-label={t('part')} className="mt-no">{persons > 1 ? t('persons', { part: partOf(read.part), n: persons }) : partOf(read.part)}</td><td data-label={t('caseNo')} className="mt-no">{read.caseNo ?? '—'}</td><td data-label={t('reason')} lang={language === 'en' && REASONS[read.reason] ? 'en' : 'zh-CN'}>{reasonOf(read.reason)}</td></tr>)}
        </tbody></table></div>
      )}
      <Pager first={before === undefined} last={reads.length === PAGE ? reads.at(-1)!.id : undefined} onBefore={setBefore} />
    </>
  )
}
