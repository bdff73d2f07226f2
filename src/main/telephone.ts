import type { House } from '../kernel/house.ts'
import type { FailedDelivery } from '../kernel/notify/deliver.ts'

/** A statutory notice that reached nobody becomes a telephone call on the case's list; once per delivery (practice 17). */
export async function telephone(house: Pick<House, 'flow'>, failed: FailedDelivery): Promise<void> {
  if (!failed.statutory || failed.matterNo === null) return
  await house.flow.perform(failed.matterNo, null, {
    caller: { kind: 'system' }, act: 'noticeFailed', input: { deliveryId: failed.deliveryId, channel: failed.channel, outcome: failed.outcome.slice(0, 500) }, channel: 'system', idempotencyKey: `telephone:${failed.deliveryId}`,
  })
}
