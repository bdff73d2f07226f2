import { hash } from 'node:crypto'
import type { Sha256 } from '../../base/sha256.ts'

/** Node's own SHA-256, for `base/merkle.ts` and everything here. */
export const sha256: Sha256 = (data) => hash('sha256', data, 'buffer') as Buffer<ArrayBuffer>

const node = Buffer.alloc(65, 1)
/** SHA-256(0x01 ‖ left ‖ right) without allocating: the tree spends its time here. */
export function hashNode(left: Uint8Array, right: Uint8Array): Buffer {
  node.set(left, 1)
  node.set(right, 33)
  return hash('sha256', node, 'buffer')
}

/** SHA-256(0x00 ‖ leaf) of a leaf's text in UTF-8. */
export function hashLeaf(leaf: string | Uint8Array): Buffer {
  const bytes = typeof leaf === 'string' ? Buffer.byteLength(leaf) : leaf.length
  const data = Buffer.allocUnsafe(bytes + 1)
  data[0] = 0
  if (typeof leaf === 'string') data.write(leaf, 1)
  else data.set(leaf, 1)
  return hash('sha256', data, 'buffer')
}
