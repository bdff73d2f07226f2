import { dataElement } from '../elements.ts'
import { FormDefinition, type FormField } from '../form-contract.ts'
import { readTown, type SeedTown } from './organisations.ts'
import { bilingual, readYaml, type Pair } from './yaml.ts'

interface FieldLine { readonly field: string; readonly label?: Pair; readonly visibleWhen?: string; readonly requiredWhen?: string; readonly check?: readonly [string, string, string] }
interface FormLine { readonly title: Pair; readonly sections: readonly (readonly [string, Pair, readonly (string | FieldLine)[]])[] }

/** The demo's forms with their elements put in; the sub-districts to choose from are the district's own. */
export function readForms(town: SeedTown = readTown()): FormDefinition[] {
  const subdistricts = town.organisations.filter((one) => one.kind === 'subdistrict').map((one) => ({ value: one.division, label: one.short }))
  return Object.entries(readYaml<Record<string, FormLine>>('forms', 'forms.yaml')).map(([id, line]) => FormDefinition.parse({
    id, version: 1, title: bilingual(line.title),
    sections: line.sections.map(([section, title, fields]) => ({ id: section, title: bilingual(title), fields: fields.map(fieldOf).map((field) => (field.id === 'subdistrict' ? { ...field, options: subdistricts } : field)) })),
  }))
}

function fieldOf(line: string | FieldLine): FormField {
  const { field, label, check, ...conditions } = typeof line === 'string' ? { field: line } as FieldLine : line
  const id = field.replace(/!$/, '')
  const element = dataElement(id)
  if (!element) throw new Error(`the register has no data element ${id}`)
  return {
    ...element, ...(label ? { label: bilingual(label) } : {}), required: field.endsWith('!'), ...conditions,
    ...(check ? { check: { expression: check[0], message: { zh: check[1], en: check[2] } } } : {}),
  }
}
