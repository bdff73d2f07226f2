import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { checkpointText, isKeyName, keyIdOf, signatureLine, verifierKey } from '../../base/signed-note.ts'
import { refuse } from './errors.ts'

/** Who the log is and what it signs with. The private key stays inside. */
export interface LogSigner {
  /** First line of every checkpoint and name of the key. */
  readonly origin: string
  /** `name+hash+base64`, as served at /log/key. */
  readonly verifierKey: string
  /** The signed note of a tree head. */
  readonly sign: (head: { size: number; root: Uint8Array }) => string
}

/** The origin that follows from the public address: without scheme, with the log's path (C2SP tlog-tiles, “Parameters”). */
export const originOf = (url: string): string => `${url.replace(/^[a-z]+:\/\//i, '').replace(/\/+$/, '')}/log`

/**
 * The log's key: `keyFile` where one is named (it must exist), else `log.key` in the data folder, made with mode 0600 when missing.
 * PKCS #8 PEM, as `openssl genpkey -algorithm ed25519` writes it. Refuses `ledger/key-unusable`, `ledger/origin-unusable`.
 */
export function openSigner(options: { readonly origin: string; readonly dataDir: string; readonly keyFile?: string }): LogSigner {
  const file = options.keyFile ?? join(options.dataDir, 'log.key')
  if (options.keyFile === undefined) makeKeyFile(options.dataDir, file)
  return signerOf(options.origin, readKey(file))
}

export function signerOf(origin: string, key: KeyObject): LogSigner {
  if (!isKeyName(origin)) throw refuse('origin-unusable', { origin })
  const publicKey = Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x!, 'base64url')
  const keyId = keyIdOf(origin, publicKey)
  return {
    origin,
    verifierKey: verifierKey(origin, publicKey),
    sign: ({ size, root }) => {
      const text = checkpointText({ origin, size, root })
      return `${text}\n${signatureLine(origin, keyId, sign(null, Buffer.from(text), key))}`
    },
  }
}

function readKey(file: string): KeyObject {
  const pem = readFileSync(file)
  let key: KeyObject
  try {
    key = createPrivateKey(pem)
  } catch (error) {
    throw Object.assign(refuse('key-unusable', { file }), { cause: error })
  }
  if (key.asymmetricKeyType !== 'ed25519') throw refuse('key-unusable', { file })
  return key
}

/** Written and fsynced under another name, then linked: two processes starting at once end up with one key, never half of one. */
function makeKeyFile(dataDir: string, file: string): void {
  if (existsSync(file)) return
  mkdirSync(dataDir, { recursive: true })
  const draft = `${file}.${process.pid}.new`
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
  const handle = openSync(draft, 'wx', 0o600)
  writeSync(handle, String(pem))
  fsyncSync(handle)
  closeSync(handle)
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    unlinkSync(draft)
  }
  const folder = openSync(dataDir, 'r')
  fsyncSync(folder)
  closeSync(folder)
}
