import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CaseView } from '../../src/domains/cases/contract.ts'
import type { HandOverResult, ImportView, VerticalList } from '../../src/domains/cases/vertical/contract.ts'
import { verticalImportCommand } from '../../src/main/commands/vertical.ts'
import { parseArguments } from '../../src/main/arguments.ts'
import { applicationFor } from './applications.ts'
import { startTownServer, type TownServer } from './town-server.ts'

let town: TownServer
const folder = mkdtempSync(join(tmpdir(), 'mingtang-vertical-'))
beforeAll(async () => { town = await startTownServer() })
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await (town as TownServer | undefined)?.close()
})

const HEADER = 'caseNo,externalNo,status,on,documentNo,reasons,certificateNo,validFrom,validTo,opinion'

async function accepted(procedure: string): Promise<CaseView> {
  const filed: CaseView = await town.file('clerk', await applicationFor(town, procedure, 'clerk', {}))
  return town.act('clerk', filed, 'accept', {})
}

it('a tobacco licence goes to its system and comes back: handed over in one batch, decided there, delivered here', async () => {
  const now = await accepted('tobacco')
  expect(now.procedure?.live).toEqual(['verticalHandOver'])
  const item = await town.api<{ verticalSystem: { name: string } }>('GET', `/api/v1/items/${now.item.code}`)
  expect(item.body.verticalSystem).toMatchObject({ leadership: 'vertical' })
  const waiting = await town.api<VerticalList>('GET', '/api/v1/vertical/cases?state=waiting', undefined, { as: 'clerk' })
  expect(waiting.body.entries.map((entry) => entry.caseNo)).toContain(now.caseNo)
  for (const other of ['reviewer', 'cashier', 'applicant']) expect((await town.api('POST', '/api/v1/vertical/hand-overs', { caseNos: [now.caseNo] }, { as: other })).status).toBe(403)
  const handed = await town.api<HandOverResult>('POST', '/api/v1/vertical/hand-overs', { caseNos: [now.caseNo] }, { as: 'clerk' })
  expect(handed.body.results).toEqual([{ caseNo: now.caseNo, done: true }])
  const csv = await town.api('GET', `/api/v1/vertical/batches/${handed.body.batch!.id}/export.csv`, undefined, { as: 'clerk' })
  expect(csv.text).toContain(now.caseNo)
  expect((await town.api('GET', `/api/v1/vertical/batches/${handed.body.batch!.id}/export.csv`, undefined, { as: 'chief' })).status).toBe(403)

  // The command is the second way in: checked first, then recorded under the officer it names.
  const today = town.time.today()
  const file = join(folder, 'status.csv')
  writeFileSync(file, `\ufeff${HEADER}\r\n${now.caseNo},A-1,received,${today},,,,,,\r\n${now.caseNo},A-1,decided-granted,${today},烟许〔2026〕1号,,,,,\r\nNO-SUCH,A-2,received,${today},,,,,,\r\n`)
  const run = (...words: string[]) => verticalImportCommand.run(parseArguments([file, ...words], verticalImportCommand.usage), () => Promise.resolve(town.open))
  await expect(run('--as', 'reviewer')).rejects.toMatchObject({ code: 'vertical/may-not-import' })
  await expect(run('--as', 'nobody')).rejects.toMatchObject({ code: 'vertical/no-officer' })
  expect((await run('--as', 'clerk')).json).toMatchObject({ counts: { valid: 2, refused: 1, recorded: 0, unchanged: 0 } })
  expect((await run('--as', 'clerk', '--apply')).json).toMatchObject({ counts: { valid: 0, refused: 1, recorded: 2, unchanged: 0 } })

  const decided = await town.api<CaseView>('GET', `/api/v1/cases/${now.caseNo}`, undefined, { as: 'clerk' })
  expect([decided.body.stage, decided.body.procedure?.live]).toEqual(['decided', ['issuance']])
  expect(decided.body.data).toMatchObject({ decision: { documentNo: '烟许〔2026〕1号', elsewhere: { system: { zh: '全国烟草专卖零售许可证管理系统' } } }, vertical: { externalNo: 'A-1' } })
  const slip = decided.body.papers.find((paper) => paper.kind === 'verticalTransfer')!
  const pdf = await town.api('GET', slip.url, undefined, { as: 'clerk' })
  expect(pdf.status).toBe(200)
  expect(pdf.text.slice(0, 5)).toBe('%PDF-')
})

it('bad input is told by line or refused by name, never a failure', async () => {
  const post = (body: unknown, as = 'clerk') => town.api<ImportView & { code: string }>('POST', '/api/v1/vertical/imports', body, { as })
  expect((await post({})).status).toBe(422)
  expect((await post({ fileId: 'x' })).status).toBe(422)
  expect((await post({ fileId: '7b0c2a4e-5d3f-4f5a-9b64-3f6a1d2c8e90' })).body.code).toBe('files/not-found')
  expect((await town.api('POST', '/api/v1/vertical/hand-overs', { caseNos: [] }, { as: 'clerk' })).status).toBe(422)
  expect((await town.api('GET', '/api/v1/vertical/cases?state=gone', undefined, { as: 'clerk' })).status).toBe(422)
  expect((await town.api('GET', '/api/v1/vertical/batches/7b0c2a4e-5d3f-4f5a-9b64-3f6a1d2c8e90/export.json', undefined, { as: 'clerk' })).body).toMatchObject({ code: 'vertical/batch-not-found' })
})
