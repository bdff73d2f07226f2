import { concat, equalBytes } from './bytes.ts'
import { sha256 as pureSha256, type Sha256 } from './sha256.ts'

const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

/** SHA-256(0x00 ‖ leaf), RFC 6962 §2.1. */
export const leafHash = (leaf: Uint8Array, sha256: Sha256 = pureSha256): Uint8Array<ArrayBuffer> => sha256(concat(LEAF, leaf))
/** SHA-256(0x01 ‖ left ‖ right), RFC 6962 §2.1. */
export const nodeHash = (left: Uint8Array, right: Uint8Array, sha256: Sha256 = pureSha256): Uint8Array<ArrayBuffer> => sha256(concat(NODE, left, right))
/** The root of the tree without leaves: SHA-256 of nothing. */
export const emptyRoot = (sha256: Sha256 = pureSha256): Uint8Array<ArrayBuffer> => sha256(new Uint8Array(0))

export interface Inclusion {
  /** Zero-based. */
  readonly index: number
  readonly size: number
  readonly leafHash: Uint8Array
  /** From the leaf's sibling up to the root's child. */
  readonly proof: readonly Uint8Array[]
  readonly root: Uint8Array
}

const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0
const isHash = (bytes: Uint8Array): boolean => bytes.length === 32
const half = (n: number): number => Math.floor(n / 2)
const odd = (n: number): boolean => n % 2 === 1

/** True only when the proof leads from the leaf to the root (RFC 9162 §2.1.3.2). Never throws. */
export function verifyInclusion({ index, size, leafHash: leaf, proof, root }: Inclusion, sha256: Sha256 = pureSha256): boolean {
  if (!isCount(index) || !isCount(size) || index >= size || !isHash(leaf) || !isHash(root) || !proof.every(isHash)) return false
  let [at, last, hash] = [index, size - 1, leaf]
  for (const sibling of proof) {
    if (last === 0) return false
    if (odd(at) || at === last) {
      hash = nodeHash(sibling, hash, sha256)
      while (!odd(at) && at !== 0) [at, last] = [half(at), half(last)]
    } else {
      hash = nodeHash(hash, sibling, sha256)
    }
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && equalBytes(hash, root)
}

export interface Consistency {
  readonly size1: number
  readonly size2: number
  readonly root1: Uint8Array
  readonly root2: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/**
 * True only when the tree of `size2` begins with the tree of `size1` (RFC 9162 §2.1.4.2). From the empty tree nothing can be
 * proved, so the answer is false. Never throws.
 */
export function verifyConsistency({ size1, size2, root1, root2, proof }: Consistency, sha256: Sha256 = pureSha256): boolean {
  if (!isCount(size1) || !isCount(size2) || size1 === 0 || size1 > size2) return false
  if (size1 === size2) return proof.length === 0 && equalBytes(root1, root2)
  if (proof.length === 0 || ![root1, root2, ...proof].every(isHash)) return false
  let [at, last] = [size1 - 1, size2 - 1]
  while (odd(at)) [at, last] = [half(at), half(last)]
  // The old tree is itself a complete subtree of the new one where `at` came down to 0; then its root is not repeated in the proof.
  const path = at === 0 ? [root1, ...proof] : proof
  let [old, fresh] = [path[0]!, path[0]!]
  for (const sibling of path.slice(1)) {
    if (last === 0) return false
    if (odd(at) || at === last) {
      old = nodeHash(sibling, old, sha256)
      fresh = nodeHash(sibling, fresh, sha256)
      while (!odd(at) && at !== 0) [at, last] = [half(at), half(last)]
    } else {
      fresh = nodeHash(fresh, sibling, sha256)
    }
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && equalBytes(old, root1) && equalBytes(fresh, root2)
}
