import type { InputError } from '../../../base/refusal.ts'
import type { CivilDay } from '../../../base/civil-day.ts'
import type { Frames } from '../../../kit/portal/index.ts'
import type { House } from '../../../kernel/house.ts'
import type { FormDefinition, FormValues, Item } from '../../catalog/contract.ts'

/** The catalogue as these pages read it, from memory; its `ItemRegistry` is one. */
export interface Guides {
  /** The version in force; refuses with 404 or 410. */
  get(code: string, day: CivilDay): Item
  find(code: string, day: CivilDay): Item | undefined
  version(code: string, version: number): Item
  form(id: string): FormDefinition
}

/** How a form is read and judged; the catalogue's `forms.ts`. */
export interface FormTools {
  valuesFromFields(form: FormDefinition, posted: Readonly<Record<string, string | readonly string[] | undefined>>): Record<string, unknown>
  validateForm(form: FormDefinition, values: FormValues, prefix?: string): InputError[]
  visibleFields(form: FormDefinition, values: FormValues): readonly string[]
  /** A FEEL condition over the form: true only where it is exactly true. */
  holds(expression: string, values: FormValues): boolean
}

/** What the pages of cases need of the house; `main.ts` fills it. */
export interface CasePagesDeps {
  readonly house: House
  readonly frames: Frames
  readonly items: Guides
  readonly forms: FormTools
}
