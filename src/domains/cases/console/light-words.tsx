import { useCallback } from 'react'
import { useSay, useText } from '../../../kit/console/language.tsx'
import { LIGHT_OUTCOME_NAMES, type CountedLight, type LightState, type PostAtStep } from '../lights/contract.ts'

const WORDS = { red: { zh: '红灯', en: 'Red light' }, black: { zh: '黑灯', en: 'Black light' }, post: { zh: '{organisation} {role}（{step}）', en: '{organisation}, {role} ({step})' } } as const
export const LIGHT_STATE_NAMES: Record<LightState, { zh: string; en: string }> = { counts: { zh: '计入', en: 'Counts' }, appealed: { zh: '申诉中，暂不计入', en: 'Under appeal, not counted' }, ...LIGHT_OUTCOME_NAMES }

/** A light that fell, by shape, word and colour. */
export function CountedLightMark({ light }: { readonly light: CountedLight }) {
  const t = useSay(WORDS)
  return <span className={`mt-light mt-light-${light}`}><span className="mt-shape" aria-hidden>{light === 'red' ? '■' : '✕'}</span>{t(light)}</span>
}
export const useLightName = (): ((light: CountedLight) => string) => {
  const t = useSay(WORDS)
  return useCallback((light) => t(light), [t])
}

/** 区市场监管局 部门审查员（审查）: a post at a step, never a person. */
export function usePostWords(): (post: Pick<PostAtStep, 'organisation' | 'roleName' | 'stepName'>) => string {
  const t = useSay(WORDS)
  const text = useText()
  return useCallback(({ organisation, roleName, stepName }) => t('post', { organisation: text(organisation), role: text(roleName), step: text(stepName) }), [t, text])
}
