import { fill, type Bilingual, type Language } from './text.ts'

/** One place in the input that was wrong: `path` is a JSON Pointer (RFC 6901). */
export interface InputError { readonly path: string; readonly code: string; readonly message: Bilingual }

export interface RefusalText extends Bilingual {
  /** HTTP status the refusal is answered with; a refusal is never 500. */
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 410 | 412 | 413 | 415 | 422 | 423 | 428 | 429 | 503
}

/** What fills a sentence's place; names stand in both languages. */
export type SlotValue = string | number | Bilingual

const inLanguage = (slots: Readonly<Record<string, SlotValue>>, language: Language): Record<string, string | number> =>
  Object.fromEntries(Object.entries(slots).map(([name, value]) => [name, typeof value === 'object' ? value[language] : value]))

/** A lawful "no": it has a stable code and leaves nothing behind. A failure (a bug, a lost disk) is an ordinary Error. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly status: RefusalText['status'],
    readonly text: Bilingual,
    readonly slots: Readonly<Record<string, SlotValue>> = {},
    readonly errors: readonly InputError[] = [],
    /** Seconds after which trying again makes sense; answered as `Retry-After`. */
    readonly retryAfter?: number,
  ) {
    super(`${code}: ${fill(text.en, inLanguage(slots, 'en'))}`)
    this.name = 'Refusal'
  }

  in(language: Language): string {
    return fill(this.text[language], inLanguage(this.slots, language))
  }
}

type SlotNames<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | SlotNames<Rest> : never
type Slots<T extends RefusalText> = [SlotNames<T['zh']>] extends [never]
  ? [slots?: Record<string, never>, more?: RefusalMore]
  : [slots: Record<SlotNames<T['zh']>, SlotValue>, more?: RefusalMore]
export interface RefusalMore { readonly errors?: readonly InputError[]; readonly retryAfter?: number }

/** Every "no" of an area in one table. Codes are `area/what`; once shipped they are never renamed or reused. */
export function refusals<const T extends Record<string, RefusalText>>(area: string, table: T) {
  const refuse = <K extends keyof T & string>(what: K, ...[slots, more]: Slots<T[K]>): Refusal => {
    const entry = table[what] as RefusalText
    return new Refusal(`${area}/${what}`, entry.status, { zh: entry.zh, en: entry.en }, slots ?? {}, more?.errors, more?.retryAfter)
  }
  return Object.assign(refuse, { area, table: table as Record<string, RefusalText> })
}
export type RefusalTable = { readonly area: string; readonly table: Readonly<Record<string, RefusalText>> }
