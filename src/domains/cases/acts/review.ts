import type { CivilDay } from '../../../base/civil-day.ts'
import type { Queryable } from '../../../kernel/db/database.ts'
import type { Consequence, RuleContext } from '../../../kernel/flow/types.ts'
import { tell } from '../notices.ts'
import type { CaseData } from '../case.ts'
import { ACT_INPUTS } from '../contract.ts'
import { refuse } from '../errors.ts'
import { GROUNDS } from '../grounds.ts'
import type { CaseParts } from '../parts.ts'
import { AT_COUNTER, factsOf, itemOf, may, PARTY, readFiles, useFiles, type CaseAct, type CaseMatter, type InputOf } from './common.ts'
import { opinionOf, readCheck } from './opinion.ts'

type StepAct = 'review' | 'verify' | 'survey' | 'coReview' | 'expertReview' | 'publicNotice'

/** The review steps of the item's procedure: each leaves an opinion under a post and moves the procedure on. */
export const reviewActs = (parts: CaseParts) => {
  const step = <Name extends StepAct>(act: Name, zh: string, en: string, permission: string, scope: 'responsible' | 'any' = 'responsible') => ({
    name: { zh, en }, input: ACT_INPUTS[act], from: ['accepted'], by: [{ officer: permission, scope }], needsStep: true,
    read: (db: Queryable, _matter: CaseMatter | null, input: InputOf<StepAct>, { today }: { readonly today: CivilDay }) => readCheck(db, input, today),
    decide: (matter: CaseMatter, input: InputOf<StepAct>, context: RuleContext): Consequence<CaseData> => opined(parts, act, matter, input, context),
  })
  return {
    review: step('review', '审查', 'Examine', 'cases.review'),
    verify: step('verify', '核实', 'Verify', 'cases.verify'),
    survey: step('survey', '现场核查', 'Site survey', 'cases.survey', 'any'),
    // In another department's hands: its own reviewer, not the responsible organisation's.
    coReview: step('coReview', '会同审查', 'Co-department review', 'cases.review', 'any'),
    expertReview: step('expertReview', '专家评审', 'Expert review', 'cases.review'),
    publicNotice: step('publicNotice', '公示', 'Public notice', 'cases.review', 'any'),

    askClarification: {
      name: { zh: '要求说明', en: 'Ask for clarification' }, input: ACT_INPUTS.askClarification, from: ['accepted'], by: [may('cases.review')],
      // 第四十五条 knows no such pause: the clock runs on.
      decide: (matter, input, context) => ({
        ground: GROUNDS.clarification,
        data: { ...matter.data, clarifications: [...matter.data.clarifications, { askedOn: context.today, question: input.question, answeredOn: null }] },
        rows: tell('clarificationAsked', context, { question: input.question }),
      }),
    } satisfies CaseAct<'askClarification'>,
    clarify: {
      name: { zh: '说明', en: 'Clarify' }, input: ACT_INPUTS.clarify, from: ['accepted'], by: [PARTY, AT_COUNTER],
      read: async (db, _matter, input) => ({ files: await readFiles(db, input.files), barredUntil: null }),
      decide: (matter, input, context) => {
        const open = matter.data.clarifications.findIndex((one) => one.answeredOn === null)
        if (open < 0) throw refuse('no-clarification')
        const clarifications = matter.data.clarifications.map((one, i) => (i === open ? { ...one, answeredOn: context.today, answer: input.answer } : one))
        return { ground: GROUNDS.clarification, data: { ...matter.data, clarifications }, rows: useFiles(input.files, context, matter.id, 'clarification') }
      },
    } satisfies CaseAct<'clarify'>,
  }
}

function opined(parts: CaseParts, act: StepAct, matter: CaseMatter, input: InputOf<StepAct>, context: RuleContext): Consequence<CaseData> {
  const opinion = opinionOf(act, input, context)
  // On the spot, substance is checked by two (第三十四条第三款); both are named.
  if (act === 'survey' && itemOf(parts, matter).substanceVerified && !input.secondOfficer) throw refuse('two-officers-needed')
  return {
    ground: GROUNDS.examined,
    data: { ...matter.data, opinions: [...matter.data.opinions, { ...opinion, ...(input.outcome ? { outcome: input.outcome } : {}) }] },
    procedure: [{ do: 'finishStep', ...(input.outcome ? { outcome: input.outcome } : {}), facts: factsOf(matter.data) }],
    rows: useFiles(input.files, context, matter.id, act),
  }
}
