import { randomBytes, randomUUID } from 'node:crypto'
import { canonicalJson, JsonText, type Json } from '../../base/canonical-json.ts'
import { commitmentOf } from '../../base/receipt.ts'
import { refuse } from './errors.ts'
import { hashLeaf, sha256 } from './hash.ts'
import type { EntryId, Leaf, LeafFacts, LogRef, PreparedEntry, Receipt } from './types.ts'

/** Entries in a bundle have a 16-bit length; 8 KiB leaves room and keeps a bundle of 256 below 2 MiB. */
export const LEAF_BYTES_MAX = 8192

/** A matter's name in the log: random, so that it says nothing about the matter. */
export const newLogRef = (): LogRef => randomBytes(16).toString('hex') as LogRef

/**
 * The leaf, its hash and its salt, before the act's transaction. Pure but for the salt and the id.
 * Refuses `ledger/leaf-too-large` where the public facts do not fit into 8 KiB.
 */
export function prepareEntry(facts: LeafFacts, id: EntryId = randomUUID() as EntryId): PreparedEntry {
  const salt = newSalt()
  const { private: hidden, ...open } = facts
  const hiddenText = canonicalJson(hidden)
  const leaf: Leaf = { v: 1, ref: open.ref, seq: open.seq, act: open.act, at: open.at, org: open.org, ground: open.ground, public: open.public, commit: commitmentOf(salt, hiddenText, sha256) }
  const text = canonicalJson(leaf as unknown as Json)
  const bytes = Buffer.byteLength(text)
  if (bytes > LEAF_BYTES_MAX) throw refuse('leaf-too-large', { bytes, limit: LEAF_BYTES_MAX })
  return { id, facts: open, leaf: text, leafHash: hashLeaf(text).toString('base64'), salt: salt.toString('base64'), private: hidden, privateText: hiddenText }
}

const SALT_BYTES = 32
let pool = Buffer.alloc(0)
/** From the system's generator, drawn 256 at a time: each call costs as much as a hash. */
function newSalt(): Buffer {
  if (pool.length === 0) pool = randomBytes(256 * SALT_BYTES)
  const salt = pool.subarray(0, SALT_BYTES)
  pool = pool.subarray(SALT_BYTES)
  return salt
}

/** Final at commit: nothing in it waits for the sequencer. `baseUrl` without a slash at the end. */
export const receiptOf = (entry: PreparedEntry, baseUrl: string): Receipt => ({
  id: entry.id,
  leafHash: entry.leafHash,
  leaf: entry.leaf,
  opening: { salt: entry.salt, private: entry.private },
  proofUrl: `${baseUrl}/api/v1/receipts/${entry.id}/proof`,
})

/** A row to insert, as flow flushes it with the rest of the act. */
export interface EntryRow { readonly op: 'insert'; readonly table: string; readonly row: Readonly<Record<string, unknown>> }

/** What the acting transaction writes for one entry; all three or none. `private` is a JSON value for a `json` column. */
export function entryRows(entry: PreparedEntry, matterId: string | null): EntryRow[] {
  const { ref, seq, act, at } = entry.facts
  return [
    { op: 'insert', table: 'ledger.entry', row: { id: entry.id, ref, seq, matter_id: matterId, act, at, leaf: entry.leaf, leaf_hash: Buffer.from(entry.leafHash, 'base64') } },
    { op: 'insert', table: 'ledger.pending', row: { entry: entry.id } },
    { op: 'insert', table: 'ledger.opening', row: { entry: entry.id, salt: Buffer.from(entry.salt, 'base64'), private: new JsonText(entry.privateText) } },
  ]
}
