import { rfc3339 } from '../../base/civil-day.ts'
import type { InputError } from '../../base/refusal.ts'
import { insertRows } from '../../kernel/flow/insert-rows.ts'
import type { House } from '../../kernel/house.ts'
import { entryRows, newLogRef, prepareEntry } from '../../kernel/ledger/entry.ts'
import { ROLES } from '../../kernel/org/roles.ts'
import type { DefinitionNode, Scope } from '../../kernel/procedure/definition.ts'
import { publishProcedure } from '../../kernel/procedure/publish.ts'
import type { CheckReport } from '../../kernel/procedure/types.ts'
import type { Item } from './contract.ts'
import { refuse } from './errors.ts'
import { checkQuality } from './quality.ts'
import { contextFor, qualityContext } from './quality-context.ts'
import type { ItemRegistry } from './registry.ts'

export interface DrawingParts { readonly house: House; readonly items: ItemRegistry }
export interface DrawingOptions {
  /** Which process of the file; needed only where it holds several. */
  readonly process?: string
  /** The procedure it is an edition of; by default the id of the process. */
  readonly as?: string
}
/** `published` false: the newest version is this very drawing, nothing was written. `items`: codes of the items that begin with it. */
export interface DrawingAnswer { readonly id: string; readonly version: number; readonly published: boolean; readonly items: readonly string[]; readonly report: CheckReport }

/** Who holds this transaction lock publishes drawings: two at once would want the same version. */
const PUBLICATION_LOCK = 7_024_832
const GROUND = '行政许可法 第三十条；政府信息公开条例 第二十条'

/**
 * Publishes a drawing as the next version of a procedure, by an entry in the log. New cases begin with it; those under way stay on
 * the version they began with. Refuses what `publishProcedure` refuses (unreadable, unsupported, unsound), `catalog/drawing-unfit` where
 * it names posts, acts or offices that are not here, and `catalog/quality` where a guide in force would break its rules with it (a way
 * longer than the promise, a step that is missing). The same drawing again changes nothing.
 */
export async function publishDrawing({ house, items }: DrawingParts, xml: string, options: DrawingOptions = {}): Promise<DrawingAnswer> {
  const at = house.time.now()
  const { row, entry, report } = await publishProcedure({
    xml, at, version: 1, by: null, ...(options.process === undefined ? {} : { process: options.process }), ...(options.as === undefined ? {} : { id: options.as }),
  })
  const { id } = entry
  const users = items.list(house.time.today()).filter((item) => item.procedureId === id)
  assertFits(house, entry.definition.scope)
  const register = await qualityContext(house.db)
  // Only what the rules say about the procedure: other faults of a guide are none of the drawing's.
  assertClean(users.flatMap((item) => checkQuality(item, contextFor(item, register, { latest: () => entry })).filter((found) => found.path === '/procedureId').map((found) => ({ item, found }))))

  const version = await house.db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [PUBLICATION_LOCK])
    const [newest] = await tx.query<{ version: number; hash: string }>('select version, hash from procedure.definition where id = $1 order by version desc limit 1', [id])
    if (newest !== undefined && newest.hash === row.row['hash']) return { number: newest.version, published: false }
    const number = (newest?.version ?? 0) + 1
    const proof = prepareEntry({
      ref: newLogRef(), seq: 1, act: 'procedure.published', at: rfc3339(at), org: house.organisations.all()[0]?.code ?? '', ground: GROUND,
      public: { procedure: id, version: number, drawing: String(row.row['hash']), workingDays: report.criticalPath!.workingDays, items: users.map((item) => item.code).slice(0, 50) }, private: {},
    })
    await insertRows(tx, [{ ...row, row: { ...row.row, version: number } }, ...entryRows(proof, null)])
    return { number, published: true }
  })
  await house.reload()
  return { id, version: version.number, published: version.published, items: users.map((item) => item.code), report }
}

/** A step that names a post, an act or an office which is not here could never be finished. */
function assertFits(house: House, scope: Scope): void {
  const kind = house.flow.kind('case')
  const acts = new Set([...Object.keys(kind.acts), ...Object.keys(kind.opens)])
  const posts = new Set([...ROLES.map((role) => role.code), 'applicant'])
  const unfit = nodesOf(scope).flatMap((node) => {
    const { post, acts: named, organisation = 'responsible' } = node.extension
    const office = organisation === 'responsible' || organisation === 'centre' || organisation === 'accepting' || (organisation.startsWith('co:') && house.organisations.find(organisation.slice(3)) !== undefined)
    return [
      ...named.filter((act) => !acts.has(act)).map((act) => unknown(node, 'acts', act)),
      ...(post === undefined || posts.has(post) ? [] : [unknown(node, 'post', post)]),
      ...(office ? [] : [unknown(node, 'organisation', organisation)]),
      ...(TASKS.has(node.type) && named.length === 0 ? [unknown(node, 'acts', '')] : []),
    ]
  })
  if (unfit.length > 0) throw refuse('drawing-unfit', { count: unfit.length }, { errors: unfit })
}

/** Work of people: finished by an act or not at all. */
const TASKS: ReadonlySet<string> = new Set(['userTask', 'manualTask', 'task'])
const nodesOf = (scope: Scope): readonly DefinitionNode[] => scope.nodes.flatMap((node) => [node, ...(node.inner ? nodesOf(node.inner) : [])])
const unknown = (node: DefinitionNode, attribute: string, value: string): InputError => ({
  path: `/${node.id}/${attribute}`, code: 'catalog/drawing-unfit',
  message: value === ''
    ? { zh: `环节“${node.name || node.id}”没有写明由哪一行为办结`, en: `The step “${node.name || node.id}” names no act that finishes it` }
    : { zh: `环节“${node.name || node.id}”所写的“${value}”在本系统中不存在`, en: `The step “${node.name || node.id}” names “${value}”, which is not here` },
})

interface Spoken { readonly item: Item; readonly found: ReturnType<typeof checkQuality>[number] }
function assertClean(spoken: readonly Spoken[]): void {
  const errors = spoken.filter(({ found }) => found.level === 'error')
  if (errors.length > 0) throw refuse('quality', { count: errors.length }, { errors: errors.map(({ item, found }): InputError => ({ path: `/${item.code}${found.path}`, code: `catalog/${found.code}`, message: found.message })) })
}
