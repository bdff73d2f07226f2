import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scratch, type Scratch } from '../../../tests/scratch.ts'
import { canonicalJson, type Json } from '../../base/canonical-json.ts'
import { commitmentOf, parseReceipt } from '../../base/receipt.ts'
import { act, acts, factsOf, freshSigner, sequence } from './ledger-town.ts'
import { LEAF_BYTES_MAX, newLogRef, prepareEntry, receiptOf } from './entry.ts'
import { mirrorLog } from './log-source.ts'
import { eraseOpenings, findOpening } from './openings.ts'
import { proofFor } from './proofs.ts'
import { tilePath, tilesOf } from './tile-path.ts'
import { logFiles, type LogFiles } from './tiles.ts'
import type { EntryId, Leaf, LogRef, PreparedEntry } from './types.ts'
import { verifyLog, verifyReceipt } from './verify.ts'

let town: Scratch
beforeAll(async () => { town = await scratch(['db', 'ledger']) })
afterAll(() => town.close())

describe('the leaf', () => {
  test('is RFC 8785 JSON of nine members, and its hash is SHA-256 of 0x00 and the text', () => {
    const prepared = prepareEntry({
      ref: '000102030405060708090a0b0c0d0e0f' as Leaf['ref'], seq: 3, act: 'cases.accepted', at: '2026-03-02T09:00:00+08:00', org: '11110102000000000X',
      ground: '行政许可法 第三十二条', public: { stage: 'accepted', due: { decide: '2026-03-30' } }, private: { b: 1, a: '张三' },
    })
    const { commit } = JSON.parse(prepared.leaf) as Leaf
    expect(prepared.leaf).toBe(`{"act":"cases.accepted","at":"2026-03-02T09:00:00+08:00","commit":"${commit}","ground":"行政许可法 第三十二条","org":"11110102000000000X","public":{"due":{"decide":"2026-03-30"},"stage":"accepted"},"ref":"000102030405060708090a0b0c0d0e0f","seq":3,"v":1}`)
    expect(commit).toBe(commitmentOf(Buffer.from(prepared.salt, 'base64'), '{"a":"张三","b":1}'))
    expect(prepared.leaf).not.toContain('张三')
  })

  test('of the same facts has another commitment each time, for the salt is fresh', () => {
    const [one, two] = [prepareEntry(factsOf(1)), prepareEntry(factsOf(1))]
    expect((JSON.parse(one.leaf) as Leaf).commit).not.toBe((JSON.parse(two.leaf) as Leaf).commit)
  })

  test('of 8192 bytes is taken, of 8193 refused', () => {
    const empty = Buffer.byteLength(prepareEntry(factsOf(1, { public: { text: '' } })).leaf)
    const fill = (bytes: number) => prepareEntry(factsOf(1, { public: { text: 'x'.repeat(bytes - empty) } }))
    expect(Buffer.byteLength(fill(LEAF_BYTES_MAX).leaf)).toBe(8192)
    expect(() => fill(LEAF_BYTES_MAX + 1)).toThrow('ledger/leaf-too-large')
  })
})

describe('rows', () => {
  test('private facts come back from the database such that the commitment still opens, whatever JSON can say', async () => {
    const awkward: Json = { n: [0.1, 1e21, 5e-324, 1.7976931348623157e308, -0, 123456789012345680000], s: '\u0000 \ud800 é 明堂 \u2028', z: null, b: { ä: 1, a: 2, 'a ': 3 } }
    const some = [awkward, ...fc.sample(fc.jsonValue({ maxDepth: 4 }), 60).map((value) => ({ value: value as Json }))]
    for (const facts of some) {
      const prepared = await act(town.db, factsOf(1, { private: facts }))
      const found = (await findOpening(town.db, prepared.id))!
      expect(canonicalJson(found.private)).toBe(canonicalJson(facts))
      expect(commitmentOf(Buffer.from(found.salt, 'base64'), canonicalJson(found.private))).toBe((JSON.parse(prepared.leaf) as Leaf).commit)
    }
  })

  test('a leaf hash that is not of the leaf cannot be stored', async () => {
    const row = prepareEntry(factsOf(1))
    await expect(town.db.query('insert into ledger.entry (id, ref, seq, act, at, leaf, leaf_hash) values ($1, $2, 1, $3, now(), $4, $5)', [row.id, newLogRef(), 'x', row.leaf, Buffer.alloc(32)])).rejects.toThrow('entry_hash_of_leaf')
  })

  test('a second act with the same number of the same matter cannot be stored', async () => {
    const ref = newLogRef()
    await act(town.db, factsOf(1, { ref }))
    await expect(act(town.db, factsOf(1, { ref }))).rejects.toThrow('entry_once')
  })
})

test('the application may add to the log and read it, nothing else; only retention erases openings', async () => {
  const { id } = await act(town.db, factsOf(1))
  for (const forbidden of [
    'update ledger.entry set act = act', 'delete from ledger.entry', 'delete from ledger.pending', 'delete from ledger.opening', 'update ledger.opening set salt = salt',
    'truncate ledger.entry', "insert into ledger.position values (0, '00000000-0000-0000-0000-000000000000', '')", 'update ledger.head set size = 0', 'delete from ledger.checkpoint',
  ]) await expect(town.db.query(forbidden), forbidden).rejects.toMatchObject({ code: '42501' })
  for (const forbidden of ['delete from ledger.entry', 'delete from ledger.position', 'update ledger.position set leaf_hash = leaf_hash', 'select * from ledger.opening', 'update ledger.checkpoint set note = note']) {
    await expect(town.sequencer.query(forbidden), forbidden).rejects.toMatchObject({ code: '42501' })
  }
  await expect(town.retention.query('delete from ledger.entry')).rejects.toMatchObject({ code: '42501' })
  await town.retention.query('delete from ledger.opening where entry = $1', [id])
  expect(await findOpening(town.db, id)).toBeNull()
})

describe('a log of 600 entries', () => {
  let log: Scratch
  let files: LogFiles
  let first: PreparedEntry[]
  const folder = mkdtempSync(join(tmpdir(), 'mingtang-log-'))
  const signer = freshSigner()
  const matterId = '11111111-1111-4111-8111-111111111111'

  beforeAll(async () => {
    log = await scratch(['db', 'ledger'])
    files = logFiles(log.db)
    expect((await files.file('checkpoint')).status).toBe(404)
    expect(await sequence(log.urls.sequencer, signer)).toBe(0)
    expect((await files.file('checkpoint')).body.toString()).toMatch(/^test\.example\/log\n0\n47DEQpj8HBSa\+\/TImW\+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— /)
    expect((await files.file('tile/0/000')).status).toBe(404)
    expect((await verifyLog(async (path) => { const f = await files.file(path); return f.status === 200 ? f.body : null })).problems).toEqual([])
    first = await acts(log.db, 5)
    await act(log.db, factsOf(1, { private: { name: '李四' } }), matterId)
    expect(await sequence(log.urls.sequencer, signer)).toBe(6)
    for (let i = 0; i < 33; i += 1) await acts(log.db, 18)
    expect(await sequence(log.urls.sequencer, signer, 250)).toBe(600)
    await mirrorLog(async (path) => { const f = await files.file(path); return f.status === 200 ? f.body : null }, folder)
  }, 60_000)
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await log.close()
  })

  test('is served as checkpoint, key, three tiles at level 0, one at level 1 and three bundles', async () => {
    expect([...tilesOf(600)].map((tile) => tilePath(tile.level, tile.index, tile.width))).toEqual([
      'tile/0/000', 'tile/0/001', 'tile/0/002.p/88', 'tile/1/000.p/2', 'tile/entries/000', 'tile/entries/001', 'tile/entries/002.p/88',
    ])
    expect(await files.file('tile/0/000')).toMatchObject({ status: 200, contentType: 'application/octet-stream', immutable: true })
    expect((await files.file('tile/0/001')).body).toHaveLength(8192)
    expect((await files.file('tile/0/002.p/88')).body).toHaveLength(2816)
    expect((await files.file('checkpoint'))).toMatchObject({ status: 200, contentType: 'text/plain; charset=utf-8', immutable: false })
    expect((await files.file('key')).body.toString()).toBe(`${signer.verifierKey}\n`)
  })

  test('serves any partial tile up to the checkpoint, also of a full one', async () => {
    const whole = (await files.file('tile/0/000')).body
    expect((await files.file('tile/0/000.p/6')).body.equals(whole.subarray(0, 192))).toBe(true)
    expect((await files.file('tile/1/000.p/1')).body).toHaveLength(32)
    expect((await files.file('tile/entries/000.p/1')).body.readUInt16BE()).toBe(Buffer.byteLength(first[0]!.leaf))
  })

  test('serves nothing beyond the checkpoint, even where more is committed', async () => {
    await act(log.db, factsOf(1))
    for (const path of ['tile/0/002.p/89', 'tile/0/002', 'tile/0/003.p/1', 'tile/1/000.p/3', 'tile/2/000.p/1', 'tile/63/000.p/1', 'tile/entries/002.p/89', 'tile/0/x001/000']) {
      expect((await files.file(path)).status, path).toBe(404)
    }
  })

  test('has one name for each file: other spellings are not found', async () => {
    for (const path of ['', '/', 'tile/0/0', 'tile/00/000', 'tile/0/x000/000', 'tile/0/000.p/0', 'tile/0/000.p/01', 'tile/0/000.p/256', 'tile/64/000', 'tile/-1/000', 'tile/0/000/', 'tile/0/000?x', 'tile/data/000', 'checkpoint/', 'Checkpoint', 'tile/0/../0/000', 'tile/entries/1']) {
      expect((await files.file(path)).status, path).toBe(404)
    }
  })

  test('verifies from its public files alone, in its mirror', async () => {
    const report = await verifyLog(folder, { key: signer.verifierKey })
    expect(report).toMatchObject({ origin: 'test.example/log', size: 600, checked: 600, problems: [] })
  })

  test('does not verify under another key, or under another log’s name', async () => {
    expect((await verifyLog(folder, { key: freshSigner().verifierKey })).problems.map((p) => p.kind)).toEqual(['signature'])
    expect((await verifyLog(folder, { key: freshSigner('other.example/log').verifierKey })).problems.map((p) => p.kind)).toEqual(['origin'])
    expect((await verifyLog(folder, { key: 'nonsense' })).problems.map((p) => p.kind)).toEqual(['key'])
  })

  test('any changed byte of any file is found', async () => {
    const paths = ['checkpoint', 'key', ...[...tilesOf(600)].map((tile) => tilePath(tile.level, tile.index, tile.width))]
    const originals = new Map(await Promise.all(paths.map(async (path) => [path, await readFile(join(folder, path))] as const)))
    await fc.assert(fc.asyncProperty(fc.constantFrom(...paths), fc.nat(), fc.integer({ min: 1, max: 255 }), async (path, pick, flip) => {
      const report = await verifyLog(async (asked) => {
        const bytes = Buffer.from(originals.get(asked)!)
        if (asked === path) bytes[pick % bytes.length]! ^= flip
        return bytes
      })
      expect(report.problems.length, `${path} ${pick} ${flip}`).toBeGreaterThan(0)
    }), { numRuns: 150 })
  }, 60_000)

  test('a checkpoint seen earlier is compared: the same beginning passes, another or a larger tree is a fork', async () => {
    const [six] = await log.db.query<{ note: string }>('select note from ledger.checkpoint where size = 6')
    expect((await verifyLog(folder, { seen: six!.note })).problems).toEqual([])
    const against = async (seen: string) => (await verifyLog(folder, { seen })).problems.map((p) => p.kind)
    expect(await against(signer.sign({ size: 6, root: Buffer.alloc(32) }))).toEqual(['fork'])
    expect(await against(signer.sign({ size: 601, root: Buffer.alloc(32) }))).toEqual(['fork'])
    expect(await against(freshSigner().sign({ size: 6, root: Buffer.alloc(32) }))).toEqual(['signature'])
  })

  test('can be mirrored and verified over HTTP, from the log’s address or the site’s, and waits where the rate is limited', async () => {
    let limited = 1
    const server = createServer((request, response) => {
      void (async () => {
        if (request.url === '/log/tile/0/001' && limited-- > 0) return response.writeHead(429, { 'retry-after': '1' }).end()
        const file = request.url?.startsWith('/log/') ? await files.file(request.url.slice(5)) : { status: 404, body: '', contentType: 'text/plain' }
        return response.writeHead(file.status, { 'content-type': file.contentType }).end(file.body)
      })()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const copy = mkdtempSync(join(tmpdir(), 'mingtang-log-'))
    try {
      expect(await verifyLog(`${site}/log/`)).toMatchObject({ checked: 600, problems: [] })
      expect(await mirrorLog(site, copy)).toEqual({ size: 600, files: 9 }) // checkpoint, key, 4 tiles, 3 bundles
      expect(await verifyLog(copy)).toMatchObject({ checked: 600, problems: [] })
    } finally {
      rmSync(copy, { recursive: true, force: true })
      server.closeAllConnections()
      server.close()
    }
  })

  test('a file that is missing, too short or too long is found', async () => {
    for (const path of ['tile/0/001', 'tile/1/000.p/2', 'tile/entries/002.p/88']) {
      const original = await readFile(join(folder, path))
      const alter = (bytes: Uint8Array | null) => verifyLog(async (asked) => (asked === path ? bytes : readFile(join(folder, asked))))
      expect((await alter(null)).problems.map((p) => [p.kind, p.at])).toEqual([['missing', path]])
      expect((await alter(original.subarray(0, -1))).problems[0]?.at).toBe(path)
      expect((await alter(Buffer.concat([original, Buffer.of(0)]))).problems[0]?.at).toBe(path)
    }
  })

  test('a receipt verifies offline with its proof and the key, and not when anything in it is changed', async () => {
    const receipt = receiptOf(first[2]!, 'https://test.example')
    const paper = parseReceipt(JSON.stringify({ caseNo: 'GA-2026-000001', receipt }))!
    const proof = await proofFor(log.db, files, receipt.id)
    expect(receipt.proofUrl).toBe(`https://test.example/api/v1/receipts/${receipt.id}/proof`)
    expect(await verifyReceipt(paper, proof, signer.verifierKey)).toMatchObject({ ok: true, log: { origin: 'test.example/log', size: 600, index: 2 } })
    const failing = async (changed: Partial<typeof receipt>, proofNow = proof, key = signer.verifierKey) => (await verifyReceipt({ ...paper, ...changed }, proofNow, key)).checks.at(-1)
    expect(await failing({ leaf: paper.leaf.replace('accepted', 'rejected') })).toEqual({ check: 'leaf', ok: false })
    expect(await failing({ opening: { ...receipt.opening, private: { applicant: '李四' } } })).toEqual({ check: 'opening', ok: false })
    expect(await failing({}, 'nonsense')).toEqual({ check: 'proof', ok: false })
    expect(await failing({}, proof, 'nonsense')).toEqual({ check: 'key', ok: false })
    expect(await failing({}, proof, freshSigner().verifierKey)).toEqual({ check: 'checkpoint', ok: false })
    expect(await failing({}, await proofFor(log.db, files, first[3]!.id))).toEqual({ check: 'inclusion', ok: false })
  })

  test('there is a proof for every entry', async () => {
    const entries = await log.db.query<{ id: string; leaf: string; leaf_hash: Buffer }>('select e.id, e.leaf, e.leaf_hash from ledger.entry e join ledger.position p on p.entry = e.id where p.index % 23 = 0 or p.index in (255, 256, 599)')
    expect(entries).toHaveLength(30) // 0, 23, … 598 are 27, and 255, 256 and 599 are none of them
    for (const { id } of entries) expect(await proofFor(log.db, files, id)).toMatch(/^c2sp\.org\/tlog-proof@v1\nindex \d+\n/)
  })

  test('before the entry is in a checkpoint its proof is “not yet”, and an unknown one is not found', async () => {
    const { id } = await act(log.db, factsOf(1))
    await expect(proofFor(log.db, files, id)).rejects.toMatchObject({ code: 'ledger/not-yet-sequenced', status: 404, retryAfter: 1 })
    await expect(proofFor(log.db, files, '00000000-0000-4000-8000-000000000000')).rejects.toMatchObject({ code: 'ledger/not-found', status: 404 })
    await expect(proofFor(log.db, files, "x' or 1=1")).rejects.toMatchObject({ code: 'ledger/not-found' })
  })

  test('erasing the private facts of a matter leaves its proofs valid', async () => {
    const [{ id, ref }] = await log.db.query<{ id: EntryId; ref: LogRef }>('select id, ref from ledger.entry where matter_id = $1', [matterId]) as [{ id: EntryId; ref: LogRef }]
    expect(await eraseOpenings(log.retention, ref)).toBe(1)
    expect(await findOpening(log.db, id)).toBeNull()
    expect(await proofFor(log.db, files, id)).toContain('index 5\n')
  })

  test('silence past a due day can be listed from the files alone', async () => {
    expect((await verifyLog(folder, { asOf: '2026-03-30' })).silent).toEqual([])
    const { silent } = await verifyLog(folder, { asOf: '2026-03-31' })
    expect(silent).toHaveLength(35) // 1 matter of 5 acts, 1 of 1 act, 33 of 18 acts
    expect(silent![0]).toMatchObject({ clock: 'decide', dueOn: '2026-03-30', lastAct: 'cases.accepted', lastAt: '2026-03-02T09:00:00+08:00' })
  })
})

test('a log whose entries skip or repeat a matter’s number, or are no leaves, is found out', async () => {
  const log = await scratch(['db', 'ledger'])
  const folder = mkdtempSync(join(tmpdir(), 'mingtang-log-'))
  try {
    const ref = newLogRef()
    for (const seq of [1, 2, 4]) await act(log.db, factsOf(seq, { ref }))
    const strange = Buffer.from('{"act": "x"}')
    await log.db.query(
      `with e as (insert into ledger.entry (id, ref, seq, act, at, leaf, leaf_hash) values ($1, $2, 1, 'x', '2026-03-02', $3, sha256('\\x00'::bytea || $4::bytea)))
       insert into ledger.pending (entry) values ($1)`, ['22222222-2222-4222-8222-222222222222', newLogRef(), strange.toString(), strange])
    await sequence(log.urls.sequencer, freshSigner())
    const files = logFiles(log.db)
    await mirrorLog(async (path) => { const f = await files.file(path); return f.status === 200 ? f.body : null }, folder)
    const report = await verifyLog(folder)
    expect(report.problems.map(({ kind, at }) => ({ kind, at }))).toEqual([{ kind: 'sequence', at: 'entry 2' }, { kind: 'leaf', at: 'entry 3' }])
    await writeFile(join(folder, 'checkpoint'), '')
    expect((await verifyLog(folder)).problems.map((p) => p.kind)).toEqual(['checkpoint'])
    expect((await verifyLog(join(folder, 'nowhere'))).problems.map((p) => p.kind)).toEqual(['missing'])
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await log.close()
  }
})
