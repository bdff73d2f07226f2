import type { Authorisation, HeldPost } from '../org/types.ts'
import type { Caller } from './types.ts'

export interface Wanted {
  /** `responsible`: in the organisation responsible, or entrusted by it; `any`: from any post. */
  readonly scope: 'responsible' | 'any'
  /** The responsible organisation; needed for scope `responsible`. */
  readonly organisationId?: string
  readonly itemCode?: string
  /** Name of the act, as authorisations list it. */
  readonly act?: string
}

export interface Permitted {
  /** The post acted from; its `cover` says A or B. */
  readonly post: HeldPost
  /** The authorisation used, null for the organisation's own officer. `version` is what the act's write is conditional on. */
  readonly onBehalf: { readonly authorisationId: string; readonly kind: Authorisation['kind']; readonly fromOrganisationId: string; readonly version: number } | null
}

/**
 * From which post, and under which authorisation, a caller may use a permission; null: not at all. In this order: the
 * responsible organisation's own post; chief representative; entrustment. A posts before B posts.
 * A permission that a post holds only under authorisation (首席代表) is never enough by itself.
 */
export function permits(caller: Caller, permission: string, wanted: Wanted): Permitted | null {
  if (caller.kind !== 'officer') return null
  const able = caller.posts.filter((post) => post.permissions.includes(permission)).sort((a, b) => a.cover.localeCompare(b.cover))
  const own = able.find((post) => !needsAuthorisation(post, permission) && (wanted.scope === 'any' || post.organisationId === wanted.organisationId))
  if (own) return { post: own, onBehalf: null }
  if (wanted.scope === 'any' || wanted.organisationId === undefined) return null

  const valid = caller.authorisations.filter((given) => given.fromOrganisationId === wanted.organisationId && covers(given, wanted))
  for (const given of [...valid].sort((a, b) => a.kind.localeCompare(b.kind))) {
    const post = able.find((p) => serves(p, given, caller.personId, permission))
    if (post) return { post, onBehalf: { authorisationId: given.id, kind: given.kind, fromOrganisationId: given.fromOrganisationId, version: given.version } }
  }
  return null
}

/** Items named, or all of the giver's; acts always named (委托范围之外的行为无效). */
function covers(given: Authorisation, wanted: Wanted): boolean {
  const item = given.items.length === 0 || (wanted.itemCode !== undefined && given.items.includes(wanted.itemCode))
  return item && wanted.act !== undefined && given.acts.includes(wanted.act)
}

/** An entrusted organisation's power is used from a post in it, a person's from any of their posts. */
function serves(post: HeldPost, given: Authorisation, personId: string, permission: string): boolean {
  if (given.toPersonId !== null) return given.toPersonId === personId
  return post.organisationId === given.toOrganisationId && !needsAuthorisation(post, permission)
}

const needsAuthorisation = (post: HeldPost, permission: string): boolean => post.underAuthorisation?.includes(permission) ?? false

/** 职责分离: true when `doer` did none of the earlier acts. Ids of persons; null is nobody (the system). */
export const separated = (doer: string | null, earlierDoers: readonly (string | null)[]): boolean =>
  doer === null || !earlierDoers.includes(doer)
