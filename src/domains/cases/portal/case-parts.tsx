import { groundName } from '../../../kernel/clock/grounds.ts'
import type { CivilDay } from '../../../base/civil-day.ts'
import type { DayExplanation } from '../../../kernel/clock/types.ts'
import { ClockBand, DayTable, FlowChart, inLanguage, instant, Light, longDay, Notice, part, SummaryList, Timeline, type Frame, type Markup } from '../../../kit/portal/index.ts'
import type { ActView, CaseView, ClockView } from '../contract.ts'
import { budgetText, say } from './case-words.ts'

/** A clock with the days that explain it. */
export interface ExplainedClock { readonly clock: ClockView; readonly stoppedOn: CivilDay | null; readonly days: readonly DayExplanation[] }

/** Clocks of a case: those that run first, those that ended folded away. */
export const Clocks = ({ frame, clocks, today, explainHref }: { frame: Frame; clocks: readonly ExplainedClock[]; today: CivilDay; explainHref: (clockId: string) => string }): Markup => {
  const { language } = frame
  const t = say(language)
  const band = ({ clock, stoppedOn, days }: ExplainedClock, i: number): Markup => (
    <ClockBand id={`clock-${i}-${clock.stopped ? 'ended' : 'running'}`} name={inLanguage(clock.name, language)} heading="h3" article={clock.article} startedOn={clock.startedOn as CivilDay} dueOn={clock.dueOn as CivilDay | null}
      stoppedOn={stoppedOn} today={today} light={clock.light} provisional={clock.provisional} language={language} explainHref={explainHref(clock.id)}
      pauses={clock.suspensions.map(({ from, to, ground }) => ({ from: from as CivilDay, to: to as CivilDay | null, ground: inLanguage(groundName(ground), language) }))}
      restDays={days.filter(({ reason }) => reason === 'weekend' || reason === 'holiday').map(({ date }) => date)} />
  )
  const running = clocks.filter(({ clock }) => !clock.stopped)
  const ended = clocks.filter(({ clock }) => clock.stopped)
  return (
    <section id="clocks" aria-labelledby="h-clocks">
      <h2 id="h-clocks" safe>{t('limits')}</h2>
      {running.length === 0 ? <p safe>{t('noLimits')}</p> : running.map(band)}
      {ended.length === 0 ? '' : <details><summary safe>{t('ended')}</summary>{ended.map(band)}</details>}
    </section>
  )
}

/** What the case waits for although nobody has to do anything: the close of a window. */
export const Waits = ({ frame, view }: { frame: Frame; view: CaseView }): Markup => {
  const { language } = frame
  return <>{view.waits.map(({ name, until }) => <Notice kind="plain"><p safe>{until === null ? inLanguage(name, language) : say(language)('waits', { step: inLanguage(name, language), day: longDay(until, language) })}</p></Notice>)}</>
}

/** One clock, told in sentences and then day by day. */
export const ClockExplained = ({ frame, explained }: { frame: Frame; explained: ExplainedClock }): Markup => {
  const { language } = frame
  const t = say(language)
  const { clock, days } = explained
  return (
    <>
      <p class="lede" safe>{t('explainLede', { name: inLanguage(clock.name, language), from: longDay(clock.startedOn, language) })}</p>
      {clock.dueOn === null ? (clock.stopped ? <p safe>{t('explainStopped')}</p> : '') : <p safe>{t('explainDue', { day: longDay(clock.dueOn, language) })}</p>}
      <SummaryList facts={[
        { term: t('budget'), value: budgetText(clock.budget, clock.unit, language) },
        { term: t('article'), value: clock.article },
        { term: t('dayZero'), value: longDay(clock.startedOn, language) },
        ...(clock.dueOn === null ? [] : [{ term: t('due'), value: () => <><span safe>{longDay(clock.dueOn!, language)}</span>{' '}{clock.stopped ? '' : <Light light={clock.light} language={language} />}</> }]),
        ...clock.suspensions.map((pause) => ({ term: t('pause'), value: t('fromTo', { from: longDay(pause.from, language), to: pause.to === null ? t('stillPaused') : longDay(pause.to, language), ground: inLanguage(groundName(pause.ground), language), article: pause.article }) })),
        ...clock.extensions.map((extension) => ({ term: t('extension'), value: `${budgetText(extension.amount, clock.unit, language)} · ${longDay(extension.on, language)} · ${extension.article}${extension.reason === '' ? '' : ` · ${extension.reason}`}` })),
      ]} />
      {clock.provisional ? <Notice kind="warn"><p safe>{t('provisional')}</p></Notice> : ''}
      <DayTable days={days} language={language} />
    </>
  )
}

/** Acts under posts, newest first, each with its ground and its place in the public log. */
export const History = ({ frame, history, receiptHref }: { frame: Frame; history: readonly ActView[]; receiptHref: (act: ActView) => { readonly href: string; readonly text: string } }): Markup => {
  const { language } = frame
  const t = say(language)
  return (
    <section id="history" aria-labelledby="h-history">
      <h2 id="h-history" safe>{t('history')}</h2>
      <Timeline label={t('history')} entries={folded(history).reverse().map(({ act, times }) => ({
        what: `${inLanguage(act.name, language)}${times === 1 ? '' : ` × ${times}`}${act.postName === null ? '' : ` · ${inLanguage(act.postName, language)}`}`, when: instant(new Date(act.at), language), datetime: act.at, ground: act.ground,
        ...(act.post === 'applicant' || act.post === 'system' ? {} : { kind: 'act' as const }),
        more: () => { const link = receiptHref(act); return <p class="small muted"><span safe>{t('leaf')}</span>{' '}<code safe>{`${act.leafHash.slice(0, 12)}…`}</code>{' '}<a href={link.href}><span safe>{link.text}</span><span class="sr" safe>{` ${inLanguage(act.name, language)} ${instant(new Date(act.at), language)}`}</span></a></p> },
      }))} />
    </section>
  )
}

/** A draft saved many times in a row is one thing that happened: its last saving stands for them. */
function folded(history: readonly ActView[]): { act: ActView; times: number }[] {
  const runs: { act: ActView; times: number }[] = []
  for (const act of history) {
    const last = runs.at(-1)
    if (act.act === 'saveDraft' && last?.act.act === 'saveDraft') runs[runs.length - 1] = { act, times: last.times + 1 }
    else runs.push({ act, times: 1 })
  }
  return runs
}

export interface Diagram { readonly svg: string; readonly steps: readonly { readonly name: string; readonly text: string }[] }
/** The procedure with its live step, and the same in words. */
export const Procedure = ({ frame, diagram }: { frame: Frame; diagram: Diagram | null }): Markup => {
  if (diagram === null) return ''
  const t = say(frame.language)
  return (
    <section id="procedure" aria-labelledby="h-procedure">
      <h2 id="h-procedure" safe>{t('diagram')}</h2>
      <FlowChart svg={diagram.svg} steps={diagram.steps} label={t('diagramBox')} stepsTitle={t('inWords')} />
    </section>
  )
}

export const clockHref = (caseNo: string) => (clockId: string): string => `/my/cases/${part(caseNo)}/clocks/${part(clockId)}`
