import { fill, type Bilingual } from '../../base/text.ts'
import type { Queryable } from '../db/database.ts'
import type { RowChange } from '../flow/types.ts'
import type { ChannelName } from './owe.ts'
import { TEMPLATES, type TemplateCode } from './templates.ts'

/** Whose message centre: all parties an applicant stands for, or an officer. Of `within.partyIds` an agent sees what is about these items only. */
export type Addressee = { readonly partyIds: readonly string[]; readonly within?: { readonly partyIds: readonly string[]; readonly items: readonly string[] } } | { readonly personId: string }

export interface Message {
  readonly id: string
  readonly template: string
  readonly subject: Bilingual
  readonly body: Bilingual
  readonly matterId: string | null
  readonly matterNo: string | null
  readonly createdAt: Date
  readonly readAt: Date | null
}

interface MessageRow {
  readonly id: string; readonly template: string; readonly subject_zh: string; readonly subject_en: string; readonly body_zh: string; readonly body_en: string
  readonly matter_id: string | null; readonly matter_no: string | null; readonly created_at: Date; readonly read_at: Date | null
}

const OF = `(m.party_id = any($1::uuid[]) or m.person_id = any($2::uuid[])
      or (m.party_id = any($3::uuid[]) and exists (select from flow.matter x where x.id = m.matter_id and x.subject = any($4::text[]))))`
const who = (to: Addressee): [readonly string[], readonly string[], readonly string[], readonly string[]] =>
  ('partyIds' in to ? [to.partyIds, [], to.within?.partyIds ?? [], to.within?.items ?? []] : [[], [to.personId], [], []])

/** Newest first. */
export async function listMessages(db: Queryable, to: Addressee, page: { readonly limit: number; readonly offset: number }): Promise<Message[]> {
  const rows = await db.prepared<MessageRow>('notify_list', `
    select m.id, m.template, m.subject_zh, m.subject_en, m.body_zh, m.body_en, m.matter_id, m.matter_no, m.created_at, m.read_at
      from notify.message m
     where ${OF}
     order by m.created_at desc, m.id
     limit $5 offset $6`, [...who(to), page.limit, page.offset])
  return rows.map(messageOf)
}

export async function countMessages(db: Queryable, to: Addressee): Promise<{ readonly total: number; readonly unread: number }> {
  const [row] = await db.prepared<{ total: number; unread: number }>('notify_count', `
    select count(*) as total, count(*) filter (where m.read_at is null) as unread from notify.message m where ${OF}`, who(to))
  return row!
}

/** Opening it first is what counts; later openings change nothing. Without `ids`: all. Answers how many became read. */
export async function markRead(db: Queryable, to: Addressee, at: Date, ids?: readonly string[]): Promise<number> {
  const rows = await db.query(`
    update notify.message m set read_at = greatest($5::timestamptz, m.created_at)
     where ${OF} and m.read_at is null and ($6::uuid[] is null or m.id = any($6::uuid[]))
    returning m.id`, [...who(to), at, ids ?? null])
  return rows.length
}

/** What a case's file says about its notices to the parties: channel, time and outcome of each. What officers are told is theirs. */
export interface NoticeRecord {
  readonly deliveryId: string
  readonly messageId: string
  readonly template: string
  readonly subject: Bilingual
  readonly channel: ChannelName
  /** Masked; in the message centre empty. */
  readonly address: string
  readonly statutory: boolean
  readonly state: 'owed' | 'sent' | 'delivered' | 'failed'
  readonly attempts: number
  readonly owedAt: Date
  readonly at: Date | null
  readonly outcome: string | null
  readonly readAt: Date | null
}

export async function noticesOf(db: Queryable, matterId: string): Promise<NoticeRecord[]> {
  const rows = await db.prepared<Omit<NoticeRecord, 'subject' | 'statutory'> & { subject_zh: string; subject_en: string; matter_no: string | null }>('notify_record', `
    select d.id as "deliveryId", m.id as "messageId", m.template, m.subject_zh, m.subject_en, m.matter_no, d.channel, d.address, d.state,
           d.attempts, m.created_at as "owedAt", d.at, d.outcome, m.read_at as "readAt"
      from notify.message m
      join lateral (
        select m.id, 'inApp' as channel, '' as address, 'delivered' as state, 0 as attempts, m.created_at as at, null as outcome
         where m.addressee is null
        union all
        select id, channel, address, state, attempts, at, outcome
          from notify.delivery
         where message_id = m.id
      ) d on true
     where m.matter_id = $1 and m.person_id is null
     order by m.created_at, m.id, d.channel`, [matterId])
  return rows.map(({ subject_zh, subject_en, matter_no, ...row }) => ({
    ...row,
    statutory: TEMPLATES[row.template as TemplateCode].statutory !== null,
    address: row.channel === 'inApp' ? '' : maskAddress(row.address),
    subject: { zh: numbered(subject_zh, matter_no), en: numbered(subject_en, matter_no) },
  }))
}

/** A delivery of this matter that reached nobody so far; undefined where it is no such one. Only a statutory one has become a telephone task. */
export async function findFailed(db: Queryable, matterId: string, deliveryId: string): Promise<{ readonly statutory: boolean } | undefined> {
  const [row] = await db.query<{ statutory: boolean }>(`
    select d.statutory
      from notify.delivery d
      join notify.message m on m.id = d.message_id
     where d.id = $2 and m.matter_id = $1 and d.state = 'failed'`, [matterId, deliveryId])
  return row
}

/** What a telephone call, a postal receipt or a hand-over came to. */
export function recordOutcome(deliveryId: string, outcome: { readonly state: 'delivered' | 'failed'; readonly at: Date; readonly outcome: string }): RowChange {
  return { op: 'update', table: 'notify.delivery', where: { id: deliveryId }, set: { state: outcome.state, at: outcome.at, next_at: null, outcome: outcome.outcome } }
}

/** 13800001234 → 138****1234, zhang.san@example.org → z***@example.org, else the first six characters. */
export function maskAddress(address: string): string {
  const mail = /^(.)[^@]*(@.+)$/.exec(address)
  if (mail !== null) return `${mail[1]}***${mail[2]}`
  return /^\+?\d{7,}$/.test(address) ? `${address.slice(0, -8)}****${address.slice(-4)}` : `${[...address].slice(0, 6).join('')}…`
}

const numbered = (text: string, no: string | null): string => fill(text, { no: no ?? '' })

const messageOf = (row: MessageRow): Message => ({
  id: row.id,
  template: row.template,
  subject: { zh: numbered(row.subject_zh, row.matter_no), en: numbered(row.subject_en, row.matter_no) },
  body: { zh: numbered(row.body_zh, row.matter_no), en: numbered(row.body_en, row.matter_no) },
  matterId: row.matter_id,
  matterNo: row.matter_no,
  createdAt: row.created_at,
  readAt: row.read_at,
})
