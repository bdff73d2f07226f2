import type { Language } from '../../../base/text.ts'
import type { Caller } from '../../../kernel/access/types.ts'
import { explainClock } from '../../../kernel/clock/explain.ts'
import type { ClockState } from '../../../kernel/clock/types.ts'
import { historyOf } from '../../../kernel/flow/queries.ts'
import { findMatter } from '../../../kernel/flow/read.ts'
import type { Matter } from '../../../kernel/flow/types.ts'
import type { House } from '../../../kernel/house.ts'
import { describe } from '../../../kernel/procedure/describe.ts'
import { renderSvg } from '../../../kernel/procedure/svg.ts'
import type { CaseData } from '../case.ts'
import type { CaseView } from '../contract.ts'
import { refuse } from '../errors.ts'
import { papersOf } from '../queries.ts'
import { caseView, clockView, mayReadPersons } from '../view.ts'
import type { Diagram, ExplainedClock } from './case-parts.tsx'

/** A case as a page shows it. */
export interface ShownCase {
  readonly matter: Matter<CaseData>
  readonly view: CaseView
  readonly clocks: readonly ExplainedClock[]
  readonly diagram: Diagram | null
}

/** A case of the applicant's own, or — for who brought number and code — its public face. Refuses 404. */
export async function readCase(house: House, caseNo: string, caller: Caller, language: Language): Promise<ShownCase> {
  const found = await findMatter(house.db, caseNo)
  const matter = found?.matter as Matter<CaseData> | undefined
  if (!found || !matter || matter.kind !== 'case' || (caller.kind !== 'anonymous' && !mayReadPersons(matter, caller, found.tasks))) throw refuse('not-found', { no: caseNo })
  const [history, papers] = await Promise.all([historyOf(house.db, matter.id), papersOf(house.db, matter.id, matter.no)])
  const view = caseView(house, { matter, clocks: found.clocks, tasks: found.tasks, history, papers }, caller)
  const done = found.tasks.filter(({ state }) => state === 'done').map(({ step }) => step)
  return {
    matter, view, diagram: await diagramOf(house, matter, done, language),
    clocks: found.clocks.map((clock) => ({ clock: clockView(house, clock, !view.masked), stoppedOn: clock.stoppedOn, days: daysOf(house, clock) })),
  }
}

/** One clock of a case by its id. How limits are computed is public (优化营商环境条例 第三十六条). Refuses 404. */
export async function readClock(house: House, caseNo: string, clockId: string): Promise<ExplainedClock> {
  const found = await findMatter(house.db, caseNo)
  const clock = found?.clocks.find(({ id }) => id === clockId)
  if (!found || found.matter.kind !== 'case' || !clock) throw refuse('not-found', { no: caseNo })
  return { clock: clockView(house, clock, false), stoppedOn: clock.stoppedOn, days: daysOf(house, clock) }
}

/** A limit that stands still is told up to today: each day of the pause with its ground. */
const daysOf = (house: House, clock: ClockState) => explainClock(clock, house.clockRule(clock.rule, clock.ruleVersion), house.calendar(), house.time.today())

async function diagramOf(house: House, matter: Matter<CaseData>, done: readonly string[], language: Language): Promise<Diagram | null> {
  if (matter.procedure === null) return null
  const { definition, net } = house.procedures.get(matter.procedure.id, matter.procedure.version)
  const live = net.liveSteps(matter.procedure.state)
  const title = language === 'zh' ? `${matter.no} 办理流程` : `Procedure of ${matter.no}`
  return { svg: await renderSvg(definition, { language, live, done, title, direction: 'down' }), steps: describe(net, language) }
}
