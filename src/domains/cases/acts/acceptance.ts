import type { Json } from '../../../base/canonical-json.ts'
import type { CivilDay } from '../../../base/civil-day.ts'
import type { ClockChange, Consequence, LegalGround, RowChange, RuleContext } from '../../../kernel/flow/types.ts'
import { tell } from '../notices.ts'
import type { Item } from '../../catalog/contract.ts'
import { barOf, barRows } from '../bar.ts'
import type { CaseData, Deferred, SupplementRound } from '../case.ts'
import { ACT_INPUTS, type Defect } from '../contract.ts'
import { DEFERRED_ARTICLE, DEFERRED_RULE, isMissed, isOpen, openNames, refusalReasons } from '../deferred.ts'
import { documentNo, paper } from '../documents.ts'
import { refuse } from '../errors.ts'
import { GROUNDS } from '../grounds.ts'
import { ACCEPTANCE_RULES, clocksOnReceipt, DECISION_RULES, decisionClocks, decisionFrom, isPast, runningClocks, stopClocks } from '../limits.ts'
import { addMaterials, missingMaterials, namesOf, neededMaterials, onPaper } from '../materials.ts'
import type { CaseParts, IntakeFacts } from '../parts.ts'
import { applicantOf, AT_COUNTER, factsOf, intakeCode, intakeHead, itemOf, may, PARTY, readFiles, useFiles, type CaseAct, type CaseMatter, type InputOf } from './common.ts'

/** 受理: take in, ask once, or say no on the closed grounds (行政许可法 第三十二条). */
export const acceptanceActs = (parts: CaseParts) => ({
  correctOnSpot: {
    name: { zh: '当场更正', en: 'Correct on the spot' }, input: ACT_INPUTS.correctOnSpot, from: ['submitted'], by: [PARTY, AT_COUNTER],
    read: (db, _matter, input) => readMaterialFiles(db, input.materials),
    decide: (matter, input, context) => ({ ...changed(parts, matter, input, context), ground: GROUNDS.correctedOnSpot }),
  } satisfies CaseAct<'correctOnSpot'>,

  requestSupplement: {
    name: { zh: '一次性告知补正', en: 'Ask once to supplement' }, input: ACT_INPUTS.requestSupplement, from: ['submitted'], by: [may('cases.accept')], needsStep: true,
    decide: (matter, input, context) => {
      assertReceived(matter)
      const item = itemOf(parts, matter)
      const defects = input.defects
      for (const defect of defects) assertNamed(defect, itemOf(parts, matter))
      const previous = matter.data.supplements.at(-1)
      if (previous) for (const defect of defects) assertNew(defect, previous)
      const round: SupplementRound = { askedOn: context.today, defects, remarks: input.remarks, answeredOn: null, changed: [] }
      const late = dueAcceptance(context).some((clock) => isPast(clock, context.today))
      // Silence already deemed it accepted: from then on nothing may be asked for (practice 3, 4).
      if (late && itemOf(parts, matter).deeming) throw refuse('after-acceptance')
      return {
        stage: 'supplementing', ground: GROUNDS.supplementNotice, data: { ...matter.data, supplements: [...matter.data.supplements, round] },
        procedure: [{ do: 'finishStep', outcome: 'supplement' }], public: { defects: defects.length },
        // What counts from complete materials counts anew from the supplement.
        clocks: stopClocks(context.clocks, [...ACCEPTANCE_RULES, ...DECISION_RULES]),
        rows: [
          paper('supplementNotice', matter, context, documentNo(parts, intakeCode(matter.data), 'supplementNotice', matter.no, context.today, matter.data.supplements.length + 1), {
            ...intakeHead(matter, context.today), defects: defects.map((defect) => ({ ...defect, name: nameOfDefect(parts, item, defect) })) as unknown as Json, remarks: input.remarks, articles: ['行政许可法 第三十二条第一款第四项'], post: (context.actor.post?.name ?? null) as unknown as Json,
          }),
          // Sent: no post has it ticked but unsent any more.
          { op: 'update', table: 'cases.unsent_notice', where: { matter_id: matter.id, state: 'open' }, set: { state: 'sent', ended_at: context.now } },
          ...tell('supplementRequested', context, { list: defects.map((defect) => defect.what).join('；') }),
        ],
      }
    },
  } satisfies CaseAct<'requestSupplement'>,

  supplement: {
    name: { zh: '补正', en: 'Supplement' }, input: ACT_INPUTS.supplement, from: ['supplementing'], by: [PARTY, AT_COUNTER],
    read: (db, _matter, input) => readMaterialFiles(db, input.materials),
    decide: (matter, input, context) => {
      const change = changed(parts, matter, input, context)
      const rounds = change.data.supplements
      // Paper promised online is there when the counter has it, not before.
      const waits = context.actor.kind === 'applicant' && input.materials.some(onPaper)
      const answered: SupplementRound = { ...rounds.at(-1)!, answeredOn: context.today, changed: [...input.materials.map((material) => material.materialId), ...Object.keys(input.form)] }
      return {
        stage: 'submitted', ground: GROUNDS.supplemented, procedure: [{ do: 'finishStepIfLive' }],
        data: { ...change.data, receivedOn: waits ? null : context.today, supplements: [...rounds.slice(0, -1), answered] },
        // A complete supplement starts a fresh five working days; silence then deems acceptance from this day.
        clocks: waits ? [] : clocksOnReceipt(itemOf(parts, matter), context.today, matter.data.application!.commitment),
        rows: [...change.rows, ...tell('supplemented', context)],
      }
    },
  } satisfies CaseAct<'supplement'>,

  supplyDeferred: {
    // Late is still possible while the file is open, and lifts what a missed day brought.
    name: { zh: '补交容缺材料', en: 'Supply deferred materials' }, input: ACT_INPUTS.supplyDeferred, from: ['accepted', 'decided', 'served'], by: [PARTY, AT_COUNTER],
    read: (db, _matter, input) => readMaterialFiles(db, input.materials),
    decide: (matter, input, context) => {
      const { deferred } = matter.data
      if (!deferred || deferred.suppliedOn) throw refuse('nothing-deferred')
      const change = changed(parts, matter, { form: {}, materials: input.materials }, context)
      const open = deferred.materials.filter((id) => !change.data.materials.some((material) => material.materialId === id))
      const complete = open.length === 0
      return {
        ground: GROUNDS.deferred, data: { ...change.data, deferred: { ...deferred, suppliedOn: complete ? context.today : null } },
        clocks: complete ? stopClocks(context.clocks, [DEFERRED_RULE]) : [], public: { complete, lifted: complete && deferred.missed !== null },
        rows: [...change.rows, ...(complete ? tell('deferredSupplied', context, { materials: namesOf(itemOf(parts, matter).materials.filter(({ id }) => deferred.materials.includes(id))) }) : [])],
      }
    },
  } satisfies CaseAct<'supplyDeferred'>,

  deferredMissed: {
    name: { zh: '容缺材料逾期未补交', en: 'Deferred materials missed' }, input: ACT_INPUTS.deferredMissed, from: ['accepted', 'decided', 'served'], by: [{ system: true }],
    // Once, by the system, however long after: the record, the applicant and the gates of decision and result learn of it together.
    decide: (matter, _input, context) => {
      const { deferred } = matter.data
      if (!isMissed(deferred, context.clocks, context.today)) throw refuse('deferred-not-due')
      const [clock] = runningClocks(context.clocks, [DEFERRED_RULE])
      const materials = openNames(matter.data)
      const missed = { on: context.today, article: DEFERRED_ARTICLE, reasons: refusalReasons(deferred!, materials, clock!.dueOn!) }
      return {
        ground: GROUNDS.deferredMissed, public: { onMissed: deferred!.onMissed, dueOn: clock!.dueOn }, clocks: stopClocks(context.clocks, [DEFERRED_RULE]),
        data: { ...matter.data, deferred: { ...deferred!, dueOn: clock!.dueOn!, missed } }, rows: tell('deferredMissed', context, { materials, dueOn: clock!.dueOn! }),
      }
    },
  } satisfies CaseAct<'deferredMissed'>,

  accept: {
    name: { zh: '受理', en: 'Accept' }, input: ACT_INPUTS.accept, from: ['submitted'], by: [may('cases.accept')], needsStep: true,
    decide: (matter, input, context) => {
      assertReceived(matter)
      const item = itemOf(parts, matter)
      const { data } = matter
      const needed = neededMaterials(item, data.form, data.application!.commitment, parts)
      const missing = missingMaterials(needed, data.materials, data.deferred?.materials ?? [])
      if (missing.length > 0) throw refuse('materials-missing', { materials: namesOf(missing) })
      const late = dueAcceptance(context).some((clock) => isPast(clock, context.today))
      const acceptedOn = late && item.deeming ? data.receivedOn! : context.today
      const ground = late && item.deeming ? deemedGround(item) : data.deferred ? GROUNDS.deferred : GROUNDS.accepted
      return accepted(parts, item, matter, context, { acceptedOn, deemed: late && item.deeming !== null, ground, opinion: input.opinion })
    },
  } satisfies CaseAct<'accept'>,

  deemAccepted: {
    name: { zh: '视为受理', en: 'Deemed accepted' }, input: ACT_INPUTS.deemAccepted, from: ['submitted'], by: [{ system: true }],
    decide: (matter, _input, context) => {
      const item = itemOf(parts, matter)
      if (!item.deeming) throw refuse('no-deeming-rule')
      if (!dueAcceptance(context).some((clock) => isPast(clock, context.today))) throw refuse('not-overdue-for-deeming')
      return accepted(parts, item, matter, context, { acceptedOn: matter.data.receivedOn!, deemed: true, ground: deemedGround(item), opinion: '' })
    },
  } satisfies CaseAct<'deemAccepted'>,

  refuseAcceptance: {
    name: { zh: '不予受理', en: 'Refuse acceptance' }, input: ACT_INPUTS.refuseAcceptance, from: ['submitted'], by: [may('cases.accept')], needsStep: true,
    decide: (matter, input, context) => notAccepted(parts, matter, context, {
      kind: 'notAccepted', ground: GROUNDS[input.ground], reasons: input.reasons, paperKind: 'refusalOfAcceptance',
      facts: { competentBody: input.competentBody ?? null, specialLaw: input.specialLaw ?? null }, bar: input.ground === 'falseMaterials',
    }),
  } satisfies CaseAct<'refuseAcceptance'>,

  notRequired: {
    name: { zh: '不受理', en: 'Not taken up: no licence is required' }, input: ACT_INPUTS.notRequired, from: ['submitted'], by: [may('cases.accept')], needsStep: true,
    decide: (matter, input, context) => notAccepted(parts, matter, context, { kind: 'notRequired', ground: GROUNDS.notRequired, reasons: input.reasons, paperKind: 'notRequiredNotice', facts: {}, bar: false }),
  } satisfies CaseAct<'notRequired'>,
})

const dueAcceptance = (context: RuleContext) => runningClocks(context.clocks, ACCEPTANCE_RULES)
const deemedGround = (item: Item): LegalGround => (item.deeming === 'DEEM.REALTY_ACCEPTED' ? GROUNDS.realtyDeemedAccepted : GROUNDS.deemedAccepted)

function assertReceived(matter: CaseMatter): void {
  if (!matter.data.receivedOn) throw refuse('not-yet-received')
}

/** The material or field a defect concerns, by the name the guide gives it. */
function nameOfDefect(parts: CaseParts, item: Item, { materialId, field }: Defect): Json {
  const material = item.materials.find((one) => one.id === materialId)
  return (material?.name ?? (field === null ? null : parts.fieldName(item, field))) as unknown as Json
}

function assertNamed(defect: Defect, item: Item): void {
  if (defect.materialId === null && defect.field === null) throw refuse('defect-names-nothing', { what: defect.what })
  if (defect.materialId !== null && !item.materials.some((material) => material.id === defect.materialId)) throw refuse('material-unknown', { material: defect.materialId })
}

/** 一次性告知 (C11): a later notice may only concern what the supplement itself brought. */
function assertNew(defect: Defect, previous: SupplementRound): void {
  if (!previous.changed.includes(defect.materialId ?? defect.field ?? '')) throw refuse('second-notice', { what: defect.what })
}

const readMaterialFiles = async (db: Parameters<typeof readFiles>[0], materials: readonly { readonly fileId: string | null }[]): Promise<IntakeFacts> =>
  ({ files: await readFiles(db, materials.flatMap((material) => (material.fileId === null ? [] : [material.fileId]))), barredUntil: null })

/** Form fields and materials changed; the whole form must then still be right. */
function changed(parts: CaseParts, matter: CaseMatter, input: Pick<InputOf<'supplement'>, 'form' | 'materials'>, context: RuleContext): { data: CaseData; rows: RowChange[] } {
  const item = itemOf(parts, matter)
  const form = { ...matter.data.form, ...input.form }
  const errors = item.formId ? parts.formErrors(item.formId, form) : []
  if (errors.length > 0) throw refuse('invalid-application', { count: errors.length }, { errors: errors.map((error) => ({ ...error, path: `/form${error.path}` })) })
  const files = input.materials.flatMap((material) => (material.fileId === null ? [] : [material.fileId]))
  return {
    data: { ...matter.data, form, materials: addMaterials(matter.data.materials, input.materials, item, context.today) },
    rows: useFiles(files, context, matter.id, 'material'),
  }
}

interface Acceptance { readonly acceptedOn: CivilDay; readonly deemed: boolean; readonly ground: LegalGround; readonly opinion: string }

function accepted(parts: CaseParts, item: Item, matter: CaseMatter, context: RuleContext, { acceptedOn, deemed, ground, opinion }: Acceptance): Consequence<CaseData> {
  const promised = promisedFrom(item, matter, context)
  const data: CaseData = { ...matter.data, acceptedOn, deemedAccepted: deemed, deferred: promised }
  const already = runningClocks(context.clocks, DECISION_RULES).length > 0
  const clocks: ClockChange[] = [...stopClocks(context.clocks, ACCEPTANCE_RULES), ...(already ? [] : decisionClocks(item, decisionFrom(item, acceptedOn, data.receivedOn!, data.windowEndsOn), data.application!.commitment)), ...deferredClock(item, promised)]
  return {
    stage: 'accepted', ground, data, clocks, // Silence accepts for the clerk: the step is hers, and the case goes on as if she had.
    procedure: [context.actor.kind === 'system' ? { do: 'finishStepIfLive', named: 'accept', outcome: 'accepted', facts: factsOf(data) } : { do: 'finishStep', outcome: 'accepted', facts: factsOf(data) }], public: { acceptedOn, deemed }, private: { opinion },
    rows: [
      paper('acceptanceNotice', matter, context, documentNo(parts, intakeCode(data), 'acceptanceNotice', matter.no, context.today), {
        ...intakeHead(matter, context.today), acceptedOn, deemed, deferred: (data.deferred ?? null) as unknown as Json,
        statutory: (item.statutoryLimit ?? null) as unknown as Json, promised: (item.promisedLimit ?? null) as unknown as Json, articles: [ground.article], seal: '受理专用章',
      }),
      { op: 'update', table: 'cases.filing', where: { matter_id: matter.id }, set: { accepted_on: acceptedOn } },
      ...tell('accepted', context),
    ],
  }
}

/**
 * The promise as acceptance leaves it: the days count from the day of this act, so that neither waiting for it nor dating it back
 * shortens them. What has come in meanwhile is promised no longer.
 */
function promisedFrom(item: Item, { data }: CaseMatter, { today, calendar }: RuleContext): Deferred | null {
  if (!isOpen(data.deferred) || !item.deferredAcceptance) return data.deferred
  if (data.deferred.materials.every((id) => data.materials.some((one) => one.materialId === id))) return { ...data.deferred, suppliedOn: today }
  return { ...data.deferred, dueOn: calendar.addWorkingDays(today, item.deferredAcceptance.workingDays).day }
}

const deferredClock = (item: Item, promised: Deferred | null): ClockChange[] =>
  isOpen(promised) ? [{ do: 'start', rule: DEFERRED_RULE, amount: item.deferredAcceptance!.workingDays, article: DEFERRED_ARTICLE }] : []

interface Ending { readonly kind: 'notAccepted' | 'notRequired'; readonly ground: LegalGround; readonly reasons: string; readonly paperKind: 'refusalOfAcceptance' | 'notRequiredNotice'; readonly facts: { [key: string]: Json }; readonly bar: boolean }

function notAccepted(parts: CaseParts, matter: CaseMatter, context: RuleContext, ending: Ending): Consequence<CaseData> {
  // Silence already deemed it accepted, whether or not the sweep has written that down: from then on it is decided, not turned away.
  if (itemOf(parts, matter).deeming && dueAcceptance(context).some((clock) => isPast(clock, context.today))) throw refuse('deemed-already')
  const applicant = applicantOf(matter.data)
  const bar = ending.bar ? barOf(itemOf(parts, matter), 'falseMaterials', context.today) : null
  return {
    stage: 'notAccepted', closed: true, ground: ending.ground, procedure: [{ do: 'finishStep', outcome: 'refused' }], clocks: stopClocks(context.clocks),
    data: { ...matter.data, ended: { kind: ending.kind, ground: ending.ground.article, on: context.today, reasons: ending.reasons } },
    rows: [
      paper(ending.paperKind, matter, context, documentNo(parts, intakeCode(matter.data), ending.paperKind, matter.no, context.today), {
        ...intakeHead(matter, context.today), reasons: ending.reasons, ...ending.facts, bar: bar === null ? null : { untilOn: bar.untilOn, article: bar.article }, articles: [ending.ground.article], seal: '受理专用章',
        remedy: remedyFacts(parts, matter),
      }),
      ...barRows(bar, applicant, matter.data.item.code, matter.id),
      ...tell('notAccepted', context, { reason: ending.reasons }),
    ],
  }
}

function remedyFacts(parts: CaseParts, matter: CaseMatter): Json {
  return parts.remedy(itemOf(parts, matter), true) as unknown as Json
}
