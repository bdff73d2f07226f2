import type { Bilingual } from '../base/text.ts'
import type { RefusalTable } from '../base/refusal.ts'
import type { ClockRule } from './clock/types.ts'
import type { MatterKind } from './flow/types.ts'
import type { LedgerEvent } from './jobs/subscriber.ts'
import type { Route } from './http/types.ts'
import type { House } from './house.ts'

export interface Permission { readonly code: string; readonly name: Bilingual }

/** What a module offers the house. `src/modules.ts` is the one list of them. */
export interface Module {
  readonly name: string
  readonly refusals?: readonly RefusalTable[]
  readonly permissions?: readonly Permission[]
  readonly kinds?: readonly MatterKind[]
  readonly clockRules?: readonly ClockRule[]
  readonly routes?: (house: House) => readonly Route[]
  readonly subscribers?: (house: House) => readonly { readonly name: string; readonly handle: (events: readonly LedgerEvent[]) => Promise<void> }[]
  readonly tasks?: (house: House) => Readonly<Record<string, (payload: unknown) => Promise<void>>>
  readonly schedules?: readonly { readonly task: string; readonly everySeconds: number }[]
  /** Dictionaries and rules upserted by version with the owner's connection, after migration. */
  readonly upsert?: (admin: import('./db/database.ts').Database, house: { readonly today: string }) => Promise<void>
}
