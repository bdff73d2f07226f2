import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { proofText } from '../../base/signed-note.ts'
import { packageRoot } from '../../kernel/db/root.ts'
import { prepareEntry, receiptOf } from '../../kernel/ledger/entry.ts'
import { signerOf } from '../../kernel/ledger/keys.ts'
import { factsOf } from '../../kernel/ledger/ledger-town.ts'
import { examine, type FetchText } from './verify.ts'

// A log of one entry: its leaf hash is its root, and its proof has no hashes.
const signer = signerOf('test.example/log', generateKeyPairSync('ed25519').privateKey)
const prepared = prepareEntry(factsOf(1))
const receipt = receiptOf(prepared, 'https://old-address.example')
const proof = proofText({ index: 0, hashes: [], checkpoint: signer.sign({ size: 1, root: Buffer.from(prepared.leafHash, 'base64') }) })
const site: FetchText = async (path) => ({ [`/api/v1/receipts/${receipt.id}/proof`]: proof, '/log/key': `${signer.verifierKey}\n` })[path] ?? null
const ask = (text: string, language: 'zh' | 'en' = 'zh', fetchText = site) => examine({ receipt: text, proof: '', key: '', language, words: { 'cases.accepted': '受理', decide: '作出许可决定' } }, fetchText)

test('a genuine receipt is said to be so, with what it is about, in both languages', async () => {
  expect(await ask(JSON.stringify(receipt))).toEqual({
    ok: true, heading: '回执真实，记录未被改动',
    lines: [
      '✓ 记录原文与回执上的指纹一致', '✓ 不公开的内容与当时的承诺一致', '✓ 检查点的签名有效', '✓ 记录确在公开日志之中',
      '行为：受理，时间：2026年3月2日 09:00', '依据：行政许可法 第三十二条第一款第五项', '当时在走的时限（作出许可决定）：2026年3月30日前', '日志 test.example/log：第 1 条，检查点共 1 条',
    ],
  })
  expect((await ask(JSON.stringify({ caseNo: 'X', receipt }), 'en')).lines.at(-1)).toBe('Log test.example/log: entry number 1, checkpoint of 1 entries')
})

test('a changed receipt is said to be changed, and where', async () => {
  expect(await ask(JSON.stringify({ ...receipt, leaf: receipt.leaf.replace('accepted', 'refused') }))).toEqual({ ok: false, heading: '未能核验通过', lines: ['✗ 记录原文与回执上的指纹不一致：回执被改动过'] })
  expect((await ask(JSON.stringify({ ...receipt, opening: { ...receipt.opening, private: {} } }), 'en')).lines.at(-1)).toBe('✗ The private facts are not those committed to: the receipt was changed')
})

test('what is no receipt, has no proof yet, or cannot be fetched is told apart', async () => {
  for (const text of ['', '{}', '[]', 'null', '不是', '{"receipt": 1}']) expect((await ask(text)).lines[0]).toMatch(/^这不是回执/)
  expect((await ask(JSON.stringify(receipt), 'zh', async () => null)).lines[0]).toMatch(/^公开日志中还没有/)
  expect((await ask(JSON.stringify(receipt), 'zh', async () => { throw new TypeError('failed to fetch') })).lines[0]).toMatch(/^无法连接/)
})

test('with proof and key at hand nothing is fetched', async () => {
  const told = await examine({ receipt: JSON.stringify(receipt), proof, key: signer.verifierKey, language: 'zh' }, async () => { throw new Error('fetched') })
  expect(told.ok).toBe(true)
})

test('the island bundles for browsers, without anything of Node', async () => {
  const { outputFiles } = await build({ entryPoints: [join(packageRoot(), 'src/portal/islands/verify.ts')], bundle: true, minify: true, format: 'esm', platform: 'browser', write: false })
  expect(outputFiles[0]!.text).not.toMatch(/\bBuffer\b|node:|require\(/)
  expect(outputFiles[0]!.contents.length).toBeLessThan(16_000)
})
