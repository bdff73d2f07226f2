import { Button, Checkbox } from 'antd'
import { useEffect, useState } from 'react'
import { asProblem, call, randomId, type Problem } from '../../../kit/console/api.ts'
import { useKeys, WithKey } from '../../../kit/console/keys.tsx'
import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { Light } from '../../../kit/console/light.tsx'
import { useLive } from '../../../kit/console/live.ts'
import { useLoaded } from '../../../kit/console/loaded.ts'
import { Link, navigate, setQuery, useLocation } from '../../../kit/console/router.tsx'
import { Loading, Nothing, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { dueDay } from '../../../kit/console/when.ts'
import { STAGE_NAMES, type TaskListEntry } from '../contract.ts'

const TEXTS = {
  title: { zh: '我的待办', en: 'My work' }, lead: { zh: '按到期先后排列；共 {n} 件。', en: 'By due day, the most pressing first; {n} in all.' },
  mine: { zh: '我已领办', en: 'Claimed by me' }, post: { zh: '我的岗位', en: 'My posts' }, organisation: { zh: '本机构', en: 'My organisation' }, scope: { zh: '范围', en: 'Scope' },
  light: { zh: '期限', en: 'Limit' }, due: { zh: '到期', en: 'Due' }, caseNo: { zh: '办件编号', en: 'Case' }, item: { zh: '事项', en: 'Item' }, applicant: { zh: '申请人', en: 'Applicant' }, step: { zh: '环节', en: 'Step' }, stage: { zh: '阶段', en: 'Stage' },
  state: { zh: '领办', en: 'Claim' }, claim: { zh: '领办', en: 'Claim' }, claimed: { zh: '我已领办', en: 'Mine' }, byOther: { zh: '他人已领办', en: 'Claimed by another' }, claimMany: { zh: '领办选中的 {n} 件', en: 'Claim {n} chosen' }, choose: { zh: '选择 {no}', en: 'Choose {no}' }, chooseAll: { zh: '全选本页未领办的', en: 'Choose all unclaimed here' },
  next: { zh: '办理最紧急的一件', en: 'Open the most pressing' }, up: { zh: '上移', en: 'Up' }, down: { zh: '下移', en: 'Down' }, open: { zh: '打开当前一件', en: 'Open the current one' }, claimKey: { zh: '领办当前一件', en: 'Claim the current one' },
  none: { zh: '没有待办。新的待办会自己出现在这里，不用刷新。', en: 'Nothing to do. New work appears here by itself.' }, noneMine: { zh: '您还没有领办任何一件。换到“我的岗位”看看有什么可领。', en: 'You have claimed nothing yet. Look under “My posts”.' },
  earlier: { zh: '上一页', en: 'Previous' }, later: { zh: '下一页', en: 'Next' }, pages: { zh: '第 {page} 页，共 {pages} 页', en: 'Page {page} of {pages}' },
} as const
const SCOPES = ['post', 'mine', 'organisation'] as const
const SIZE = 50

/** Tasks by due instant with their light: claim, open, act, next. */
export default function Work() {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const { query } = useLocation()
  const scope = SCOPES.find((one) => one === query.get('scope')) ?? 'post'
  const page = Math.max(1, Number(query.get('page')) || 1)
  const list = useLoaded<{ tasks: TaskListEntry[]; total: number }>(`/api/v1/tasks?scope=${scope}&page=${page}&size=${SIZE}`)
  const [current, setCurrent] = useState(0)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [problem, setProblem] = useState<Problem>()
  useLive(['tasks'], list.reload)
  useEffect(() => { setCurrent(0); setChosen(new Set()) }, [scope, page])
  const tasks = list.data?.tasks ?? []
  const free = tasks.filter((task) => task.state === 'open')
  const claim = async (wanted: readonly TaskListEntry[]): Promise<void> => {
    setProblem(undefined)
    try {
      for (const task of wanted) await call('POST', `/api/v1/cases/${task.caseNo}/acts`, { body: { act: 'claim', revision: task.revision, input: { taskId: task.id } }, key: randomId() })
    } catch (error) {
      setProblem(asProblem(error))
    }
    setChosen(new Set())
    list.reload()
  }
  const at = tasks[Math.min(current, tasks.length - 1)]
  const open = (task: TaskListEntry | undefined): void => { if (task) navigate(`/cases/${task.caseNo}`) }
  useKeys([
    { key: 'J', label: t('down'), run: () => setCurrent(Math.min(tasks.length - 1, current + 1)) }, { key: 'K', label: t('up'), run: () => setCurrent(Math.max(0, current - 1)) },
    { key: 'O', label: t('open'), run: () => open(at) }, { key: 'C', label: t('claimKey'), run: () => { if (at?.state === 'open') void claim([at]) } }, { key: 'N', label: t('next'), run: () => open(tasks[0]) },
  ])
  const pages = Math.max(1, Math.ceil((list.data?.total ?? 0) / SIZE))
  return (
    <Screen
      title={t('title')} lead={list.data ? t('lead', { n: list.data.total }) : null}
      actions={<>{chosen.size > 0 ? <Button onClick={() => void claim(tasks.filter((task) => chosen.has(task.id)))}>{t('claimMany', { n: chosen.size })}</Button> : null}<WithKey hint="N"><Button type="primary" disabled={tasks.length === 0} onClick={() => open(tasks[0])}>{t('next')}</Button></WithKey></>}
    >
      <div className="mt-tabs-list" role="group" aria-label={t('scope')}>
        {SCOPES.map((one) => <button key={one} type="button" aria-pressed={scope === one} onClick={() => setQuery({ scope: one, page: undefined })}>{t(one)}</button>)}
      </div>
      <ProblemNote problem={problem ?? list.problem} again={() => { setProblem(undefined); list.reload() }} />
      {list.data === undefined ? (list.problem ? null : <Loading />) : tasks.length === 0 ? <Nothing>{scope === 'mine' ? t('noneMine') : t('none')}</Nothing> : (
        <div className="mt-scroll">
          <table className="mt-table mt-stack">
            <caption className="mt-hidden">{t('title')}</caption>
            <thead>
              <tr>
                <th scope="col"><Checkbox aria-label={t('chooseAll')} disabled={free.length === 0} checked={free.length > 0 && free.every((task) => chosen.has(task.id))} onChange={(event) => setChosen(new Set(event.target.checked ? free.map((task) => task.id) : []))} /></th>
                <th scope="col">{t('light')}</th><th scope="col">{t('due')}</th><th scope="col">{t('caseNo')}</th><th scope="col">{t('item')}</th><th scope="col">{t('applicant')}</th><th scope="col">{t('step')}</th><th scope="col">{t('stage')}</th><th scope="col">{t('state')}</th>
              </tr>
            </thead>
            <tbody>
              {tasks.map((task, i) => (
                <tr key={task.id} className={i === current ? 'mt-current' : ''}>
                  <td>{task.state === 'open' ? <Checkbox aria-label={t('choose', { no: task.caseNo })} checked={chosen.has(task.id)} onChange={(event) => { const next = new Set(chosen); if (event.target.checked) next.add(task.id); else next.delete(task.id); setChosen(next) }} /> : null}</td>
                  <td data-label={t('light')}><Light light={task.light} /></td>
                  <td data-label={t('due')}>{dueDay(task.dueAt, language)}</td>
                  <td data-label={t('caseNo')} className="mt-no"><Link to={`/cases/${task.caseNo}`}>{task.caseNo}</Link></td>
                  <td data-label={t('item')}>{text(task.item.name)}</td>
                  <td data-label={t('applicant')}>{task.applicant}</td>
                  <td data-label={t('step')}>{text(task.stepName)}</td>
                  <td data-label={t('stage')} className="mt-no">{text(STAGE_NAMES[task.stage])}</td>
                  <td data-label={t('state')}>{task.state === 'open' ? <Button size="small" onClick={() => void claim([task])} aria-label={`${t('claim')} ${task.caseNo}`}>{t('claim')}</Button> : task.mine ? t('claimed') : t('byOther')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {pages > 1 ? <div className="mt-row"><Button disabled={page <= 1} onClick={() => setQuery({ page: String(page - 1) })}>{t('earlier')}</Button><span>{t('pages', { page, pages })}</span><Button disabled={page >= pages} onClick={() => setQuery({ page: String(page + 1) })}>{t('later')}</Button></div> : null}
    </Screen>
  )
}
