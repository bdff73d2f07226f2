import { createHash } from 'node:crypto'
import { check } from './check.ts'
import type { DefinitionNode, Scope } from './definition.ts'
import { refuse } from './errors.ts'
import { parseProcedure } from './parse.ts'
import type { PublishedProcedure } from './registry.ts'
import { isComputable } from './timer.ts'
import type { CheckReport, ProcedureName } from './types.ts'

export interface Publication {
  /** Identity under which matters find it; by default the process id in the file. */
  readonly id?: string
  /** Grows by one with every edition: the newest so far plus one. */
  readonly version: number
  readonly xml: string
  readonly process?: string
  /** The promised limit in working days; the critical path must fit. */
  readonly promisedWorkingDays?: number
  readonly at: Date
  /** Person who publishes; null for procedures that ship with the house. */
  readonly by: string | null
}

/** A row change for flow to flush, in the shape of its `RowChange`, and the entry for `ProcedureRegistry.add` after the commit. */
export interface Published {
  readonly row: { readonly op: 'insert'; readonly table: 'procedure.definition'; readonly row: Readonly<Record<string, unknown>> }
  readonly entry: Omit<PublishedProcedure, 'net'>
  readonly report: CheckReport
}

/**
 * What publishing a drawing would write. Refuses `procedure/unsupported`, `procedure/unsound` (also where soundness could not be
 * decided), `procedure/bad-timer`, `procedure/too-slow`, and what reading refuses.
 */
export async function publishProcedure(publication: Publication): Promise<Published> {
  const definition = await parseProcedure(publication.xml, publication.process === undefined ? {} : { process: publication.process })
  const report = check(definition)
  if (!report.executable) throw refuse('unsupported', { elements: report.unsupported.map((u) => `${u.name || u.id} (${u.type})`).join(', ') })
  const timers = waiting(definition.scope).filter((n) => !isComputable(n.timer))
  if (timers.length > 0) throw refuse('bad-timer', { timers: timers.map((n) => n.name || n.id).join(', ') })
  if (report.sound !== true) throw refuse('unsound', { problems: report.problems.map((p) => `${p.kind} ${p.at}: ${p.path.join(' → ')}`).join('; ') || 'too many markings' })
  const days = report.criticalPath!.workingDays
  if (publication.promisedWorkingDays !== undefined && days > publication.promisedWorkingDays) throw refuse('too-slow', { days, limit: publication.promisedWorkingDays })
  const id = publication.id ?? definition.id
  const name: ProcedureName = { zh: definition.name, en: definition.nameEn }
  const hash = createHash('sha256').update(publication.xml).digest('hex')
  return {
    row: {
      op: 'insert', table: 'procedure.definition',
      row: { id, version: publication.version, xml: publication.xml, process: definition.id, hash, name, report, published_at: publication.at, published_by: publication.by },
    },
    entry: { id, version: publication.version, name, definition, report, publishedAt: publication.at },
    report,
  }
}

/** Timers that somebody will have to wait for; the trigger of a start event is not ours to compute. */
const waiting = (scope: Scope): DefinitionNode[] =>
  scope.nodes.flatMap((n) => [...(n.type !== 'startEvent' && n.events.includes('timerEventDefinition') ? [n] : []), ...(n.inner ? waiting(n.inner) : [])])
