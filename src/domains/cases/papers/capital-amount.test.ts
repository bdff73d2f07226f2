import { expect, test } from 'vitest'
import { capitalAmount } from './capital-amount.ts'

// 支付结算办法 附一 第三条 gives these four as examples of how noughts are said.
test.each([
  [140_950, '人民币壹仟肆佰零玖元伍角整'],
  [600_714, '人民币陆仟零柒元壹角肆分'],
  [168_032, '人民币壹仟陆佰捌拾元零叁角贰分'],
  [1_640_902, '人民币壹万陆仟肆佰零玖元零贰分'],
  [32_504, '人民币叁佰贰拾伍元零肆分'],
])('%i fen is written %s, as the rule has it', (fen, words) => expect(capitalAmount(fen)).toBe(words))

test.each([
  [0, '人民币零元整'], [5, '人民币伍分'], [50, '人民币伍角整'], [100, '人民币壹元整'], [1_000, '人民币壹拾元整'], [13_345, '人民币壹佰叁拾叁元肆角伍分'],
  [1_000_000, '人民币壹万元整'], [10_000_500, '人民币壹拾万零伍元整'], [100_000_000, '人民币壹佰万元整'], [1_010_000_000, '人民币壹仟零壹拾万元整'], [10_000_000_000, '人民币壹亿元整'], [10_000_000_100, '人民币壹亿零壹元整'],
])('%i fen is written %s', (fen, words) => expect(capitalAmount(fen)).toBe(words))

test('parts of a fen have no words', () => {
  expect(() => capitalAmount(1.5)).toThrow('no amount in capitals')
  expect(() => capitalAmount(-1)).toThrow('no amount in capitals')
})
