import { App, Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { asProblem, call, randomId, type Problem } from '../../../kit/console/api.ts'
import { ClockBand } from '../../../kit/console/clock-band.tsx'
import { DayTable, type ExplainedDay } from '../../../kit/console/day-table.tsx'
import { Dialog } from '../../../kit/console/dialog.tsx'
import { Drawing } from '../../../kit/console/drawing.tsx'
import { useKeys, WithKey } from '../../../kit/console/keys.tsx'
import { useLanguage, useListed, useSay, useText } from '../../../kit/console/language.tsx'
import { useLive } from '../../../kit/console/live.ts'
import { useLoaded } from '../../../kit/console/loaded.ts'
import { Link, setQuery, useLocation } from '../../../kit/console/router.tsx'
import { Loading, Nothing, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { useSession } from '../../../kit/console/session.ts'
import { TabPanels } from '../../../kit/console/tabs.tsx'
import { amountOf } from '../../../kit/console/when.ts'
import { longDay } from '../../../kit/portal/words.ts'
import { ENDED_STAGES, STAGE_NAMES, type CaseView, type ClockView, type TaskView } from '../contract.ts'
import { FormFacts, MaterialList, Papers, Parties, Timeline } from './case-parts.tsx'
import { DeferredNote } from './deferred-note.tsx'
import { applicantName, fileOf } from './file.ts'
import { useGuide } from './guide.ts'
import { Lights } from './lights.tsx'
import { mayTakeUp } from './may-take-up.ts'
import { Notices } from './notices.tsx'
import { printPapers } from './print-papers.ts'
import { Standing } from './standing.tsx'
import { VerticalNote } from './vertical-note.tsx'
import { WorkArea } from './work-area.tsx'

const TEXTS = {
  back: { zh: '返回待办', en: 'Back to my work' }, clocks: { zh: '时限', en: 'Limits' }, noClocks: { zh: '没有正在计算的期限。', en: 'No limit is running.' }, why: { zh: '为什么是这一天', en: 'Why this day' }, whyOf: { zh: '为什么是这一天：{name}', en: 'Why this day: {name}' },
  acts: { zh: '办理经过', en: 'What was done' }, work: { zh: '办理', en: 'Work' }, diagram: { zh: '流程图', en: 'Procedure' }, parties: { zh: '当事人', en: 'Parties' }, papers: { zh: '文书与送达', en: 'Papers and service' }, notices: { zh: '告知', en: 'Notices' }, tabs: { zh: '办件内容', en: 'Parts of the case' }, materials: { zh: '材料', en: 'Materials' }, form: { zh: '表单内容', en: 'Form' },
  claim: { zh: '领办“{step}”', en: 'Claim “{step}”' }, release: { zh: '退回“{step}”', en: 'Give back “{step}”' }, takeOverStep: { zh: '接替领办“{step}”', en: 'Take over “{step}”' }, diagramOf: { zh: '办理流程，正在进行的环节已标出', en: 'The procedure with its live steps marked' }, noDiagram: { zh: '这一阶段还没有流程。', en: 'No procedure at this stage.' }, live: { zh: '正在进行：', en: 'Now at: ' },
  changed: { zh: '本件刚刚有新的办理行为，页面已更新；您填写的内容都在。', en: 'Somebody has just acted on this case. The page is up to date; what you typed is still here.' }, print: { zh: '打印全部文书', en: 'Print all papers' }, masked: { zh: '个人信息已隐去。', en: 'Personal data is withheld.' }, steps: { zh: '环节', en: 'Steps' }, organ: { zh: '承办', en: 'Organ' }, accepting: { zh: '受理', en: 'Accepted by' },
  waits: { zh: '{step}（{day} 截止），之后由系统转入下一环节。', en: '{step} ({day}); then the system passes it on.' },
  openClocks: { zh: '已停止的期限（{n}）', en: 'Limits that have stopped ({n})' },
} as const

/** One case: its line, the clocks first, then what was done beside what is to be done. */
export default function Case({ params }: { readonly params: readonly string[] }) {
  const caseNo = params[0] ?? ''
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const { query } = useLocation()
  const loaded = useLoaded<CaseView>(`/api/v1/cases/${encodeURIComponent(caseNo)}`)
  const view = loaded.data
  const guide = useGuide(view?.item.code ?? null, view ? fileOf(view).item?.version : undefined)
  const [problem, setProblem] = useState<Problem>()
  const [whyOf, setWhyOf] = useState<ClockView>()
  const own = useRef(0)
  const { message } = App.useApp()
  const seen = useRef<number | null>(null)
  useLive(loaded.problem?.status === 404 ? [] : [`matter:${caseNo}`], loaded.reload)
  useEffect(() => {
    if (!view) return
    // Another's act: say so. One's own raises the number before the answer is read again.
    if (seen.current !== null && view.revision > seen.current && view.revision > own.current) void message.info(t('changed'))
    seen.current = view.revision
  }, [view, message, t])
  const [printing, setPrinting] = useState(false)
  const print = (): void => {
    setProblem(undefined)
    setPrinting(true)
    void printPapers(caseNo).catch((error: unknown) => setProblem(asProblem(error))).finally(() => setPrinting(false))
  }
  useKeys([{ key: 'Alt+P', label: t('print'), off: !view || view.papers.length === 0 || printing, run: print }])
  if (view === undefined) return loaded.problem ? <Screen title={caseNo}><ProblemNote problem={loaded.problem} again={loaded.reload} kept=" " /><Link to="/work">{t('back')}</Link></Screen> : <Loading />
  const file = fileOf(view)
  const done = (): void => { own.current = view.revision + 1; loaded.reload() }
  const running = view.clocks.filter((clock) => !clock.stopped)
  const stopped = view.clocks.filter((clock) => clock.stopped)
  const tab = query.get('tab') ?? 'work'
  const work = () => (
    <div className="mt-two">
      <section aria-labelledby="case-acts"><h2 id="case-acts" className="mt-hidden">{t('acts')}</h2><Timeline view={view} file={file} /></section>
      <section aria-labelledby="case-work">
        <h2 id="case-work" className="mt-hidden">{t('work')}</h2>
        <Tasks view={view} onDone={done} onProblem={setProblem} />
        <ProblemNote problem={guide.problem} />
        <WorkArea view={view} item={guide.item} form={guide.form} first={query.get('act')} onDone={done} />
        {view.masked ? <Nothing>{t('masked')}</Nothing> : <><div className="mt-section"><h2>{t('materials')}</h2><MaterialList view={view} file={file} item={guide.item} /></div><div className="mt-section"><h2>{t('form')}</h2><FormFacts file={file} form={guide.form} /></div></>}
      </section>
    </div>
  )
  return (
    <article aria-labelledby="screen-title">
      <header className="mt-screen-head mt-top-line">
        <h1 id="screen-title" tabIndex={-1}>{view.caseNo}</h1>
        <div className="mt-actions">{view.papers.length > 0 ? <WithKey hint="Alt+P"><Button loading={printing} onClick={print}>{t('print')} <small>{view.papers.length}</small></Button></WithKey> : null}</div>
        <div className="mt-lead"><strong>{text(view.item.name)}</strong> · {applicantName(view)} · <span className={`mt-stage${ENDED_STAGES.includes(view.stage) ? '' : ' mt-stage-open'}`}>{text(STAGE_NAMES[view.stage])}</span> <span className="mt-quiet">{t('organ')} {text(view.organisation.name)}{file.accepting ? ` · ${t('accepting')} ${text(file.accepting.name)}` : ''}</span></div>
      </header>
      <ProblemNote problem={problem ?? loaded.problem} {...(loaded.problem ? { again: loaded.reload } : {})} />
      <Standing view={view} file={file} />
      <section className="mt-clocks" aria-label={t('clocks')}>
        {running.length === 0 ? <p className="mt-quiet">{t('noClocks')}</p> : running.map((clock) => <Clock key={clock.id} clock={clock} onWhy={() => setWhyOf(clock)} />)}
        {stopped.length > 0 ? <details><summary>{t('openClocks', { n: stopped.length })}</summary>{stopped.map((clock) => <Clock key={clock.id} clock={clock} onWhy={() => setWhyOf(clock)} />)}</details> : null}
      </section>
      <Lights view={view} onDone={done} />
      {file.vertical ? <VerticalNote caseNo={view.caseNo} course={file.vertical} /> : null}
      <DeferredNote file={file} />
      {view.waits.map(({ step, name, until }) => <p key={step} className="mt-banner" role="note">{until === null ? text(name) : t('waits', { step: text(name), day: longDay(until, language) })}</p>)}
      <TabPanels
        label={t('tabs')} current={tab} onChange={(key) => setQuery({ tab: key === 'work' ? undefined : key, act: undefined })}
        tabs={[
          { key: 'work', name: t('work'), content: work }, { key: 'diagram', name: t('diagram'), content: () => <Diagram view={view} /> },
          { key: 'parties', name: t('parties'), content: () => <Parties view={view} file={file} /> }, { key: 'papers', name: t('papers'), content: () => <Papers view={view} file={file} /> },
          { key: 'notices', name: t('notices'), content: () => <Notices view={view} /> },
        ]}
      />
      {whyOf ? <Dialog wide title={t('whyOf', { name: text(whyOf.name) })} onClose={() => setWhyOf(undefined)}><Why caseNo={view.caseNo} clock={whyOf} /></Dialog> : null}
    </article>
  )
}

function Clock({ clock, onWhy }: { readonly clock: ClockView; readonly onWhy: () => void }) {
  const text = useText()
  const language = useLanguage()
  return <ClockBand clock={{ ...clock, name: text(clock.name), budget: amountOf(clock.budget, clock.unit, language) }} onWhy={onWhy} />
}

function Why({ caseNo, clock }: { readonly caseNo: string; readonly clock: ClockView }) {
  const t = useSay(TEXTS)
  const explained = useLoaded<{ days: ExplainedDay[] }>(`/api/v1/cases/${encodeURIComponent(caseNo)}/clocks/${encodeURIComponent(clock.id)}/explain`)
  if (explained.problem) return <ProblemNote problem={explained.problem} again={explained.reload} kept=" " />
  return explained.data ? <DayTable days={explained.data.days} caption={t('why')} /> : <Loading />
}

/** Who has taken the live steps up, and taking them up oneself. */
function Tasks({ view, onDone, onProblem }: { readonly view: CaseView; readonly onDone: () => void; readonly onProblem: (problem: Problem | undefined) => void }) {
  const t = useSay(TEXTS)
  const text = useText()
  const { person } = useSession()
  const act = async (name: 'claim' | 'release', task: TaskView): Promise<void> => {
    onProblem(undefined)
    try {
      await call('POST', `/api/v1/cases/${view.caseNo}/acts`, { body: { act: name, revision: view.revision, input: { taskId: task.id } }, key: randomId() })
    } catch (error) {
      onProblem(asProblem(error))
    }
    onDone()
  }
  const tasks = view.tasks.filter((task) => task.mine || mayTakeUp(task, person))
  if (tasks.length === 0) return null
  const words = (task: TaskView) => t(task.mine ? 'release' : task.state === 'open' ? 'claim' : 'takeOverStep', { step: text(task.stepName) })
  return <div className="mt-acts" role="group" aria-label={t('steps')}>{tasks.map((task) => <Button key={task.id} onClick={() => void act(task.mine ? 'release' : 'claim', task)}>{words(task)}</Button>)}</div>
}

function Diagram({ view }: { readonly view: CaseView }) {
  const t = useSay(TEXTS)
  const text = useText()
  const listed = useListed()
  if (!view.procedure) return <Nothing>{t('noDiagram')}</Nothing>
  const live = listed(view.tasks.map((task) => text(task.stepName)))
  return (
    <>
      {live ? <p>{t('live')}<strong>{live}</strong></p> : null}
      <Drawing source={`/api/v1/cases/${encodeURIComponent(view.caseNo)}/diagram.svg?revision=${view.revision}`} label={t('diagram')} alt={t('diagramOf')} />
    </>
  )
}
