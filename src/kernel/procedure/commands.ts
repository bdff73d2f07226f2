import { check } from './check.ts'
import { compile } from './compile.ts'
import type { Definition } from './definition.ts'
import { refuse } from './errors.ts'
import { parseProcedure } from './parse.ts'
import { dryRun, type DryRun } from './run.ts'
import type { CheckReport } from './types.ts'

/** `procedure check FILE [--process ID]`. The command exits 1 where `isProved` is false, 2 on `procedure/which-process`. */
export async function procedureCheck(xml: string | Uint8Array, options: { readonly process?: string } = {}): Promise<CheckReport> {
  return (await procedureChecked(xml, options)).report
}
/** The same with the drawing it speaks of. */
export async function procedureChecked(xml: string | Uint8Array, options: { readonly process?: string } = {}): Promise<{ readonly definition: Definition; readonly report: CheckReport }> {
  const definition = await parseProcedure(xml, options)
  return { definition, report: check(definition) }
}
/** No findings: executable and sound. Warnings are not findings. */
export const isProved = (report: CheckReport): boolean => report.executable && report.sound === true

/** `procedure run FILE --choose 'step=outcome,…' [--process ID]`: a dry run without a database. */
export async function procedureRun(xml: string | Uint8Array, choose: string, options: { readonly process?: string } = {}): Promise<DryRun> {
  const { net, unsupported } = compile(await parseProcedure(xml, options))
  if (net === null) throw refuse('unsupported', { elements: unsupported.map((u) => `${u.id} (${u.type})`).join(', ') })
  return dryRun(net, choose)
}
