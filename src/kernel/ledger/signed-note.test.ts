import { createPrivateKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { fromBase64, toBase64 } from '../../base/bytes.ts'
import { keyIdOf, openCheckpoint, parseCheckpoint, parseNote, parseProof, parseVerifierKey, proofText, verifyNote } from '../../base/signed-note.ts'
import { originOf, signerOf } from './keys.ts'

// Go's golang.org/x/mod/sumdb/note example key and note: written by another implementation.
const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const NOTE = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`
/** RFC 8032 §7.1, test 1: its seed as PKCS #8. */
const key = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex')]), format: 'der', type: 'pkcs8' })
const root = fromBase64('CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=')!

test('a note and key of the Go implementation verify', async () => {
  const note = parseNote(NOTE)!
  const peter = parseVerifierKey(PETER)!
  expect(peter.keyId).toBe('c74f20a3')
  expect(note.signatures).toHaveLength(1)
  expect(await verifyNote(note, peter)).toBe(true)
  expect(await verifyNote(parseNote(NOTE.replace('answer', 'Answer'))!, peter)).toBe(false)
})

test('what is not in the form of a note is refused', () => {
  for (const wrong of ['', 'text\n', 'text\n\n', `${NOTE}\n`, NOTE.slice(0, -1), NOTE.replace('— ', '- '), NOTE.replace('If', 'I\tf'), NOTE.replace('AM=', 'AN=')]) {
    expect(parseNote(wrong)).toBeUndefined()
  }
})

test('a verifier key whose hash, name or type is wrong is refused', () => {
  for (const wrong of [PETER.replace('c74f20a3', 'c74f20a4'), PETER.replace('c74f20a3', 'C74F20A3'), PETER.replace('Peter', 'Pater'), PETER.replace('+ARp', '+Ahp'), `${PETER} `, 'a b+00000000+AA==']) {
    expect(parseVerifierKey(wrong)).toBeUndefined()
  }
  expect(parseVerifierKey(`${PETER}\n`)).toBeDefined()
})

test('our checkpoints are signed notes of three lines whose key name is the origin', async () => {
  const signer = signerOf('example.gov.cn/log', key)
  const note = signer.sign({ size: 20852163, root })
  expect(note).toMatch(/^example\.gov\.cn\/log\n20852163\nCsUYapGGPo4dkMgIAUqom\/Xajj7h2fB2MPA3j2jxq2I=\n\n— example\.gov\.cn\/log [A-Za-z0-9+/]+=*\n$/)
  const publicKey = Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex') // RFC 8032 §7.1, test 1
  expect(signer.verifierKey).toBe(`example.gov.cn/log+${keyIdOf('example.gov.cn/log', publicKey)}+${toBase64(Buffer.concat([Buffer.of(1), publicKey]))}`)
  const opened = await openCheckpoint(note, parseVerifierKey(signer.verifierKey)!)
  expect(opened).toEqual({ checkpoint: { origin: 'example.gov.cn/log', size: 20852163, root } })
})

test('any changed byte of a checkpoint is noticed', async () => {
  const signer = signerOf('example.gov.cn/log', key)
  const verifier = parseVerifierKey(signer.verifierKey)!
  const note = Buffer.from(signer.sign({ size: 3, root }))
  for (let at = 0; at < note.length; at += 1) {
    for (const flip of [1, 0x20, 0x80]) {
      const changed = Buffer.from(note)
      changed[at]! ^= flip
      expect(await openCheckpoint(changed.toString(), verifier), `byte ${at} xor ${flip}`).toHaveProperty('problem')
    }
  }
})

test('signatures of witnesses beside ours are ignored, a wrong one of ours is not', async () => {
  const signer = signerOf('example.gov.cn/log', key)
  const verifier = parseVerifierKey(signer.verifierKey)!
  const note = signer.sign({ size: 3, root })
  const witness = NOTE.split('\n').find((line) => line.startsWith('— '))!
  expect(await openCheckpoint(`${note}${witness}\n`, verifier)).toHaveProperty('checkpoint')
  const ours = note.split('\n').find((line) => line.startsWith('— '))!
  expect(await openCheckpoint(`${note}${ours.slice(0, -6)}AAAA==\n`, verifier)).toHaveProperty('problem')
})

test('checkpoint text: no leading zeroes, no empty extension line, 32-byte root', () => {
  expect(parseCheckpoint('o\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n')).toMatchObject({ size: 0 })
  expect(parseCheckpoint('o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nextension\n')).toMatchObject({ size: 1 })
  for (const wrong of ['o\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n', 'o\n1\nAAAA\n', '\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n', 'o\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n']) expect(parseCheckpoint(wrong)).toBeUndefined()
})

test('a proof reads back as it was written, with and without extra data', () => {
  const checkpoint = signerOf('o', key).sign({ size: 2, root })
  const text = proofText({ index: 1, hashes: [root], checkpoint })
  expect(text.startsWith('c2sp.org/tlog-proof@v1\nindex 1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\no\n2\n')).toBe(true)
  expect(parseProof(text)).toEqual({ extra: null, index: 1, hashes: [root], checkpoint })
  expect(parseProof(text.replace('index 1', 'extra AAE=\nindex 1'))).toMatchObject({ extra: Uint8Array.of(0, 1), index: 1 })
  expect(parseProof(proofText({ index: 0, hashes: [], checkpoint }))).toMatchObject({ index: 0, hashes: [] })
  for (const wrong of [text.replace('v1', 'v2'), text.replace('index 1', 'index 01'), text.replace('index 1', ' index 1'), text.replace('\n\n', '\n')]) expect(parseProof(wrong)?.checkpoint).not.toBe(checkpoint)
})

test('the origin follows from the public address', () => {
  expect(originOf('https://mingtang.example.gov.cn/')).toBe('mingtang.example.gov.cn/log')
  expect(originOf('http://localhost:8080')).toBe('localhost:8080/log')
})

test('an origin with blanks or plus signs cannot name a log', () => {
  for (const origin of ['', 'a b', 'a+b', 'a　b', 'a\nb']) expect(() => signerOf(origin, key)).toThrow('ledger/origin-unusable')
})
