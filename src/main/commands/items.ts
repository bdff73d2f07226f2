import { importItems } from '../../domains/catalog/import-items.ts'
import { Usage } from '../arguments.ts'
import { demandFile, type Command } from '../command.ts'

export const itemsImportCommand: Command = {
  name: 'items import', usage: 'items import FILE.jsonl [--json]', summary: { zh: '导入事项清单；不合格的逐行列明', en: 'Import a register of items; what is not valid is listed by line' },
  run: async (args, open) => {
    const [file] = args.positional
    if (!file) throw new Usage('name a file, one item a line')
    await demandFile(file)
    const house = await open()
    const result = await importItems(house.house.db, file, house.house.time.now())
    await house.reload()
    await house.indexItems()
    const lines = result.rejected.map((one) => `  line ${one.line}: ${one.code || '—'} ${one.rule}: ${one.reason}`)
    return { json: result, text: [`read ${result.read}: imported ${result.imported}, updated ${result.updated}, unchanged ${result.unchanged}, rejected ${result.rejected.length}`, ...lines].join('\n') }
  },
}
