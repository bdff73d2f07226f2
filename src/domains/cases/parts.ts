import type { Bilingual } from '../../base/text.ts'
import type { CivilDay } from '../../base/civil-day.ts'
import type { HeldPost } from '../../kernel/org/types.ts'
import type { InputError } from '../../base/refusal.ts'
import type { FormField, Item } from '../catalog/contract.ts'
import type { Remedy } from './case.ts'
import type { Identity, Presenting } from './presenting.ts'

/** What the rules of a case ask of the house, all of it answered from memory. */
export interface CaseParts {
  /** A version of an item, or the one in force; undefined where there is none. */
  readonly item: (code: string, version?: number) => Item | undefined
  /** Errors of a filled-in form against its definition; empty where all is well. */
  readonly formErrors: (formId: string, values: Readonly<Record<string, unknown>>) => readonly InputError[]
  /** What the form calls a field; null where it has none of the name. */
  readonly fieldName: (item: Item, field: string) => Bilingual | null
  /** The fields of the item's form in its order; empty where it has none. */
  readonly formFields: (item: Item) => readonly FormField[]
  /** A FEEL condition over the form: true only where it is exactly true. */
  readonly feel: (expression: string, values: Readonly<Record<string, unknown>>) => boolean
  readonly procedureVersion: (id: string) => number
  readonly organisationId: (code: string) => string | null
  readonly centreId: () => string | null
  /** The sub-district office of a statistical division; null where there is none. */
  readonly subdistrict: (division: string) => { readonly id: string; readonly code: string; readonly name: Bilingual } | null
  /** The people's government of this level; null where it is not in the directory. */
  readonly governmentId: () => string | null
  /** 西市监, 西卫 … : the short name in document numbers. */
  readonly shortName: (organisationCode: string) => string
  /** Whether a number can be one of its kind of document, check digits included. */
  readonly isIdentity: (idType: string, idNumber: string) => boolean
  /** Where a decision on this item may be fought: outcome × organ. */
  readonly remedy: (item: Item, refused: boolean) => Remedy
  /** `SJ` … : the organisation's mark in case numbers. */
  readonly numberMark: (organisationCode: string) => string
}

/** What `read` brings for acts that take files or an identity: who uploaded what, and a bar to re-applying. */
export interface IntakeFacts {
  readonly files: ReadonlyMap<string, { readonly uploadedBy: string; readonly sha256: string; readonly usedIn: readonly string[]; /** Accounts that act under it. */ readonly authorityOf: readonly string[] }>
  /** Posts of the second officer named, today. */
  readonly second?: readonly HeldPost[]
  readonly barredUntil: CivilDay | null
  /** Behind the online account that applies; absent where an officer does. */
  readonly presenting?: Presenting | undefined
  /** Who began the draft online that an officer submits. */
  readonly drafters?: readonly Identity[]
  /** The applicant in the register of parties; `known` false: to be written with the act. */
  readonly party?: { readonly id: string; readonly known: boolean }
}
