import { VARIANTS } from './variants.ts'

const known = new Map<string, string>()

/** One character as it is searched: full width as half, lower case, traditional as simplified (NFKC first). */
function foldOne(character: string): string {
  let folded = known.get(character)
  if (folded === undefined) {
    folded = [...character.normalize('NFKC').toLowerCase()].map((c) => VARIANTS.get(c) ?? c).join('')
    known.set(character, folded)
  }
  return folded
}

export function fold(text: string): string {
  let folded = ''
  for (const character of text) folded += foldOne(character)
  return folded
}

/** As `fold`, and for every UTF-16 unit of the folded text where its original begins; one more for the end. */
export function foldMapped(text: string): { readonly folded: string; readonly origin: readonly number[] } {
  let folded = ''
  const origin: number[] = []
  let at = 0
  for (const character of text) {
    const piece = foldOne(character)
    for (let i = 0; i < piece.length; i += 1) origin.push(at)
    folded += piece
    at += character.length
  }
  origin.push(at)
  return { folded, origin }
}
