import { z } from 'zod'
import type { Json } from '../../base/canonical-json.ts'
import { findClaimer, type Claimer } from './take-up.ts'
import type { ActSpec, LegalGround, Permit } from './types.ts'

const POST_DUTY: LegalGround = { code: 'POST.DUTY', article: '行政机关岗位责任制、AB 岗工作制（杭政函〔2004〕54号 第九条）', name: { zh: '岗位责任制', en: 'Post responsibility' } }
const FIRST_CONTACT: LegalGround = { code: 'FIRST.CONTACT', article: '首问负责制（中办发〔2011〕22号 第十三条）', name: { zh: '首问负责制', en: 'First-contact responsibility' } }

const PERIOD_ENDED: LegalGround = { code: 'PERIOD.ENDED', article: '民法典 第二百零一条至第二百零三条', name: { zh: '期间届满', en: 'A period has ended' } }

const ANY_OFFICER: readonly Permit[] = [{ officer: 'cases.read', scope: 'any' }]

/** Acts every kind of matter has: taking up work, giving it back, and handing the responsibility of first contact over. */
export function sharedActs(stages: readonly string[]): Readonly<Record<string, ActSpec<Json>>> {
  return {
    claim: {
      name: { zh: '领办', en: 'Claim' }, input: z.strictObject({ taskId: z.uuid() }), from: stages, by: ANY_OFFICER,
      takesUp: (input: { taskId: string }) => input.taskId,
      // AB 岗: what a colleague took up who is away today is taken over; from one who is there it is not.
      read: (db, _matter, input: { taskId: string }, { today }) => findClaimer(db, input.taskId, today),
      decide: (_matter, input: { taskId: string }, context) => {
        const claimer = context.facts as Claimer | null
        return { tasks: [{ do: 'claim', taskId: input.taskId, ...(claimer?.away ? { insteadOf: claimer.personId } : {}) }], ground: POST_DUTY }
      },
    },
    release: {
      name: { zh: '退回待办', en: 'Release' }, input: z.strictObject({ taskId: z.uuid() }), from: stages, by: ANY_OFFICER,
      decide: (_matter, input: { taskId: string }) => ({ tasks: [{ do: 'release', taskId: input.taskId }], ground: POST_DUTY }),
    },
    timerElapsed: {
      name: { zh: '期间届满', en: 'Period ended' }, input: z.strictObject({ step: z.string().min(1).max(80) }), from: stages, by: [{ system: true }],
      decide: (matter, input: { step: string }) => ({ procedure: [{ do: 'timer', step: input.step, facts: matter.data }], ground: PERIOD_ENDED }),
    },
    takeOver: {
      name: { zh: '接收移交', en: 'Take over' }, input: z.strictObject({ note: z.string().trim().max(500).optional() }), from: stages, by: ANY_OFFICER,
      // Responsibility of first contact ends only when the next one accepts it: so it is the receiver's act.
      decide: (_matter, input: { note?: string }, context) => ({
        ...(context.actor.personId === null ? {} : { personId: context.actor.personId }), ground: FIRST_CONTACT, private: { note: input.note ?? '' },
      }),
    },
  }
}
