import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ProcedureDescription } from '../../../kernel/procedure/build.ts'
import { procedureOf, type ProcedureLine } from './procedure-patterns.ts'
import type { SeedTown } from './organisations.ts'
import { demoFolder, readYaml } from './yaml.ts'

export interface SeedProcedure { readonly id: string; readonly item: string; readonly description: ProcedureDescription }

/** What each procedure of the demo should be; the checked-in drawings are made from it. */
export const describeProcedures = (town: SeedTown): SeedProcedure[] =>
  Object.entries(readYaml<Record<string, ProcedureLine>>('procedures', 'procedures.yaml'))
    .map(([id, line]) => ({ id, item: line.item, description: procedureOf(id, line, (key) => town.get(key).code) }))

export const drawingPath = (id: string): string => join(demoFolder(), 'procedures', `${id}.bpmn`)

/** The drawing that runs. */
export function readDrawing(id: string): string {
  const path = drawingPath(id)
  if (!existsSync(path)) throw new Error(`the seeds lack the drawing ${path}`)
  return readFileSync(path, 'utf8')
}
