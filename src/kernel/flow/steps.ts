import type { Bilingual } from '../../base/text.ts'
import type { Net } from '../procedure/step.ts'
import type { NetState, Step } from '../procedure/types.ts'
import { refuse } from './errors.ts'
import type { Actor, Task } from './types.ts'

/** Live steps that name an act, each with the organisation its task lies with. */
export const stepsNaming = (net: Net, state: NetState, act: string): readonly Step[] =>
  net.liveSteps(state).map((id) => net.steps.get(id)!).filter((step) => step.extension.acts.includes(act))

/** Whose the live steps are that an act could serve. */
export const organisationsOf = (steps: readonly Step[], tasks: readonly Task[]): readonly string[] => steps.flatMap((step) => liveTask(tasks, step.id)?.organisationId ?? [])

/**
 * The live step an act serves. With several (departments in parallel) the one in the doer's own organisation, or the one the input
 * names in `step`. Null where no live step names the act.
 */
export function findStep(net: Net, state: NetState, tasks: readonly Task[], act: string, actor: Actor, input: unknown): Step | null {
  const named = stepNamed(input)
  const live = stepsNaming(net, state, act).filter((step) => named === null || step.id === named)
  if (live.length === 0) return null
  const organisation = actor.post?.organisationId
  return live.find((step) => liveTask(tasks, step.id)?.organisationId === organisation && liveTask(tasks, step.id)?.role === actor.post?.role)
    ?? live.find((step) => liveTask(tasks, step.id)?.organisationId === organisation) ?? live[0]!
}

/** Where a step may be done from: its own organisation, the responsible one where the step is the centre's, or by entrustment. */
export interface StepPlace { readonly responsible: string; readonly centre: string | null; readonly actName: Bilingual }

/** Refuses whoever may not finish the step: claimed by another, another department's, done before by who must be separate. */
export function assertTakes(net: Net, step: Step, tasks: readonly Task[], actor: Actor, place: StepPlace): void {
  const task = liveTask(tasks, step.id)
  if (task?.state === 'claimed' && actor.personId !== null && task.claimedBy !== actor.personId) throw refuse('claimed-by-other')
  const from = actor.post?.organisationId
  // Under an authorisation the work is the giver's, the centre's or the doer's own organisation's; never a third one's.
  const open = from === place.responsible ? [place.centre] : actor.onBehalf === null ? [] : [place.responsible, place.centre]
  if (task && task.role !== 'applicant' && from !== undefined && task.organisationId !== from && !open.includes(task.organisationId)) throw refuse('not-permitted', { act: place.actName })
  assertSeparate(net, step, tasks, actor)
}

/** Whether a step naming the act was passed already; true as well where the procedure has no such step. */
export function wasReached(net: Net, tasks: readonly Task[], act: string): boolean {
  const naming = [...net.steps.values()].filter((step) => step.extension.acts.includes(act))
  return naming.length === 0 || naming.some((step) => tasks.some((task) => task.step === step.id && task.state === 'done'))
}

/** Whoever did a step that this one must be separate from may not do this one (acceptance, review and decision apart). */
function assertSeparate(net: Net, step: Step, tasks: readonly Task[], actor: Actor): void {
  if (actor.personId === null) return
  for (const other of step.extension.separateFrom) {
    if (tasks.some((task) => task.step === other && task.state === 'done' && task.doneBy === actor.personId))
      throw refuse('separation-of-duties', { step: nameOf(net, other) })
  }
}

const nameOf = (net: Net, id: string): string | Bilingual => {
  const step = net.steps.get(id)
  return step ? { zh: step.name, en: step.nameEn } : id
}

export const liveTask = (tasks: readonly Task[], step: string): Task | undefined => tasks.find((task) => task.step === step && (task.state === 'open' || task.state === 'claimed'))

const stepNamed = (input: unknown): string | null =>
  typeof input === 'object' && input !== null && 'step' in input && typeof input.step === 'string' ? input.step : null
