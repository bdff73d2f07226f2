import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, type Json } from './canonical-json.ts'
import { applyPatch, diffPatch } from './merge-patch.ts'

// RFC 7396, appendix A.
test.each<[Json, Json, Json]>([
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }], [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }], [{ a: 'b' }, { a: null }, {}], [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }], [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }], [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }], [['a', 'b'], ['c', 'd'], ['c', 'd']], [{ a: 'b' }, ['c'], ['c']], [{ a: 'foo' }, null, null], [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }], [[1, 2], { a: 'b', c: null }, { a: 'b' }], [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])('%j with %j is %j', (target, patch, result) => {
  expect(applyPatch(target, patch)).toEqual(result)
})

test('what differs, put on what was, gives what is; equal values differ in nothing', () => {
  const value = fc.jsonValue({ maxDepth: 3 }).map((json) => JSON.parse(JSON.stringify(json, (_, v: unknown) => (v === null ? 0 : v))) as Json)
  const object = fc.dictionary(fc.string({ maxLength: 4 }).filter((key) => key !== '__proto__'), value, { maxKeys: 5 })
  fc.assert(fc.property(object, object, (before, after) => {
    const patch = diffPatch(before, after)
    expect(canonicalJson(patch === undefined ? before : applyPatch(before, patch))).toBe(canonicalJson(after))
    expect(diffPatch(after, after)).toBeUndefined()
  }))
})
