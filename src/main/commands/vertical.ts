import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import type { Officer } from '../../kernel/access/types.ts'
import { VERDICT_NAMES } from '../../domains/cases/vertical/contract.ts'
import { applyImport, checkFile, verticalRefusals } from '../../domains/cases/index.ts'
import { getImport } from '../../domains/cases/vertical/store.ts'
import { Usage } from '../arguments.ts'
import { demandFile, type Command } from '../command.ts'
import { officersOn } from '../demo/officers.ts'
import type { OpenHouse } from '../open-house.ts'

export const verticalImportCommand: Command = {
  name: 'vertical import', usage: 'vertical import FILE(.csv|.json) --as USERNAME [--apply] [--json]',
  summary: { zh: '核对垂直业务系统的状态文件；--apply 以该工作人员名义登记', en: 'Check a status file of a vertically led system; --apply records it under that officer' },
  run: async (args, open) => {
    const [file] = args.positional
    const username = args.value('as')
    if (!file || username === undefined) throw new Usage('name a status file and, with --as, the officer who imports it')
    await demandFile(file)
    const { house, items } = await open()
    const officer = await officerNamed(await open(), username)
    const parts = { house, itemOf: items.version.bind(items) }
    const stored = await house.files.put(createReadStream(file), { name: basename(file), uploadedBy: officer.accountId, at: house.time.now() })
    const importId = await checkFile(parts, officer, stored.id)
    if (args.flag('apply')) await applyImport(parts, { caller: officer, personId: officer.personId }, importId)
    const { entry, lines } = await getImport(house.db, importId)
    return {
      json: { importId, sha256: entry.sha256, encoding: entry.encoding, counts: entry.counts, lines: lines.map(({ line, caseNo, verdict, problem }) => ({ line, caseNo, verdict, ...(problem ? { problem } : {}) })) },
      text: [Object.entries(entry.counts).map(([verdict, n]) => `${verdict} ${n}`).join(', '), ...lines.map(({ line, caseNo, verdict, problem }) => `  ${line}: ${caseNo} ${VERDICT_NAMES[verdict].zh}${problem ? ` ${problem.code} ${problem.zh}` : ''}`)].join('\n'),
    }
  },
}

/** The officer who signs in under this name, with today's posts; her permissions are judged with every act. */
async function officerNamed({ house }: OpenHouse, name: string): Promise<Officer> {
  const [account] = await house.db.query<{ id: string }>(`select id from access.account where username = lower($1) and kind = 'officer' and status = 'active'`, [name])
  const officer = account && (await officersOn(house.db, house.time.today())).find((one) => one.accountId === account.id)
  if (!officer) throw verticalRefusals('no-officer', { name })
  if (!officer.permissions.includes('cases.importVertical')) throw verticalRefusals('may-not-import', { name })
  return officer
}
