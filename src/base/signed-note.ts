import { concat, fromBase64, toBase64, toHex, utf8 } from './bytes.ts'
import { sha256 } from './sha256.ts'

/** Signature type byte of plain Ed25519 (C2SP signed-note). */
const ED25519 = Uint8Array.of(1)

/** A public key of notes, as `name+hash+base64(0x01 ‖ key)`. */
export interface VerifierKey {
  readonly name: string
  /** SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key)[:4] in hexadecimal. */
  readonly keyId: string
  /** 32 bytes, RFC 8032. */
  readonly publicKey: Uint8Array<ArrayBuffer>
}

/** Key names: not empty, no Unicode spaces, no plus, no control characters (C2SP signed-note). */
export const isKeyName = (name: string): boolean => name !== '' && !/[\s+\p{Cc}\p{Z}]/u.test(name)

export const keyIdOf = (name: string, publicKey: Uint8Array): string => toHex(sha256(concat(utf8(`${name}\n`), ED25519, publicKey)).subarray(0, 4))

export const verifierKey = (name: string, publicKey: Uint8Array): string => `${name}+${keyIdOf(name, publicKey)}+${toBase64(concat(ED25519, publicKey))}`

/** The key, or undefined where the text is not an Ed25519 verifier key or its hash does not fit. One final newline is allowed. */
export function parseVerifierKey(text: string): VerifierKey | undefined {
  const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text.replace(/\n$/, ''))
  if (!match || !isKeyName(match[1]!)) return undefined
  const bytes = fromBase64(match[3]!)
  if (!bytes || bytes.length !== 33 || bytes[0] !== 1) return undefined
  const publicKey = bytes.slice(1)
  return keyIdOf(match[1]!, publicKey) === match[2] ? { name: match[1]!, keyId: match[2]!, publicKey } : undefined
}

export interface NoteSignature { readonly name: string; readonly keyId: string; readonly signature: Uint8Array<ArrayBuffer> }
/** `text` includes its final newline, not the separating blank line; signatures are over exactly these bytes. */
export interface SignedNote { readonly text: string; readonly signatures: readonly NoteSignature[] }

/** One signature line with its newline. */
export const signatureLine = (name: string, keyId: string, signature: Uint8Array): string =>
  `— ${name} ${toBase64(concat(Uint8Array.from(keyId.match(/../g)!, (pair) => parseInt(pair, 16)), signature))}\n`

/** Undefined where the text is not a signed note (C2SP signed-note, “Format”). Nothing is verified here. */
export function parseNote(note: string): SignedNote | undefined {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n') || /[^\P{Cc}\n\u007f-\u009f]/u.test(note)) return undefined
  const signatures: NoteSignature[] = []
  for (const line of note.slice(end + 2, -1).split('\n')) {
    const match = /^— (\S+) (\S+)$/u.exec(line)
    const bytes = match ? fromBase64(match[2]!) : undefined
    if (!match || !isKeyName(match[1]!) || !bytes || bytes.length < 5) return undefined
    signatures.push({ name: match[1]!, keyId: toHex(bytes.subarray(0, 4)), signature: bytes.slice(4) })
  }
  return { text: note.slice(0, end + 1), signatures }
}

/**
 * True when the key signed the note and every signature that claims to be this key's is right; signatures of others are ignored.
 * Needs WebCrypto with Ed25519: Node 20, or a browser in a secure context (https or localhost).
 * @throws where WebCrypto is missing, for then nothing can be said.
 */
export async function verifyNote(note: SignedNote, key: VerifierKey): Promise<boolean> {
  const own = note.signatures.filter((signature) => signature.name === key.name && signature.keyId === key.keyId)
  if (own.length === 0 || own.length > 16) return false
  const subtle = globalThis.crypto?.subtle
  if (!subtle) throw new Error('WebCrypto is missing: signatures can be verified only over https or on localhost')
  const publicKey = await subtle.importKey('raw', key.publicKey, { name: 'Ed25519' }, false, ['verify'])
  const verdicts = await Promise.all(own.map((one) => subtle.verify({ name: 'Ed25519' }, publicKey, one.signature, utf8(note.text))))
  return verdicts.every(Boolean)
}

/** A tree head: the text of a note in the form of C2SP tlog-checkpoint. */
export interface Checkpoint { readonly origin: string; readonly size: number; readonly root: Uint8Array<ArrayBuffer> }

export const checkpointText = ({ origin, size, root }: { origin: string; size: number; root: Uint8Array }): string => `${origin}\n${size}\n${toBase64(root)}\n`

/** Undefined where the text of a note is not a checkpoint. Extension lines are accepted and ignored. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const [origin, size, root, ...rest] = text.split('\n')
  if (!origin || !size || !root || rest.pop() !== '' || rest.includes('')) return undefined
  const bytes = fromBase64(root)
  if (!isDecimal(size) || !bytes || bytes.length !== 32) return undefined
  return { origin, size: Number(size), root: bytes }
}

/** Without leading zeroes and small enough to count with. */
const isDecimal = (text: string): boolean => /^(0|[1-9]\d*)$/.test(text) && Number.isSafeInteger(Number(text))

/** An offline proof that an entry is in the log, C2SP tlog-proof. */
export interface LogProof {
  readonly extra: Uint8Array | null
  readonly index: number
  readonly hashes: readonly Uint8Array[]
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string
}

export const proofText = (proof: { index: number; hashes: readonly Uint8Array[]; checkpoint: string }): string =>
  `c2sp.org/tlog-proof@v1\nindex ${proof.index}\n${proof.hashes.map((hash) => `${toBase64(hash)}\n`).join('')}\n${proof.checkpoint}`

/** Undefined where the text is not in the form of C2SP tlog-proof. Nothing is verified here. */
export function parseProof(text: string): LogProof | undefined {
  const end = text.indexOf('\n\n')
  if (end < 0) return undefined
  const [first, ...lines] = text.slice(0, end).split('\n')
  if (first !== 'c2sp.org/tlog-proof@v1') return undefined
  const extra = lines[0]?.startsWith('extra ') ? fromBase64(lines.shift()!.slice(6)) : null
  const index = lines.shift()
  const hashes = lines.map(fromBase64)
  if (extra === undefined || !index?.startsWith('index ') || !isDecimal(index.slice(6))) return undefined
  if (!hashes.every((hash) => hash?.length === 32)) return undefined
  return { extra, index: Number(index.slice(6)), hashes: hashes as Uint8Array[], checkpoint: text.slice(end + 2) }
}

/** A checkpoint whose note is signed by the key and whose origin is the key's name; else the reason. */
export async function openCheckpoint(note: string, key: VerifierKey): Promise<{ checkpoint: Checkpoint } | { problem: 'malformed' | 'signature' | 'origin' }> {
  const signed = parseNote(note)
  const checkpoint = signed && parseCheckpoint(signed.text)
  if (!checkpoint) return { problem: 'malformed' }
  if (checkpoint.origin !== key.name) return { problem: 'origin' }
  return (await verifyNote(signed, key)) ? { checkpoint } : { problem: 'signature' }
}
