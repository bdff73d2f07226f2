import { describe, expect, test } from 'vitest'
import { among, firstOpen, give, giveUpToHere, goTo, isSorted, leaveOut, partName, partsOf, runsOf, stackOf, turn, undo, type PageStack } from './page-stack.ts'

const parts = (stack: PageStack) => Object.fromEntries(partsOf(stack))
const upTo = (stack: PageStack): PageStack => giveUpToHere(stack)!

describe('a stack of pages sorted by keys', () => {
  test('each key gives the page looked at and goes on; the last page stays', () => {
    const stack = give(give(give(stackOf(3), 'form'), 'form'), 'identity')
    expect(stack.at).toBe(2)
    expect(parts(stack)).toEqual({ form: [0, 1], identity: [2] })
    expect(isSorted(stack)).toBe(true)
  })

  test('twelve pages for five materials: a long paper is paged through to its end and closed by one key', () => {
    let stack = give(stackOf(12), 'form')
    stack = upTo(goTo(stack, 2))
    stack = give(stack, 'identity')
    stack = leaveOut(stack)
    stack = give(stack, 'lease')
    stack = upTo(goTo(stack, 8))
    stack = give(give(stack, 'plan'), 'plan')
    stack = give(stack, 'photo')
    expect(parts(stack)).toEqual({ form: [0, 1, 2], identity: [3], lease: [5, 6, 7, 8], plan: [9, 10], photo: [11] })
    expect(runsOf(stack)).toEqual([
      { from: 1, to: 3, material: 'form', leftOut: false }, { from: 4, to: 4, material: 'identity', leftOut: false }, { from: 5, to: 5, material: null, leftOut: true },
      { from: 6, to: 9, material: 'lease', leftOut: false }, { from: 10, to: 11, material: 'plan', leftOut: false }, { from: 12, to: 12, material: 'photo', leftOut: false },
    ])
    expect(isSorted(stack)).toBe(true)
  })

  test('pages of one material need not stand together; they keep their order', () => {
    expect(parts(give(give(give(stackOf(3), 'a'), 'b'), 'a'))).toEqual({ a: [0, 2], b: [1] })
  })

  test('paging alone decides nothing, and a gap is named', () => {
    const stack = give(goTo(give(stackOf(4), 'a'), 3), 'b')
    expect(firstOpen(stack)).toBe(1)
    expect(isSorted(stack)).toBe(false)
    expect(runsOf(stack).map(({ from, to, material }) => [from, to, material])).toEqual([[1, 1, 'a'], [2, 3, null], [4, 4, 'b']])
  })

  test('up to here: after a blank page the paper before it goes on; with nothing before it there is no such key', () => {
    expect(giveUpToHere(goTo(stackOf(3), 2))).toBeNull()
    expect(giveUpToHere(leaveOut(stackOf(3)))).toBeNull()
    expect(parts(upTo(goTo(leaveOut(give(stackOf(4), 'a')), 3)))).toEqual({ a: [0, 2, 3] })
  })

  test('a page given again goes to the later material; a page left out goes to none', () => {
    expect(parts(give(goTo(give(stackOf(2), 'a'), 0), 'b'))).toEqual({ b: [0] })
    expect(parts(leaveOut(goTo(give(stackOf(2), 'a'), 0)))).toEqual({})
  })

  test('undo takes back the last thing done and returns to its page; paging is nothing to undo', () => {
    const stack = goTo(give(give(stackOf(5), 'a'), 'b'), 4)
    expect(undo(stack).at).toBe(1)
    expect(parts(undo(stack))).toEqual({ a: [0] })
    expect(undo(undo(undo(undo(stack))))).toEqual(stackOf(5))
  })

  test('four turns make a whole one, and stay on the page', () => {
    const turned = turn(stackOf(2))
    expect([turned.at, turned.pages[0]!.turn, turned.pages[1]!.turn]).toEqual([0, 90, 0])
    expect(turn(turn(turn(turned))).pages[0]!.turn).toBe(0)
  })

  test('the first and the last page are the ends', () => {
    expect(goTo(stackOf(3), -1).at).toBe(0)
    expect(goTo(stackOf(3), 7).at).toBe(2)
  })

  test('a material that is no longer asked for gives its pages back', () => {
    const stack = give(give(stackOf(2), 'a'), 'b')
    expect(among(stack, ['a', 'b'])).toBe(stack)
    expect(parts(among(stack, ['b']))).toEqual({ b: [1] })
    expect(firstOpen(among(stack, ['b']))).toBe(0)
  })

  test('leaving everything out sorts nothing', () => {
    expect(isSorted(leaveOut(leaveOut(stackOf(2))))).toBe(false)
  })

  test('a part is named after its scan and its pages', () => {
    expect(partName('扫描 1.pdf', [0, 1, 2, 5])).toBe('扫描 1_p1-3,6.pdf')
    expect(partName('scan.v2.PDF', [3])).toBe('scan.v2_p4.pdf')
    expect(partName('无后缀', [0, 2])).toBe('无后缀_p1,3.pdf')
  })
})
