import type { Json } from '../../../base/canonical-json.ts'
import { tell } from '../notices.ts'
import type { ClockChange, Consequence, Permit, RuleContext } from '../../../kernel/flow/types.ts'
import { ACT_INPUTS } from '../contract.ts'
import { documentNo, paper } from '../documents.ts'
import { refuse } from '../errors.ts'
import { GROUNDS } from '../grounds.ts'
import { DECISION_RULES, extendedByGovernment, extensionOf, isPast, runningClocks, suspendedClocks } from '../limits.ts'
import type { CaseParts } from '../parts.ts'
import type { CaseData } from '../case.ts'
import { itemOf, may, paperHead, type CaseAct, type CaseMatter, type InputOf } from './common.ts'

const GOVERNMENT: Permit = { officer: 'cases.approveJointExtension', scope: 'any' }

/** What stops, lengthens or explains the limit of the decision. */
export const timingActs = (parts: CaseParts) => ({
  suspend: {
    name: { zh: '中止计时（特别程序）', en: 'Suspend for a special procedure' }, input: ACT_INPUTS.suspend, from: ['accepted'], by: [may('cases.suspend')],
    decide: (matter, input, context) => {
      const item = itemOf(parts, matter)
      const lawful = item.specialProcedures.find((special) => special.ground === input.ground)
      if (!lawful) throw refuse('pause-not-of-item', { ground: input.ground })
      // What is past due stays past due; the limits still running stand still.
      const clocks = runningClocks(context.clocks, DECISION_RULES).filter((clock) => clock.dueOn !== null && !isPast(clock, context.today))
      if (clocks.length === 0) throw refuse('no-running-clock')
      return {
        ground: { ...GROUNDS.suspended, article: lawful.article }, public: { ground: input.ground },
        data: { ...matter.data, pauses: [...matter.data.pauses, { ground: input.ground, article: lawful.article, requiredBy: input.requiredBy, workingDaysNeeded: input.workingDaysNeeded, from: context.today, to: null }] },
        // The written notice is this very act's paper: with it the pause is lawful, without it it never begins.
        clocks: clocks.map((clock): ClockChange => ({ do: 'suspend', clock: clock.id, ground: input.ground, article: lawful.article, noticeIssuedOn: context.today })),
        rows: [
          paper('pauseNotice', matter, context, documentNo(parts, matter.data.departmentCode, 'pauseNotice', matter.no, context.today, matter.data.pauses.length + 1), {
            ...paperHead(matter, context.today), ground: lawful.name as unknown as Json, article: lawful.article, requiredBy: input.requiredBy, workingDaysNeeded: input.workingDaysNeeded, articles: [lawful.article],
          }),
          ...tell('suspended', context, { ground: lawful.name }),
        ],
      }
    },
  } satisfies CaseAct<'suspend'>,

  resume: {
    name: { zh: '恢复计时', en: 'Resume' }, input: ACT_INPUTS.resume, from: ['accepted'], by: [may('cases.suspend')],
    decide: (matter, input, context) => {
      const clocks = suspendedClocks(context.clocks)
      if (clocks.length === 0) throw refuse('not-suspended')
      const endedOn = (input.endedOn ?? context.today) as typeof context.today
      // A pause ends when its step did; a day to come would lengthen the limit on nobody's approval.
      if (endedOn > context.today) throw refuse('pause-not-ended', { day: endedOn })
      const pauses = matter.data.pauses.map((pause, i) => (i === matter.data.pauses.length - 1 && pause.to === null ? { ...pause, to: endedOn, result: input.result } : pause))
      return {
        ground: GROUNDS.resumed, data: { ...matter.data, pauses }, clocks: clocks.map((clock): ClockChange => ({ do: 'resume', clock: clock.id, on: endedOn })),
        rows: tell('resumed', context),
      }
    },
  } satisfies CaseAct<'resume'>,

  requestExtension: {
    name: { zh: '申请延长期限', en: 'Ask for an extension' }, input: ACT_INPUTS.requestExtension, from: ['accepted'], by: [may('cases.review')],
    decide: (matter, input, context) => {
      if (matter.data.extension && matter.data.extension.outcome !== 'refused') throw refuse('extension-once')
      const lawful = extensionOf(itemOf(parts, matter), context.clocks)
      if (!lawful) throw refuse('extension-not-of-item')
      return {
        ground: { ...GROUNDS.extensionAsked, article: lawful.article }, data: { ...matter.data, extension: { askedOn: context.today, reason: input.reason, outcome: 'asked' } },
        tasks: [{ do: 'open', step: 'extension', workingDays: 1, ...(extendedByGovernment(itemOf(parts, matter)) ? { role: 'leader', organisationId: parts.governmentId() ?? matter.organisationId } : { role: 'head', organisationId: matter.organisationId }) }],
      }
    },
  } satisfies CaseAct<'requestExtension'>,

  extend: {
    name: { zh: '批准延长期限', en: 'Approve the extension' }, input: ACT_INPUTS.extend, from: ['accepted'], by: [may('cases.approveExtension')],
    decide: (matter, input, context) => {
      if (extendedByGovernment(itemOf(parts, matter))) throw refuse('extension-by-government')
      return extended(parts, matter, input, context)
    },
  } satisfies CaseAct<'extend'>,

  extendJoint: {
    name: { zh: '批准延长联合办理期限', en: 'Approve the extension of joint handling' }, input: ACT_INPUTS.extendJoint, from: ['accepted'], by: [GOVERNMENT],
    decide: (matter, input, context) => {
      if (!extendedByGovernment(itemOf(parts, matter))) throw refuse('extension-by-head')
      return extended(parts, matter, input, context)
    },
  } satisfies CaseAct<'extendJoint'>,

  refuseExtension: {
    name: { zh: '不同意延长', en: 'Refuse the extension' }, input: ACT_INPUTS.refuseExtension, from: ['accepted'], by: [may('cases.approveExtension')],
    decide: (matter, input) => {
      if (extendedByGovernment(itemOf(parts, matter))) throw refuse('extension-by-government')
      return notExtended(matter, input)
    },
  } satisfies CaseAct<'refuseExtension'>,

  refuseJointExtension: {
    name: { zh: '不同意延长联合办理期限', en: 'Refuse the extension of joint handling' }, input: ACT_INPUTS.refuseJointExtension, from: ['accepted'], by: [GOVERNMENT],
    decide: (matter, input) => {
      if (!extendedByGovernment(itemOf(parts, matter))) throw refuse('extension-by-head')
      return notExtended(matter, input)
    },
  } satisfies CaseAct<'refuseJointExtension'>,

  explainDelay: {
    name: { zh: '公开说明超期理由', en: 'State the reason for delay' }, input: ACT_INPUTS.explainDelay, from: ['accepted', 'decided', 'served'], by: [may('cases.review')],
    decide: (matter, input, context) => {
      const late = matter.data.decision ? !matter.data.decision.onTime : runningClocks(context.clocks, DECISION_RULES).some((clock) => isPast(clock, context.today))
      if (!late) throw refuse('not-overdue')
      // The reason is public on the case's page; in the log it stands by its commitment alone, for what an officer types may name somebody.
      return { ground: GROUNDS.delayExplained, data: { ...matter.data, delayReason: { on: context.today, reason: input.reason } } }
    },
  } satisfies CaseAct<'explainDelay'>,
})

/** Approved by whom the law names: once, as far as the item's own law goes, with reasons told. */
function extended(parts: CaseParts, matter: CaseMatter, input: InputOf<'extend'>, context: RuleContext): Consequence<CaseData> {
  if (matter.data.extension?.outcome !== 'asked') throw refuse(matter.data.extension?.outcome === 'approved' ? 'extension-once' : 'extension-not-asked')
  const lawful = extensionOf(itemOf(parts, matter), context.clocks)
  if (!lawful) throw refuse('no-running-clock')
  if (input.workingDays > lawful.amount) throw refuse('extension-too-long', { most: lawful.amount, article: lawful.article })
  return {
    ground: { ...GROUNDS.extended, article: lawful.article }, public: { workingDays: input.workingDays },
    data: { ...matter.data, extension: { ...matter.data.extension, outcome: 'approved', workingDays: input.workingDays } },
    clocks: lawful.clocks.map((clock): ClockChange => ({ do: 'extend', clock: clock.id, amount: input.workingDays, approvedBy: context.actor.post!.code, reason: input.reason, ownLaw: { article: lawful.article, most: lawful.amount } })),
    tasks: [{ do: 'close', step: 'extension' }],
    rows: [
      paper('extensionNotice', matter, context, documentNo(parts, matter.data.departmentCode, 'extensionNotice', matter.no, context.today), {
        ...paperHead(matter, context.today), workingDays: input.workingDays, reason: input.reason, articles: [lawful.article],
      }),
      ...tell('extended', context),
    ],
  }
}

function notExtended(matter: CaseMatter, input: InputOf<'refuseExtension'>): Consequence<CaseData> {
  if (matter.data.extension?.outcome !== 'asked') throw refuse('extension-not-asked')
  return { ground: GROUNDS.extensionAsked, data: { ...matter.data, extension: { ...matter.data.extension, outcome: 'refused' } }, tasks: [{ do: 'close', step: 'extension' }], private: { reason: input.reason } }
}
