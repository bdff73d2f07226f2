import { afterAll, expect, test } from 'vitest'
import type { CivilDay } from '../../base/civil-day.ts'
import { jiebaSegmenter } from '../../kernel/search/segment.ts'
import { findDocuments } from '../../kernel/search/find-documents.ts'
import { scratch } from '../../../tests/scratch.ts'
import { loadDemoCatalogue } from './demo/load-catalogue.ts'
import { exchangeItem } from './exchange.ts'
import { feesDue } from './fees.ts'
import { findItems } from './find-items.ts'
import { indexItems, ITEM_SOURCE } from './index-items.ts'
import { localise } from './localise.ts'
import { loadItems } from './registry.ts'

const today = '2026-03-02' as CivilDay
const town = await scratch(['db', 'procedure', 'org', 'access', 'search', 'catalog'])
const segment = jiebaSegmenter()
afterAll(async () => { await segment.close(); await town.close() })
await loadDemoCatalogue(town.admin, today)
const items = await loadItems(town.db)
await indexItems(town.db, segment, items, today)
const search = async (q: string) => [...new Set((await findDocuments(town.db, segment, { q, source: ITEM_SOURCE, limit: 200, offset: 0 })).hits.map((hit) => hit.ref))]
const find = async (q: string) => (await findItems(items, search, { q }, today)).items.map((item) => item.name.zh)
const named = (procedure: string) => items.list(today).find((item) => item.procedureId === procedure)!

test('people find an item by what they call it', async () => {
  expect((await find('开餐馆'))[0]).toBe('食品经营许可（新办）')
  expect((await find('领结婚证'))[0]).toBe('内地居民结婚登记')
  expect(await find('dog licence')).toContain('养犬登记')
  expect(await find('公共场所卫生许可')).toContain('公共场所卫生许可（新办）')
})

test('filters, pages and whole codes', async () => {
  const market = named('food-business')
  expect((await findItems(items, search, { department: market.implementingBody.code }, today)).total).toBe(4)
  expect((await findItems(items, search, { department: '西城区市场监督管理局' }, today)).total).toBe(4)
  expect((await findItems(items, search, { type: '05' }, today)).total).toBe(3)
  expect((await findItems(items, search, { page: 2 }, today))).toMatchObject({ total: 37, items: { length: 17 } })
  expect(await find(market.code)).toEqual(['食品经营许可（新办）'])
})

test('an unknown item and an unknown version are refused', () => {
  expect(() => items.get('nothing', today)).toThrow('catalog/item-not-found')
  expect(() => items.version(named('dog').code, 9)).toThrow('catalog/version-not-found')
})

test('the dog’s fee: 1 000 yuan, half when neutered, 500 in later years, nothing for a guide dog', () => {
  const fee = (values: object) => feesDue(named('dog'), { firstYear: true, neutered: false, guideDog: false, ...values }).map((one) => one.amountFen)
  expect(fee({})).toEqual([100_000])
  expect(fee({ neutered: true })).toEqual([50_000])
  expect(fee({ firstYear: false })).toEqual([50_000])
  expect(fee({ guideDog: true, firstYear: false })).toEqual([0])
})

test('the registry charges 80 yuan for a home and 550 for a shop; a road is charged by area and days', () => {
  expect(feesDue(named('realty-transfer'), { residential: true })[0]!.amountFen).toBe(8_000)
  expect(feesDue(named('realty-transfer'), { residential: false })[0]!.amountFen).toBe(55_000)
  expect(feesDue(named('road-occupation'), { dig: false, area: 10, days: 3 })[0]!.amountFen).toBe(6_000) // 10 m² × 3 days × 2 yuan
  expect(feesDue(named('road-occupation'), { dig: true, area: 10, days: 3 })[0]!.amountFen).toBe(120_000) // 10 m² × 120 yuan
})

test('one language out of two', () => {
  expect(localise({ name: { zh: '甲', en: 'a' }, list: [{ zh: '乙', en: 'b' }], n: 1, none: null }, 'en')).toEqual({ name: 'a', list: ['b'], n: 1, none: null })
})

test('the exchange export uses the names and codes of GB/T 39046', () => {
  const out = exchangeItem(named('marriage'))
  expect(out).toMatchObject({
    事项名称: '内地居民结婚登记', 基本编码: '110790016000', 事项类型代码: '07', 事项类型: '行政确认', 办件类型代码: '1', 法定办结时限: 0, 法定办结时限单位: '工作日',
    到办事现场次数: 1, 是否收费: '0', 行使层级代码: '4', 是否网办: '0', 网办地址: null, 审批服务形式: ['马上办', '一次办'], 承办机构: out['实施主体'],
  })
})

// GB/T 39046-2020 table 4 and the exchange tables of GB/T 39554.2, as far as they concern licences and services: what penalties and
// levies add (处罚的种类和幅度, 征收种类) belongs to those items.
const BASIC = '事项名称 基本编码 实施编码 业务办理项编码 地方编码 事项类型 事项类型代码 事项版本 事项状态 计划生效日期 计划取消日期 设定依据 权力来源 行使层级 行使层级代码 权限划分 行使内容 实施主体 实施主体统一社会信用代码 实施主体性质 委托部门 联办机构 承办机构 承办机构统一社会信用代码 服务对象 办件类型 法定办结时限 法定办结时限单位 法定办结时限说明 承诺办结时限 承诺办结时限单位 承诺办结时限说明 受理条件 办理流程 特别程序 数量限制 中介服务 结果名称 结果类型 结果样本 是否收费 收费项目 办理形式 到办事现场次数 必须现场办理原因说明 办理地点 办理时间 咨询方式 监督投诉方式 行政复议 行政诉讼'
const EXTENDED = '通办范围 是否进驻政务大厅 是否支持物流快递 是否网办 网上办理深度 网办地址 是否支持网上支付 是否支持预约办理 是否支持自助终端办理 主题分类 运行系统层级 日常用语 是否告知承诺制 审批服务形式 申请材料 常见问题'
const MATERIAL = '名称 材料类型 材料形式 材料必要性 原件份数 复印件份数 纸质规格 来源渠道 来源渠道说明 出具机构 出具时间要求 使用说明 空白表格 示例样表 填报须知 受理标准 要求依据 排序 备注'

test('the export has every field of the standard for every guide', () => {
  for (const item of items.list(today)) {
    const out = exchangeItem(item)
    expect(Object.keys(out)).toEqual(expect.arrayContaining(`${BASIC} ${EXTENDED}`.split(' ')))
    for (const material of out['申请材料'] as object[]) expect(Object.keys(material).sort()).toEqual(MATERIAL.split(' ').sort())
    for (const fee of out['收费项目'] as object[]) expect(Object.keys(fee).sort()).toEqual('项目名称 标准 依据 是否允许减免 减免依据'.split(' ').sort())
  }
})

test('nothing but a version of its own can change a published guide', async () => {
  const [row] = await town.db.query<{ code: string }>('select code from catalog.item_version limit 1')
  await expect(town.db.query("update catalog.item_version set body = '{}' where code = $1", [row!.code])).rejects.toThrow('permission denied')
})
