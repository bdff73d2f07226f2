import { hash } from 'node:crypto'
import { writtenDay } from '../../base/civil-day.ts'
import { fill, type Bilingual, type Language } from '../../base/text.ts'
import { MATTER_NO } from '../flow/statement.ts'
import type { RowChange } from '../flow/types.ts'
import type { SlotsOf, Template, TemplateCode } from './templates.ts'
import { TEMPLATES } from './templates.ts'

export type ChannelName = 'inApp' | 'sms' | 'email' | 'telephone' | 'paper'

export interface Notice<K extends TemplateCode = TemplateCode> {
  /** What makes it this notice and no other: the act's `entryId`, or the sweep's clock and light. */
  readonly key: string
  /** A party or officer of ours, or somebody known by name alone, who is reached by telephone, mail or paper. */
  readonly to: { readonly partyId: string } | { readonly personId: string } | { readonly name: string }
  readonly template: K
  readonly slots: SlotsOf<K>
  /** Null where it concerns no matter; an opening act leaves `no` out, the number comes with the write. */
  readonly matter: { readonly id: string; readonly no?: string } | null
  readonly at: Date
  readonly language?: Language
  /** Beside the message centre. An empty address is left out: who gave no telephone number gets none. */
  readonly sms?: string
  readonly email?: string
  /** The address for paper, owed until somebody records its outcome. */
  readonly paper?: string
}

/** A day as people write it. A sentence of its own that ends a reason brings its full stop along; the template's is left out then. */
const worded = (value: string | number, language: Language): string => (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? writtenDay(value, language) : String(value))

/**
 * The rows by which a message is owed, for an act's `rows`: act and message stand or fall together. The same notice always gives
 * the same ids, so it cannot be owed twice. In the message centre it is delivered by being written; SMS and mail go out by `deliverOwed`.
 */
export function owe<K extends TemplateCode>(notice: Notice<K>): RowChange[] {
  const template: Template = TEMPLATES[notice.template]
  const { to, at, matter } = notice
  const addressee = 'partyId' in to ? to.partyId : 'personId' in to ? to.personId : to.name
  const message = idOf(notice.key, notice.template, addressee)
  // The number stays a slot; values are put in such that none of their braces can be taken for one.
  const text = (sentence: Bilingual, language: Language) => fill(sentence[language], Object.fromEntries(Object.entries<string | number | Bilingual>(notice.slots)
    .map(([slot, value]) => [slot, worded(typeof value === 'object' ? value[language] : value, language).replaceAll('{', '｛').replaceAll('}', '｝')]))).replace(/([。！？])[。.]/g, '$1').replace(/\.\.(?!\.)/g, '.')
  const statutory = template.statutory !== null
  const delivery = (channel: ChannelName, address: string, more: Readonly<Record<string, unknown>>): RowChange => ({
    op: 'insert', table: 'notify.delivery', row: { id: idOf(message, channel), message_id: message, channel, address, statutory, ...more },
  })
  const owed = (channel: ChannelName, address: string | undefined): RowChange[] =>
    address === undefined || address.trim() === '' ? [] : [delivery(channel, address.trim(), { state: 'owed', next_at: channel === 'paper' ? null : at, at: null })]
  return [
    {
      op: 'insert', table: 'notify.message',
      row: {
        id: message,
        party_id: 'partyId' in to ? to.partyId : null,
        person_id: 'personId' in to ? to.personId : null,
        addressee: 'name' in to ? to.name : null,
        template: notice.template,
        language: notice.language ?? 'zh',
        subject_zh: text(template.subject, 'zh'), subject_en: text(template.subject, 'en'),
        body_zh: text(template.body, 'zh'), body_en: text(template.body, 'en'),
        matter_id: matter?.id ?? null,
        matter_no: matter === null ? null : matter.no ?? MATTER_NO,
        created_at: at,
      },
    },
    ...owed('sms', notice.sms),
    ...owed('email', notice.email),
    ...owed('paper', notice.paper),
  ]
}

/** A UUID (version 8, RFC 9562 §5.8) out of a name. */
function idOf(...parts: readonly string[]): string {
  const digest = hash('sha256', parts.join('\n'), 'buffer')
  digest[6] = (digest[6]! & 0x0f) | 0x80
  digest[8] = (digest[8]! & 0x3f) | 0x80
  const hex = digest.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}
