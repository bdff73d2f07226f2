import { usccCheckCharacter } from '../../base/identifiers.ts'
import type { PartyInput } from '../../domains/cases/contract.ts'
import type { Random } from './random.ts'

const SURNAMES = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜']
const GIVEN = ['安之', '若水', '景明', '怀瑾', '思远', '清和', '知行', '望舒', '云起', '长庚', '子衿', '南乔', '北辰', '书瑶', '砚青', '闻溪', '照野', '初晴', '以沫', '鹿鸣']
const TRADES = ['餐饮', '商贸', '文化传媒', '科技', '健身服务', '口腔门诊', '书店', '建筑工程', '人力资源', '供水设备']

/** Nobody alive: birth years 1880–1899 with a computed check character (GB 11643). */
export function fictionalPerson(random: Random): PartyInput {
  const body = `110102${random.int(1880, 1899)}${String(random.int(1, 12)).padStart(2, '0')}${String(random.int(1, 28)).padStart(2, '0')}${String(random.int(1, 999)).padStart(3, '0')}`
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const check = '10X98765432'[weights.reduce((sum, weight, i) => sum + weight * Number(body[i]), 0) % 11]!
  return { kind: 'person', name: `${random.pick(SURNAMES)}${random.pick(GIVEN)}`, idType: '111', idNumber: body + check, phone: phone(random), address: address(random) }
}

/** No company has a code with MT in it; the check character is computed (GB 32100). */
export function fictionalCompany(random: Random): PartyInput {
  const first17 = `91110102MT${String(random.int(1_000_000, 9_999_999))}`
  return { kind: 'organisation', name: `北京${random.pick(GIVEN)}${random.pick(TRADES)}有限公司（演示）`, idType: '001', idNumber: first17 + usccCheckCharacter(first17)!, phone: phone(random), address: address(random) }
}

/** 139 0000 …: numbers of the demo reach the sandbox only. */
const phone = (random: Random): string => `1390000${String(random.int(0, 9999)).padStart(4, '0')}`
const address = (random: Random): string => `北京市西城区演示路${random.int(1, 299)}号`
