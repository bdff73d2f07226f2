import { z } from 'zod'
import { rfc3339 } from '../../base/civil-day.ts'
import { findMatter } from '../../kernel/flow/read.ts'
import type { House } from '../../kernel/house.ts'
import { explainClock } from '../../kernel/clock/explain.ts'
import { lightOf } from '../../kernel/clock/lights.ts'
import { route, type Route } from '../../kernel/http/types.ts'
import { refuse } from './errors.ts'
import { REPLAY_STAGES, REPLAY_STAGE_NAMES, type ReplayedCase } from './kind.ts'
import { listReplayed, timelineOf } from './queries.ts'

const PAGE = 50
const guard = { permission: 'replay.load' }

/** Replayed cases for whoever judges processes: list with lights, timeline, the clock day by day. */
export const replayRoutes = (house: House): readonly Route[] => [
  route({
    method: 'GET', path: '/api/v1/replays', guard, kind: 'api', rate: 'read', summary: { zh: '重放的案件', en: 'Replayed cases' },
    query: z.object({ log: z.string().max(200).optional(), stage: z.enum(REPLAY_STAGES).optional(), light: z.enum(['green', 'yellow', 'red', 'black']).optional(), page: z.coerce.number().int().min(1).max(10_000).default(1) }),
    handle: async ({ query }) => {
      const { cases, total } = await listReplayed(house.db, { ...query, now: house.time.now(), limit: PAGE, offset: (query.page - 1) * PAGE })
      return {
        total,
        cases: cases.map(({ matter, dueAt, light }) => ({ caseNo: matter.no, caseId: matter.data.caseId, log: matter.data.log, stage: matter.stage, stageName: REPLAY_STAGE_NAMES[matter.stage as 'open'], openedAt: matter.openedAt, dueAt: dueAt && rfc3339(dueAt), light })),
      }
    },
  }),
  route({
    method: 'GET', path: '/api/v1/replays/:no', guard, kind: 'api', rate: 'read', summary: { zh: '一件重放的案件', en: 'A replayed case' }, params: z.object({ no: z.string().min(1).max(80) }),
    handle: async ({ params }) => {
      const found = await findMatter(house.db, params.no)
      if (!found || found.matter.kind !== 'replayed') throw refuse('not-found', { no: params.no })
      const data = found.matter.data as unknown as ReplayedCase
      return {
        caseNo: found.matter.no, stage: found.matter.stage, stageName: REPLAY_STAGE_NAMES[found.matter.stage as 'open'], caseId: data.caseId, log: data.log, attributes: data.attributes, openedAt: found.matter.openedAt,
        clocks: found.clocks.map((clock) => {
          const rule = house.clockRule(clock.rule, clock.ruleVersion)
          return { id: clock.id, name: rule.name, article: clock.article, startedOn: clock.startedOn, dueOn: clock.dueOn, stopped: clock.stoppedOn, light: lightOf(clock, rule, house.time.now(), house.calendar()), days: explainClock(clock, rule, house.calendar()) }
        }),
        timeline: (await timelineOf(house.db, params.no)).map(({ seq, at, activity, resource }) => ({ seq, at: rfc3339(at), activity, resource })),
      }
    },
  }),
]
