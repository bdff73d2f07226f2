import { Refusal } from '../../base/refusal.ts'
import type { Bilingual } from '../../base/text.ts'
import type { CivilDay } from '../../base/civil-day.ts'
import type { ClockState } from '../clock/types.ts'
import type { Caller } from '../access/types.ts'
import type { Net, NetNode } from '../procedure/net.ts'
import { findActor } from './actor.ts'
import { assertTakes, findStep, organisationsOf, stepsNaming, wasReached } from './steps.ts'
import type { ActSpec, Matter, MatterKind, Task } from './types.ts'

export interface Offer {
  readonly act: string
  readonly name: Bilingual
  /** The live step it would serve; null for acts beside the procedure. */
  readonly step: string | null
  /** Ways the procedure can take from here, where it forks. */
  readonly outcomes: readonly { readonly id: string; readonly name: Bilingual }[]
}

/** The same policy that judges the act answers the screen: no button is drawn that would be refused for who, stage or step. */
export function offeredActs(acts: Readonly<Record<string, ActSpec<any>>>, net: Net | null, matter: Matter<unknown>, tasks: readonly Task[], caller: Caller, centre: string | null, now?: { readonly clocks: readonly ClockState[]; readonly today: CivilDay }, dutyOf: MatterKind['dutyOf'] = undefined): readonly Offer[] {
  const offers: Offer[] = []
  for (const [act, spec] of Object.entries(acts)) {
    if (!spec.from.includes(matter.stage)) continue
    if (now && spec.offeredWhen && !spec.offeredWhen(matter, now.clocks, tasks, now.today)) continue
    const stepsOf = net && matter.procedure ? organisationsOf(stepsNaming(net, matter.procedure.state, act), tasks) : []
    const actor = findActor(spec.by, caller, { organisationId: matter.organisationId, stepsOf, dutyOf: dutyOf?.(matter.data, act) ?? [], subject: matter.subject, partyIds: matter.partyIds, act, actName: spec.name })
    if (!actor) continue
    const step = net && matter.procedure ? findStep(net, matter.procedure.state, tasks, act, actor, null) : null
    if (spec.needsStep && step === null && !(spec.needsStep === 'reached' && (!net || wasReached(net, tasks, act)))) continue
    if (spec.needsStep && step && !allowed(() => assertTakes(net!, step, tasks, actor, { responsible: matter.organisationId, centre, actName: spec.name }))) continue
    offers.push({ act, name: spec.name, step: step?.id ?? null, outcomes: step && net ? outcomesOf(net, step.id) : [] })
  }
  return offers
}

/** False where the step itself says no: claimed by another, another department's, separation of duties. */
function allowed(ask: () => void): boolean {
  try {
    ask()
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

/** Ways out that our procedures name alike. */
const OUTCOMES: Readonly<Record<string, string>> = { 予以受理: 'Accept', 受理: 'Accept', 补正: 'Supplement', 不予受理: 'Refuse', 准予: 'Grant', 不予: 'Refuse', 通过: 'Pass', 不通过: 'Fail', 退回: 'Return' }

export function outcomesOf(net: Net, step: string): readonly { id: string; name: Bilingual }[] {
  let node: NetNode | undefined = net.nodes.get(step)
  while (node && node.outgoing.length === 1 && node.outgoing[0]!.target.kind === 'xor' && node.outgoing[0]!.target.outgoing.length > 1) node = node.outgoing[0]!.target
  if (!node || node.outgoing.length < 2) return []
  return node.outgoing.map((flow) => ({ id: flow.id, name: { zh: flow.name || flow.target.name || flow.id, en: OUTCOMES[flow.name] ?? flow.name ?? flow.id } }))
}
