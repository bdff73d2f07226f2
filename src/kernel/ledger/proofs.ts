import { proofText } from '../../base/signed-note.ts'
import type { Queryable } from '../db/database.ts'
import { refuse } from './errors.ts'
import { hashNode } from './hash.ts'
import { hashesAt } from './tile-path.ts'
import type { LogFiles } from './tiles.ts'
import { TILE_WIDTH } from './tree.ts'

/** Reads `width` hashes of a tile from its beginning. */
export type TileReader = (level: number, index: number, width: number) => Promise<Uint8Array>
/** Leaves `from` ≤ i < `to`; the hash of one is MTH(D[from:to]) of RFC 6962 §2.1. */
interface Range { readonly from: number; readonly to: number }

/** RFC 6962 §2.1.1, from the leaf's sibling up. `index` < `size`. */
export async function inclusionProof(tile: TileReader, index: number, size: number): Promise<Uint8Array[]> {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw new Error(`no entry ${index} in a tree of ${size}`)
  const ranges: Range[] = []
  let [from, to] = [0, size]
  while (to - from > 1) {
    const middle = from + split(to - from)
    if (index < middle) {
      ranges.push({ from: middle, to })
      to = middle
    } else {
      ranges.push({ from, to: middle })
      from = middle
    }
  }
  return hashRanges(tile, ranges.reverse(), size)
}

/** RFC 6962 §2.1.2. 0 < `size1` ≤ `size2`; empty for equal sizes. */
export async function consistencyProof(tile: TileReader, size1: number, size2: number): Promise<Uint8Array[]> {
  if (!Number.isSafeInteger(size1) || size1 < 1 || size1 > size2) throw new Error(`no consistency from ${size1} to ${size2}`)
  const ranges: Range[] = []
  let [from, to] = [0, size2]
  while (to !== size1) {
    const middle = from + split(to - from)
    if (size1 <= middle) {
      ranges.push({ from: middle, to })
      to = middle
    } else {
      ranges.push({ from, to: middle })
      from = middle
    }
  }
  // The old tree's own root is known to whoever asks; only where it is not one subtree of the new tree its last part is needed.
  if (from > 0) ranges.push({ from, to })
  return hashRanges(tile, ranges.reverse(), size2)
}

/** The tree's root from its tiles. */
export const rootOf = async (tile: TileReader, size: number): Promise<Uint8Array> => (await hashRanges(tile, [{ from: 0, to: size }], size))[0]!

/** The largest power of two below n (n > 1). */
function split(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}

/** Fetches every tile the ranges need once, all together, then hashes. */
async function hashRanges(tile: TileReader, ranges: readonly Range[], size: number): Promise<Uint8Array[]> {
  const tiles = new Map<string, Promise<Uint8Array>>()
  const wanted = (range: Range) => completeParts(range).map((part) => {
    const level = Math.floor(part.height / 8)
    const first = part.index * 2 ** (part.height % 8)
    const at = Math.floor(first / TILE_WIDTH)
    const name = `${level}/${at}`
    if (!tiles.has(name)) tiles.set(name, tile(level, at, Math.min(TILE_WIDTH, hashesAt(level, size) - at * TILE_WIDTH)))
    return { name, first: first - at * TILE_WIDTH, count: 2 ** (part.height % 8) }
  })
  const plans = ranges.map(wanted)
  const read = new Map(await Promise.all([...tiles].map(async ([name, hashes]) => [name, await hashes] as const)))
  return plans.map((parts) => parts
    .map(({ name, first, count }) => foldComplete(read.get(name)!, first, count))
    .reduceRight((right, left) => hashNode(left, right)))
}

/** A range as complete subtrees, tallest first; `from` is a multiple of the tallest. */
function completeParts({ from, to }: Range): { height: number; index: number }[] {
  const parts: { height: number; index: number }[] = []
  for (let at = from; at < to; ) {
    let height = 0
    while (2 ** (height + 1) <= to - at && at % 2 ** (height + 1) === 0) height += 1
    parts.push({ height, index: at / 2 ** height })
    at += 2 ** height
  }
  return parts
}

/** The 255 hashes above a full tile, computed once for as long as the tile is kept: height 1 first, the tile's root last. */
const above = new WeakMap<Uint8Array, Buffer>()

function foldComplete(tile: Uint8Array, first: number, count: number): Uint8Array {
  if (count > 1 && tile.length === TILE_WIDTH * 32) {
    const inner = above.get(tile) ?? hashAbove(tile)
    const at = TILE_WIDTH - (2 * TILE_WIDTH) / count + first / count
    return inner.subarray(at * 32, at * 32 + 32)
  }
  if (count === 1) return tile.subarray(first * 32, first * 32 + 32)
  const half = count / 2
  return hashNode(foldComplete(tile, first, half), foldComplete(tile, first + half, half))
}

function hashAbove(tile: Uint8Array): Buffer {
  const inner = Buffer.alloc((TILE_WIDTH - 1) * 32)
  let [below, from, to] = [tile, 0, 0]
  for (let count = TILE_WIDTH / 2; count >= 1; count /= 2) {
    for (let i = 0; i < count; i += 1) {
      const left = from + i * 64
      inner.set(hashNode(below.subarray(left, left + 32), below.subarray(left + 32, left + 64)), to + i * 32)
    }
    ;[below, from, to] = [inner, to, to + count * 32]
  }
  above.set(tile, inner)
  return inner
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * The receipt's proof in the form of C2SP tlog-proof (`text/plain`), against the newest published checkpoint.
 * Refuses `ledger/not-found`, or `ledger/not-yet-sequenced` with a second to wait.
 */
export async function proofFor(db: Queryable, files: Pick<LogFiles, 'tile'>, entryId: string): Promise<string> {
  if (!UUID.test(entryId)) throw refuse('not-found')
  const [entry] = await db.prepared<{ index: number | null; size: number | null; note: string | null }>('ledger_position_of', `
    select p.index, c.size, c.note
      from ledger.entry e
      left join ledger.position p on p.entry = e.id
      left join ledger.head h on true
      left join lateral (select size, note from ledger.checkpoint where origin = h.origin order by size desc limit 1) c on true
     where e.id = $1`, [entryId])
  if (!entry) throw refuse('not-found')
  const { index, size, note } = entry
  if (index === null || size === null || note === null || index >= size) throw refuse('not-yet-sequenced', {}, { retryAfter: 1 })
  return proofText({ index, hashes: await inclusionProof(files.tile, index, size), checkpoint: note })
}
