import { concat, fromBase64, toBase64, utf8 } from './bytes.ts'
import { canonicalJson, type Json } from './canonical-json.ts'
import { leafHash, verifyInclusion } from './merkle.ts'
import { sha256 } from './sha256.ts'
import { openCheckpoint, parseProof, parseVerifierKey } from './signed-note.ts'

/** What the holder of a receipt has in hand; the kernel's `Receipt` in plain JSON. */
export interface ReceiptPaper {
  readonly id: string
  /** base64 of SHA-256(0x00 ‖ leaf). */
  readonly leafHash: string
  readonly leaf: string
  readonly opening: { readonly salt: string; readonly private: Json }
  readonly proofUrl: string
}

/** base64(SHA-256(salt ‖ JCS(private facts))): what stands as `commit` in the leaf. `facts` in their canonical text. */
export const commitmentOf = (salt: Uint8Array, facts: string, hash = sha256): string => toBase64(hash(concat(salt, utf8(facts))))

/** The receipt, or undefined where the text is not one. */
export function parseReceipt(text: string): ReceiptPaper | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  // An act's whole answer is accepted too: people keep what they were given.
  if (isObject(value) && isObject(value.receipt)) value = value.receipt
  if (!isObject(value) || !isObject(value.opening) || !('private' in value.opening)) return undefined
  const texts = [value.id, value.leafHash, value.leaf, value.proofUrl, value.opening.salt]
  return texts.every((one) => typeof one === 'string') ? (value as unknown as ReceiptPaper) : undefined
}
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** `leaf`: the leaf has the hash of the receipt. `opening`: the private facts are those committed to. */
export type ReceiptCheck = 'leaf' | 'opening' | 'proof' | 'key' | 'checkpoint' | 'inclusion'
export interface ReceiptVerdict {
  readonly ok: boolean
  /** In the order they were made; the first that fails ends the list. */
  readonly checks: readonly { readonly check: ReceiptCheck; readonly ok: boolean }[]
  /** Known once the checkpoint is verified. */
  readonly log: { readonly origin: string; readonly size: number; readonly index: number } | null
}

/** Everything that can be said about a receipt without asking anybody: hash, commitment, signed tree head, inclusion. */
export async function verifyReceipt(receipt: ReceiptPaper, proofText: string, key: string): Promise<ReceiptVerdict> {
  const checks: { check: ReceiptCheck; ok: boolean }[] = []
  const holds = (check: ReceiptCheck, ok: boolean): boolean => (checks.push({ check, ok }), ok)
  const refused: ReceiptVerdict = { ok: false, checks, log: null }

  const hash = leafHash(utf8(receipt.leaf))
  if (!holds('leaf', toBase64(hash) === receipt.leafHash)) return refused
  if (!holds('opening', opensLeaf(receipt))) return refused
  const proof = parseProof(proofText)
  if (!proof) return holds('proof', false), refused
  const verifier = parseVerifierKey(key)
  if (!verifier) return holds('key', false), refused
  const opened = await openCheckpoint(proof.checkpoint, verifier)
  if (!('checkpoint' in opened)) return holds('checkpoint', false), refused
  holds('checkpoint', true)
  const { origin, size, root } = opened.checkpoint
  const ok = holds('inclusion', verifyInclusion({ index: proof.index, size, leafHash: hash, proof: proof.hashes, root }))
  return { ok, checks, log: { origin, size, index: proof.index } }
}

/** Whether salt and private facts are those the leaf commits to. */
function opensLeaf(receipt: Pick<ReceiptPaper, 'leaf' | 'opening'>): boolean {
  const salt = fromBase64(receipt.opening.salt)
  let leaf: unknown
  try {
    leaf = JSON.parse(receipt.leaf)
  } catch {
    return false
  }
  return salt?.length === 32 && isObject(leaf) && leaf.commit === commitmentOf(salt, canonicalJson(receipt.opening.private))
}
