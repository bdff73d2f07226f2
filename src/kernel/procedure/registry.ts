import type { Queryable } from '../db/database.ts'
import { compile } from './compile.ts'
import type { Definition } from './definition.ts'
import { refuse } from './errors.ts'
import type { Net } from './net.ts'
import { parseProcedure } from './parse.ts'
import type { CheckReport, ProcedureName } from './types.ts'

/** A published version. Immutable: a change of the drawing is another version. */
export interface PublishedProcedure {
  readonly id: string
  readonly version: number
  readonly name: ProcedureName
  readonly definition: Definition
  /** Compiled on first use. */
  readonly net: Net
  readonly report: CheckReport
  readonly publishedAt: Date
}

interface Row {
  readonly id: string
  readonly version: number
  readonly xml: string
  readonly process: string
  readonly name: ProcedureName
  readonly report: CheckReport
  readonly published_at: Date
}

/** All published procedures in memory, by id and version. */
export class ProcedureRegistry {
  private readonly entries = new Map<string, PublishedProcedure>()
  private readonly newest = new Map<string, number>()

  /** Refuses with `procedure/not-found`. */
  get(id: string, version: number): PublishedProcedure {
    const entry = this.entries.get(`${id}\n${version}`)
    if (!entry) throw refuse('not-found', { id, version })
    return entry
  }

  /** The version new matters begin with; undefined where the procedure was never published. */
  latest(id: string): PublishedProcedure | undefined {
    const version = this.newest.get(id)
    return version === undefined ? undefined : this.get(id, version)
  }

  list(): readonly PublishedProcedure[] {
    return [...this.newest.keys()].sort().map((id) => this.latest(id)!)
  }

  add(entry: Omit<PublishedProcedure, 'net'>): void {
    let net: Net | null = null
    const made: PublishedProcedure = {
      ...entry,
      get net() {
        if (net === null) {
          const compiled = compile(entry.definition)
          if (compiled.net === null) throw new Error(`published procedure ${entry.id} v${entry.version} no longer compiles: ${JSON.stringify(compiled.unsupported)}`)
          net = compiled.net
        }
        return net
      },
    }
    this.entries.set(`${entry.id}\n${entry.version}`, made)
    if ((this.newest.get(entry.id) ?? 0) < entry.version) this.newest.set(entry.id, entry.version)
  }

  /** Reads the versions this process has not seen yet: after a publication here or by another process. */
  async refresh(db: Queryable): Promise<void> {
    const known = [...this.newest].map(([id, version]) => ({ id, version }))
    const rows = await db.query<Row>(
      `select d.id, d.version, d.xml, d.process, d.name, d.report, d.published_at
         from procedure.definition as d
         left join jsonb_to_recordset($1::jsonb) as known(id text, version integer) on known.id = d.id
        where d.version > coalesce(known.version, 0)
        order by d.id, d.version`,
      [JSON.stringify(known)],
    )
    for (const row of rows) {
      const definition = await parseProcedure(row.xml, { process: row.process })
      this.add({ id: row.id, version: row.version, name: row.name, definition, report: row.report, publishedAt: row.published_at })
    }
  }
}

/** Reads every published procedure. Parsing is done here, once; nets are compiled on first use. */
export async function loadProcedures(db: Queryable): Promise<ProcedureRegistry> {
  const registry = new ProcedureRegistry()
  await registry.refresh(db)
  return registry
}
