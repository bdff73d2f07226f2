import pg from 'pg'
import { Refusal } from '../../base/refusal.ts'
import type { LogSigner } from './keys.ts'
import { HeadMoved, numberEntries, resumeTree } from './number-entries.ts'
import { demandNotBelow, rememberPublished } from './published.ts'
import type { TreeEdge } from './tree.ts'

/** Session lock of the one sequencer of a database. */
export const SEQUENCER_LOCK = 7_024_841

export interface SequencerOptions {
  /** Session connection of role mingtang_sequencer; not through a transaction pooler. */
  readonly url: string
  readonly signer: LogSigner
  /** Least time between two checkpoints; default 1000. */
  readonly everyMs?: number
  /** How often it looks for work while there is none; default 200. */
  readonly pollMs?: number
  /** Entries in one checkpoint at most; default 10,000. More wait for the next one, which follows at once. */
  readonly batch?: number
  /** Where the last published checkpoint is remembered outside the database; a database restored to before it is refused. */
  readonly publishedFile?: string
  readonly log?: (line: string) => void
  /** Told after each checkpoint, when it is public. */
  readonly onNumbered?: (size: number) => void
}

export interface Sequencer {
  /** Resolves when this sequencer holds the lock and knows the tree; rejects with the refusal that stopped it. */
  readonly ready: Promise<void>
  /** Rejects when the sequencer must not go on: origin, key or a published checkpoint does not fit. Resolves when stopped. */
  readonly done: Promise<void>
  /** Finishes the checkpoint under way and lets go of the lock. */
  stop(): Promise<void>
}

const BACKOFF_MS = { least: 100, most: 10_000 }

/**
 * Gives committed entries their index and publishes checkpoints, about one a second while there is work. One at a time over all
 * processes; the others stand by for the lock. A lost database is waited for as long as it takes. What stands in the database
 * decides: every reconnection reads the tree anew, so a commit whose answer was lost is neither repeated nor forgotten.
 */
export function startSequencer(options: SequencerOptions): Sequencer {
  const { everyMs = 1000, pollMs = 200, batch = 10_000, log = () => undefined } = options
  let stopped = false
  let wake: (() => void) | undefined
  const pause = (ms: number) => new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    wake = () => (clearTimeout(timer), resolve())
  })
  let isReady: () => void
  let failed: (error: unknown) => void
  const ready = new Promise<void>((resolve, reject) => ([isReady, failed] = [resolve, reject]))
  ready.catch(() => undefined) // whoever awaits `ready` hears of it; `done` tells the rest

  /** Holds the lock and numbers until told to stop or something breaks. */
  async function serve(client: pg.Client): Promise<void> {
    while (!stopped && !(await takeLock(client))) await pause(everyMs)
    if (stopped) return
    let tree: TreeEdge = await resumeTree(client, options.signer)
    await demandNotBelow(client, options.signer, options.publishedFile)
    isReady()
    while (!stopped) {
      const result = await numberEntries(client, options.signer, tree, batch)
      if (result) {
        tree = result.tree
        await rememberPublished(client, options.signer, options.publishedFile)
        // A statement of its own: NOTIFY locks the whole database at commit, which no acting transaction may wait for.
        await client.query("select pg_notify('ledger', $1)", [String(tree.size)])
        options.onNumbered?.(tree.size)
      }
      if (stopped || result?.numbered === batch) continue
      await pause(result === null ? pollMs : everyMs)
    }
  }

  async function run(): Promise<void> {
    let backoff = BACKOFF_MS.least
    while (!stopped) {
      const client = new pg.Client({ connectionString: options.url, application_name: 'mingtang-sequencer', keepAlive: true })
      client.on('error', () => undefined) // the statement under way, or the next one, reports it
      try {
        await client.connect()
        await client.query('set synchronous_commit = on')
        backoff = BACKOFF_MS.least
        await serve(client)
      } catch (error) {
        if (error instanceof Refusal) throw error
        if (!(error instanceof HeadMoved)) log(`sequencer: ${error instanceof Error ? error.message : String(error)}; again in ${backoff} ms`)
        if (!stopped) await pause(backoff)
        backoff = Math.min(backoff * 2, BACKOFF_MS.most)
      } finally {
        await client.end().catch(() => undefined)
      }
    }
  }

  const done = run().catch((error: unknown) => {
    failed(error)
    throw error
  })
  done.catch(() => undefined)
  return {
    ready,
    done,
    stop: async () => {
      stopped = true
      wake?.()
      await done.catch(() => undefined) // its refusal was told by `done`
    },
  }
}

async function takeLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [SEQUENCER_LOCK])
  return rows[0]!.held
}
