import { Readable } from 'node:stream'
import { dayAt } from '../../base/civil-day.ts'
import type { Officer } from '../../kernel/access/types.ts'
import { findMatter } from '../../kernel/flow/read.ts'
import type { ActAnswer } from '../../kernel/flow/types.ts'
import { STATUS_COLUMNS, type StatusLine } from '../../domains/cases/vertical/contract.ts'
import { applyImport, checkFile } from '../../domains/cases/vertical/import-file.ts'
import type { Play } from './play-case.ts'

/** What a system answers of a case, imported by the clerk as the file it would send; the case as the import leaves it. */
export async function playAnswer({ house, item }: Play, clerk: Officer, before: ActAnswer, answers: readonly Omit<StatusLine, 'caseNo'>[], at: Date): Promise<ActAnswer> {
  const columns = Object.keys(STATUS_COLUMNS) as (keyof StatusLine)[]
  const no = before.matter.no
  const rows = answers.map((answer) => columns.map((column) => (column === 'caseNo' ? no : (answer[column as keyof typeof answer] ?? ''))).join(','))
  const file = await house.files.put(Readable.from(Buffer.from(`\ufeff${[columns.join(','), ...rows].join('\r\n')}\r\n`)), { name: `状态回传-${dayAt(at)}.csv`, uploadedBy: clerk.accountId, at: house.time.now() })
  const parts = { house, itemOf: () => item }
  const importId = await checkFile(parts, clerk, file.id, at)
  await applyImport(parts, { caller: clerk, personId: clerk.personId, at }, importId)
  const found = await findMatter(house.db, no)
  return { ...before, matter: found!.matter, clocks: found!.clocks, tasks: found!.tasks }
}
