import { canonicalJson, type Json } from '../../base/canonical-json.ts'
import { fromBase64 } from '../../base/bytes.ts'
import type { Leaf } from './types.ts'

const MEMBERS = ['act', 'at', 'commit', 'ground', 'org', 'public', 'ref', 'seq', 'v']
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

/** The leaf that these bytes are, or what is wrong with them. */
export function readLeaf(bytes: Uint8Array): Leaf | { readonly wrong: string } {
  let text: string
  let value: unknown
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    value = JSON.parse(text)
  } catch {
    return { wrong: 'not JSON in UTF-8' }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { wrong: 'not a JSON object' }
  if (canonicalJson(value as Json) !== text) return { wrong: 'not in the canonical form of RFC 8785' }
  const leaf = value as Record<string, unknown>
  if (Object.keys(leaf).sort().join() !== MEMBERS.join()) return { wrong: `members are ${Object.keys(leaf).sort().join()}` }
  const shape: Readonly<Record<string, boolean>> = {
    v: leaf.v === 1,
    ref: typeof leaf.ref === 'string' && /^[0-9a-f]{32}$/.test(leaf.ref),
    seq: Number.isSafeInteger(leaf.seq) && (leaf.seq as number) >= 0,
    act: typeof leaf.act === 'string' && leaf.act !== '',
    at: typeof leaf.at === 'string' && INSTANT.test(leaf.at) && !Number.isNaN(Date.parse(leaf.at)),
    org: typeof leaf.org === 'string',
    ground: typeof leaf.ground === 'string',
    public: typeof leaf.public === 'object' && leaf.public !== null && !Array.isArray(leaf.public),
    commit: typeof leaf.commit === 'string' && fromBase64(leaf.commit)?.length === 32,
  }
  const wrong = Object.keys(shape).filter((member) => !shape[member])
  return wrong.length > 0 ? { wrong: `of another shape: ${wrong.join()}` } : (value as unknown as Leaf)
}

/** The entries of a bundle, or undefined where its lengths do not add up. */
export function splitBundle(bundle: Uint8Array, width: number): Uint8Array[] | undefined {
  const entries: Uint8Array[] = []
  let at = 0
  while (at + 2 <= bundle.length) {
    const end = at + 2 + ((bundle[at]! << 8) | bundle[at + 1]!)
    if (end > bundle.length) return undefined
    entries.push(bundle.subarray(at + 2, end))
    at = end
  }
  return at === bundle.length && entries.length === width ? entries : undefined
}
