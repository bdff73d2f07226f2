import { z } from 'zod'
import type { CivilDay } from '../../base/civil-day.ts'
import type { ActSpec, LegalGround, MatterKind, OpenSpec } from '../../kernel/flow/types.ts'

export const REPLAY_STAGES = ['open', 'ended'] as const
export const REPLAY_STAGE_NAMES: Record<(typeof REPLAY_STAGES)[number], { readonly zh: string; readonly en: string }> = { open: { zh: '进行中', en: 'Open' }, ended: { zh: '已结束', en: 'Ended' } }

/** A case of somebody else's log, as a matter. `data` keeps what identifies it there and what the log says of the whole case. */
export interface ReplayedCase { readonly log: string; readonly caseId: string; readonly attributes: Readonly<Record<string, string>> }

const text = (max: number) => z.string().min(1).max(max)
const Begin = z.strictObject({
  log: text(200), caseId: text(200), attributes: z.record(z.string().max(200), z.string().max(2000)),
  organisationId: z.uuid(), organisationCode: text(18),
  /** From day zero to the deadline; null: the log gives none. */
  deadline: z.strictObject({ on: z.iso.date(), days: z.int().min(0).max(36_500) }).nullable(),
})
const Record_ = z.strictObject({ activity: text(1000), resource: z.string().max(1000).nullable() })
const End = z.strictObject({ on: z.iso.date() })

const GROUND: LegalGround = { code: 'REPLAY', article: '所载入的流程日志', name: { zh: '日志重放', en: 'Replay of a log' } }
const SYSTEM_ONLY = [{ system: true }] as const

const begin: OpenSpec<ReplayedCase, z.infer<typeof Begin>> = {
  name: { zh: '开始', en: 'Begin' }, input: Begin, by: SYSTEM_ONLY,
  decide: (input, context) => ({
    stage: 'open', data: { log: input.log, caseId: input.caseId, attributes: input.attributes }, organisationId: input.organisationId, organisationCode: input.organisationCode,
    subject: subjectOf(input.log), partyIds: [], numberPrefix: `RP-${context.today.slice(0, 4)}-`, ground: GROUND,
    clocks: input.deadline ? [{ do: 'start', rule: 'REPLAY.DEADLINE', on: input.deadline.on as CivilDay, amount: input.deadline.days }] : [],
  }),
}

const record: ActSpec<ReplayedCase, z.infer<typeof Record_>> = {
  name: { zh: '记录', en: 'Record' }, input: Record_, from: ['open'], by: SYSTEM_ONLY,
  decide: (matter, input, context) => ({
    ground: GROUND, public: { activity: input.activity.slice(0, 200) },
    rows: [{ op: 'insert', table: 'replay.event', row: { matter_id: matter.id, seq: matter.revision + 1, at: context.now, activity: input.activity, resource: input.resource } }],
  }),
}

const end: ActSpec<ReplayedCase, z.infer<typeof End>> = {
  name: { zh: '结束', en: 'End' }, input: End, from: ['open'], by: SYSTEM_ONLY,
  decide: (_matter, input, context) => ({
    stage: 'ended', closed: true, ground: GROUND,
    clocks: context.clocks.filter((clock) => clock.stoppedOn === null).map((clock) => ({ do: 'stop' as const, clock: clock.id, on: (input.on < clock.startedOn ? clock.startedOn : input.on) as CivilDay })),
  }),
}

/** 日志重放: cases of an event log, so that lists, lights and timelines can be looked at on real data. */
export const replayedKind: MatterKind<ReplayedCase> = {
  kind: 'replayed', name: { zh: '重放案件', en: 'Replayed case' }, stages: REPLAY_STAGES,
  acts: { record: record as ActSpec<ReplayedCase>, end: end as ActSpec<ReplayedCase> }, opens: { begin: begin as OpenSpec<ReplayedCase> },
  publicFace: { heading: 'execution', shows: { zh: '仅用于分析，不对外公开', en: 'For analysis only; nothing is published' }, withheldBy: '政府信息公开条例 第十六条（内部事务信息）' },
}

/** What its matters are about: the log they come from. */
export const subjectOf = (log: string): string => `replay:${log}`
