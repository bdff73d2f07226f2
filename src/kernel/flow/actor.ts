import type { Bilingual } from '../../base/text.ts'
import { permits, type Permitted } from '../access/permits.ts'
import type { Applicant, Caller, Officer } from '../access/types.ts'
import { refuse } from './errors.ts'
import type { Actor, Matter, Permit } from './types.ts'

export const SYSTEM: Actor = { kind: 'system', personId: null, partyId: null, post: null, accountId: null, onBehalf: null }

interface Target {
  readonly organisationId: string
  /** Whose the live steps are that the act could serve: of several posts the one there is acted from. */
  readonly stepsOf?: readonly string[]
  /** Organisations whose own legal duty the act is, beside the responsible one. */
  readonly dutyOf?: readonly string[]
  readonly subject: string; readonly partyIds: readonly string[]; readonly act: string; readonly actName: Bilingual
}

/** Under whose name the act stands: the first permit that fits. Refuses 401, 404 (somebody else's matter) or 403. */
export function resolveActor(by: readonly Permit[], caller: Caller | { readonly kind: 'system' }, target: Target): Actor {
  const actor = findActor(by, caller, target)
  if (actor) return actor
  if (caller.kind === 'anonymous') throw refuse('not-signed-in')
  if (caller.kind === 'applicant' && !withinScope(caller, target.subject)) throw refuse('outside-agency', { party: caller.name })
  throw refuse('not-permitted', { act: target.actName })
}

/** As `resolveActor`, for screens: null instead of a refusal. */
export function findActor(by: readonly Permit[], caller: Caller | { readonly kind: 'system' }, target: Target): Actor | null {
  for (const permit of by) {
    if ('system' in permit) {
      if (caller.kind === 'system') return SYSTEM
    } else if ('party' in permit) {
      if (caller.kind === 'applicant') {
        const partyId = partiesOf(caller).find((id) => target.partyIds.includes(id))
        if (partyId && withinScope(caller, target.subject)) return { kind: 'applicant', personId: null, partyId, post: null, accountId: caller.accountId, onBehalf: null }
      }
    } else if (caller.kind === 'officer') {
      const held = heldFor(caller, permit, target)
      if (held) return { kind: 'officer', personId: caller.personId, partyId: null, post: held.post, accountId: caller.accountId, onBehalf: held.onBehalf }
    }
  }
  return null
}

/** Where any post will do, one in the step's own organisation or the responsible one goes before the others. */
function heldFor(caller: Officer, { officer, scope }: Extract<Permit, { officer: string }>, target: Target): Permitted | null {
  const wanted = { organisationId: target.organisationId, itemCode: target.subject, act: target.act, scope }
  if (scope === 'any') {
    for (const organisationId of [...(target.stepsOf ?? []), target.organisationId]) {
      const held = permits({ ...caller, posts: caller.posts.filter((post) => post.organisationId === organisationId) }, officer, wanted)
      if (held) return held
    }
  }
  const held = permits(caller, officer, wanted)
  if (held || scope === 'any') return held
  for (const organisationId of target.dutyOf ?? []) {
    const own = permits(caller, officer, { ...wanted, organisationId })
    if (own) return own
  }
  return null
}

/** An agent may file the items her power of attorney names (行政许可法 第二十九条), and knows no others of her principal's. */
export const withinScope = (caller: Applicant, subject: string): boolean => scopeOf(caller).length === 0 || scopeOf(caller).includes(subject)

/** Items to which the agency is limited under which she acts; empty: to none, or she acts for herself. */
export const scopeOf = ({ scope, partyId, ownPartyId }: Applicant): readonly string[] => (ownPartyId === undefined || ownPartyId === partyId ? [] : scope ?? [])

/** An applicant sees only her own matters; that another exists is nobody's business but its parties'. */
export function mayKnow(caller: Caller | { readonly kind: 'system' }, matter: Pick<Matter, 'partyIds' | 'subject'>): boolean {
  return caller.kind !== 'applicant' || (partiesOf(caller).some((id) => matter.partyIds.includes(id)) && withinScope(caller, matter.subject))
}

/** The caller's own party and those merged into it. */
export const partiesOf = (caller: Applicant): readonly string[] => caller.partyIds ?? [caller.partyId]
