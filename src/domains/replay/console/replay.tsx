import { Fragment } from 'react'
import { DayTable } from '../../../kit/console/day-table.tsx'
import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { Light } from '../../../kit/console/light.tsx'
import { useLoaded } from '../../../kit/console/loaded.ts'
import { Link } from '../../../kit/console/router.tsx'
import { Loading, ProblemNote, Screen } from '../../../kit/console/screen.tsx'
import { listDay, when } from '../../../kit/console/when.ts'
import type { ReplayedView } from '../contract.ts'

const TEXTS = {
  back: { zh: '全部重放案件', en: 'All replayed cases' }, timeline: { zh: '经过', en: 'What happened' }, clocks: { zh: '期限', en: 'Limits' }, attributes: { zh: '日志所载属性', en: 'Attributes in the log' }, from: { zh: '自 {day} 起', en: 'from {day}' }, due: { zh: '到期 {day}', en: 'due {day}' }, ended: { zh: '已于 {day} 停止', en: 'stopped {day}' }, why: { zh: '为什么是这一天', en: 'Why this day' },
} as const

/** One replayed case: clock first, then what happened. */
export default function Replay({ params }: { readonly params: readonly string[] }) {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const loaded = useLoaded<ReplayedView>(`/api/v1/replays/${encodeURIComponent(params[0]!)}`)
  const view = loaded.data
  if (view === undefined) return <Screen title={params[0]!} lead={null}><ProblemNote problem={loaded.problem} again={loaded.reload} />{loaded.problem ? null : <Loading />}</Screen>
  return (
    <Screen title={view.caseNo} lead={`${view.caseId} · ${view.log} · ${text(view.stageName)}`} actions={<Link to="/replays">{t('back')}</Link>}>
      {view.clocks.length > 0 ? <section className="mt-section"><h2>{t('clocks')}</h2>{view.clocks.map((clock) => (
        <div key={clock.id}>
          <p><strong>{text(clock.name)}</strong> <Light light={clock.light} /> {t('from', { day: listDay(clock.startedOn, language) })} · {clock.stopped ? t('ended', { day: listDay(clock.stopped, language) }) : clock.dueOn ? t('due', { day: listDay(clock.dueOn, language) }) : ''} · <span lang="zh-CN">{clock.article}</span></p>
          <details><summary>{t('why')}</summary><DayTable days={clock.days} caption={text(clock.name)} /></details>
        </div>
      ))}</section> : null}
      <section className="mt-section">
      <h2>{t('timeline')}</h2>
      <ol className="mt-timeline">
        {view.timeline.map((one) => <li key={one.seq}><strong lang="en">{one.activity}</strong> {when(one.at, language)}{one.resource ? ` · ${one.resource}` : ''}</li>)}
      </ol>
      </section>
      {Object.keys(view.attributes).length > 0 ? <section className="mt-section"><h2>{t('attributes')}</h2>
      <dl className="mt-facts">{Object.entries(view.attributes).map(([name, value]) => <Fragment key={name}><dt lang="en">{name}</dt><dd>{value}</dd></Fragment>)}</dl></section> : null}
    </Screen>
  )
}
