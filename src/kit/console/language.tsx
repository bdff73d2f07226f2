import { createContext, useCallback, useContext } from 'react'
import type { Bilingual, Language } from '../../base/text.ts'
import { inLanguage, type Messages } from '../portal/words.ts'
import { fill } from '../../base/text.ts'

export interface Reader {
  readonly language: Language
  /** 关怀版: larger text and targets. */
  readonly elder: boolean
  readonly setLanguage: (language: Language) => void
  readonly setElder: (elder: boolean) => void
}
export const ReaderContext = createContext<Reader>({ language: 'zh', elder: false, setLanguage: () => undefined, setElder: () => undefined })
export const useReader = (): Reader => useContext(ReaderContext)
export const useLanguage = (): Language => useReader().language

/** A screen's texts in the reader's language: `const t = useSay(TEXTS)`, `t('find')`. An entry without both languages does not compile. */
export function useSay<const Table extends Messages>(table: Table) {
  const language = useLanguage()
  return (key: keyof Table & string, slots?: Readonly<Record<string, string | number>>): string => fill(table[key]![language], slots)
}

/** What a text may be: in both languages, or in the reader's already. */
export type Said = Partial<Bilingual> | string | null | undefined
/** Content in the reader's language. The function is the same one until the language changes. */
export function useText(): (text: Said) => string {
  const language = useLanguage()
  return useCallback((text) => (typeof text === 'string' ? text : text ? inLanguage(text, language) : ''), [language])
}

/** Several in a row: `甲、乙`, `a, b`. */
export function useListed(): (parts: readonly string[]) => string {
  const language = useLanguage()
  return useCallback((parts) => parts.join(language === 'zh' ? '、' : ', '), [language])
}

/** A shape as the API answers it in one language: every bilingual text is that language's. */
export type Localised<T> = T extends Bilingual ? string : T extends readonly (infer Each)[] ? Localised<Each>[] : T extends object ? { [Key in keyof T]: Localised<T[Key]> } : T

const YEAR_SECONDS = 31_536_000
/** The portal and the console share these cookies, and the server answers in the language they name. */
export function rememberCookie(name: 'mt_lang' | 'mt_elder', value: string): void {
  document.cookie = `${name}=${value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`
}
