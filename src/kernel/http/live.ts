import type { FastifyReply } from 'fastify'
import pg from 'pg'
import { z } from 'zod'
import type { Caller } from '../access/types.ts'
import type { Database } from '../db/database.ts'
import { refuse } from './errors.ts'
import { route, type Route } from './types.ts'

/** What a subscriber hears: that something changed, never what. The page asks again as itself. */
export interface LiveEvent { readonly topic: string; readonly data: Readonly<Record<string, string | number>> }

export interface LiveOptions {
  readonly db: Database
  /** Whether this caller may hear of `matter:<no>` or `tasks`. The log is everybody's. */
  readonly mayFollow: (caller: Caller, topic: string) => Promise<boolean>
  /** Which of these sessions still stand: asked with every heartbeat, for a stream ends with the session that opened it. */
  readonly standing: (sessionIds: readonly string[]) => Promise<readonly string[]>
  readonly log: (line: string) => void
  readonly heartbeatMs?: number
  readonly perReaderMax?: number
  readonly readersMax?: number
}

interface Numbered { readonly index: number; readonly no: string | null; readonly seq: number }
interface Reader { readonly who: string; readonly sessionId: string | null; readonly topics: ReadonlySet<string>; readonly reply: FastifyReply }

/** Lost connections are sought again after this, doubling up to ten seconds. */
const RETRY_MS = 250
const RETRY_MS_MAX = 10_000
const UNREAD_BYTES_MAX = 256 * 1024
const BATCH = 1000
const TOPIC = /^(log|tasks|matter:[A-Za-z0-9-]{1,64})$/

const NUMBERED_SINCE = `
  select p.index, m.no, e.seq
  from ledger.position p
  join ledger.entry e on e.id = p.entry
  left join flow.matter m on m.id = e.matter_id
  where p.index >= $1
  order by p.index
  limit ${BATCH}`

/**
 * Server-sent events from the ledger: the sequencer notifies the channel `ledger` after numbering, one connection of this process
 * listens, and what was numbered since is told to those who follow it. At most once: a reader who was away asks for its page
 * again when its stream opens anew.
 */
export class LiveUpdates {
  readonly #readers = new Set<Reader>()
  readonly #options: LiveOptions
  #listener: pg.Client | undefined
  #next: number | undefined
  #reading: Promise<void> = Promise.resolve()
  #heartbeat: NodeJS.Timeout | undefined
  #retry: NodeJS.Timeout | undefined
  #retryMs = RETRY_MS
  #closed = false

  constructor(options: LiveOptions) {
    this.#options = options
  }

  get readers(): number {
    return this.#readers.size
  }

  /** Refuses `http/unknown-topic`, `http/not-allowed` (also where it does not exist), `http/too-many-streams`. */
  async follow(reply: FastifyReply, caller: Caller, who: string, topics: readonly string[]): Promise<void> {
    if (this.#closed) throw refuse('draining', {}, { retryAfter: 5 })
    for (const topic of topics) {
      if (!TOPIC.test(topic)) throw refuse('unknown-topic', { topic: topic.slice(0, 80) })
      if (topic !== 'log' && !(await this.#options.mayFollow(caller, topic))) throw refuse('not-allowed')
    }
    // Whatever is numbered from here on is told, also before the connection listens.
    if (this.#next === undefined) {
      const size = await this.#size()
      this.#next ??= size
    }
    // Counted last and added at once: many that come together are no more than one after the other.
    const own = [...this.#readers].filter((reader) => reader.who === who).length
    if (own >= (this.#options.perReaderMax ?? 8) || this.#readers.size >= (this.#options.readersMax ?? 2000)) throw refuse('too-many-streams', {}, { retryAfter: 10 })
    reply.hijack()
    const reader: Reader = { who, sessionId: caller.kind === 'anonymous' ? null : caller.sessionId, topics: new Set(topics), reply }
    this.#readers.add(reader)
    reply.raw.on('close', () => this.#readers.delete(reader))
    reply.raw.on('error', () => this.#readers.delete(reader))
    reply.raw.writeHead(200, { ...(reply.getHeaders() as Record<string, string>), 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no', connection: 'close' })
    reply.raw.write('retry: 3000\n\n')
    this.#heartbeat ??= setInterval(() => void this.#beat(), this.#options.heartbeatMs ?? 25_000)
    this.#listen()
  }

  /** Ends every stream and the connection. Readers come back by themselves, to another process. */
  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#heartbeat)
    clearTimeout(this.#retry)
    for (const reader of this.#readers) reader.reply.raw.end()
    this.#readers.clear()
    await this.#reading
    await this.#listener?.end()
    this.#listener = undefined
  }

  #listen(): void {
    if (this.#listener !== undefined || this.#closed || this.#retry !== undefined) return
    const client = new pg.Client({ connectionString: this.#options.db.url, application_name: 'mingtang live', keepAlive: true })
    this.#listener = client
    let lost = false
    const again = (error?: Error) => {
      if (lost || this.#closed) return
      lost = true
      this.#listener = undefined
      this.#options.log(`live updates lost their connection${error === undefined ? '' : `: ${error.message}`}; trying again`)
      void client.end().catch(() => undefined)
      this.#retry = setTimeout(() => { this.#retry = undefined; this.#listen() }, this.#retryMs)
      this.#retryMs = Math.min(RETRY_MS_MAX, this.#retryMs * 2)
    }
    client.on('error', again)
    client.on('end', () => again())
    client.on('notification', () => this.#wake())
    client.connect().then(() => client.query('listen ledger')).then(() => this.#size()).then((size) => {
      this.#retryMs = RETRY_MS
      // A database that was restored has a shorter log than the one that was followed.
      if (this.#next !== undefined && this.#next > size) this.#next = size
      this.#wake()
    }).catch(again)
  }

  /** One reading at a time; a wake-up during a reading is answered by another after it. */
  #wake(): void {
    this.#reading = this.#reading.then(() => this.#read()).catch((error: unknown) => this.#options.log(`live updates could not be read: ${String(error)}`))
  }

  async #read(): Promise<void> {
    if (this.#closed) return
    for (;;) {
      const rows: Numbered[] = await this.#options.db.query<Numbered>(NUMBERED_SINCE, [this.#next ?? 0])
      const last = rows[rows.length - 1]
      if (last === undefined) return
      const size = last.index + 1
      this.#next = size
      for (const row of rows) if (row.no !== null) this.#tell({ topic: `matter:${row.no}`, data: { no: row.no, seq: row.seq } }, row.index)
      if (rows.some((row) => row.no !== null)) this.#tell({ topic: 'tasks', data: { size } }, last.index)
      this.#tell({ topic: 'log', data: { size } }, last.index)
      if (rows.length < BATCH) return
    }
  }

  async #size(): Promise<number> {
    const [row] = await this.#options.db.query<{ size: number }>('select coalesce(max(index) + 1, 0) as size from ledger.position')
    return row!.size
  }

  #tell(event: LiveEvent, id: number): void {
    const text = `event: ${event.topic}\nid: ${id}\ndata: ${JSON.stringify(event.data)}\n\n`
    for (const reader of this.#readers) if (reader.topics.has(event.topic)) this.#write(reader, text)
  }

  async #beat(): Promise<void> {
    for (const reader of this.#readers) this.#write(reader, ': here\n\n')
    const sessions = [...new Set([...this.#readers].flatMap(({ sessionId }) => sessionId ?? []))]
    if (sessions.length === 0) return
    try {
      const standing = new Set(await this.#options.standing(sessions))
      for (const { sessionId, reply } of this.#readers) if (sessionId !== null && sessions.includes(sessionId) && !standing.has(sessionId)) reply.raw.end()
    } catch (error) {
      this.#options.log(`live updates could not ask who is still signed in: ${String(error)}`)
    }
  }

  /** A reader who does not read is let go, so that nothing piles up here. */
  #write(reader: Reader, text: string): void {
    if (reader.reply.raw.writableLength > UNREAD_BYTES_MAX) reader.reply.raw.destroy()
    else reader.reply.raw.write(text)
  }
}

export const LIVE_PATH = '/api/v1/events'

export function liveRoutes(live: LiveUpdates): Route[] {
  return [route({
    method: 'GET', path: LIVE_PATH, kind: 'stream', rate: 'read',
    guard: { open: '日志人人可以关注；办件与待办的主题逐一核对权限' },
    summary: { zh: '实时更新（SSE）：只说有变化，不含内容', en: 'Live updates (SSE): that something changed, never what' },
    query: z.object({ topics: z.string().min(1).max(2000) }),
    handle: async ({ reply, request, caller, query }) => {
      const who = caller.kind === 'anonymous' ? request.ip : caller.sessionId
      await live.follow(reply, caller, who, [...new Set(query.topics.split(','))].slice(0, 50))
      return reply
    },
  })]
}
