import { addDays, dayAt, startOfDay, type CivilDay } from '../../base/civil-day.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Applicant, Officer } from '../../kernel/access/types.ts'
import type { ActAnswer, Task } from '../../kernel/flow/types.ts'
import type { House } from '../../kernel/house.ts'
import type { CaseData } from '../../domains/cases/case.ts'
import { withholdsResult } from '../../domains/cases/deferred.ts'
import { extendedByGovernment } from '../../domains/cases/limits.ts'
import type { ApplicationInput } from '../../domains/cases/contract.ts'
import type { Item } from '../../domains/catalog/contract.ts'
import { announceUntil } from './announce.ts'
import { playAfterCheck, type AfterCheckPlay } from './play-after-check.ts'
import { playAnswer } from './play-vertical.ts'
import type { Random } from './random.ts'

/** How a case goes; everything else follows the item's procedure. */
export interface Scenario {
  readonly supplement: boolean
  readonly refuseAcceptance: boolean
  readonly deny: boolean
  readonly withdraw: boolean
  readonly terminate: boolean
  readonly clarify: boolean
  readonly pause: boolean
  readonly extend: boolean
  /** Working days it lies untouched before the review: some cases are late, and say why. */
  readonly stuckDays: number
  readonly quick: boolean
  /** Materials promised for later: handed in on the way, or still open when the simulation ends. */
  readonly deferred?: 'supplied' | 'open' | undefined
  /** What the check after a commitment finds and what comes of it; without it, all is as promised. */
  readonly afterCheck?: AfterCheckPlay | undefined
}

export interface Play {
  readonly house: House
  readonly item: Item
  readonly application: ApplicationInput
  readonly filedBy: Applicant | Officer
  readonly officers: readonly Officer[]
  readonly scenario: Scenario
  readonly random: Random
  /** When it was filed, and the instant at which the simulation ends. */
  readonly from: Date
  readonly until: Date
}

const ACT_OF: Readonly<Record<string, string>> = { review: 'review', verify: 'verify', survey: 'survey', coReview: 'coReview', expertReview: 'expertReview', publicNotice: 'publicNotice', testing: 'review' }
const AFTER_CHECK: readonly string[] = ['commitmentCheck', 'rectificationCheck', 'annulment', 'serveNotice', 'serveOrder']
const OPINIONS = ['材料齐全，符合法定形式，建议准予。', '经审查，符合法定条件和标准。', '现场与申报一致，符合要求。', '情况属实，同意上报。']

/**
 * Takes one case through its acts in simulated time until it ends or the present is reached. Every act goes through `perform` like
 * any other, under a post that may do it; nothing is written beside it.
 */
export async function playCase(play: Play): Promise<number> {
  const { house, application, filedBy, from } = play
  let acts = 1
  let at = from
  let answer = await house.flow.open('case', { caller: filedBy, act: 'submit', input: application, channel: application.channel, at })
  let clarified = false, paused = false, extended = false, stuck = false
  const data = (): CaseData => answer.matter.data as unknown as CaseData

  /** The next working hour at least so long after now; null past the end of the simulation. */
  const later = (days: number): Date | null => {
    const instant = workingInstant(play, at, days)
    return instant > play.until ? null : instant
  }
  const act = async (who: Officer | Applicant, name: string, input: object, days: number): Promise<boolean> => {
    const instant = later(days)
    if (!instant) return false
    await announceUntil(house, answer, instant)
    answer = await house.flow.perform(answer.matter.no, answer.matter.revision, { caller: who, act: name, input, channel: 'counter', at: instant })
    at = instant
    acts += 1
    return true
  }

  /** A licence granted before this day is made public by the system, as the daily sweep does it. */
  const published = async (): Promise<void> => {
    const due = answer.clocks.some((clock) => clock.rule === 'LIC.PUBLISH' && clock.stoppedOn === null && clock.startedOn < dayAt(at))
    const instant = new Date(at.getTime() + 1000)
    if (!due || instant > play.until) return
    answer = await house.flow.perform(answer.matter.no, null, { caller: { kind: 'system' }, act: 'publishResult', input: {}, channel: 'system', at: instant })
    at = instant
    acts += 1
  }

  /** The window the case waits for has closed within the simulated time: the system passes it on, in the first minutes of the day after. */
  const windowClosed = async (): Promise<boolean> => {
    const { procedure } = answer.matter
    const { windowEndsOn } = data()
    if (!windowEndsOn || !procedure || !house.procedures.get(procedure.id, procedure.version).net.liveSteps(procedure.state).includes('windowClose')) return false
    const instant = new Date(Math.max(at.getTime() + 30_000, startOfDay(addDays(windowEndsOn, 1)).getTime() + 30_000))
    if (instant > play.until) return false
    answer = await house.flow.perform(answer.matter.no, null, { caller: { kind: 'system' }, act: 'timerElapsed', input: { step: 'windowClose' }, channel: 'system', at: instant })
    at = instant
    acts += 1
    return true
  }

  /** Of a closed file: deceit that comes to light afterwards. */
  const comesToLight = (): Promise<boolean> => {
    if (play.scenario.afterCheck !== 'annulledLater' || answer.matter.stage !== 'closed' || data().annulment) return Promise.resolve(false)
    return playAfterCheck({ how: 'annulledLater', step: 'annulment', data, officer: (role) => officerFor(play, answer, { role }), filedBy, act, later })
  }

  /** What the vertically led system answers, imported on the day of its last word; false where that day has not come. */
  const heard = async (clerk: Officer, said: readonly (readonly [days: number, Parameters<typeof playAnswer>[3][number]])[]): Promise<boolean> => {
    const answers = []
    for (const [days, one] of said) {
      const instant = later(days)
      if (!instant) break
      at = instant
      answers.push({ ...one, on: dayAt(instant) })
    }
    if (answers.length === 0) return false
    answer = await playAnswer(play, clerk, answer, answers, at)
    acts += answers.length
    return answers.length === said.length
  }

  for (let turn = 0; turn < 40; turn += 1) {
    const live = answer.tasks.filter((one) => (one.state === 'open' || one.state === 'claimed') && one.step !== 'extension' && one.step !== 'telephone')
    // What must come before the file is closed comes first; a notice is brought before what waits for it.
    const task = live.find((one) => one.step === 'serveNotice' || one.step === 'serveOrder') ?? live.find((one) => one.step !== 'archive') ?? live[0]
    if (!task) {
      if (!(await windowClosed()) && !(await comesToLight())) return acts
      continue
    }
    const pace = play.scenario.quick ? 0 : play.random.int(0, 2)
    if (task.step === 'acceptance') {
      const clerk = officerFor(play, answer, task)
      if (!clerk) return acts
      if (play.scenario.refuseAcceptance) {
        await act(clerk, 'refuseAcceptance', { ground: 'notCompetent', reasons: '申请事项属于市级部门职权范围。', competentBody: '北京市相关委办局' }, pace)
        return acts
      }
      if (play.scenario.supplement && play.item.deeming !== 'DEEM.REALTY_ACCEPTED' && data().supplements.length === 0) {
        const material = play.item.materials.find((one) => one.demanded)
        if (!material || !(await act(clerk, 'requestSupplement', { defects: [{ materialId: material.id, what: `${material.name.zh}缺少签字盖章` }] }, Math.min(pace, 1)))) return acts
      } else if (!(await act(clerk, 'accept', {}, pace))) return acts
      if (play.scenario.deferred === 'supplied' && answer.matter.stage === 'accepted' && data().deferred?.suppliedOn === null) {
        const materials = data().deferred!.materials.map((materialId) => ({ materialId, fileId: application.materials[0]!.fileId, form: 'electronic', copies: 1 }))
        if (!(await act(filedBy, 'supplyDeferred', { materials }, 2))) return acts
      }
      if (answer.matter.stage === 'accepted' && play.item.verticalSystem?.leadership === 'dual' && play.random.chance(0.6) && !(await act(clerk, 'handToVertical', {}, 1))) return acts
    } else if (task.step === 'supplement') {
      const round = data().supplements.at(-1)!
      const materials = data().materials.filter((one) => round.defects.some((defect) => defect.materialId === one.materialId)).map(({ on: _on, version: _version, ...material }) => material)
      if (play.random.chance(0.25) || !(await act(filedBy, 'supplement', { materials }, play.random.int(1, 4)))) return acts
    } else if (task.step === 'decision') {
      // Whoever decides waits for what was promised where the guide would refuse without it.
      if (data().deferred?.suppliedOn === null && data().deferred!.onMissed === 'refused') return acts
      if (play.scenario.withdraw) {
        await act(filedBy, 'withdraw', { reason: '经营计划有变' }, pace)
        return acts
      }
      const reviewer = officerFor(play, answer, { role: 'reviewer' })
      if (play.item.affectsThirdParties && data().interestedParties.length === 0 && reviewer) {
        if (!(await act(reviewer, 'tellInterestedParty', { name: '演示路社区居民代表', interest: '相邻权益' }, 0))) return acts
        if (!(await act(reviewer, 'hearInterestedParty', { party: 0, statement: '无异议。' }, 2))) return acts
      }
      const decider = officerFor(play, answer, task)
      // A chief representative's authorisation covers decisions; ending a case without one is the head's.
      const head = officerFor(play, answer, { role: 'head' })
      if (head && play.scenario.terminate) {
        await act(head, 'terminate', { ground: 'organisationEnded', reasons: '申请单位已经注销，申请没有了办理对象。' }, pace)
        return acts
      }
      if (!decider || !(await act(decider, 'decide', play.scenario.deny ? { outcome: 'refuse', reasons: '经核查，场所条件不符合法定标准，且限期内无法整改。' } : { outcome: 'grant', content: play.item.result?.name.zh ?? play.item.name.zh }, pace))) return acts
    } else if (task.step === 'payment') {
      const cashier = officerFor(play, answer, task)
      if (!cashier) return acts
      if (!data().payment && !(await act(cashier, 'requestPayment', {}, 0))) return acts
      if (data().payment!.paidOn === null && !(await act(cashier, 'confirmPayment', { receiptNo: `演示${play.random.int(100_000, 999_999)}`, amountFen: data().payment!.totalFen }, 1))) return acts
    } else if (task.step === 'verticalHandOver') {
      const clerk = officerFor(play, answer, task)
      // Some wait at the counter for the day's batch.
      if (!clerk || play.random.chance(0.2) || !(await act(clerk, 'handToVertical', {}, pace))) return acts
    } else if (task.step === 'verticalDecision') {
      const clerk = officerFor(play, answer, task)
      const externalNo = `YS-${answer.matter.no.slice(-6)}`
      const received = { status: 'received' as const, on: '', externalNo }
      if (!clerk || play.random.chance(0.1)) return acts
      if (play.random.chance(0.15)) { await heard(clerk, [[1, received], [1, { status: 'inReview', on: '', externalNo }]]); return acts }
      if (play.random.chance(0.1)) { await heard(clerk, [[1, received], [1, { status: 'returned', on: '', externalNo, reasons: '经营场所照片看不清，请重新上传后再转。' }]]); return acts }
      const documentNo = `演示决字〔${dayAt(at).slice(0, 4)}〕第${play.random.int(1000, 9999)}号`
      const decided = play.scenario.deny ? { status: 'decided-refused' as const, on: '', externalNo, documentNo, reasons: '经核查，不符合法定条件和标准。' } : { status: 'decided-granted' as const, on: '', externalNo, documentNo }
      if (!(await heard(clerk, [[1, received], [play.scenario.quick ? 0 : 1, { status: 'inReview', on: '', externalNo }], [play.random.int(0, 3), decided]]))) return acts
    } else if (task.step === 'issuance' && data().vertical && !data().certificate && play.random.chance(0.7)) {
      const clerk = officerFor(play, answer, { role: 'clerk' })
      if (!clerk || !(await heard(clerk, [[1, { status: 'certificateIssued', on: '', certificateNo: `演示证字第${play.random.int(100_000, 999_999)}号` }]]))) return acts
      // Made here, the number is taken over; made there, the certificate is.
      if (!data().certificate && !(await act(officerFor(play, answer, task)!, 'issue', {}, 0))) return acts
      await published()
    } else if (task.step === 'issuance') {
      if (withholdsResult(data().deferred)) return acts
      const keeper = officerFor(play, answer, task)
      if (!keeper || !(await act(keeper, 'issue', {}, 1))) return acts
      await published()
    } else if (task.step === 'delivery') {
      const dispatcher = officerFor(play, answer, task)
      const input = data().application!.service.mode === 'electronic' ? { mode: 'electronic' } : play.random.chance(0.3) ? { mode: 'locker', lockerBox: `A${play.random.int(1, 40)}` } : { mode: 'counter', collectedBy: data().application!.applicant.name }
      if (!dispatcher || !(await act(dispatcher, 'deliver', input, play.random.int(0, 2)))) return acts
    } else if (task.step === 'serve') {
      const dispatcher = officerFor(play, answer, task)
      if (data().delivery?.mode === 'locker' && data().delivery!.collectedOn === null) {
        if (play.random.chance(0.4) || !(await act(dispatcher!, 'collect', { code: data().delivery!.code!, signedBy: data().application!.applicant.name }, 1))) return acts
        continue
      }
      const paper = answer.matter.stage === 'annulled' ? 'annulment' : data().decision?.outcome === 'grant' ? 'grant' : 'denial'
      const on = later(1)
      if (!dispatcher || !on || !(await act(dispatcher, 'serve', { paper, mode: 'direct', on: dayAt(on), recipient: data().application!.applicant.name, proof: { text: '当面签收' } }, 1))) return acts
    } else if (task.step === 'archive') {
      const archivist = officerFor(play, answer, task)
      const filing = data().volume ? { name: 'addVolume', input: { reason: '归档后撤销，文书和行为增补' } } : { name: 'close', input: {} }
      if (!archivist || !(await act(archivist, filing.name, filing.input, play.random.int(1, 4)))) return acts
    } else if (AFTER_CHECK.includes(task.step)) {
      const officer = (role: string): Officer | undefined => officerFor(play, answer, role === task.role ? task : role === 'dispatcher' ? { role, organisationId: house.organisations.centreId()! } : { role })
      if (!(await playAfterCheck({ how: play.scenario.afterCheck ?? 'conforms', step: task.step, data, officer, filedBy, act, later }))) return acts
    } else {
      const name = ACT_OF[task.step]
      const officer = officerFor(play, answer, task)
      if (!name || !officer) return acts
      const reviewer = officerFor(play, answer, { role: 'reviewer' })
      if (play.scenario.clarify && !clarified && answer.matter.stage === 'accepted' && reviewer) {
        clarified = true
        if (!(await act(reviewer, 'askClarification', { question: '请说明经营场所的具体用途。' }, 0)) || !(await act(filedBy, 'clarify', { answer: '用于日常经营，与申请一致。' }, 1))) return acts
      }
      const special = play.item.specialProcedures.find((one) => one.ground !== null && PLAYED_PAUSES.has(one.ground))
      if (play.scenario.pause && !paused && special && reviewer && answer.matter.stage === 'accepted') {
        paused = true
        if (!(await act(reviewer, 'suspend', { ground: special.ground, workingDaysNeeded: 10, requiredBy: special.article }, 1))) return acts
        if (!(await act(reviewer, 'resume', { result: '特别程序已完成，意见附卷。' }, play.random.int(3, 12)))) return acts
      }
      const extension = play.item.specialProcedures.find((one) => one.extension !== null)?.extension
      if (play.scenario.extend && !extended && extension && answer.matter.stage === 'accepted' && reviewer) {
        extended = true
        const joint = extendedByGovernment(play.item)
        const approver = joint ? play.officers.find((one) => one.posts.some((post) => post.role === 'leader')) : officerFor(play, answer, { role: 'head' })
        if (!approver || !(await act(reviewer, 'requestExtension', { reason: '需核实的情况较复杂' }, 1)) || !(await act(approver, joint ? 'extendJoint' : 'extend', { reason: '需核实的情况较复杂', workingDays: Math.min(10, extension.amount) }, 0))) return acts
      }
      if (play.scenario.stuckDays > 0 && !stuck) {
        stuck = true
        const moment = later(play.scenario.stuckDays)
        if (!moment) return acts
        at = moment
        const late = answer.clocks.some((clock) => clock.rule === 'SVC.PROMISE' && clock.dueOn !== null && clock.dueOn < dayAt(at))
        if (late && reviewer && play.random.chance(0.6) && !(await act(reviewer, 'explainDelay', { reason: '系统切换期间人手不足，已增派人员。' }, 0))) return acts
      }
      const second = name === 'survey' || name === 'verify' ? play.officers.find((one) => one.personId !== officer.personId && one.posts.some((post) => post.organisationId === answer.matter.organisationId)) : undefined
      if (!(await act(officer, name, { step: task.step, opinion: play.random.pick(OPINIONS), ...(second ? { secondOfficer: second.personId } : {}) }, Math.max(pace, name === 'publicNotice' ? 5 : 0)))) return acts
    }
  }
  return acts
}

const PLAYED_PAUSES: ReadonlySet<string> = new Set(['hearing', 'tender', 'auction', 'inspection', 'testing', 'quarantine', 'technicalIdentification', 'expertReview'])

/** Somebody whose post may take the task up and who did none of the steps it must be separate from. */
function officerFor({ officers, house }: Play, { matter, tasks }: ActAnswer, task: { readonly role: string; readonly organisationId?: string } | Task): Officer | undefined {
  const organisationId = task.organisationId ?? (task.role === 'clerk' ? house.organisations.centreId() : matter.organisationId)
  const net = matter.procedure && house.procedures.get(matter.procedure.id, matter.procedure.version).net
  const separate = 'step' in task ? (net?.steps.get(task.step)?.extension.separateFrom ?? []) : ['acceptance']
  const doers = new Set([...tasks.filter((one) => separate.includes(one.step)).map((one) => one.doneBy), ...('step' in task && task.step === 'decision' ? (matter.data as unknown as CaseData).opinions.map((opinion) => opinion.personId) : [])])
  return officers.find((officer) => !doers.has(officer.personId) && officer.posts.some((post) => post.organisationId === organisationId && post.role === task.role))
}

/** A moment of the office's hours (9:00–17:30), so many working days on; the same day a little later for 0. */
function workingInstant({ house, random }: Play, from: Date, days: number): Date {
  const calendar = house.calendar()
  let day: CivilDay = days === 0 ? dayAt(from) : calendar.addWorkingDays(dayAt(from), days).day
  if (days === 0) {
    const soon = new Date(from.getTime() + random.int(10, 90) * 60_000)
    if (calendar.isWorking(day) && minuteOf(soon) <= 17 * 60 + 30 && minuteOf(soon) >= 9 * 60) return soon
    day = calendar.addWorkingDays(day, 1).day
  }
  const instant = new Date(startOfDay(day).getTime() + random.int(9 * 60, 17 * 60 + 20) * 60_000 + random.int(0, 59_999))
  return instant > from ? instant : new Date(startOfDay(addDays(day, 1)).getTime() + 9 * 3_600_000)
}

const minuteOf = (instant: Date): number => Math.floor((instant.getTime() - startOfDay(dayAt(instant)).getTime()) / 60_000)
export const isRefusal = (error: unknown): error is Refusal => error instanceof Refusal
