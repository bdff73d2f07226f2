import { refuse, refuseInput } from './errors.ts'
import { decodeUtf8, demandKey } from './strict-json.ts'

const FIELDS_MAX = 2000
const DEPTH_MAX = 12
const NAME = /^[^.[\]]+(?:\.[^.[\]]+|\[[^[\]]*\])*$/

type Node = string | string[] | Map<string, Node>

const bad = (name: string, code: string, zh: string, en: string) =>
  refuseInput('unparsable', {}, { errors: [{ path: `/${name.slice(0, 100)}`, code, message: { zh, en } }] })

/** Decodes `a=b&c=d`; malformed percent signs and bytes that are not UTF-8 refuse with `http/bad-url`. */
export function decodePairs(text: string): [name: string, value: string][] {
  const pairs: [string, string][] = []
  for (const part of text.split('&')) {
    if (part === '') continue
    const at = part.indexOf('=')
    pairs.push(at < 0 ? [decode(part), ''] : [decode(part.slice(0, at)), decode(part.slice(at + 1))])
  }
  return pairs
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw refuse('bad-url')
  }
}

/** The query of an address: a name given twice is refused unless it ends in `[]`, which gives a list. An empty value means not given. */
export const parseQuery = (text: string): Record<string, unknown> => text === '' ? {} : toObject(nest(decodePairs(text), false))

/**
 * A posted form as nested values: `applicant.name`, `materials[0].fileId` and `a[b]` nest, `topics[]` gives a list, numbers in
 * brackets give lists in their order. A field left empty is one not given, as paper has it. A name that comes twice is refused.
 */
export const parseForm = (bytes: Buffer): Record<string, unknown> => toObject(nest(decodePairs(decodeUtf8(bytes)), true))

function nest(pairs: readonly [string, string][], nested: boolean): Map<string, Node> {
  if (pairs.length > FIELDS_MAX) throw bad('', 'fields', '字段过多', 'There are too many fields')
  const root = new Map<string, Node>()
  for (const [name, value] of pairs) put(root, name, segments(name, nested), value)
  return root
}

/** `a.b[0].c` → a, b, 0, c; a last empty segment means "append". */
function segments(name: string, nested: boolean): string[] {
  if (name === '') throw bad(name, 'name', '字段没有名称', 'A field has no name')
  const parts = nested && NAME.test(name) ? name.replaceAll(']', '').split(/[.[]/) : name.endsWith('[]') ? [name.slice(0, -2), ''] : [name]
  if (parts.length > DEPTH_MAX) throw bad(name, 'depth', '字段嵌套过深', 'The field is nested too deeply')
  for (const part of parts) demandKey(part, '')
  return parts
}

function put(root: Map<string, Node>, name: string, parts: readonly string[], value: string): void {
  const clash = () => bad(name, 'duplicate', `“${name.slice(0, 50)}”出现了两次`, `“${name.slice(0, 50)}” is given twice`)
  const appends = parts[parts.length - 1] === ''
  const keys = appends ? parts.slice(0, -1) : parts
  let at = root
  for (const key of keys.slice(0, -1)) {
    const next = at.get(key) ?? new Map<string, Node>()
    if (!(next instanceof Map)) throw clash()
    at.set(key, next)
    at = next
  }
  const last = keys[keys.length - 1]
  if (last === undefined || last === '') throw bad(name, 'name', '字段名称有误', 'The name of a field is wrong')
  const there = at.get(last)
  if (appends) {
    if (there !== undefined && !Array.isArray(there)) throw clash()
    at.set(last, value === '' ? there ?? [] : [...(there ?? []), value])
  } else {
    if (there !== undefined) throw clash()
    at.set(last, value)
  }
}

function toObject(map: Map<string, Node>): Record<string, unknown> {
  const object: Record<string, unknown> = {}
  for (const [key, node] of map) if (node !== '') object[key] = toValue(node)
  return object
}

function toValue(node: Node): unknown {
  if (!(node instanceof Map)) return node
  const keys = [...node.keys()]
  if (!keys.every((key) => /^\d{1,4}$/.test(key))) return toObject(node)
  return keys.sort((a, b) => Number(a) - Number(b)).map((key) => toValue(node.get(key)!))
}
