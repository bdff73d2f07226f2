import { Usage } from '../arguments.ts'
import { demandFile, type Command } from '../command.ts'
import { loadLog, replayFile } from '../../domains/replay/index.ts'

export const replayFileCommand: Command = {
  name: 'replay', usage: 'replay FILE(.csv|.xes|.xes.gz) [--load] [--json]', summary: { zh: '重放事件日志；--load 生成案件', en: 'Replay an event log; --load makes its cases matters' },
  run: async (args, open) => {
    const [file] = args.positional
    if (!file) throw new Usage('name an event log')
    await demandFile(file)
    const figures = await replayFile(file)
    if (!args.flag('load')) return { json: figures, text: JSON.stringify(figures, null, 2) }
    const loaded = await loadLog((await open()).house, file)
    return { json: { ...figures, loaded }, text: `${JSON.stringify(figures, null, 2)}\n${JSON.stringify(loaded)}` }
  },
}
