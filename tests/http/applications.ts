import type { ApplicationInput } from '../../src/domains/cases/contract.ts'
import { neededMaterials } from '../../src/domains/cases/materials.ts'
import type { Item } from '../../src/domains/catalog/contract.ts'
import { holds } from '../../src/domains/catalog/forms.ts'
import { fillForm } from '../../src/main/demo/fill-form.ts'
import { fictionalCompany, fictionalPerson } from '../../src/main/demo/people.ts'
import { randomOf } from '../../src/main/demo/random.ts'
import type { TownServer } from './town-server.ts'

/** The item whose guide publishes this procedure: `food-business`. */
export function itemOf(town: TownServer, procedureId: string): Item {
  const item = town.open.items.list(town.time.today()).find((one) => one.procedureId === procedureId)
  if (!item) throw new Error(`no item is handled by ${procedureId}`)
  return item
}

export interface Wishes { readonly commitment?: boolean; readonly kind?: 'person' | 'organisation'; readonly seed?: number; readonly form?: Readonly<Record<string, unknown>>; readonly mode?: 'counter' | 'electronic' }

/** A whole application as somebody brings it to the counter, its materials uploaded by `as`; the same seed gives the same. */
export async function applicationFor(town: TownServer, procedureId: string, as: string, { commitment = false, kind, seed = 1, form: wanted = {}, mode = 'counter' }: Wishes = {}): Promise<ApplicationInput> {
  const item = itemOf(town, procedureId)
  const random = randomOf(seed)
  const isPerson = (kind ?? (item.serviceTargets.includes('1') ? 'person' : 'organisation')) === 'person'
  const applicant = isPerson ? fictionalPerson(random) : fictionalCompany(random)
  // A choice among many is made as wished; chance would seldom hit it.
  const form = item.formId === null ? null : town.open.items.form(item.formId)
  const wished = form && { ...form, sections: form.sections.map((section) => ({ ...section, fields: section.fields.map((field) => (field.type === 'enum' && field.id in wanted ? { ...field, options: field.options!.filter((option) => option.value === wanted[field.id]) } : field)) })) }
  const filled = wished === null ? {} : fillForm(wished, applicant, town.time.today(), random, (values) => Object.entries(wanted).some(([id, value]) => values[id] !== value) || item.routing.some((route) => holds(route.when, values)))
  if (filled === null) throw new Error(`no valid form for ${item.name.zh}`)
  const fileId = await town.upload(as)
  const { name, idType, idNumber, phone } = fictionalPerson(random)
  return {
    itemCode: item.code, applicant, service: { mode, consent: mode === 'electronic' }, form: filled, commitment, channel: 'counter',
    ...(isPerson ? {} : { representative: { relation: 'legalRepresentative', name, idType, idNumber, phone } }),
    materials: neededMaterials(item, filled, commitment, { feel: holds }).map((material) => ({ materialId: material.id, fileId, form: 'electronic', copies: 1 })),
  }
}
