// The door of the catalogue for code that runs on the server; shapes alone are in `contract.ts`.
export { diffVersions } from './diff.ts'
export { refuse as catalogRefusals } from './errors.ts'
export { findItems, type SearchItems } from './find-items.ts'
export { holds, validateForm } from './forms.ts'
export type { CatalogReader, Facet } from './portal/deps.ts'
export { catalogPages } from './portal/routes.tsx'
export { loadItems, type ItemRegistry } from './registry.ts'
export { summaryOf } from './version-row.ts'
