import { isProved, procedureCheck, procedureRun } from '../../kernel/procedure/commands.ts'
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
    return { json: report, text: JSON.stringify(report, null, 2), findings: !isProved(report) }
  },
}

export const procedureRunCommand: Command = {
  name: 'procedure run', usage: "procedure run FILE.bpmn --choose 'step=outcome,…' [--process ID] [--json]", summary: { zh: '不用数据库试走流程', en: 'A dry run without a database' },
  run: async (args) => {
    const result = await procedureRun(await drawing(args), args.value('choose') ?? '', which(args))
    return { json: result, text: `${result.finished ? 'finished' : 'not finished'}: ${result.steps.map((step) => (typeof step === 'string' ? step : JSON.stringify(step))).join(' → ')}` }
  },
}
