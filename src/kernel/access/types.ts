import type { Authorisation, HeldPost } from '../org/types.ts'

/** Who is asking. Officers act through a post they hold; applicants for their own matters. */
export type Caller = Anonymous | Applicant | Officer

export interface Anonymous { readonly kind: 'anonymous' }
/** 0 nothing declared, 1 declared by oneself, 2 verified online by an identity provider, 3 original seen at a counter. */
export type RealNameLevel = 0 | 1 | 2 | 3
export interface Applicant {
  readonly kind: 'applicant'
  readonly accountId: string
  readonly sessionId: string
  readonly name: string
  /** The party the account belongs to: the person, or the organisation its holder is agent of. */
  readonly partyId: string
  /** `partyId` and those merged into it: matters of any of them are the caller's own. */
  readonly partyIds?: readonly string[]
  /** The natural person holding the account; differs from `partyId` for an organisation's agent. */
  readonly ownPartyId?: string
  /** Items an agent may file; empty: all. */
  readonly scope?: readonly string[]
  readonly level?: RealNameLevel
  readonly permissions: readonly string[]
}
export interface Officer {
  readonly kind: 'officer'
  readonly accountId: string
  readonly sessionId: string
  readonly personId: string
  readonly name: string
  /** Posts that can be acted from today: none while on leave, B posts only as the cover rule says. */
  readonly posts: readonly HeldPost[]
  readonly authorisations: readonly Authorisation[]
  /** Union over the posts; `permits` says where each holds. */
  readonly permissions: readonly string[]
}

/** What a request brought along; the session itself is read with the act, in its one read. */
export interface Credentials { readonly tokenHash: Buffer | null }

export const ANONYMOUS: Anonymous = { kind: 'anonymous' }
