import type { Queryable } from '../../kernel/db/database.ts'
import type { Scope } from '../../kernel/procedure/definition.ts'
import type { PublishedProcedure } from '../../kernel/procedure/registry.ts'
import { Item } from './contract.ts'
import type { QualityContext } from './quality.ts'

export interface Latest { readonly item: Item; readonly withdrawn: boolean }
export type RegisterFacts = Pick<QualityContext, 'approvedFees' | 'keptIntermediaries' | 'withdrawnItems'> & { readonly forms: ReadonlySet<string> }

/** The newest version of an item whatever its day, or null. */
export async function latestVersion(db: Queryable, code: string): Promise<Latest | null> {
  const [row] = await db.query<{ body: Item; state: string }>('select body, state from catalog.item_version where code = $1 order by version desc limit 1', [code])
  return row ? { item: Item.parse(row.body), withdrawn: row.state === 'withdrawn' } : null
}

/** The lists a guide is held to, as they stand. */
export async function qualityContext(db: Queryable): Promise<RegisterFacts> {
  const [row] = await db.query<{ fees: string[]; intermediaries: string[]; withdrawn: string[]; forms: string[] }>(`
    select array(select code from catalog.approved_fee where valid_to is null) as fees,
           array(select code from catalog.kept_intermediary) as intermediaries,
           array(select distinct code from catalog.item_version where state = 'withdrawn') as withdrawn,
           array(select distinct id from catalog.form) as forms`)
  return { approvedFees: new Set(row!.fees), keptIntermediaries: new Set(row!.intermediaries), withdrawnItems: row!.withdrawn, forms: new Set(row!.forms) }
}

/** The drawing a guide would begin with: those published, or one that is about to be. */
export interface Drawings { latest(id: string): Pick<PublishedProcedure, 'definition' | 'report'> | undefined }

/** Everything the rules look at for one guide. */
export function contextFor(item: Item, { forms, ...lists }: RegisterFacts, procedures: Drawings): QualityContext {
  const procedure = item.procedureId === null ? undefined : procedures.latest(item.procedureId)
  return {
    ...lists,
    formExists: item.formId !== null && forms.has(item.formId),
    procedure: procedure ? { acts: actsOf(procedure.definition.scope), sound: procedure.report.sound === true, workingDays: procedure.report.criticalPath?.workingDays ?? 0 } : null,
  }
}
const actsOf = (scope: Scope): readonly string[] => scope.nodes.flatMap((node) => [...node.extension.acts, ...(node.inner ? actsOf(node.inner) : [])])
