import type pg from 'pg'
import { refuse } from './errors.ts'
import type { LogSigner } from './keys.ts'
import { EMPTY_ROOT, TreeEdge, type Subtree } from './tree.ts'

/**
 * Fixes origin and key at the first checkpoint and publishes the checkpoint of the empty tree; later only checks that both are
 * still the same. Returns the tree's edge as the database has it.
 * Refuses `ledger/wrong-origin`, `ledger/wrong-key`.
 */
export async function resumeTree(client: pg.ClientBase, signer: LogSigner): Promise<TreeEdge> {
  await inTransaction(client, async () => {
    const { rows: [head] } = await client.query<{ origin: string | null; key: string | null; size: string | number }>('select origin, key, size from ledger.head for update')
    if (!head) throw new Error('ledger.head has no row')
    if (head.origin !== null) return demandSameLog({ origin: head.origin, key: head.key! }, signer)
    await client.query('update ledger.head set origin = $1, key = $2 where origin is null', [signer.origin, signer.verifierKey])
    await publish(client, signer, 0, EMPTY_ROOT)
  })
  const { rows: [head] } = await client.query<{ size: string | number }>('select size from ledger.head')
  return TreeEdge.resume(Number(head!.size), async (level, from, width) => {
    const { rows } = level === 0
      ? await client.query<{ hash: Buffer }>('select leaf_hash as hash from ledger.position where index >= $1 and index < $2 order by index', [from, from + width])
      : await client.query<{ hash: Buffer }>('select hash from ledger.subtree where level = $1 and index >= $2 and index < $3 order by index', [level, from, from + width])
    return rows.map((row) => row.hash)
  })
}

/** Origin and key are fixed at the first checkpoint. Refuses `ledger/wrong-origin`, `ledger/wrong-key`. */
export function demandSameLog(found: { readonly origin: string; readonly key: string }, signer: LogSigner): void {
  if (found.origin !== signer.origin) throw refuse('wrong-origin', { found: found.origin, wanted: signer.origin })
  if (found.key !== signer.verifierKey) throw refuse('wrong-key', { found: found.key, wanted: signer.verifierKey })
}

/** Another sequencer was quicker, or the database was changed behind this one. Nothing was written. */
export class HeadMoved extends Error {}

/**
 * Numbers committed entries that have no position yet, in the order they were added, and publishes the checkpoint of the larger
 * tree: one transaction, so that either all of it is there or nothing. Pending rows are taken by what is visible, never by a
 * cursor, because an entry with a smaller `added` may commit later.
 * @returns the grown tree, or null where nothing was pending.
 * @throws HeadMoved when the tree in the database is not the one given.
 */
export async function numberEntries(client: pg.ClientBase, signer: LogSigner, tree: TreeEdge, batch: number): Promise<{ tree: TreeEdge; numbered: number } | null> {
  const { rows } = await client.query<{ entry: string; leaf_hash: Buffer }>(
    'select p.entry, e.leaf_hash from ledger.pending p join ledger.entry e on e.id = p.entry order by p.added limit $1',
    [batch],
  )
  if (rows.length === 0) return null
  const grown = tree.clone()
  const subtrees: Subtree[] = rows.flatMap((row) => grown.append(row.leaf_hash))
  const root = grown.root()
  const entries = rows.map((row) => row.entry)
  await inTransaction(client, async () => {
    // Compare and swap. A second sequencer waits here for the first one's commit and then finds another size.
    const swapped = await client.query('update ledger.head set size = $1 where size = $2 and origin = $3', [grown.size, tree.size, signer.origin])
    if (swapped.rowCount !== 1) throw new HeadMoved(`the tree no longer has ${tree.size} entries`)
    await client.query(
      'insert into ledger.position (index, entry, leaf_hash) select $1::bigint + n - 1, entry, leaf_hash from unnest($2::uuid[], $3::bytea[]) with ordinality as new (entry, leaf_hash, n)',
      [tree.size, entries, rows.map((row) => row.leaf_hash)],
    )
    if (subtrees.length > 0) {
      await client.query(
        'insert into ledger.subtree (level, index, hash) select * from unnest($1::smallint[], $2::bigint[], $3::bytea[])',
        [subtrees.map((s) => s.level), subtrees.map((s) => s.index), subtrees.map((s) => s.hash)],
      )
    }
    const gone = await client.query('delete from ledger.pending where entry = any($1::uuid[])', [entries])
    if (gone.rowCount !== entries.length) throw new HeadMoved('pending entries were numbered by another')
    await publish(client, signer, grown.size, root)
    // Commit point. The checkpoint is public from here on; if we die before, it was never seen.
  })
  return { tree: grown, numbered: rows.length }
}

/** The signed head of a tree, within the transaction that makes it true. */
export const publish = (client: pg.ClientBase, signer: LogSigner, size: number, root: Uint8Array) =>
  client.query('insert into ledger.checkpoint (origin, size, root, note) values ($1, $2, $3, $4)', [signer.origin, size, root, signer.sign({ size, root })])

async function inTransaction(client: pg.ClientBase, work: () => Promise<unknown>): Promise<void> {
  await client.query('begin')
  try {
    await work()
    await client.query('commit')
  } catch (error) {
    // On a broken connection there is nothing to roll back, and its own error is the one to tell.
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}
