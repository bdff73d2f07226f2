import type { CivilDay } from '../../base/civil-day.ts'
import type { Json } from '../../base/canonical-json.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Officer } from '../access/types.ts'
import type { Queryable } from '../db/database.ts'
import type { HeldPost } from '../org/types.ts'
import type { Net } from '../procedure/step.ts'
import { findActor } from './actor.ts'
import { refuse } from './errors.ts'
import { assertTakes, type StepPlace } from './steps.ts'
import type { ActSpec, Matter, Task } from './types.ts'

/** Who holds a claimed task. `away`: acts from no such post today, on leave or since B no longer stands in. */
export interface Claimer { readonly personId: string; readonly away: boolean }

/** The claimer of a task; null while it is open, or where there is no such task. */
export async function findClaimer(db: Queryable, taskId: string, today: CivilDay): Promise<Claimer | null> {
  const [row] = await db.prepared<{ claimed_by: string; role: string; organisation_id: string; posts: HeldPost[] }>('flow_find_claimer', `
    select t.claimed_by, t.role, t.organisation_id, org.held_posts(t.claimed_by, $2) as posts
      from flow.task t
     where t.id = $1
       and t.state = 'claimed'`, [taskId, today])
  return row ? { personId: row.claimed_by, away: !row.posts.some((post) => isPostOf(post, { role: row.role, organisationId: row.organisation_id })) } : null
}

const isPostOf = (post: HeldPost, task: Pick<Task, 'role' | 'organisationId'>): boolean => post.role === task.role && post.organisationId === task.organisationId

export interface TakingUp {
  readonly net: Net | null
  readonly matter: Matter
  readonly tasks: readonly Task[]
  readonly act: (name: string) => Pick<ActSpec<Json>, 'by' | 'name' | 'needsStep'>
  readonly place: StepPlace
  /** Organisations whose own legal duty an act on the matter is. */
  readonly dutyOf: (act: string) => readonly string[]
}

/**
 * Refuses whoever could not do the work: taken up, it is kept from everybody else. A task is taken up from the
 * post it lies with; a step of the procedure also by who may do what only that step is for.
 */
export function assertMayTakeUp(taskId: string, caller: Officer, { net, matter, tasks, act, place, dutyOf }: TakingUp): void {
  const task = tasks.find((one) => one.id === taskId)
  if (!task || caller.posts.some((post) => isPostOf(post, task))) return
  const step = net?.steps.get(task.step)
  // Whether another has taken it up already is the act's own question.
  const free = tasks.map((one): Task => (one === task ? { ...one, state: 'open', claimedBy: null } : one))
  const mayDo = (name: string): boolean => {
    const spec = act(name)
    // What may be done beside the step, such as telling an interested party, is not its work.
    if (!spec.needsStep) return false
    const actor = findActor(spec.by, caller, { organisationId: matter.organisationId, stepsOf: [task.organisationId], dutyOf: dutyOf(name), subject: matter.subject, partyIds: [], act: name, actName: spec.name })
    return actor !== null && takes(() => assertTakes(net!, step!, free, actor, place))
  }
  if (step === undefined || !step.extension.acts.some(mayDo)) throw refuse('not-permitted', { act: place.actName })
}

function takes(assert: () => void): boolean {
  try {
    assert()
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}
