import type { RowChange } from '../../../kernel/flow/types.ts'
import { findFailed, recordOutcome } from '../../../kernel/notify/messages.ts'
import { ACT_INPUTS, CASE_STAGES } from '../contract.ts'
import { refuse } from '../errors.ts'
import { GROUNDS } from '../grounds.ts'
import type { CaseParts } from '../parts.ts'
import { may, type CaseAct } from './common.ts'

/** A notice that reached nobody becomes somebody's telephone call (practice 17). */
export const telephoneActs = (parts: CaseParts) => ({
  noticeFailed: {
    name: { zh: '通知未达', en: 'Notice failed' }, input: ACT_INPUTS.noticeFailed, from: CASE_STAGES, by: [{ system: true }],
    decide: (matter, input) => ({
      ground: GROUNDS.served, public: { channel: input.channel }, private: { outcome: input.outcome },
      tasks: [{ do: 'open', step: 'telephone', role: 'clerk', organisationId: parts.centreId() ?? matter.organisationId, workingDays: 1 }],
    }),
  } satisfies CaseAct<'noticeFailed'>,
  telephoned: {
    name: { zh: '电话通知', en: 'Notified by telephone' }, input: ACT_INPUTS.telephoned, from: CASE_STAGES, by: [{ officer: 'notices.telephone', scope: 'any' }, may('cases.serve')],
    read: (db, matter, input) => findFailed(db, matter!.id, input.deliveryId),
    decide: (_matter, input, context) => {
      const failed = context.facts as Awaited<ReturnType<typeof findFailed>>
      if (!failed) throw refuse('no-failed-notice')
      return {
        ground: GROUNDS.served, private: { outcome: input.outcome }, public: { reached: input.reached },
        // A call that nobody took leaves the work where it is; one about a courtesy had no task of its own.
        tasks: input.reached && failed.statutory ? [{ do: 'close', step: 'telephone' }] : [],
        rows: [recordOutcome(input.deliveryId, { state: input.reached ? 'delivered' : 'failed', at: context.now, outcome: input.outcome }) as RowChange],
      }
    },
  } satisfies CaseAct<'telephoned'>,
})
