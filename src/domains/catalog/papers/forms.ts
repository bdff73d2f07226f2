import type { Json } from '../../../base/canonical-json.ts'
import { startOfDay, type CivilDay } from '../../../base/civil-day.ts'
import type { FormDefinition, FormField, Item, Material } from '../contract.ts'
import { sampleValue } from './sample-value.ts'
import type { TemplatePress } from './template-press.ts'

/** The empty paper of a material: the item's form where the material is the application itself, otherwise a declaration to be written. */
export const printBlankForm = (press: TemplatePress, item: Item, form: FormDefinition | undefined, material: Material): Promise<Buffer> => print(press, item, form, material, false)

/** The same filled in with invented data, marked 示例. */
export const printSample = (press: TemplatePress, item: Item, form: FormDefinition | undefined, material: Material): Promise<Buffer> => print(press, item, form, material, true)

/** 申请书, 申请表 and 登记表 are the item's form; other papers only ask for text and a signature. */
export const isApplication = (material: Pick<Material, 'id' | 'name'>): boolean => material.id === 'application' || /申请(书|表)|登记表/.test(material.name.zh)

function print(press: TemplatePress, item: Item, form: FormDefinition | undefined, material: Material, sample: boolean): Promise<Buffer> {
  const options = { createdAt: startOfDay(item.effectiveFrom as CivilDay), link: `/items/${item.code}` }
  return press.printTemplate('src/domains/catalog/papers/form.typ', formData(item, isApplication(material) ? form : undefined, material, sample), options)
}

export function formData(item: Item, form: FormDefinition | undefined, material: Material, sample: boolean): Json {
  const common = {
    organ: null, title: sample ? `${material.name.zh}（示例）` : material.name.zh, titleEn: material.name.en, subtitle: item.name.zh, sample,
    footer: `${item.implementingBody.name.zh}`, proof: [`事项编码 ${item.code}　办事指南第${item.version}版`, `填写要求：${material.requirements.zh}`, '扫码查看办事指南并在线填写；本表免费提供，不得收取工本费（行政许可法 第五十八条）。'],
  }
  if (!form) {
    return {
      ...common, sections: [applicantSection(sample)], lines: sample ? 0 : 6, sign: ['申请人（签名或者盖章）'],
      paragraphs: [`关于“${item.name.zh}”，本人（单位）提交${material.name.zh}，内容如下（${material.requirements.zh}）：`, ...(sample ? ['示例：本人（单位）确认所填内容真实、准确、完整，并愿意承担相应的法律责任。'] : [])],
    }
  }
  return {
    ...common, lines: 0, sign: ['申请人（签名或者盖章）', '代理人（有代理人的）'],
    sections: [applicantSection(sample), ...form.sections.map((section) => ({ title: section.title.zh, fields: section.fields.map((field) => fieldData(field, sample)) }))],
    paragraphs: ['申请人对所填内容和所提交材料实质内容的真实性负责（行政许可法第三十一条）。'],
  }
}

const applicantSection = (sample: boolean): Json => ({
  title: '申请人', fields: [
    plain('姓名或者名称', sample ? '张示例' : ''), plain('证件类型和号码', sample ? '居民身份证 110102********001X' : ''),
    plain('联系电话', sample ? '138****0000' : ''), plain('联系地址', sample ? '北京市西城区示例街1号' : ''),
  ],
})
const plain = (label: string, value: string, required = true): Json => ({ label, value, required, note: '', is: 'text', unit: '', lines: 1 })

/** What the result looks like: its name, organ and entries, marked 样本 throughout. Undefined where the item has no result paper. */
export function printResultSample(press: TemplatePress, item: Item): Promise<Buffer> | undefined {
  const { result } = item
  if (result === null) return undefined
  const data: Json = {
    organ: item.implementingBody.name.zh, title: `${result.name.zh}（样本）`, titleEn: result.name.en, subtitle: item.name.zh, sample: true, lines: 0, sign: [],
    footer: item.implementingBody.name.zh, proof: [`事项编码 ${item.code}　办事指南第${item.version}版`, '样本仅供识别结果的名称和记载事项，不具有法律效力。'],
    sections: [{ title: '记载事项', fields: [
      plain('编号', '〔示例〕第000000号', false), plain('持有人', '北京示例有限公司', false), plain('地址', '北京市西城区示例街1号', false), plain('准予事项', item.name.zh, false),
      plain('有效期', result.validity?.zh ?? '以决定书记载为准', false), plain('发证机关', item.implementingBody.name.zh, false),
    ] }],
    paragraphs: ['本样本不盖印章。真实的证件和文书加盖发证机关印章，并可以凭所载的二维码核验。'],
  }
  return press.printTemplate('src/domains/catalog/papers/form.typ', data, { createdAt: startOfDay(item.effectiveFrom as CivilDay), link: `/items/${item.code}` })
}

const UNITS: Partial<Record<FormField['type'], string>> = { area: '平方米', amountFen: '元' }

/** In the empty cell, unless the label says it already. */
function unitOf(field: FormField): string {
  const unit = UNITS[field.type] ?? ''
  return field.label.zh.includes(unit) ? '' : unit
}

function fieldData(field: FormField, sample: boolean): Json {
  const conditional = field.visibleWhen !== undefined ? '符合情形的填写' : ''
  const options = field.type === 'boolean' ? ['是', '否'] : field.type === 'enum' || field.options ? (field.options ?? []).map((option) => option.label.zh) : null
  return {
    label: field.label.zh, required: field.required, note: [field.hint?.zh ?? '', conditional].filter((one) => one !== '').join('；'), is: field.type, unit: unitOf(field),
    lines: field.type === 'longText' ? 5 : field.type === 'list' || field.type === 'address' ? 2 : 1, value: sample && !options ? sampleValue(field) : '',
    ...(options ? { options: options.map((label, i) => ({ label, ticked: sample && i === 0 })) } : {}),
  }
}
