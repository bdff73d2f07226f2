export interface Outgoing {
  /** Provider's idempotency key: the delivery's id. Sent again unchanged after a lost answer. */
  readonly key: string
  readonly address: string
  readonly subject: string
  readonly body: string
  readonly at: Date
}
export interface Sent {
  readonly reference: string
  /** True where the provider vouches that it arrived; else it is only on its way. */
  readonly delivered: boolean
}

/**
 * A way out of the house. When `send` answers, the provider has taken the message durably. It may be called twice with one key,
 * also concurrently; providers that know keys send once, mail carries the key as its Message-ID. Throws `Undeliverable` where
 * trying again is useless; any other error is tried again, also one after which the message did go out.
 */
export interface Channel {
  readonly name: 'sms' | 'email'
  send(message: Outgoing): Promise<Sent>
}

/** No such number, no such mailbox, refused for what it says: trying again changes nothing. */
export class Undeliverable extends Error {}
