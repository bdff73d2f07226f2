import type { Language } from '../../base/text.ts'
import type { Children, Markup } from './html.ts'
import { messages } from './words.ts'

const say = messages({
  optional: { zh: '（选填）', en: '(optional)' },
  year: { zh: '年', en: 'Year' },
  month: { zh: '月', en: 'Month' },
  day: { zh: '日', en: 'Day' },
  choose: { zh: '请选择', en: 'Choose' },
  error: { zh: '错误：', en: 'Error: ' },
  uploading: { zh: '上传进度', en: 'Upload progress' },
})

/** What every field has. `name` is the form's (`applicant.name`); the id is made from it, so that an error can lead there. */
export interface FieldProps {
  readonly name: string
  readonly label: string
  readonly language: Language
  readonly hint?: string
  /** What is wrong with what was entered. */
  readonly error?: string
  /** Most fields of a form are required, so the optional ones say so. */
  readonly optional?: boolean
}

/** The id of a field by its name: `applicant.name` → `f-applicant-name`. */
export const fieldId = (name: string): string => `f-${name.replace(/[^A-Za-z0-9]+/g, '-').replace(/-+$/, '')}`
/** The name of the field a JSON Pointer leads to: `/materials/0/fileId` → `materials[0].fileId`. */
export const fieldOf = (pointer: string): string =>
  pointer.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')).reduce((name, step) => (/^\d+$/.test(step) ? `${name}[${step}]` : name === '' ? step : `${name}.${step}`), '')

const described = (field: FieldProps): string | undefined =>
  [field.hint === undefined ? '' : `${fieldId(field.name)}-hint`, field.error === undefined ? '' : `${fieldId(field.name)}-error`].filter((id) => id !== '').join(' ') || undefined
const shared = (field: FieldProps) => ({
  id: fieldId(field.name), name: field.name, 'aria-describedby': described(field), 'aria-invalid': field.error === undefined ? undefined : ('true' as const),
})

const Head = ({ field }: { field: FieldProps }): Markup => (
  <><span safe>{field.label}</span>{field.optional === true ? <span class="optional" safe>{say(field.language)('optional')}</span> : ''}</>
)
const Help = ({ field }: { field: FieldProps }): Markup => (
  <>
    {field.hint === undefined ? '' : <span class="hint" id={`${fieldId(field.name)}-hint`} safe>{field.hint}</span>}
    {field.error === undefined ? '' : <span class="error" id={`${fieldId(field.name)}-error`}><span class="sr" safe>{say(field.language)('error')}</span><span safe>{field.error}</span></span>}
  </>
)
const box = (field: FieldProps): string => (field.error === undefined ? 'field' : 'field field-wrong')

const Labelled = ({ field, children }: { field: FieldProps; children: Markup }): Markup => (
  <div class={box(field)}>
    <label for={fieldId(field.name)}><Head field={field} /></label>
    <Help field={field} />
    {children}
  </div>
)
const Group = ({ field, children }: { field: FieldProps; children: Children }): Markup => (
  <fieldset class={box(field)} id={fieldId(field.name)} aria-describedby={described(field)}>
    <legend><Head field={field} /></legend>
    <Help field={field} />
    {children}
  </fieldset>
)

export interface TextFieldProps extends FieldProps {
  readonly value?: string
  readonly type?: 'text' | 'tel' | 'email' | 'password' | 'search'
  /** As wide as what is expected: 4, 10, 20 characters, else the column. */
  readonly width?: 4 | 10 | 20
  readonly autocomplete?: string
  readonly inputmode?: 'numeric' | 'decimal' | 'tel' | 'email'
  readonly maxlength?: number
}
/** One line of text. */
export const TextField = (field: TextFieldProps): Markup => (
  <Labelled field={field}>
    <input class={field.width === undefined ? 'input' : `input input-${field.width}`} {...shared(field)} type={field.type ?? 'text'} value={field.value ?? ''}
      autocomplete={field.autocomplete} inputmode={field.inputmode} maxlength={field.maxlength} required={field.optional !== true} />
  </Labelled>
)

/** Several lines of text. */
export const TextArea = (field: FieldProps & { value?: string; rows?: number; maxlength?: number }): Markup => (
  <Labelled field={field}>
    <textarea class="input" {...shared(field)} rows={String(field.rows ?? 5)} maxlength={field.maxlength} required={field.optional !== true} safe>{field.value ?? ''}</textarea>
  </Labelled>
)

export interface Choice { readonly value: string; readonly text: string; readonly hint?: string }

/** One of a long list; the first line chooses nothing. */
export const SelectField = (field: FieldProps & { choices: readonly Choice[]; value?: string }): Markup => (
  <Labelled field={field}>
    <select class="input" {...shared(field)} required={field.optional !== true}>
      <option value="" safe>{say(field.language)('choose')}</option>
      {field.choices.map((choice) => <option value={choice.value} selected={choice.value === field.value} safe>{choice.text}</option>)}
    </select>
  </Labelled>
)

const Option = ({ field, choice, type, checked, index, name }: { field: FieldProps; choice: Choice; type: 'radio' | 'checkbox'; checked: boolean; index: number; name: string }): Markup => (
  <label class="choice">
    <input type={type} name={name} value={choice.value} checked={checked} id={`${fieldId(field.name)}-${index + 1}`} required={type === 'radio' && field.optional !== true} />
    <span><span safe>{choice.text}</span>{choice.hint === undefined ? '' : <span class="hint" safe>{choice.hint}</span>}</span>
  </label>
)

/** One of a few. */
export const Radios = (field: FieldProps & { choices: readonly Choice[]; value?: string }): Markup => (
  <Group field={field}>
    {field.choices.map((choice, i) => <Option field={field} choice={choice} type="radio" checked={choice.value === field.value} index={i} name={field.name} />)}
  </Group>
)

/** Any of a few; sent as `name[]`, a list. */
export const Checkboxes = (field: FieldProps & { choices: readonly Choice[]; values?: readonly string[] }): Markup => (
  <Group field={field}>
    {field.choices.map((choice, i) => <Option field={field} choice={choice} type="checkbox" checked={field.values?.includes(choice.value) === true} index={i} name={`${field.name}[]`} />)}
  </Group>
)

/** One yes: consent, a declaration. Sent as `true`, or not at all. */
export const Checkbox = (field: FieldProps & { checked?: boolean }): Markup => (
  <div class={box(field)}>
    <Help field={{ ...field, hint: undefined }} />
    <label class="choice" for={fieldId(field.name)}>
      <input type="checkbox" {...shared(field)} value="true" checked={field.checked} required={field.optional !== true} />
      <span><span safe>{field.label}</span>{field.hint === undefined ? '' : <span class="hint" id={`${fieldId(field.name)}-hint`} safe>{field.hint}</span>}</span>
    </label>
  </div>
)

/** A civil day as year, month, day, sent as `name.year`, `name.month`, `name.day`; `dayFromParts` puts them together. */
export const DateField = (field: FieldProps & { value?: string }): Markup => {
  const t = say(field.language)
  const [year = '', month = '', day = ''] = (field.value ?? '').split('-')
  const one = (key: 'year' | 'month' | 'day', value: string): Markup => (
    <div>
      <label for={`${fieldId(field.name)}-${key}`} safe>{t(key)}</label>
      <input class={key === 'year' ? 'input year' : 'input'} id={`${fieldId(field.name)}-${key}`} name={`${field.name}.${key}`} value={value.replace(/^0+(?=\d)/, '')}
        inputmode="numeric" maxlength={key === 'year' ? 4 : 2} required={field.optional !== true} aria-invalid={field.error === undefined ? undefined : 'true'} />
    </div>
  )
  return <Group field={field}><div class="dates">{one('year', year)}{one('month', month)}{one('day', day)}</div></Group>
}

/** What a date field sent as `YYYY-MM-DD`; whether that day exists is for the form's schema to say. */
export const dayFromParts = (parts: { readonly year?: string; readonly month?: string; readonly day?: string }): string =>
  `${parts.year ?? ''}-${(parts.month ?? '').padStart(2, '0')}-${(parts.day ?? '').padStart(2, '0')}`

/**
 * A file. Without script it goes with the form (multipart); with the island `upload.js` it is sent to `/api/v1/files` at once with
 * progress, and the hidden field `<name>Id` carries its id.
 */
export const FileField = (field: FieldProps & { accept?: string; multiple?: boolean }): Markup => (
  <Labelled field={field}>
    <>
      <input class="file" {...shared(field)} type="file" accept={field.accept} multiple={field.multiple} required={field.optional !== true} data-upload={`${field.name}Id`} />
      <progress hidden max="100" value="0" aria-label={say(field.language)('uploading')}></progress>
    </>
  </Labelled>
)

/** The token that proves a form came from a page of ours, and the key that makes sending it twice harmless. */
export const FormKeys = ({ csrfToken, idempotencyKey }: { csrfToken: string; idempotencyKey?: string }): Markup => (
  <><input type="hidden" name="_csrf" value={csrfToken} />{idempotencyKey === undefined ? '' : <input type="hidden" name="_key" value={idempotencyKey} />}</>
)
