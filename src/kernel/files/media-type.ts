import { open } from 'node:fs/promises'
import { fileTypeFromFile } from 'file-type'

/** What may be uploaded. No archives, no macros, nothing that a browser would run (HTML, SVG, GIF's tricks included). */
export const MEDIA_TYPES = [
  'application/pdf', 'image/png', 'image/jpeg', 'image/webp',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/ofd', 'text/plain', 'text/csv',
] as const

/**
 * The media type by content; the name decides only between text and CSV. Text is UTF-8, else GB 18030 (`; charset=gb18030`),
 * without control characters and not markup or a script. Undefined: bytes that nothing was recognised in.
 */
export async function mediaTypeOf(path: string, name: string): Promise<string | undefined> {
  const known = (await fileTypeFromFile(path))?.mime
  if (known === 'application/zip') return (await isOfd(path)) ? 'application/ofd' : known
  if (known !== undefined) return known
  const text = await readAsText(path)
  if (text === undefined) return undefined
  if (/^\s*<[!?/a-z]/i.test(text.head)) return 'text/html'
  if (text.head.startsWith('#!')) return 'text/x-script'
  const type = /\.csv$/i.test(name) ? 'text/csv' : 'text/plain'
  return text.charset === 'utf-8' ? type : `${type}; charset=${text.charset}`
}

/** GB/T 33190: a ZIP whose entry point is `OFD.xml` at the top. Its name stands in the central directory at the end. */
async function isOfd(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const tail = Buffer.alloc(Math.min(size, 1 << 20))
    await file.read(tail, 0, tail.length, size - tail.length)
    for (let at = tail.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = tail.indexOf('PK\x01\x02', at + 4, 'latin1')) {
      if (at + 46 > tail.length) return false
      if (tail.toString('latin1', at + 46, at + 46 + tail.readUInt16LE(at + 28)) === 'OFD.xml') return true
    }
    return false
  } finally {
    await file.close()
  }
}

async function readAsText(path: string): Promise<{ head: string; charset: string } | undefined> {
  for (const charset of ['utf-8', 'gb18030']) {
    const head = await decodeAll(path, charset)
    if (head !== undefined) return { head, charset }
  }
  return undefined
}

/** The beginning of the text, or undefined where some byte is not of this charset or is a control character. */
async function decodeAll(path: string, charset: string): Promise<string | undefined> {
  const decoder = new TextDecoder(charset, { fatal: true })
  const file = await open(path)
  let head = ''
  try {
    for await (const chunk of file.createReadStream({ autoClose: false })) {
      const text = decode(decoder, chunk as Buffer)
      if (text === undefined || hasControls(text)) return undefined
      if (head.length < 1024) head += text.slice(0, 1024)
    }
    return decode(decoder) === undefined ? undefined : head
  } finally {
    await file.close()
  }
}

function decode(decoder: InstanceType<typeof TextDecoder>, chunk?: Buffer): string | undefined {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
  } catch (error) {
    if (error instanceof TypeError) return undefined // fatal: not of this charset
    throw error
  }
}

const hasControls = (text: string): boolean => /[^\P{Cc}\t\n\f\r]/u.test(text)
