import type { House } from '../../kernel/house.ts'
import type { Route } from '../../kernel/http/types.ts'
import { accessRoutes } from './access-routes.ts'
import { calendarRoutes } from './calendar-routes.ts'
import { healthRoutes } from './health-routes.ts'
import { orgRoutes } from './org-routes.ts'

/** Everything an administrator or a clerk asks about the house itself: calendar, organisation, accounts, audit, health. */
export const administrationRoutes = (house: House): readonly Route[] => [...calendarRoutes(house), ...orgRoutes(house), ...accessRoutes(house), ...healthRoutes(house)]
