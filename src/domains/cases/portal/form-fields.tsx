import type { Language } from '../../../base/text.ts'
import { DateField, inLanguage, Radios, SelectField, TextArea, TextField, type Markup } from '../../../kit/portal/index.ts'
import type { FormField } from '../../catalog/contract.ts'
import { dayOf, type Fields } from './posted.ts'

/** More choices than this are a list to open. */
const RADIOS_MAX = 6
const YES_NO = { zh: [['true', '是'], ['false', '否']], en: [['true', 'Yes'], ['false', 'No']] } as const
const LIST_HINT = { zh: '每行一项', en: 'One on each line' }
const YUAN_HINT = { zh: '单位：元', en: 'In yuan' }

/** A field of a form, drawn from its definition with what was typed. */
export const FieldOf = ({ field, value, language, error }: { field: FormField; value: unknown; language: Language; error: string | undefined }): Markup => {
  const text = shownAs(field, value)
  const own = field.hint === undefined ? '' : inLanguage(field.hint, language)
  const hint = [own, field.type === 'list' ? LIST_HINT[language] : field.type === 'amountFen' ? YUAN_HINT[language] : ''].filter((part) => part !== '').join(language === 'zh' ? '；' : '; ')
  const shared = { name: field.id, label: inLanguage(field.label, language), language, optional: !field.required && field.requiredWhen === undefined, ...(error === undefined ? {} : { error }), ...(hint === '' ? {} : { hint }) }
  switch (field.type) {
    case 'boolean': return <Radios {...shared} value={text} choices={YES_NO[language].map(([choice, word]) => ({ value: choice, text: word }))} />
    case 'enum': {
      const choices = (field.options ?? []).map((option) => ({ value: option.value, text: inLanguage(option.label, language) }))
      return choices.length <= RADIOS_MAX ? <Radios {...shared} value={text} choices={choices} /> : <SelectField {...shared} value={text} choices={choices} />
    }
    case 'day': return <DateField {...shared} value={text} />
    case 'longText': case 'list': return <TextArea {...shared} value={text} rows={field.type === 'list' ? 4 : 5} {...(field.maxLength === undefined ? {} : { maxlength: field.maxLength })} />
    case 'integer': return <TextField {...shared} value={text} width={10} inputmode="numeric" />
    case 'area': case 'amountFen': return <TextField {...shared} value={text} width={10} inputmode="decimal" />
    case 'phone': return <TextField {...shared} value={text} width={20} type="tel" autocomplete="tel" />
    case 'email': return <TextField {...shared} value={text} type="email" autocomplete="email" />
    case 'residentId': case 'uscc': return <TextField {...shared} value={text} width={20} autocomplete="off" />
    case 'name': case 'text': case 'address': return <TextField {...shared} value={text} autocomplete="off" />
  }
}

/** A value as it stands in its field: amounts in yuan, lists by lines. */
export function shownAs(field: FormField, value: unknown): string {
  if (value === undefined || value === null) return ''
  if (field.type === 'amountFen' && typeof value === 'number') return value % 100 === 0 ? String(value / 100) : (value / 100).toFixed(2)
  return Array.isArray(value) ? value.map(String).join('\n') : String(value)
}

/** A value as people read it in a summary. */
export function saidAs(field: FormField, value: unknown, language: Language): string {
  if (value === undefined || value === null || value === '') return '—'
  if (field.type === 'boolean') return value === true ? YES_NO[language][0][1] : YES_NO[language][1][1]
  const option = field.options?.find((one) => one.value === value)
  if (option) return inLanguage(option.label, language)
  if (Array.isArray(value)) return value.map(String).join(language === 'zh' ? '、' : ', ')
  return field.type === 'amountFen' ? `${shownAs(field, value)} ${language === 'zh' ? '元' : 'yuan'}` : String(value)
}

/** What a page of a form posted, as text for `valuesFromFields`; days are put together from their parts. */
export const postedFields = (fields: readonly FormField[], posted: Fields): Record<string, string | readonly string[] | undefined> =>
  Object.fromEntries(fields.map((field) => [field.id, field.type === 'day' ? dayOf(posted, field.id) : asText(posted[field.id])]))

const asText = (value: unknown): string | readonly string[] | undefined =>
  typeof value === 'string' ? value : Array.isArray(value) ? value.map(String) : undefined
