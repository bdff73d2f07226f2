import { randomUUID } from 'node:crypto'
import { rfc3339, type CivilDay } from '../../base/civil-day.ts'
import type { Json } from '../../base/canonical-json.ts'
import type { Calendar } from '../calendar/types.ts'
import { initialState, step, type Net } from '../procedure/step.ts'
import type { NetState, ProcedureEvent, Step, StepResult } from '../procedure/types.ts'
import { refuse } from './errors.ts'
import { stepsNaming } from './steps.ts'
import type { Actor, ProcedureChange, Task, TaskChange } from './types.ts'

/** Steps nobody waits for: they are passed at once, conditions over the facts choosing the way. */
const AUTOMATIC: ReadonlySet<Step['kind']> = new Set(['service', 'businessRule', 'send'])

export interface Standing {
  readonly procedure: { readonly id: string; readonly version: number; readonly state: NetState } | null
  readonly tasks: readonly Task[]
  /** Steps waiting for an instant, opened by this act; closed ones carry null. */
  readonly timers: Readonly<Record<string, Date | null>>
}

export interface AdvanceContext {
  readonly net: (id: string, version: number) => Net
  readonly organisation: (reference: string, step: string) => string
  readonly actor: Actor
  readonly act: string
  readonly now: Date
  readonly today: CivilDay
  readonly calendar: Calendar
  /** The live step this act serves, found before the rule was asked. */
  readonly atStep: string | null
  /** Tasks that do not fall with everything else when the matter ends. */
  readonly outlives: (step: string) => boolean
}

/** Moves the procedure and the tasks with it. Pure but for the ids of new tasks. */
export function advance(standing: Standing, changes: readonly ProcedureChange[], tasks: readonly TaskChange[], context: AdvanceContext): Standing {
  let next = standing
  for (const change of changes) next = applyProcedure(next, change, context)
  for (const change of tasks) next = applyTask(next, change, context)
  return next
}

function applyProcedure(standing: Standing, change: ProcedureChange, context: AdvanceContext): Standing {
  if (change.do === 'start') {
    const procedure = { id: change.id, version: change.version, state: initialState() }
    return drive({ ...standing, procedure }, { kind: 'start' }, change.facts, null, context)
  }
  if (change.do === 'abandon') return abandon(standing, context)
  if (change.do === 'timer') return drive(standing, { kind: 'timer', at: change.step }, change.facts ?? {}, change.step, context)
  const at = change.do === 'finishStepIfLive' && change.named !== undefined ? stepOf(change.named, standing, context) : context.atStep
  if (standing.procedure === null || at === null) {
    if (change.do === 'finishStepIfLive') return standing
    throw refuse('not-this-step', { act: context.act })
  }
  return drive(standing, { kind: 'complete', at, ...(change.outcome === undefined ? {} : { outcome: change.outcome }) }, change.facts ?? {}, at, context)
}

/** The live step that names an act; null where none does. */
function stepOf(act: string, { procedure }: Standing, context: AdvanceContext): string | null {
  return procedure && (stepsNaming(context.net(procedure.id, procedure.version), procedure.state, act)[0]?.id ?? null)
}

/** One event, then every automatic step it leads into. */
function drive(standing: Standing, event: ProcedureEvent, facts: Json, doneStep: string | null, context: AdvanceContext): Standing {
  const { id, version } = standing.procedure!
  const net = context.net(id, version)
  const queue: ProcedureEvent[] = [event]
  let next = standing
  let finished = doneStep
  while (queue.length > 0) {
    const result = step(net, next.procedure!.state, queue.shift()!, facts as never)
    if ('impossible' in result) throw refuse('impossible-outcome', { outcome: event.kind === 'complete' ? (event.outcome ?? '—') : event.kind, choices: result.choices.join(' · ') || '—' })
    next = settle(next, result, finished, net, facts, context)
    finished = null
    for (const opened of result.opened) if (AUTOMATIC.has(net.steps.get(opened)!.kind)) queue.push({ kind: 'complete', at: opened })
  }
  return next
}

function settle(standing: Standing, result: StepResult, doneStep: string | null, net: Net, facts: Json, context: AdvanceContext): Standing {
  let tasks = standing.tasks
  const timers: Record<string, Date | null> = { ...standing.timers }
  for (const closed of result.closed) {
    tasks = closeTask(tasks, closed, closed === doneStep ? 'done' : 'cancelled', context)
    if (net.steps.get(closed)?.kind === 'timer') timers[closed] = null
  }
  for (const opened of result.opened) {
    const definition = net.steps.get(opened)
    if (!definition || AUTOMATIC.has(definition.kind)) continue
    if (definition.kind === 'timer') timers[opened] = net.timerDue(opened, context.now, context.calendar, facts)
    // A message on an activity's edge is nobody's work: it comes, or the activity ends.
    else if (!definition.attachedTo) tasks = [...tasks, openTask(definition.id, definition.extension.post ?? (definition.extension.applicantWait ? 'applicant' : 'reviewer'),
      context.organisation(definition.extension.organisation ?? 'responsible', definition.id), definition.extension.workingDays, context)]
  }
  return { procedure: { ...standing.procedure!, state: result.state }, tasks, timers }
}

function applyTask(standing: Standing, change: TaskChange, context: AdvanceContext): Standing {
  if (change.do === 'open') return { ...standing, tasks: [...standing.tasks, openTask(change.step, change.role, change.organisationId, change.workingDays, context)] }
  if (change.do === 'close') return { ...standing, tasks: closeTask(standing.tasks, change.step, 'done', context) }
  const task = standing.tasks.find((one) => one.id === change.taskId && (one.state === 'open' || one.state === 'claimed'))
  if (!task) throw refuse('no-such-task')
  const takenOver = change.do === 'claim' && change.insteadOf !== undefined && change.insteadOf === task.claimedBy
  if (task.state === 'claimed' && task.claimedBy !== context.actor.personId && !takenOver) throw refuse('claimed-by-other')
  const next: Task = change.do === 'claim' ? { ...task, state: 'claimed', claimedBy: context.actor.personId } : { ...task, state: 'open', claimedBy: null }
  return { ...standing, tasks: standing.tasks.map((one) => (one.id === task.id ? next : one)) }
}

function openTask(step: string, role: string, organisationId: string, workingDays: number | undefined, context: AdvanceContext): Task {
  return {
    id: randomUUID(), step, role, organisationId, state: 'open', claimedBy: null, openedAt: rfc3339(context.now),
    dueOn: workingDays === undefined ? null : context.calendar.addWorkingDays(context.today, workingDays).day, closedAt: null, doneBy: null,
  }
}

function closeTask(tasks: readonly Task[], step: string, state: 'done' | 'cancelled', context: AdvanceContext): readonly Task[] {
  const open = tasks.find((task) => task.step === step && (task.state === 'open' || task.state === 'claimed'))
  if (!open) return tasks
  return tasks.map((task) => (task.id === open.id ? { ...task, state, closedAt: rfc3339(context.now), doneBy: state === 'done' ? (context.actor.personId ?? context.actor.partyId) : null } : task))
}

function abandon(standing: Standing, context: AdvanceContext): Standing {
  const tasks = standing.tasks.map((task) => ((task.state === 'open' || task.state === 'claimed') && !context.outlives(task.step) ? { ...task, state: 'cancelled' as const, closedAt: rfc3339(context.now) } : task))
  const net = standing.procedure && context.net(standing.procedure.id, standing.procedure.version)
  // What was armed by an earlier act stands in its own row and must fall as well.
  const armed = net ? net.liveSteps(standing.procedure!.state).filter((id) => net.steps.get(id)?.kind === 'timer') : []
  const timers = Object.fromEntries([...Object.keys(standing.timers), ...armed].map((step) => [step, null]))
  const procedure = standing.procedure && { ...standing.procedure, state: { ...standing.procedure.state, tokens: [], joins: {}, finished: true } }
  return { procedure, tasks, timers }
}
