import { expect, test } from 'vitest'
import { isCatalogueCode, readItemCode } from './codes.ts'

const REAL = '11440000006940116U200010500400006' // 广东省 2262 items: USCC, level 2, catalogue 000105004000, handling item 06

test('a real code of 33 characters in its parts', () => {
  expect(readItemCode(REAL)).toEqual({ uscc: '11440000006940116U', level: '2', catalogueCode: '000105004000', type: '01', handlingItem: '06' })
})
test('without the handling item it has 31', () => {
  expect(readItemCode(REAL.slice(0, 31))).toMatchObject({ catalogueCode: '000105004000', handlingItem: null })
})
test('each fault by its rule', () => {
  const fault = (code: string) => { const read = readItemCode(code); return 'rule' in read ? read.rule : null }
  expect(fault(REAL.slice(0, 30))).toBe('length')
  expect(fault(`I${REAL.slice(1)}`)).toBe('alphabet')
  expect(fault(REAL.replace('U2', 'T2'))).toBe('uscc')
  expect(fault(REAL.replace('U2', 'U8'))).toBe('level')
  expect(fault(REAL.replace('U200', 'U299'))).toBe('province')
})
test('the state and the provinces begin a catalogue code, nobody else', () => {
  expect(isCatalogueCode('110190003000')).toBe(true)
  expect(isCatalogueCode('160190003000')).toBe(false)
  expect(isCatalogueCode('1101900030')).toBe(false)
})
