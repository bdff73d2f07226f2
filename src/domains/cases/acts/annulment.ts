import type { Json } from '../../../base/canonical-json.ts'
import type { ClockState } from '../../../kernel/clock/types.ts'
import { liveTask } from '../../../kernel/flow/steps.ts'
import type { LegalGround, RuleContext, TaskChange } from '../../../kernel/flow/types.ts'
import type { Item } from '../../catalog/contract.ts'
import { barOf, barRows, type Bar } from '../bar.ts'
import type { Annulment, CaseData } from '../case.ts'
import { STATEMENT_WORKING_DAYS } from '../clock-rules.ts'
import { ACT_INPUTS, ANNULMENT_GROUND_NAMES, FAULT_ARTICLES, type AnnulmentGround } from '../contract.ts'
import { creditRow } from '../credit.ts'
import { documentNo, paper } from '../documents.ts'
import { refuse } from '../errors.ts'
import { GROUNDS } from '../grounds.ts'
import { LICENCE } from '../lawful-ground.ts'
import { stopClocks } from '../limits.ts'
import { tell } from '../notices.ts'
import type { CaseParts } from '../parts.ts'
import { pendingAnnulment } from '../standing.ts'
import { annulmentGrounds } from '../standing-contract.ts'
import { commitmentArticles } from './after-check.ts'
import { applicantOf, arrivedInSystem, AT_COUNTER, factsOf, itemOf, may, paperHead, PARTY, type CaseAct, type CaseMatter } from './common.ts'

// The closing of the file ends nothing of this: 行政许可法 69 and 70 know no such end.
const FROM = ['decided', 'served', 'closed'] as const

/** 撤销: the party is told and heard first, then somebody who did not check decides (行政许可法 第七条、第六十九条第二款, 北京市优化营商环境条例 第三十三条). */
export const annulmentActs = (parts: CaseParts) => ({
  tellAnnulment: {
    name: { zh: '撤销前告知', en: 'Tell of an annulment' }, input: ACT_INPUTS.tellAnnulment, from: FROM, by: [may('cases.review'), may('cases.survey')],
    decide: (matter, input, context) => {
      const { data } = matter
      const pending = pendingAnnulment(data)
      if (pending) throw refuse('annulment-told', { day: pending.toldOn })
      if (!annulmentGrounds(data).includes(input.ground)) throw refuse('annulment-ground', { ground: ANNULMENT_GROUND_NAMES[input.ground] })
      const annulment: Annulment = { ground: input.ground, ...(matter.stage === 'closed' ? { afterClosing: true as const } : {}), facts: input.facts, toldOn: context.today, toldBy: context.actor.personId!, heard: null, dropped: null, decided: null }
      // Come into the system she agreed to, the notice is served; otherwise somebody must bring it to her, and her days run from then.
      const reached = data.application!.service.consent
      return {
        ground: GROUNDS.annulmentTold, public: { ground: input.ground, ...(reached ? { servedOn: context.today } : {}) },
        data: { ...data, annulment, ...(reached ? { services: [...data.services, arrivedInSystem(matter, context, 'annulmentNotice')] } : {}) },
        clocks: reached ? [{ do: 'start', rule: 'ANNUL.STATEMENT' }] : [],
        tasks: [
          ...(reached ? [] : [{ do: 'open' as const, step: 'serveNotice', role: 'dispatcher', organisationId: parts.centreId() ?? matter.organisationId, workingDays: 3 }]),
          // Where the procedure has no such step, or is over with the closed file, the decision still lies on somebody's table.
          ...(liveTask(context.tasks, 'annulment') ? [] : [{ do: 'open' as const, step: 'annulment', role: 'chief', organisationId: matter.organisationId }]),
        ],
        rows: [
          paper('annulmentNotice', matter, context, documentNo(parts, data.departmentCode, 'annulmentNotice', matter.no, context.today), {
            ...paperHead(matter, context.today), ...decisionFacts(data), ground: ANNULMENT_GROUND_NAMES[input.ground] as unknown as Json, facts: input.facts, workingDays: STATEMENT_WORKING_DAYS,
            articles: [...annulmentArticles(itemOf(parts, matter), input.ground), GROUNDS.annulmentTold.article],
          }),
          ...tell('annulmentTold', context, { reason: input.facts, days: STATEMENT_WORKING_DAYS }),
        ],
      }
    },
  } satisfies CaseAct<'tellAnnulment'>,

  hearAnnulment: {
    name: { zh: '撤销前陈述申辩', en: 'Statement before an annulment' }, input: ACT_INPUTS.hearAnnulment, from: FROM, by: [PARTY, AT_COUNTER, may('cases.review'), may('cases.survey')],
    decide: (matter, input, context) => {
      const annulment = told(matter)
      if (annulment.heard?.waived) throw refuse('already-heard')
      const statement = [annulment.heard?.statement, input.statement].filter(Boolean).join('\n')
      return {
        ground: GROUNDS.annulmentTold, public: { waived: input.waived }, data: { ...matter.data, annulment: { ...annulment, heard: { on: context.today, statement, waived: input.waived } } },
        // Nothing more is to be waited for once she says she has nothing to say.
        clocks: input.waived ? stopClocks(context.clocks, ['ANNUL.STATEMENT']) : [],
        rows: [paper('statementRecord', matter, context, documentNo(parts, matter.data.departmentCode, 'statementRecord', matter.no, context.today, matter.data.interestedParties.length + (annulment.heard ? 2 : 1)), {
          ...paperHead(matter, context.today), party: applicantOf(matter.data).name, interest: '被许可人（撤销前陈述申辩）', statement, waived: input.waived && statement === '', articles: [GROUNDS.annulmentTold.article],
        })],
      }
    },
  } satisfies CaseAct<'hearAnnulment'>,

  annul: {
    name: { zh: '撤销决定', en: 'Annul the decision' }, input: ACT_INPUTS.annul, from: FROM, by: [may('cases.decide')],
    decide: (matter, input, context) => {
      const annulment = ripe(matter, context)
      const item = itemOf(parts, matter)
      const applicant = applicantOf(matter.data)
      const articles = annulmentArticles(item, annulment.ground)
      const bar = isDeceit(annulment.ground) ? barOf(item, 'deceit', context.today) : null
      const no = documentNo(parts, matter.data.departmentCode, 'annulment', matter.no, context.today)
      const remedy = parts.remedy(item, true)
      const data: CaseData = { ...matter.data, annulment: { ...annulment, decided: { on: context.today, reasons: input.reasons, documentNo: no, articles, remedy, barredUntil: bar?.untilOn ?? null } }, ...deregistered(matter.data, item, context) }
      return {
        stage: 'annulled', data, ground: { ...GROUND_OF[annulment.ground], article: articles.join('；') },
        public: { documentNo: no, annuls: matter.data.decision!.documentNo, ground: annulment.ground },
        // The grant is undone with all that was still to be done on it; that it was granted, and annulled, is published all the same.
        procedure: [{ do: 'finishStepIfLive', outcome: 'annulled', facts: factsOf(data) }, { do: 'abandon' }], clocks: stopClocks(context.clocks.filter((clock) => clock.rule !== 'LIC.PUBLISH')),
        // Served again, like any decision.
        tasks: [{ do: 'open', step: 'serve', role: 'dispatcher', organisationId: parts.centreId() ?? matter.organisationId, workingDays: 3 }],
        rows: [
          paper('annulment', matter, context, no, {
            ...paperHead(matter, context.today), ...decisionFacts(matter.data), ground: ANNULMENT_GROUND_NAMES[annulment.ground] as unknown as Json, facts: annulment.facts, heard: heardFacts(annulment), reasons: input.reasons,
            remedy: remedy as unknown as Json, bar: barFacts(bar), effect: effectOf(item, annulment.ground), credit: creditKind(annulment.ground) !== null, articles,
          }),
          { op: 'update', table: 'cases.filing', where: { matter_id: matter.id }, set: { annulled_on: context.today } },
          ...barRows(bar, applicant, item.code, matter.id),
          ...creditRow(creditKind(annulment.ground), matter, { documentNo: no, facts: annulment.facts, article: commitmentArticles(item) }, context),
          ...tell('decisionAnnulled', context, { reason: input.reasons, remedy }),
        ],
      }
    },
  } satisfies CaseAct<'annul'>,

  dropAnnulment: {
    name: { zh: '不予撤销', en: 'Keep the decision' }, input: ACT_INPUTS.dropAnnulment, from: FROM, by: [may('cases.decide')],
    decide: (matter, input, context) => {
      const annulment = told(matter)
      assertApart(matter, annulment, context)
      const ground = input.publicInterest ? GROUNDS.annulmentHarms : GROUNDS.annulmentDropped
      return {
        ground, public: { kept: matter.data.decision!.documentNo }, procedure: [{ do: 'finishStepIfLive', outcome: 'kept', facts: factsOf(matter.data) }],
        clocks: stopClocks(context.clocks, ['ANNUL.STATEMENT']), tasks: [{ do: 'close', step: 'serveNotice' }, { do: 'close', step: 'annulment' }, ...(annulment.afterClosing ? [toArchive(parts, matter)] : [])],
        data: { ...matter.data, annulment: { ...annulment, dropped: { on: context.today, reasons: input.reasons } } },
        rows: [
          paper('annulmentDropped', matter, context, documentNo(parts, matter.data.departmentCode, 'annulmentDropped', matter.no, context.today), { ...paperHead(matter, context.today), ...decisionFacts(matter.data), toldOn: annulment.toldOn, reasons: input.reasons, articles: [ground.article] }),
          ...tell('annulmentDropped', context, { reason: input.reasons }),
        ],
      }
    },
  } satisfies CaseAct<'dropAnnulment'>,
})

const GROUND_OF: Readonly<Record<AnnulmentGround, LegalGround>> = { notRectified: GROUNDS.annulledNotRectified, falseCommitment: GROUNDS.annulledFalse, deceit: GROUNDS.annulledDeceit, abuseOfPower: GROUNDS.annulledFault, beyondPowers: GROUNDS.annulledFault, againstProcedure: GROUNDS.annulledFault, unqualified: GROUNDS.annulledFault, otherLawful: GROUNDS.annulledFault }
const creditKind = (ground: AnnulmentGround) => (ground === 'notRectified' ? 'rectificationFailed' : ground === 'falseCommitment' ? 'falseCommitment' : null)

/** A licence got by a false commitment was got by deceit as well; by the organ's own fault nobody is barred or put on record. */
const isDeceit = (ground: AnnulmentGround): boolean => ground === 'deceit' || ground === 'falseCommitment'

/** 行政许可法 69 ¶4: what the holder lost by the organ's fault is compensated; what was got by deceit is not protected. Of other kinds of grants it says nothing. */
const effectOf = (item: Item, ground: AnnulmentGround): 'compensation' | 'unprotected' | null => (item.itemType !== LICENCE ? null : FAULT_ARTICLES[ground] ? 'compensation' : isDeceit(ground) ? 'unprotected' : null)

/** 注销: a licence annulled is struck off as well (行政许可法 70(4)). */
const deregistered = ({ certificate }: CaseData, item: Item, { today }: RuleContext): Pick<CaseData, 'certificate'> =>
  ({ certificate: certificate && item.itemType === LICENCE ? { ...certificate, deregistered: { on: today, article: DEREGISTRATION } } : certificate })
const DEREGISTRATION = '行政许可法 第七十条第四项'

/** Of a closed file: what came of this goes into a supplement volume. */
const toArchive = (parts: CaseParts, matter: CaseMatter): TaskChange => ({ do: 'open', step: 'archive', role: 'archivist', organisationId: parts.centreId() ?? matter.organisationId, workingDays: 10 })

function annulmentArticles(item: Item, ground: AnnulmentGround): string[] {
  const own = commitmentArticles(item).split('；')
  if (ground === 'notRectified') return own
  const fault = FAULT_ARTICLES[ground]
  if (fault) return [fault]
  const deceit = GROUNDS.annulledDeceit.article
  return ground === 'deceit' ? [deceit] : item.itemType === LICENCE ? [...own, deceit] : own
}

function told(matter: CaseMatter): Annulment {
  const annulment = pendingAnnulment(matter.data)
  if (!annulment) throw refuse('annulment-not-told')
  return annulment
}

/** Told, heard or the days for it over, and decided by somebody else than who checked (practice 12). */
function ripe(matter: CaseMatter, context: RuleContext): Annulment {
  const annulment = told(matter)
  assertApart(matter, annulment, context)
  if (annulment.heard?.waived) return annulment
  const clock = statementClock(context.clocks, annulment)
  if (!clock?.dueOn) throw refuse('annulment-not-served')
  if (clock.dueOn >= context.today) throw refuse('annulment-too-early', { day: clock.dueOn })
  return annulment
}
/** The clock of this announcement, not of one dropped before it. */
const statementClock = (clocks: readonly ClockState[], { toldOn }: Annulment): ClockState | undefined => clocks.findLast((clock) => clock.rule === 'ANNUL.STATEMENT' && clock.stoppedOn === null && clock.startedOn >= toldOn)

function assertApart(matter: CaseMatter, annulment: Annulment, { actor }: RuleContext): void {
  const checked = matter.data.opinions.filter((one) => one.act === 'commitmentCheck' || one.act === 'checkRectification').flatMap((one) => [one.personId, one.secondOfficer])
  if ([annulment.toldBy, ...checked].includes(actor.personId!)) throw refuse('own-check')
}

const decisionFacts = ({ decision, certificate }: CaseData): { [key: string]: Json } => ({ decisionNo: decision!.documentNo, decidedOn: decision!.on, certificateNo: certificate?.no ?? null })
const heardFacts = ({ heard }: Annulment): Json => (heard === null ? null : { on: heard.on, statement: heard.statement, waived: heard.waived })
const barFacts = (bar: Bar | null): Json => (bar === null ? null : { untilOn: bar.untilOn, article: bar.article })
