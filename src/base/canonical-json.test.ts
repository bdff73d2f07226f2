import { expect, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

test('the example of RFC 8785 §3.2.2', () => {
  const value = JSON.parse(String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`)
  expect(canonicalJson(value)).toBe(String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`)
})

test('members stand in the order of their UTF-16 code units (RFC 8785 §3.2.3)', () => {
  const keys = ['€', '\r', '\ufb33', '1', '😀', '\u0080', 'ö']
  expect(Object.keys(JSON.parse(canonicalJson(Object.fromEntries(keys.map((key) => [key, key])))) as object)).toEqual(['1', '\r', '\u0080', 'ö', '€', '😀', '\ufb33'])
  expect(canonicalJson({ b: 1, '\r': 2, '1': 3 })).toBe(String.raw`{"\r":2,"1":3,"b":1}`)
})

test('what is undefined is left out of an object and null in a list; what is no number of JSON fails', () => {
  expect(canonicalJson({ a: undefined, b: [undefined as never, -0] })).toBe('{"b":[null,0]}')
  expect(() => canonicalJson(Number.NaN)).toThrow('no JSON for NaN')
})
