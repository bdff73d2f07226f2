import type { z } from 'zod'
import type { CivilDay } from '../../../base/civil-day.ts'
import { addMonths } from '../../../base/civil-day.ts'
import type { Json } from '../../../base/canonical-json.ts'
import type { Bilingual } from '../../../base/text.ts'
import type { Queryable } from '../../../kernel/db/database.ts'
import type { ActSpec, ClockChange, Consequence, RowChange, RuleContext } from '../../../kernel/flow/types.ts'
import type { Item, VerticalSystem } from '../../catalog/contract.ts'
import { clocksOnGrant, feesOf } from '../acts/decision.ts'
import { factsOf, itemOf, paperHead, type CaseAct, type CaseMatter } from '../acts/common.ts'
import type { CaseData, Decision } from '../case.ts'
import type { CaseStage } from '../contract.ts'
import { DEFERRED_RULE, isOwed } from '../deferred.ts'
import { documentNo, paper } from '../documents.ts'
import { GROUNDS } from '../grounds.ts'
import { LICENCE } from '../lawful-ground.ts'
import { DECISION_RULES, isPast, runningClocks } from '../limits.ts'
import { tell } from '../notices.ts'
import type { CaseParts } from '../parts.ts'
import { ImportedLine, VERTICAL_ACT_INPUTS, type StatusLine } from './contract.ts'
import { isReturned, type VerticalCourse, type VerticalReport } from './course.ts'
import { refuse } from './errors.ts'
import { judgeLine, withReport } from './judge-line.ts'
import { transferFacts } from './transfer-facts.ts'
import { readImportedLine, type ReadLine } from './store.ts'

type Imported = ActSpec<CaseData, z.infer<typeof ImportedLine>>
const IMPORTED: readonly CaseStage[] = ['accepted', 'decided', 'served']
const anywhere = (permission: string) => ({ officer: permission, scope: 'any' as const })

/**
 * To a vertically led system and back. The clocks run on throughout: 第四十五条 knows no pause for waiting on another system.
 * What it decided is recorded as that organ's; acceptance, review and decision are apart over there, and the record says who brought it.
 */
export const verticalActs = (parts: CaseParts) => {
  const imported = (zh: string, en: string, needsStep: true | 'reached' | undefined, decide: Imported['decide']): Imported => ({
    name: { zh, en }, input: ImportedLine, from: IMPORTED, by: [anywhere('cases.importVertical')], ...(needsStep === undefined ? {} : { needsStep }),
    read: (db: Queryable, matter, input) => readImportedLine(db, input, matter!), decide,
  })
  return {
    handToVertical: {
      name: { zh: '转办垂直业务系统', en: 'Hand over to the vertically led system' }, input: VERTICAL_ACT_INPUTS.handToVertical, from: ['accepted', 'decided'], by: [anywhere('cases.handToVertical')], needsStep: 'reached',
      decide: (matter, input, context) => handedOver(parts, matter, input.batchId ?? crypto.randomUUID(), context),
    } satisfies CaseAct<'handToVertical'>,

    recordVerticalStatus: imported('登记垂直系统状态', 'Record a status of the vertically led system', undefined, (matter, _input, context) => {
      const { line, course } = lineFor(parts, matter, context)
      return {
        ground: GROUNDS.verticalStatus, data: { ...matter.data, vertical: course }, public: { verticalStatus: line.status, on: line.on },
        rows: [courseRow(matter, course, line.status === 'returned' ? 'returned' : 'away')],
      }
    }),

    recordVerticalDecision: imported('登记垂直系统决定', 'Record the decision of the vertically led system', true, (matter, _input, context) => decided(parts, matter, context)),

    recordVerticalCertificate: imported('登记垂直系统证照编号', 'Record the certificate number of the vertically led system', 'reached', (matter, _input, context) => {
      const { line, course, item } = lineFor(parts, matter, context)
      const no = line.certificateNo!
      const rows = [courseRow(matter, course, 'issued')]
      // Where the decision is made here, the certificate is too: the number waits for whoever makes it.
      if (course.leadership === 'dual') return { ground: GROUNDS.verticalStatus, data: { ...matter.data, vertical: course }, public: { certificateNo: no }, rows }
      const validTo = (line.validTo as CivilDay | undefined) ?? matter.data.decision!.validTo
      return {
        ground: GROUNDS.issued, procedure: [{ do: 'finishStepIfLive', facts: factsOf(matter.data) }], public: { certificateNo: no },
        data: { ...matter.data, vertical: course, certificate: { no, on: line.on as CivilDay, name: item.result?.name ?? matter.data.item.name, ...(validTo ? { validTo } : {}) } },
        rows: [...rows, ...tell('readyForCollection', context)],
      }
    }),
  }
}

function systemOf(item: Item): VerticalSystem {
  if (!item.verticalSystem) throw refuse('no-system', { item: item.name })
  return item.verticalSystem
}

function handedOver(parts: CaseParts, matter: CaseMatter, batchId: string, context: RuleContext): Consequence<CaseData> {
  const item = itemOf(parts, matter)
  const { name: system, authority, leadership, referenceLabel } = systemOf(item)
  const before = matter.data.vertical
  if (before && !isReturned(before)) throw refuse('handed-over', { day: before.handOvers.at(-1)!.on })
  const post = context.actor.post!
  const course: VerticalCourse = {
    system, authority, leadership, referenceLabel, externalNo: null, reports: before?.reports ?? [],
    handOvers: [...(before?.handOvers ?? []), { on: context.today, by: context.actor.personId!, post: post.code, batchId }],
  }
  return {
    ground: GROUNDS.handedToVertical, data: { ...matter.data, vertical: course }, procedure: [{ do: 'finishStepIfLive', facts: factsOf(matter.data) }], public: { system: system.zh, batchId },
    rows: [
      // With constraints checked at the statement's end, batch and case may be written in one.
      { op: 'upsert', table: 'cases.vertical_batch', key: ['id'], row: { id: batchId, no: batchNo(context.today, batchId), made_at: context.now, made_by: context.actor.personId } },
      { op: 'upsert', table: 'cases.vertical_batch_case', key: ['batch_id', 'matter_id'], row: { batch_id: batchId, matter_id: matter.id } },
      { op: 'upsert', table: 'cases.vertical', key: ['matter_id'], row: { matter_id: matter.id, item_code: matter.data.item.code, batch_id: batchId, handed_on: context.today, handed_by: context.actor.personId, state: 'away', external_no: null, last_status: null, last_on: null } },
      paper('verticalTransfer', matter, context, documentNo(parts, matter.data.departmentCode, 'verticalTransfer', matter.no, context.today, course.handOvers.length),
        { ...paperHead(matter, context.today), ...transferFacts(parts, item, matter, context), articles: [GROUNDS.handedToVertical.article] }),
      ...tell('handedToVertical', context, { list: system.zh }),
    ],
  }
}

/** `ZB20261122-3f9a1c`: day and the beginning of the batch's id. */
const batchNo = (day: CivilDay, batchId: string): string => `ZB${day.replaceAll('-', '')}-${batchId.slice(0, 6)}`

interface LineInCase { readonly line: StatusLine; readonly course: VerticalCourse; readonly item: Item }

/** The imported line against the case as it stands now; the dry run may be hours old. */
function lineFor(parts: CaseParts, matter: CaseMatter, context: RuleContext): LineInCase {
  const { line, evidence, numberOf } = context.facts as ReadLine
  const item = itemOf(parts, matter)
  judgeLine({ no: matter.no, stage: matter.stage as CaseStage, data: matter.data }, line, { item, today: context.today, feeFen: feeOf(item, matter.data), numberOf })
  return { line, item, course: withReport(matter.data.vertical!, line, context.today, { ...evidence, by: context.actor.post!.code }) }
}
export const feeOf = (item: Item, data: CaseData): number => data.payment?.totalFen ?? feesOf(item, data.form).reduce((sum, fee) => sum + fee.amountFen, 0)

/** The organ's decision under its own number and day: the limits are judged by that day, not by the day of the import. */
function decided(parts: CaseParts, matter: CaseMatter, context: RuleContext): Consequence<CaseData> {
  const { line, course, item } = lineFor(parts, matter, context)
  const granted = line.status === 'decided-granted'
  const on = line.on as CivilDay
  const months = item.result?.validMonths ?? null
  const validFrom = granted ? ((line.validFrom as CivilDay | undefined) ?? on) : undefined
  const validTo = granted ? ((line.validTo as CivilDay | undefined) ?? (months ? addMonths(validFrom!, months) : undefined)) : undefined
  const organ: Bilingual = matter.data.departmentName
  const decision: Decision = {
    outcome: granted ? 'grant' : 'refuse', on, reasons: line.reasons ?? '', content: line.opinion ?? '', ...(validFrom ? { validFrom } : {}), ...(validTo ? { validTo } : {}),
    documentNo: line.documentNo!, signatures: [], remedy: parts.remedy(item, !granted), onCommitment: false,
    onTime: !runningClocks(context.clocks, ['SVC.PROMISE']).some((clock) => isPast(clock, on)), elsewhere: { organ, system: course.system },
  }
  const data: CaseData = { ...matter.data, vertical: course, decision }
  return {
    stage: 'decided', data, procedure: [{ do: 'finishStep', outcome: granted ? 'granted' : 'refused', facts: factsOf(data) }],
    tasks: granted ? [] : [{ do: 'open', step: 'serve', role: 'dispatcher', organisationId: parts.centreId() ?? matter.organisationId, workingDays: 3 }],
    ground: item.itemType === LICENCE ? (granted ? GROUNDS.granted : GROUNDS.refused) : GROUNDS.decidedService,
    public: { outcome: decision.outcome, documentNo: decision.documentNo, onTime: decision.onTime, decidedOn: on, elsewhere: course.system.zh },
    clocks: [...runningClocks(context.clocks, isOwed(data) ? DECISION_RULES : [...DECISION_RULES, DEFERRED_RULE]).map(({ id }): ClockChange => ({ do: 'stop', clock: id, on })), ...(granted ? clocksOnGrant(item, decision) : [])],
    rows: [
      transcript(item, matter, decision, context),
      { op: 'update', table: 'cases.filing', where: { matter_id: matter.id }, set: { decided_on: on, outcome: decision.outcome, on_time: decision.onTime, published_on: granted && item.itemType === LICENCE ? null : context.today } },
      courseRow(matter, course, 'decided'), ...tell(granted ? 'decidedGranted' : 'decidedRefused', { ...context, today: on }),
    ],
  }
}

/** What is handed to the applicant here: a true transcript under the organ's own number. The original is the organ's. */
function transcript(item: Item, matter: CaseMatter, decision: Decision, context: RuleContext): RowChange {
  return paper(decision.outcome === 'grant' ? 'grant' : 'denial', matter, context, decision.documentNo, {
    ...paperHead(matter, decision.on), content: decision.content, reasons: decision.reasons, validFrom: decision.validFrom ?? null, validTo: decision.validTo ?? null, remedy: decision.remedy as unknown as Json,
    basis: item.legalBasis as unknown as Json, result: (item.result?.name ?? null) as unknown as Json, onCommitment: false, elsewhere: decision.elsewhere as unknown as Json,
    articles: item.legalBasis.map((basis) => `${basis.law}${basis.article ? ` ${basis.article}` : ''}`),
  })
}

const courseRow = (matter: CaseMatter, course: VerticalCourse, state: 'away' | 'returned' | 'decided' | 'issued'): RowChange => {
  const report: VerticalReport = course.reports.at(-1)!
  return { op: 'update', table: 'cases.vertical', where: { matter_id: matter.id }, set: { state, external_no: course.externalNo, last_status: report.status, last_on: report.on } }
}
