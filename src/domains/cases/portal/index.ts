import type { Route } from '../../../kernel/http/types.ts'
import { actRoutes } from './act-routes.tsx'
import { actingRoutes } from './acting-routes.tsx'
import { applyRoutes } from './apply-routes.tsx'
import type { CasePagesDeps } from './deps.ts'
import { myRoutes } from './my-routes.tsx'
import { publicRoutes } from './public-routes.tsx'

export type { CasePagesDeps, FormTools, Guides } from './deps.ts'
export { annulledEntry } from './annulled-entry.ts'
export { flowChartOf, guideMeasured, homeNumbers } from './public-numbers.ts'
export { recentResults } from './recent-results.tsx'
export { trackCase } from './track.tsx'

/** Every page of applications: applying, one's own affairs, public results. */
export const casePages = (deps: CasePagesDeps): Route[] => [...applyRoutes(deps), ...myRoutes(deps), ...actingRoutes(deps), ...actRoutes(deps), ...publicRoutes(deps)]
