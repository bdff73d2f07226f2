import { fill } from '../../base/text.ts'
import type { Database } from '../db/database.ts'
import { type Channel, Undeliverable } from './channel.ts'

export interface FailedDelivery {
  readonly deliveryId: string
  readonly messageId: string
  readonly channel: 'sms' | 'email'
  readonly address: string
  readonly matterId: string | null
  readonly matterNo: string | null
  readonly partyId: string | null
  readonly personId: string | null
  readonly template: string
  readonly statutory: boolean
  readonly outcome: string
}
export interface DeliverOptions {
  /** Opens the telephone task. At least once per failed delivery, idempotent by `deliveryId`. */
  readonly onFailed: (failed: FailedDelivery) => Promise<void>
  /** Attempts before it counts as failed; default 5, after 1, 2, 4 and 8 minutes. */
  readonly attemptsMax?: number
  /** Messages of one run; default 100. */
  readonly limit?: number
}
export interface DeliverResult { readonly sent: number; readonly again: number; readonly failed: number; readonly told: number }

interface Claimed {
  readonly id: string
  readonly channel: 'sms' | 'email'
  readonly address: string
  readonly attempts: number
  readonly language: 'zh' | 'en'
  readonly subject_zh: string
  readonly subject_en: string
  readonly body_zh: string
  readonly body_en: string
  readonly matter_no: string | null
}

/** Longer than any channel's own time limit: who holds a message this long has died, and the next run takes it up. */
const LEASE_MS = 5 * 60_000

/**
 * Sends what is owed and due at `now`, at least once. Several may run at once: a message is claimed by moving its next attempt on,
 * so that a run that dies leaves it due again. What failed for good is told to `onFailed` until that succeeds.
 */
export async function deliverOwed(db: Database, channels: readonly Channel[], now: Date, options: DeliverOptions): Promise<DeliverResult> {
  const result = { sent: 0, again: 0, failed: 0, told: 0 }
  for (const message of await claim(db, channels, now, options.limit ?? 100)) result[await attempt(db, channels, message, now, options.attemptsMax ?? 5)] += 1
  for (const failed of await untold(db)) {
    await options.onFailed(failed)
    await db.query('update notify.delivery set failure_told = true where id = $1', [failed.deliveryId])
    result.told += 1
  }
  return result
}

function claim(db: Database, channels: readonly Channel[], now: Date, limit: number): Promise<Claimed[]> {
  return db.query<Claimed>(`
    with due as (
      select id from notify.delivery
       where state = 'owed' and channel = any($1) and channel in ('sms', 'email') and next_at <= $2
       order by next_at
       limit $4
       for update skip locked
    )
    update notify.delivery d
       set next_at = $3, attempts = d.attempts + 1
      from due, notify.message m
     where d.id = due.id and m.id = d.message_id
    returning d.id, d.channel, d.address, d.attempts, m.language, m.subject_zh, m.subject_en, m.body_zh, m.body_en, m.matter_no`,
  [channels.map(({ name }) => name), now, new Date(now.getTime() + LEASE_MS), limit])
}

async function attempt(db: Database, channels: readonly Channel[], message: Claimed, now: Date, attemptsMax: number): Promise<'sent' | 'again' | 'failed'> {
  const channel = channels.find(({ name }) => name === message.channel)!
  const number = { no: message.matter_no ?? '' }
  const settle = (state: string, outcome: string, reference: string | null) => db.query(
    `update notify.delivery set state = $2, at = $3, next_at = null, outcome = $4, provider_reference = $5 where id = $1 and state = 'owed'`, [message.id, state, now, outcome, reference])
  try {
    const { language } = message
    const { reference, delivered } = await channel.send({ key: message.id, address: message.address, subject: fill(message[`subject_${language}`], number), body: fill(message[`body_${language}`], number), at: now })
    await settle(delivered ? 'delivered' : 'sent', delivered ? '已送达' : '运营商已接收', reference)
    return 'sent'
  } catch (error) {
    const outcome = (error instanceof Error ? error.message : String(error)).slice(0, 500)
    if (error instanceof Undeliverable || message.attempts >= attemptsMax) {
      await settle('failed', outcome, null)
      return 'failed'
    }
    const next = new Date(now.getTime() + 60_000 * 2 ** (message.attempts - 1))
    await db.query(`update notify.delivery set next_at = $2, outcome = $3 where id = $1 and state = 'owed'`, [message.id, next, outcome])
    return 'again'
  }
}

function untold(db: Database): Promise<FailedDelivery[]> {
  return db.query<FailedDelivery>(`
    select d.id as "deliveryId", m.id as "messageId", d.channel, d.address, m.matter_id as "matterId", m.matter_no as "matterNo",
           m.party_id as "partyId", m.person_id as "personId", m.template, d.statutory, d.outcome
      from notify.delivery d
      join notify.message m on m.id = d.message_id
     where d.state = 'failed' and not d.failure_told
     order by d.at
     limit 100`)
}
