import type pg from 'pg'
import type { Database } from '../db/database.ts'

/** One entry of the ledger as a subscriber reads it. Events are at least once, in order of `index`; be idempotent by it. */
export interface LedgerEvent {
  readonly index: number
  readonly entryId: string
  readonly matterId: string | null
  readonly seq: number
  readonly act: string
  readonly at: Date
  readonly public: Readonly<Record<string, unknown>>
}

export interface Subscriber {
  /** Stable: its cursor stands under this name. */
  readonly name: string
  /** Entries at most in one call; default 100. */
  readonly batch?: number
  /** At least once, in the order of the log: be idempotent by `index`. Throwing means: again, after a while. */
  readonly handle: (events: readonly LedgerEvent[]) => Promise<void>
}

export interface SubscribersOptions {
  readonly db: Database
  readonly subscribers: readonly Subscriber[]
  /** Without a notice from the sequencer the log is looked at this often; default 5000. */
  readonly pollMs?: number
  /** The first wait after a failure, doubled up to a minute; default 1000. */
  readonly retryMs?: number
  readonly log?: (line: string) => void
}

export interface Subscribers {
  /** Resolves when every subscriber held by this process has handled all that is numbered now (tests, and commands that wait). */
  caughtUp(): Promise<void>
  stop(): Promise<void>
}

/** Advisory lock space of subscribers: (this, hashtext(name)). */
const SUBSCRIBER_LOCK = 7_024_813
const LONGEST_WAIT_MS = 60_000

/**
 * Hands the log to its subscribers, each from its own cursor. One connection listens for the sequencer's notice and holds a session
 * lock per subscriber, so that among several processes one serves it; when that connection is lost, another process may take over.
 */
export async function startSubscribers({ db, subscribers, pollMs = 5000, retryMs = 1000, log = () => undefined }: SubscribersOptions): Promise<Subscribers> {
  const states = subscribers.map((subscriber) => ({ subscriber, failures: 0, notBefore: 0 }))
  const bell = new Bell()
  let stopping = false
  /** One look at the whole log; false when somebody failed or serves elsewhere. */
  const round = async (client: pg.PoolClient, held: Set<string>): Promise<boolean> => {
    let complete = true
    for (const state of states) {
      if (stopping) return false
      const { name } = state.subscriber
      if (!held.has(name) && (await tryLock(client, name))) held.add(name)
      if (Date.now() < state.notBefore || !held.has(name)) {
        complete = false
        continue
      }
      try {
        await catchUp(db, state.subscriber, () => stopping)
        state.failures = 0
      } catch (error) {
        complete = false
        state.failures += 1
        state.notBefore = Date.now() + Math.min(LONGEST_WAIT_MS, retryMs * 2 ** (state.failures - 1))
        log(`subscriber ${name}: ${String(error)}`)
        await recordFailure(db, name, state.failures, error)
      }
    }
    return complete
  }
  // Whoever failed is due at `notBefore`, also where that passed while the others were served: else he would wait out the whole poll.
  const nextLook = () => Math.max(10, Math.min(pollMs, ...states.filter((s) => s.failures > 0).map((s) => s.notBefore - Date.now())))

  let waiting: (() => void)[] = []
  const serve = async (client: pg.PoolClient): Promise<void> => {
    let lost: Error | undefined
    const held = new Set<string>()
    const onLost = (error?: Error) => { lost = error ?? new Error('the listening connection ended'); bell.ring() }
    const onNotice = () => bell.ring()
    client.on('notification', onNotice)
    client.on('error', onLost)
    client.on('end', onLost)
    try {
      await client.query('listen ledger')
      while (!stopping && lost === undefined) {
        bell.reset()
        const asked = waiting
        waiting = []
        if (await round(client, held)) for (const tell of asked) tell()
        else waiting.push(...asked)
        await bell.wait(nextLook())
      }
      if (lost !== undefined) throw lost
      await client.query('unlisten *; select pg_advisory_unlock_all()')
    } finally {
      client.off('notification', onNotice)
      client.off('error', onLost)
      client.off('end', onLost)
    }
  }

  await db.query('insert into jobs.cursor (subscriber) select unnest($1::text[]) on conflict do nothing', [subscribers.map((s) => s.name)])
  const serving = (async () => {
    while (!stopping) {
      await db.withClient(serve).catch((error: unknown) => { if (!stopping) log(`subscribers: ${String(error)}; connecting again`) })
      bell.reset()
      if (!stopping) await bell.wait(1000)
    }
  })()

  return {
    caughtUp: () => new Promise((resolve) => { waiting.push(resolve); bell.ring() }),
    stop: async () => {
      stopping = true
      bell.ring()
      await serving
      for (const tell of waiting) tell()
    },
  }
}

async function tryLock(client: pg.PoolClient, name: string): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1::integer, hashtext($2)) as held', [SUBSCRIBER_LOCK, name])
  return rows[0]!.held
}

async function catchUp(db: Database, { name, batch = 100, handle }: Subscriber, stopping: () => boolean): Promise<void> {
  const [cursor] = await db.prepared<{ next: number }>('jobs-cursor', 'select next_index as next from jobs.cursor where subscriber = $1', [name])
  let next = cursor!.next
  while (!stopping()) {
    const rows = await db.prepared<Omit<LedgerEvent, 'public'> & { leaf: string }>('jobs-read-log', `
      select p.index, e.id as "entryId", e.matter_id as "matterId", e.seq, e.act, e.at, e.leaf
      from ledger.position p
      join ledger.entry e on e.id = p.entry
      where p.index >= $1
      order by p.index
      limit $2`, [next, batch])
    if (rows.length === 0) return
    await handle(rows.map(({ leaf, ...row }) => ({ ...row, public: (JSON.parse(leaf) as { public: LedgerEvent['public'] }).public })))
    next = rows.at(-1)!.index + 1
    await db.prepared('jobs-advance', 'update jobs.cursor set next_index = $2, handled_at = now(), failures = 0 where subscriber = $1', [name, next])
    if (rows.length < batch) return
  }
}

async function recordFailure(db: Database, name: string, failures: number, error: unknown): Promise<void> {
  await db.query('update jobs.cursor set failures = $2, last_error = $3, failed_at = now() where subscriber = $1', [name, failures, String(error).slice(0, 2000)])
}

/** A wait that can be cut short; a ring before the wait counts. */
class Bell {
  private rung = false
  private wake: (() => void) | undefined

  ring(): void {
    this.rung = true
    this.wake?.()
  }

  reset(): void {
    this.rung = false
  }

  async wait(ms: number): Promise<void> {
    if (this.rung) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.wake = () => { clearTimeout(timer); resolve() }
    })
    this.wake = undefined
  }
}
