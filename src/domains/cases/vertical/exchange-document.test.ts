import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../../../kernel/db/root.ts'
import { STATUS_COLUMNS, VERTICAL_STATUSES, VERTICAL_STATUS_NAMES } from './contract.ts'
import { EXPORT_COLUMNS } from './export.ts'

const page = readFileSync(join(packageRoot(), 'docs/vertical-exchange.md'), 'utf8')
const rowsBetween = (from: string, to: string): string[][] => page.slice(page.indexOf(from), page.indexOf(to, page.indexOf(from))).split('\n').filter((line) => line.startsWith('| `')).map((line) => line.split('|').slice(1, 3).map((cell) => cell.trim().replaceAll('`', '')))

test('the page names every column of the exchange file, in its order', () => {
  expect(rowsBetween('## To the other system', '## From the other system').map(([column]) => column)).toEqual([...EXPORT_COLUMNS, 'form.…'])
})
test('and every column and status of the status file, with the words a spreadsheet may use', () => {
  const rows = rowsBetween('## From the other system', '## Which gates still stand')
  expect(rows).toEqual([...Object.entries(STATUS_COLUMNS), ...VERTICAL_STATUSES.map((status) => [status, VERTICAL_STATUS_NAMES[status].zh])])
})
