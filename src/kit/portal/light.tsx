import type { Language } from '../../base/text.ts'
import type { Markup } from './html.ts'
import { messages } from './words.ts'

/** How a clock stands; null where it is suspended. */
export type LightColour = 'green' | 'yellow' | 'red' | 'black' | null

const say = messages({
  green: { zh: '正常', en: 'On time' },
  yellow: { zh: '临近到期', en: 'Due soon' },
  red: { zh: '即将到期', en: 'Due now' },
  black: { zh: '已超期', en: 'Overdue' },
  suspended: { zh: '时限中止', en: 'Suspended' },
})

/** One shape per light, so that none needs its colour to be told: ● ▲ ■ ✕ and ‖. */
const SHAPES = {
  green: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1z',
  yellow: 'M8 1l7.5 14H.5z',
  red: 'M1.5 1.5h13v13h-13z',
  black: 'M3.2 1L8 5.8 12.8 1 15 3.2 10.2 8 15 12.8 12.8 15 8 10.2 3.2 15 1 12.8 5.8 8 1 3.2z',
  suspended: 'M3 1h3.5v14H3zM9.5 1H13v14H9.5z',
} as const

/** The word of a light. */
export const lightWord = (light: LightColour, language: Language): string => say(language)(light ?? 'suspended')

/** A light: shape, word and colour; the word in ink. `text` replaces the word (`红灯 3`). */
export const Light = ({ light, language, text }: { light: LightColour; language: Language; text?: string }): Markup => {
  const name = light ?? 'suspended'
  return (
    <span class={`light light-${name}`}>
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false"><path d={SHAPES[name]} fill="currentColor" /></svg>
      <span safe>{text ?? lightWord(light, language)}</span>
    </span>
  )
}
