import { z } from 'zod'
import { addDays, startOfDay, type CivilDay } from '../../../base/civil-day.ts'
import type { Caller } from '../../../kernel/access/types.ts'
import type { House } from '../../../kernel/house.ts'
import { route, type Route } from '../../../kernel/http/types.ts'
import type { LightAppealList, LightCounts } from './contract.ts'
import { postWords } from './view.ts'
import { countLights, listAppeals } from './store.ts'

const PAGE = 50
const Day = z.iso.date()
/** Those who may read all cases see all posts; others the posts of their own organisations. */
const organisationsOf = (caller: Caller): readonly string[] | null =>
  caller.kind !== 'officer' ? [] : caller.permissions.includes('cases.readAll') ? null : [...new Set(caller.posts.map((post) => post.organisationId))]

/** Lights by post and step, and the appeals against them; no person is named. */
export function lightRoutes(house: House): readonly Route[] {
  const procedureOf = ({ procedureId, procedureVersion }: { readonly procedureId: string | null; readonly procedureVersion: number | null }) => (procedureId === null ? null : { id: procedureId, version: procedureVersion! })
  return [
    route({
      method: 'GET', path: '/api/v1/lights', guard: { signedIn: 'officer' }, kind: 'api', rate: 'read', summary: { zh: '按岗位和环节统计的亮灯', en: 'Lights by post and step' },
      query: z.object({ from: Day.optional(), to: Day.optional() }),
      handle: async ({ query, caller }): Promise<LightCounts> => {
        const to = (query.to ?? house.time.today()) as CivilDay
        const from = (query.from ?? addDays(to, -89)) as CivilDay
        const rows = await countLights(house.db, startOfDay(from), startOfDay(addDays(to, 1)), organisationsOf(caller))
        return {
          from, to,
          // What counts most stands first.
          rows: rows.map((row) => {
            const { step: _step, ...words } = postWords(house, procedureOf(row), row)
            const { light, fallen, movedHere, appealed, withdrawn, movedAway } = row
            return { ...words, step: row.step, light, fallen, movedHere, appealed, withdrawn, movedAway, counted: fallen + movedHere - appealed - withdrawn - movedAway }
          }).sort((a, b) => b.counted - a.counted),
        }
      },
    }),
    route({
      method: 'GET', path: '/api/v1/lights/appeals', guard: { signedIn: 'officer' }, kind: 'api', rate: 'read', summary: { zh: '亮灯申诉', en: 'Appeals against lights' },
      query: z.object({ state: z.enum(['open', 'judged']).default('open'), page: z.coerce.number().int().min(1).max(10_000).default(1) }),
      handle: async ({ query, caller }): Promise<LightAppealList> => {
        const { appeals, total } = await listAppeals(house.db, query.state, organisationsOf(caller), PAGE, (query.page - 1) * PAGE)
        return {
          total,
          appeals: appeals.map((one) => {
            const { stepName, roleName, organisation } = postWords(house, procedureOf(one), one)
            const { caseNo, no, item, light, dueOn, ground, appealedOn, judgeBy, state, decidedOn } = one
            return { caseNo, no, item, clockName: house.clockRule(one.rule).name, light, dueOn, stepName, roleName, organisation, ground, on: appealedOn, judgeBy, state, decidedOn }
          }),
        }
      },
    }),
  ]
}
