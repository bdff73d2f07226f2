import { publishDrawing } from '../../domains/catalog/publish-drawing.ts'
import { isProved, procedureChecked, procedureRun } from '../../kernel/procedure/commands.ts'
import { decodeXml } from '../../kernel/procedure/decode-xml.ts'
import { Usage, type Arguments } from '../arguments.ts'
import { readNamedFile, type Command } from '../command.ts'
import { reportText } from './procedure-report.ts'

async function drawing(args: Arguments): Promise<Buffer> {
  const [file] = args.positional
  if (!file) throw new Usage('name a BPMN file')
  return readNamedFile(file)
}
const which = (args: Arguments): { process?: string } => (args.value('process') === undefined ? {} : { process: args.value('process')! })

export const procedureCheckCommand: Command = {
  name: 'procedure check', usage: 'procedure check FILE.bpmn [--process ID] [--json]', summary: { zh: '检查流程能否执行、是否健全', en: 'Can a procedure be executed, and is it sound' },
  run: async (args) => {
    const { definition, report } = await procedureChecked(await drawing(args), which(args))
    return { json: report, text: (language) => reportText(report, definition, language), findings: !isProved(report) }
  },
}

export const procedurePublishCommand: Command = {
  name: 'procedure publish', usage: 'procedure publish FILE.bpmn [--process ID] [--as PROCEDURE] [--json]', summary: { zh: '发布流程的新版本；在办案件仍按原版本', en: 'Publish a drawing as the next version; running cases keep theirs' },
  run: async (args, open) => {
    const xml = decodeXml(await drawing(args))
    const { house, items, indexItems } = await open()
    const answer = await publishDrawing({ house, items }, xml, { ...which(args), ...(args.value('as') === undefined ? {} : { as: args.value('as')! }) })
    await indexItems()
    const { definition } = house.procedures.get(answer.id, answer.version)
    const said = (zh: boolean): string[] => [
      zh ? (answer.published ? `${answer.id} 已发布第 ${answer.version} 版` : `${answer.id} 第 ${answer.version} 版就是这张图：没有改动`) : answer.published ? `${answer.id} version ${answer.version} is published` : `${answer.id} version ${answer.version} is this very drawing: nothing was changed`,
      `${zh ? `适用事项 ${answer.items.length} 项` : `used by ${answer.items.length} items`}${answer.items.length > 0 ? `${zh ? '：' : ': '}${answer.items.join(zh ? '、' : ', ')}` : ''}`,
    ]
    return { json: answer, text: (language) => [...said(language === 'zh'), reportText(answer.report, definition, language)].join('\n') }
  },
}

export const procedureRunCommand: Command = {
  name: 'procedure run', usage: "procedure run FILE.bpmn --choose 'step=outcome,…' [--process ID] [--json]", summary: { zh: '不用数据库试走流程', en: 'A dry run without a database' },
  run: async (args) => {
    const result = await procedureRun(await drawing(args), args.value('choose') ?? '', which(args))
    return { json: result, text: `${result.finished ? 'finished' : 'not finished'}: ${result.steps.map((step) => (typeof step === 'string' ? step : JSON.stringify(step))).join(' → ')}` }
  },
}
