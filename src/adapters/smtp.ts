import { createTransport } from 'nodemailer'
import { type Channel, Undeliverable } from '../kernel/notify/channel.ts'

export interface SmtpOptions {
  /** `smtp://user:password@host:587` or `smtps://host:465`. */
  readonly url: string
  readonly from: string
  /** The domain of Message-IDs, by which a mail sent twice after a lost answer is known to be one. */
  readonly domain: string
}

/** Where a 5xx is about this mail: its reader or what it says. At the greeting, the sign-in or our own address it is about us. */
const ABOUT_THE_MAIL: readonly unknown[] = ['RCPT TO', 'DATA']

/** Mail by SMTP. A server that says 5xx of a mail has decided; anything else is tried again. */
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
        if (!(error instanceof Error)) throw error
        const { responseCode: code = 0, command } = error as { responseCode?: number; command?: string }
        throw code >= 500 && code < 600 && ABOUT_THE_MAIL.includes(command) ? new Undeliverable(error.message) : error
      }
    },
    close: () => transport.close(),
  }
}
