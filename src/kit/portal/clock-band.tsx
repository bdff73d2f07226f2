import { daysBetween, type CivilDay } from '../../base/civil-day.ts'
import type { Language } from '../../base/text.ts'
import type { Markup } from './html.ts'
import { Light, type LightColour } from './light.tsx'
import { longDay, messages, shortDay } from './words.ts'

const say = messages({
  due: { zh: '到期 {day}', en: 'Due {day}' },
  dueShort: { zh: '到期 {day}', en: 'Due {day}' },
  stopped: { zh: '已于 {day} 停止', en: 'Stopped {day}' },
  suspended: { zh: '中止期间没有到期日', en: 'No due day while suspended' },
  provisional: { zh: '（暂定，以届时放假通知为准）', en: '(provisional until the holiday notice)' },
  today: { zh: '今天', en: 'Today' },
  start: { zh: '{day} 起', en: 'From {day}' },
  why: { zh: '为什么是这一天', en: 'Why this day' },
  spent: { zh: '已过', en: 'gone' },
  rest: { zh: '不计入（休息日）', en: 'not counted (rest days)' },
  paused: { zh: '中止', en: 'suspended' },
  dueKey: { zh: '到期日', en: 'due day' },
  picture: { zh: '{name}：{start}起，{due}；今天是{today}', en: '{name}: from {start}, {due}; today is {today}' },
})

/** A pause as dated facts: days after `from` up to and including `to` do not count; `to` null: still running. */
export interface Pause { readonly from: CivilDay; readonly to: CivilDay | null; readonly ground: string }
export interface ClockBandProps {
  /** Unique on the page. */
  readonly id: string
  readonly name: string
  /** Where the clock stands among the page's headings; `h2` where left out. */
  readonly heading?: 'h2' | 'h3'
  /** `行政许可法 第四十二条第一款`. */
  readonly article: string
  /** Day zero. */
  readonly startedOn: CivilDay
  /** null while suspended. */
  readonly dueOn: CivilDay | null
  readonly stoppedOn?: CivilDay | null
  readonly today: CivilDay
  readonly light: LightColour
  readonly provisional?: boolean
  readonly pauses: readonly Pause[]
  /** Days that do not count because nobody works, for the picture; from `explain`. */
  readonly restDays?: readonly CivilDay[]
  /** Page that explains the clock day by day. */
  readonly explainHref?: string
  readonly language: Language
}

const WIDTH_PERCENT = 100
/** Beyond so many days single cells are too thin to see. */
const CELLS_MAX = 75

/** One clock as a bar: what has gone, what pauses stopped it, the due day, today; and the sentence that says the same. */
export const ClockBand = (props: ClockBandProps): Markup => {
  const { language, dueOn, stoppedOn = null, today } = props
  const t = say(language)
  const due = stoppedOn !== null ? t('stopped', { day: longDay(stoppedOn, language) }) : dueOn === null ? t('suspended') : t('due', { day: longDay(dueOn, language) })
  return (
    <section class="clock" aria-labelledby={`${props.id}-name`}>
      <div class="clock-head">
        <tag of={props.heading ?? 'h2'} class="clock-name" id={`${props.id}-name`} safe>{props.name}</tag>
        {stoppedOn === null ? <Light light={props.light} language={language} /> : ''}
        <span class="clock-due" safe>{due}</span>
        {props.provisional === true && dueOn !== null ? <span class="muted" safe>{t('provisional')}</span> : ''}
        <span class="muted" safe>{props.article}</span>
        {props.explainHref === undefined ? '' : <a href={props.explainHref} safe>{t('why')}</a>}
      </div>
      <Band {...props} label={t('picture', { name: props.name, start: longDay(props.startedOn, language), due, today: longDay(today, language) })} />
      <p class="clock-legend" aria-hidden="true">
        <span><span class="key key-spent"></span><span safe>{t('spent')}</span></span>
        {(props.restDays ?? []).length === 0 ? '' : <span><span class="key key-rest"></span><span safe>{t('rest')}</span></span>}
        {props.pauses.map((pause) => <span><span class="key key-pause"></span><span safe>{`${t('paused')}：${pause.ground}`}</span></span>)}
        {dueOn === null ? '' : <span><span class="key key-due"></span><span safe>{t('dueKey')}</span></span>}
      </p>
    </section>
  )
}

/** Positions are percentages, so that the picture stretches and its words do not. */
const Band = ({ id, startedOn, dueOn, stoppedOn = null, today, pauses, restDays = [], language, label }: ClockBandProps & { label: string }): Markup => {
  const t = say(language)
  const reached = stoppedOn ?? today
  const last = [dueOn ?? reached, reached, ...pauses.map((pause) => pause.to ?? reached)].reduce((a, b) => (a > b ? a : b))
  const days = Math.max(1, daysBetween(startedOn, last))
  const at = (day: CivilDay): number => Math.min(WIDTH_PERCENT, Math.max(0, (daysBetween(startedOn, day) / days) * WIDTH_PERCENT))
  const pc = (n: number): string => `${Math.round(n * 100) / 100}%`
  const anchor = (x: number): string => (x < 15 ? 'start' : x > 85 ? 'end' : 'middle')
  const spentTo = dueOn !== null && reached > dueOn ? dueOn : reached
  const clash = dueOn !== null && Math.abs(at(dueOn) - at(reached)) < 30
  return (
    <svg class="band" role="img" aria-label={label} height="76" width="100%">
      <defs>
        <pattern id={`${id}-hatch`} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="hatch-paper" width="7" height="7" />
          <path class="hatch" d="M1 0v7" />
        </pattern>
      </defs>
      <rect class="base" x="0" y="26" width="100%" height="22" />
      <rect class="spent" x="0" y="26" width={pc(at(spentTo))} height="22" />
      {dueOn !== null && reached > dueOn ? <rect class="late" x={pc(at(dueOn))} y="26" width={pc(at(reached) - at(dueOn))} height="22" /> : ''}
      {days > CELLS_MAX ? '' : restDays.filter((day) => day > startedOn && day <= last).map((day) => (
        <rect class={day <= reached ? 'rest-spent' : 'rest'} x={pc(at(day) - WIDTH_PERCENT / days)} y="26" width={pc(WIDTH_PERCENT / days)} height="22" />
      ))}
      {pauses.map((pause) => {
        const end = pause.to ?? (reached > pause.from ? reached : pause.from)
        return <rect x={pc(at(pause.from))} y="26" width={pc(Math.max(0.6, at(end) - at(pause.from)))} height="22" fill={`url(#${id}-hatch)`} />
      })}
      {dueOn === null ? '' : (
        <>
          <line class="due" x1={pc(at(dueOn))} x2={pc(at(dueOn))} y1="20" y2="54" />
          <text class="strong" x={pc(at(dueOn))} y="14" text-anchor={anchor(at(dueOn))} safe>{t('dueShort', { day: shortDay(dueOn, language) })}</text>
        </>
      )}
      {clash || at(reached) < 30 ? '' : <text x="0" y="70" safe>{t('start', { day: shortDay(startedOn, language) })}</text>}
      {stoppedOn !== null ? '' : (
        <>
          <svg x={pc(at(today))} y="49" width="1" height="9" overflow="visible"><path class="today" d="M0 0l6 8h-12z" /></svg>
          <text class="strong" x={pc(at(today))} y="73" text-anchor={anchor(at(today))} safe>{`${t('today')} ${shortDay(today, language)}`}</text>
        </>
      )}
    </svg>
  )
}
