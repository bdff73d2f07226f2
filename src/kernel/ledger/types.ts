import type { Brand } from '../../base/brand.ts'
import type { Json } from '../../base/canonical-json.ts'

/** Random 128-bit id of a matter in the log, 32 hex characters: it says nothing about the matter. */
export type LogRef = Brand<string, 'LogRef'>
export type EntryId = Brand<string, 'EntryId'>

/**
 * What one act puts into the public log. RFC 8785 JSON, at most 8 KiB. No personal data: officers by post, private facts only
 * as `commit` = base64(SHA-256(32-byte salt ‖ JCS(private facts))).
 */
export interface Leaf {
  readonly v: 1
  readonly ref: LogRef
  readonly seq: number
  readonly act: string
  /** RFC 3339. */
  readonly at: string
  /** Organisation code (USCC). */
  readonly org: string
  /** Legal ground, `行政许可法 第三十二条第一款第五项`. */
  readonly ground: string
  readonly public: { readonly [key: string]: Json | undefined }
  readonly commit: string
}
export interface LeafFacts extends Omit<Leaf, 'v' | 'commit'> { readonly private: Json }

/** The row ready to insert and the receipt that is final at commit. */
export interface PreparedEntry {
  /** uuid */
  readonly id: EntryId
  readonly facts: Omit<LeafFacts, 'private'>
  /** The exact bytes of the leaf as text (JCS). */
  readonly leaf: string
  /** base64 of SHA-256(0x00 ‖ leaf), RFC 6962 §2.1. */
  readonly leafHash: string
  /** base64 of the 32-byte salt. */
  readonly salt: string
  readonly private: Json
  /** The private facts as committed to (JCS). */
  readonly privateText: string
}

/** Stands in the 201 and in every act's 200. With `opening` its holder can prove the private facts. */
export interface Receipt {
  readonly id: EntryId
  readonly leafHash: string
  readonly leaf: string
  readonly opening: { readonly salt: string; readonly private: Json }
  readonly proofUrl: string
}
