import type { Language } from '../../base/text.ts'

export const LANGUAGE_COOKIE = 'mt_lang'
export const ELDER_COOKIE = 'mt_elder'

/** `?lang`, then the cookie, then Accept-Language by its weights; Chinese where nothing decides. */
export function readerLanguage(query: unknown, cookie: string | undefined, acceptLanguage: string | undefined): Language {
  if (query === 'zh' || query === 'en') return query
  if (cookie === 'zh' || cookie === 'en') return cookie
  if (acceptLanguage === undefined || acceptLanguage.startsWith('zh')) return 'zh'
  let best: Language = 'zh'
  let weight = 0
  for (const part of acceptLanguage.slice(0, 500).split(',')) {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';')
    const language = range === 'zh' || range.startsWith('zh-') ? 'zh' : range === 'en' || range.startsWith('en-') ? 'en' : undefined
    if (language === undefined) continue
    const q = parameters.map((p) => p.trim()).find((p) => p.startsWith('q='))
    const given = q === undefined ? 1 : Number(q.slice(2))
    if (given > weight) [best, weight] = [language, given]
  }
  return best
}

/** The value of one cookie; the first of that name, as browsers send the most specific first. Undefined where it cannot be decoded. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) {
      const value = pair.slice(at + 1).trim()
      return /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/.test(value) ? value : undefined
    }
  }
  return undefined
}
