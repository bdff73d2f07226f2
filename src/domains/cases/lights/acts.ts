import type { Queryable } from '../../../kernel/db/database.ts'
import type { LegalGround, RowChange, RuleContext, Task } from '../../../kernel/flow/types.ts'
import { refuse as refuseFlow } from '../../../kernel/flow/errors.ts'
import { liveTask } from '../../../kernel/flow/steps.ts'
import { owe } from '../../../kernel/notify/owe.ts'
import { readFiles, useFiles, type CaseAct } from '../acts/common.ts'
import type { CaseData } from '../case.ts'
import { CASE_STAGES, type CaseStage } from '../contract.ts'
import type { IntakeFacts } from '../parts.ts'
import { LIGHT_ACT_INPUTS, LIGHT_OUTCOME_NAMES } from './contract.ts'
import { refuse } from './errors.ts'
import { appealBy, borneLights, isBorne, isJudging, judgingStep, LIGHT_EVIDENCE, UNMEASURED_STEPS, type Bearer, type LightAppeal } from './light.ts'
import { LIGHT_JUDGE } from './rules.ts'
import { appealRow, readLightFacts, type Holding, type LightFacts } from './store.ts'

const ground = (code: string, zh: string, en: string): LegalGround => ({ code, article: '中办发〔2011〕22号 第二十条（电子监察）', name: { zh, en } })
const APPEALED = ground('LIGHT.APPEAL', '亮灯申诉', 'Appeal against a light')
const JUDGED = ground('LIGHT.JUDGE', '亮灯申诉决定', 'Decision on an appeal against a light')

/**
 * From filing on, and as long as the period runs also when the case is served, ended or closed: a black light often falls a day before
 * the file is sealed, and quick closing must not cost a post its appeal. The sealed file stays as it is all the same (国务院关于在线政务服务的若干规定
 * 第十二条): these acts change no paper, no volume and no day; they stand in the log after it, as a supplement volume does, and their
 * evidence is the supervision's and never part of the applicant's file.
 */
const FROM: readonly CaseStage[] = CASE_STAGES.filter((stage) => stage !== 'draft')

type Facts = LightFacts & IntakeFacts
const appealsOf = (data: CaseData): readonly LightAppeal[] => data.lightAppeals ?? []
const isOf = (on: Bearer) => (one: Pick<Holding, 'organisationId' | 'role'>): boolean => one.organisationId === on.organisationId && one.role === on.role
const peopleOf = (holders: readonly Holding[], on: Bearer): readonly string[] => holders.filter(isOf(on)).map(({ personId }) => personId)
const chiefsOf = (holders: readonly Holding[], on: Bearer): readonly string[] => holders.filter((one) => one.organisationId === on.organisationId && one.role === 'chief').map(({ personId }) => personId)
export const bearerOf = ({ id, step, role, organisationId }: Task): Bearer => ({ task: id, step, role, organisationId })
/** Steps of a case that a light may be moved to: work of a post of ours that a limit waits for. */
export const mayBear = (task: Task): boolean => task.role !== 'applicant' && !UNMEASURED_STEPS.includes(task.step) && !isJudging(task.step)

/** 亮灯申诉 and its decision (practice 24). The clock is never touched: the due day stays what law says, and only whom its light counts against changes. */
export const lightActs = () => ({
  appealLight: {
    // Any officer may ask; whether it fell on her post the rule says, for it may lie in another organisation than the case.
    name: { zh: '亮灯申诉', en: 'Appeal against a light' }, input: LIGHT_ACT_INPUTS.appealLight, from: FROM, by: [{ officer: 'cases.read', scope: 'any' }],
    read: async (db: Queryable, matter, input, { today }): Promise<Facts> => {
      const [facts, files] = await Promise.all([readLightFacts(db, matter!.id, today), readFiles(db, input.files)])
      return { ...facts, files, barredUntil: null }
    },
    decide: (matter, input, context) => {
      const { fallen, holders, judges } = context.facts as Facts
      const appeals = appealsOf(matter.data)
      const light = borneLights(fallen, appeals).find((one) => one.clock === input.clock && one.light === input.light && one.on.task === input.task)
      if (!light) throw refuse('not-fallen')
      if (![...peopleOf(holders, light.on), ...chiefsOf(holders, light.on)].includes(context.actor.personId!)) throw refuse('not-yours')
      if (light.appeal) throw refuse('appealed-already', { day: light.appeal.appealedOn })
      const until = appealBy(light.since, context.calendar)
      if (context.today > until) throw refuse('too-late', { day: until })
      const judge = judges.find((one) => !isOf(light.on)(one))
      if (!judge) throw refuse('no-judge')
      const appeal: LightAppeal = {
        no: appeals.length + 1, clock: light.clock, rule: light.rule, light: light.light, dueOn: light.dueOn, fellOn: light.fellOn, against: light.on, ground: input.ground, reason: input.reason, files: input.files, appealedOn: context.today,
        judgeBy: context.calendar.addWorkingDays(context.today, LIGHT_JUDGE.amount).day, postCode: context.actor.post!.code, personId: context.actor.personId!, decision: null,
      }
      return {
        ground: APPEALED, public: { appeal: appeal.no, clock: light.clock, light: light.light, step: light.on.step, why: input.ground }, data: { ...matter.data, lightAppeals: [...appeals, appeal] },
        tasks: [{ do: 'open', step: judgingStep(appeal.no), role: judge.role, organisationId: judge.organisationId, workingDays: LIGHT_JUDGE.amount }],
        rows: [appealRow(matter.id, appeal), ...useFiles(input.files, context, matter.id, LIGHT_EVIDENCE)],
      }
    },
  } satisfies CaseAct<'appealLight'>,

  judgeLight: {
    name: { zh: '亮灯申诉决定', en: 'Judge an appeal against a light' }, input: LIGHT_ACT_INPUTS.judgeLight, from: FROM, by: [{ officer: 'cases.judgeLight', scope: 'any' }],
    read: async (db: Queryable, matter, _input, { today }): Promise<Facts> => ({ ...await readLightFacts(db, matter!.id, today), files: new Map(), barredUntil: null }),
    decide: (matter, input, context) => {
      const { fallen, holders, clockNames } = context.facts as Facts
      const appeals = appealsOf(matter.data)
      const appeal = appeals.find((one) => one.no === input.appeal)
      if (!appeal) throw refuse('no-such-appeal', { no: input.appeal })
      if (appeal.decision) throw refuse('judged-already', { day: appeal.decision.on })
      const task = liveTask(context.tasks, judgingStep(appeal.no))
      if (task?.state === 'claimed' && task.claimedBy !== context.actor.personId) throw refuseFlow('claimed-by-other')
      const to = targetOf(appeal, input.toTask, context, fallen, appeals)
      const doers = [appeal.against, ...(to ? [to] : [])]
      if (isParty(context, appeal, doers.flatMap((one) => [...peopleOf(holders, one), ...chiefsOf(holders, one)]), doers)) throw refuse('judge-is-party')
      const judged: LightAppeal = { ...appeal, decision: { on: context.today, outcome: input.outcome, reason: input.reason, ...(to ? { to } : {}), postCode: context.actor.post!.code, personId: context.actor.personId! } }
      const told = new Set([appeal.personId, ...peopleOf(holders, appeal.against)])
      const newly = to ? new Set(peopleOf(holders, to).filter((person) => !told.has(person))) : []
      const message = { key: context.entryId, matter: { id: matter.id, no: matter.no }, at: context.now }
      const slots = { item: matter.data.item.name, rule: clockNames[appeal.clock], by: appeal.dueOn, reason: input.reason }
      return {
        ground: JUDGED, public: { appeal: appeal.no, clock: appeal.clock, light: appeal.light, outcome: input.outcome, ...(to ? { to: to.step } : {}) },
        data: { ...matter.data, lightAppeals: appeals.map((one) => (one === appeal ? judged : one)) }, tasks: [{ do: 'close', step: judgingStep(appeal.no) }],
        rows: [
          appealRow(matter.id, judged),
          // Told by post: each of its holders, in the message centre.
          ...[...told].flatMap((personId) => owe({ ...message, to: { personId }, template: 'lightJudged', slots: { ...slots, outcome: LIGHT_OUTCOME_NAMES[input.outcome] } as never }) as RowChange[]),
          ...[...newly].flatMap((personId) => owe({ ...message, to: { personId }, template: 'lightMoved', slots: { ...slots, until: appealBy(context.today, context.calendar) } as never }) as RowChange[]),
        ],
      }
    },
  } satisfies CaseAct<'judgeLight'>,
})

/** The step a light is moved to: another one of this case that has not borne it. */
function targetOf(appeal: LightAppeal, toTask: string | undefined, context: RuleContext, fallen: LightFacts['fallen'], appeals: readonly LightAppeal[]): Bearer | null {
  if (toTask === undefined) return null
  const task = context.tasks.find((one) => one.id === toTask)
  if (!task || !mayBear(task) || isBorne(borneLights(fallen, appeals), appeal, toTask)) throw refuse('not-a-target')
  return bearerOf(task)
}

/** Nobody judges what touches her own post: who appealed, who holds a post concerned, who took up or did the step. */
function isParty({ actor, tasks }: RuleContext, appeal: LightAppeal, people: readonly string[], steps: readonly Bearer[]): boolean {
  const doers = tasks.filter((task) => steps.some((one) => one.task === task.id)).flatMap((task) => [task.claimedBy, task.doneBy])
  return [appeal.personId, ...people, ...doers].includes(actor.personId)
}
