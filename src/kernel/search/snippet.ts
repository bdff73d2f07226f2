import { foldMapped } from './fold.ts'

/** Text with the places that were asked for, `[from, to)` in UTF-16 units: marks as data, so that whoever shows it escapes the text. */
export interface Marked { readonly text: string; readonly marks: readonly (readonly [from: number, to: number])[] }

/** The part of a text, at most about `lengthMax` units, with most of what was asked (`terms` folded), and where. */
export function snippet(text: string, terms: readonly string[], lengthMax: number): Marked {
  const { folded, origin } = foldMapped(text)
  const all = merge(terms.filter((term) => term !== '').flatMap((term) => placesOf(folded, term)).map(([from, to]) => [origin[from]!, origin[to]!] as const))
  if (text.length <= lengthMax) return { text, marks: all }
  const start = bestStart(all, lengthMax, text.length)
  const from = /[\udc00-\udfff]/.test(text.charAt(start)) ? start - 1 : start
  const end = Math.min(text.length, from + lengthMax)
  const to = /[\udc00-\udfff]/.test(text.charAt(end)) ? end + 1 : end
  const before = from > 0 ? '…' : ''
  const marks = all.filter(([a, b]) => b > from && a < to).map(([a, b]) => [Math.max(a, from) - from + before.length, Math.min(b, to) - from + before.length] as const)
  return { text: `${before}${text.slice(from, to)}${to < text.length ? '…' : ''}`, marks }
}

function placesOf(folded: string, term: string): [number, number][] {
  const places: [number, number][] = []
  for (let at = folded.indexOf(term); at >= 0 && places.length < 200; at = folded.indexOf(term, at + term.length)) places.push([at, at + term.length])
  return places
}

function merge(places: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const merged: [number, number][] = []
  for (const [from, to] of places.toSorted((a, b) => a[0] - b[0])) {
    const last = merged[merged.length - 1]
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}

/** The window with the most marked characters, long marks counting more; a little text is left before its first mark. */
function bestStart(marks: readonly (readonly [number, number])[], length: number, textLength: number): number {
  let best = 0
  let start = 0
  for (const [i, [from]] of marks.entries()) {
    let weight = 0
    for (let j = i; j < marks.length && marks[j]![1] <= from + length; j += 1) weight += (marks[j]![1] - marks[j]![0]) ** 2
    if (weight > best) [best, start] = [weight, from]
  }
  return Math.max(0, Math.min(start - 20, textLength - length))
}
