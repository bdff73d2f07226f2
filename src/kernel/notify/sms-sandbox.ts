import type { Queryable } from '../db/database.ts'
import { type Channel, Undeliverable } from './channel.ts'

/** Instead of a provider: what would have gone out is kept in a table that demo users may look at. Sends once per key. */
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

export interface SandboxMessage { readonly key: string; readonly phone: string; readonly body: string; readonly sentAt: Date }

export function listSandbox(db: Queryable, filter: { readonly phone?: string; readonly limit: number }): Promise<SandboxMessage[]> {
  return db.query<SandboxMessage>(`
    select key, phone, body, sent_at as "sentAt"
      from notify.sms_sandbox
     where $1::text is null or phone = $1
     order by sent_at desc, key
     limit $2`, [filter.phone ?? null, filter.limit])
}
