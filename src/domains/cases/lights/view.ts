import type { Officer } from '../../../kernel/access/types.ts'
import { permits } from '../../../kernel/access/permits.ts'
import { startClock } from '../../../kernel/clock/clock.ts'
import { lightOf } from '../../../kernel/clock/lights.ts'
import type { Light } from '../../../kernel/clock/types.ts'
import { dayAt, rfc3339, startOfDay, addDays } from '../../../base/civil-day.ts'
import type { Bilingual } from '../../../base/text.ts'
import type { Matter, Task } from '../../../kernel/flow/types.ts'
import type { House } from '../../../kernel/house.ts'
import { ROLES } from '../../../kernel/org/roles.ts'
import type { CaseData } from '../case.ts'
import { bearerOf, mayBear } from './acts.ts'
import type { LightAppealView, LightView, PostAtStep } from './contract.ts'
import { appealBy, borneLights, isBorne, type Bearer, type BorneLight, type FallenLight } from './light.ts'
import { LIGHT_JUDGE } from './rules.ts'

type Procedure = { readonly id: string; readonly version: number } | null
const EXTRA_STEPS: Readonly<Record<string, Bilingual>> = {
  serve: { zh: '送达决定', en: 'Serve the decision' }, serveNotice: { zh: '送达撤销前告知书', en: 'Serve the notice before an annulment' }, preReview: { zh: '预审', en: 'Pre-review' }, extension: { zh: '批准延长期限', en: 'Approve extension' },
}
const roleName = (role: string): Bilingual => ROLES.find((one) => one.code === role)?.name ?? { zh: role, en: role }

/** A post at a step in words. Two posts of one role in an organisation share its work, and so its lights. */
export function postWords(house: House, procedure: Procedure, { step, role, organisationId }: Omit<Bearer, 'task'>): Omit<PostAtStep, 'task'> {
  const drawn = procedure && house.procedures.get(procedure.id, procedure.version).net.steps.get(step)
  return { step, stepName: drawn ? { zh: drawn.name, en: drawn.nameEn } : EXTRA_STEPS[step] ?? { zh: step, en: step }, role, roleName: roleName(role), organisation: house.organisations.get(organisationId).name }
}

/** The lights of a case as an officer sees them, and what she may do about each. The act itself stays the judge. */
export function lightViews(house: House, { matter, tasks }: { readonly matter: Matter<CaseData>; readonly tasks: readonly Task[] }, fallen: readonly FallenLight[], reader: Officer, fileNames: ReadonlyMap<string, string> = new Map()): LightView[] {
  const appeals = matter.data.lightAppeals ?? []
  const lights = borneLights(fallen, appeals)
  const at = (on: Bearer): PostAtStep => ({ task: on.task, ...postWords(house, matter.procedure, on) })
  const today = house.time.today()
  return lights.map((light): LightView => {
    const until = appealBy(light.since, house.calendar())
    return {
      ...at(light.on), clock: light.clock, clockName: house.clockRule(light.rule).name, light: light.light, dueOn: light.dueOn, fellOn: light.since, state: light.state, movedHere: light.movedHere,
      appealBy: light.appeal ? null : until, mayAppeal: light.appeal === null && today <= until && holds(reader, light.on), appeal: appealView(light, lights, reader, tasks, at, fileNames),
    }
  })
}

const holds = ({ posts }: Officer, { role, organisationId }: Bearer): boolean => posts.some((post) => post.organisationId === organisationId && (post.role === role || post.role === 'chief'))

function appealView(light: BorneLight, lights: readonly BorneLight[], reader: Officer, tasks: readonly Task[], at: (on: Bearer) => PostAtStep, fileNames: ReadonlyMap<string, string>): LightAppealView | null {
  const { appeal } = light
  if (!appeal) return null
  const { decision } = appeal
  const did = tasks.some((task) => task.id === light.on.task && [task.claimedBy, task.doneBy].includes(reader.personId))
  const mayJudge = decision === null && permits(reader, 'cases.judgeLight', { scope: 'any' }) !== null && appeal.personId !== reader.personId && !holds(reader, light.on) && !did
  return {
    no: appeal.no, ground: appeal.ground, reason: appeal.reason, files: appeal.files.map((id) => ({ id, name: fileNames.get(id) ?? id })), on: appeal.appealedOn, judgeBy: appeal.judgeBy, post: appeal.postCode, mayJudge,
    targets: mayJudge ? tasks.filter((task) => mayBear(task) && !isBorne(lights, appeal, task.id)).map((task) => at(bearerOf(task))) : [],
    decision: decision && { on: decision.on, outcome: decision.outcome, reason: decision.reason, post: decision.postCode, to: decision.to ? at(decision.to) : null },
  }
}

/** The judging task's own limit: it runs on the task, not on the case. */
export function judgingLimit(house: House, task: Task): { readonly dueAt: string; readonly light: Light | null } {
  const clock = startClock(LIGHT_JUDGE, { on: dayAt(new Date(task.openedAt)) }, house.calendar())
  return { dueAt: rfc3339(startOfDay(addDays(task.dueOn!, 1))), light: lightOf(clock, LIGHT_JUDGE, house.time.now(), house.calendar()) }
}
