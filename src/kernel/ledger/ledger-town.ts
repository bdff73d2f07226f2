import { generateKeyPairSync } from 'node:crypto'
import pg from 'pg'
import type { Database } from '../db/database.ts'
import { entryRows, newLogRef, prepareEntry } from './entry.ts'
import { type LogSigner, signerOf } from './keys.ts'
import { numberEntries, resumeTree } from './number-entries.ts'
import type { LeafFacts, LogRef, PreparedEntry } from './types.ts'

/** For tests and benches: entries as an act writes them, and one checkpoint at a time. */

export const freshSigner = (origin = 'test.example/log'): LogSigner => signerOf(origin, generateKeyPairSync('ed25519').privateKey)

export const factsOf = (seq: number, more: Partial<LeafFacts> = {}): LeafFacts => ({
  ref: newLogRef(), seq, act: 'cases.accepted', at: '2026-03-02T09:00:00+08:00', org: '11110102000000000X', ground: '行政许可法 第三十二条第一款第五项',
  public: { due: { decide: '2026-03-30' } }, private: { applicant: '张三', 意见: '符合受理条件' }, ...more,
})

/** Commits one act's entry by one data-modifying statement, as flow does. */
export async function act(db: Database, facts: LeafFacts, matterId: string | null = null): Promise<PreparedEntry> {
  const prepared = prepareEntry(facts)
  const values: unknown[] = []
  const parts = entryRows(prepared, matterId).map(({ table, row }, i) => {
    const places = Object.entries(row).map(([column, value]) => {
      values.push(column === 'private' ? JSON.stringify(value) : value)
      return `$${values.length}`
    })
    return `w${i} as (insert into ${table} (${Object.keys(row).join(', ')}) values (${places.join(', ')}))`
  })
  await db.query(`with ${parts.join(', ')} select 1`, values)
  return prepared
}

/** `count` acts of one matter, numbered 1 … */
export async function acts(db: Database, count: number, ref: LogRef = newLogRef()): Promise<PreparedEntry[]> {
  const done: PreparedEntry[] = []
  for (let seq = 1; seq <= count; seq += 1) done.push(await act(db, factsOf(seq, { ref })))
  return done
}

/** Numbers everything that is pending and publishes, at once and in this process. Returns the size. */
export async function sequence(url: string, signer: LogSigner, batch = 100_000): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    let tree = await resumeTree(client, signer)
    for (;;) {
      const result = await numberEntries(client, signer, tree, batch)
      if (!result) return tree.size
      tree = result.tree
    }
  } finally {
    await client.end()
  }
}
