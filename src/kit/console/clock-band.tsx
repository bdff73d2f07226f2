import { Button } from 'antd'
import { daysBetween, dayAt, type CivilDay } from '../../base/civil-day.ts'
import { longDay, shortDay } from '../portal/words.ts'
import { useLanguage, useSay } from './language.tsx'
import { Light, type LightColour } from './light.tsx'

export interface BandClock {
  readonly id: string
  readonly name: string
  /** `行政许可法 第四十二条第一款`. */
  readonly article: string
  /** Day zero. */
  readonly startedOn: string
  /** null while suspended. */
  readonly dueOn: string | null
  readonly light: LightColour | null
  readonly provisional: boolean
  readonly suspended: boolean
  readonly stopped: boolean
  /** `20 个工作日`. */
  readonly budget: string
  readonly suspensions: readonly { readonly from: string; readonly to: string | null; readonly groundName: { readonly zh: string; readonly en: string } }[]
  readonly extensions: readonly { readonly on: string; readonly amount: number }[]
}

const TEXTS = {
  due: { zh: '到期', en: 'Due' }, paused: { zh: '中止期间没有到期日', en: 'No due day while suspended' }, stopped: { zh: '已停止计时', en: 'No longer running' },
  from: { zh: '自 {day} 起', en: 'from {day}' }, provisional: { zh: '暂定，以届时放假通知为准', en: 'provisional until the holiday notice' }, today: { zh: '今天', en: 'today' },
  why: { zh: '为什么是这一天', en: 'Why this day' }, left: { zh: '还有 {n} 天', en: '{n} days left' }, oneLeft: { zh: '还有 1 天', en: '1 day left' }, over: { zh: '已过 {n} 天', en: '{n} days over' }, last: { zh: '今天到期', en: 'due today' },
  extended: { zh: '已延长 {n} 个工作日', en: 'extended by {n} working days' }, pauseSpan: { zh: '中止 {from} 至 {to}', en: 'Suspended {from} to {to}' }, stillPaused: { zh: '今', en: 'now' },
} as const

/** One clock as a bar: what has gone, what stopped it, the due day, today; beside it the sentence that says the same. */
export function ClockBand({ clock, onWhy }: { readonly clock: BandClock; readonly onWhy?: () => void }) {
  const t = useSay(TEXTS)
  const language = useLanguage()
  const today = dayAt(new Date())
  const start = clock.startedOn as CivilDay
  const lastPause = clock.suspensions.at(-1)?.to ?? null
  const end = [clock.dueOn, clock.stopped ? null : today, lastPause].reduce<string>((max, day) => (day !== null && day > max ? day : max), start) as CivilDay
  const span = Math.max(1, daysBetween(start, end))
  const at = (day: string): string => `${Math.min(100, Math.max(0, (daysBetween(start, day as CivilDay) / span) * 100))}%`
  const width = (from: string, to: string): string => `${Math.max(0, (daysBetween(from as CivilDay, to as CivilDay) / span) * 100)}%`
  const gone = clock.dueOn !== null && clock.dueOn < today ? clock.dueOn : today
  const left = clock.dueOn === null ? null : daysBetween(today, clock.dueOn as CivilDay)
  const added = clock.extensions.reduce((sum, one) => sum + one.amount, 0)
  return (
    <section className={`mt-clock${clock.stopped ? ' mt-clock-stopped' : ''}`} aria-labelledby={`clock-${clock.id}`}>
      <div className="mt-clock-head">
        <h3 id={`clock-${clock.id}`}>{clock.name}</h3>
        <Light light={clock.light} suspended={clock.suspended} stopped={clock.stopped} />
        <strong className="mt-clock-due">{clock.stopped ? t('stopped') : clock.dueOn === null ? t('paused') : `${t('due')} ${longDay(clock.dueOn, language)}`}</strong>
        {left !== null && !clock.stopped ? <span>{left === 1 ? t('oneLeft') : left > 0 ? t('left', { n: left }) : left === 0 ? t('last') : t('over', { n: -left })}</span> : null}
        {clock.provisional && !clock.stopped ? <span className="mt-note">{t('provisional')}</span> : null}
        {onWhy ? <Button size="small" type="link" onClick={onWhy}>{t('why')}</Button> : null}
      </div>
      <div className="mt-bar" aria-hidden>
        {!clock.stopped && start < today ? <i className="mt-bar-gone" style={{ left: 0, width: at(gone) }} /> : null}
        {!clock.stopped && clock.dueOn !== null && clock.dueOn < today ? <i className="mt-bar-over" style={{ left: at(clock.dueOn), width: width(clock.dueOn, today) }} /> : null}
        {clock.suspensions.map((pause) => <i key={pause.from} className="mt-bar-pause" title={t('pauseSpan', { from: pause.from, to: pause.to ?? t('stillPaused') })} style={{ left: at(pause.from), width: width(pause.from, pause.to ?? end) }} />)}
        {clock.dueOn !== null ? <i className="mt-bar-due" style={{ left: at(clock.dueOn) }} /> : null}
        {!clock.stopped && today >= start ? <i className={`mt-bar-today${daysBetween(start, today) / span > 0.9 ? ' mt-bar-late' : ''}`} style={{ left: at(today) }}><b>{t('today')}</b></i> : null}
      </div>
      <p className="mt-clock-foot">
        {t('from', { day: shortDay(clock.startedOn, language) })} · {clock.budget}{added > 0 ? ` · ${t('extended', { n: added })}` : ''} · {clock.article}
        {clock.suspensions.map((pause) => <span key={pause.from}> · {t('pauseSpan', { from: shortDay(pause.from, language), to: pause.to ? shortDay(pause.to, language) : t('stillPaused') })} {pause.groundName[language]}</span>)}
      </p>
    </section>
  )
}
