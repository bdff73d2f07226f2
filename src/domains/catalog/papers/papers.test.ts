import { afterAll, describe, expect, test } from 'vitest'
import type { CivilDay } from '../../../base/civil-day.ts'
import { hasPdfToText, pagesOf, textOf } from '../../cases/papers/pdf-text.fixtures.ts'
import { startPress } from '../../cases/papers/press.ts'
import { Bytes, type Ask, type Route } from '../../../kernel/http/types.ts'
import type { Item } from '../contract.ts'
import { readForms } from '../demo/forms.ts'
import { readItems } from '../demo/items.ts'
import { readTown } from '../demo/organisations.ts'
import { formData, isApplication, printBlankForm, printResultSample, printSample } from './forms.ts'
import { guideData, printGuide } from './guide.ts'
import { catalogPaperRoutes } from './routes.ts'
import { sampleValue } from './sample-value.ts'
import type { TemplatePress } from './template-press.ts'

/** Keeps what would be printed: the press itself is tested with the papers of cases. */
const printed: { template: string; data: unknown; link: string | null; createdAt: Date }[] = []
const press: TemplatePress = {
  printTemplate: async (template, data, options) => {
    printed.push({ template, data, ...options })
    return Buffer.from('%PDF-')
  },
}
const items = readItems(readTown(), '2026-11-22' as CivilDay).map(({ item }) => item)
const forms = readForms()
const food = items.find((item) => item.formId === 'foodBusiness')!
const routes = catalogPaperRoutes({ press, items: { item: (code) => items.find((item) => item.code === code), form: (id) => forms.find((form) => form.id === id) } })
const ask = (path: string, params: Record<string, string>): Promise<unknown> =>
  (routes.find((route) => route.path === path) as Route).handle({ params } as unknown as Ask<unknown, unknown, unknown>)
afterAll(() => { printed.length = 0 })

describe('the guide on paper', () => {
  test('states the nine elements, deferred materials, complaint and remedy of every item', () => {
    expect(items).toHaveLength(37)
    for (const item of items) {
      const said = JSON.stringify(guideData(item))
      const wanted = [
        item.implementingBody.name.zh, item.legalBasis[0]!.law, item.acceptanceConditions[0]!.zh, ...item.materials.map((material) => material.name.zh), '申请（提交材料）→ 受理',
        item.promisedLimit!.article, item.result ? item.result.name.zh : '无证照', ...(item.fees.length > 0 ? item.fees.map((fee) => fee.basis) : ['不收费']), item.complaint.phone,
        '容缺受理：', item.remedy.reconsideration.zh, item.places[0]!.address.zh, item.consultation.phone,
      ]
      for (const words of wanted) expect(said, item.name.zh).toContain(JSON.stringify(words).slice(1, -1))
    }
  })

  test('says that shared materials need not be brought', () => {
    const shared = food.materials.find((material) => !material.demanded)!
    const sections = (guideData(food) as { sections: { title: string; blocks: { rows?: string[][] }[] }[] }).sections
    const row = sections.find((section) => section.title === '四、申请材料')!.blocks[0]!.rows!.find((cells) => cells[1] === shared.name.zh)!
    expect(row[4]).toBe('共享获取')
  })

  test('is dated by its version and leads to its page', async () => {
    await printGuide(press, food)
    expect(printed.at(-1)).toMatchObject({ template: 'src/domains/catalog/papers/guide.typ', link: `/items/${food.code}` })
    // In force from 22 November 2024 in Shanghai.
    expect(printed.at(-1)!.createdAt.toISOString()).toBe('2024-11-21T16:00:00.000Z')
  })
})

describe('forms on paper', () => {
  const application = food.materials.find(isApplication)!
  const form = forms.find((one) => one.id === food.formId)!
  type FormPaper = { title: string; sections: { title: string; fields: { label: string; value: string; options?: { label: string; ticked: boolean }[] }[] }[]; lines: number }

  test('the blank form has the fields of the online form in their order, all empty', () => {
    const { sections } = formData(food, form, application, false) as unknown as FormPaper
    expect(sections.slice(1).map((section) => section.fields.map((field) => field.label))).toEqual(form.sections.map((section) => section.fields.map((field) => field.label.zh)))
    expect(sections.flatMap((section) => section.fields).every((field) => field.value === '' && !field.options?.some((option) => option.ticked))).toBe(true)
  })

  test('the sample fills every field and names nobody', () => {
    const paper = formData(food, form, application, true) as unknown as FormPaper
    expect(paper.title).toContain('（示例）')
    for (const field of paper.sections.flatMap((section) => section.fields)) expect(field.options ? field.options.filter((option) => option.ticked).length === 1 : field.value !== '', field.label).toBe(true)
    expect(JSON.stringify(paper.sections)).not.toMatch(/\d{17}[\dX]|1[3-9]\d{9}/)
  })

  test('sample numbers keep to the bounds of their field', () => {
    const field = { id: 'n', label: { zh: '数', en: 'n' }, required: true } as const
    expect(sampleValue({ ...field, type: 'integer', min: 20 })).toBe('20')
    expect(sampleValue({ ...field, type: 'integer', max: 2 })).toBe('2')
    expect(sampleValue({ ...field, type: 'amountFen' })).toBe('100000 元')
    expect(sampleValue({ ...field, type: 'list', of: 'name' })).toBe('张示例、……')
  })

  test('other materials are lines to write on and a place to sign', () => {
    const item = items.find((one) => one.materials.some((material) => material.id === 'fundsPledge'))!
    const pledge = item.materials.find((material) => material.id === 'fundsPledge')!
    expect(formData(item, undefined, pledge, false)).toMatchObject({ title: '建设资金落实承诺书', lines: 6, sign: ['申请人（签名或者盖章）'] })
  })
})

describe('their addresses', () => {
  test('answer with PDFs', async () => {
    const [application] = food.materials.filter((material) => material.blankForm !== null && material.sample !== null) as [Item['materials'][number]]
    for (const [path, params] of [['/items/:code/guide.pdf', {}], ['/items/:code/result-sample.pdf', {}], ['/items/:code/materials/:materialId/blank.pdf', { materialId: application.id }], ['/items/:code/materials/:materialId/sample.pdf', { materialId: application.id }]] as const) {
      const answer = await ask(path, { code: food.code, ...params })
      expect(answer).toBeInstanceOf(Bytes)
      expect((answer as Bytes).type).toBe('application/pdf')
    }
  })

  test('are not there for unknown items, and for materials without a form', async () => {
    await expect(ask('/items/:code/guide.pdf', { code: 'x' })).rejects.toMatchObject({ code: 'catalog-papers/no-item', status: 404 })
    const shared = food.materials.find((material) => material.blankForm === null)!
    await expect(ask('/items/:code/materials/:materialId/blank.pdf', { code: food.code, materialId: shared.id })).rejects.toMatchObject({ code: 'catalog-papers/no-paper', status: 404 })
    const bare = catalogPaperRoutes({ press, items: { item: () => ({ ...food, result: null }), form: () => undefined } }).find((route) => route.path === '/items/:code/result-sample.pdf')!
    await expect(bare.handle({ params: { code: food.code } } as unknown as Ask<unknown, unknown, unknown>)).rejects.toMatchObject({ code: 'catalog-papers/no-result', status: 404 })
    await expect(ask('/items/:code/materials/:materialId/sample.pdf', { code: food.code, materialId: 'nothing' })).rejects.toMatchObject({ code: 'catalog-papers/no-paper', status: 404 })
  })
})

test('the press sets every guide on at most three pages and every form and sample of the demo', async () => {
  const real = startPress({ demo: true, url: 'https://zwfw.example.cn' })
  let papers = 0
  for (const item of items) {
    const form = forms.find((one) => one.id === item.formId)
    const guide = await printGuide(real, item)
    expect(pagesOf(guide), item.name.zh).toBeLessThanOrEqual(3)
    if (hasPdfToText) expect(textOf(guide)).toContain(`${item.name.zh}${item.name.en}办事指南`.replace(/\s/g, ''))
    for (const material of item.materials) {
      if (material.blankForm !== null) papers += pagesOf(await printBlankForm(real, item, form, material)) > 0 ? 1 : 0
      if (material.sample !== null) papers += pagesOf(await printSample(real, item, form, material)) > 0 ? 1 : 0
    }
  }
  const application = food.materials.find(isApplication)!
  const definition = forms.find((one) => one.id === food.formId)
  const sample = await printSample(real, food, definition, application)
  expect(sample.equals(await printSample(real, food, definition, application))).toBe(true)
  const result = await printResultSample(real, food)!
  expect(pagesOf(result)).toBe(1)
  if (hasPdfToText) expect(textOf(result)).toContain(`${food.result!.name.zh}（样本）`)
  if (hasPdfToText) expect(textOf(sample)).toContain('示例中的姓名、名称、号码和地址均为虚构')
  await real.close()
  expect(papers).toBe(items.flatMap((item) => item.materials).flatMap((material) => [material.blankForm, material.sample]).filter((one) => one !== null).length)
})
