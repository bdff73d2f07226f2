/**
 * Who may know whom. Data only; `tests/architecture.test.ts` reads every import in the tree and holds it to these tables.
 * Imports go down or stay: a folder knows what stands before it, never what stands after it, so a circle cannot be written.
 */

/** Bands, lowest first. */
export const BANDS = ['base', 'kit', 'kernel', 'domains', 'portal', 'console', 'adapters', 'main'] as const

/** The kernel's rooms, in the order in which they may know each other. Also the order of their migrations. */
export const KERNEL_ROOMS = [
  'input', 'db', 'time', 'calendar', 'clock', 'procedure', 'ledger', 'org', 'access', 'files', 'flow', 'jobs', 'notify', 'search', 'http',
] as const

/** The domains, registers before procedures before oversight, each with the domains whose door (`index.ts`, `contract.ts`) it may use. */
export const DOMAINS = {
  administration: [],
  catalog: [],
  cases: ['catalog'],
  replay: ['catalog', 'cases'],
} as const satisfies Record<string, readonly string[]>

export type KernelRoom = (typeof KERNEL_ROOMS)[number]
export type DomainName = keyof typeof DOMAINS

/** Folders whose code runs in a browser: they may import `base`, `kit`, themselves and `contract.ts` files, nothing of Node. */
export const BROWSER_FOLDERS = ['console', 'kit/console', 'domains/*/console', 'portal/islands', 'domains/*/portal/islands'] as const
