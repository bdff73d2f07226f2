import { refusals } from '../../base/refusal.ts'

/** Every "no" of the calendar. */
export const refuse = refusals('calendar', {
  'out-of-range': {
    status: 422,
    zh: '日历只能计算 {first} 至 {last} 之间的日期',
    en: 'The calendar only counts days from {first} to {last}',
  },
  'bad-query': {
    status: 422,
    zh: '期限计算的参数有误：须有存在的起算日，且工作日、自然日、月三者只给一个不小于零的整数',
    en: 'The question is not well put: it needs a day that exists and exactly one whole number, not negative, of working days, natural days or months',
  },
  'not-json': { status: 400, zh: '节假日文件不是 JSON：{why}', en: 'The holiday file is not JSON: {why}' },
  'bad-file': {
    status: 422,
    zh: '节假日文件有 {count} 处不合格，第一处在 {path}',
    en: 'The holiday file is wrong in {count} places, the first at {path}',
  },
  'not-announced': {
    status: 422,
    zh: '文件没有 {year} 年的安排：通知尚未发布，或文件不完整（缺少法定节日：{missing}）',
    en: 'The file does not hold the arrangement of {year}: the notice is not published yet or the file is incomplete (statutory holidays missing: {missing})',
  },
  'year-out-of-turn': {
    status: 422,
    zh: '只能导入 {first} 至 {last} 年的安排，文件为 {year} 年',
    en: 'Only the years {first} to {last} can be imported; the file is for {year}',
  },
})
