import type { Bilingual } from '../base/text.ts'
import type { CivilDay } from '../base/civil-day.ts'
import type { Frame, Frames, Markup } from '../kit/portal/index.ts'
import type { Registration } from '../kernel/access/accounts.ts'
import type { SignedIn } from '../kernel/access/sign-in.ts'
import type { Counter, Organisation, OrganisationNode, Site } from '../kernel/org/types.ts'
import type { ItemSummary } from '../domains/catalog/contract.ts'

/** This month's cases, counted when asked. */
export interface HomeNumbers {
  /** First day counted. */
  readonly since: CivilDay
  readonly finished: number
  /** 0…1; null where nothing was finished. */
  readonly onTimeShare: number | null
  /** Open clocks by their light now. */
  readonly lights: { readonly green: number; readonly yellow: number; readonly red: number; readonly black: number }
}

/** A way to narrow services down, with how many it leaves. */
export interface Count { readonly code: string; readonly name: Bilingual; readonly count: number }

export interface PortalCatalog {
  /** How many published services each department, target and topic has; `all` of them. */
  countItems(): Promise<{ readonly all: number; readonly departments: readonly Count[]; readonly targets: readonly Count[]; readonly topics: readonly Count[] }>
  /** Services of a department, all of them, by name. */
  findItemsOf(departmentCode: string): Promise<readonly ItemSummary[]>
  /** A few services by the words people use, as examples of what one can ask for. */
  exampleItems(): Promise<readonly { readonly code: string; readonly name: Bilingual }[]>
  /** Every published code with the day its version came into force, for the site map. */
  publishedCodes(): Promise<readonly { readonly code: string; readonly since: CivilDay }[]>
}

export interface PortalOrganisations {
  tree(): Promise<readonly OrganisationNode[]>
  findByCode(code: string): Promise<Organisation | undefined>
  sites(): Promise<readonly Site[]>
  counters(siteId: string): Promise<readonly Counter[]>
}

export interface PortalAccess {
  signIn(ask: { readonly username: string; readonly password: string; readonly ip: string; readonly userAgent?: string }): Promise<SignedIn>
  signOut(tokenHash: Buffer): Promise<void>
  /** By name and current password; every session of the account ends. */
  changePassword(input: { readonly username: string; readonly current: string; readonly next: string; readonly ip: string }): Promise<void>
  register(input: Omit<Registration, 'at'>): Promise<unknown>
}

/** What the public shell needs of the house; `main.ts` fills it. */
export interface PortalDeps {
  /** Public base address, without a slash at the end. */
  readonly url: string
  readonly demo: boolean
  readonly frames: Frames
  readonly catalog: PortalCatalog
  readonly organisations: PortalOrganisations
  readonly access: PortalAccess
  /** null: nobody counts cases here. */
  readonly homeNumbers: (() => Promise<HomeNumbers>) | null
  /** The public log's verifier key, as `/log/key` gives it, for the page that says how to verify. */
  readonly logKey: () => Promise<string>
  /** What entries of the log call an act (`case.accept`) and a time limit (`LIC.DECIDE`), in words. */
  readonly logWords: Readonly<Record<string, Bilingual>>
  /** Whether the grant behind a log entry was annulled since, by the entry's id; null where not. */
  readonly annulledEntry: (entryId: string) => Promise<{ readonly decisionNo: string; readonly documentNo: string; readonly on: CivilDay } | null>
  /** The progress of a case by number and code; refuses with 404 where they do not fit. Null: no cases here. */
  readonly trackCase: ((input: { readonly caseNo: string; readonly trackCode: string }, frame: Frame) => Promise<Markup>) | null
}
