import { z } from 'zod'

// The counter and people's online accounts: an identity confirmed against the original, a power of attorney entered. Nothing here needs Node.

const Day = z.iso.date()
/** What the one field was given; in the body, so that nobody's number stands in an address. */
export const FindInput = z.strictObject({ q: z.string().trim().min(1).max(100) })

/** The name as the original bears it: it decides whether the account's own word is true. */
export const ConfirmationInput = z.strictObject({ partyId: z.uuid(), name: z.string().trim().min(1).max(200) })

export const AgencyInput = z.strictObject({
  principal: z.strictObject({ kind: z.enum(['person', 'organisation']), idType: z.string().regex(/^\d{3}$/), idNumber: z.string().trim().min(1).max(50), name: z.string().trim().min(1).max(200) }),
  /** Said outright: an empty list must not come to mean everything. */
  scope: z.enum(['all', 'named']),
  /** Item codes. */
  items: z.array(z.string().min(1).max(40)).max(200).default([]),
  validFrom: Day, validTo: Day,
  /** The scan of the 授权委托书. */
  authorityFileId: z.uuid(),
}).refine((given) => (given.scope === 'named') === (given.items.length > 0), { path: ['items'], params: { zh: '指定事项的，请选择至少一个；全部事项的，不选', en: 'For items named, choose at least one; for all items, none' } })
  .refine((given) => given.validFrom <= given.validTo, { path: ['validTo'], params: { zh: '终止日早于起始日', en: 'The last day lies before the first' } })

interface Name { zh: string; en: string }
export interface IdentityView { partyId: string; kind: 'person' | 'organisation'; idType: Name; idNumber: string; name: string; phone: string; declared: boolean; own: boolean }
export interface AgencyView { id: string; name: string; kind: 'person' | 'organisation'; idNumber: string; items: { code: string; name: Name }[]; validFrom: string; validTo: string | null; confirmed: boolean; state: 'valid' | 'coming' | 'expired' | 'ended' }
/** Numbers and telephones are masked: the clerk holds the original in her hand. */
export interface OnlineAccountView { id: string; since: string; level: number; identities: IdentityView[]; agencies: AgencyView[] }
/** An account that names the document looked for: `name` and `declared` as this document stands in it. */
export interface FoundAccount { id: string; since: string; phone: string; name: string; declared: boolean; own: boolean }
