import { addDays, type CivilDay } from '../../base/civil-day.ts'
import type { FormDefinition, FormField } from '../../domains/catalog/contract.ts'
import { validateForm, visibleFields } from '../../domains/catalog/forms.ts'
import type { PartyInput } from '../../domains/cases/contract.ts'
import type { Random } from './random.ts'
import { FORM_WORDS } from './form-words.ts'
import { fictionalCompany, fictionalPerson } from './people.ts'

/** Fills a form as an applicant would, until it is valid and here is the place for it: fields that conditions open or close are drawn again. */
export function fillForm(form: FormDefinition, applicant: PartyInput, today: CivilDay, random: Random, refused: (values: Record<string, unknown>) => boolean = () => false): Record<string, unknown> | null {
  const fields = form.sections.flatMap((section) => section.fields)
  for (let attempt = 0; attempt < 12; attempt += 1) {
    const values: Record<string, unknown> = {}
    for (const field of fields) if (field.required || field.requiredWhen || random.chance(0.3)) values[field.id] = valueOf(field, applicant, today, random)
    const visible = new Set(visibleFields(form, values))
    for (const id of Object.keys(values)) if (!visible.has(id)) delete values[id]
    if (validateForm(form, values).length === 0 && !refused(values)) return values
  }
  return null
}

/** `age >= 80`: the least value a field's own check names. */
const leastOf = (field: FormField): number => Math.max(field.min ?? 1, Number(new RegExp(`^${field.id} >= (\\d+)$`).exec(field.check?.expression ?? '')?.[1] ?? 0))

function valueOf(field: FormField, applicant: PartyInput, today: CivilDay, random: Random): unknown {
  const min = leastOf(field)
  const words = FORM_WORDS[field.id]
  if (words !== undefined) return field.type === 'list' ? [random.pick(words)] : random.pick(words)
  switch (field.type) {
    case 'name': return nameOf(field, applicant, random)
    case 'residentId': return applicant.kind === 'person' ? applicant.idNumber : fictionalPerson(random).idNumber
    case 'uscc': return applicant.kind === 'organisation' ? applicant.idNumber : fictionalCompany(random).idNumber
    case 'phone': return applicant.phone
    case 'email': return 'demo@example.org'
    case 'address': return applicant.address ?? '北京市西城区演示路1号'
    case 'day': return addDays(today, random.int(5, 40))
    case 'area': return Math.ceil(min) + random.int(20, 180)
    case 'amountFen': return Math.max(min, random.int(10, 300) * 1_000_000)
    case 'integer': return Math.min(field.max ?? 1000, min + random.int(0, 9))
    case 'boolean': return random.chance(0.5)
    case 'enum': return random.pick(field.options ?? []).value
    case 'list': return [valueOf({ ...field, type: field.of ?? 'text' }, applicant, today, random)]
    case 'longText': return '演示内容：按照办事指南的要求如实填写。'
    case 'text': return /length\(\w+\) = 24/.test(field.check?.expression ?? '') ? `2026-110102-89-01-${random.int(100_000, 999_999)}` : '演示内容'
  }
}

/** Of the applicant where it is hers: an organisation's form asks for its own name and those of people, a person's for hers and those of organisations. */
function nameOf({ id }: FormField, applicant: PartyInput, random: Random): string {
  const wanted = ORGANISATION_NAMES.includes(id) ? 'organisation' : 'person'
  if (applicant.kind === wanted && !OTHERS_NAMES.includes(id)) return applicant.name
  return wanted === 'organisation' ? fictionalCompany(random).name : fictionalPerson(random).name
}
const ORGANISATION_NAMES: readonly string[] = ['organisationName', 'employerName']
const OTHERS_NAMES: readonly string[] = ['spouseName', 'guardianName']
