import type { CivilDay } from '../../../base/civil-day.ts'
import type { Item } from '../../catalog/contract.ts'
import { yuan, fen } from '../../../base/money.ts'
import type { CaseData } from '../case.ts'
import { STAGE_NAMES, type CaseStage } from '../contract.ts'
import { refuse as refuseCase } from '../errors.ts'
import { VERTICAL_STATUS_NAMES, type StatusLine, type VerticalStatus } from './contract.ts'
import { isReturned, lastReport, type VerticalCourse, type VerticalReport } from './course.ts'
import { refuse } from './errors.ts'

/** What a line is judged against: the case as it stands, or as earlier lines of the same file would leave it. */
export interface LineCase { readonly no: string; readonly stage: CaseStage; readonly data: CaseData }
export interface LineFacts {
  readonly item: Item
  readonly today: CivilDay
  /** Fees of the item for this applicant, in fen; the gate that stays in this house. */
  readonly feeFen: number
  /** Another case of the item that bears this external number. */
  readonly numberOf: string | null
}
export type ActOfLine = 'recordVerticalStatus' | 'recordVerticalDecision' | 'recordVerticalCertificate'

export const actOf = (status: VerticalStatus): ActOfLine =>
  status === 'certificateIssued' ? 'recordVerticalCertificate' : status === 'decided-granted' || status === 'decided-refused' ? 'recordVerticalDecision' : 'recordVerticalStatus'

/** Later ones cannot be followed by earlier ones; the same again only while it is reviewed. */
const RANK: Record<VerticalStatus, number> = { received: 1, accepted: 2, inReview: 3, returned: 3, 'decided-granted': 4, 'decided-refused': 4, certificateIssued: 5 }

/** True where just this was recorded before: the line changes nothing and is said to. */
export function isRecorded({ data }: LineCase, line: StatusLine): boolean {
  return (data.vertical?.reports ?? []).some((report) => report.status === line.status && report.on === line.on && (line.externalNo === undefined || report.externalNo === line.externalNo)
    && report.documentNo === line.documentNo && report.reasons === line.reasons && report.certificateNo === line.certificateNo && report.validFrom === line.validFrom && report.validTo === line.validTo && report.opinion === line.opinion)
}

/**
 * Whether a line fits its case; the dry run and the act ask the same. Gates of the deciding organ — two officers, others heard, who may
 * decide — are that organ's and are not asked again: its decision is a fact. What stays is this house's: steps before it, the fee.
 */
export function judgeLine({ no, stage, data }: LineCase, line: StatusLine, { item, today, feeFen, numberOf }: LineFacts): void {
  const system = item.verticalSystem
  if (!system) throw refuse('wrong-item', { no, item: item.name })
  const on = line.on as CivilDay
  if (on > today) throw refuse('future-day', { day: on })
  // Decided here, the register may answer after the decision as well.
  const fits: readonly CaseStage[] = actOf(line.status) === 'recordVerticalCertificate' || system.leadership === 'dual' ? ['accepted', 'decided', 'served'] : ['accepted']
  const status = VERTICAL_STATUS_NAMES[line.status]
  const course = data.vertical
  const last = course && lastReport(course)
  if (course && last && stage !== 'accepted' && RANK[line.status] <= RANK[last.status]) throw outOfOrder(last, line)
  if (!fits.includes(stage)) throw refuse('wrong-stage', { stage: STAGE_NAMES[stage], status })
  if (data.acceptedOn !== null && on < data.acceptedOn) throw refuse('before-acceptance', { day: on, accepted: data.acceptedOn })
  if (!course || isReturned(course)) throw refuse('not-handed-over')
  const { on: handedOn } = course.handOvers.at(-1)!
  if (on < handedOn) throw refuse('before-hand-over', { day: on, handed: handedOn })
  assertOrder(course, line)
  assertNumber(course, line, numberOf)
  if (line.validFrom && line.validTo && line.validTo < line.validFrom) throw refuse('validity')
  if (actOf(line.status) === 'recordVerticalDecision' && system.leadership === 'dual') throw refuse('decided-here')
  if (line.status === 'certificateIssued') {
    if (data.decision?.outcome !== 'grant') throw refuse('no-grant')
    if (on < data.decision.on) throw refuse('before-decision', { day: on, decided: data.decision.on })
    if (data.certificate) throw refuse('certificate-known', { number: data.certificate.no })
    if (feeFen > 0 && !data.payment?.paidOn) throw refuseCase('fee-unpaid', { yuan: yuan(fen(feeFen)) })
  }
}

function assertOrder(course: VerticalCourse, line: StatusLine): void {
  const last = lastReport(course)
  if (!last || last.status === 'returned') return
  const [before, now] = [RANK[last.status], RANK[line.status]]
  const again = before === now && (line.status === 'inReview' || line.status === 'returned')
  if (line.on < last.on || now < before || (now === before && !again)) throw outOfOrder(last, line)
}
const outOfOrder = (last: VerticalReport, line: StatusLine) =>
  refuse('out-of-order', { last: VERTICAL_STATUS_NAMES[last.status], lastOn: last.on, status: VERTICAL_STATUS_NAMES[line.status], day: line.on })

function assertNumber(course: VerticalCourse, { externalNo }: StatusLine, numberOf: string | null): void {
  if (externalNo === undefined) return
  if (course.externalNo !== null && course.externalNo !== externalNo) throw refuse('other-number', { known: course.externalNo })
  if (numberOf !== null) throw refuse('number-taken', { number: externalNo, no: numberOf })
}

/** The case's course with the line in it. */
export function withReport(course: VerticalCourse, line: StatusLine, recordedOn: CivilDay, evidence: VerticalReport['evidence']): VerticalCourse {
  const { caseNo: _caseNo, externalNo, status, on, validFrom, validTo, ...said } = line
  const known = externalNo ?? course.externalNo
  const report: VerticalReport = {
    status, on: on as CivilDay, recordedOn, externalNo: known, evidence,
    ...(said.documentNo === undefined ? {} : { documentNo: said.documentNo }), ...(said.reasons === undefined ? {} : { reasons: said.reasons }), ...(said.certificateNo === undefined ? {} : { certificateNo: said.certificateNo }),
    ...(said.opinion === undefined ? {} : { opinion: said.opinion }), ...(validFrom ? { validFrom: validFrom as CivilDay } : {}), ...(validTo ? { validTo: validTo as CivilDay } : {}),
  }
  // Sent back, the number is void there: the next hand-over gets its own.
  return { ...course, externalNo: status === 'returned' ? null : known, reports: [...course.reports, report] }
}
