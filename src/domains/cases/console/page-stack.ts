/** What becomes of one page: the material it is given to, left out (a blank side), or neither yet; and by how many degrees it is turned. */
export interface StackPage { readonly to: string | null; readonly leftOut: boolean; readonly turn: 0 | 90 | 180 | 270 }

/** A scanned stack while it is sorted into materials. `at` is the index of the page looked at; `before` is what undoing goes back to. */
export interface PageStack { readonly pages: readonly StackPage[]; readonly at: number; readonly before: PageStack | null }

/** Pages in a row that go the same way; `from` and `to` count from one, both included. */
export interface Run { readonly from: number; readonly to: number; readonly material: string | null; readonly leftOut: boolean }

const FRESH: StackPage = { to: null, leftOut: false, turn: 0 }
export const stackOf = (count: number): PageStack => ({ pages: Array.from({ length: count }, () => FRESH), at: 0, before: null })

export const goTo = (stack: PageStack, at: number): PageStack => ({ ...stack, at: Math.min(Math.max(at, 0), stack.pages.length - 1) })
const isDecided = ({ to, leftOut }: StackPage): boolean => to !== null || leftOut
const change = (stack: PageStack, from: number, to: number, as: Partial<StackPage>): PageStack =>
  ({ ...stack, pages: stack.pages.map((page, i) => (i >= from && i <= to ? { ...page, ...as } : page)), before: stack })

/** This page to that material, and on to the next page. */
export const give = (stack: PageStack, material: string): PageStack => goTo(change(stack, stack.at, stack.at, { to: material, leftOut: false }), stack.at + 1)

/** A blank side goes nowhere; on to the next page. */
export const leaveOut = (stack: PageStack): PageStack => goTo(change(stack, stack.at, stack.at, { to: null, leftOut: true }), stack.at + 1)

/**
 * This page, and the pages passed on the way to it that are not given yet, to the material of the last given page before them: a long
 * paper is paged through to its end and closed by one key. Null where no page before is given.
 */
export function giveUpToHere(stack: PageStack): PageStack | null {
  const last = stack.pages.findLastIndex((page, i) => i < stack.at && isDecided(page))
  const given = stack.pages.findLast((page, i) => i <= last && page.to !== null)
  return given ? goTo(change(stack, last + 1, stack.at, { to: given.to, leftOut: false }), stack.at + 1) : null
}

/** A quarter to the right. */
export const turn = (stack: PageStack): PageStack => change(stack, stack.at, stack.at, { turn: (((stack.pages[stack.at]?.turn ?? 0) + 90) % 360) as StackPage['turn'] })

/** The last thing done to a page, not the paging. */
export const undo = (stack: PageStack): PageStack => stack.before ?? stack

/** Pages of materials that are no longer asked for are not given. */
export const among = (stack: PageStack, materials: readonly string[]): PageStack =>
  (stack.pages.every(({ to }) => to === null || materials.includes(to)) ? stack : { ...stack, pages: stack.pages.map((page) => (page.to === null || materials.includes(page.to) ? page : { ...page, to: null })) })

/** Index of the first page that is neither given nor left out; -1 when there is none. */
export const firstOpen = (stack: PageStack): number => stack.pages.findIndex((page) => !isDecided(page))

/** Everything decided, and something given. */
export const isSorted = (stack: PageStack): boolean => firstOpen(stack) === -1 && stack.pages.some(({ to }) => to !== null)

/** Indexes of the pages of each material, in their order, by the order in which the materials first occur. */
export function partsOf(stack: PageStack): ReadonlyMap<string, readonly number[]> {
  const parts = new Map<string, number[]>()
  for (const [i, { to }] of stack.pages.entries()) if (to !== null) parts.set(to, [...parts.get(to) ?? [], i])
  return parts
}

export function runsOf(stack: PageStack): readonly Run[] {
  const runs: Run[] = []
  for (const [i, { to: material, leftOut }] of stack.pages.entries()) {
    const last = runs.at(-1)
    if (last && last.material === material && last.leftOut === leftOut) runs[runs.length - 1] = { ...last, to: i + 1 }
    else runs.push({ from: i + 1, to: i + 1, material, leftOut })
  }
  return runs
}

const STEM_LENGTH = 80
/** `扫描.pdf` and the indexes 0, 1, 2, 5: `扫描_p1-3,6.pdf`. */
export function partName(original: string, pages: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const page of pages) {
    const last = ranges.at(-1)
    if (last?.[1] === page) last[1] = page + 1
    else ranges.push([page + 1, page + 1])
  }
  const said = ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',')
  return `${original.replace(/\.[^.]*$/, '').slice(0, STEM_LENGTH)}_p${said.slice(0, STEM_LENGTH)}.pdf`
}
