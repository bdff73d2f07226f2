/** A line as text, or why it is none: longer than a line may be, or bytes that are not UTF-8. */
export type Line = { readonly text: string } | { readonly fault: 'long' | 'encoding' }

/** Bytes a line may have. The longest of 1 116 real ones has six thousand. */
export const LONGEST_LINE = 1_048_576

/**
 * The lines of a stream, split at line feeds alone: U+2028 is an ordinary character inside JSON. Nothing is decoded by guess, and of a
 * line that is too long no more is held than that it is. A byte order mark before the first line is not part of it.
 */
export async function* readLines(stream: AsyncIterable<unknown>): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let held: Buffer[] = [], bytes = 0, first = true
  const take = (part: Buffer): void => {
    bytes += part.length
    if (bytes > LONGEST_LINE) held = []
    else held.push(part)
  }
  const line = (): Line => {
    const [whole, length, mark] = [Buffer.concat(held), bytes, first]
    held = []
    bytes = 0
    first = false
    if (length > LONGEST_LINE) return { fault: 'long' }
    try {
      const text = decoder.decode(whole).replace(/\r$/, '')
      return { text: mark ? text.replace(/^\uFEFF/, '') : text }
    } catch {
      return { fault: 'encoding' }
    }
  }
  for await (const chunk of stream) {
    const part = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
    let from = 0
    for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, from)) {
      take(part.subarray(from, at))
      yield line()
      from = at + 1
    }
    take(part.subarray(from))
  }
  if (bytes > 0) yield line()
}
