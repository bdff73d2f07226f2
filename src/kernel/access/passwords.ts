import { hash, verify } from '@node-rs/argon2'
import type { Bilingual } from '../../base/text.ts'
import { refuse } from './errors.ts'

/** argon2id, 19 MiB, two passes, one lane (OWASP's first choice); about 30–60 ms a hash. */
const OPTIONS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
/** The hash of a random secret nobody has: verified where a user name is unknown, so that the answer takes as long. Same costs as `OPTIONS`. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$J40G7j9tWRrS8pAl9bZ24g$nt8txjuLoUNiPxv7eK9v4O+qyW0cVgKWWSIPToKB4mA'

const LENGTH_MIN = 10
const LENGTH_MAX = 128
const KINDS: readonly RegExp[] = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u]
const COMMON = ['password', '12345678', 'qwerty', '11111111', 'iloveyou', 'admin123', 'abc123']

const plain = (password: string): string => password.normalize('NFC')
export const hashPassword = (password: string): Promise<string> => hash(plain(password), OPTIONS)

/** `stored` null: nobody of this name; takes as long and is false. */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  // A password that could never have been set is still hashed, in its first part, so that time says nothing.
  const right = await verify(stored ?? NOBODY, plain(password).slice(0, LENGTH_MAX))
  return right && stored !== null && plain(password).length <= LENGTH_MAX
}

/** 10 to 128 characters of at least two kinds, not the user name, none of the commonest (GB/T 22239-2019 §8.1.4.1 a). Refuses `access/weak-password`. */
export function demandGoodPassword(password: string, username: string): void {
  const text = plain(password)
  const lower = text.toLowerCase()
  const length = [...text].length
  const why: Bilingual | null =
    length < LENGTH_MIN ? { zh: `至少 ${LENGTH_MIN} 个字符`, en: `at least ${LENGTH_MIN} characters` }
    : text.length > LENGTH_MAX ? { zh: `至多 ${LENGTH_MAX} 个字符`, en: `at most ${LENGTH_MAX} characters` }
    : KINDS.filter((kind) => kind.test(text)).length < 2 ? { zh: '至少含小写、大写字母、数字、其他字符中的两种', en: 'two kinds of lower case, capitals, digits, others' }
    : new Set(lower).size < 5 ? { zh: '不同的字符太少', en: 'too few different characters' }
    : lower.includes(username.toLowerCase()) ? { zh: '不能含有用户名', en: 'it may not contain the user name' }
    : COMMON.some((word) => lower.includes(word)) ? { zh: '过于常见', en: 'too common' }
    : null
  if (why !== null) throw refuse('weak-password', { why })
}
