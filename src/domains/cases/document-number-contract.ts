import { z } from 'zod'
import { isResidentId } from '../../base/identifiers.ts'

const NUMBER = /^(?=.*\d)[A-Za-z\d\p{Script=Han}〔〕（）()[\]\-—–./·№ ]{1,60}$/u

/** A resident identity number anywhere in it, however it was spread. */
const holdsResidentId = (text: string): boolean => {
  const close = text.replace(/[^\dA-Za-z]/g, '').toUpperCase()
  return Array.from({ length: Math.max(0, close.length - 17) }, (_, i) => close.slice(i, i + 18)).some(isResidentId)
}

/**
 * The number of a decision or a certificate, typed by an officer or reported by another system. It stands in the public log in clear and
 * for ever: a number as offices write it (`京西食〔2026〕12号`), no sentence, and nobody's identity number (个人信息保护法 第六条).
 */
export const DocumentNumber = z.string().trim()
  .refine((text) => NUMBER.test(text), { params: { zh: '应为编号：汉字、字母、数字、括号和 - — . / ·，至少有一个数字，至多 60 个字', en: 'This must be a number: letters, Chinese characters, digits, brackets and - — . / ·, with at least one digit, at most 60 characters' }, abort: true })
  .refine((text) => !holdsResidentId(text), { params: { zh: '编号会公开，不得含有居民身份证号码', en: 'The number is public; it must not hold a resident identity number' } })
