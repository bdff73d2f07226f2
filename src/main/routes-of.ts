import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { acceptInvite, demandInvite } from '../kernel/access/invites.ts'
import { findSites } from '../kernel/org/organisations.ts'
import { fileRoutes } from '../kernel/http/routes/files.ts'
import { logRoutes } from '../kernel/http/routes/log.ts'
import { sessionRoutes } from '../kernel/http/routes/sessions.ts'
import type { Route } from '../kernel/http/types.ts'
import { PageCache } from '../kernel/http/page-cache.ts'
import type { LogFiles } from '../kernel/ledger/tiles.ts'
import { findDocuments } from '../kernel/search/find-documents.ts'
import type { Frames } from '../kit/portal/index.ts'
import { administrationRoutes } from '../domains/administration/index.ts'
import { accountRoutes } from '../domains/cases/account-routes.ts'
import { counterRoutes } from '../domains/cases/counter-routes.ts'
import { dayRoutes } from '../domains/cases/day-routes.ts'
import { startPress } from '../domains/cases/papers/press.ts'
import { annulledEntry, casePages, flowChartOf, guideMeasured, homeNumbers, recentResults, trackCase } from '../domains/cases/portal/index.ts'
import { creditRoutes } from '../domains/cases/credit-routes.ts'
import { caseRoutes } from '../domains/cases/routes.ts'
import { lightRoutes } from '../domains/cases/lights/routes.ts'
import { messageRoutes } from '../domains/cases/message-routes.ts'
import { verticalRoutes } from '../domains/cases/vertical/routes.ts'
import { holds, validateForm, valuesFromFields, visibleFields } from '../domains/catalog/forms.ts'
import { seedId } from '../domains/catalog/demo/sql.ts'
import { ITEM_SOURCE } from '../domains/catalog/index-items.ts'
import { blankPaperRoutes } from '../domains/cases/papers/routes.ts'
import { catalogPaperRoutes } from '../domains/catalog/papers/routes.ts'
import { catalogOverview, catalogPages, catalogReader, type GuidePanels } from '../domains/catalog/portal/index.ts'
import { catalogRoutes } from '../domains/catalog/routes.ts'
import { procedureRoutes } from '../domains/catalog/procedure-routes.ts'
import { invitationPages, logWords, portalAccess, portalOrganisations, portalPages } from '../portal/index.ts'
import { consoleRoutes, type ConsoleAssets } from '../console/shell.ts'
import { replayRoutes } from '../domains/replay/index.ts'
import type { Config } from '../config.ts'
import type { OpenHouse } from './open-house.ts'
import { CASE_CLOCK_RULES } from '../domains/cases/clock-rules.ts'
import { CLOCK_RULES } from '../kernel/clock/rules.ts'

/** Kinds of matter whose acts are described, to programs and on the page that verifies them. */
export const KIND_NAMES = ['case', 'catalogChange', 'replayed'] as const

export interface RoutesParts { readonly open: OpenHouse; readonly config: Config; readonly files: LogFiles; readonly frames: Frames; readonly dist: string }

/** What the build made of the console. */
const consoleAssets = (dist: string): ConsoleAssets => JSON.parse(readFileSync(join(dist, 'console/manifest.json'), 'utf8')) as ConsoleAssets

/** The one list of routes, and what must be closed with them. */
export async function routesOf({ open, files, frames, dist }: RoutesParts): Promise<{ readonly list: readonly Route[]; close(): Promise<void> }> {
  const { house, items } = open
  const today = () => house.time.today()
  const press = startPress({ demo: house.demo, url: house.url })
  const search = async (q: string): Promise<readonly string[]> => {
    const found = await findDocuments(house.db, house.segment, { q, source: ITEM_SOURCE, limit: 500, offset: 0 })
    return [...new Set(found.hits.map((hit) => hit.ref))]
  }
  const pages = { house, frames, items, forms: { holds, validateForm, valuesFromFields, visibleFields } }
  const list: Route[] = [
    ...sessionRoutes(house), ...fileRoutes(house), ...logRoutes(house, files),
    ...caseRoutes({ house, press }), ...creditRoutes(house), ...counterRoutes(house), ...accountRoutes({ house, items }), ...dayRoutes(house), ...verticalRoutes({ house, items }), ...lightRoutes(house), ...messageRoutes(house), ...casePages(pages), ...administrationRoutes(house), ...replayRoutes(house), ...consoleRoutes({ demo: house.demo, assets: consoleAssets(dist) }),
    ...catalogRoutes({ house, items, search }), ...procedureRoutes({ house, items }), ...blankPaperRoutes({ press }), ...catalogPaperRoutes({ press, items: { item: (code, version) => (version === undefined ? items.find(code, today()) : items.version(code, version)), form: (id) => items.form(id) } }),
    ...catalogPages({ url: house.url, frames, catalog: catalogReader({ registry: items, search, today }), panels: await guidePanels(open), pages: new PageCache() }),
    ...invitationPages({ frames, demand: (token) => demandInvite(house.db, token, house.time.now()), accept: (input) => acceptInvite(house.db, { ...input, at: house.time.now() }) }),
    ...portalPages({
      url: house.url, demo: house.demo, frames, catalog: catalogOverview({ registry: items, today }), organisations: portalOrganisations(house.db, house.time), access: portalAccess(house.db, house.time),
      homeNumbers: homeNumbers(house), logKey: async () => (await files.file('key')).body.toString('utf8'), trackCase: trackCase(house), annulledEntry: annulledEntry(house),
      logWords: logWords(KIND_NAMES.map((kind) => house.flow.kind(kind)), [...CLOCK_RULES, ...CASE_CLOCK_RULES]),
    }),
  ]
  return { list, close: () => press.close() }
}

/** What the guide shows of other rooms: measured times, the chart that executes, the way to the hall. */
async function guidePanels({ house }: OpenHouse): Promise<GuidePanels> {
  const sites = await findSites(house.db, house.time.today())
  return {
    measured: guideMeasured(house), flowChart: flowChartOf(house), more: recentResults(house),
    hallPath: (siteCode) => { const id = seedId('site', siteCode); return sites.some((site) => site.id === id) ? `/halls/${id}` : null },
    // Measured times and newest results move when a case of the item is decided.
    revision: keptFor(REVISION_MS, async (code) => String((await house.db.prepared<{ n: number }>('guide_revision', 'select count(*)::int as n from cases.filing where item_code = $1 and decided_on is not null', [code]))[0]!.n)),
  }
}

/** A page may be this much older than the newest decision; so the database is asked once a second, not by every reader. */
const REVISION_MS = 1000

/** The answer to each question for so long. A refused question is asked again. */
function keptFor(ms: number, ask: (about: string) => Promise<string>): (about: string) => Promise<string> {
  const kept = new Map<string, { readonly until: number; readonly answer: Promise<string> }>()
  return (about) => {
    const known = kept.get(about)
    if (known !== undefined && performance.now() < known.until) return known.answer
    const answer = ask(about)
    kept.set(about, { until: performance.now() + ms, answer })
    answer.catch(() => kept.delete(about))
    return answer
  }
}
