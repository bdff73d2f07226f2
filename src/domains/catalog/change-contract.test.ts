import { expect, test } from 'vitest'
import { differing } from './change-contract.ts'
import { changeLines } from './console/change-lines.ts'

test('of a material only the members that changed are said, of a list only the entries that came or went', () => {
  const application = { id: 'application', name: { zh: '申请书', en: 'Application' }, copies: 1, basis: null }
  expect(differing(application, { ...application, copies: 2 })).toEqual([{ copies: 1 }, { copies: 2 }])
  expect(differing([{ law: '食品安全法', article: '第三十五条' }, { law: '行政许可法', article: '第十二条' }], [{ law: '行政许可法', article: '第十二条' }, { law: '食品安全法', article: '第三十六条' }]))
    .toEqual([[{ law: '食品安全法', article: '第三十五条' }], [{ law: '食品安全法', article: '第三十六条' }]])
})

test('a text in both languages, a limit, an entry that is new and a list in another order stay whole', () => {
  const name = [{ zh: '申请书', en: 'Application' }, { zh: '申请表', en: 'Application' }] as const
  expect(differing(...name)).toEqual(name)
  const limits = [{ amount: 5, unit: 'workingDay', article: 'x' }, { amount: 3, unit: 'workingDay', article: 'x' }] as const
  expect(differing(...limits)).toEqual(limits)
  expect(differing(undefined, { id: 'plan' })).toEqual([undefined, { id: 'plan' }])
  expect(differing(['a', 'b'], ['b', 'a'])).toEqual([['a', 'b'], ['b', 'a']])
})

test('members are said by their names and codes by what they mean, in the reader’s language; what is empty now is said to be', () => {
  expect(changeLines({ id: 'plan', necessity: 'required', demanded: true, basis: null }, 'zh', 'materials', true)).toEqual(['必要性：必要', '须由申请人提交：是', '依据：（无）'])
  expect(changeLines({ name: { zh: '申请书', en: 'Application' }, copies: 2, basis: null, source: 'applicant' }, 'en', 'materials')).toEqual(['Name: Application', 'Copies: 2', 'Source: Prepared by the applicant'])
  expect(changeLines([{ law: '食品安全法', article: '第三十六条' }], 'en', 'legalBasis')).toEqual(['食品安全法 · 第三十六条'])
  expect(changeLines(null, 'zh', 'localCode')).toEqual([])
})
