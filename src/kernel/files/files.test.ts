import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { scratch, type Scratch } from '../../../tests/scratch.ts'
import { contentDisposition } from './content-disposition.ts'
import { diskStore } from './disk-store.ts'
import type { FileStore } from './store.ts'
import { useFile } from './use.ts'

let town: Scratch
let folder: string
let store: FileStore
beforeAll(async () => { town = await scratch(['db', 'files']) })
afterAll(() => town.close())
beforeEach(async () => {
  await town.admin.query('truncate files.use, files.file')
  folder = mkdtempSync(join(tmpdir(), 'mingtang-files-'))
  store = diskStore(town.db, folder)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const at = new Date('2026-03-02T01:00:00Z')
const later = new Date('2026-03-03T01:00:00Z')
const matterId = '11111111-1111-4111-8111-111111111111'
const pdf = (more = '') => Buffer.from(`%PDF-1.7\n${more}\n%%EOF\n`)
const put = (content: Buffer | Readable, name = '营业执照.pdf', to = store) => to.put(Buffer.isBuffer(content) ? Readable.from([content]) : content, { name, uploadedBy: 'account:1', at })
const onDisk = () => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => entry.name).sort()
const name = async (fileId: string, what = 'M1') => {
  const { table, row } = useFile(fileId, matterId, what)
  await town.db.query(`insert into ${table} (${Object.keys(row).join(', ')}) values ($1, $2, $3) on conflict do nothing`, Object.values(row))
}

describe('an upload', () => {
  test('is stored under its hash and read back as it was', async () => {
    const content = pdf(randomBytes(300_000).toString('base64'))
    const sha256 = createHash('sha256').update(content).digest('hex')
    const file = await put(content)
    expect(file).toMatchObject({ sha256, bytes: content.length, mediaType: 'application/pdf', name: '营业执照.pdf', uploadedBy: 'account:1', uploadedAt: at, scanned: 'none' })
    expect(onDisk()).toEqual([sha256])
    expect(statSync(join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)).mode & 0o777).toBe(0o600)
    const { file: again, content: stream } = await store.open(file.id)
    expect(again).toEqual(file)
    expect((await buffer(stream)).equals(content)).toBe(true)
  })

  test('of the same content twice has two ids and one content', async () => {
    const [one, two] = [await put(pdf(), 'a.pdf'), await put(pdf(), 'b.pdf')]
    expect(one.id).not.toBe(two.id)
    expect(onDisk()).toEqual([one.sha256])
    expect((await store.getAll([two.id, one.id])).map((file) => file.name)).toEqual(['b.pdf', 'a.pdf'])
  })

  test('of the same content twelve times at once is stored once, whole', async () => {
    const content = pdf(randomBytes(100_000).toString('hex'))
    const files = await Promise.all(Array.from({ length: 12 }, () => put(content)))
    expect(onDisk()).toEqual([files[0]!.sha256])
    expect(new Set(files.map((file) => file.id)).size).toBe(12)
    expect((await buffer((await store.open(files[7]!.id)).content)).equals(content)).toBe(true)
  })

  test('larger than allowed is refused, whether the store or the multipart reader noticed', async () => {
    const small = diskStore(town.db, folder, { maxBytes: 2_000_000 })
    expect(await put(pdf('x'.repeat(1_999_984)), 'a.pdf', small)).toMatchObject({ bytes: 2_000_000 })
    await expect(put(pdf('x'.repeat(1_999_985)), 'a.pdf', small)).rejects.toMatchObject({ code: 'files/too-large', status: 413, slots: { megabytes: 2 } })
    await expect(put(Object.assign(Readable.from([pdf()]), { truncated: true }))).rejects.toMatchObject({ code: 'files/too-large' })
  })

  test('that ends early is refused and leaves nothing', async () => {
    async function* cut() {
      yield pdf()
      throw new Error('aborted')
    }
    await expect(put(Readable.from(cut()))).rejects.toMatchObject({ code: 'files/truncated', status: 422 })
    const gone = new Readable({ read() { this.push(pdf()); setImmediate(() => this.destroy()) } })
    await expect(put(gone)).rejects.toMatchObject({ code: 'files/truncated' })
    await expect(store.put(Readable.from([pdf()]), { name: 'a.pdf', uploadedBy: 'x', at, expectedBytes: 1000 })).rejects.toMatchObject({ code: 'files/truncated' })
    expect(onDisk()).toEqual([])
    expect(await town.db.query('select id from files.file')).toEqual([])
  })

  test('of nothing is refused', async () => {
    await expect(put(Buffer.alloc(0))).rejects.toMatchObject({ code: 'files/empty', status: 422 })
  })

  test('with an unusable name is refused', async () => {
    for (const wrong of ['', '  ', '../a.pdf', 'a\\b.pdf', 'a\nb.pdf', 'a\u0000.pdf', '\ud800.pdf', `${'长'.repeat(84)}.pdf`]) {
      await expect(put(pdf(), wrong), JSON.stringify(wrong)).rejects.toMatchObject({ code: 'files/name-unusable' })
    }
    expect((await put(pdf(), `${'长'.repeat(83)}.pdf`)).name).toHaveLength(87)
  })

  test('in which the scanner finds something is refused, and the scanner is recorded', async () => {
    const suspicious = diskStore(town.db, folder, { scan: { name: 'test', scan: async (path) => (statSync(path).size > 100 ? { clean: false, finding: 'Eicar' } : { clean: true }) } })
    await expect(put(pdf('x'.repeat(100)), 'a.pdf', suspicious)).rejects.toMatchObject({ code: 'files/infected', slots: { finding: 'Eicar' } })
    expect(await put(pdf(), 'a.pdf', suspicious)).toMatchObject({ scanned: 'test' })
  })

  test('to a disk that is full is refused with a time to come back', async () => {
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    const stuck = diskStore(town.db, folder, { scan: { name: 'test', scan: async () => { throw full } } })
    await expect(put(pdf(), 'a.pdf', stuck)).rejects.toMatchObject({ code: 'files/no-space', status: 503, retryAfter: 60 })
    expect(onDisk()).toEqual([])
  })
})

/** A ZIP of stored entries without content: enough for what looks at names. */
function zip(...names: string[]): Buffer {
  const locals = names.map((entry) => Buffer.concat([Buffer.from('504b03041400000000000000000000000000000000000000000000000000', 'hex'), Buffer.from(entry)]).fill(Buffer.from([entry.length, 0]), 26, 28))
  const central = names.map((entry) => Buffer.concat([Buffer.from('504b01021400140000000000000000000000000000000000000000000000000000000000000000000000000000000000'.slice(0, 92), 'hex'), Buffer.from(entry)]).fill(Buffer.from([entry.length, 0]), 28, 30))
  return Buffer.concat([...locals, ...central, Buffer.from('504b0506000000000000000000000000000000000000', 'hex')])
}

describe('the type', () => {
  test.each([
    ['PNG', 'a.bin', Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'), 'image/png'],
    ['JPEG', 'a.txt', Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), 'image/jpeg'],
    ['UTF-8 text', '说明.txt', Buffer.from('申请说明\r\n第二行\t'), 'text/plain'],
    ['GB 18030 text', '说明.txt', Buffer.from('c9eac7ebcbb5c3f7', 'hex'), 'text/plain; charset=gb18030'],
    ['CSV', '名单.CSV', Buffer.from('姓名,事项\n张三,食品经营许可\n'), 'text/csv'],
    ['OFD', '证照.ofd', zip('Doc_0/Document.xml', 'OFD.xml'), 'application/ofd'],
  ])('is told by content: %s', async (_what, name, content, mediaType) => {
    expect((await put(content, name)).mediaType).toBe(mediaType)
  })

  test.each([
    ['an ELF program called .pdf', 'a.pdf', Buffer.concat([Buffer.from('7f454c4602010100', 'hex'), Buffer.alloc(64)])],
    ['a Windows program called .pdf', 'a.pdf', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])],
    ['HTML called .txt', 'a.txt', Buffer.from('  <!DOCTYPE html><script>alert(1)</script>')],
    ['SVG called .txt', 'a.txt', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
    ['SVG with an XML declaration', 'a.png', Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a shell script', 'a.txt', Buffer.from('#!/bin/sh\nrm -rf /\n')],
    ['a GIF', 'a.gif', Buffer.from('GIF89a\x01\x00\x01\x00', 'latin1')],
    ['a plain ZIP', 'a.zip', zip('setup.exe')],
    ['a ZIP that hides OFD.xml in a folder', 'a.ofd', zip('x/OFD.xml')],
    ['bytes of no known kind', 'a.txt', Buffer.from([1, 2, 3, 255, 254])],
  ])('is refused where it may not be uploaded: %s', async (_what, name, content) => {
    await expect(put(content, name)).rejects.toMatchObject({ code: 'files/type-not-allowed', status: 415 })
    expect(onDisk()).toEqual([])
  })
})

describe('the sweep', () => {
  test('removes what no act named and is old enough, and keeps what was named', async () => {
    const [named, orphan] = [await put(pdf('named')), await put(pdf('orphan'))]
    await name(named.id)
    await name(named.id)
    expect(await store.sweep(at)).toEqual({ files: 0, bytes: 0 })
    expect(await store.sweep(later)).toEqual({ files: 1, bytes: orphan.bytes })
    expect(onDisk()).toEqual([named.sha256])
    await expect(store.get(orphan.id)).rejects.toMatchObject({ code: 'files/not-found', status: 404 })
    expect(await store.usedBy(matterId)).toMatchObject([{ what: 'M1', file: { id: named.id } }])
  })

  test('keeps content that another, named file has too', async () => {
    const [named, orphan] = [await put(pdf()), await put(pdf())]
    await name(named.id)
    expect(await store.sweep(later)).toEqual({ files: 1, bytes: orphan.bytes })
    expect((await buffer((await store.open(named.id)).content)).equals(pdf())).toBe(true)
  })

  test('removes what a crash left: a half-written draft, a row without content', async () => {
    await put(pdf())
    const draft = join(folder, 'arriving', 'half')
    writeFileSync(draft, 'half')
    utimesSync(draft, at, at)
    const young = join(folder, 'arriving', 'young')
    writeFileSync(young, 'still arriving')
    await town.db.query("insert into files.file (id, sha256, bytes, media_type, name, uploaded_by, uploaded_at, scanned) values ('22222222-2222-4222-8222-222222222222', repeat('a', 64), 1, 'text/plain', 'x', 'x', $1, 'none')", [at])
    await expect(store.open('22222222-2222-4222-8222-222222222222')).rejects.toMatchObject({ code: 'files/not-found' })
    expect(await store.sweep(later)).toMatchObject({ files: 2 })
    expect(onDisk()).toEqual(['young'])
    expect(await town.db.query('select id from files.file')).toEqual([])
  })

  test('beside uploads and acts at the same moment: what was named is there, what is there is whole', async () => {
    const content = pdf('the same for all')
    const kept: string[] = []
    await Promise.all(Array.from({ length: 20 }, async (_, i) => {
      const file = await put(content).catch(() => undefined) // swept before it was placed: refused, not lost
      if (file === undefined) return
      if (i % 3 === 0) await store.sweep(later)
      else await name(file.id).then(() => kept.push(file.id), () => undefined) // swept before it was named: the act fails
    }))
    for (const id of kept) expect((await buffer((await store.open(id)).content)).equals(content)).toBe(true)
    await store.sweep(later)
    const rows = await town.db.query<{ id: string }>('select id from files.file')
    expect(rows.map((row) => row.id).sort()).toEqual(kept.sort())
    expect(onDisk()).toHaveLength(kept.length > 0 ? 1 : 0)
  })

  test('a used file cannot be deleted, nor a use taken back, by the application', async () => {
    const file = await put(pdf())
    await name(file.id)
    await expect(town.db.query('delete from files.file where id = $1', [file.id])).rejects.toMatchObject({ code: '23503' })
    await expect(town.db.query('delete from files.use')).rejects.toMatchObject({ code: '42501' })
  })
})

test('an unknown file, or what is no id at all, is not found', async () => {
  for (const id of ['00000000-0000-4000-8000-000000000000', 'nonsense', '']) await expect(store.open(id)).rejects.toMatchObject({ code: 'files/not-found' })
})

test('Content-Disposition: plain names as they are, others twice (RFC 6266)', () => {
  expect(contentDisposition('guide.pdf', 'inline')).toBe('inline; filename="guide.pdf"')
  expect(contentDisposition('明堂 "1".pdf')).toBe(`attachment; filename="__ _1_.pdf"; filename*=UTF-8''%E6%98%8E%E5%A0%82%20%221%22.pdf`)
  expect(contentDisposition("a'(b)*.pdf")).toBe(`attachment; filename="a'(b)*.pdf"`)
  expect(contentDisposition("é'(.pdf")).toBe(`attachment; filename="_'(.pdf"; filename*=UTF-8''%C3%A9%27%28.pdf`)
})
