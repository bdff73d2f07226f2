import { useLanguage, useSay, useText } from '../../../kit/console/language.tsx'
import { longDay } from '../../../kit/portal/words.ts'
import type { CaseFile } from './file.ts'

const TEXTS = {
  promised: { zh: '容缺受理：{materials}，应在 {day} 前补交。{outcome}。', en: 'Accepted with deferred materials: {materials}, to follow by {day}. {outcome}.' },
  missed: { zh: '容缺材料逾期未补交：{materials}（{day} 届满，{on} 记录）。{outcome}。', en: 'Deferred materials missed: {materials} (due {day}, recorded {on}). {outcome}.' },
  refused: { zh: '补齐之前不得准予；不予的理由已经拟好。', en: 'No grant until they are there; the reasons of a refusal are prepared.' },
  waits: { zh: '结果在补齐之前不得制作、交付。', en: 'The result is neither made nor handed over until they are there.' },
  supplied: { zh: '容缺材料逾期后于 {day} 补齐，限制已解除。', en: 'The deferred materials came late, on {day}; what their absence brought is lifted.' },
} as const

/** What of a promise of deferred materials the officer must know: the day, what a missed one brings, what may not be done meanwhile. */
export function DeferredNote({ file }: { readonly file: Partial<CaseFile> }) {
  const t = useSay(TEXTS)
  const text = useText()
  const language = useLanguage()
  const { deferred, decision } = file
  if (!deferred || decision?.outcome === 'refuse') return null
  if (deferred.suppliedOn) return deferred.missed ? <p className="mt-quiet">{t('supplied', { day: longDay(deferred.suppliedOn, language) })}</p> : null
  const materials = (deferred.materialNames ?? []).map((name) => text(name)).join(language === 'zh' ? '、' : ', ')
  const facts = { materials, day: longDay(deferred.dueOn, language), outcome: text(deferred.outcome) }
  return (
    <p className="mt-banner" role="note">
      {deferred.missed ? t('missed', { ...facts, on: longDay(deferred.missed.on, language) }) : t('promised', facts)}
      {deferred.missed && deferred.onMissed === 'refused' && !decision ? ` ${t('refused')}` : ''}
      {decision && deferred.onMissed !== 'decidedOnEvidence' ? ` ${t('waits')}` : ''}
    </p>
  )
}
