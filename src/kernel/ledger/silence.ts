import type { Leaf } from './types.ts'

/** A duty whose day passed without an act of the matter: what anybody can prove from the log alone. */
export interface Silence {
  readonly ref: string
  /** Clock, `decide` or `decide~2`. */
  readonly clock: string
  readonly dueOn: string
  /** The last thing that happened, and when. */
  readonly lastAct: string
  readonly lastAt: string
}

/**
 * Every leaf states in `public.due` all clocks then running, `{clock: YYYY-MM-DD}`, null while suspended. So the last leaf of a
 * matter says by when the next one had to come; a stopped clock is no longer named.
 */
export class DueDays {
  private readonly last = new Map<string, Leaf>()

  see(leaf: Leaf): void {
    if (isDue(leaf.public.due)) this.last.set(leaf.ref, leaf)
  }

  /** Duties due before the civil day `asOf` about which nothing came after. */
  passed(asOf: string): Silence[] {
    return [...this.last.values()].flatMap((leaf) =>
      Object.entries(leaf.public.due as Record<string, string | null>)
        .filter(([, dueOn]) => dueOn !== null && dueOn < asOf)
        .map(([clock, dueOn]) => ({ ref: leaf.ref, clock, dueOn: dueOn!, lastAct: leaf.act, lastAt: leaf.at })))
  }
}

const isDue = (due: unknown): due is Record<string, string | null> =>
  typeof due === 'object' && due !== null && !Array.isArray(due) && Object.values(due).every((day) => day === null || typeof day === 'string')
