import type { Bilingual } from '../base/text.ts'
import type { ClockRule } from '../kernel/clock/types.ts'
import type { MatterKind } from '../kernel/flow/types.ts'
import type { Database } from '../kernel/db/database.ts'
import { changeOwnPassword, registerApplicant } from '../kernel/access/accounts.ts'
import { signIn, signOut } from '../kernel/access/sign-in.ts'
import { findCounters, findOrganisationByCode, findSites, organisationTree } from '../kernel/org/organisations.ts'
import type { TimeSource } from '../kernel/time/time.ts'
import type { PortalAccess, PortalOrganisations } from './deps.ts'

/** Accounts and sessions as the pages ask for them. */
export const portalAccess = (db: Database, time: TimeSource): PortalAccess => ({
  signIn: (ask) => signIn(db, { ...ask, at: time.now() }),
  signOut: (tokenHash) => signOut(db, tokenHash, time.now()),
  changePassword: (input) => changeOwnPassword(db, { ...input, at: time.now(), keep: null }),
  register: (input) => registerApplicant(db, { ...input, at: time.now() }),
})

/** The words for what entries of the log name by code: acts of every kind of matter, and time limits. */
export const logWords = (kinds: readonly MatterKind[], rules: readonly Pick<ClockRule, 'code' | 'name'>[]): Readonly<Record<string, Bilingual>> => Object.fromEntries([
  ...kinds.flatMap(({ kind, acts, opens }) => Object.entries({ ...opens, ...acts }).map(([act, { name }]) => [`${kind}.${act}`, name] as const)),
  ...rules.map(({ code, name }) => [code, name] as const),
])

/** Organisations and halls as of today. */
export const portalOrganisations = (db: Database, time: TimeSource): PortalOrganisations => ({
  tree: () => organisationTree(db, time.today()),
  findByCode: (code) => findOrganisationByCode(db, code, time.today()),
  sites: () => findSites(db, time.today()),
  counters: (siteId) => findCounters(db, siteId, time.today()),
})
