import type { Authorisation, HeldPost } from '../org/types.ts'

/** Who is asking. Officers act through a post they hold; applicants for their own matters. */
export type Caller = Anonymous | Applicant | Officer

export interface Anonymous { readonly kind: 'anonymous' }
export interface Applicant {
  readonly kind: 'applicant'
  readonly accountId: string
  readonly sessionId: string
  readonly name: string
  /** The party the account belongs to: the person, or the organisation its holder is agent of. */
  readonly partyId: string
  readonly permissions: readonly string[]
}
export interface Officer {
  readonly kind: 'officer'
  readonly accountId: string
  readonly sessionId: string
  readonly personId: string
  readonly name: string
  readonly posts: readonly HeldPost[]
  readonly authorisations: readonly Authorisation[]
  readonly permissions: readonly string[]
}

/** What a request brought along; the session itself is read with the act, in its one read. */
export interface Credentials { readonly tokenHash: Buffer | null }
