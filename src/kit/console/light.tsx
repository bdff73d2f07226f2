import { useSay } from './language.tsx'

export type LightColour = 'green' | 'yellow' | 'red' | 'black'
const SHAPES: Record<LightColour, string> = { green: '●', yellow: '▲', red: '■', black: '✕' }
export const LIGHT_WORDS = {
  green: { zh: '正常', en: 'On time' }, yellow: { zh: '临期', en: 'Due soon' }, red: { zh: '将到期', en: 'Due now' }, black: { zh: '已超期', en: 'Overdue' },
  paused: { zh: '已中止', en: 'Suspended' }, none: { zh: '无期限', en: 'No limit' }, stopped: { zh: '已停止', en: 'Stopped' },
  good: { zh: '正常', en: 'Good' }, bad: { zh: '需处理', en: 'Needs attention' },
} as const

/** Shape, word and colour together, never colour alone; the word stands in ink. */
export function Light({ light, suspended, stopped }: { readonly light: LightColour | null; readonly suspended?: boolean; readonly stopped?: boolean }) {
  const t = useSay(LIGHT_WORDS)
  if (stopped) return <span className="mt-light"><span aria-hidden className="mt-shape">◼</span>{t('stopped')}</span>
  if (suspended) return <span className="mt-light"><span aria-hidden className="mt-shape">‖</span>{t('paused')}</span>
  if (!light) return <span className="mt-light mt-light-none"><span aria-hidden className="mt-shape">–</span>{t('none')}</span>
  return <span className={`mt-light mt-light-${light}`}><span aria-hidden className="mt-shape">{SHAPES[light]}</span>{t(light)}</span>
}

/** Whether something is as it should be; `said` where another word is better. */
export function State({ ok, said }: { readonly ok: boolean; readonly said?: string }) {
  const t = useSay(LIGHT_WORDS)
  return <span className={`mt-light mt-light-${ok ? 'green' : 'red'}`}><span aria-hidden className="mt-shape">{ok ? '●' : '■'}</span>{said ?? t(ok ? 'good' : 'bad')}</span>
}
