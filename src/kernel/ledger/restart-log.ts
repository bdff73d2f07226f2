import { rfc3339 } from '../../base/civil-day.ts'
import { openCheckpoint, parseVerifierKey } from '../../base/signed-note.ts'
import { equalBytes, toBase64 } from '../../base/bytes.ts'
import type { Database } from '../db/database.ts'
import { entryRows, newLogRef, prepareEntry } from './entry.ts'
import { refuse } from './errors.ts'
import { contains } from './published.ts'
import type { LogSigner } from './keys.ts'
import { publish } from './number-entries.ts'
import { SEQUENCER_LOCK } from './sequencer.ts'
import { EMPTY_ROOT } from './tree.ts'

export interface RestartFacts {
  /** The newest checkpoint that anybody saw of the old log: the signed note. */
  readonly published: string
  /** The log that goes on: another origin; the old key, or a new one where the old one is lost or known to others. */
  readonly signer: LogSigner
  /** Organisation code under which the restart stands in the log. */
  readonly org: string
  readonly at: Date
}

/**
 * After a restore to before a published checkpoint the old log cannot go on, for it would sign a second history; nor can it without
 * its key. A new one begins with a checkpoint of its own; its first entry `ledger.restarted` names the old checkpoint, then come the
 * entries there are, in their old order, then those that were pending. The sequencer numbers them at its next start. With the owner's
 * login, while no sequencer runs. `kept` entries were in the old log, `lost` are no longer.
 * Refuses `ledger/checkpoint-unusable`, `ledger/nothing-lost`, `ledger/sequencer-running`, `ledger/wrong-origin` (the new origin must be new).
 */
export async function restartLog(admin: Database, { published, signer, org, at }: RestartFacts): Promise<{ lost: number; kept: number }> {
  return admin.withClient(async (client) => {
    await client.query('begin')
    try {
      const { rows: [lock] } = await client.query<{ held: boolean }>('select pg_try_advisory_xact_lock($1) as held', [SEQUENCER_LOCK])
      if (!lock!.held) throw refuse('sequencer-running')
      const { rows: [head] } = await client.query<{ size: string | number; origin: string | null; key: string | null }>('select size, origin, key from ledger.head for update')
      if (!head || head.origin === null) throw refuse('checkpoint-unusable')
      const oldKey = parseVerifierKey(head.key!)!
      const opened = await openCheckpoint(published, oldKey)
      if (!('checkpoint' in opened)) throw refuse('checkpoint-unusable')
      const { origin, size, root } = opened.checkpoint
      const sameKey = equalBytes(oldKey.publicKey, parseVerifierKey(signer.verifierKey)!.publicKey)
      if (sameKey && (await contains(client, opened.checkpoint))) throw refuse('nothing-lost')
      const { rowCount: used } = await client.query('select 1 from ledger.checkpoint where origin = $1 limit 1', [signer.origin])
      if (used !== 0 || signer.origin === origin) throw refuse('wrong-origin', { found: origin, wanted: signer.origin })

      const first = prepareEntry({
        ref: newLogRef(), seq: 1, act: 'ledger.restarted', at: rfc3339(at), org, ground: 'C2SP tlog-checkpoint',
        public: { origin, size, root: toBase64(root), kept: Number(head.size) }, private: {},
      })
      await client.query('create temporary table earlier on commit drop as select entry, row_number() over (order by index) as n from ledger.position')
      await client.query('create temporary table waiting on commit drop as select entry, row_number() over (order by added) as n from ledger.pending')
      await client.query('truncate ledger.position, ledger.subtree, ledger.pending')
      for (const { table, row } of entryRows(first, null)) {
        const columns = Object.keys(row)
        await client.query(`insert into ${table} (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`, Object.values(row))
      }
      await client.query('insert into ledger.pending (entry) select entry from earlier order by n')
      await client.query('insert into ledger.pending (entry) select entry from waiting order by n')
      await client.query('update ledger.head set size = 0, origin = $1, key = $2', [signer.origin, signer.verifierKey])
      await publish(client, signer, 0, EMPTY_ROOT)
      await client.query('commit')
      return { lost: Math.max(0, size - Number(head.size)), kept: Number(head.size) }
    } catch (error) {
      await client.query('rollback')
      throw error
    }
  })
}
