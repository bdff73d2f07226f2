import { isCivilDay } from '../../base/civil-day.ts'
import { evaluateFeel } from '../../kit/feel.ts'
import { isResidentId, isUscc } from '../../base/identifiers.ts'
import type { InputError } from '../../base/refusal.ts'
import type { Bilingual } from '../../base/text.ts'
import type { DataElement, ElementType, FormDefinition, FormField, FormValues } from './form-contract.ts'

const MESSAGES = {
  required: { zh: '请填写“{label}”', en: 'Please fill in “{label}”' },
  unknown: { zh: '表单里没有这一栏', en: 'The form has no such field' },
  hidden: { zh: '按您的情况不需要填写“{label}”', en: '“{label}” does not apply in your case' },
  text: { zh: '“{label}”应当是文字', en: '“{label}” must be text' },
  long: { zh: '“{label}”最多 {max} 个字', en: '“{label}” has at most {max} characters' },
  residentId: { zh: '“{label}”不是有效的公民身份号码', en: '“{label}” is not a valid identity number' },
  uscc: { zh: '“{label}”不是有效的统一社会信用代码', en: '“{label}” is not a valid unified social credit code' },
  phone: { zh: '“{label}”不是有效的电话号码', en: '“{label}” is not a valid telephone number' },
  email: { zh: '“{label}”不是有效的电子邮箱', en: '“{label}” is not a valid e-mail address' },
  day: { zh: '“{label}”应当是日期，如 2026-03-02', en: '“{label}” must be a day such as 2026-03-02' },
  integer: { zh: '“{label}”应当是整数', en: '“{label}” must be a whole number' },
  area: { zh: '“{label}”应当是最多两位小数的平方米数', en: '“{label}” must be square metres with at most two decimals' },
  amountFen: { zh: '“{label}”应当是以分为单位的整数', en: '“{label}” must be a whole number of fen' },
  boolean: { zh: '“{label}”应当是“是”或者“否”', en: '“{label}” must be yes or no' },
  enum: { zh: '“{label}”不在可选项里', en: '“{label}” is not one of the choices' },
  list: { zh: '“{label}”应当是至少一项的列表', en: '“{label}” must be a list of at least one entry' },
  min: { zh: '“{label}”不能小于 {min}', en: '“{label}” is at least {min}' },
  max: { zh: '“{label}”不能大于 {max}', en: '“{label}” is at most {max}' },
} as const satisfies Record<string, Bilingual>
type Fault = keyof typeof MESSAGES

/**
 * What is wrong with the values, field by field; empty where nothing is. The same definition draws the form. A field that the
 * form does not have, or that its condition hides, is refused rather than dropped. Paths are JSON Pointers below `prefix`.
 */
export function validateForm(form: FormDefinition, values: FormValues, prefix = '/form'): InputError[] {
  const fields = form.sections.flatMap((section) => section.fields)
  const facts = factsOf(fields, values)
  const known = new Set(fields.map((field) => field.id))
  const unknown = Object.keys(values).filter((id) => !known.has(id)).map((id) => fault(prefix, id, 'unknown'))
  return [...unknown, ...fields.flatMap((field) => validateField(field, values[field.id], facts, prefix))]
}

function validateField(field: FormField, value: unknown, facts: Facts, prefix: string): InputError[] {
  const empty = isEmpty(value)
  if (field.visibleWhen && !holds(field.visibleWhen, facts)) return empty ? [] : [fault(prefix, field.id, 'hidden', field)]
  if (empty) return field.required || (field.requiredWhen && holds(field.requiredWhen, facts)) ? [fault(prefix, field.id, 'required', field)] : []
  const wrong = faultOf(field, value)
  if (wrong) return [fault(prefix, field.id, wrong, field)]
  return field.check && !holds(field.check.expression, facts) ? [{ path: pointer(prefix, field.id), code: 'form/check', message: field.check.message }] : []
}

/** Fields whose condition holds for these values: what a page has to show. */
export function visibleFields(form: FormDefinition, values: FormValues): readonly string[] {
  const fields = form.sections.flatMap((section) => section.fields)
  const facts = factsOf(fields, values)
  return fields.filter((field) => !field.visibleWhen || holds(field.visibleWhen, facts)).map((field) => field.id)
}

/**
 * Posted form fields (all text) as typed values. What does not read as its type stays text, so that `validateForm` can say so.
 * Amounts are written in yuan on paper and in pages: `12.30` → 1230 fen. An unticked box of a visible field is `false` only when its
 * hidden companion was posted; empty text is nothing.
 */
export function valuesFromFields(form: FormDefinition, posted: Readonly<Record<string, string | readonly string[] | undefined>>): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  const types = new Map(form.sections.flatMap((section) => section.fields).map((field) => [field.id, field]))
  for (const [id, text] of Object.entries(posted)) {
    const field = types.get(id)
    const value = text === undefined ? undefined : field === undefined ? text : typedValue(field, text)
    if (!isEmpty(value)) values[id] = value
  }
  return values
}

function typedValue(field: FormField, text: string | readonly string[]): unknown {
  if (field.type === 'list') return (typeof text === 'string' ? text.split(/[\n、，,;；]/) : [...text]).map((one) => one.trim()).filter((one) => one !== '')
  const last = typeof text === 'string' ? text : (text.at(-1) ?? '')
  const trimmed = last.trim()
  switch (field.type) {
    case 'boolean': return trimmed === 'true' ? true : trimmed === 'false' ? false : trimmed
    case 'integer': case 'area': return /^-?\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed
    case 'amountFen': return /^\d+(\.\d{1,2})?$/.test(trimmed) ? Math.round(Number(trimmed) * 100) : trimmed
    default: return trimmed
  }
}

type Facts = Readonly<Record<string, unknown>>
/** Every field has a value for FEEL, null where nothing is filled in; what the applicant cannot name is not there. */
const factsOf = (fields: readonly FormField[], values: FormValues): Facts =>
  Object.fromEntries(fields.map((field) => [field.id, isEmpty(values[field.id]) ? null : values[field.id]]))

/** FEEL: true only where the expression is exactly true; null (something is not filled in) is not. */
export const holds = (expression: string, facts: Facts): boolean => evaluateFeel(expression, facts) === true

const isEmpty = (value: unknown): boolean => value === undefined || value === null || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0)

/** What is wrong with one value of an element, or undefined. */
export function faultOf(element: DataElement, value: unknown): Fault | undefined {
  if (element.type === 'list') {
    if (!Array.isArray(value) || value.length > 200) return 'list'
    const of = { ...element, type: element.of ?? 'text', of: undefined } satisfies DataElement
    return value.map((one) => faultOf(of, one)).find((wrong) => wrong !== undefined)
  }
  const wrong = CHECKS[element.type](value, element)
  if (wrong) return wrong
  if (typeof value === 'string' && [...value].length > (element.maxLength ?? LENGTHS[element.type] ?? 200)) return 'long'
  if (typeof value === 'number' && element.min !== undefined && value < element.min) return 'min'
  return typeof value === 'number' && element.max !== undefined && value > element.max ? 'max' : undefined
}

/** Characters at most where an element does not say: names of places and people. */
const LENGTHS: Partial<Record<ElementType, number>> = { name: 100, address: 300, text: 200, longText: 2000, email: 254 }
/** 10^13 fen: more than any application names, and exact as a number. */
const FEN_MAX = 10 ** 13

const isText = (value: unknown): value is string => typeof value === 'string' && !/[\p{Cc}]/u.test(value.replace(/[\n\t]/g, ''))
const text = (value: unknown): Fault | undefined => (isText(value) ? undefined : 'text')
const matching = (pattern: RegExp, wrong: Fault) => (value: unknown): Fault | undefined => (typeof value === 'string' && pattern.test(value) ? undefined : wrong)

const CHECKS: Record<Exclude<ElementType, 'list'>, (value: unknown, element: DataElement) => Fault | undefined> = {
  name: text,
  text,
  longText: text,
  address: text,
  residentId: (value) => (typeof value === 'string' && isResidentId(value) ? undefined : 'residentId'),
  uscc: (value) => (typeof value === 'string' && isUscc(value) ? undefined : 'uscc'),
  phone: matching(/^(1\d{10}|0\d{2,3}-\d{7,8}(-\d{1,6})?)$/, 'phone'),
  email: matching(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'email'),
  day: (value) => (isCivilDay(value) ? undefined : 'day'),
  integer: (value) => (Number.isSafeInteger(value) ? undefined : 'integer'),
  area: (value) => (typeof value === 'number' && Number.isFinite(value) && Number.isInteger(Math.round(value * 1e6) / 1e4) ? undefined : 'area'),
  amountFen: (value) => (Number.isSafeInteger(value) && (value as number) <= FEN_MAX ? undefined : 'amountFen'),
  boolean: (value) => (typeof value === 'boolean' ? undefined : 'boolean'),
  enum: (value, element) => (element.options?.some((option) => option.value === value) ? undefined : 'enum'),
}

const pointer = (prefix: string, id: string): string => `${prefix}/${id.replace(/~/g, '~0').replace(/\//g, '~1')}`

function fault(prefix: string, id: string, wrong: Fault, field?: FormField): InputError {
  const slots = (language: 'zh' | 'en') => MESSAGES[wrong][language].replace('{label}', field?.label[language] ?? id)
    .replace('{max}', String(wrong === 'long' ? (field?.maxLength ?? (field ? LENGTHS[field.type] : undefined) ?? 200) : field?.max)).replace('{min}', String(field?.min))
  return { path: pointer(prefix, id), code: `form/${wrong}`, message: { zh: slots('zh'), en: slots('en') } }
}
