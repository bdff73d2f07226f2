import { publishDrawing } from '../../domains/catalog/publish-drawing.ts'
import { isProved, procedureCheck, procedureRun } from '../../kernel/procedure/commands.ts'
import { decodeXml } from '../../kernel/procedure/decode-xml.ts'
import type { CheckReport } from '../../kernel/procedure/types.ts'
import { Usage, type Arguments } from '../arguments.ts'
import { readNamedFile, type Command } from '../command.ts'

async function drawing(args: Arguments): Promise<Buffer> {
  const [file] = args.positional
  if (!file) throw new Usage('name a BPMN file')
  return readNamedFile(file)
}
const which = (args: Arguments): { process?: string } => (args.value('process') === undefined ? {} : { process: args.value('process')! })

export const procedureCheckCommand: Command = {
  name: 'procedure check', usage: 'procedure check FILE.bpmn [--process ID] [--json]', summary: { zh: '检查流程能否执行、是否健全', en: 'Can a procedure be executed, and is it sound' },
  run: async (args) => {
    const report = await procedureCheck(await drawing(args), which(args))
    return { json: report, text: reportText(report), findings: !isProved(report) }
  },
}

export const procedurePublishCommand: Command = {
  name: 'procedure publish', usage: 'procedure publish FILE.bpmn [--process ID] [--as PROCEDURE] [--json]', summary: { zh: '发布流程的新版本；在办案件仍按原版本', en: 'Publish a drawing as the next version; running cases keep theirs' },
  run: async (args, open) => {
    const xml = decodeXml(await drawing(args))
    const { house, items, indexItems } = await open()
    const answer = await publishDrawing({ house, items }, xml, { ...which(args), ...(args.value('as') === undefined ? {} : { as: args.value('as')! }) })
    await indexItems()
    const head = answer.published ? `${answer.id} version ${answer.version} is published` : `${answer.id} version ${answer.version} is this very drawing: nothing was changed`
    return { json: answer, text: [head, `used by ${answer.items.length} items${answer.items.length > 0 ? `: ${answer.items.join(', ')}` : ''}`, reportText(answer.report)].join('\n') }
  },
}

export const procedureRunCommand: Command = {
  name: 'procedure run', usage: "procedure run FILE.bpmn --choose 'step=outcome,…' [--process ID] [--json]", summary: { zh: '不用数据库试走流程', en: 'A dry run without a database' },
  run: async (args) => {
    const result = await procedureRun(await drawing(args), args.value('choose') ?? '', which(args))
    return { json: result, text: `${result.finished ? 'finished' : 'not finished'}: ${result.steps.map((step) => (typeof step === 'string' ? step : JSON.stringify(step))).join(' → ')}` }
  },
}

/** One line a finding; a problem with the run that leads to it. */
const reportText = ({ executable, unsupported, sound, problems, warnings, criticalPath }: CheckReport): string => [
  executable ? '✓ can be executed' : '✗ cannot be executed',
  ...unsupported.map((one) => `  ${one.id} (${one.type})${one.name ? ` ${one.name}` : ''}`),
  sound === null ? `? soundness is not decided${executable ? ': too many states' : ''}` : sound ? '✓ sound' : '✗ not sound',
  ...problems.map((one) => `  ${one.kind} at ${one.at}: ${one.path.join(' → ')}`),
  ...warnings.map((one) => `! ${one.kind} at ${one.at}`),
  ...(criticalPath ? [`longest way ${criticalPath.workingDays} working days: ${criticalPath.steps.join(' → ')}`] : []),
].join('\n')
