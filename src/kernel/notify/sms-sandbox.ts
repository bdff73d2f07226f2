import type { Queryable } from '../db/database.ts'
import { type Channel, Undeliverable } from './channel.ts'

/** Instead of a provider: what would have gone out is kept in a table. Sends once per key. */
export function smsSandbox(db: Queryable): Channel {
  return {
    name: 'sms',
    send: async ({ key, address, body, at }) => {
      if (!/^\+?\d{7,15}$/.test(address)) throw new Undeliverable(`not a telephone number: ${address.length} characters`)
      await db.query('insert into notify.sms_sandbox (key, phone, body, sent_at) values ($1, $2, $3, $4) on conflict (key) do nothing', [key, address, body, at])
      return { reference: `sandbox-${key}`, delivered: true }
    },
  }
}
