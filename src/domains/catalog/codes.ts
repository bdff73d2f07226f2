import { isUscc } from '../../base/identifiers.ts'
import type { Bilingual } from '../../base/text.ts'

/**
 * Codes of service items (GB/T 39554.1-2020, checked on 2 262 real items):
 * 基本编码 catalogueCode 12 = 2 province + 2 type + 5 main item + 3 sub-item; 实施编码 implementationCode 31 = USCC 18 + level 1 + 12;
 * 业务办理项编码 handlingItemCode 33 = 31 + 2. GB/T 39046-2020 still says 10 and 24: those lengths are not in use.
 */
export interface CodeParts {
  readonly uscc: string
  readonly level: string
  readonly catalogueCode: string
  /** Digits 3–4 of the catalogue code: the type of the item in its source's dictionary. */
  readonly type: string
  readonly handlingItem: string | null
}

/** `length`, `alphabet`, `uscc` (check character), `level`, `province`. */
export interface CodeProblem { readonly rule: 'length' | 'alphabet' | 'uscc' | 'level' | 'province'; readonly message: Bilingual }

/** Administrative divisions that a catalogue code may begin with: 00 the state, else GB/T 2260 (11 … 82). */
const PROVINCES = new Set(['00', '11', '12', '13', '14', '15', '21', '22', '23', '31', '32', '33', '34', '35', '36', '37', '41', '42', '43', '44', '45', '46', '50', '51', '52', '53', '54', '61', '62', '63', '64', '65', '66', '71', '81', '82'])

export const isCatalogueCode = (code: string): boolean => /^\d{12}$/.test(code) && PROVINCES.has(code.slice(0, 2))

/** The parts of a 31- or 33-character code, or what is wrong with it, the first fault found. */
export function readItemCode(code: string): CodeParts | CodeProblem {
  if (code.length !== 31 && code.length !== 33) return problem('length', `实施编码应为 31 位、业务办理项编码应为 33 位，这里是 ${code.length} 位`, `31 characters (33 with a handling item) are needed, these are ${code.length}`)
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}\d+$/.test(code)) return problem('alphabet', '前 18 位应为统一社会信用代码的字符，其后应为数字', 'The first 18 characters are those of a credit code, the rest digits')
  if (!isUscc(code.slice(0, 18))) return problem('uscc', `统一社会信用代码 ${code.slice(0, 18)} 的校验位不对`, `The check character of the credit code ${code.slice(0, 18)} is wrong`)
  if (!/[1-7]/.test(code[18]!)) return problem('level', `行使层级 ${code[18]} 不在 1–7 之内`, `Level ${code[18]} is not one of 1–7`)
  if (!PROVINCES.has(code.slice(19, 21))) return problem('province', `基本编码的省级代码 ${code.slice(19, 21)} 不存在`, `The catalogue code’s province ${code.slice(19, 21)} does not exist`)
  return { uscc: code.slice(0, 18), level: code[18]!, catalogueCode: code.slice(19, 31), type: code.slice(21, 23), handlingItem: code.length === 33 ? code.slice(31) : null }
}
const problem = (rule: CodeProblem['rule'], zh: string, en: string): CodeProblem => ({ rule, message: { zh, en } })
