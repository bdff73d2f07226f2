import type { CivilDay } from '../../../base/civil-day.ts'
import type { ClockChange, Consequence, RuleContext } from '../../../kernel/flow/types.ts'
import type { Item } from '../../catalog/contract.ts'
import type { AfterCheck, CaseData } from '../case.ts'
import { COMMITMENT_ARTICLE } from '../clock-rules.ts'
import { ACT_INPUTS, type CheckFinding } from '../contract.ts'
import { documentNo, paper } from '../documents.ts'
import { refuse } from '../errors.ts'
import { GROUNDS } from '../grounds.ts'
import { stopClocks } from '../limits.ts'
import { tell } from '../notices.ts'
import type { CaseParts } from '../parts.ts'
import { arrivedInSystem, factsOf, itemOf, may, paperHead, useFiles, type CaseAct, type CaseMatter, type InputOf } from './common.ts'
import { opinionOf, readCheck } from './opinion.ts'

const CHECKERS = [may('cases.verify'), { officer: 'cases.survey', scope: 'any' as const }]

/** After a grant on commitment: the check, the order to rectify, the second look (北京市优化营商环境条例 第三十三条). */
export const afterCheckActs = (parts: CaseParts) => ({
  commitmentCheck: {
    name: { zh: '承诺事后核查', en: 'After-check of the commitment' }, input: ACT_INPUTS.commitmentCheck, from: ['decided', 'served'], by: CHECKERS, needsStep: true,
    read: (db, _matter, input, { today }) => readCheck(db, input, today),
    decide: (matter, input, context) => {
      const item = itemOf(parts, matter)
      assertTwo(item, input.secondOfficer)
      const opinion = { ...opinionOf('commitmentCheck', input, context), outcome: input.finding }
      const checked = (more: Partial<AfterCheck> = {}): CaseData => ({ ...matter.data, opinions: [...matter.data.opinions, opinion], afterCheck: { on: context.today, finding: input.finding, facts: input.opinion, rectification: null, ...more } })
      const common = (finding: CheckFinding) => ({
        procedure: [{ do: 'finishStep' as const, outcome: finding, facts: factsOf(matter.data) }], public: { finding }, clocks: stopClocks(context.clocks, ['COMMIT.CHECK']),
        rows: useFiles(input.files, context, matter.id, 'commitmentCheck'),
      })
      if (input.finding !== 'rectify') return { ...common(input.finding), ground: GROUNDS.commitmentChecked, data: checked() }
      const workingDays = input.workingDays ?? item.commitment!.rectificationWorkingDays
      return ordered(parts, matter, context, common('rectify'), workingDays, input, checked)
    },
  } satisfies CaseAct<'commitmentCheck'>,

  checkRectification: {
    name: { zh: '整改复查', en: 'Check the rectification' }, input: ACT_INPUTS.checkRectification, from: ['decided', 'served'], by: CHECKERS, needsStep: true,
    read: (db, _matter, input, { today }) => readCheck(db, input, today),
    decide: (matter, input, context) => {
      assertTwo(itemOf(parts, matter), input.secondOfficer)
      const opinion = { ...opinionOf('checkRectification', input, context), outcome: input.finding }
      const { afterCheck } = matter.data
      if (!afterCheck?.rectification) throw new Error(`${matter.no}: no rectification was ordered`)
      // Put right early it may be found at any time; found wanting only once the days ordered are over, which begin with service.
      if (input.finding === 'notRectified') assertOver(afterCheck.rectification.dueOn, context.today)
      return {
        ground: GROUNDS.commitmentChecked, procedure: [{ do: 'finishStep', outcome: input.finding, facts: factsOf(matter.data) }], public: { finding: input.finding }, clocks: stopClocks(context.clocks, ['COMMIT.RECTIFY']), tasks: [{ do: 'close', step: 'serveOrder' }],
        data: { ...matter.data, opinions: [...matter.data.opinions, opinion], afterCheck: { ...afterCheck, rectification: { ...afterCheck.rectification, checkedOn: context.today, finding: input.finding, facts: input.opinion } } },
        rows: [...useFiles(input.files, context, matter.id, 'checkRectification'), ...(input.finding === 'rectified' ? tell('rectified', context) : [])],
      }
    },
  } satisfies CaseAct<'checkRectification'>,
})

function assertOver(dueOn: CivilDay | null, today: CivilDay): void {
  if (dueOn === null) throw refuse('order-not-served')
  if (dueOn >= today) throw refuse('rectification-running', { day: dueOn })
}

/** Substance is verified by two officers (行政许可法 第三十四条第三款), after the decision as before it. */
function assertTwo(item: Item, secondOfficer: string | undefined): void {
  if (item.substanceVerified && secondOfficer === undefined) throw refuse('two-officers-needed')
}

/** 责令限期整改: the order and its days, which run once it reached her; the look again is the procedure's next step. */
function ordered(parts: CaseParts, matter: CaseMatter, context: RuleContext, common: Pick<Required<Consequence<CaseData>>, 'procedure' | 'clocks' | 'rows' | 'public'>, workingDays: number, input: InputOf<'commitmentCheck'>, checked: (more: Partial<AfterCheck>) => CaseData): Consequence<CaseData> {
  const article = commitmentArticles(itemOf(parts, matter))
  const unserved = { orderedOn: context.today, workingDays, servedOn: null, dueOn: null, checkedOn: null, finding: null }
  // Come into the system she agreed to, the order is served; otherwise somebody must bring it to her (practice 16).
  const reached = matter.data.application!.service.consent
  const served = reached ? rectificationRuns(parts, matter, unserved, context.today, context) : null
  const data = checked({ rectification: served?.rectification ?? unserved })
  return {
    ...common, ground: GROUNDS.rectificationOrdered, public: { ...common.public, workingDays, ...(served ? { servedOn: context.today } : {}) },
    data: reached ? { ...data, services: [...data.services, arrivedInSystem(matter, context, 'rectificationOrder')] } : data,
    clocks: [...common.clocks, ...(served?.clocks ?? [])],
    tasks: reached ? [] : [{ do: 'open', step: 'serveOrder', role: 'dispatcher', organisationId: parts.centreId() ?? matter.organisationId, workingDays: 3 }],
    rows: [
      ...common.rows,
      paper('rectificationOrder', matter, context, documentNo(parts, matter.data.departmentCode, 'rectificationOrder', matter.no, context.today), {
        ...paperHead(matter, context.today), facts: input.opinion, workingDays, dueOn: null, decisionNo: matter.data.decision!.documentNo, decidedOn: matter.data.decision!.on, articles: article.split('；'),
      }),
      ...tell('rectificationOrdered', context, { reason: input.opinion, days: workingDays }),
    ],
  }
}

/** The days ordered, from the day of service: that day is day zero. */
export function rectificationRuns(parts: CaseParts, matter: CaseMatter, rectification: Rectification, servedOn: CivilDay, { calendar }: RuleContext): { readonly rectification: Rectification; readonly clocks: readonly ClockChange[] } {
  const { workingDays } = rectification
  return {
    rectification: { ...rectification, servedOn, dueOn: calendar.addWorkingDays(servedOn, workingDays).day },
    clocks: [{ do: 'start', rule: 'COMMIT.RECTIFY', on: servedOn, amount: workingDays, article: commitmentArticles(itemOf(parts, matter)) }],
  }
}
type Rectification = NonNullable<AfterCheck['rectification']>

/** The general article and the item's own, where it has another. */
export function commitmentArticles(item: Pick<Item, 'commitment'>): string {
  const own = item.commitment?.article
  return own && own !== COMMITMENT_ARTICLE ? `${COMMITMENT_ARTICLE}；${own}` : COMMITMENT_ARTICLE
}
