const RUN = /[\p{L}\p{N}\p{M}]+/gu
const HAN = /^\p{Script=Han}/u
/** tsvector clamps positions here; a chunk is far shorter. */
const POSITION_MAX = 16_383

export interface Gram { readonly term: string; readonly position: number }

/**
 * Folded text as pairs of neighbouring Chinese characters, with the last one of a run alone, and whole words of other scripts.
 * Positions run on within a run and jump between runs, so that a phrase never reaches across punctuation.
 */
export function gramsOf(folded: string): Gram[] {
  const grams: Gram[] = []
  let position = 1
  for (const [run] of folded.matchAll(RUN)) {
    for (const part of splitScripts(run)) {
      if (HAN.test(part)) {
        const characters = [...part]
        characters.forEach((character, i) => grams.push({ term: character + (characters[i + 1] ?? ''), position: position + i }))
        position += characters.length
      } else {
        grams.push({ term: part.slice(0, 64), position })
        position += 1
      }
    }
    position += 1
  }
  return grams
}

const splitScripts = (run: string): string[] => run.match(/\p{Script=Han}+|[^\p{Script=Han}]+/gu) ?? []

const quote = (term: string): string => `'${term.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

/** The text of a tsvector, weight A for what stands in a title. */
export function vectorText(grams: readonly Gram[], weight: 'A' | 'D' = 'D'): string {
  const positions = new Map<string, number[]>()
  for (const { term, position } of grams) positions.set(term, [...(positions.get(term) ?? []), Math.min(position, POSITION_MAX)])
  return [...positions].map(([term, at]) => `${quote(term)}:${at.slice(0, 255).map((p) => `${p}${weight === 'A' ? 'A' : ''}`).join(',')}`).join(' ')
}

/** One term as a tsquery. */
export const termQuery = quote

/** A phrase as a tsquery; the lone last character asks for any pair that begins with it, since more text may follow there. */
export function phraseQuery(folded: string): string | undefined {
  const runs = gramsOf(folded)
  if (runs.length === 0) return undefined
  let text = ''
  let before: Gram | undefined
  for (const [i, gram] of runs.entries()) {
    const single = [...gram.term].length === 1 && HAN.test(gram.term)
    const last = i === runs.length - 1
    // In the middle of a run of pairs the lone last character is already said by the pair before it.
    if (single && before !== undefined && before.position === gram.position - 1 && [...before.term].length === 2 && HAN.test(before.term)) continue
    const term = quote(gram.term) + (single || (last && !HAN.test(gram.term)) ? ':*' : '')
    if (before === undefined) text = term
    else text += gram.position - before.position === 1 ? ` <-> ${term}` : ` & ${term}`
    before = gram
  }
  return text
}
