import type { Language } from '../../base/text.ts'

/** The same value in one language: every {zh, en} becomes its text. What the API answers to readers. */
export type Localised<T> = T extends { readonly zh: string; readonly en: string } ? string
  : T extends readonly (infer One)[] ? Localised<One>[]
    : T extends object ? { [Key in keyof T]: Localised<T[Key]> } : T

export function localise<T>(value: T, language: Language): Localised<T> {
  if (Array.isArray(value)) return value.map((one) => localise(one, language)) as Localised<T>
  if (typeof value !== 'object' || value === null) return value as Localised<T>
  const keys = Object.keys(value)
  if (keys.length === 2 && 'zh' in value && 'en' in value) return value[language] as Localised<T>
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, localise(one, language)])) as Localised<T>
}
