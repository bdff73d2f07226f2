import { expect, test } from 'vitest'
import { inputErrors } from '../../kernel/input/check.ts'
import { ACT_INPUTS } from './contract.ts'

test('what an act demands beyond its fields is said in words that the officer reads', () => {
  const of = (act: keyof typeof ACT_INPUTS, input: unknown) => {
    const read = ACT_INPUTS[act].safeParse(input)
    return read.success ? [] : inputErrors(read.error).map(({ path, message }) => [path, message.zh, message.en])
  }
  expect(of('decide', { outcome: 'refuse' })).toEqual([['/reasons', '不予许可必须说明理由（行政许可法 第三十八条）', 'A refusal must state its reasons (Administrative Licensing Law Art. 38)']])
  expect(of('decide', { outcome: 'grant', falseMaterials: true })).toEqual([['/falseMaterials', '只有不予许可才能认定材料虚假', 'Only a refusal can find materials false']])
  expect(of('refuseAcceptance', { ground: 'notCompetent', reasons: '不属本机关' })).toEqual([['/competentBody', '必须写明有管辖权的机关（行政许可法 第三十二条）', 'Name the competent body (Administrative Licensing Law Art. 32)']])
  expect(of('deliver', { mode: 'mail' })).toEqual([['/trackingNo', '寄递的必须填写单号', 'For delivery by mail the tracking number is required']])
})
