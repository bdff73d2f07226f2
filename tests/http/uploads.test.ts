import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FILE_BYTES_MAX } from '../../src/kernel/files/disk-store.ts'
import { PDF, type Document } from './client.ts'
import { startTownServer, type TownServer } from './town-server.ts'

let town: TownServer
let token: string
beforeAll(async () => {
  town = await startTownServer()
  token = await town.signIn('clerk')
})
afterAll(async () => { await (town as TownServer | undefined)?.close() })

const BOUNDARY = '----mingtang'
const HEAD = Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="large.pdf"\r\nContent-Type: application/pdf\r\n\r\n`)
const TAIL = Buffer.from(`\r\n--${BOUNDARY}--\r\n`)
const BLOCK = randomBytes(1024 * 1024)

interface Sent { readonly status: number; readonly body: Document; readonly sha256: string; readonly written: number }

/** Streams a PDF of so many bytes; `stopAfter` breaks the connection there, `declared` says another length. */
function stream(bytes: number, { stopAfter = Infinity, declared = bytes }: { readonly stopAfter?: number; readonly declared?: number } = {}): Promise<Sent> {
  const hash = createHash('sha256')
  return new Promise((resolve, reject) => {
    let written = 0
    const asked = request({
      host: '127.0.0.1', port: town.running.port, method: 'POST', path: '/api/v1/files',
      headers: { authorization: `Bearer ${token}`, 'content-type': `multipart/form-data; boundary=${BOUNDARY}`, 'content-length': HEAD.length + declared + TAIL.length },
    }, (answer) => {
      let text = ''
      answer.on('data', (part: Buffer) => { text += part.toString() })
      answer.on('end', () => { asked.destroy(); resolve({ status: answer.statusCode!, body: JSON.parse(text) as Document, sha256: hash.digest('hex'), written }) })
    })
    asked.on('error', (error: NodeJS.ErrnoException) => { if (stopAfter < bytes) resolve({ status: 0, body: {}, sha256: '', written }); else if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') reject(error) })
    const put = (): void => {
      while (written < bytes && !asked.destroyed) {
        if (written >= stopAfter) return void asked.destroy()
        const piece = written === 0 ? Buffer.concat([PDF, BLOCK]).subarray(0, Math.min(BLOCK.length, bytes)) : BLOCK.subarray(0, Math.min(BLOCK.length, bytes - written))
        hash.update(piece)
        written += piece.length
        if (!asked.write(piece)) return void asked.once('drain', put)
      }
      if (!asked.destroyed) asked.end(TAIL)
    }
    asked.write(HEAD)
    put()
  })
}

/** What lies on the disk of uploads that did not become files. */
const arriving = (): string[] => { const folder = join(town.config.dataDir, 'files', 'arriving'); return existsSync(folder) ? readdirSync(folder) : [] }

/** Chunks without an end and without a length until the server closes, also after its answer; gives the answer and how much had been written by then. */
function pour(): Promise<{ readonly status: number; readonly code: string | undefined; readonly written: number }> {
  return new Promise((resolve) => {
    let written = 0
    let atAnswer = Infinity
    let got = ''
    const socket = connect(town.running.port, '127.0.0.1', () => {
      socket.write(`POST /api/v1/files HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${token}\r\ncontent-type: multipart/form-data; boundary=${BOUNDARY}\r\ntransfer-encoding: chunked\r\n\r\n`)
      chunk(HEAD)
      chunk(PDF)
      put()
    })
    const chunk = (bytes: Buffer): boolean => { socket.write(`${bytes.length.toString(16)}\r\n`); socket.write(bytes); written += bytes.length; return socket.write('\r\n') }
    const put = (): void => {
      while (!socket.destroyed) if (!chunk(BLOCK)) return void socket.once('drain', put)
    }
    socket.on('data', (part: Buffer) => { atAnswer = Math.min(atAnswer, written); got += part.toString() })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve({ status: Number(got.slice(9, 12)), code: /"code":"([^"]+)"/.exec(got)?.[1], written: atAnswer }))
  })
}

/** A ZIP of these entries, whose contents are deflated already. */
function zipOf(entries: readonly (readonly [string, Buffer])[]): Buffer {
  const locals: Buffer[] = [], central: Buffer[] = []
  let at = 0
  for (const [name, packed] of entries) {
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0); local.writeUInt16LE(20, 4); local.writeUInt16LE(packed.length === 0 ? 0 : 8, 8)
    local.writeUInt32LE(packed.length, 18); local.writeUInt32LE(packed.length === 0 ? 0 : 300 * 1024 * 1024, 22); local.writeUInt16LE(name.length, 26)
    const head = Buffer.alloc(46)
    head.writeUInt32LE(0x02014b50, 0); head.writeUInt16LE(20, 4); head.writeUInt16LE(20, 6); local.copy(head, 10, 8, 30); head.writeUInt16LE(name.length, 28); head.writeUInt32LE(at, 42)
    locals.push(local, Buffer.from(name), packed)
    central.push(head, Buffer.from(name))
    at += 30 + name.length + packed.length
  }
  const size = central.reduce((sum, part) => sum + part.length, 0)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0); end.writeUInt16LE(entries.length, 8); end.writeUInt16LE(entries.length, 10); end.writeUInt32LE(size, 12); end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, ...central, end])
}

const storedFiles = async (): Promise<number> => (await town.open.house.db.query<{ n: number }>('select count(*)::int as n from files.file'))[0]!.n
const multipart = (type: string, body: Buffer): Promise<{ status: number; body: Document }> => town.api('POST', '/api/v1/files', undefined, { as: 'clerk', headers: { 'content-type': type }, raw: new Uint8Array(body) })

describe('uploads', () => {
  it('200 MB arrive whole, and are never in memory whole', async () => {
    const before = process.memoryUsage().external
    let most = 0
    const watch = setInterval(() => { most = Math.max(most, process.memoryUsage().external) }, 50)
    const sent = await stream(FILE_BYTES_MAX)
    clearInterval(watch)
    expect(sent).toMatchObject({ status: 201, body: { bytes: FILE_BYTES_MAX, sha256: sent.sha256, mediaType: 'application/pdf' } })
    // Client and server are this one process: both streams together stay far below the file.
    expect(most - before).toBeLessThan(FILE_BYTES_MAX / 2)
  })

  it('one byte more is 413, and nothing of it is kept', async () => {
    const before = await storedFiles()
    const sent = await stream(FILE_BYTES_MAX + 1)
    expect([sent.status, sent.body.code]).toEqual([413, 'files/too-large'])
    expect(await storedFiles()).toBe(before)
    expect(arriving()).toEqual([])
  })

  it('without a length what does not end is cut off, takes no memory and leaves nothing on the disk', async () => {
    const before = process.memoryUsage()
    let most = 0
    const watch = setInterval(() => { most = Math.max(most, process.memoryUsage().arrayBuffers) }, 50)
    const poured = await pour()
    clearInterval(watch)
    expect([poured.status, poured.code]).toEqual([413, 'files/too-large'])
    expect(poured.written).toBeLessThan(FILE_BYTES_MAX * 1.5)
    expect(most - before.arrayBuffers).toBeLessThan(FILE_BYTES_MAX / 2)
    await expect.poll(arriving).toEqual([])
  })

  it('2 GB are refused long before they have come', async () => {
    const sent = await stream(2 * 1024 ** 3)
    expect([sent.status, sent.body.code]).toEqual([413, 'http/too-large'])
    expect(sent.written).toBeLessThan(50 * 1024 * 1024)
  })

  it('one that breaks off leaves nothing behind', async () => {
    const before = await storedFiles()
    await stream(50 * 1024 * 1024, { stopAfter: 10 * 1024 * 1024 })
    await expect.poll(arriving).toEqual([])
    expect(await storedFiles()).toBe(before)
    const unclosed = await multipart(`multipart/form-data; boundary=${BOUNDARY}`, Buffer.concat([HEAD, PDF]))
    expect([unclosed.status, unclosed.body.code]).toEqual([400, 'input/unparsable'])
    expect(await storedFiles()).toBe(before)
    expect(town.logged.filter((line) => line.startsWith('failure'))).toEqual([])
  })

  it('two at once do not mix', async () => {
    const [one, two] = await Promise.all([stream(20 * 1024 * 1024), stream(30 * 1024 * 1024)])
    expect([one.status, one.body.sha256, two.status, two.body.sha256]).toEqual([201, one.sha256, 201, two.sha256])
  })

  it('the same bytes twice are stored once and are two files', async () => {
    const [one, two] = [await town.upload('clerk', PDF), await town.upload('clerk', PDF)]
    expect(one).not.toBe(two)
  })

  it('what is not multipart, has no file, two files, or is no file of a kind we take is refused', async () => {
    const cases: readonly [string, Buffer, number][] = [
      ['application/json', Buffer.from('{}'), 415], ['text/plain', Buffer.from('x'), 415], ['multipart/form-data', Buffer.from('x'), 400], [`multipart/form-data; boundary=${BOUNDARY}`, Buffer.from('no parts'), 400],
      [`multipart/form-data; boundary=${BOUNDARY}`, Buffer.concat([Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="note"\r\n\r\nx`), TAIL]), 400],
      [`multipart/form-data; boundary=${BOUNDARY}`, Buffer.concat([HEAD, PDF, Buffer.from('\r\n'), HEAD, PDF, TAIL]), 413],
      [`multipart/form-data; boundary=${BOUNDARY}`, Buffer.concat([HEAD, Buffer.from('MZ\x90\0\x03\0\0\0'), randomBytes(500), TAIL]), 415],
      [`multipart/form-data; boundary=${BOUNDARY}`, Buffer.concat([HEAD, Buffer.from('<html><script>alert(1)</script></html>'), TAIL]), 415],
      [`multipart/form-data; boundary=${BOUNDARY}`, Buffer.concat([HEAD, TAIL]), 422],
    ]
    const answers = []
    for (const [type, body] of cases) answers.push((await multipart(type, body)).status)
    expect(answers).toEqual(cases.map(([, , status]) => status))
    expect(town.logged.filter((line) => line.startsWith('failure'))).toEqual([])
  })

  it('is judged by its content, whatever its name says; what unfolds to much is not unfolded', async () => {
    const zip = (entries: readonly (readonly [string, Buffer])[]): Buffer => zipOf(entries)
    const bomb = deflateRawSync(Buffer.alloc(300 * 1024 * 1024))
    const CASES: readonly (readonly [string, string, Buffer, number])[] = [
      ['a program named as a PDF', 'x.pdf', Buffer.concat([Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1'), randomBytes(500)]), 415], ['a page named as a picture', 'x.png', Buffer.from('<html><script>alert(1)</script></html>'), 415],
      ['a drawing with a script', 'x.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), 415], ['an archive', 'x.docx', zip([['a.txt', Buffer.from('x')]]), 415],
      ['an archive whose entry unfolds to 300 MB', 'x.docx', zip([['[Content_Types].xml', bomb]]), 415], ['an archive with ten thousand entries', 'x.docx', zip(Array.from({ length: 10_000 }, (_one, i) => [`${i}`, Buffer.alloc(0)] as const)), 415],
      ['a text with NUL', 'x.txt', Buffer.from('a\0b'), 415], ['PDF in name alone', 'x.pdf', Buffer.from('hello'), 201], ['a PDF that is an archive too', 'x.pdf', Buffer.concat([PDF, zip([['a.txt', Buffer.from('x')]])]), 201],
    ]
    const before = process.memoryUsage().rss
    for (const [what, name, bytes, status] of CASES) {
      const body = Buffer.concat([Buffer.from(HEAD.toString().replace('large.pdf', name)), bytes, TAIL])
      const answer = await multipart(`multipart/form-data; boundary=${BOUNDARY}`, body)
      expect([what, answer.status], JSON.stringify(answer.body)).toEqual([what, status])
      if (answer.status !== 201) continue
      // What was taken is given back as what it is, in a box of its own.
      const back = await town.api('GET', `/api/v1/files/${String(answer.body.fileId)}`, undefined, { as: 'clerk' })
      expect([what, back.headers.get('content-type'), back.headers.get('content-security-policy'), back.headers.get('x-content-type-options'), back.headers.get('cache-control')]).toEqual([what, name === 'x.pdf' && bytes.length > 10 ? 'application/pdf' : 'text/plain', "sandbox; default-src 'none'", 'nosniff', 'private, no-store'])
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024)
    expect(arriving()).toEqual([])
    expect(town.logged.filter((line) => line.startsWith('failure'))).toEqual([])
  })

  it('needs a session', async () => {
    const answer = await town.api('POST', '/api/v1/files', undefined, { headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }, raw: new Uint8Array(Buffer.concat([HEAD, PDF, TAIL])) })
    expect(answer.status).toBe(401)
  })
})
