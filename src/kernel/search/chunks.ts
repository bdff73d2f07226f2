/** Characters of a chunk, and how far the next one reaches back, so that a phrase on the border stands whole in one of them. */
export const CHUNK_LENGTH_MAX = 4000
export const CHUNK_OVERLAP = 80

/** Cuts at the end of a paragraph or sentence where one is near. The pieces overlap and together are the text. */
export function chunksOf(text: string): string[] {
  const chunks: string[] = []
  for (let start = 0; ;) {
    if (text.length - start <= CHUNK_LENGTH_MAX) return [...chunks, text.slice(start)]
    const window = text.slice(start, start + CHUNK_LENGTH_MAX)
    const at = Math.max(window.lastIndexOf('\n'), window.lastIndexOf('。'))
    const length = at > CHUNK_LENGTH_MAX / 2 ? at + 1 : CHUNK_LENGTH_MAX
    const end = isInsidePair(text, start + length) ? start + length - 1 : start + length
    chunks.push(text.slice(start, end))
    start = end - CHUNK_OVERLAP
    if (isInsidePair(text, start)) start -= 1
  }
}

/** Between the two halves of a character beyond the basic plane. */
const isInsidePair = (text: string, at: number): boolean => /[\udc00-\udfff]/.test(text.charAt(at)) && /[\ud800-\udbff]/.test(text.charAt(at - 1))
