import { refuse } from './errors.ts'

/** Characters at most: the largest models in public repositories are a tenth of it. */
const LARGEST = 4_000_000

/** Text of an XML file in the encoding it declares. Document types (and with them entities) have no place in BPMN and are refused. */
export function decodeXml(file: string | Uint8Array): string {
  if (file.length > LARGEST) throw refuse('not-bpmn', { detail: `larger than ${LARGEST / 1_000_000} MB` })
  const xml = typeof file === 'string' ? file.replace(/^\uFEFF/, '') : decode(file)
  if (xml.includes('\u0000') || xml.includes('\uFFFD')) throw refuse('not-bpmn', { detail: 'characters that XML does not allow; wrong encoding?' })
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) throw refuse('not-bpmn', { detail: 'document types and entities are not accepted' })
  if (!/^\s*</.test(xml)) throw refuse('not-bpmn', { detail: 'does not begin as XML' })
  return xml
}

function decode(bytes: Uint8Array): string {
  const declared = /^<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)["']/.exec(new TextDecoder('latin1').decode(bytes.subarray(0, 200)).replace(/^ï»¿/, ''))?.[1]
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : (declared ?? 'utf-8')
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw refuse('not-bpmn', { detail: `bytes that are not ${encoding.slice(0, 40)}` })
  }
}
