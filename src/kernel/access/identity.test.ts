import { expect, test } from 'vitest'
import { csrfOf, hashToken, isCsrf, newToken, sessionCookie } from './csrf.ts'
import { identityType, normaliseIdNumber } from './identity-types.ts'
import { demandGoodPassword } from './passwords.ts'

// Numbers of people born in 1880–1890, so that nobody living can have one; check characters computed from GB 11643.
test.each([
  ['111', '110102188001010018', true], ['111', '110102188001010019', false], ['111', '11010218850505003X', true],
  ['113', '110102188001010018', true],
  ['414', 'E12345678', true], ['414', 'E1', false],
  ['511', '12345678', true], ['511', 'H12345678', false],
  ['516', 'H12345678', true], ['516', 'M1234567890', true], ['516', 'T12345678', false],
  ['553', 'USA110000010101', true], ['553', '911131189001010014', true], ['553', '911131189001010015', false],
  ['810', '81000018900101001X', true], ['810', '830000189001010013', false], ['830', '830000189001010013', true],
  ['001', '11110102MB1A00017L', true], ['001', '11110102MB1A00017M', false],
])('document type %s: %s is a number of it: %s', (code, number, right) => {
  expect(identityType(code)!.isNumber(number)).toBe(right)
})

test('full-width digits, blanks and a small x are the same number', () => {
  expect(normaliseIdNumber(' 1101 0218 8505 0500 3x')).toBe('11010218850505003X')
  expect(normaliseIdNumber('Ｅ１２３４５６７８')).toBe('E12345678')
})

test('the form token belongs to one session’s token and cannot be made from another', () => {
  const [token, other] = [newToken(), newToken()]
  expect(isCsrf(token, csrfOf(token))).toBe(true)
  expect(isCsrf(other, csrfOf(token))).toBe(false)
  for (const bad of ['', 'short', undefined, 3, csrfOf(token).slice(1)]) expect(isCsrf(token, bad)).toBe(false)
  expect(csrfOf(token)).not.toContain(token)
})

test('a token is 256 bits; other text has no hash; the cookie is not for scripts', () => {
  expect(Buffer.from(newToken(), 'base64url').length).toBe(32)
  expect(hashToken('')).toBeNull()
  expect(hashToken(`${newToken()}'`)).toBeNull()
  expect(hashToken(newToken())!.length).toBe(32)
  expect(sessionCookie(true)).toEqual({ httpOnly: true, sameSite: 'lax', path: '/', secure: true })
})

test.each([['short-1', 'w'], ['alllowercaseletters', 'w'], ['wanglei-2026-xyz', 'wanglei'], ['Password2026x', 'w'], ['aaaa1111aaaa', 'w'], [`Aa1${'x'.repeat(126)}`, 'w']])('password %s will not do', (password, username) => {
  expect(() => demandGoodPassword(password, username)).toThrow('access/weak-password')
})
test('a passphrase with a hyphen, Chinese words and digits, and the demo’s will do', () => {
  for (const password of ['mingtang-demo', '春眠不觉晓处处闻啼鸟2026', 'correct horse battery']) demandGoodPassword(password, 'clerk')
})
