import { TILE_WIDTH } from './tree.ts'

/** A file of the log, by its path below the log's prefix (C2SP tlog-tiles). */
export type LogPath =
  | { readonly kind: 'checkpoint' }
  | { readonly kind: 'key' }
  /** `level` is `entries` for a bundle. `width` 1–256; 256 is the full tile. */
  | { readonly kind: 'tile'; readonly level: number | 'entries'; readonly index: number; readonly width: number }

/** `1234067` → `x001/x234/067`. */
function tileIndexPath(index: number): string {
  const digits = String(index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g)!
  return groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/')
}

export const tilePath = (level: number | 'entries', index: number, width: number): string =>
  `tile/${level}/${tileIndexPath(index)}${width === TILE_WIDTH ? '' : `.p/${width}`}`

const TILE = /^tile\/(entries|0|[1-5]?[1-9]|[1-5]0|6[0-3])\/((?:x\d{3}\/){0,4}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/

/** Undefined for every path that is not exactly in the form of the specification: one file, one name. */
export function parseLogPath(path: string): LogPath | undefined {
  if (path === 'checkpoint' || path === 'key') return path === 'key' ? { kind: 'key' } : { kind: 'checkpoint' }
  const match = TILE.exec(path)
  if (!match || match[2]!.startsWith('x000')) return undefined
  const width = match[3] === undefined ? TILE_WIDTH : Number(match[3])
  if (match[3] !== undefined && width >= TILE_WIDTH) return undefined
  return { kind: 'tile', level: match[1] === 'entries' ? 'entries' : Number(match[1]), index: Number(match[2]!.replace(/[x/]/g, '')), width }
}

/** How many hashes the tree of this size has at a tile level. */
export function hashesAt(level: number, size: number): number {
  let count = size
  for (let i = 0; i < level && count > 0; i += 1) count = Math.floor(count / TILE_WIDTH)
  return count
}

/** Every tile and bundle that a tree of this size consists of, left to right, level by level, bundles last. */
export function* tilesOf(size: number): Generator<{ level: number | 'entries'; index: number; width: number }> {
  for (let level = 0; hashesAt(level, size) > 0; level += 1) yield* row(level, hashesAt(level, size))
  yield* row('entries', size)
}
function* row(level: number | 'entries', count: number) {
  for (let at = 0; at < count; at += TILE_WIDTH) yield { level, index: at / TILE_WIDTH, width: Math.min(TILE_WIDTH, count - at) }
}
