import { z } from 'zod'
import { contentDisposition } from '../../../kernel/files/content-disposition.ts'
import { Bytes, route, type Route } from '../../../kernel/http/types.ts'
import type { FormDefinition, Item, Material } from '../contract.ts'
import { refuse } from './errors.ts'
import { isApplication, printBlankForm, printResultSample, printSample } from './forms.ts'
import { printGuide } from './guide.ts'
import type { TemplatePress } from './template-press.ts'

/** What these papers ask of the catalogue; undefined where there is nothing in force. */
export interface PaperItems {
  item(code: string, version?: number): Item | undefined
  form(id: string): FormDefinition | undefined
}
export interface CatalogPaperParts { readonly press: TemplatePress; readonly items: PaperItems }

const OPEN = { open: '办事指南和申请书示范文本公示并免费提供，行政许可法 第二十九条、第三十条、第五十八条' }
const Code = z.object({ code: z.string().min(1).max(60) })
const MaterialOf = Code.extend({ materialId: z.string().min(1).max(60) })

/** Guide, blank forms and samples as PDF, for everybody. Refuses `catalog-papers/no-item`, `catalog-papers/no-paper`. */
export function catalogPaperRoutes({ press, items }: CatalogPaperParts): readonly Route[] {
  const itemOf = (code: string): Item => {
    const item = items.item(code)
    if (!item) throw refuse('no-item', { code })
    return item
  }
  const materialOf = (code: string, id: string, kind: 'blankForm' | 'sample'): { item: Item; material: Material; form: FormDefinition | undefined } => {
    const item = itemOf(code)
    const material = item.materials.find((one) => one.id === id)
    if (!material || material[kind] === null) throw refuse('no-paper', { material: material?.name ?? id })
    return { item, material, form: item.formId !== null && isApplication(material) ? items.form(item.formId) : undefined }
  }
  const pdf = (bytes: Buffer, name: string): Bytes => new Bytes(bytes, 'application/pdf', { 'content-disposition': contentDisposition(`${name}.pdf`, 'inline') })
  return [
    route({
      method: 'GET', path: '/items/:code/guide.pdf', guard: OPEN, kind: 'stream', rate: 'read', summary: { zh: '办事指南（打印版）', en: 'The guide, to print' }, params: Code,
      handle: async ({ params }) => {
        const item = itemOf(params.code)
        return pdf(await printGuide(press, item), `${item.name.zh}办事指南`)
      },
    }),
    route({
      method: 'GET', path: '/items/:code/materials/:materialId/blank.pdf', guard: OPEN, kind: 'stream', rate: 'read', summary: { zh: '空白表', en: 'A blank form' }, params: MaterialOf,
      handle: async ({ params }) => {
        const { item, form, material } = materialOf(params.code, params.materialId, 'blankForm')
        return pdf(await printBlankForm(press, item, form, material), material.name.zh)
      },
    }),
    route({
      method: 'GET', path: '/items/:code/materials/:materialId/sample.pdf', guard: OPEN, kind: 'stream', rate: 'read', summary: { zh: '示范文本', en: 'A filled-in sample' }, params: MaterialOf,
      handle: async ({ params }) => {
        const { item, form, material } = materialOf(params.code, params.materialId, 'sample')
        return pdf(await printSample(press, item, form, material), `${material.name.zh}示例`)
      },
    }),
    route({
      method: 'GET', path: '/items/:code/result-sample.pdf', guard: OPEN, kind: 'stream', rate: 'read', summary: { zh: '结果样本', en: 'A sample of the result' }, params: Code,
      handle: async ({ params }) => {
        const item = itemOf(params.code)
        const printing = printResultSample(press, item)
        if (!printing) throw refuse('no-result', { item: item.name })
        return pdf(await printing, `${item.result?.name.zh ?? ''}样本`)
      },
    }),
  ]
}
