import type { ClockState } from '../../kernel/clock/types.ts'
import type { Matter, Task } from '../../kernel/flow/types.ts'
import type { Item } from '../catalog/contract.ts'
import type { CaseData } from './case.ts'
import type { ActName } from './contract.ts'
import { isOwed, withholdsResult } from './deferred.ts'
import { DECISION_RULES, extendedByGovernment, extensionOf, runningClocks, suspendedClocks } from './limits.ts'
import { openAfterClosing, pendingAnnulment } from './standing.ts'
import { annulmentGrounds } from './standing-contract.ts'
import { isReturned } from './vertical/course.ts'

interface Standing { readonly stage: string; readonly data: CaseData; readonly item: Item; readonly clocks: readonly ClockState[]; readonly tasks: readonly Task[]; readonly today: string }
type When = (standing: Standing) => boolean

const late: When = ({ data, clocks, today }) => (data.decision ? !data.decision.onTime : runningClocks(clocks, DECISION_RULES).some((clock) => clock.dueOn !== null && clock.dueOn < today))

/** When a screen offers an act at all: what the rule would refuse whatever was typed is not drawn. The rule itself stays the judge. */
export const OFFERED_WHEN: Partial<Record<ActName, When>> = {
  receive: ({ data }) => data.receivedOn === null,
  clarify: ({ data }) => data.clarifications.some((one) => one.answeredOn === null),
  suspend: ({ item, clocks }) => item.specialProcedures.some((special) => special.ground !== null) && suspendedClocks(clocks).length === 0,
  resume: ({ clocks }) => suspendedClocks(clocks).length > 0,
  requestExtension: ({ data, item, clocks }) => (data.extension === null || data.extension.outcome === 'refused') && extensionOf(item, clocks) !== null,
  extend: ({ data, item }) => data.extension?.outcome === 'asked' && !extendedByGovernment(item),
  extendJoint: ({ data, item }) => data.extension?.outcome === 'asked' && extendedByGovernment(item),
  refuseExtension: ({ data, item }) => data.extension?.outcome === 'asked' && !extendedByGovernment(item),
  refuseJointExtension: ({ data, item }) => data.extension?.outcome === 'asked' && extendedByGovernment(item),
  explainDelay: late,
  hearInterestedParty: ({ data }) => data.interestedParties.some((party) => party.heardOn === null),
  requestPayment: ({ data, item }) => item.fees.length > 0 && data.payment === null,
  confirmPayment: ({ data }) => data.payment !== null && data.payment.paidOn === null,
  supplyDeferred: ({ data }) => isOwed(data),
  collect: ({ data }) => data.delivery?.mode === 'locker' && data.delivery.collectedOn === null,
  deliver: ({ data }) => data.delivery === null && !withholdsResult(data.deferred),
  issue: ({ data }) => data.decision?.outcome === 'grant' && !withholdsResult(data.deferred),
  preReview: ({ data }) => data.preReview !== null && data.preReview.ready === undefined,
  requestPreReview: ({ data, item }) => data.preReview === null && item.preReviewLimit !== null,
  hearAnnulment: ({ data }) => pendingAnnulment(data) !== null && !pendingAnnulment(data)!.heard?.waived,
  tellAnnulment: ({ data }) => pendingAnnulment(data) === null && annulmentGrounds(data).length > 0,
  annul: ({ data, clocks, today }) => {
    const pending = pendingAnnulment(data)
    return pending !== null && (pending.heard?.waived === true || clocks.some((clock) => clock.rule === 'ANNUL.STATEMENT' && clock.stoppedOn === null && clock.dueOn !== null && clock.dueOn < today))
  },
  dropAnnulment: ({ data }) => pendingAnnulment(data) !== null,
  close: ({ data }) => data.volume === null,
  addVolume: ({ data }) => data.volume !== null,
  // Of a sealed file only the papers of an annulment begun since.
  serve: ({ stage, data }) => stage !== 'closed' || openAfterClosing(data).length > 0,
  useSeal: ({ stage, data }) => stage !== 'closed' || openAfterClosing(data).length > 0,
  publishResult: ({ clocks }) => runningClocks(clocks, ['LIC.PUBLISH']).length > 0,
  handToVertical: ({ data, item }) => item.verticalSystem !== null && (data.vertical === undefined || isReturned(data.vertical)),
  // What another system decided comes with its file, never by typing.
  recordVerticalStatus: () => false, recordVerticalDecision: () => false, recordVerticalCertificate: () => false,
  appealLight: ({ clocks }) => clocks.some((clock) => clock.announced === 'red' || clock.announced === 'black'),
  judgeLight: ({ data }) => (data.lightAppeals ?? []).some((appeal) => appeal.decision === null),
  telephoned: ({ tasks }) => tasks.some((task) => task.step === 'telephone' && (task.state === 'open' || task.state === 'claimed')),
}

export function offeredWhen(act: string, item: Item | undefined, matter: Matter<CaseData>, clocks: readonly ClockState[], tasks: readonly Task[], today: string): boolean {
  const when = OFFERED_WHEN[act as ActName]
  return when === undefined || item === undefined || when({ stage: matter.stage, data: matter.data, item, clocks, tasks, today })
}
