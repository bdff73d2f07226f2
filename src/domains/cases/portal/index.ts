import type { Route } from '../../../kernel/http/types.ts'
import { applyRoutes } from './apply-routes.tsx'
import type { CasePagesDeps } from './deps.ts'

export type { CasePagesDeps } from './deps.ts'

/** Every page of applications. */
export const casePages = (deps: CasePagesDeps): Route[] => [...applyRoutes(deps)]
