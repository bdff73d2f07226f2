import { maskId, maskName } from '../../base/identifiers.ts'
import { rfc3339 } from '../../base/civil-day.ts'
import type { Caller } from '../../kernel/access/types.ts'
import { permits } from '../../kernel/access/permits.ts'
import { groundName } from '../../kernel/clock/grounds.ts'
import { lightOf } from '../../kernel/clock/lights.ts'
import type { ClockState } from '../../kernel/clock/types.ts'
import { mayKnow } from '../../kernel/flow/actor.ts'
import { offeredActs } from '../../kernel/flow/offers.ts'
import type { PastAct } from '../../kernel/flow/queries.ts'
import type { Matter, Task } from '../../kernel/flow/types.ts'
import type { House } from '../../kernel/house.ts'
import type { Net } from '../../kernel/procedure/step.ts'
import type { NetState } from '../../kernel/procedure/types.ts'
import type { CaseData } from './case.ts'
import type { ActView, CaseStage, CaseView, ClockView, TaskView } from './contract.ts'
import { DEFERRED_RULE } from './deferred.ts'
import { isJudging, STEP_RULES, type FallenLight } from './lights/light.ts'
import { judgingLimit, lightViews } from './lights/view.ts'
import type { PaperEntry } from './queries.ts'
import { courseInShort } from './vertical/course.ts'

type Reader = Caller | { readonly kind: 'system' }
type Facts = { readonly matter: Matter<CaseData>; readonly clocks: readonly ClockState[]; readonly tasks: readonly Task[]; readonly history: readonly PastAct[]; readonly papers: readonly PaperEntry[]; readonly lights?: readonly FallenLight[]; readonly fileNames?: ReadonlyMap<string, string> }

/** `full` as for the case: what an officer wrote to the applicant about her case is nobody else's to read. */
export function clockView(house: House, clock: ClockState, full: boolean): ClockView {
  const rule = house.clockRule(clock.rule, clock.ruleVersion)
  return {
    id: clock.id, rule: clock.rule, name: rule.name, article: clock.article, dueOn: clock.dueOn, dueAt: clock.dueAt, light: lightOf(clock, rule, house.time.now(), house.calendar()),
    provisional: clock.provisional, suspended: clock.stoppedOn === null && clock.suspensions.some((pause) => pause.to === null), stopped: clock.stoppedOn !== null,
    startedOn: clock.startedOn, budget: clock.budget, unit: clock.unit,
    suspensions: clock.suspensions.map(({ from, to, ground, article }) => ({ from, to, ground, groundName: groundName(ground), article })), extensions: clock.extensions.map(({ on, amount, article, reason }) => ({ on, amount, article, reason: full ? reason : '' })),
  }
}

export function caseView(house: House, facts: Facts, reader: Reader): CaseView {
  const { matter, clocks, tasks } = facts
  const full = mayReadPersons(matter, reader, tasks)
  const inside = reader.kind === 'officer' && full
  const net = matter.procedure && house.procedures.get(matter.procedure.id, matter.procedure.version).net
  const lights = inside ? lightViews(house, facts, facts.lights ?? [], reader, facts.fileNames) : []
  const offered = reader.kind === 'officer' || reader.kind === 'applicant' ? offeredActs(house.flow.kind('case').acts, net, matter, tasks, reader, house.organisations.centreId(), { clocks, today: house.time.today() }, house.flow.kind('case').dutyOf) : []
  // Whose post a light fell on only the light says.
  const acts = offered.filter(({ act }) => (act !== 'appealLight' || lights.some((light) => light.mayAppeal)) && (act !== 'judgeLight' || lights.some((light) => light.appeal?.mayJudge)))
  const organisation = house.organisations.get(matter.organisationId)
  return {
    caseNo: matter.no, stage: matter.stage as CaseStage, revision: matter.revision,
    item: { code: matter.subject, name: matter.data.item.name }, organisation: { code: organisation.code, name: organisation.name },
    procedure: matter.procedure && { id: matter.procedure.id, version: matter.procedure.version, live: net!.liveSteps(matter.procedure.state) },
    waits: matter.procedure ? waitsOf(net!, matter.procedure.state, matter.data) : [],
    clocks: clocks.map((clock) => clockView(house, clock, full)),
    tasks: tasks.filter((task) => (task.state === 'open' || task.state === 'claimed') && (reader.kind === 'officer' || !isJudging(task.step))).map((task) => taskView(house, matter, task, clocks, reader, acts)),
    acts: acts.map((offer) => ({ act: offer.act, name: offer.name, step: offer.step, outcomes: [...offer.outcomes] })),
    history: facts.history.map((act) => actView(house, act, inside)),
    papers: full ? facts.papers.map(({ id, kind, name, no, madeAt }) => ({ id, kind, name, no, at: rfc3339(madeAt), url: `/api/v1/cases/${matter.no}/papers/${id}.pdf` })) : [],
    data: full ? (inside ? matter.data : withoutAppeals(matter.data)) : masked(matter.data), masked: !full, ...(inside && facts.lights ? { lights } : {}),
  }
}

/** A post's appeal against a light is not about her application. */
const withoutAppeals = ({ lightAppeals: _appeals, ...data }: CaseData): unknown => data

/** Timers that are live: the system passes them when their day is over. */
const waitsOf = (net: Net, state: NetState, data: CaseData): CaseView['waits'] => net.liveSteps(state).flatMap((id) => {
  const step = net.steps.get(id)!
  return step.kind === 'timer' ? [{ step: id, name: { zh: step.name, en: step.nameEn }, until: id === 'windowClose' ? (data.windowEndsOn ?? null) : null }] : []
})

export function taskView(house: House, matter: Matter<unknown>, task: Task, clocks: readonly ClockState[], reader: Reader, acts: readonly { readonly act: string; readonly step: string | null }[] = []): TaskView {
  // A step with a limit of its own is measured by that one, and nobody else by it; publishing is nobody's step, the promise of deferred materials the applicant's own.
  const own = STEP_RULES[task.step]
  const candidates = clocks.filter((clock) => clock.dueAt !== null && clock.stoppedOn === null).sort((a, b) => a.dueAt!.localeCompare(b.dueAt!))
  const running = candidates.find((clock) => clock.rule === own) ?? candidates.find((clock) => clock.rule !== 'LIC.PUBLISH' && clock.rule !== DEFERRED_RULE && !Object.values(STEP_RULES).includes(clock.rule))
  const step = matter.procedure && house.procedures.get(matter.procedure.id, matter.procedure.version).net.steps.get(task.step)
  return {
    id: task.id, caseNo: matter.no, step: task.step, stepName: step ? { zh: step.name, en: step.nameEn } : EXTRA_TASKS[isJudging(task.step) ? 'judgeLight' : task.step] ?? { zh: task.step, en: task.step },
    post: task.role, role: task.role, organisation: house.organisations.get(task.organisationId).name, ...(isJudging(task.step) ? judgingLimit(house, task) : {
      dueAt: running?.dueAt ?? null, light: running ? lightOf(running, house.clockRule(running.rule, running.ruleVersion), house.time.now(), house.calendar()) : null,
    }),
    // A light beside who took the work up would fall on a name: outside, work is a post's.
    state: task.state, claimedBy: reader.kind === 'officer' ? task.claimedBy : null, mine: reader.kind === 'officer' && task.claimedBy === reader.personId,
    acts: acts.filter((offer) => offer.step === task.step).map((offer) => offer.act),
  }
}

/** Tasks beside the procedure. */
const EXTRA_TASKS: Readonly<Record<string, { zh: string; en: string }>> = {
  serve: { zh: '送达决定', en: 'Serve the decision' }, serveOrder: { zh: '送达责令限期整改通知书', en: 'Serve the order to rectify' }, serveNotice: { zh: '送达撤销前告知书', en: 'Serve the notice before an annulment' }, annulment: { zh: '撤销（告知、听取申辩后）', en: 'Annulment, once told and heard' }, archive: { zh: '归档', en: 'File' },
  preReview: { zh: '预审', en: 'Pre-review' }, extension: { zh: '批准延长期限', en: 'Approve extension' }, telephone: { zh: '电话通知', en: 'Notify by telephone' }, judgeLight: { zh: '亮灯申诉决定', en: 'Judge an appeal against a light' },
}

function actView(house: House, act: PastAct, inside: boolean): ActView {
  const kind = house.flow.kind('case')
  const spec = kind.acts[act.act] ?? kind.opens[act.act]
  return {
    act: act.act, name: spec?.name ?? { zh: act.act, en: act.act }, at: rfc3339(act.at), post: act.post ?? act.actorKind, postName: act.postName ?? ACTORS[act.actorKind] ?? null,
    // Outside, acts stand under posts, not names; inside, whoever works on the case may know.
    person: inside ? (act.personName?.zh ?? null) : null, ground: act.ground, leafHash: act.leafHash, toStage: act.toStage, receiptId: act.entryId,
  }
}
const ACTORS: Readonly<Record<string, { zh: string; en: string }>> = {
  applicant: { zh: '申请人', en: 'Applicant' }, system: { zh: '系统', en: 'System' }, outsider: { zh: '外部', en: 'Outside' },
}

/** The parties; officers with the permission in the responsible organisation, entrusted by it, at the counter; and whose post a live step waits for. */
export function mayReadPersons(matter: Matter<unknown>, reader: Reader, tasks: readonly Task[]): boolean {
  if (reader.kind === 'applicant') return mayKnow(reader, matter)
  if (reader.kind !== 'officer') return false
  return permits(reader, 'cases.readAll', { scope: 'any' }) !== null
    || permits(reader, 'cases.read', { organisationId: matter.organisationId, itemCode: matter.subject, act: 'read', scope: 'responsible' }) !== null
    || permits(reader, 'cases.file', { scope: 'any' }) !== null
    || tasks.some((task) => (task.state === 'open' || task.state === 'claimed') && reader.posts.some((post) => post.permissions.includes('cases.read') && post.role === task.role && post.organisationId === task.organisationId))
}

/** What anybody may see: stages and days, no person (政府信息公开条例 第十五条). */
function masked(data: CaseData): unknown {
  const applicant = data.application?.applicant
  return {
    item: data.item, submittedOn: data.submittedOn, receivedOn: data.receivedOn, acceptedOn: data.acceptedOn, deemedAccepted: data.deemedAccepted,
    applicant: applicant && { kind: applicant.kind, name: applicant.kind === 'person' ? maskName(applicant.name) : applicant.name, idNumber: maskId(applicant.idNumber) },
    decision: data.decision && { outcome: data.decision.outcome, on: data.decision.on, documentNo: data.decision.documentNo }, annulment: data.annulment?.decided && { on: data.annulment.decided.on, documentNo: data.annulment.decided.documentNo }, delayReason: data.delayReason,
    ...(data.accepting ? { accepting: data.accepting } : {}), ...(data.windowEndsOn ? { windowEndsOn: data.windowEndsOn } : {}),
    supplements: data.supplements.map(({ askedOn, answeredOn, defects }) => ({ askedOn, answeredOn, defects: defects.length })),
    pauses: data.pauses.map(({ ground, article, from, to }) => ({ ground, article, from, to })),
    ...(data.vertical ? { vertical: courseInShort(data.vertical) } : {}),
  }
}
