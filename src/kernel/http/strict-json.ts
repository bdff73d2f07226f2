import { refuseInput } from './errors.ts'
import type { InputError } from '../../base/refusal.ts'
import { pointer } from '../input/check.ts'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })
const DEPTH_MAX = 64
/** Keys that would reach an object's prototype when somebody merges what was sent. */
const POLLUTING = new Set(['__proto__', 'constructor', 'prototype'])

const bad = (path: string, code: string, zh: string, en: string) =>
  refuseInput('unparsable', {}, { errors: [{ path, code, message: { zh, en } }] })

/** Bytes as text; refuses `input/unparsable` where they are not UTF-8. */
export function decodeUtf8(bytes: Buffer): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw bad('', 'encoding', '内容不是有效的 UTF-8 文本', 'The content is not valid UTF-8')
  }
}

/**
 * JSON as RFC 8259 means it, and stricter where parsers disagree: a key that comes twice, a key of the prototype, or nesting
 * beyond 64 levels is refused, because the next program might read it differently. Refuses `input/unparsable`.
 */
export function parseStrictJson(bytes: Buffer): unknown {
  const text = decodeUtf8(bytes)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw bad('', 'json', '内容不是有效的 JSON', 'The content is not valid JSON')
  }
  checkKeys(text)
  return value
}

/** Walks text already known to be JSON, looking at keys only. */
function checkKeys(text: string): void {
  const open: (Set<string> | null)[] = []
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i]
    if (character === '{' || character === '[') {
      if (open.length === DEPTH_MAX) throw bad('', 'depth', '内容嵌套过深', 'The content is nested too deeply')
      open.push(character === '{' ? new Set() : null)
    } else if (character === '}' || character === ']') {
      open.pop()
    } else if (character === '"') {
      const start = i
      for (i += 1; text[i] !== '"'; i += 1) if (text[i] === '\\') i += 1
      const keys = open[open.length - 1]
      if (keys && followedByColon(text, i + 1)) {
        const key = JSON.parse(text.slice(start, i + 1)) as string
        demandKey(key, '')
        if (keys.has(key)) throw bad(pointer([key]), 'duplicate', `“${key.slice(0, 50)}”出现了两次`, `“${key.slice(0, 50)}” is given twice`)
        keys.add(key)
      }
    }
  }
}

function followedByColon(text: string, from: number): boolean {
  let i = from
  while (text[i] === ' ' || text[i] === '\n' || text[i] === '\r' || text[i] === '\t') i += 1
  return text[i] === ':'
}

/** Refuses a key that would reach a prototype. */
export function demandKey(key: string, where: string): void {
  if (POLLUTING.has(key)) throw bad(`${where}${pointer([key])}`, 'key', `不接受名为“${key}”的字段`, `A field named “${key}” is not accepted`)
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/** Every text in a value that no database column can hold: NUL characters and lone surrogates. Also looks at keys. */
export function unstorableTexts(value: unknown, path: readonly PropertyKey[] = []): InputError[] {
  if (typeof value === 'string') {
    if (!value.includes('\0') && !LONE_SURROGATE.test(value)) return []
    return [{ path: pointer(path), code: 'characters', message: { zh: '含有无法保存的字符', en: 'Contains characters that cannot be stored' } }]
  }
  if (Array.isArray(value)) return value.flatMap((member, i) => unstorableTexts(member, [...path, i]))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => [...unstorableTexts(key, path), ...unstorableTexts(member, [...path, key])])
}
