import { type Channel, Undeliverable } from '../kernel/notify/channel.ts'

export interface SmsHttpOptions {
  readonly url: string
  readonly token: string
  /** Shown before the text in brackets, as providers demand: 【西城政务】. */
  readonly signature: string
  readonly timeoutMs?: number
}

/**
 * SMS by a gateway that takes `POST {key, to, text}` with `Idempotency-Key` and `Authorization: Bearer`, and answers 2xx
 * `{reference, delivered?}`. 4xx is final but for 401, 403, 408, 409, 425 and 429: those are about us or the moment, not the message.
 */
export function smsHttpChannel({ url, token, signature, timeoutMs = 10_000 }: SmsHttpOptions): Channel {
  return {
    name: 'sms',
    send: async ({ key, address, body }) => {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key, authorization: `Bearer ${token}` },
        body: JSON.stringify({ key, to: address, text: `【${signature}】${body}` }),
        signal: AbortSignal.timeout(timeoutMs),
        redirect: 'error',
      })
      const text = await answer.text()
      if (answer.ok) {
        const { reference, delivered } = JSON.parse(text) as { reference?: unknown; delivered?: unknown }
        return { reference: typeof reference === 'string' ? reference : key, delivered: delivered === true }
      }
      const message = `SMS gateway answered ${answer.status}: ${text.slice(0, 200)}`
      const final = answer.status >= 400 && answer.status < 500 && ![401, 403, 408, 409, 425, 429].includes(answer.status)
      throw final ? new Undeliverable(message) : new Error(message)
    },
  }
}
