import type { Refusal } from '../../base/refusal.ts'
import type { Language } from '../../base/text.ts'

/** RFC 9457 `application/problem+json`, in the reader's language. */
export interface Problem {
  /** `/api/docs#<code>`: names the kind of problem; the codes also stand in `docs/errors.md`. */
  readonly type: string
  readonly title: string
  readonly status: number
  /** Stable, `area/what`. */
  readonly code: string
  readonly detail?: string
  readonly instance: string
  readonly errors?: readonly { readonly path: string; readonly code: string; readonly message: string }[]
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'
const typeOf = (code: string): string => `/api/docs#${code}`

export function problemOf(refusal: Refusal, language: Language, instance: string): Problem {
  return {
    type: typeOf(refusal.code),
    title: refusal.in(language),
    status: refusal.status,
    code: refusal.code,
    instance,
    ...(refusal.errors.length === 0 ? {} : { errors: refusal.errors.map(({ path, code, message }) => ({ path, code, message: message[language] })) }),
  }
}

/** A failure of ours: the reader learns an id that stands in the server's log, never what went wrong inside. */
export function failureProblem(id: string, language: Language, instance: string): Problem {
  return {
    type: typeOf('http/failed'),
    title: language === 'zh' ? '系统出现故障，本次操作没有办成' : 'Something failed on our side; nothing was done',
    status: 500,
    code: 'http/failed',
    detail: language === 'zh' ? `故障编号 ${id}，请联系管理员` : `Failure ${id}; please tell the administrator`,
    instance,
  }
}
