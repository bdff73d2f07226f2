import { afterAll, beforeAll, expect, test } from 'vitest'
import { town, type Town } from '../../tests/town.ts'
import { Undeliverable, type Channel } from '../kernel/notify/channel.ts'
import { deliverOwed } from '../kernel/notify/deliver.ts'
import { noticesOf } from '../kernel/notify/messages.ts'
import { audit } from '../kernel/flow/audit.ts'
import { telephone } from './telephone.ts'

let t: Town
beforeAll(async () => { t = await town() })
afterAll(() => t?.close())

/** A gateway that knows no number: it keeps its port's promises and delivers nothing. */
const deadGateway: Channel = { name: 'sms', send: async () => { throw new Undeliverable('空号') } }
const openCalls = async (no: string) => (await t.see(no)).tasks.filter((task) => task.step === 'telephone' && task.state === 'open').length

test('a statutory notice that reaches nobody becomes one telephone call, and the call closes it', async () => {
  t.on('2026-03-02')
  const no = await t.submit('licence')
  await t.act(no, 'accept', 'clerk')
  const deliver = () => deliverOwed(t.db, [deadGateway], t.time.now(), { onFailed: (failed) => telephone(t.house, failed) })
  await deliver()
  await deliver()
  // 受理通知 is statutory; the message that materials were received is courtesy and calls nobody.
  expect(await openCalls(no)).toBe(1)

  const { matter } = await t.see(no)
  const failed = (await noticesOf(t.db, matter.id)).find((notice) => notice.statutory && notice.channel === 'sms')!
  expect(failed).toMatchObject({ state: 'failed', outcome: '空号' })
  expect(await t.refused(t.act(no, 'telephoned', 'applicant', { deliveryId: failed.deliveryId, reached: true, outcome: '本人接听' }))).toBe('flow/not-permitted')
  await t.act(no, 'telephoned', 'clerk', { deliveryId: failed.deliveryId, reached: true, outcome: '本人接听，已告知受理' })
  expect(await openCalls(no)).toBe(0)
  expect((await noticesOf(t.db, matter.id)).find((notice) => notice.deliveryId === failed.deliveryId)).toMatchObject({ state: 'delivered', outcome: '本人接听，已告知受理' })
  expect((await audit(t.db)).differences).toEqual([])
})
