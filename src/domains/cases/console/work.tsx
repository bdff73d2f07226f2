import { Button, Checkbox } from 'antd'
import { useEffect, useState } from 'react'
import { asProblem, call, get, randomId, type Problem } from '../../../kit/console/api.ts'
import { ExportButton } from '../../../kit/console/export-button.tsx'
import { useKeys, WithKey } from '../../../kit/console/keys.tsx'
import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { Light, LIGHT_WORDS } from '../../../kit/console/light.tsx'
import { useLive } from '../../../kit/console/live.ts'
import { useLoaded } from '../../../kit/console/loaded.ts'
import { pageOf, Pager } from '../../../kit/console/pager.tsx'
import { Link, navigate, setQuery, useLocation } from '../../../kit/console/router.tsx'
import { Loading, Nothing, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { useSession } from '../../../kit/console/session.ts'
import { dataDue, listDue } from '../../../kit/console/when.ts'
import { STAGE_NAMES, type TaskListEntry } from '../contract.ts'
import { mayTakeUp } from './may-take-up.ts'

const TEXTS = {
  title: { zh: '我的待办', en: 'My work' }, lead: { zh: '按到期先后排列；共 {n} 件。', en: 'By due day, the most pressing first; {n} in all.' },
  mine: { zh: '我已领办', en: 'Claimed by me' }, post: { zh: '我的岗位', en: 'My posts' }, organisation: { zh: '本机构', en: 'My organisation' }, scope: { zh: '范围', en: 'Scope' },
  light: { zh: '期限', en: 'Limit' }, due: { zh: '到期', en: 'Due' }, caseNo: { zh: '办件编号', en: 'Case' }, item: { zh: '事项', en: 'Item' }, applicant: { zh: '申请人', en: 'Applicant' }, step: { zh: '环节', en: 'Step' }, stage: { zh: '阶段', en: 'Stage' },
  state: { zh: '领办', en: 'Claim' }, claim: { zh: '领办', en: 'Claim' }, claimed: { zh: '我已领办', en: 'Mine' }, byOther: { zh: '他人已领办', en: 'Claimed by another' }, otherPost: { zh: '其他岗位', en: 'Another post’s' }, claimMany: { zh: '领办选中的 {n} 件', en: 'Claim {n} chosen' }, choose: { zh: '选择 {no}', en: 'Choose {no}' }, chooseAll: { zh: '全选本页未领办的', en: 'Choose all unclaimed here' },
  next: { zh: '办理最紧急的一件', en: 'Open the most pressing' }, up: { zh: '上移', en: 'Up' }, down: { zh: '下移', en: 'Down' }, open: { zh: '打开当前一件', en: 'Open the current one' }, claimKey: { zh: '领办当前一件', en: 'Claim the current one' },
  file: { zh: '待办', en: 'my-work' }, undecided: { zh: '（未填写）', en: '(not given)' },
  none: { zh: '没有待办。新的待办会自己出现在这里，不用刷新。', en: 'Nothing to do. New work appears here by itself.' }, noneMine: { zh: '您还没有领办任何一件。换到“我的岗位”看看有什么可领。', en: 'You have claimed nothing yet. Look under “My posts”.' },
} as const
const SCOPES = ['post', 'mine', 'organisation'] as const
const SIZE = 50
interface TaskList { readonly tasks: TaskListEntry[]; readonly total: number }

/** Tasks by due instant with their light: claim, open, act, next. */
export default function Work() {
  const t = useSay(TEXTS)
  const words = useSay(LIGHT_WORDS)
  const text = useText()
  const language = useLanguage()
  const { query } = useLocation()
  const scope = SCOPES.find((one) => one === query.get('scope')) ?? 'post'
  const page = pageOf(query)
  const pathOf = (n: number) => `/api/v1/tasks?scope=${scope}&page=${n}&size=${SIZE}`
  const list = useLoaded<TaskList>(pathOf(page))
  const [currentId, setCurrentId] = useState<string>()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [problem, setProblem] = useState<Problem>()
  useLive(['tasks'], list.reload)
  useEffect(() => { setCurrentId(undefined); setChosen(new Set()) }, [scope, page])
  const tasks = list.data?.tasks ?? []
  const { person } = useSession()
  const isFree = (task: TaskListEntry): boolean => task.state === 'open' && mayTakeUp(task, person)
  const free = tasks.filter(isFree)
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
  // By its id, not its place: a list that moves under the cursor must not put another case there.
  const current = Math.max(0, tasks.findIndex((task) => task.id === currentId))
  const at = tasks[current]
  const move = (to: number): void => {
    const task = tasks[Math.max(0, Math.min(tasks.length - 1, to))]
    setCurrentId(task?.id)
    if (task) document.getElementById(`task-${task.id}`)?.scrollIntoView({ block: 'nearest' })
  }
  const open = (task: TaskListEntry | undefined): void => { if (task) navigate(`/cases/${task.caseNo}`) }
  useKeys([
    { key: 'J', label: t('down'), run: () => move(current + 1) }, { key: 'K', label: t('up'), run: () => move(current - 1) },
    { key: 'O', label: t('open'), run: () => open(at) }, { key: 'C', label: t('claimKey'), run: () => { if (at && isFree(at)) void claim([at]) } }, { key: 'N', label: t('next'), run: () => open(tasks[0]) },
  ])
  const total = list.data?.total ?? 0
  const exported = {
    name: t('file'), head: [t('light'), t('due'), t('caseNo'), t('item'), t('applicant'), t('step'), t('stage'), t('state')], pages: Math.ceil(total / SIZE), read: async (n: number) => (await get<TaskList>(pathOf(n))).tasks,
    cells: (task: TaskListEntry) => [task.light ? words(task.light) : '', dataDue(task.dueAt), task.caseNo, text(task.item.name), task.applicant, text(task.stepName), text(STAGE_NAMES[task.stage]), task.state === 'open' ? '' : task.mine ? t('claimed') : t('byOther')],
  }
  return (
    <Screen
      title={t('title')} lead={list.data ? t('lead', { n: list.data.total }) : null}
      actions={<>{chosen.size > 0 ? <Button onClick={() => void claim(tasks.filter((task) => chosen.has(task.id)))}>{t('claimMany', { n: chosen.size })}</Button> : null}<ExportButton of={exported} disabled={total === 0} /><WithKey hint="N"><Button type="primary" disabled={tasks.length === 0} onClick={() => open(tasks[0])}>{t('next')}</Button></WithKey></>}
    >
      <div className="mt-tabs-list" role="group" aria-label={t('scope')}>
        {SCOPES.map((one) => <button key={one} type="button" aria-pressed={scope === one} onClick={() => setQuery({ scope: one, page: undefined })}>{t(one)}</button>)}
      </div>
      <ProblemNote problem={problem ?? list.problem} again={() => { setProblem(undefined); list.reload() }} />
      {list.data === undefined ? (list.problem ? null : <Loading />) : tasks.length === 0 ? <Nothing>{scope === 'mine' ? <>{t('noneMine')} <Button onClick={() => setQuery({ scope: 'post', page: undefined })}>{t('post')}</Button></> : t('none')}</Nothing> : (
        <div className="mt-scroll">
          <table className="mt-table mt-stack mt-cards">
            <caption className="mt-hidden">{t('title')}</caption>
            <thead>
              <tr>
                <th scope="col"><Checkbox aria-label={t('chooseAll')} disabled={free.length === 0} checked={free.length > 0 && free.every((task) => chosen.has(task.id))} onChange={(event) => setChosen(new Set(event.target.checked ? free.map((task) => task.id) : []))} /></th>
                <th scope="col">{t('light')}</th><th scope="col">{t('due')}</th><th scope="col">{t('caseNo')}</th><th scope="col">{t('item')}</th><th scope="col">{t('applicant')}</th><th scope="col">{t('step')}</th><th scope="col">{t('stage')}</th><th scope="col">{t('state')}</th>
              </tr>
            </thead>
            <tbody>
              {tasks.map((task, i) => (
                <tr key={task.id} id={`task-${task.id}`} className={i === current ? 'mt-current' : ''}>
                  <td>{isFree(task) ? <Checkbox aria-label={t('choose', { no: task.caseNo })} checked={chosen.has(task.id)} onChange={(event) => { const next = new Set(chosen); if (event.target.checked) next.add(task.id); else next.delete(task.id); setChosen(next) }} /> : null}</td>
                  <td data-label={t('light')}><Light light={task.light} /></td>
                  <td data-label={t('due')} className="mt-no">{listDue(task.dueAt, language)}</td>
                  <td data-label={t('caseNo')} className="mt-no mt-card-line"><Link to={`/cases/${task.caseNo}`}>{task.caseNo}</Link></td>
                  <td data-label={t('item')}>{text(task.item.name)}</td>
                  <td data-label={t('applicant')}>{task.applicant || <span className="mt-quiet">{t('undecided')}</span>}</td>
                  <td data-label={t('step')} className="mt-card-quiet">{text(task.stepName)}</td>
                  <td data-label={t('stage')} className="mt-no mt-card-quiet">{text(STAGE_NAMES[task.stage])}</td>
                  <td data-label={t('state')} className="mt-no mt-card-end">{isFree(task) ? <Button size="small" onClick={() => void claim([task])} aria-label={`${t('claim')} ${task.caseNo}`}>{t('claim')}</Button> : task.mine ? t('claimed') : task.state === 'open' ? <span className="mt-quiet">{t('otherPost')}</span> : t('byOther')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager page={page} size={SIZE} total={total} />
    </Screen>
  )
}
