import type { Language } from '../../base/text.ts'
import { drawn, type Markup, type Slot } from './html.ts'
import { messages } from './words.ts'

const say = messages({
  steps: { zh: '步骤', en: 'Steps' },
  done: { zh: '已完成', en: 'done' },
  now: { zh: '当前', en: 'now' },
})

/** Where the reader stands in a form of several pages, or a case in its stages. */
export const Steps = ({ steps, current, language }: { steps: readonly string[]; /** Index of the step being done; `steps.length` when all are. */ current: number; language: Language }): Markup => {
  const t = say(language)
  return (
    <ol class="steps" aria-label={t('steps')}>
      {steps.map((step, i) => (
        <li class={i < current ? 'done' : i === current ? 'now' : undefined} aria-current={i === current ? 'step' : undefined}>
          <span safe>{step}</span>
          {i < current ? <span class="sr" safe>{` ${t('done')}`}</span> : ''}
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
