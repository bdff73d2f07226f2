import type { Bilingual } from '../../base/text.ts'
import { fen, yuan } from '../../base/money.ts'
import type { ClockState } from '../../kernel/clock/types.ts'
import type { Matter, RowChange, RuleContext, RowAfter } from '../../kernel/flow/types.ts'
import { owe } from '../../kernel/notify/owe.ts'
import type { SlotsOf, TemplateCode } from '../../kernel/notify/templates.ts'
import type { CivilDay } from '../../base/civil-day.ts'
import type { CaseData, Remedy } from './case.ts'
import { openNames } from './deferred.ts'
import { ACCEPTANCE_RULES, DECISION_RULES } from './limits.ts'
import { SERVICE_MODE_NAMES } from './contract.ts'

type Telling = Omit<RuleContext, 'clocks' | 'tasks' | 'live' | 'step'>
export type CaseTemplate = Exclude<TemplateCode, 'clockWarning' | 'taskAssigned' | 'served' | 'serviceOverdue' | 'dayUnsigned' | 'lightFell' | 'lightJudged' | 'lightMoved'>

/**
 * What the parties are told of an act, owed with it: in the message centre always, by SMS and mail where she gave them, on paper
 * where she asked for that. Days named are those the act itself set, so the rows are made after the clocks have moved.
 */
export const tell = (template: CaseTemplate, context: Telling, more: Extra = {}): RowAfter[] => [(after) => {
  const matter = after.matter as unknown as Matter<CaseData>
  const { application } = matter.data
  const slots = slotsOf(template, matter.data, after.clocks, context, more) as SlotsOf<CaseTemplate>
  const common = { template, slots, matter: { id: matter.id, ...(matter.no === '' ? {} : { no: matter.no }) }, at: context.now }
  if (more.to) return owe({ ...common, key: `${context.entryId}:${more.to.name}`, to: { name: more.to.name }, ...(more.to.phone ? { sms: more.to.phone } : {}), ...(more.to.address ? { paper: more.to.address } : {}) })
  const reach = reachOf(application)
  // One party is reached outside the message centre; the others see it when they sign in.
  return matter.partyIds.flatMap((partyId, i) => owe({ ...common, key: context.entryId, to: { partyId }, ...(i === 0 ? reach : {}) })) as RowChange[]
}]

const reachOf = (application: CaseData['application']) => application && {
  sms: (application.agent ?? application.applicant).phone, ...(application.applicant.email ? { email: application.applicant.email } : {}),
  ...(application.service.mode === 'mail' && application.service.address ? { paper: application.service.address } : {}),
}

/** The warning before the promised day of deferred materials; the same light of the same day is told once. Nothing goes by paper. */
export function remindDeferred(matter: { readonly id: string; readonly no: string; readonly partyIds: readonly string[]; readonly data: CaseData }, { key, dueOn, at }: { readonly key: string; readonly dueOn: CivilDay; readonly at: Date }): RowChange[] {
  const { data } = matter
  const slots = { item: data.item.name, materials: openNames(data), missedBy: dueOn, outcome: data.deferred?.outcome ?? '' } as unknown as SlotsOf<'deferredDue'>
  const { paper: _paper, ...reach } = { paper: undefined, ...reachOf(data.application) }
  return matter.partyIds.flatMap((partyId, i) => owe({ key, to: { partyId }, template: 'deferredDue', slots, matter: { id: matter.id, no: matter.no }, at, ...(i === 0 ? reach : {}) }))
}

/** The days to rectify are the party's own as well: she is warned like whoever looks again. */
export function remindRectification(matter: { readonly id: string; readonly no: string; readonly partyIds: readonly string[]; readonly data: CaseData }, { key, dueOn, at }: { readonly key: string; readonly dueOn: CivilDay; readonly at: Date }): RowChange[] {
  const { data } = matter
  const slots = { item: data.item.name, by: dueOn, reason: data.afterCheck?.facts ?? '' } as unknown as SlotsOf<'rectificationDue'>
  const { paper: _paper, ...reach } = { paper: undefined, ...reachOf(data.application) }
  return matter.partyIds.flatMap((partyId, i) => owe({ key, to: { partyId }, template: 'rectificationDue', slots, matter: { id: matter.id, no: matter.no }, at, ...(i === 0 ? reach : {}) }))
}

interface Extra {
  /** An interested party without an account. */
  readonly to?: { readonly name: string; readonly phone?: string | undefined; readonly address?: string | undefined }
  readonly list?: string
  readonly reason?: string
  readonly ground?: Bilingual
  readonly question?: string
  readonly materials?: Bilingual
  readonly dueOn?: string
  readonly days?: number
  /** Clocks whose due day the message names, where it is not the decision's. */
  readonly by?: readonly string[]
  readonly remedy?: Remedy
}

function slotsOf(_template: CaseTemplate, data: CaseData, clocks: readonly ClockState[], { today }: Telling, more: Extra): Record<string, string | number | Bilingual> {
  const due = (rules: readonly string[]): string => clocks.filter((clock) => clock.stoppedOn === null && clock.dueOn !== null && rules.includes(clock.rule)).map((clock) => clock.dueOn!).sort()[0] ?? '—'
  const acceptance = data.acceptedOn === null
  const pause = data.pauses.at(-1)
  const { decision, payment, delivery } = data
  const remedy = more.remedy ?? decision?.remedy
  return {
    item: data.item.name, on: data.acceptedOn && !decision ? data.acceptedOn : (decision?.on ?? today),
    by: more.by ? due(more.by) : decision ? due(['LIC.DELIVER']) : due(acceptance ? ACCEPTANCE_RULES : DECISION_RULES),
    count: data.supplements.at(-1)?.defects.length ?? 0, list: more.list ?? '', question: more.question ?? '', materials: more.materials ?? '', missedBy: more.dueOn ?? '', outcome: data.deferred?.outcome ?? '',
    ground: more.ground ?? '', time: pause ? { zh: `${pause.workingDaysNeeded} 个工作日`, en: `${pause.workingDaysNeeded} working days` } : '',
    days: more.days ?? data.extension?.workingDays ?? 0, reason: more.reason ?? data.extension?.reason ?? decision?.reasons ?? data.ended?.reasons ?? '',
    remedy: remedy ? { zh: remedy.reconsideration.zh + remedy.litigation.zh, en: `${remedy.reconsideration.en} ${remedy.litigation.en}` } : '',
    yuan: payment ? yuan(fen(payment.totalFen)) : '0', basis: payment?.due.map((fee) => fee.basis).join('；') ?? '', receipt: payment?.receiptNo ?? '',
    place: data.departmentName, hours: { zh: '工作时间', en: 'office hours' }, carrier: { zh: '邮政', en: 'post' }, tracking: delivery?.trackingNo ?? '',
    code: delivery?.code ?? '', box: delivery?.lockerBox ?? '', method: SERVICE_MODE_NAMES[(data.services.at(-1)?.mode ?? 'direct') as keyof typeof SERVICE_MODE_NAMES] ?? '',
  }
}
