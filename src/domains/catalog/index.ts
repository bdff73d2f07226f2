/** The door of the catalogue for other domains. */
export { feesDue } from './fees.ts'
export { ItemRegistry } from './registry.ts'
