import { addMonths, type CivilDay } from '../../../base/civil-day.ts'
import type { Language } from '../../../base/text.ts'
import type { House } from '../../../kernel/house.ts'
import { describe } from '../../../kernel/procedure/describe.ts'
import { renderSvg } from '../../../kernel/procedure/svg.ts'
import type { Item } from '../../catalog/contract.ts'
import { countNow, decidedSpans } from './queries.ts'

export interface Measured { readonly cases: number; readonly medianDays: number; readonly p90Days: number; readonly onTimeShare: number; readonly since: CivilDay }

/** How long cases of an item really took, from acceptance to decision in working days, over the last twelve months; null before there is one. */
export const guideMeasured = (house: House) => async (itemCode: string): Promise<Measured | null> => {
  const since = addMonths(house.time.today(), -12)
  const calendar = house.calendar()
  const spans = (await decidedSpans(house.db, itemCode, since)).map((span) => ({ ...span, days: calendar.workingDaysBetween(span.acceptedOn, span.decidedOn) })).sort((a, b) => a.days - b.days)
  const cases = spans.reduce((sum, span) => sum + span.cases, 0)
  if (cases === 0) return null
  return { cases, medianDays: nth(spans, Math.ceil(cases / 2)), p90Days: nth(spans, Math.ceil(cases * 0.9)), onTimeShare: spans.reduce((sum, span) => sum + span.onTime, 0) / cases, since }
}

/** The days of the k-th case, shortest first (nearest rank: a duration that some case really had). */
function nth(spans: readonly { readonly days: number; readonly cases: number }[], k: number): number {
  let seen = 0
  for (const span of spans) {
    seen += span.cases
    if (seen >= k) return span.days
  }
  throw new Error(`there is no case number ${k}`)
}

export interface HomeNumbers { readonly since: CivilDay; readonly finished: number; readonly onTimeShare: number | null; readonly lights: Readonly<Record<'green' | 'yellow' | 'red' | 'black', number>> }

/** This month's cases and the lights of open clocks, counted when asked. */
export const homeNumbers = (house: House) => async (): Promise<HomeNumbers> => {
  const since = `${house.time.today().slice(0, 8)}01` as CivilDay
  const { finished, onTime, lights } = await countNow(house.db, since, house.time.now())
  return { since, finished, onTimeShare: finished === 0 ? null : onTime / finished, lights }
}

export interface FlowChart { readonly svg: string; readonly version: number; readonly steps: readonly { readonly name: string; readonly text: string }[] }

/** The procedure that new cases of an item run through, drawn and in words; null where it has none. A published version never changes: it is drawn once. */
export function flowChartOf(house: House): (item: Item, language: Language) => Promise<FlowChart | null> {
  const drawn = new Map<string, { readonly of: string; readonly chart: Promise<FlowChart> }>()
  return async (item, language) => {
    const published = item.procedureId === null ? undefined : house.procedures.latest(item.procedureId)
    if (!published) return null
    const key = `${item.code} ${language}`, of = `${published.id} ${published.version} ${item.version}`
    const known = drawn.get(key)
    if (known?.of === of) return known.chart
    const title = language === 'zh' ? `${item.name.zh} 办理流程图` : `Procedure: ${item.name.en}`
    const chart = renderSvg(published.definition, { language, live: [], title, direction: 'down' }).then((svg) => ({ svg, version: published.version, steps: describe(published.net, language) }))
    drawn.set(key, { of, chart })
    chart.catch(() => drawn.delete(key))
    return chart
  }
}
