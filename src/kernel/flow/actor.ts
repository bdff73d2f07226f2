import { permits } from '../access/permits.ts'
import type { Applicant, Caller } from '../access/types.ts'
import { refuse } from './errors.ts'
import type { Actor, Matter, Permit } from './types.ts'

export const SYSTEM: Actor = { kind: 'system', personId: null, partyId: null, post: null, onBehalf: null }

interface Target { readonly organisationId: string; readonly subject: string; readonly partyIds: readonly string[]; readonly act: string; readonly actName: string }

/** Under whose name the act stands: the first permit that fits. Refuses 401, 404 (somebody else's matter) or 403. */
export function resolveActor(by: readonly Permit[], caller: Caller | { readonly kind: 'system' }, target: Target): Actor {
  const actor = findActor(by, caller, target)
  if (actor) return actor
  if (caller.kind === 'anonymous') throw refuse('not-signed-in')
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
        if (partyId) return { kind: 'applicant', personId: null, partyId, post: null, onBehalf: null }
      }
    } else if (caller.kind === 'officer') {
      const held = permits(caller, permit.officer, { organisationId: target.organisationId, itemCode: target.subject, act: target.act, scope: permit.scope })
      if (held) return { kind: 'officer', personId: caller.personId, partyId: null, post: held.post, onBehalf: held.onBehalf }
    }
  }
  return null
}

/** An applicant sees only her own matters; that another exists is nobody's business but its parties'. */
export function mayKnow(caller: Caller | { readonly kind: 'system' }, matter: Matter): boolean {
  return caller.kind !== 'applicant' || partiesOf(caller).some((id) => matter.partyIds.includes(id))
}

/** The caller's own party and those merged into it. */
export const partiesOf = (caller: Applicant): readonly string[] => caller.partyIds ?? [caller.partyId]
