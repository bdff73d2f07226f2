import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { scratch } from '../../../tests/scratch.ts'
import { TEMPLATES } from './templates.ts'
import { type Channel, type Outgoing, Undeliverable } from './channel.ts'
import { deliverOwed, type FailedDelivery } from './deliver.ts'
import { countMessages, listMessages, markRead, maskAddress, noticesOf, recordOutcome } from './messages.ts'
import { type Notice, owe } from './owe.ts'
import { smsSandbox } from './sms-sandbox.ts'
import type { RowChange } from '../flow/types.ts'

const town = await scratch('all')
afterAll(() => town.close())
beforeEach(() => town.admin.query('truncate notify.message, notify.delivery, notify.sms_sandbox'))

const zhang = '00000000-0000-4000-8000-000000000001'
const li = '00000000-0000-4000-8000-000000000002'
const matter = { id: '00000000-0000-4000-8000-00000000000a', no: 'XK-2026-000007' }
const when = (instant: Date) => ({ now: () => instant })
const at = (time: string) => new Date(`2026-03-02T${time}:00+08:00`)
const accepted: Notice<'accepted'> = {
  key: 'entry-1', to: { partyId: zhang }, template: 'accepted', matter, at: at('09:00'), sms: '13800001234',
  slots: { item: '食品经营许可', on: '2026-03-02', by: '2026-03-30' },
}

/** What flow does with rows, one by one: here only rows matter. */
async function write(changes: readonly RowChange[]): Promise<void> {
  for (const change of changes) {
    if (change.op === 'insert') {
      const columns = Object.keys(change.row)
      await town.db.query(`insert into ${change.table} (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`, Object.values(change.row))
    } else if (change.op === 'update') {
      const set = Object.entries(change.set)
      await town.db.query(`update ${change.table} set ${set.map(([column], i) => `${column} = $${i + 2}`).join(', ')} where id = $1`, [change.where.id, ...set.map(([, value]) => value)])
    }
  }
}

/** A provider that knows keys and breaks on request: before it sends, or after — failed, but was done. */
function provider(breaks: readonly ('before' | 'after' | 'final' | null)[]): Channel & { readonly sent: Outgoing[]; calls: number } {
  const sent: Outgoing[] = []
  return {
    name: 'sms', sent, calls: 0,
    async send(message) {
      const how = breaks[this.calls] ?? null
      this.calls += 1
      if (how === 'final') throw new Undeliverable('no such number')
      if (how === 'before') throw new Error('connection refused')
      if (!sent.some(({ key }) => key === message.key)) sent.push(message)
      if (how === 'after') throw new Error('answer lost')
      return { reference: `p-${message.key}`, delivered: false }
    },
  }
}
const nobody = async () => { throw new Error('nothing should have failed') }

describe('owing', () => {
  test('the message centre has it at once, in both languages, with the number; the telephone waits', async () => {
    await write(owe(accepted))
    expect(await listMessages(town.db, { partyIds: [zhang] }, { limit: 10, offset: 0 })).toMatchObject([{
      subject: { zh: '申请 XK-2026-000007 已受理', en: 'Application XK-2026-000007 has been accepted' },
      body: { zh: '您申请的“食品经营许可”（XK-2026-000007）已于2026年3月2日受理，将在2026年3月30日前作出决定。' },
      matterNo: 'XK-2026-000007', readAt: null,
    }])
    expect((await noticesOf(town.db, matter.id)).map(({ channel, state, address, statutory }) => ({ channel, state, address, statutory }))).toEqual([
      { channel: 'inApp', state: 'delivered', address: '', statutory: true },
      { channel: 'sms', state: 'owed', address: '138****1234', statutory: true },
    ])
  })
  test('the same notice cannot be owed twice; another act’s can', async () => {
    await write(owe(accepted))
    await expect(write(owe(accepted))).rejects.toThrow('message_pkey')
    await write(owe({ ...accepted, key: 'entry-2' }))
    expect(await countMessages(town.db, { partyIds: [zhang] })).toEqual({ total: 2, unread: 2 })
  })
  test('what a citizen wrote cannot become a slot', async () => {
    await write(owe({ ...accepted, slots: { ...accepted.slots, item: '{no}' } }))
    expect((await listMessages(town.db, { partyIds: [zhang] }, { limit: 1, offset: 0 }))[0]!.body.zh).toContain('“｛no｝”（XK-2026-000007）')
  })
  test('no number, no SMS', () => {
    expect(owe({ ...accepted, sms: ' ' }).map((change) => change.op === 'insert' && change.row.channel)).toEqual([undefined])
  })
  test('both languages of a template have the same slots', () => {
    const slots = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort()
    for (const [code, { subject, body }] of Object.entries(TEMPLATES)) {
      expect([code, slots(subject.en), slots(body.en)]).toEqual([code, slots(subject.zh), slots(body.zh)])
    }
  })
})

describe('reading', () => {
  test('each reads only her own; opening counts once', async () => {
    await write(owe(accepted))
    await write(owe({ ...accepted, to: { personId: li } }))
    const [message] = await listMessages(town.db, { partyIds: [zhang] }, { limit: 10, offset: 0 })
    expect((await listMessages(town.db, { personId: li }, { limit: 10, offset: 0 })).map(({ id }) => id)).not.toContain(message!.id)
    expect(await markRead(town.db, { personId: zhang }, at('10:00'))).toBe(0)
    expect(await markRead(town.db, { partyIds: [zhang] }, at('10:00'), [message!.id])).toBe(1)
    expect(await markRead(town.db, { partyIds: [zhang] }, at('11:00'))).toBe(0)
    expect((await listMessages(town.db, { partyIds: [zhang] }, { limit: 10, offset: 0 })).map(({ readAt }) => readAt)).toEqual([at('10:00')])
    expect(await countMessages(town.db, { partyIds: [zhang] })).toEqual({ total: 1, unread: 0 })
  })
  test('addresses are masked', () => {
    expect(['13800001234', 'zhang.san@example.org', '北京市西城区广安门南街68号'].map(maskAddress)).toEqual(['138****1234', 'z***@example.org', '北京市西城区…'])
  })
})

describe('delivering', () => {
  test('sent once, with time, outcome and the provider’s reference', async () => {
    await write(owe(accepted))
    const sms = provider([])
    expect(await deliverOwed(town.db, [sms], when(at('09:01')), { onFailed: nobody })).toEqual({ sent: 1, again: 0, failed: 0, told: 0 })
    expect(await deliverOwed(town.db, [sms], when(at('09:30')), { onFailed: nobody })).toEqual({ sent: 0, again: 0, failed: 0, told: 0 })
    expect(sms.sent.map(({ address, body }) => [address, body])).toEqual([['13800001234', '您申请的“食品经营许可”（XK-2026-000007）已于2026年3月2日受理，将在2026年3月30日前作出决定。']])
    expect((await noticesOf(town.db, matter.id))[1]).toMatchObject({ state: 'sent', attempts: 1, at: at('09:01'), outcome: '运营商已接收' })
  })
  test('nothing goes out before it is owed, nor by a channel that is not there', async () => {
    await write(owe(accepted))
    expect((await deliverOwed(town.db, [provider([])], when(at('08:59')), { onFailed: nobody })).sent).toBe(0)
    expect((await deliverOwed(town.db, [], when(at('09:01')), { onFailed: nobody })).sent).toBe(0)
  })
  test('failed, but was done: tried again under the same key, and the reader gets one', async () => {
    await write(owe(accepted))
    const sms = provider(['after', null])
    expect(await deliverOwed(town.db, [sms], when(at('09:00')), { onFailed: nobody })).toMatchObject({ again: 1 })
    expect(await deliverOwed(town.db, [sms], when(at('09:00')), { onFailed: nobody })).toMatchObject({ sent: 0, again: 0 })
    expect(await deliverOwed(town.db, [sms], when(at('09:01')), { onFailed: nobody })).toMatchObject({ sent: 1 })
    expect([sms.calls, sms.sent.length]).toEqual([2, 1])
  })
  test('after five attempts at 0, 1, 3, 7 and 15 minutes it has failed, and the telephone task is asked for until it is there', async () => {
    await write(owe(accepted))
    const sms = provider(['before', 'before', 'before', 'before', 'before'])
    const told: FailedDelivery[] = []
    for (const time of ['09:00', '09:01', '09:03', '09:07']) await deliverOwed(town.db, [sms], when(at(time)), { onFailed: nobody })
    await expect(deliverOwed(town.db, [sms], when(at('09:15')), { onFailed: async () => { throw new Error('flow is away') } })).rejects.toThrow('flow is away')
    expect(await deliverOwed(town.db, [sms], when(at('09:16')), { onFailed: async (failed) => void told.push(failed) })).toEqual({ sent: 0, again: 0, failed: 0, told: 1 })
    expect(await deliverOwed(town.db, [sms], when(at('09:17')), { onFailed: nobody })).toMatchObject({ told: 0 })
    expect(told).toMatchObject([{ channel: 'sms', matterNo: 'XK-2026-000007', partyId: zhang, statutory: true, template: 'accepted', outcome: 'connection refused' }])
    expect((await noticesOf(town.db, matter.id))[1]).toMatchObject({ state: 'failed', attempts: 5, at: at('09:15') })
    await write([recordOutcome(told[0]!.deliveryId, { state: 'delivered', at: at('10:00'), outcome: '电话告知本人' })])
    expect((await noticesOf(town.db, matter.id))[1]).toMatchObject({ state: 'delivered', outcome: '电话告知本人' })
  })
  test('one that cannot be told keeps none of the others from their telephone', async () => {
    for (const [i, key] of ['entry-1', 'entry-2', 'entry-3'].entries()) await write(owe({ ...accepted, key, at: at(`09:0${i}`) }))
    const told: string[] = []
    let broken = true
    const onFailed = async ({ messageId }: FailedDelivery) => {
      if (broken && messageId === first) throw new Error('no such matter')
      told.push(messageId)
    }
    const [first, ...others] = (await noticesOf(town.db, matter.id)).filter(({ channel }) => channel === 'sms').map(({ messageId }) => messageId)
    await expect(deliverOwed(town.db, [provider(['final', 'final', 'final'])], when(at('09:05')), { onFailed })).rejects.toThrow('1 failed notices could not be told: Error: no such matter')
    expect(told.toSorted()).toEqual(others.toSorted())
    broken = false
    expect(await deliverOwed(town.db, [], when(at('09:06')), { onFailed })).toMatchObject({ told: 1 })
    expect(told.at(-1)).toBe(first)
  })
  test('what went out and could not be written down is no failed attempt: it goes again under its key, and has not failed', async () => {
    await write(owe(accepted))
    const sms = provider([])
    let away = true
    const db: typeof town.db = { ...town.db, query: (text, values) => (away && text.includes('provider_reference') ? Promise.reject(new Error('the database is away')) : town.db.query(text, values)) }
    await expect(deliverOwed(db, [sms], when(at('09:00')), { onFailed: nobody, attemptsMax: 1 })).rejects.toThrow('the database is away')
    away = false
    expect(await deliverOwed(db, [sms], when(at('09:05')), { onFailed: nobody, attemptsMax: 1 })).toMatchObject({ sent: 1, failed: 0 })
    expect([sms.calls, sms.sent.length]).toEqual([2, 1])
  })
  test('each waits its turn without a lease: what a run that died had not come to is due at once, and not an attempt older', async () => {
    for (const key of ['entry-1', 'entry-2']) await write(owe({ ...accepted, key }))
    const hangs: Channel = { name: 'sms', send: () => new Promise(() => undefined) }
    void deliverOwed(town.db, [hangs], when(at('09:00')), { onFailed: nobody })
    const attempts = async () => (await noticesOf(town.db, matter.id)).filter(({ channel }) => channel === 'sms').map((notice) => notice.attempts).sort()
    await expect.poll(attempts).toEqual([0, 1])
    expect((await deliverOwed(town.db, [provider([])], when(at('09:00')), { onFailed: nobody })).sent).toBe(1)
  })
  test('no such number: failed at once', async () => {
    await write(owe(accepted))
    expect(await deliverOwed(town.db, [provider(['final'])], when(at('09:00')), { onFailed: async () => undefined })).toEqual({ sent: 0, again: 0, failed: 1, told: 1 })
  })
  test('a run that died in the middle: the message is due again after five minutes', async () => {
    await write(owe(accepted))
    const never: Channel = { name: 'sms', send: () => new Promise(() => undefined) }
    void deliverOwed(town.db, [never], when(at('09:00')), { onFailed: nobody })
    await expect.poll(async () => (await noticesOf(town.db, matter.id))[1]!.attempts).toBe(1)
    const sms = provider([])
    expect((await deliverOwed(town.db, [sms], when(at('09:04')), { onFailed: nobody })).sent).toBe(0)
    expect((await deliverOwed(town.db, [sms], when(at('09:05')), { onFailed: nobody })).sent).toBe(1)
  })
  test('two runs at once share the work and send each message once', async () => {
    for (let i = 0; i < 20; i += 1) await write(owe({ ...accepted, key: `entry-${i}` }))
    const sms = provider([])
    const runs = await Promise.all([1, 2].map(() => deliverOwed(town.db, [sms], when(at('09:01')), { onFailed: nobody, limit: 20 })))
    expect([runs[0]!.sent + runs[1]!.sent, sms.calls]).toEqual([20, 20])
  })
  test('the sandbox keeps what would have gone out, once per key', async () => {
    await write(owe(accepted))
    const sandbox = smsSandbox(town.db)
    await deliverOwed(town.db, [sandbox], when(at('09:01')), { onFailed: nobody })
    const kept = () => town.db.query<{ key: string; phone: string; sent_at: Date }>('select key, phone, sent_at from notify.sms_sandbox')
    const [first] = await kept()
    await sandbox.send({ key: first!.key, address: '13800001234', subject: '', body: 'again', at: at('09:02') })
    expect(await kept()).toEqual([{ key: first!.key, phone: '13800001234', sent_at: at('09:01') }])
    await expect(sandbox.send({ key: zhang, address: 'x', subject: '', body: '', at: at('09:00') })).rejects.toThrow(Undeliverable)
  })
})
