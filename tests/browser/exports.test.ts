import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { hasChromium } from './browser.ts'
import { openConsole } from './console.ts'
import { filedBaths, PUBLIC_BATHS } from './filings.ts'

describe.skipIf(!hasChromium)('what is taken away as a table', () => {
  const { at } = openConsole()

  test('a list goes away whole as a table that no spreadsheet computes', async () => {
    const { caseNo } = await filedBaths({ name: '=SUM(A1,A2)' })
    const reader = await at('clerk', `/console/cases?q=${caseNo}`, { name: 'console-export' })
    const { page } = reader
    await page.locator('tbody tr', { hasText: caseNo }).waitFor()
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1)
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出表格（CSV）' }).click()])
    const text = readFileSync(await download.path(), 'utf8')
    const [head, row, rest] = text.split('\r\n')
    expect(head).toBe('\ufeff办件编号,事项,申请人,承办机关,阶段,期限,到期,提出时间')
    expect(row).toContain(`${caseNo},${PUBLIC_BATHS},"'=SUM(A1,A2)",`)
    expect(rest).toBe('')
    await reader.close()
  }, 60_000)
})
