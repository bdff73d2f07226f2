import type { Bilingual, Language } from '../../../base/text.ts'
import { labelOf, wordOf } from './labels.ts'

/** What nobody reads: the key by which an entry is found again. */
const UNREAD = new Set(['id'])

/**
 * A value of a guide in words, a line each: an entry by its members with their names, a list by its entries, codes by what they mean.
 * `member` is the element's name, which says what its codes are; `withEmpty` names the members that hold nothing, too.
 */
export function changeLines(value: unknown, language: Language, member: string, withEmpty = false): string[] {
  if (isEmpty(value)) return []
  if (Array.isArray(value)) return value.map((entry) => inOneLine(entry, language, member))
  if (typeof value !== 'object' || value === null || isText(value)) return [inOneLine(value, language, member)]
  return members(value).filter(([, one]) => withEmpty || !isEmpty(one)).map(([name, one]) => `${labelOf(name)[language]}${language === 'zh' ? '：' : ': '}${isEmpty(one) ? NONE[language] : inOneLine(one, language, name)}`)
}

const NONE = { zh: '（无）', en: '(none)' } as const
const YES_NO = { zh: ['是', '否'], en: ['yes', 'no'] } as const

function inOneLine(value: unknown, language: Language, member: string): string {
  if (Array.isArray(value)) return value.map((one) => inOneLine(one, language, member)).join(language === 'zh' ? '、' : ', ')
  if (typeof value !== 'object' || value === null) return word(value, language, member)
  if (isText(value)) return value[language]
  return members(value).filter(([, one]) => !isEmpty(one)).map(([name, one]) => inOneLine(one, language, name)).join(' · ')
}

function word(value: unknown, language: Language, member: string): string {
  if (typeof value === 'boolean') return YES_NO[language][value ? 0 : 1]
  return wordOf(member, String(value))[language]
}

const members = (value: object): [string, unknown][] => Object.entries(value).filter(([name]) => !UNREAD.has(name))
const isText = (value: object): value is Bilingual => 'zh' in value && 'en' in value
const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
