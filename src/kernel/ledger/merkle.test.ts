import { readdirSync, readFileSync, statSync, existsSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concat, fromBase64, toBase64, utf8 } from '../../base/bytes.ts'
import { emptyRoot, leafHash, nodeHash, verifyConsistency, verifyInclusion } from '../../base/merkle.ts'
import { sha256 as pureSha256 } from '../../base/sha256.ts'
import { packageRoot } from '../db/root.ts'
import { hashLeaf, hashNode, sha256 } from './hash.ts'
import { consistencyProof, inclusionProof, rootOf, type TileReader } from './proofs.ts'
import { hashesAt } from './tile-path.ts'
import { TreeEdge } from './tree.ts'

const vectors = join(process.env.MINGTANG_SHARED ?? join(packageRoot(), '../shared'), 'data/vectors/merkle_rfc6962')
const files = (folder: string): string[] => readdirSync(folder).flatMap((name) => (statSync(join(folder, name)).isDirectory() ? files(join(folder, name)) : [join(folder, name)]))
const bytes = (text: string) => fromBase64(text) ?? new Uint8Array(0)

describe.skipIf(!existsSync(vectors))('the published RFC 6962 vectors (skipped where ../shared/data is absent)', () => {
  const inclusion = existsSync(vectors) ? files(join(vectors, 'inclusion')) : []
  const consistency = existsSync(vectors) ? files(join(vectors, 'consistency')) : []

  test('there are 122 of them', () => expect(inclusion.length + consistency.length).toBe(122))

  test.each(inclusion)('inclusion %s', (file) => {
    const v = JSON.parse(readFileSync(file, 'utf8')) as { leafIdx: number; treeSize: number; root: string; leafHash: string; proof: string[] | null; wantErr: boolean }
    const ask = { index: v.leafIdx, size: v.treeSize, leafHash: bytes(v.leafHash), proof: (v.proof ?? []).map(bytes), root: bytes(v.root) }
    expect(verifyInclusion(ask)).toBe(!v.wantErr)
    expect(verifyInclusion(ask, sha256)).toBe(!v.wantErr)
  })

  test.each(consistency)('consistency %s', (file) => {
    const v = JSON.parse(readFileSync(file, 'utf8')) as { size1: number; size2: number; root1: string; root2: string; proof: string[] | null; wantErr: boolean }
    expect(verifyConsistency({ size1: v.size1, size2: v.size2, root1: bytes(v.root1), root2: bytes(v.root2), proof: (v.proof ?? []).map(bytes) })).toBe(!v.wantErr)
  })
})

/** RFC 6962 §2.1 word for word, as slow as it is plain. */
function mth(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return emptyRoot()
  if (leaves.length === 1) return leafHash(leaves[0]!)
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return nodeHash(mth(leaves.slice(0, k)), mth(leaves.slice(k)))
}

/** Tiles straight from their definition: MTH of the leaves each hash stands for. */
function tilesFrom(leaves: readonly Uint8Array[]): TileReader {
  return async (level, index, width) => {
    expect(index * 256 + width).toBeLessThanOrEqual(hashesAt(level, leaves.length))
    return concat(...Array.from({ length: width }, (_, i) => mth(leaves.slice((index * 256 + i) * 256 ** level, (index * 256 + i + 1) * 256 ** level))))
  }
}

const leavesOf = (count: number): Uint8Array[] => Array.from({ length: count }, (_, i) => utf8(`leaf ${i}`))

test('our SHA-256 for browsers is SHA-256', () => {
  expect(Buffer.from(pureSha256(utf8('abc'))).toString('hex')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (data) => {
    expect(toBase64(pureSha256(data))).toBe(createHash('sha256').update(data).digest('base64'))
  }))
})

test('the native and the portable hashes agree', () => {
  expect(toBase64(hashLeaf('明堂'))).toBe(toBase64(leafHash(utf8('明堂'))))
  expect(toBase64(hashNode(hashLeaf('a'), hashLeaf('b')))).toBe(toBase64(nodeHash(leafHash(utf8('a')), leafHash(utf8('b')))))
})

test('base64 has one spelling: no blanks, no missing padding, no spare bits', () => {
  expect(fromBase64('AAE=')).toEqual(Uint8Array.of(0, 1))
  for (const wrong of ['AAE', 'AAF=', 'AA E=', 'AAE=\n', 'AA-_', '=AAA']) expect(fromBase64(wrong)).toBeUndefined()
})

test('an edge that grew entry by entry has the root of the definition, at every size to 600', () => {
  const leaves = leavesOf(600)
  const edge = new TreeEdge()
  const subtrees: string[] = []
  for (let size = 0; size <= 600; size += 1) {
    if (size % 37 === 0 || [255, 256, 257, 511, 512, 513].includes(size)) expect(toBase64(edge.root())).toBe(toBase64(mth(leaves.slice(0, size))))
    if (size < 600) for (const s of edge.append(hashLeaf(leaves[size]!))) subtrees.push(`${s.level}/${s.index} ${s.hash.equals(mth(leaves.slice(s.index * 256, (s.index + 1) * 256)))}`)
  }
  expect(subtrees).toEqual(['1/0 true', '1/1 true'])
})

test('an edge that was resumed from its tiles goes on as if never interrupted, over two tile levels', async () => {
  const count = 66_000 // 256² = 65,536: a hash at tile level 2 exists
  const hashes = Array.from({ length: count }, (_, i) => hashLeaf(`leaf ${i}`))
  const levels: Buffer[][] = [hashes, [], []]
  const edge = new TreeEdge()
  const roots = new Map<number, string>()
  for (const hash of hashes) {
    for (const s of edge.append(hash)) levels[s.level]![s.index] = s.hash
    if ([65_535, 65_536, 65_537, count].includes(edge.size)) roots.set(edge.size, toBase64(edge.root()))
  }
  expect(levels[2]).toHaveLength(1)
  for (const size of [65_535, 65_536, 65_537, 65_900]) {
    const resumed = await TreeEdge.resume(size, async (level, from, width) => levels[level]!.slice(from, from + width))
    if (roots.has(size)) expect(toBase64(resumed.root())).toBe(roots.get(size))
    for (const hash of hashes.slice(size)) resumed.append(hash)
    expect(toBase64(resumed.root())).toBe(roots.get(count))
  }
  const tiles: TileReader = async (level, index, width) => Buffer.concat(levels[level]!.slice(index * 256, index * 256 + width))
  for (const index of [0, 255, 256, 65_535, 65_536, 65_999]) {
    const proof = await inclusionProof(tiles, index, count)
    expect(verifyInclusion({ index, size: count, leafHash: hashes[index]!, proof, root: edge.root() })).toBe(true)
  }
})

test('every inclusion proof verifies, at any size and index, and no other index or leaf does', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 700 }), fc.nat(), fc.nat(), async (size, pick, other) => {
    const leaves = leavesOf(size)
    const index = pick % size
    const root = mth(leaves)
    const proof = await inclusionProof(tilesFrom(leaves), index, size)
    const ask = { index, size, leafHash: leafHash(leaves[index]!), proof, root }
    expect(verifyInclusion(ask)).toBe(true)
    if (other % size !== index) expect(verifyInclusion({ ...ask, index: other % size })).toBe(false)
    expect(verifyInclusion({ ...ask, leafHash: leafHash(utf8('another')) })).toBe(false)
    expect(verifyInclusion({ ...ask, proof: [...proof, root] })).toBe(false)
  }), { numRuns: 40 })
}, 30_000)

test('every consistency proof verifies, between any two sizes, and not for another old root', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 700 }), fc.nat(), async (size2, pick) => {
    const leaves = leavesOf(size2)
    const size1 = (pick % size2) + 1
    const ask = { size1, size2, root1: mth(leaves.slice(0, size1)), root2: mth(leaves), proof: await consistencyProof(tilesFrom(leaves), size1, size2) }
    expect(verifyConsistency(ask)).toBe(true)
    expect(verifyConsistency({ ...ask, root1: leafHash(utf8('another')) })).toBe(false)
  }), { numRuns: 40 })
}, 30_000)

test('the root can be computed from the tiles', async () => {
  const leaves = leavesOf(300)
  expect(toBase64(await rootOf(tilesFrom(leaves), 300))).toBe(toBase64(mth(leaves)))
})
