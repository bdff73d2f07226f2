import { beforeAll, describe, expect, test } from 'vitest'
import type { CivilDay } from '../../../base/civil-day.ts'
import type { Language } from '../../../base/text.ts'
import { createFrames, markup } from '../../../kit/portal/index.ts'
import type { Item } from '../contract.ts'
import { readItems } from '../demo/items.ts'
import { readTown } from '../demo/organisations.ts'
import { GuidePage } from './guide-page.tsx'
import { governmentService } from './json-ld.ts'
import { shareOf } from './limit-share.ts'
import { ListPage } from './list-page.tsx'
import { catalogOverview, catalogReader } from './reader.ts'
import { summaryOf } from '../version-row.ts'
import { DiffPage, linesOf, VersionsPage } from './versions-page.tsx'
import type { ItemRegistry } from '../registry.ts'

const today = '2026-07-03' as CivilDay
const frames = createFrames({ demo: true, site: { zh: '北京市西城区政务服务', en: 'Xicheng District Government Services' }, asset: (name) => `/${name}`, checkpoint: async () => null })
const frame = (language: Language, elder = false) => frames.shared({ language, elder, csrfToken: '', caller: { kind: 'anonymous' }, request: { url: '/items/x', headers: {} } })
let items: Item[]
let hygiene: Item
beforeAll(() => {
  items = readItems(readTown(), today).map((seed) => seed.item)
  hygiene = items.find((item) => item.name.zh.includes('公共场所卫生许可'))!
})
const draw = (item: Item, language: Language = 'zh', more: Partial<Parameters<typeof GuidePage>[0]> = {}): string =>
  markup(<GuidePage item={item} frame={frame(language)} url="https://mingtang.example" flow={null} measured={undefined} more="" hallPath={() => null} {...more} />)

describe('the guide', () => {
  test('every guide of the demo is drawn in both languages, within 60 KB, without inline style, with nothing undefined', () => {
    for (const item of items) for (const language of ['zh', 'en'] as const) {
      const html = draw(item, language)
      expect(Buffer.byteLength(html), item.name.zh).toBeLessThan(60_000)
      expect(html, item.name.zh).not.toMatch(/ style=|undefined|\[object|NaN/)
      expect(html.match(/<h1/g), item.name.zh).toHaveLength(1)
    }
  })
  test('the disclosed elements stand in the order people ask', () => {
    expect([...draw(hygiene).matchAll(/<section id="(\w+)"/g)].map((match) => match[1]))
      .toEqual(['materials', 'time', 'cost', 'where', 'flow', 'result', 'basis', 'remedy', 'contact', 'faq', 'versions'])
  })
  test('statutory, promised and measured limits stand beside each other, drawn to one scale', () => {
    // 公共场所卫生许可: by law 20 working days, promised 8 = 40 %, measured 3 = 15 %.
    const html = draw(hygiene, 'zh', { measured: { cases: 318, medianDays: 3, p90Days: 6, onTimeShare: 0.9937, since: '2026-01-01' as CivilDay } })
    expect(html).toContain('20 个工作日')
    expect(html).toContain('8 个工作日')
    expect(html).toContain('中位 3 个工作日')
    expect(html).toContain('九成在 6 个工作日内；318 件，按时 99.4%')
    expect(html).toContain('<rect class="bar-promise" width="40%"')
    expect(html).toContain('<rect class="bar-real" width="15%"')
  })
  test('what was not measured is not shown; what has no finished case says so', () => {
    expect(draw(hygiene)).not.toContain('实际')
    expect(draw(hygiene, 'zh', { measured: null })).toContain('尚无办结件')
  })
  test('a material that is shared is starred and has no form to fill in', () => {
    const html = draw(hygiene)
    const licence = html.slice(html.indexOf('id="material-businessLicence"'))
    expect(licence.slice(0, licence.indexOf('</li>'))).toContain('★ 免提交')
    expect(licence.slice(0, licence.indexOf('</li>'))).not.toContain('空白表格')
  })
  test('without a procedure one cannot apply and is told where to go', () => {
    const html = draw({ ...hygiene, applicable: false })
    expect(html).not.toContain('/apply/')
    expect(html).toContain('请到窗口办理')
  })
  test('text of a guide cannot become markup, an address of a form cannot run', () => {
    const html = draw({ ...hygiene, name: { zh: '</title><script>alert(1)</script>', en: 'x' }, materials: [{ ...hygiene.materials[0]!, blankForm: 'javascript:alert(1)' }] })
    // Within a quoted attribute only the quote itself could end it.
    expect(html.replace(/="[^"]*"/g, '')).not.toContain('<script>alert')
    expect(html).not.toContain('javascript:')
  })
  test('the chart’s own markup is drawn, its steps in words beneath', () => {
    const html = draw(hygiene, 'zh', { flow: { svg: '<svg width="700" class="pd"></svg>', version: 3, steps: [{ name: '受理', text: '受理（5 个工作日）。' }] } })
    // 700 px are more than fits beside the words.
    expect(html).toContain('<div class="flow"><figure>')
    expect(html).toContain('<svg width="700" class="pd"></svg>')
    expect(html).toContain('<li>受理（5 个工作日）。</li>')
    expect(html).toContain('第 3 版')
  })
  test('machines read it as GovernmentService', () => {
    expect(governmentService(hygiene, 'https://mingtang.example', 'zh')).toMatchObject({ '@type': 'GovernmentService', identifier: hygiene.code, provider: { identifier: hygiene.implementingBody.code } })
  })
  test('limits of unlike units are not drawn to scale', () => {
    const limit = (amount: number, unit: 'workingDay' | 'naturalDay') => ({ amount, unit, article: 'x', note: null })
    expect(shareOf(limit(5, 'workingDay'), limit(20, 'workingDay'))).toBe(0.25)
    expect(shareOf(limit(5, 'naturalDay'), limit(20, 'workingDay'))).toBeNull()
    expect(shareOf(limit(5, 'workingDay'), null)).toBeNull()
  })
})

describe('lists and versions', () => {
  const facets = { departments: [], types: [], targets: [{ code: '1', name: { zh: '自然人', en: 'Natural persons' }, count: 20 }], topics: [] }
  test('a chosen filter leads to the list without it, the others keep it', () => {
    const html = markup(<ListPage frame={frame('zh')} asked={{ q: '餐', target: '1', page: 1 }} items={[]} total={0} facets={facets} />)
    expect(html).toContain('<a href="/items?q=%E9%A4%90" aria-current="true" aria-label="取消“自然人”">')
    expect(html).toContain('没有查到“餐”')
  })
  test('forty-five services fill three pages', () => {
    const html = markup(<ListPage frame={frame('zh')} asked={{ page: 2 }} items={items.slice(0, 20).map(summaryOf)} total={45} facets={facets} />)
    expect(html).toContain('全部事项 45 项')
    expect([...html.matchAll(/第 (\d) 页/g)].map((match) => match[1])).toEqual(['1', '2', '3'])
  })
  test('each version can be compared with the one before it; the first cannot', () => {
    const versions = [{ version: 2, effectiveFrom: '2026-01-01' as CivilDay, effectiveTo: null }, { version: 1, effectiveFrom: '2024-07-01' as CivilDay, effectiveTo: '2025-12-31' as CivilDay }]
    const html = markup(<VersionsPage item={hygiene} versions={versions} frame={frame('zh')} />)
    expect(html).toContain('/diff?from=1&to=2')
    expect(html).toContain('首版')
    expect(html).toContain('2024年7月1日（周一） 至 2025年12月31日（周三）')
  })
  test('values of any shape are said in words', () => {
    expect(linesOf({ amount: 5, unit: 'workingDay', article: '西城区政务服务承诺', note: null }, 'zh')).toEqual(['5 个工作日（西城区政务服务承诺）'])
    expect(linesOf([{ zh: '申请表', en: 'Form' }, null, true], 'zh')).toEqual(['申请表', '是'])
    const html = markup(<DiffPage item={hygiene} from={1} to={2} frame={frame('zh')} changes={[{ path: '/x', label: { zh: '收费', en: 'Fee' }, before: null, after: '<b>' }]} />)
    expect(html).toContain('（没有）')
    expect(html).toContain('&lt;b>')
  })
})

describe('what the pages ask of the catalogue', () => {
  /** The registry's reading side over the demo's items: no database is asked by these questions. */
  const source = () => {
    const byCode = new Map(items.map((item) => [item.code, item]))
    const registry = { revision: '7', list: () => items, find: (code: string) => byCode.get(code), get: (code: string) => byCode.get(code)! } as unknown as ItemRegistry
    return { registry, search: async () => [hygiene.code], today: () => today }
  }
  test('each group of filters counts under the others’ choices, not its own', async () => {
    const all = await catalogReader(source()).findFacets({ page: 1 })
    const narrowed = await catalogReader(source()).findFacets({ page: 1, department: hygiene.implementingBody.code })
    expect(narrowed.departments).toEqual(all.departments)
    // The health commission: 05, 06, 07, 08, 09 and 35 of the seeds, one of them (35) a filing.
    expect(narrowed.types.reduce((sum, facet) => sum + facet.count, 0)).toBe(6)
  })
  test('a search narrows every group', async () => {
    const found = await catalogReader(source()).findFacets({ page: 1, q: '卫生' })
    expect(found.departments).toEqual([{ code: hygiene.implementingBody.code, name: hygiene.implementingBody.name, count: 1 }])
  })
  test('examples are services one can apply for, one of each department', async () => {
    const examples = await catalogOverview(source()).exampleItems()
    expect(examples).toHaveLength(6)
    expect(new Set(examples.map(({ code }) => code.slice(0, 18))).size).toBe(6)
  })
})
