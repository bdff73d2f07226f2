import { BANDS, BROWSER_FOLDERS, DOMAINS, KERNEL_ROOMS } from '../../src/architecture.ts'

/** Where a file of `src` stands. */
export interface Place {
  readonly band: (typeof BANDS)[number]
  /** Of the kernel: its room, or `house` or `module`, the two files that stand among and above the rooms; else null. */
  readonly room: string | null
  readonly domain: string | null
  /** The browser folder it belongs to; null: it runs on the server. */
  readonly browser: string | null
}

/** null where the tables do not know the place: then they, or the file, are wrong. */
export function placeOf(path: string): Place | null {
  const [, top = '', second = ''] = path.split('/')
  const browser = browserFolderOf(path)
  const place = (band: Place['band'], more: Partial<Place> = {}): Place => ({ band, room: null, domain: null, browser, ...more })
  if (top === 'base' || top === 'kit' || top === 'portal' || top === 'console' || top === 'adapters') return place(top)
  if (top === 'kernel') {
    if (second === 'house.ts' || second === 'module.ts') return place('kernel', { room: second.slice(0, -3) })
    return (KERNEL_ROOMS as readonly string[]).includes(second) ? place('kernel', { room: second }) : null
  }
  if (top === 'domains') return second in DOMAINS ? place('domains', { domain: second }) : null
  if (top === 'main' || ['main.ts', 'modules.ts', 'config.ts'].includes(top)) return place('main')
  // Data that knows nobody and that migrations read: as low as base.
  if (top === 'architecture.ts') return place('base')
  return null
}

/** The page into which the browser draws everything else: the one file of the console that runs on the server. */
const SHELL = 'src/console/shell.ts'

function browserFolderOf(path: string): string | null {
  if (path === SHELL) return null
  for (const pattern of BROWSER_FOLDERS) {
    const found = new RegExp(`^src/${pattern.replaceAll('*', '[^/]+')}(?=/)`).exec(path)
    if (found) return found[0]
  }
  return null
}

/** Shapes only: nothing in them needs Node, so that a browser may read them. */
export const isContract = (path: string): boolean => /(^|[/-])contract\.ts$/.test(path)
/** By which a domain is entered by others. The composition root puts parts together and may take any of them. */
export const isDoor = (path: string): boolean => /^src\/domains\/[^/]+\/(index\.tsx?|(?:[\w-]+-)?contract\.ts)$/.test(path)
/** One screen of a domain, which the console loads when it is opened. */
export const isScreen = (path: string): boolean => /^src\/domains\/[^/]+\/console\/[^/]+\.tsx$/.test(path)

/** `house.ts` names the running rooms and is handed to routes: it stands before http. `module.ts` names routes: it stands last. */
const ROOMS: readonly string[] = [...KERNEL_ROOMS.filter((room) => room !== 'http'), 'house', 'http', 'module']
export const roomMayKnow = (from: string, to: string): boolean => ROOMS.indexOf(from) >= ROOMS.indexOf(to)

export const domainMayKnow = (from: string, to: string): boolean => from === to || ((DOMAINS as Record<string, readonly string[]>)[from] ?? []).includes(to)

/** May code that stands here know the tables (or types) of the module there? Doors are another question. */
export function mayKnow(from: Place, to: Place): boolean {
  if (BANDS.indexOf(from.band) < BANDS.indexOf(to.band)) return false
  if (from.room !== null && to.room !== null) return roomMayKnow(from.room, to.room)
  if (from.domain !== null && to.domain !== null) return domainMayKnow(from.domain, to.domain)
  return true
}
