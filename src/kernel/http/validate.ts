import { z } from 'zod'
import type { InputError } from '../../base/refusal.ts'
import { inputErrors } from '../input/check.ts'
import { refuseInput } from './errors.ts'
import { unstorableTexts } from './strict-json.ts'

// One way of parsing on server and in browsers, where the page's policy forbids generated code.
z.config({ jitless: true })

const ERRORS_MAX = 100

/** The value as its schema gives it. Refuses `input/invalid` with a JSON Pointer for each place; `where` stands before them. */
export function validate<T>(schema: z.ZodType<T>, value: unknown, where = ''): T {
  const unstorable = unstorableTexts(value)
  if (unstorable.length > 0) throw invalid(unstorable, where)
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw invalid(inputErrors(result.error), where)
}

/**
 * As `validate` for what a form or an address sent: everything is text there, so where the schema wants a number or yes/no and
 * the text is exactly that (`3`, `true`, `on`), it is read so.
 */
export function validateTexts<T>(schema: z.ZodType<T>, value: Record<string, unknown>, where = ''): T {
  const first = schema.safeParse(value)
  if (first.success && unstorableTexts(value).length === 0) return first.data
  const retyped = structuredClone(value)
  for (const issue of first.error?.issues ?? []) if (issue.code === 'invalid_type') retype(retyped, issue.path, issue.expected)
  return validate(schema, retyped, where)
}

function retype(root: Record<string, unknown>, path: readonly PropertyKey[], expected: string): void {
  let at: unknown = root
  for (const step of path.slice(0, -1)) {
    if (typeof at !== 'object' || at === null) return
    at = (at as Record<PropertyKey, unknown>)[step]
  }
  const last = path[path.length - 1]
  if (typeof at !== 'object' || at === null || last === undefined || !Object.hasOwn(at, last)) return
  const holder = at as Record<PropertyKey, unknown>
  const text = holder[last]
  if (typeof text !== 'string') return
  if (expected === 'number' || expected === 'int') {
    if (/^-?\d{1,15}(\.\d{1,10})?$/.test(text)) holder[last] = Number(text)
  } else if (expected === 'boolean') {
    if (text === 'true' || text === 'on') holder[last] = true
    else if (text === 'false' || text === 'off') holder[last] = false
  } else if (expected === 'array') {
    holder[last] = [text]
  }
}

function invalid(errors: readonly InputError[], where: string) {
  const placed = errors.slice(0, ERRORS_MAX).map((error) => ({ ...error, path: `${where}${error.path}` }))
  return refuseInput('invalid', { count: errors.length }, { errors: placed })
}
