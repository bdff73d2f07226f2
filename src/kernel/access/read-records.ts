import type { Queryable } from '../db/database.ts'
import type { Bilingual } from '../../base/text.ts'
import type { HeldPost } from '../org/types.ts'
import { refuse } from './errors.ts'
import type { Officer } from './types.ts'

export interface Read {
  readonly at: Date
  readonly officer: Pick<Officer, 'accountId' | 'personId'>
  /** The post under which it was read; null where the reader had none. */
  readonly post: Pick<HeldPost, 'postId' | 'organisationId'> | null
  /** Whose data: one record for each. */
  readonly partyIds: readonly string[]
  readonly matterId: string | null
  /** `case`, `materials`, `search`, … */
  readonly part: string
  readonly reason: string
}

/** Who read whose personal data. `record` returns at once; what it took is durable within `everyMs`, and all of it after `close`. */
export interface ReadRecords {
  record(read: Read): void
  /** Resolves when everything recorded so far is stored. */
  flush(): Promise<void>
  close(): Promise<void>
}

export interface ReadRecordsOptions {
  readonly everyMs?: number
  /** Written at once when so many wait. */
  readonly batch?: number
  /** Told when a batch could not be written; the batch is kept and tried again. */
  readonly onError?: (error: unknown) => void
}

/** While the database is away records wait in memory, so many at most; then reading itself must stop, for unrecorded reading is forbidden. */
const WAITING_MAX = 50_000

export function openReadRecords(db: Queryable, options: ReadRecordsOptions = {}): ReadRecords {
  const everyMs = options.everyMs ?? 1000
  const batch = options.batch ?? 200
  const waiting: Read[] = []
  let writing: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  const write = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    writing = writing.catch(() => undefined).then(async () => {
      while (waiting.length > 0) {
        const reads = waiting.slice(0, batch)
        await store(db, reads)
        waiting.splice(0, reads.length)
      }
    })
    return writing
  }
  const background = (): void => {
    write().catch((error: unknown) => {
      options.onError?.(error)
      schedule()
    })
  }
  const schedule = (): void => {
    timer ??= setTimeout(background, everyMs).unref()
  }

  return {
    record: (read) => {
      if (read.partyIds.length === 0) return
      if (waiting.length >= WAITING_MAX) throw refuse('unrecorded', {}, { retryAfter: 10 })
      waiting.push(read)
      if (waiting.length === batch) background()
      else schedule()
    },
    flush: write,
    close: write,
  }
}

async function store(db: Queryable, reads: readonly Read[]): Promise<void> {
  const rows = reads.flatMap((read) => read.partyIds.map((partyId) => ({
    at: read.at, account_id: read.officer.accountId, person_id: read.officer.personId, post_id: read.post?.postId ?? null,
    organisation_id: read.post?.organisationId ?? null, party_id: partyId, matter_id: read.matterId, part: read.part, reason: read.reason,
  })))
  await db.query(`
    insert into access.read_record (at, account_id, person_id, post_id, organisation_id, party_id, matter_id, part, reason)
    select at, account_id, person_id, post_id, organisation_id, party_id, matter_id, part, reason
      from jsonb_to_recordset($1::jsonb) as r (at timestamptz, account_id uuid, person_id uuid, post_id uuid, organisation_id uuid, party_id uuid, matter_id uuid, part text, reason text)`,
  [JSON.stringify(rows)])
}

export interface ReadOfMine {
  readonly at: Date
  /** By post and organisation; officers are not named to the public. */
  readonly organisation: Bilingual | null
  readonly post: Bilingual | null
  readonly matterId: string | null
  readonly part: string
  readonly reason: string
}

/** Shown to their owner (个人信息保护法 第四十五条): the latest first, before an instant, at most 200. */
export async function readsOf(db: Queryable, partyIds: readonly string[], ask: { readonly before?: Date; readonly limit?: number } = {}): Promise<readonly ReadOfMine[]> {
  return db.query<ReadOfMine>(`
    select r.at, case when o.id is not null then jsonb_build_object('zh', o.name_zh, 'en', o.name_en) end as organisation,
           case when p.id is not null then jsonb_build_object('zh', p.name_zh, 'en', p.name_en) end as post,
           r.matter_id as "matterId", r.part, r.reason
      from access.read_record r
      left join org.organisation o on o.id = r.organisation_id
      left join org.post p on p.id = r.post_id
     where r.party_id = any ($1) and ($2::timestamptz is null or r.at < $2)
     order by r.at desc, r.id desc limit $3`, [partyIds, ask.before ?? null, Math.min(Math.max(1, ask.limit ?? 50), 200)])
}

export interface ReadEntry extends ReadOfMine {
  readonly id: number
  readonly reader: string
  readonly partyId: string
}

/** The audit administrator's view, readers by name: the latest first, at most 200; `before` is the id of the last one seen. */
export async function findReads(db: Queryable, ask: { readonly personId?: string; readonly partyId?: string; readonly before?: number; readonly limit?: number } = {}): Promise<readonly ReadEntry[]> {
  return db.query<ReadEntry>(`
    select r.id, r.at, a.username as reader, r.party_id as "partyId", r.matter_id as "matterId", r.part, r.reason,
           case when o.id is not null then jsonb_build_object('zh', o.name_zh, 'en', o.name_en) end as organisation,
           case when p.id is not null then jsonb_build_object('zh', p.name_zh, 'en', p.name_en) end as post
      from access.read_record r
      join access.account a on a.id = r.account_id
      left join org.organisation o on o.id = r.organisation_id
      left join org.post p on p.id = r.post_id
     where ($1::uuid is null or r.person_id = $1) and ($2::uuid is null or r.party_id = $2) and ($3::bigint is null or r.id < $3)
     order by r.id desc limit $4`, [ask.personId ?? null, ask.partyId ?? null, ask.before ?? null, Math.min(Math.max(1, ask.limit ?? 50), 200)])
}
