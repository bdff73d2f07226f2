import type { CivilDay } from '../../base/civil-day.ts'
import type { Queryable } from '../db/database.ts'
import type { Officer } from './types.ts'

interface Kept { readonly day: CivilDay; readonly revision: number; readonly officer: Officer }

/** Officers kept at most; the one asked for longest ago goes first. */
const KEPT_MAX = 5000
const houses = new WeakMap<Queryable, Map<string, Kept>>()

/**
 * An officer's posts and authorisations as they were read, by session. They hold on that day while `org.revision` stands where it
 * stood; whether the session itself still stands is asked with every act (`access.standing`). Nothing here decides: who reads it
 * compares the revision that came with the very same read.
 */
export function keptCaller(db: Queryable, tokenHash: Buffer, day: CivilDay): Kept | undefined {
  const kept = houses.get(db)?.get(tokenHash.toString('latin1'))
  return kept?.day === day ? kept : undefined
}

export function keepCaller(db: Queryable, tokenHash: Buffer, kept: Kept): void {
  if (!houses.has(db)) houses.set(db, new Map())
  const all = houses.get(db)!
  const name = tokenHash.toString('latin1')
  all.delete(name)
  all.set(name, kept)
  if (all.size > KEPT_MAX) all.delete(all.keys().next().value!)
}
