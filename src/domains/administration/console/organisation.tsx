import { Button } from 'antd'
import { useState, type ReactNode } from 'react'
import { Field } from '../../../kit/console/fields.tsx'
import { get } from '../../../kit/console/api.ts'
import { ExportButton } from '../../../kit/console/export-button.tsx'
import { useLanguage, useListed, useSay, useText } from '../../../kit/console/language.tsx'
import { useLoaded, useSettled } from '../../../kit/console/loaded.ts'
import { setQuery, useLocation } from '../../../kit/console/router.tsx'
import { Loading, Nothing, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { useMay } from '../../../kit/console/session.ts'
import { TabPanels } from '../../../kit/console/tabs.tsx'
import { listDay } from '../../../kit/console/when.ts'
import type { AuthorisationView, LeaveView, OrganisationView, PersonView, PostView, RoleView, UncoveredView } from '../contract.ts'
import { CommandForm, type Command } from './command-form.tsx'
import { authorisationCommands, holdingCommands, leaveCommands, organisationCommands, postCommands, type Lists } from './organisation-commands.ts'

const TEXTS = {
  title: { zh: '机构与岗位', en: 'Organisation' }, tree: { zh: '机构', en: 'Organisations' }, tabs: { zh: '内容', en: 'Parts' }, posts: { zh: '机构与岗位', en: 'Organisations and posts' }, uncovered: { zh: '全区无人可任（{n}）', en: 'Posts without anybody ({n})' }, authorisations: { zh: '委托与授权', en: 'Authorisations' }, leaves: { zh: '全区请假', en: 'Leave' }, people: { zh: '全区人员', en: 'People' }, times: { zh: '{name}（{n} 个岗位）', en: '{name} ({n} posts)' }, staffNo: { zh: '工号', en: 'Staff number' }, name: { zh: '姓名', en: 'Name' }, until: { zh: '休假至', en: 'On leave until' },
  choose: { zh: '从左侧选一个机构。', en: 'Choose an organisation.' }, post: { zh: '岗位', en: 'Post' }, role: { zh: '角色', en: 'Role' }, a: { zh: 'A 岗', en: 'A' }, b: { zh: 'B 岗', en: 'B' }, away: { zh: '不在岗', en: 'away' }, acts: { zh: '今天可任', en: 'acts today' }, nobody: { zh: '无人', en: 'nobody' }, alongside: { zh: '两人同时任岗', en: 'both act' }, noPosts: { zh: '这个机构还没有岗位。', en: 'No posts here yet.' },
  vacant: { zh: '没有任命', en: 'nobody named' }, bothAway: { zh: 'A、B 岗都不在', en: 'A and B are away' }, allCovered: { zh: '今天每个岗位都有人。', en: 'Every post is covered today.' }, noAuth: { zh: '没有委托或者授权。', en: 'No authorisations.' }, entrustment: { zh: '委托受理', en: 'Entrustment' }, chiefRepresentative: { zh: '首席代表授权', en: 'Chief representative' }, allItems: { zh: '全部事项', en: 'all items' }, items: { zh: '{n} 个事项', en: '{n} items' }, valid: { zh: '{from} 至 {to}', en: '{from} to {to}' }, revoked: { zh: '已于 {day} 撤销：{why}', en: 'revoked {day}: {why}' },
  open: { zh: '长期', en: 'open' }, find: { zh: '姓名或者工号', en: 'Name or staff number' }, onLeave: { zh: '休假至 {day}', en: 'on leave until {day}' }, noLeave: { zh: '没有请假。', en: 'Nobody is on leave.' }, noPeople: { zh: '没有查到。', en: 'Nobody found.' }, annual: { zh: '年休假', en: 'annual' }, sick: { zh: '病假', en: 'sick' }, training: { zh: '培训', en: 'training' }, travel: { zh: '出差', en: 'travel' }, other: { zh: '其他', en: 'other' },
  create: { zh: '设立机构', en: 'New organisation' }, close: { zh: '撤销机构', en: 'Close' }, newPost: { zh: '设岗', en: 'New post' }, closePost: { zh: '撤岗', en: 'Close post' }, hold: { zh: '任岗', en: 'Appoint' }, endHold: { zh: '免岗', en: 'End' }, newAuth: { zh: '新的授权', en: 'New authorisation' }, revoke: { zh: '撤销', en: 'Revoke' }, newLeave: { zh: '登记请假', en: 'Enter leave' }, endLeave: { zh: '销假', en: 'Back' }, newPerson: { zh: '登记人员', en: 'Enter a person' }, code: { zh: '统一社会信用代码', en: 'Credit code' }, phone: { zh: '咨询电话', en: 'Enquiries' }, to: { zh: '给 {name}', en: 'to {name}' },
} as const
const BASE = '/api/v1/administration'

/** Who stands where: the tree, its posts with A and B, leave, authorisations, and the posts nobody can act from today. */
export default function Organisation() {
  const t = useSay(TEXTS)
  const text = useText()
  const may = useMay()
  const { query } = useLocation()
  const tree = useLoaded<{ organisations: OrganisationView[] }>(`${BASE}/organisations`)
  const uncovered = useLoaded<{ posts: UncoveredView[] }>(`${BASE}/posts/uncovered`)
  const all = flatten(tree.data?.organisations ?? [])
  const chosen = all.find((one) => one.id === query.get('organisation')) ?? all[0]
  const [command, setCommand] = useState<Command>()
  const [turn, setTurn] = useState(0)
  const people = useLoaded<{ people: PersonView[] }>(command ? `${BASE}/people` : null)
  const roles = useLoaded<{ roles: RoleView[] }>(`${BASE}/roles`)
  const lists: Lists = { text, organisations: all, people: people.data?.people ?? [], roles: roles.data?.roles ?? [] }
  const done = (): void => { setCommand(undefined); tree.reload(); uncovered.reload(); setTurn(turn + 1) }
  const tab = query.get('tab') ?? 'posts'
  /** The tree beside what belongs to the chosen organisation; on a phone a choice instead of the tree. */
  const beside = (part: (organisation: OrganisationView) => ReactNode) => (
    <div className="mt-split">
      <nav className="mt-tree" aria-label={t('tree')}><Tree nodes={tree.data?.organisations ?? []} chosen={chosen?.id} /></nav>
      <div className="mt-tree-choice"><Field spec={{ name: 'organisation', label: TEXTS.tree, kind: 'select', options: all.map((one) => ({ value: one.id, label: text(one.name) })) }} value={chosen?.id} onChange={(id) => setQuery({ organisation: id as string | undefined })} /></div>
      {chosen ? (
        <div>
          <h2>{text(chosen.name)}</h2>
          <p className="mt-quiet">{t('code')} <code>{chosen.code}</code>{chosen.phoneConsult ? ` · ${t('phone')} ${chosen.phoneConsult}` : ''} {may('org.manage') ? <Button size="small" type="text" onClick={() => setCommand(organisationCommands(lists).close(chosen))}>{t('close')}</Button> : null}</p>
          {part(chosen)}
        </div>
      ) : <Nothing>{t('choose')}</Nothing>}
    </div>
  )
  return (
    <Screen title={t('title')} actions={may('org.manage') ? <><Button onClick={() => setCommand(organisationCommands(lists).create(chosen))}>{t('create')}</Button><Button onClick={() => setCommand(leaveCommands(lists).person)}>{t('newPerson')}</Button></> : null}>
      <ProblemNote problem={tree.problem} again={tree.reload} />
      {tree.data === undefined ? (tree.problem ? null : <Loading />) : (
        <TabPanels label={t('tabs')} current={tab} onChange={(key) => setQuery({ tab: key })} tabs={[
          { key: 'posts', name: t('posts'), content: () => beside((organisation) => <Posts key={turn} organisation={organisation} lists={lists} onCommand={setCommand} />) },
          { key: 'authorisations', name: t('authorisations'), content: () => beside((organisation) => <Authorisations key={turn} organisation={organisation} lists={lists} onCommand={setCommand} />) },
          { key: 'uncovered', name: t('uncovered', { n: uncovered.data?.posts.length ?? 0 }), content: () => <Uncovered posts={uncovered.data?.posts ?? []} /> },
          { key: 'leaves', name: t('leaves'), content: () => <Leaves key={turn} lists={lists} onCommand={setCommand} /> },
          { key: 'people', name: t('people'), content: () => <People key={turn} /> },
        ]} />
      )}
      {command ? <CommandForm key={command.path + command.title} command={refresh(command, lists)} onClose={() => setCommand(undefined)} onDone={done} /> : null}
    </Screen>
  )
}

const flatten = (nodes: readonly OrganisationView[]): OrganisationView[] => nodes.flatMap((node) => [node, ...flatten(node.children)])
/** Lists that arrive after the dialogue was opened fill its choices. */
const refresh = (command: Command, { people, text }: Lists): Command => ({ ...command, fields: command.fields.map((field) => (/personId$|PersonId$/.test(field.name) ? { ...field, options: people.map((one) => ({ value: one.id, label: `${text(one.name)} ${one.staffNo}` })) } : field)) })

function Tree({ nodes, chosen }: { readonly nodes: readonly OrganisationView[]; readonly chosen: string | undefined }) {
  const text = useText()
  return <ul>{nodes.map((node) => <li key={node.id}><button type="button" aria-current={node.id === chosen ? 'true' : undefined} onClick={() => setQuery({ organisation: node.id })}>{text(node.name)}</button>{node.children.length > 0 ? <Tree nodes={node.children} chosen={chosen} /> : null}</li>)}</ul>
}

interface PartProps { readonly organisation: OrganisationView; readonly lists: Lists; readonly onCommand: (command: Command) => void }

function Posts({ organisation, lists, onCommand }: PartProps) {
  const t = useSay(TEXTS)
  const text = useText()
  const may = useMay()
  const loaded = useLoaded<{ posts: PostView[]; total: number }>(`${BASE}/posts?organisationId=${organisation.id}`)
  const posts = loaded.data?.posts ?? []
  const holder = (post: PostView, cover: 'A' | 'B') => {
    const held = post.holders.find((one) => one.cover === cover)
    if (!held) return <span className="mt-quiet">{t('nobody')} {may('access.manage') ? <Button size="small" aria-label={`${t('hold')} ${text(post.name)} ${cover}`} onClick={() => onCommand(holdingCommands(lists).create(post, cover))}>{t('hold')}</Button> : null}</span>
    return <span>{text(held.name)} <span className="mt-quiet">{held.away ? `✕ ${t('away')}` : held.acts ? `● ${t('acts')}` : ''}</span> {may('access.manage') ? <Button size="small" type="text" aria-label={`${t('endHold')} ${text(held.name)}`} onClick={() => onCommand(holdingCommands(lists).close(held.holdingId, text(held.name)))}>{t('endHold')}</Button> : null}</span>
  }
  return (
    <>
      <ProblemNote problem={loaded.problem} again={loaded.reload} />
      {may('org.manage') ? <div className="mt-row"><Button onClick={() => onCommand(postCommands(lists).create(organisation))}>{t('newPost')}</Button></div> : null}
      {loaded.data === undefined ? (loaded.problem ? null : <Loading />) : posts.length === 0 ? <Nothing>{t('noPosts')}</Nothing> : (
        <div className="mt-scroll"><table className="mt-table mt-stack"><thead><tr><th scope="col">{t('post')}</th><th scope="col">{t('role')}</th><th scope="col">{t('a')}</th><th scope="col">{t('b')}</th></tr></thead><tbody>
          {posts.map((post) => <tr key={post.id}><td data-label={t('post')}><span><strong>{text(post.name)}</strong> <code>{post.code}</code>{may('org.manage') ? <Button size="small" type="text" aria-label={`${t('closePost')} ${text(post.name)}`} onClick={() => onCommand(postCommands(lists).close(post))}>{t('closePost')}</Button> : null}</span></td><td data-label={t('role')}>{text(lists.roles.find((role) => role.code === post.role)?.name) || post.role}{post.bAlongside ? ` · ${t('alongside')}` : ''}</td><td data-label={t('a')}>{holder(post, 'A')}</td><td data-label={t('b')}>{holder(post, 'B')}</td></tr>)}
        </tbody></table></div>
      )}
    </>
  )
}

function Uncovered({ posts }: { readonly posts: readonly UncoveredView[] }) {
  const t = useSay(TEXTS)
  const text = useText()
  if (posts.length === 0) return <Nothing>{t('allCovered')}</Nothing>
  return <ul className="mt-found-list">{posts.map((post) => <li key={post.postId}>■ <strong>{text(post.name)}</strong> {text(post.organisationName)} · {post.why === 'vacant' ? t('vacant') : t('bothAway')}</li>)}</ul>
}

function Authorisations({ organisation, lists, onCommand }: PartProps) {
  const t = useSay(TEXTS)
  const language = useLanguage()
  const text = useText()
  const may = useMay()
  const loaded = useLoaded<{ authorisations: AuthorisationView[] }>(`${BASE}/authorisations?organisationId=${organisation.id}`)
  const entries = loaded.data?.authorisations ?? []
  return (
    <>
      <ProblemNote problem={loaded.problem} again={loaded.reload} />
      {may('access.manage') ? <div className="mt-row"><Button onClick={() => onCommand(authorisationCommands(lists).create(organisation))}>{t('newAuth')}</Button></div> : null}
      {loaded.data === undefined ? (loaded.problem ? null : <Loading />) : entries.length === 0 ? <Nothing>{t('noAuth')}</Nothing> : (
        <ul className="mt-found-list">{entries.map((entry) => <li key={entry.id}>
          <strong>{t(entry.kind)}</strong> {text(entry.fromName)} {t('to', { name: text(entry.toName) })} · <span lang="zh-CN">{entry.documentNo} · {entry.seal}</span> · {entry.items.length === 0 ? t('allItems') : t('items', { n: entry.items.length })} · {t('valid', { from: listDay(entry.validFrom, language), to: entry.validTo ? listDay(entry.validTo, language) : t('open') })}
          {entry.revokedOn ? <p>✕ {t('revoked', { day: listDay(entry.revokedOn, language), why: entry.revokedBecause ?? '' })}</p> : may('access.manage') ? <> <Button size="small" aria-label={`${t('revoke')} ${entry.documentNo}`} onClick={() => onCommand(authorisationCommands(lists).revoke(entry))}>{t('revoke')}</Button></> : null}
        </li>)}</ul>
      )}
    </>
  )
}

function Leaves({ lists, onCommand }: { readonly lists: Lists; readonly onCommand: (command: Command) => void }) {
  const t = useSay(TEXTS)
  const language = useLanguage()
  const text = useText()
  const may = useMay()
  const loaded = useLoaded<{ leaves: LeaveView[] }>(`${BASE}/leaves`)
  return (
    <>
      <ProblemNote problem={loaded.problem} again={loaded.reload} />
      {may('org.manage') ? <div className="mt-row"><Button onClick={() => onCommand(leaveCommands(lists).create)}>{t('newLeave')}</Button></div> : null}
      {loaded.data === undefined ? (loaded.problem ? null : <Loading />) : loaded.data.leaves.length === 0 ? <Nothing>{t('noLeave')}</Nothing> : <ul className="mt-found-list">{loaded.data.leaves.map((leave) => <li key={leave.id}><strong>{text(leave.name)}</strong> {t(leave.kind)} · {t('valid', { from: listDay(leave.validFrom, language), to: listDay(leave.validTo, language) })} {may('org.manage') ? <Button size="small" aria-label={`${t('endLeave')} ${text(leave.name)}`} onClick={() => onCommand(leaveCommands(lists).end(leave.id, text(leave.name)))}>{t('endLeave')}</Button> : null}</li>)}</ul>}
    </>
  )
}

const counted = (names: readonly string[]): readonly { readonly name: string; readonly n: number }[] => [...new Set(names)].map((name) => ({ name, n: names.filter((one) => one === name).length }))

function People() {
  const t = useSay(TEXTS)
  const text = useText()
  const [q, setQ] = useState('')
  const settled = useSettled(q.trim())
  const language = useLanguage()
  const listed = useListed()
  const path = `${BASE}/people?q=${encodeURIComponent(settled)}`
  const loaded = useLoaded<{ people: PersonView[] }>(path)
  const postsOf = (person: PersonView): string => listed(counted(person.posts.map(text)).map(({ name, n }) => (n > 1 ? t('times', { name, n }) : name)))
  const exported = {
    name: t('people'), head: [t('name'), t('staffNo'), t('post'), t('until')], pages: 1, read: async () => (await get<{ people: PersonView[] }>(path)).people,
    cells: (person: PersonView) => [text(person.name), person.staffNo, postsOf(person), person.onLeaveUntil],
  }
  return (
    <>
      <div className="mt-row mt-filters"><Field spec={{ name: 'people-q', label: TEXTS.find, kind: 'text' }} value={q} onChange={(value) => setQ((value as string | undefined) ?? '')} /><ExportButton of={exported} disabled={!loaded.data?.people.length} /></div>
      <ProblemNote problem={loaded.problem} again={loaded.reload} />
      {loaded.data === undefined ? (loaded.problem ? null : <Loading />) : loaded.data.people.length === 0 ? <Nothing>{t('noPeople')}</Nothing> : <ul className="mt-found-list">{loaded.data.people.map((person) => <li key={person.id}><strong>{text(person.name)}</strong> <code>{person.staffNo}</code> · {postsOf(person) || t('nobody')}{person.onLeaveUntil ? ` · ${t('onLeave', { day: listDay(person.onLeaveUntil, language) })}` : ''}</li>)}</ul>}
    </>
  )
}
