import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isResidentId, isUscc, maskId, maskName, usccCheckCharacter } from './identifiers.ts'

test('a resident’s number has a birth day that exists and the right check character', () => {
  // 11010519491231002X of GB 11643-1999, annex A.
  expect(isResidentId('11010519491231002X')).toBe(true)
  for (const wrong of ['110105194912310021', '11010519491231002x', '1101051949123100X', '010105194912310021', '', '１10105194912310021']) expect([wrong, isResidentId(wrong)]).toEqual([wrong, false])
})

test('a credit code has its division in digits and the right check character, which may be 0', () => {
  expect(isUscc('91110000710926094P')).toBe(true)
  expect(usccCheckCharacter('9111000071092609I')).toBeUndefined() // I is not in the alphabet
  for (const wrong of ['91110000710926094Q', '91110000710926094p', '9111000071092609P', '']) expect([wrong, isUscc(wrong)]).toEqual([wrong, false])
  const lettersInDivision = '91A10000710926094'
  expect(isUscc(lettersInDivision + usccCheckCharacter(lettersInDivision)!)).toBe(false)
})

test('what is shown to others hides the middle of a number and all but the first character of a name', () => {
  expect([maskId('11010519491231002X'), maskId('E11112222'), maskId('A1234567'), maskId('1')]).toEqual(['110105********002X', 'E*******2', 'A******7', '1'])
  // Travel permits and passports have eight to eleven characters: nothing of theirs may fail, nor stand there whole.
  for (let length = 3; length <= 30; length += 1) expect(maskId('7'.repeat(length))).toMatch(new RegExp(`^(?=.{${length}}$)7+\\*+7+$`))
  expect([maskName('张三'), maskName('欧阳修'), maskName('李'), maskName('')]).toEqual(['张*', '欧**', '李', ''])
})

const folder = join(process.env.MINGTANG_SHARED ?? join(process.cwd(), '../shared'), 'data/vectors/ids')
describe.skipIf(!existsSync(folder))('numbers collected by others (skipped where the shared data is absent)', () => {
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')

  test('resident numbers: valid ones pass; wrong form, day or check character does not', () => {
    const { valid, invalid } = JSON.parse(read('resident_id.json')) as { valid: { value: string; normalised?: string }[]; invalid: { value: string; error: string }[] }
    expect(valid.length).toBeGreaterThan(3)
    for (const { value, normalised } of valid) expect([value, isResidentId(normalised ?? value)]).toEqual([value, true])
    // Which divisions there are is not part of the number's form.
    for (const { value } of invalid.filter(({ error }) => !error.includes('county'))) expect([value, isResidentId(value)]).toEqual([value, false])
  })

  test('credit codes', () => {
    const valid = read('uscc_valid.txt').split('\n').map((line) => line.trim()).filter((line) => line !== '')
    expect(valid.length).toBeGreaterThan(50)
    expect(valid.filter((code) => !isUscc(code))).toEqual([])
    const { invalid } = JSON.parse(read('uscc_invalid.json')) as { invalid: { value: string }[] }
    expect(invalid.filter(({ value }) => isUscc(value))).toEqual([])
  })
})
