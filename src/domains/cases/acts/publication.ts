import { ACT_INPUTS } from '../contract.ts'
import { refuse } from '../errors.ts'
import { GROUNDS } from '../grounds.ts'
import { runningClocks, stopClocks } from '../limits.ts'
import { may, type CaseAct } from './common.ts'

/**
 * A decision granting a licence is made public within seven working days (行政许可法 第四十条, 发改办财金〔2018〕424号). The system does it
 * on the day after the decision, an officer may do it sooner. The list names organisations in full and masks persons (公开条例 第十五条).
 */
export const publicationActs = () => ({
  publishResult: {
    name: { zh: '公示许可决定', en: 'Publish the decision' }, input: ACT_INPUTS.publishResult, from: ['decided', 'served', 'annulled', 'closed'], by: [{ system: true }, may('cases.review'), may('cases.decide')],
    decide: (matter, _input, context) => {
      const { decision } = matter.data
      if (runningClocks(context.clocks, ['LIC.PUBLISH']).length === 0) throw context.clocks.some((clock) => clock.rule === 'LIC.PUBLISH') ? refuse('already-published') : refuse('not-published-here')
      return {
        ground: GROUNDS.published, public: { documentNo: decision!.documentNo, publishedOn: context.today }, clocks: stopClocks(context.clocks, ['LIC.PUBLISH']),
        rows: [{ op: 'update', table: 'cases.filing', where: { matter_id: matter.id }, set: { published_on: context.today } }],
      }
    },
  } satisfies CaseAct<'publishResult'>,
})
