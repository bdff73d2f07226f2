import { Button, Checkbox, Input, InputNumber, Select } from 'antd'
import { useId } from 'react'
import type { Bilingual } from '../../../base/text.ts'
import { useSay, useText } from '../../../kit/console/language.tsx'
import { labelOf, wordOf } from './labels.ts'

/** The part of JSON Schema that zod writes for a guide. */
export interface Schema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly enum?: readonly string[]
  readonly anyOf?: readonly Schema[]
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
}

const TEXTS = { add: { zh: '添加一项', en: 'Add' }, remove: { zh: '删除第 {n} 项', en: 'Remove entry {n}' }, set: { zh: '填写“{name}”', en: 'Fill in “{name}”' }, clear: { zh: '清除“{name}”', en: 'Clear “{name}”' }, zh: { zh: '中文', en: 'Chinese' }, en: { zh: '英文', en: 'English' }, entry: { zh: '第 {n} 项', en: 'Entry {n}' } } as const

const isText = (schema: Schema): boolean => schema.type === 'object' && schema.properties !== undefined && Object.keys(schema.properties).join() === 'zh,en'
const bare = (schema: Schema): { readonly schema: Schema; readonly nullable: boolean } => {
  const others = schema.anyOf?.filter((one) => one.type !== 'null')
  return others && others.length === 1 ? { schema: others[0]!, nullable: schema.anyOf!.length > 1 } : { schema, nullable: false }
}

/** What a new entry begins as: the schema's defaults, else empty. */
export function emptyOf(whole: Schema): unknown {
  if (whole.default !== undefined) return whole.default
  const { schema, nullable } = bare(whole)
  if (nullable) return null
  if (schema.enum) return schema.enum[0]
  if (schema.type === 'object') return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, one]) => [name, emptyOf(one)]))
  return schema.type === 'array' ? [] : schema.type === 'boolean' ? false : schema.type === 'integer' || schema.type === 'number' ? (schema.minimum ?? 0) : ''
}

export interface EditorProps { readonly schema: Schema; readonly name: string; readonly path: string; readonly value: unknown; readonly onChange: (value: unknown) => void; readonly findings: ReadonlyMap<string, readonly string[]> }

/** One value of the guide by its schema: texts in both languages, lists with adding and removing, what may be absent with a switch. What the rules say about a place stands at it. */
export function SchemaEditor({ schema: whole, name, path, value, onChange, findings }: EditorProps) {
  const t = useSay(TEXTS)
  const text = useText()
  const id = useId()
  const { schema, nullable } = bare(whole)
  const label = text(labelOf(name))
  const said = findings.get(path)
  const notes = said ? <ul className="mt-error">{said.map((one) => <li key={one}>{one}</li>)}</ul> : null
  if (nullable && (value === null || value === undefined)) return <div className="mt-field">{notes}<Button size="small" onClick={() => onChange(schema.type === 'string' ? ' ' : emptyOf(schema))}>{t('set', { name: label })}</Button></div>
  const clear = nullable ? <Button size="small" type="text" onClick={() => onChange(null)}>{t('clear', { name: label })}</Button> : null
  if (isText(schema)) {
    const both = (value ?? { zh: '', en: '' }) as Bilingual
    return (
      <fieldset className={`mt-field mt-field-wide${said ? ' mt-field-wrong' : ''}`}>
        <legend>{label}</legend>
        {(['zh', 'en'] as const).map((language) => <div key={language} className="mt-row"><label htmlFor={`${id}-${language}`} className="mt-quiet">{t(language)}</label><Input.TextArea id={`${id}-${language}`} className="mt-grow mt-grows" rows={1} lang={language === 'zh' ? 'zh-CN' : 'en'} value={both[language]} onChange={(event) => onChange({ ...both, [language]: event.target.value })} /></div>)}
        {clear}{notes}
      </fieldset>
    )
  }
  if (schema.type === 'object') {
    const object = (value ?? {}) as Record<string, unknown>
    return <fieldset className="mt-nested mt-field-wide"><legend>{label}</legend>{clear}{notes}<div className="mt-fields">{Object.entries(schema.properties ?? {}).map(([key, one]) => <SchemaEditor key={key} schema={one} name={key} path={`${path}/${key}`} value={object[key]} findings={findings} onChange={(next) => onChange({ ...object, [key]: next })} />)}</div></fieldset>
  }
  if (schema.type === 'array') return <ListEditor schema={schema} label={label} name={name} path={path} value={(value ?? []) as readonly unknown[]} onChange={onChange} findings={findings} notes={notes} />
  const common = { id, 'aria-invalid': said ? true : undefined }
  const control = schema.enum
    ? <Select {...common} value={value as string} style={{ width: '100%' }} options={schema.enum.map((one) => ({ value: one, label: text(wordOf(name, one)) }))} onChange={onChange} />
    : schema.type === 'boolean' ? <Checkbox id={id} checked={value === true} onChange={(event) => onChange(event.target.checked)}>{label}</Checkbox>
      : schema.type === 'integer' || schema.type === 'number' ? <InputNumber {...common} value={value as number} controls={false} style={{ width: '100%' }} onChange={(next) => onChange(next ?? 0)} />
        : <Input {...common} value={typeof value === 'string' ? value : ''} onChange={(event) => onChange(event.target.value)} />
  return <div className={`mt-field${said ? ' mt-field-wrong' : ''}`}>{schema.type === 'boolean' ? null : <label htmlFor={id}>{label}</label>}{control}{clear}{notes}</div>
}

function ListEditor({ schema, label, name, path, value, onChange, findings, notes }: Omit<EditorProps, 'value'> & { readonly label: string; readonly value: readonly unknown[]; readonly notes: React.ReactNode }) {
  const t = useSay(TEXTS)
  const text = useText()
  const id = useId()
  const each = schema.items ?? {}
  if (each.enum) return <div className="mt-field mt-field-wide"><label htmlFor={id}>{label}</label><Select id={id} mode="multiple" style={{ width: '100%' }} value={value as string[]} options={each.enum.map((one) => ({ value: one, label: text(wordOf(name, one)) }))} onChange={onChange} />{notes}</div>
  if (each.type === 'string') return <div className="mt-field mt-field-wide"><label htmlFor={id}>{label}</label><Select id={id} mode="tags" open={false} suffixIcon={null} style={{ width: '100%' }} value={value as string[]} onChange={onChange} />{notes}</div>
  const entryName = (one: unknown, i: number): string => {
    const object = one as { readonly name?: Bilingual; readonly question?: Bilingual; readonly law?: string; readonly zh?: string }
    return text(object.name ?? object.question) || object.law || t('entry', { n: i + 1 })
  }
  return (
    <div className="mt-field mt-field-wide">
      <p><strong>{label}</strong> <span className="mt-quiet">{value.length}</span></p>
      {notes}
      {value.map((one, i) => (
        <details key={i} className="mt-entry" open={[...findings.keys()].some((key) => key.startsWith(`${path}/${i}`)) || isText(each)}>
          <summary>{entryName(one, i)}</summary>
          <SchemaEditor schema={each} name={isText(each) ? name : 'entry'} path={`${path}/${i}`} value={one} findings={findings} onChange={(next) => onChange(value.map((other, at) => (at === i ? next : other)))} />
          <Button size="small" type="text" danger onClick={() => onChange(value.filter((_, at) => at !== i))}>{t('remove', { n: i + 1 })}</Button>
        </details>
      ))}
      <Button size="small" onClick={() => onChange([...value, emptyOf(each)])}>{t('add')}</Button>
    </div>
  )
}
