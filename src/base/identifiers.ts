/**
 * 公民身份号码 GB 11643-1999: 6 division + 8 birth + 3 sequence + check (weights 7 9 10 5 8 4 2 1 6 …, map 10X98765432).
 * True only when the check character is right and the birth day exists.
 */
export function isResidentId(text: string): boolean {
  if (!/^[1-9]\d{16}[\dX]$/.test(text)) return false
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, i) => total + weight * Number(text[i]), 0)
  if ('10X98765432'[sum % 11] !== text[17]) return false
  const [year, month, day] = [+text.slice(6, 10), +text.slice(10, 12), +text.slice(12, 14)]
  const birth = new Date(Date.UTC(year, month - 1, day))
  return birth.getUTCFullYear() === year && birth.getUTCMonth() === month - 1 && birth.getUTCDate() === day
}

const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
/** The 18th character of a 统一社会信用代码 from its first 17 (GB 32100-2015: weights 3^(i-1) mod 31). */
export function usccCheckCharacter(first17: string): string | undefined {
  let sum = 0
  let weight = 1
  for (const character of first17) {
    const value = USCC_ALPHABET.indexOf(character)
    if (value < 0) return undefined
    sum += value * weight
    weight = (weight * 3) % 31
  }
  return USCC_ALPHABET[(31 - (sum % 31)) % 31]
}
/** 统一社会信用代码 GB 32100-2015: 18 characters without I O S V Z, the third to eighth the division in digits, the last a check character. */
export const isUscc = (text: string): boolean => /^..\d{6}.{10}$/.test(text) && usccCheckCharacter(text.slice(0, 17)) === text[17]

/** The middle of an identity number hidden, as it may be shown to others: `110105********002X`, of a passport `E*******2`. */
export function maskId(text: string): string {
  const [head, tail] = text.length >= 15 ? [6, 4] : text.length > 1 ? [1, 1] : [text.length, 0]
  return `${text.slice(0, head)}${'*'.repeat(text.length - head - tail)}${text.slice(text.length - tail)}`
}
/** 张三 → 张*, 欧阳修 → 欧**; organisations are shown in full by their callers. */
export const maskName = (name: string): string => (name === '' ? '' : `${[...name][0]}${'*'.repeat([...name].length - 1)}`)
