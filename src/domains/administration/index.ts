/** The door of the administration. */
export { refuse as administrationRefusals } from './errors.ts'
export { administrationRoutes } from './routes.ts'
