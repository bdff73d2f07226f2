import type { Json } from '../../../base/canonical-json.ts'
import { yuan, fen } from '../../../base/money.ts'
import { addMonths, type CivilDay } from '../../../base/civil-day.ts'
import { tell } from '../notices.ts'
import type { ClockChange, RowChange, RuleContext } from '../../../kernel/flow/types.ts'
import type { Item } from '../../catalog/contract.ts'
import { feesDue } from '../../catalog/index.ts'
import type { CaseData, Decision, FeeDue } from '../case.ts'
import { ACT_INPUTS } from '../contract.ts'
import { barsGrant, DEFERRED_RULE, isOwed, openNames } from '../deferred.ts'
import { documentNo, paper } from '../documents.ts'
import { refuse } from '../errors.ts'
import { GROUNDS } from '../grounds.ts'
import { DECISION_RULES, isPast, runningClocks, stopClocks } from '../limits.ts'
import type { CaseParts } from '../parts.ts'
import { barOf, barRows, type Bar } from '../bar.ts'
import { LICENCE } from '../lawful-ground.ts'
import { commitmentArticles } from './after-check.ts'
import { applicantOf, factsOf, itemOf, may, paperHead, type CaseAct, type CaseMatter, type InputOf } from './common.ts'

/** 决定 and what must come before it: others told and heard, substance checked by two, the fee. */
export const decisionActs = (parts: CaseParts) => ({
  tellInterestedParty: {
    name: { zh: '告知利害关系人', en: 'Tell an interested party' }, input: ACT_INPUTS.tellInterestedParty, from: ['accepted'], by: [may('cases.review')],
    decide: (matter, input, context) => ({
      ground: GROUNDS.thirdParty, data: { ...matter.data, interestedParties: [...matter.data.interestedParties, { ...input, toldOn: context.today, heardOn: null }] },
      rows: [
        paper('interestedPartyNotice', matter, context, documentNo(parts, matter.data.departmentCode, 'interestedPartyNotice', matter.no, context.today, matter.data.interestedParties.length + 1), {
          ...paperHead(matter, context.today), party: input.name, interest: input.interest, articles: [GROUNDS.thirdParty.article],
        }),
        ...tell('interestedPartyTold', context, { to: { name: input.name, phone: input.phone, address: input.address } }),
      ],
    }),
  } satisfies CaseAct<'tellInterestedParty'>,

  hearInterestedParty: {
    name: { zh: '听取陈述申辩', en: 'Hear an interested party' }, input: ACT_INPUTS.hearInterestedParty, from: ['accepted'], by: [may('cases.review')],
    decide: (matter, input, context) => {
      const party = matter.data.interestedParties[input.party]
      if (!party) throw refuse('no-such-party', { n: input.party + 1 })
      const heard = { ...party, heardOn: context.today, statement: input.statement, waived: input.waived }
      return {
        ground: GROUNDS.thirdParty, data: { ...matter.data, interestedParties: matter.data.interestedParties.map((one, i) => (i === input.party ? heard : one)) },
        rows: [paper('statementRecord', matter, context, documentNo(parts, matter.data.departmentCode, 'statementRecord', matter.no, context.today, input.party + 1), {
          ...paperHead(matter, context.today), party: party.name, interest: party.interest, statement: input.statement, waived: input.waived, articles: [GROUNDS.thirdParty.article],
        })],
      }
    },
  } satisfies CaseAct<'hearInterestedParty'>,

  decide: {
    name: { zh: '作出决定', en: 'Decide' }, input: ACT_INPUTS.decide, from: ['accepted'], by: [may('cases.decide')], needsStep: true,
    decide: (matter, input, context) => {
      const item = itemOf(parts, matter)
      assertReady(item, matter, context)
      if (input.outcome === 'grant') assertGrantable(matter)
      const decision = decisionOf(parts, item, matter, input, context)
      const granted = decision.outcome === 'grant'
      const data: CaseData = { ...matter.data, decision }
      const bar = input.falseMaterials ? barOf(item, 'falseMaterials', context.today) : null
      return {
        stage: 'decided', data, procedure: [{ do: 'finishStep', outcome: granted ? 'granted' : 'refused', facts: factsOf(data) }],
        // A refusal is served too (practice 16): somebody must have it to do.
        tasks: granted ? [] : [{ do: 'open', step: 'serve', role: 'dispatcher', organisationId: parts.centreId() ?? matter.organisationId, workingDays: 3 }],
        ground: data.application!.commitment && granted ? GROUNDS.onCommitment : input.falseMaterials ? GROUNDS.falseMaterials : item.itemType === '01' ? (granted ? GROUNDS.granted : GROUNDS.refused) : GROUNDS.decidedService,
        // 许可结果应当公开（第四十条）: outcome and number stand in clear, the person does not.
        public: { outcome: decision.outcome, documentNo: decision.documentNo, onTime: decision.onTime }, clocks: [...stopClocks(context.clocks, isOwed(data) ? DECISION_RULES : [...DECISION_RULES, DEFERRED_RULE]), ...(granted ? clocksOnGrant(item, decision) : [])],
        rows: [
          decisionPaper(item, matter, decision, context, bar),
          // A licence granted is public only once it was published; everything else is listed with the decision.
          { op: 'update', table: 'cases.filing', where: { matter_id: matter.id }, set: { decided_on: context.today, outcome: decision.outcome, on_time: decision.onTime, published_on: granted && item.itemType === LICENCE ? null : context.today } },
          ...barRows(bar, applicantOf(data), item.code, matter.id),
          ...tell(granted ? 'decidedGranted' : 'decidedRefused', context),
        ],
      }
    },
  } satisfies CaseAct<'decide'>,

  requestPayment: {
    name: { zh: '通知缴费', en: 'Ask for payment' }, input: ACT_INPUTS.requestPayment, from: ['accepted', 'decided'], by: [may('cases.review'), may('cases.collectPayment'), { officer: 'cases.collectPayment', scope: 'any' }], needsStep: 'reached',
    decide: (matter, _input, context) => {
      if (matter.data.payment) throw refuse('fee-asked')
      const due = feesOf(itemOf(parts, matter), matter.data.form)
      const totalFen = due.reduce((sum, fee) => sum + fee.amountFen, 0)
      if (itemOf(parts, matter).fees.length === 0) throw refuse('no-fee')
      // Nothing is due from this applicant: the gate opens without a notice.
      if (totalFen === 0) return { ground: GROUNDS.paymentAsked, data: { ...matter.data, payment: { due, totalFen, askedOn: context.today, paidOn: context.today } }, procedure: [{ do: 'finishStepIfLive' }], public: { totalFen } }
      return {
        ground: GROUNDS.paymentAsked, data: { ...matter.data, payment: { due, totalFen, askedOn: context.today, paidOn: null } }, public: { totalFen },
        rows: [
          paper('paymentNotice', matter, context, documentNo(parts, matter.data.departmentCode, 'paymentNotice', matter.no, context.today), { ...paperHead(matter, context.today), due: due as unknown as Json, totalFen, articles: [GROUNDS.paymentAsked.article, ...due.map((fee) => fee.basis)] }),
          ...tell('paymentDue', context),
        ],
      }
    },
  } satisfies CaseAct<'requestPayment'>,

  confirmPayment: {
    name: { zh: '登记缴费', en: 'Enter the payment' }, input: ACT_INPUTS.confirmPayment, from: ['accepted', 'decided'], by: [{ officer: 'cases.collectPayment', scope: 'any' }],
    decide: (matter, input, context) => {
      const { payment } = matter.data
      if (!payment || payment.paidOn) throw refuse('no-fee')
      if (input.amountFen !== payment.totalFen) throw refuse('wrong-amount', { due: yuan(fen(payment.totalFen)), paid: yuan(fen(input.amountFen)) })
      return {
        ground: GROUNDS.paid, data: { ...matter.data, payment: { ...payment, paidOn: context.today, receiptNo: input.receiptNo } }, procedure: [{ do: 'finishStepIfLive' }],
        rows: tell('paid', context),
      }
    },
  } satisfies CaseAct<'confirmPayment'>,
})

/** What is charged: from the approved list, the first reduction whose condition holds; nothing else may be charged (第五十八条). */
export const feesOf = (item: Item, form: Readonly<Record<string, unknown>>): readonly FeeDue[] =>
  feesDue(item, form).filter(({ amountFen }) => amountFen > 0)
    .map(({ fee, amountFen, reduction }) => ({ code: fee.code, name: fee.name, basis: fee.basis, amountFen, ...(reduction ? { reduction: reduction.reason } : {}) }))

/** The day of the deferred materials has passed and the guide says what then: no grant until they come. */
function assertGrantable(matter: CaseMatter): void {
  const { deferred } = matter.data
  if (barsGrant(deferred)) throw refuse('deferred-missed', { materials: openNames(matter.data), day: deferred!.dueOn })
}

/** Gates that stand before any decision (practice 10, 11). */
function assertReady(item: Item, matter: CaseMatter, context: RuleContext): void {
  const { data } = matter
  if (item.affectsThirdParties && data.interestedParties.length === 0) throw refuse('interested-party-not-told')
  const unheard = data.interestedParties.find((party) => party.heardOn === null)
  if (unheard) throw refuse('interested-party-not-heard', { name: unheard.name })
  if (data.clarifications.some((one) => one.answeredOn === null)) throw refuse('clarification-open')
  // On commitment the check comes after the decision; otherwise two officers have checked before it.
  if (item.substanceVerified && !data.application!.commitment && checkers(data).size < 2) throw refuse('two-officers-needed')
  if (data.opinions.some((opinion) => opinion.personId === context.actor.personId && opinion.act !== 'commitmentCheck')) throw refuse('own-review')
}

const checkers = (data: CaseData): ReadonlySet<string> =>
  new Set(data.opinions.flatMap((opinion) => [opinion.personId, ...(opinion.secondOfficer ? [opinion.secondOfficer] : [])]))

function decisionOf(parts: CaseParts, item: Item, matter: CaseMatter, input: InputOf<'decide'>, context: RuleContext): Decision {
  const granted = input.outcome === 'grant'
  const handler = matter.data.opinions.findLast((opinion) => opinion.act !== 'publicNotice')
  const validFrom = granted ? ((input.validFrom ?? context.today) as CivilDay) : undefined
  const months = item.result?.validMonths ?? null
  const validTo = granted ? ((input.validTo as CivilDay | undefined) ?? (months ? addMonths(validFrom!, months) : undefined)) : undefined
  return {
    outcome: input.outcome, on: context.today, reasons: input.reasons, content: input.content,
    ...(validFrom ? { validFrom } : {}), ...(validTo ? { validTo } : {}),
    documentNo: documentNo(parts, matter.data.departmentCode, granted ? 'grant' : 'denial', matter.no, context.today),
    // At most two sign: who handled it and who decides (北京市优化营商环境条例 第三十五条第二款).
    signatures: [
      ...(handler ? [{ postCode: handler.postCode, personId: handler.personId, as: 'handler' as const }] : []),
      { postCode: context.actor.post!.code, personId: context.actor.personId!, as: 'decider' as const },
    ],
    remedy: parts.remedy(item, !granted), onCommitment: matter.data.application!.commitment,
    onTime: !runningClocks(context.clocks, ['SVC.PROMISE']).some((clock) => isPast(clock, context.today)),
  }
}

/** What a grant makes due, from its own day: the licence handed over and published, a commitment checked. */
export const clocksOnGrant = (item: Item, { onCommitment, on }: Decision): readonly ClockChange[] => [
  ...(item.itemType === LICENCE ? [
    { do: 'start', rule: 'LIC.DELIVER', on, ...(item.deliveryLimit ? { amount: item.deliveryLimit.amount, unit: item.deliveryLimit.unit, article: item.deliveryLimit.article } : {}) },
    { do: 'start', rule: 'LIC.PUBLISH', on },
  ] satisfies ClockChange[] : []),
  ...(onCommitment && item.commitment ? [{ do: 'start', rule: 'COMMIT.CHECK', on, amount: item.commitment.afterCheckWorkingDays, article: commitmentArticles(item) } satisfies ClockChange] : []),
]

function decisionPaper(item: Item, matter: CaseMatter, decision: Decision, context: RuleContext, bar: Bar | null): RowChange {
  return paper(decision.outcome === 'grant' ? 'grant' : 'denial', matter, context, decision.documentNo, {
    ...paperHead(matter, context.today), content: decision.content, reasons: decision.reasons, validFrom: decision.validFrom ?? null, validTo: decision.validTo ?? null,
    basis: item.legalBasis as unknown as Json, remedy: decision.remedy as unknown as Json, result: (item.result?.name ?? null) as unknown as Json, onCommitment: decision.onCommitment, bar: bar === null ? null : { untilOn: bar.untilOn, article: bar.article },
    seal: '行政审批专用章', articles: item.legalBasis.map((basis) => `${basis.law}${basis.article ? ` ${basis.article}` : ''}`),
  })
}
