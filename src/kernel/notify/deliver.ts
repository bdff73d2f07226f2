import { fill } from '../../base/text.ts'
import type { Database } from '../db/database.ts'
import type { TimeSource } from '../time/time.ts'
import { type Channel, type Sent, Undeliverable } from './channel.ts'

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
 * Sends what is owed and due, at least once. Several may run at once: a message is claimed by moving its next attempt on, so that a
 * run that dies leaves it due again. What failed for good is told to `onFailed` until that succeeds; one that cannot be told does not
 * keep the others from it, and fails the run at its end.
 */
export async function deliverOwed(db: Database, channels: readonly Channel[], time: Pick<TimeSource, 'now'>, options: DeliverOptions): Promise<DeliverResult> {
  const result = { sent: 0, again: 0, failed: 0, told: 0 }
  const begun = time.now()
  // One by one, each under a lease of its own: a channel may take its whole time limit over each.
  for (let left = options.limit ?? 100; left > 0; left -= 1) {
    const message = await claim(db, channels, begun, time.now())
    if (message === undefined) break
    result[await attempt(db, channels, message, time, options.attemptsMax ?? 5)] += 1
  }
  const failures: unknown[] = []
  for (const failed of await untold(db)) {
    try {
      await options.onFailed(failed)
      await db.query('update notify.delivery set failure_told = true where id = $1', [failed.deliveryId])
      result.told += 1
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} failed notices could not be told: ${failures.slice(0, 5).map(String).join('; ')}`)
  return result
}

async function claim(db: Database, channels: readonly Channel[], dueBy: Date, now: Date): Promise<Claimed | undefined> {
  const [message] = await db.prepared<Claimed>('notify_claim', `
    with due as (
      select id from notify.delivery
       where state = 'owed' and channel = any($1::text[]) and channel in ('sms', 'email') and next_at <= $2
       order by next_at, id
       limit 1
       for update skip locked
    )
    update notify.delivery d
       set next_at = $3, attempts = d.attempts + 1
      from due, notify.message m
     where d.id = due.id and m.id = d.message_id
    returning d.id, d.channel, d.address, d.attempts, m.language, m.subject_zh, m.subject_en, m.body_zh, m.body_en, m.matter_no`,
  [channels.map(({ name }) => name), dueBy, new Date(now.getTime() + LEASE_MS)])
  return message
}

async function attempt(db: Database, channels: readonly Channel[], message: Claimed, time: Pick<TimeSource, 'now'>, attemptsMax: number): Promise<'sent' | 'again' | 'failed'> {
  const channel = channels.find(({ name }) => name === message.channel)!
  const settle = (state: string, outcome: string, reference: string | null) => db.query(
    `update notify.delivery set state = $2, at = $3, next_at = null, outcome = $4, provider_reference = $5 where id = $1 and state = 'owed'`, [message.id, state, time.now(), outcome, reference])
  const answer = await send(channel, message, time.now())
  // That the outcome cannot be written is no failure of the message: it is due again with its lease, under the same key.
  if (!('error' in answer)) {
    await settle(answer.delivered ? 'delivered' : 'sent', answer.delivered ? '已送达' : '运营商已接收', answer.reference)
    return 'sent'
  }
  const outcome = (answer.error instanceof Error ? answer.error.message : String(answer.error)).slice(0, 500)
  if (answer.error instanceof Undeliverable || message.attempts >= attemptsMax) {
    await settle('failed', outcome, null)
    return 'failed'
  }
  const next = new Date(time.now().getTime() + 60_000 * 2 ** (message.attempts - 1))
  await db.query(`update notify.delivery set next_at = $2, outcome = $3 where id = $1 and state = 'owed'`, [message.id, next, outcome])
  return 'again'
}

async function send(channel: Channel, { id, address, language, matter_no, ...texts }: Claimed, at: Date): Promise<Sent | { readonly error: unknown }> {
  const text = (part: 'subject' | 'body') => fill(texts[`${part}_${language}`], { no: matter_no ?? '' })
  try {
    return await channel.send({ key: id, address, subject: text('subject'), body: text('body'), at })
  } catch (error) {
    return { error }
  }
}

function untold(db: Database): Promise<FailedDelivery[]> {
  return db.query<FailedDelivery>(`
    select d.id as "deliveryId", m.id as "messageId", d.channel, d.address, m.matter_id as "matterId", m.matter_no as "matterNo",
           m.party_id as "partyId", m.person_id as "personId", m.template, d.statutory, d.outcome
      from notify.delivery d
      join notify.message m on m.id = d.message_id
     where d.state = 'failed' and not d.failure_told
     order by d.at, d.id`)
}
