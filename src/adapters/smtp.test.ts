import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Undeliverable } from '../kernel/notify/channel.ts'
import { smsHttpChannel } from './sms-http.ts'
import { smtpChannel } from './smtp.ts'

const message = { key: '00000000-0000-8000-8000-000000000001', address: 'zhang@example.org', subject: '申请 XK-2026-000007 已受理', body: '您申请的“食品经营许可”已受理。\n䶮', at: new Date('2026-03-02T09:00:00+08:00') }

describe('SMTP, a real server', () => {
  const mails: Buffer[] = []
  let refuseWith: number | undefined
  let refuseUs: 'sender' | 'greeting' | undefined
  let dropAfterData = false
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'], logger: false,
    onConnect: (_session, done) => (refuseUs === 'greeting' ? done(Object.assign(new Error('not you'), { responseCode: 550 })) : done()),
    onMailFrom: (_address, _session, done) => (refuseUs === 'sender' ? done(Object.assign(new Error('not you'), { responseCode: 550 })) : done()),
    onRcptTo: (_address, _session, done) => (refuseWith === undefined ? done() : done(Object.assign(new Error('said no'), { responseCode: refuseWith }))),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        mails.push(Buffer.concat(chunks))
        if (dropAfterData) (session as unknown as { socket?: { destroy(): void } }).socket?.destroy()
        done(dropAfterData ? Object.assign(new Error('lost'), { responseCode: 421 }) : null)
      })
    },
  })
  let mail: ReturnType<typeof smtpChannel>
  const open = () => smtpChannel({ url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, from: '明堂 <noreply@mingtang.example>', domain: 'mingtang.example' })
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    mail = open()
  })
  afterAll(() => { mail.close(); return new Promise<void>((resolve) => server.close(() => resolve())) })

  test('subject and body arrive as written, with the key as Message-ID and the instant as date', async () => {
    expect(await mail.send(message)).toEqual({ reference: `<${message.key}@mingtang.example>`, delivered: false })
    const read = await PostalMime.parse(mails[0]!)
    expect([read.subject, read.text?.trimEnd(), read.messageId, read.to?.[0]?.address, read.from?.name]).toEqual([message.subject, message.body, `<${message.key}@mingtang.example>`, 'zhang@example.org', '明堂'])
    expect(new Date(read.date!)).toEqual(message.at)
  })
  test('5xx is final, 4xx is not', async () => {
    refuseWith = 550
    await expect(mail.send(message)).rejects.toThrow(Undeliverable)
    refuseWith = 450
    const error = await mail.send(message).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(Error)
    expect(error).not.toBeInstanceOf(Undeliverable)
    refuseWith = undefined
  })
  test('5xx about us, not about the mail, is tried again: our sender is refused, or nobody is served', async () => {
    for (const at of ['sender', 'greeting'] as const) {
      refuseUs = at
      const error = await mail.send(message).catch((e: unknown) => e)
      expect([at, (error as { responseCode?: number }).responseCode]).toEqual([at, 550])
      expect(error).not.toBeInstanceOf(Undeliverable)
      // What was open is not greeted again.
      mail.close()
      mail = open()
    }
    refuseUs = undefined
    expect(await mail.send(message)).toMatchObject({ delivered: false })
  })
  test('failed, but was done: both mails bear the same Message-ID', async () => {
    mails.length = 0
    dropAfterData = true
    await expect(mail.send(message)).rejects.toThrow()
    dropAfterData = false
    await mail.send(message)
    const ids = await Promise.all(mails.map(async (one) => (await PostalMime.parse(one)).messageId))
    expect(ids).toEqual([`<${message.key}@mingtang.example>`, `<${message.key}@mingtang.example>`])
  })
  test('an address that would add headers or recipients is not one', async () => {
    for (const address of ['', 'x', 'a@b.c\r\nBcc: d@e.f', 'a@b.c, d@e.f', 'a <b@c.d>']) await expect(mail.send({ ...message, address })).rejects.toThrow(Undeliverable)
  })
  test('a server that is away is tried again', async () => {
    const away = smtpChannel({ url: 'smtp://127.0.0.1:1', from: 'a@b.c', domain: 'b.c' })
    const error = await away.send(message).catch((e: unknown) => e)
    expect(error).not.toBeInstanceOf(Undeliverable)
    away.close()
  })
})

describe('SMS by a gateway', () => {
  const asked: { headers: Record<string, unknown>; body: unknown }[] = []
  let answer: { status: number; body: string; hang?: boolean } = { status: 200, body: '{"reference":"r1","delivered":true}' }
  let gateway: Server
  let url = ''
  beforeAll(async () => {
    gateway = createServer((request, response) => {
      let text = ''
      request.on('data', (chunk: Buffer) => { text += chunk.toString() })
      request.on('end', () => {
        asked.push({ headers: request.headers, body: JSON.parse(text) })
        if (answer.hang !== true) response.writeHead(answer.status).end(answer.body)
      })
    })
    await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/send`
  })
  afterAll(() => { gateway.closeAllConnections(); gateway.close() })
  /** A machine busy with other things may stand still for longer than a gateway is waited for. */
  const send = (timeoutMs = 60_000) => smsHttpChannel({ url, token: 'secret', signature: '西城政务', timeoutMs }).send({ ...message, address: '13800001234' })

  test('the text goes with the office’s signature under its key', async () => {
    expect(await send()).toEqual({ reference: 'r1', delivered: true })
    expect(asked[0]).toMatchObject({ headers: { 'idempotency-key': message.key, authorization: 'Bearer secret' }, body: { key: message.key, to: '13800001234', text: `【西城政务】${message.body}` } })
  })
  test.each([[400, true], [404, true], [422, true], [401, false], [429, false], [500, false], [503, false]])('%i: final %s', async (status, final) => {
    answer = { status, body: 'no' }
    const error = await send().catch((e: unknown) => e)
    expect(error).toBeInstanceOf(Error)
    expect(error instanceof Undeliverable).toBe(final)
  })
  test('no answer, or one that is not JSON: tried again', async () => {
    answer = { status: 200, body: '', hang: true }
    expect(await send(200).catch((e: unknown) => e)).toMatchObject({ name: 'TimeoutError' })
    answer = { status: 200, body: '<html>' }
    await expect(send()).rejects.toThrow()
  })
})
