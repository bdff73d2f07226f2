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

/** Organisations and halls as of today. */
export const portalOrganisations = (db: Database, time: TimeSource): PortalOrganisations => ({
  tree: () => organisationTree(db, time.today()),
  findByCode: (code) => findOrganisationByCode(db, code, time.today()),
  sites: () => findSites(db, time.today()),
  counters: (siteId) => findCounters(db, siteId, time.today()),
})
