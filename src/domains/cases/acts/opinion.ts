import type { CivilDay } from '../../../base/civil-day.ts'
import { heldPosts } from '../../../kernel/org/holders.ts'
import type { Queryable } from '../../../kernel/db/database.ts'
import type { RuleContext } from '../../../kernel/flow/types.ts'
import type { Opinion } from '../case.ts'
import { refuse } from '../errors.ts'
import type { IntakeFacts } from '../parts.ts'
import { readFiles } from './common.ts'

/** What an officer says of a check, with who else saw it. */
interface Check { readonly opinion: string; readonly secondOfficer?: string | undefined; readonly files: readonly string[] }

const CHECKERS = ['cases.survey', 'cases.verify', 'cases.review']

/** The files named and the posts of the second officer, asked at once and only where there are any. */
export async function readCheck(db: Queryable, { files, secondOfficer }: Pick<Check, 'files' | 'secondOfficer'>, today: CivilDay): Promise<IntakeFacts> {
  if (secondOfficer === undefined) return { files: await readFiles(db, files), barredUntil: null }
  const [named, second] = await Promise.all([readFiles(db, files), heldPosts(db, secondOfficer, today)])
  return { files: named, barredUntil: null, second }
}

/** The opinion as it lies in the file. Refuses a second officer who is the first, or may not check. */
export function opinionOf(act: string, input: Check, context: RuleContext): Opinion {
  const { personId, post } = context.actor
  if (input.secondOfficer === personId) throw refuse('second-officer-is-self')
  if (input.secondOfficer && !(context.facts as IntakeFacts).second!.some((held) => held.permissions.some((permission) => CHECKERS.includes(permission)))) throw refuse('second-officer-unknown')
  return { act, step: context.step ?? act, on: context.today, postCode: post!.code, personId: personId!, opinion: input.opinion, files: input.files, ...(input.secondOfficer ? { secondOfficer: input.secondOfficer } : {}) }
}
