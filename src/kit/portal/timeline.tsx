import type { Language } from '../../base/text.ts'
import { drawn, safeAddress, type Markup, type Slot } from './html.ts'
import { messages } from './words.ts'

const say = messages({
  steps: { zh: '步骤', en: 'Steps' },
  done: { zh: '已完成', en: 'done' },
  stopped: { zh: '到此结束', en: 'ended here' },
})

/** Where the reader stands in a form of several pages, or a case in its stages. */
export const Steps = ({ steps, current, stopped = false, hrefs, language }: { steps: readonly string[]; /** Index of the step being done; `steps.length` when all are. */ current: number; /** The last step is an end other than the one hoped for. */ stopped?: boolean; /** Where each step is; those done lead back there. */ hrefs?: readonly string[]; language: Language }): Markup => {
  const end = (i: number): boolean => stopped && i === steps.length - 1
  const t = say(language)
  return (
    <ol class="steps" aria-label={t('steps')}>
      {steps.map((step, i) => (
        <li class={end(i) ? 'stopped' : i < current ? 'done' : i === current ? 'now' : undefined} aria-current={i === current ? 'step' : undefined}>
          {i < current && hrefs?.[i] !== undefined ? <a href={safeAddress(hrefs[i])} safe>{step}</a> : <span safe>{step}</span>}
          {end(i) ? <span class="sr" safe>{` ${t('stopped')}`}</span> : i < current ? <span class="sr" safe>{` ${t('done')}`}</span> : ''}
        </li>
      ))}
    </ol>
  )
}

/** One thing that happened: `act` an official act (square, cinnabar), `wait` something open, else plain. */
export interface TimelineEntry {
  readonly what: string
  /** As text; `datetime` for machines. */
  readonly when: string
  readonly datetime?: string
  readonly kind?: 'act' | 'wait'
  /** The legal ground with its article. */
  readonly ground?: string
  readonly more?: Slot
}

/** What happened in a matter, in the order given. */
export const Timeline = ({ entries, label }: { entries: readonly TimelineEntry[]; label: string }): Markup => (
  <ol class="timeline" aria-label={label}>
    {entries.map((entry) => (
      <li class={entry.kind}>
        <time class="timeline-when" datetime={entry.datetime} safe>{entry.when}</time>
        <span class="timeline-what" safe>{entry.what}</span>
        {entry.ground === undefined ? '' : <span class="ground" safe>{entry.ground}</span>}
        {entry.more === undefined ? '' : drawn(entry.more)}
      </li>
    ))}
  </ol>
)
