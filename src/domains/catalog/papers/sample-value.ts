import { yuan, fen } from '../../../base/money.ts'
import type { ElementType, FormField } from '../contract.ts'

/** Nobody's data: identity numbers and telephones are masked or all noughts, so that nobody can be meant. */
const VALUES: Record<Exclude<ElementType, 'list' | 'integer' | 'area' | 'amountFen'>, string> = {
  name: '张示例', text: '示例文字', longText: '示例：按照实际情况如实、完整填写。', residentId: '110102********001X', uscc: '91110102MA********', phone: '138****0000',
  address: '北京市西城区示例街1号', email: 'example@example.com', day: '2026年3月2日', boolean: '是', enum: '',
}

/** What a field of the sample says. Fictional, within the field's own bounds. */
export function sampleValue(field: FormField): string {
  if (field.type === 'list') return `${sampleValue({ ...field, type: field.of ?? 'text' })}、……`
  if (field.type === 'integer') return String(within(field, 3))
  if (field.type === 'area') return `${within(field, 120)} 平方米`
  if (field.type === 'amountFen') return `${yuan(fen(within(field, 10_000_000)))} 元`
  if (field.type === 'text' && /名称/.test(field.label.zh)) return '北京示例餐饮有限公司'
  return VALUES[field.type]
}

const within = ({ min, max }: FormField, usual: number): number => Math.min(Math.max(usual, min ?? usual), max ?? Number.MAX_SAFE_INTEGER)
