import { hash } from 'node:crypto'
import { hashNode } from './hash.ts'

/** Hashes in a full tile; the tree grows by this factor from one tile level to the next (C2SP tlog-tiles). */
export const TILE_WIDTH = 256
const TILE_HEIGHT = 8

/** The root of the tree without entries. */
export const EMPTY_ROOT: Buffer = hash('sha256', new Uint8Array(0), 'buffer')

/** The root of a full tile that became complete: one hash of the tile level above. */
export interface Subtree { readonly level: number; readonly index: number; readonly hash: Buffer }

/**
 * The right edge of a Merkle tree (RFC 6962 §2.1): one hash per bit of its size, which is all that appending and the root need.
 * Appending costs one hash on average; `root` at most one per bit.
 */
export class TreeEdge {
  /** Complete subtrees from left (tallest) to right. */
  private stack: { height: number; hash: Buffer }[] = []
  private count = 0

  /**
   * Rebuilds the edge of a tree of `size` entries from its rightmost tiles: `tile(level)` gives the hashes of the partial tile
   * at a level, `floor(size / 256^level) mod 256` of them.
   */
  static async resume(size: number, tile: (level: number, from: number, width: number) => Promise<readonly Buffer[]>): Promise<TreeEdge> {
    const edge = new TreeEdge()
    const widths: number[] = []
    for (let rest = size; rest > 0; rest = Math.floor(rest / TILE_WIDTH)) widths.push(rest % TILE_WIDTH)
    for (let level = widths.length - 1; level >= 0; level -= 1) {
      const width = widths[level]!
      const from = Math.floor(size / TILE_WIDTH ** level) - width
      const hashes = width === 0 ? [] : await tile(level, from, width)
      if (hashes.length !== width) throw new Error(`tile ${level} of tree ${size} has ${hashes.length} hashes, not ${width}`)
      for (const hash of hashes) edge.push(level * TILE_HEIGHT, hash)
    }
    edge.count = size
    return edge
  }

  get size(): number {
    return this.count
  }

  /** Adds a leaf hash. Returns the roots of the tiles it completed, lowest level first. */
  append(leafHash: Buffer): Subtree[] {
    this.count += 1
    return this.push(0, leafHash)
  }

  private push(height: number, hash: Buffer): Subtree[] {
    const complete: Subtree[] = []
    let at = { height, hash }
    while (this.stack.at(-1)?.height === at.height) {
      at = { height: at.height + 1, hash: hashNode(this.stack.pop()!.hash, at.hash) }
      if (at.height % TILE_HEIGHT === 0) complete.push({ level: at.height / TILE_HEIGHT, index: this.count / 2 ** at.height - 1, hash: at.hash })
    }
    this.stack.push(at)
    return complete
  }

  root(): Buffer {
    let root = this.stack.at(-1)?.hash ?? EMPTY_ROOT
    for (let i = this.stack.length - 2; i >= 0; i -= 1) root = hashNode(this.stack[i]!.hash, root)
    return root
  }

  /** A copy to try an append on, so that a failed transaction leaves this one as it was. */
  clone(): TreeEdge {
    const copy = new TreeEdge()
    copy.stack = [...this.stack]
    copy.count = this.count
    return copy
  }
}
