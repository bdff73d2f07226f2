import type { z } from 'zod'
import type { InputError, Refusal } from '../../base/refusal.ts'
import { messageOf } from './messages.ts'

/** The value as its schema gives it, or what `refusal` makes of everything that is wrong; `at` stands before each JSON Pointer. */
export function check<T>(schema: z.ZodType<T>, value: unknown, refusal: (errors: readonly InputError[]) => Refusal, at = ''): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw refusal(inputErrors(result.error).map((error) => ({ ...error, path: `${at}${error.path}` })))
}

/** zod's findings as ours. An unknown key is reported where it stands. */
export function inputErrors(error: z.ZodError): InputError[] {
  return error.issues.flatMap((issue): InputError[] => {
    const code = issue.code === 'invalid_type' && issue.message.endsWith('received undefined') ? 'required' : issue.code
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ path: pointer([...issue.path, key]), code, message: messageOf(issue) }))
    return [{ path: pointer(issue.path), code, message: messageOf(issue) }]
  })
}

/** JSON Pointer (RFC 6901) of a path. */
export const pointer = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
