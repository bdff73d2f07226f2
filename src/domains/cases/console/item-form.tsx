import { useMemo } from 'react'
import { holds } from '../../../kit/console/feel.ts'
import { Fields, type FieldSpec, type Values } from '../../../kit/console/fields.tsx'
import { useText } from '../../../kit/console/language.tsx'
import type { ElementType } from '../../catalog/contract.ts'
import type { GuideField, GuideForm } from './guide.ts'

const KINDS: Record<ElementType, FieldSpec['kind']> = {
  name: 'text', text: 'text', longText: 'area', residentId: 'text', uscc: 'text', phone: 'text', address: 'text', email: 'text', day: 'day', area: 'number', amountFen: 'fen', integer: 'integer', boolean: 'yesNo', enum: 'select', list: 'tags',
}
const fieldsOf = (form: GuideForm): readonly GuideField[] => form.sections.flatMap((section) => section.fields)

/** What the form shows for these values: a field whose condition does not hold is not there. */
export function shownFields(form: GuideForm, values: Values): readonly GuideField[] {
  const ids = fieldsOf(form).map((field) => field.id)
  return fieldsOf(form).filter((field) => !field.visibleWhen || holds(field.visibleWhen, ids, values))
}
/** Values of hidden fields are not sent: the server refuses them. */
export function shownValues(form: GuideForm, values: Values): Record<string, unknown> {
  return Object.fromEntries(shownFields(form, values).flatMap((field) => (values[field.id] === undefined || values[field.id] === '' ? [] : [[field.id, values[field.id]]])))
}

/** The item's form, drawn from the definition that also judges it on the server. */
export function ItemForm({ form, values, onChange, errors }: { readonly form: GuideForm; readonly values: Values; readonly onChange: (values: Values) => void; readonly errors: Readonly<Record<string, string>> }) {
  const text = useText()
  const shown = useMemo(() => new Set(shownFields(form, values).map((field) => field.id)), [form, values])
  const ids = fieldsOf(form).map((field) => field.id)
  const spec = (field: GuideField): FieldSpec => ({
    name: field.id, label: field.label, kind: KINDS[field.type], required: field.required || (field.requiredWhen !== undefined && holds(field.requiredWhen, ids, values)),
    ...(field.hint ? { hint: field.hint } : {}), ...(field.options ? { options: field.options.map((option) => ({ value: option.value, label: text(option.label) })) } : {}),
    ...(field.maxLength === undefined ? {} : { maxLength: field.maxLength }), ...(field.min === undefined ? {} : { min: field.min }), ...(field.max === undefined ? {} : { max: field.max }),
  })
  return form.sections.map((section) => {
    const fields = section.fields.filter((field) => shown.has(field.id))
    return fields.length === 0 ? null : (
      <fieldset key={section.id} className="mt-plain-set">
        <legend>{text(section.title)}</legend>
        <Fields specs={fields.map(spec)} values={values} onChange={onChange} errors={errors} />
      </fieldset>
    )
  })
}
