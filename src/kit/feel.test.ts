import { evaluate } from 'feelin'
import { describe, expect, test } from 'vitest'
import { evaluateFeel } from './feel.ts'

describe('FEEL, read once and called after', () => {
  const facts = { area: 60, keyArea: false, 面积: 60, name: '甲', on: '2026-03-02', kinds: ['a', 'b'], nothing: null, place: { street: '长安街' } }
  test.each([
    ['area > 50 and keyArea = false', true], ['面积 > 50', true], ['area > 60', false], ['not(keyArea)', true],
    ['if area > 50 then "large" else "small"', 'large'], ['area * 2 + 1', 121], ['name = "甲" or area = 1', true], ['kinds[1]', 'a'],
    ['count(kinds) = 2', true], ['some kind in kinds satisfies kind = "b"', true], ['area in [50..60]', true], ['place.street', '长安街'],
    ['date(on) > date("2026-03-01")', true], ['nothing', null], ['nothing > 3', null], ['missing', null], ['missing = 3', false], ['nothing + 1', null],
  ])('%s', (expression, value) => {
    expect(evaluateFeel(expression, facts)).toEqual(value)
    expect(evaluateFeel(expression, facts)).toEqual(evaluate(expression, facts).value)
  })
  test('the same expression over other facts, and over facts of other names', () => {
    expect(['a = 1', 'a = 1', 'a = 1'].map((text, i) => evaluateFeel(text, { a: i }))).toEqual([false, true, false])
    expect(evaluateFeel('a = 1', { b: 2, a: 1 })).toBe(true)
    expect(evaluateFeel('floor area > 3', { 'floor area': 4 })).toBe(true)
  })
  test('what cannot be compared has no value', () => {
    for (const area of [true, { a: 1 }, ['1']]) for (const names of [{ area, most: 5 }, { area, most: 5, 'floor area': 1 }]) {
      expect([area, evaluateFeel('most < area', names), evaluateFeel('most >= 5 and most < area', names)]).toEqual([area, null, null])
    }
  })
  test('what is not FEEL is said each time', () => {
    for (let i = 0; i < 2; i += 1) for (const names of [{ area: 1 }, { 'floor area': 1 }]) expect(() => evaluateFeel('area >', names)).toThrow()
  })
})
