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

const failedOf = async (no: string) => (await noticesOf(t.db, (await t.see(no)).matter.id)).filter((notice) => notice.state === 'failed')
const deliver = () => deliverOwed(t.db, [deadGateway], t.time, { onFailed: (failed) => telephone(t.house, failed) })

test('the last notice of a case that has ended meanwhile is telephoned all the same', async () => {
  const no = await t.submit('licence')
  await t.act(no, 'refuseAcceptance', 'clerk', { ground: 'notCompetent', reasons: '不属本机关职权', competentBody: '北京市东城区市场监督管理局' })
  await deliver()
  expect([(await t.see(no)).matter.stage, await openCalls(no)]).toEqual(['notAccepted', 1])
})

test('a call is about a notice of its own case that reached nobody, and one that reached nobody either leaves the work to be done', async () => {
  const [one, other] = [await t.submit('licence'), await t.submit('licence')]
  for (const no of [one, other]) await t.act(no, 'accept', 'clerk')
  await deliver()
  const [mine, courtesy] = (await failedOf(one)).toSorted((a, b) => Number(b.statutory) - Number(a.statutory)), [another] = await failedOf(other)
  const call = (no: string, deliveryId: string, reached: boolean) => t.refused(t.act(no, 'telephoned', 'clerk', { deliveryId, reached, outcome: reached ? '已告知' : '无人接听' }))
  expect(await call(one, another!.deliveryId, true)).toBe('cases/no-failed-notice')
  expect(await call(one, '00000000-0000-4000-8000-000000000000', true)).toBe('cases/no-failed-notice')
  expect(await call(one, mine!.deliveryId, false)).toBe('done')
  expect([await openCalls(one), (await failedOf(one)).find(({ deliveryId }) => deliveryId === mine!.deliveryId)!.outcome]).toEqual([1, '无人接听'])
  await deliver()
  expect(await call(one, courtesy!.deliveryId, true)).toBe('done')
  expect(await openCalls(one)).toBe(1)
  expect(await call(one, mine!.deliveryId, true)).toBe('done')
  expect([await openCalls(one), await failedOf(one)]).toEqual([0, []])
  expect(await call(one, mine!.deliveryId, true)).toBe('cases/no-failed-notice')
  expect([await openCalls(other), (await failedOf(other)).length]).toEqual([1, 2])
})
