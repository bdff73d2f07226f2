import { createHash, randomBytes } from 'node:crypto'
import { request } from 'node:http'
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

const storedFiles = async (): Promise<number> => (await town.open.house.db.query<{ n: number }>('select count(*)::int as n from files.file'))[0]!.n
const multipart = (type: string, body: Buffer): Promise<{ status: number; body: Document }> => town.api('POST', '/api/v1/files', undefined, { as: 'clerk', headers: { 'content-type': type }, raw: new Uint8Array(body) })

describe('uploads', () => {
  it('200 MB arrive whole, and are never in memory whole', async () => {
    const before = process.memoryUsage()
    let most = 0
    const watch = setInterval(() => { most = Math.max(most, process.memoryUsage().arrayBuffers + process.memoryUsage().external) }, 50)
    const sent = await stream(FILE_BYTES_MAX)
    clearInterval(watch)
    expect(sent).toMatchObject({ status: 201, body: { bytes: FILE_BYTES_MAX, sha256: sent.sha256, mediaType: 'application/pdf' } })
    // Client and server are this one process: both streams together stay far below the file.
    expect(most - before.arrayBuffers - before.external).toBeLessThan(FILE_BYTES_MAX / 2)
  })

  it('one byte more is 413, and nothing of it is kept', async () => {
    const before = await storedFiles()
    const sent = await stream(FILE_BYTES_MAX + 1)
    expect([sent.status, sent.body.code]).toEqual([413, 'files/too-large'])
    expect(await storedFiles()).toBe(before)
  })

  it('2 GB are refused long before they have come', async () => {
    const sent = await stream(2 * 1024 ** 3)
    expect([sent.status, sent.body.code]).toEqual([413, 'http/too-large'])
    expect(sent.written).toBeLessThan(50 * 1024 * 1024)
  })

  it('one that breaks off leaves nothing behind', async () => {
    const before = await storedFiles()
    await stream(50 * 1024 * 1024, { stopAfter: 10 * 1024 * 1024 })
    await new Promise((resolve) => { setTimeout(resolve, 300) })
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

  it('needs a session', async () => {
    const answer = await town.api('POST', '/api/v1/files', undefined, { headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }, raw: new Uint8Array(Buffer.concat([HEAD, PDF, TAIL])) })
    expect(answer.status).toBe(401)
  })
})
