import type { Net } from '../procedure/step.ts'
import type { NetState, Step } from '../procedure/types.ts'
import { refuse } from './errors.ts'
import type { Actor, Task } from './types.ts'

/**
 * The live step an act serves: it names the act, and its task is the doer's to take. With several (departments in parallel) the
 * one in the doer's own organisation, or the one the input names in `step`. Null where no live step names the act.
 */
export function findStep(net: Net, state: NetState, tasks: readonly Task[], act: string, actor: Actor, input: unknown): Step | null {
  const named = stepNamed(input)
  const live = net.liveSteps(state).map((id) => net.steps.get(id)!).filter((step) => step.extension.acts.includes(act) && (named === null || step.id === named))
  if (live.length === 0) return null
  const organisation = actor.post?.organisationId
  const mine = live.find((step) => liveTask(tasks, step.id)?.organisationId === organisation && liveTask(tasks, step.id)?.role === actor.post?.role)
    ?? live.find((step) => liveTask(tasks, step.id)?.organisationId === organisation) ?? live[0]!
  const task = liveTask(tasks, mine.id)
  if (task?.state === 'claimed' && actor.personId !== null && task.claimedBy !== actor.personId) throw refuse('claimed-by-other')
  assertSeparate(net, mine, tasks, actor)
  return mine
}

/** Whoever did a step that this one must be separate from may not do this one (acceptance, review and decision apart). */
function assertSeparate(net: Net, step: Step, tasks: readonly Task[], actor: Actor): void {
  if (actor.personId === null) return
  for (const other of step.extension.separateFrom) {
    if (tasks.some((task) => task.step === other && task.state === 'done' && task.doneBy === actor.personId))
      throw refuse('separation-of-duties', { step: net.steps.get(other)?.name ?? other })
  }
}

export const liveTask = (tasks: readonly Task[], step: string): Task | undefined => tasks.find((task) => task.step === step && (task.state === 'open' || task.state === 'claimed'))

const stepNamed = (input: unknown): string | null =>
  typeof input === 'object' && input !== null && 'step' in input && typeof input.step === 'string' ? input.step : null
