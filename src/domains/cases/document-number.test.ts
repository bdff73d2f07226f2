import { expect, test } from 'vitest'
import { inputErrors } from '../../kernel/input/check.ts'
import { ACT_INPUTS } from './contract.ts'
import { DocumentNumber } from './document-number-contract.ts'
import { StatusLine } from './vertical/contract.ts'

const problem = (text: unknown): string | null => {
  const read = DocumentNumber.safeParse(text)
  return read.success ? null : inputErrors(read.error)[0]!.message.zh
}

test.each(['京西食〔2026〕12号', 'JY11101020012345', '西消证2026-000123', '烟许（2026）21号', 'No. 7/2026', 'A-1', ' 演示证字第100001号 ', '№ 12·3', '甲[2026]5—6号', `${'1'.repeat(60)}`])('“%s” is a number', (text) => {
  expect(problem(text)).toBeNull()
})

test.each([
  ['', '应为编号'], ['已电告林晚照', '应为编号'], ['见附件，共 3 页', '应为编号'], ['<b>1</b>', '应为编号'], ['林晚照\n1', '应为编号'], ['1'.repeat(61), '应为编号'], ['a@b.cn1', '应为编号'],
  ['110102188001010018', '不得含有居民身份证号码'], ['11010218850505003x', '不得含有居民身份证号码'], ['林晚照 110102 18800101 0018', '不得含有居民身份证号码'], ['证（110102-18800101-0018）1号', '不得含有居民身份证号码'],
])('“%s” is not', (text, words) => {
  expect(problem(text)).toContain(words)
})

test('it is asked of whoever issues a certificate and of every line that another system reports', () => {
  expect(ACT_INPUTS.issue.safeParse({ certificateNo: '已电告林晚照' }).success).toBe(false)
  for (const column of ['documentNo', 'certificateNo']) {
    expect(StatusLine.safeParse({ caseNo: 'X-1', status: 'received', on: '2026-03-02', [column]: '110102188001010018' }).success).toBe(false)
    expect(StatusLine.safeParse({ caseNo: 'X-1', status: 'received', on: '2026-03-02', [column]: '烟许〔2026〕1号' }).success).toBe(true)
  }
})
