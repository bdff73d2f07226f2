import { refuse as accessRefusals } from '../kernel/access/errors.ts'
import { refuse as calendarRefusals } from '../kernel/calendar/errors.ts'
import { refuse as clockRefusals } from '../kernel/clock/errors.ts'
import { refuse as dbRefusals } from '../kernel/db/errors.ts'
import { refuse as filesRefusals } from '../kernel/files/errors.ts'
import { refuse as flowRefusals } from '../kernel/flow/errors.ts'
import { fileRoutes } from '../kernel/http/routes/files.ts'
import { logRoutes } from '../kernel/http/routes/log.ts'
import { sessionRoutes } from '../kernel/http/routes/sessions.ts'
import type { Route } from '../kernel/http/types.ts'
import { PageCache } from '../kernel/http/page-cache.ts'
import { refuse as ledgerRefusals } from '../kernel/ledger/errors.ts'
import type { LogFiles } from '../kernel/ledger/tiles.ts'
import { refuse as orgRefusals } from '../kernel/org/errors.ts'
import { refuse as procedureRefusals } from '../kernel/procedure/errors.ts'
import { findDocuments } from '../kernel/search/find-documents.ts'
import type { Frames } from '../kit/portal/index.ts'
import { refuse as casesRefusals } from '../domains/cases/errors.ts'
import { startPress } from '../domains/cases/papers/press.ts'
import { caseRoutes } from '../domains/cases/routes.ts'
import { refuse as catalogRefusals } from '../domains/catalog/errors.ts'
import { ITEM_SOURCE } from '../domains/catalog/index-items.ts'
import { catalogPages } from '../domains/catalog/portal/routes.tsx'
import { portalPages, portalRefusals } from '../portal/index.ts'
import { refuse as configRefusals, type Config } from '../config.ts'
import { refuse as demoRefusals } from './demo-mode.ts'
import type { OpenHouse } from './open-house.ts'
import { catalogReader, portalDeps } from './portal-deps.ts'

/** Every "no" the house can say; `docs/errors.md` and the API description are held to it. */
export const REFUSALS = [
  accessRefusals, calendarRefusals, casesRefusals, catalogRefusals, clockRefusals, configRefusals, dbRefusals, demoRefusals, filesRefusals, flowRefusals,
  ledgerRefusals, orgRefusals, portalRefusals, procedureRefusals,
]

export interface RoutesParts { readonly open: OpenHouse; readonly config: Config; readonly files: LogFiles; readonly frames: Frames; readonly dist: string }

/** The one list of routes, and what must be closed with them. */
export async function routesOf({ open, files, frames }: RoutesParts): Promise<{ readonly list: readonly Route[]; close(): Promise<void> }> {
  const { house, items } = open
  const press = startPress({ demo: house.demo, url: house.url })
  const search = async (q: string): Promise<readonly string[]> => {
    const found = await findDocuments(house.db, house.segment, { q, source: ITEM_SOURCE, limit: 500, offset: 0 })
    return [...new Set(found.hits.map((hit) => hit.ref))]
  }
  const pages = new PageCache()
  const shell = portalDeps(house, items, frames, files)
  const list: Route[] = [
    ...sessionRoutes(house), ...fileRoutes(house), ...logRoutes(house, files),
    ...caseRoutes({ house, press }),
    ...catalogPages({ url: house.url, catalog: catalogReader(house, items, search), frames, panels: {}, pages }),
    ...portalPages({ ...shell, homeNumbers: null, trackCase: null }),
  ]
  return { list, close: () => press.close() }
}
