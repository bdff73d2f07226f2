import { expect, test } from 'vitest'
import { remedyOf, remedyOfSilence } from './remedy.ts'

test('where one may complain follows the organ, by its article of the reconsideration law of 2023', () => {
  const at = (organ: Parameters<typeof remedyOf>[0]['organ']) => { const { reconsideration, article } = remedyOf({ organ, refused: true }); return [/向(.+)申请行政复议/.exec(reconsideration.zh)![1], article.split('；')[0]] }
  expect(at('districtDepartment')).toEqual(['北京市西城区人民政府', '行政复议法 第二十四条'])
  expect(at('subdistrict')).toEqual(['北京市西城区人民政府', '行政复议法 第二十四条'])
  expect(at('authorisedBody')).toEqual(['北京市西城区人民政府', '行政复议法 第二十四条'])
  expect(at('municipalBranch')).toEqual(['北京市人民政府或者北京市西城区人民政府', '行政复议法 第二十四条'])
  expect(at('taxation')).toEqual(['国家税务总局北京市税务局', '行政复议法 第二十七条'])
  expect(at('vertical')).toEqual(['本机关的上一级主管部门', '行政复议法 第二十七条'])
  expect(at('justice')).toEqual(['北京市西城区人民政府或者北京市司法局', '行政复议法 第二十八条'])
})

test('within sixty days and six months; a grant is fought by whom it harms', () => {
  const refused = remedyOf({ organ: 'districtDepartment', refused: true })
  expect([refused.reconsideration.zh.slice(0, 6), refused.reconsideration.zh.includes('六十日内'), refused.litigation.zh.includes('六个月内')]).toEqual(['不服本决定的', true, true])
  expect(remedyOf({ organ: 'districtDepartment', refused: false }).reconsideration.zh).toMatch(/^认为本决定侵犯其合法权益的/)
})

test('against silence reconsideration comes first', () => {
  expect(remedyOfSilence('districtDepartment').zh).toContain('应当先向北京市西城区人民政府申请行政复议（行政复议法 第二十三条第一款第三项）')
})
