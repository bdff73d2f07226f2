import { createTransport } from 'nodemailer'
import { type Channel, Undeliverable } from '../kernel/notify/channel.ts'

export interface SmtpOptions {
  /** `smtp://user:password@host:587` or `smtps://host:465`. */
  readonly url: string
  readonly from: string
  /** The domain of Message-IDs, by which a mail sent twice after a lost answer is known to be one. */
  readonly domain: string
}

/** Mail by SMTP. A server that says 5xx has decided; anything else is tried again. */
export function smtpChannel({ url, from, domain }: SmtpOptions): Channel & { close(): void } {
  const transport = createTransport({ url, pool: true, maxConnections: 2, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, disableFileAccess: true, disableUrlAccess: true })
  return {
    name: 'email',
    send: async ({ key, address, subject, body, at }) => {
      if (!/^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/.test(address)) throw new Undeliverable('not a mail address')
      try {
        const info = await transport.sendMail({ from, to: { name: '', address }, subject, text: body, date: at, messageId: `<${key}@${domain}>`, headers: { 'Auto-Submitted': 'auto-generated' } })
        return { reference: info.messageId, delivered: false }
      } catch (error) {
        const code = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0
        if (code >= 500 && code < 600 && code !== 535 && code !== 530) throw new Undeliverable((error as Error).message)
        throw error
      }
    },
    close: () => transport.close(),
  }
}
