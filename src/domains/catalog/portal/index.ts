export type { CatalogPortalDeps, CatalogReader, FlowChart, GuidePanels, Measured } from './deps.ts'
export { refuse as guideRefusals } from './errors.ts'
export { catalogOverview, catalogReader } from './reader.ts'
export { catalogPages } from './routes.tsx'
