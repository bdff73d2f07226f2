import { createContext, useContext } from 'react'
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

/** Content that carries both languages. */
export function useText(): (text: Partial<Bilingual> | null | undefined) => string {
  const language = useLanguage()
  return (text) => (text ? inLanguage(text, language) : '')
}

const YEAR_SECONDS = 31_536_000
/** The portal and the console share these cookies, and the server answers in the language they name. */
export function rememberCookie(name: 'mt_lang' | 'mt_elder', value: string): void {
  document.cookie = `${name}=${value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`
}
