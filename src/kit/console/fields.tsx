import { Checkbox, DatePicker, Input, InputNumber, Radio, Select } from 'antd'
import dayjs from 'dayjs'
import { useId, type ReactNode } from 'react'
import type { Bilingual } from '../../base/text.ts'
import { useSay, useText } from './language.tsx'
import { FilesField } from './files-field.tsx'

/** One field of a form, drawn from data. Values are what the API takes: days as text, money in fen, lists as arrays. */
export interface FieldSpec {
  readonly name: string
  readonly label: Bilingual | string
  readonly kind: 'text' | 'area' | 'day' | 'integer' | 'number' | 'fen' | 'select' | 'radio' | 'check' | 'yesNo' | 'file' | 'files' | 'tags' | 'many' | 'password'
  readonly required?: boolean
  readonly hint?: Bilingual | string
  readonly options?: readonly { readonly value: string | number; readonly label: string }[]
  readonly maxLength?: number
  readonly min?: number
  readonly max?: number
  readonly wide?: boolean
  /** Of a choice that may stay open: what its being open means. */
  readonly placeholder?: Bilingual
  /** Only where these values ask for it; what is hidden is not sent (`shownOf`). */
  readonly shownWhen?: (values: Values) => boolean
}
/** A filter that is not set. */
export const ALL: Bilingual = { zh: '全部', en: 'All' }
export type Values = Readonly<Record<string, unknown>>

const TEXTS = {
  required: { zh: '必填', en: 'required' }, yes: { zh: '是', en: 'Yes' }, no: { zh: '否', en: 'No' }, choose: { zh: '请选择', en: 'Choose' }, day: { zh: '选择日期', en: 'Choose a day' }, yuan: { zh: '元', en: 'yuan' },
} as const

export interface FieldProps { readonly spec: FieldSpec; readonly value: unknown; readonly onChange: (value: unknown) => void; readonly error?: string | undefined; readonly disabled?: boolean; readonly autoFocus?: boolean }

export function Field({ spec, value, onChange, error, disabled, autoFocus }: FieldProps) {
  const id = useId()
  const text = useText()
  const t = useSay(TEXTS)
  const label = text(spec.label)
  const describedBy = [spec.hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined
  const group = spec.kind === 'radio' || spec.kind === 'yesNo' || spec.kind === 'many'
  const control = <Control id={id} spec={spec} value={value} onChange={onChange} label={label} describedBy={describedBy} error={error !== undefined} disabled={disabled ?? false} autoFocus={autoFocus ?? false} />
  const mark = spec.required ? <span className="mt-required">{t('required')}</span> : null
  return (
    <div className={`mt-field${error ? ' mt-field-wrong' : ''}${spec.wide || spec.kind === 'area' || spec.kind === 'files' || spec.kind === 'many' ? ' mt-field-wide' : ''}`} data-field={spec.name}>
      {spec.kind === 'check' ? control : group
        ? <fieldset aria-describedby={describedBy}><legend>{label}{mark}</legend>{control}</fieldset>
        : <><label htmlFor={id}>{label}{mark}</label>{control}</>}
      {spec.hint ? <p className="mt-hint" id={`${id}-hint`}>{text(spec.hint)}</p> : null}
      {error ? <p className="mt-error" id={`${id}-error`}>{error}</p> : null}
    </div>
  )
}

interface ControlProps { readonly id: string; readonly spec: FieldSpec; readonly value: unknown; readonly onChange: (value: unknown) => void; readonly label: string; readonly describedBy: string | undefined; readonly error: boolean; readonly disabled: boolean; readonly autoFocus: boolean }

function Control({ id, spec, value, onChange, label, describedBy, error, disabled, autoFocus }: ControlProps): ReactNode {
  const t = useSay(TEXTS)
  const text = useText()
  const common = { id, disabled, autoFocus, 'aria-describedby': describedBy, 'aria-invalid': error || undefined, 'aria-required': spec.required || undefined, ...(error ? { status: 'error' as const } : {}) }
  const string = typeof value === 'string' ? value : value === undefined || value === null ? '' : String(value)
  const filled = (next: string): void => onChange(next === '' ? undefined : next)
  switch (spec.kind) {
    case 'text': return <Input {...common} value={string} maxLength={spec.maxLength ?? 300} onChange={(event) => filled(event.target.value)} autoComplete="off" />
    case 'password': return <Input {...common} type="password" value={string} maxLength={200} onChange={(event) => filled(event.target.value)} autoComplete="new-password" />
    case 'area': return <Input.TextArea {...common} value={string} maxLength={spec.maxLength ?? 2000} rows={3} className="mt-grows" onChange={(event) => filled(event.target.value)} />
    case 'day': return <DatePicker {...common} value={string && dayjs(string).isValid() ? dayjs(string) : null} placeholder={t('day')} format="YYYY-MM-DD" onChange={(next) => onChange(next ? next.format('YYYY-MM-DD') : undefined)} style={{ width: '100%' }} />
    case 'integer': case 'number': case 'fen': {
      const fen = spec.kind === 'fen'
      const shown = typeof value === 'number' ? (fen ? value / 100 : value) : null
      const precision = spec.kind === 'integer' ? 0 : fen ? 2 : undefined
      return <InputNumber {...common} value={shown} {...(precision === undefined ? {} : { precision })} {...(spec.min === undefined ? {} : { min: fen ? spec.min / 100 : spec.min })} {...(spec.max === undefined ? {} : { max: fen ? spec.max / 100 : spec.max })} {...(fen ? { suffix: t('yuan') } : {})} controls={false} onChange={(next) => onChange(next === null ? undefined : fen ? Math.round(Number(next) * 100) : Number(next))} style={{ width: '100%' }} />
    }
    case 'select': return <Select {...common} value={(value as string | undefined) ?? null} placeholder={spec.placeholder ? text(spec.placeholder) : t('choose')} options={[...(spec.options ?? [])]} onChange={(next: string | null) => onChange(next ?? undefined)} allowClear={!spec.required} showSearch={{ optionFilterProp: 'label' }} style={{ width: '100%' }} />
    case 'radio': return <Radio.Group disabled={disabled} value={value ?? null} onChange={(event) => onChange(event.target.value)} options={[...(spec.options ?? [])]} />
    case 'yesNo': return <Radio.Group disabled={disabled} value={value ?? null} onChange={(event) => onChange(event.target.value)} options={[{ value: true, label: t('yes') }, { value: false, label: t('no') }]} />
    case 'many': return <Checkbox.Group disabled={disabled} value={Array.isArray(value) ? (value as string[]) : []} onChange={(next) => onChange(next)} options={[...(spec.options ?? [])]} />
    case 'check': return <Checkbox id={id} disabled={disabled} checked={value === true} onChange={(event) => onChange(event.target.checked)}>{label}</Checkbox>
    case 'tags': return <Select {...common} mode="tags" open={false} suffixIcon={null} value={Array.isArray(value) ? (value as string[]) : []} onChange={(next: string[]) => onChange(next.length === 0 ? undefined : next)} tokenSeparators={['、', '，', ',', ';', '；']} style={{ width: '100%' }} />
    case 'file': return <FilesField id={id} label={label} single value={typeof value === 'string' ? [value] : []} onChange={(files) => onChange(files[0])} />
    case 'files': return <FilesField id={id} label={label} value={Array.isArray(value) ? (value as string[]) : []} onChange={onChange} />
  }
}

/** A form's error texts by field: a JSON Pointer's last part that names a field of ours. */
export function errorsByField(errors: readonly { readonly path: string; readonly message: string }[] | undefined, prefix = ''): Readonly<Record<string, string>> {
  const byField: Record<string, string> = {}
  for (const { path, message } of errors ?? []) {
    if (!path.startsWith(prefix)) continue
    const name = path.slice(prefix.length).split('/').find((part) => part !== '')
    if (name !== undefined) byField[name] ??= message
  }
  return byField
}

export interface FieldsProps { readonly specs: readonly FieldSpec[]; readonly values: Values; readonly onChange: (values: Values) => void; readonly errors?: Readonly<Record<string, string>>; readonly disabled?: boolean; readonly autoFocus?: boolean }
/** The fields that these values ask for. */
export const shownOf = (specs: readonly FieldSpec[], values: Values): readonly FieldSpec[] => specs.filter((spec) => spec.shownWhen?.(values) ?? true)

export const Fields = ({ specs, values, onChange, errors = {}, disabled = false, autoFocus = false }: FieldsProps) => (
  <div className="mt-fields">
    {shownOf(specs, values).map((spec, i) => (
      <Field key={spec.name} spec={spec} value={values[spec.name]} disabled={disabled} autoFocus={autoFocus && i === 0} error={errors[spec.name]} onChange={(value) => onChange({ ...values, [spec.name]: value })} />
    ))}
  </div>
)

/** After a refusal the keyboard stands where something is to be corrected, else at what was said. */
export function focusFirstWrong(root: HTMLElement | null): void {
  // The marks are drawn by the same change of state that follows the answer.
  requestAnimationFrame(() => {
    const field = root?.querySelector<HTMLElement>('.mt-field-wrong :is(input, textarea, button, [tabindex]):not([disabled])')
    if (field) field.focus()
    else root?.querySelector('.mt-problem')?.scrollIntoView({ block: 'center' })
  })
}

/** To the first demanded field that is still empty; false where there is none. */
export function focusFirstEmpty(root: HTMLElement | null): boolean {
  const empty = [...(root?.querySelectorAll<HTMLInputElement>('[aria-required=true]') ?? [])].find((field) => field.value === '' && field.closest('.ant-select') === null)
  empty?.focus()
  return empty !== undefined
}

/** Without what is not filled in: the API's schemas take no null and no empty text. */
export const compact = (values: Values): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ''))
