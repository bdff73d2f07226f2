import type { ActSpec, Consequence, Matter, MatterKind } from '../../kernel/flow/types.ts'
import type { Item } from '../catalog/contract.ts'
import { acceptanceActs } from './acts/acceptance.ts'
import { afterCheckActs } from './acts/after-check.ts'
import { annulmentActs } from './acts/annulment.ts'
import { closingActs } from './acts/closing.ts'
import { decisionActs } from './acts/decision.ts'
import { intakeActs, openings } from './acts/intake.ts'
import { publicationActs } from './acts/publication.ts'
import { reviewActs } from './acts/review.ts'
import { sealedFileActs } from './acts/sealed-file.ts'
import { telephoneActs } from './acts/telephone.ts'
import { timingActs } from './acts/timing.ts'
import type { CaseData } from './case.ts'
import { CASE_STAGES, STAGE_NAMES, type ActName } from './contract.ts'
import { lawfulGround } from './lawful-ground.ts'
import { lightActs } from './lights/acts.ts'
import { isJudging } from './lights/light.ts'
import { offeredWhen } from './offered-when.ts'
import type { CaseParts } from './parts.ts'
import { verticalActs } from './vertical/acts.ts'

const ACCEPTING_ACTS: readonly string[] = ['receive', 'accept', 'refuseAcceptance', 'notRequired', 'requestSupplement', 'serve'] satisfies readonly ActName[]

/** 办件: an application from filing to the sealed file. */
export function caseKind(parts: CaseParts): MatterKind<CaseData> {
  const acts = { ...intakeActs(parts), ...acceptanceActs(parts), ...reviewActs(parts), ...timingActs(parts), ...decisionActs(parts), ...publicationActs(), ...afterCheckActs(parts), ...annulmentActs(parts), ...closingActs(parts), ...sealedFileActs(parts), ...telephoneActs(parts), ...verticalActs(parts), ...lightActs() } satisfies Record<ActName, unknown>
  const withGround = <Spec extends { decide: (...args: any[]) => Consequence<CaseData> }>(spec: Spec, itemFrom: (subject: unknown) => Item | undefined): Spec =>
    ({ ...spec, decide: (subject: unknown, ...rest: unknown[]) => {
      const consequence = spec.decide(subject, ...rest)
      const item = itemFrom(subject)
      return item ? { ...consequence, ground: lawfulGround(consequence.ground, item) } : consequence
    } })
  const ofMatter = (matter: unknown): Item | undefined => { const { code, version } = (matter as Matter<CaseData>).data.item; return parts.item(code, version) }
  const ofInput = (input: unknown): Item | undefined => parts.item((input as { itemCode: string }).itemCode)
  const each = <Spec extends { decide: (...args: any[]) => Consequence<CaseData> }>(specs: Readonly<Record<string, Spec>>, itemFrom: (subject: unknown) => Item | undefined): Record<string, Spec> =>
    Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, withGround(spec, itemFrom)]))
  const offering = (specs: MatterKind<CaseData>['acts']): MatterKind<CaseData>['acts'] =>
    Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, { ...spec, offeredWhen: (matter, clocks, tasks, today) => offeredWhen(name, ofMatter(matter), matter, clocks, tasks, today) } satisfies ActSpec<CaseData>]))
  return {
    kind: 'case', name: { zh: '办件', en: 'Case' }, stages: CASE_STAGES, stageNames: STAGE_NAMES, acts: offering(each(acts as MatterKind<CaseData>['acts'], ofMatter)), opens: each(openings(parts) as MatterKind<CaseData>['opens'], ofInput) as MatterKind<CaseData>['opens'],
    placeOf: (data, reference) => (reference === 'accepting' ? (data.accepting?.organisationId ?? parts.centreId()) : null),
    // A sub-district office that accepts as its own duty acts in its own name; under an entrustment it acts in the giver's.
    dutyOf: (data, act) => (data.accepting?.by === 'ownDuty' && ACCEPTING_ACTS.includes(act) ? [data.accepting.organisationId] : []),
    outlives: isJudging,
    publicFace: { heading: 'result', shows: { zh: '事项、机关、各阶段日期、期限、结果与文号', en: 'Item, organ, dates of each stage, limits, outcome and document number' }, withheldBy: '政府信息公开条例 第十五条；个人信息保护法 第三十四条' },
  }
}
