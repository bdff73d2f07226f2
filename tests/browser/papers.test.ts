import { describe, expect, test } from 'vitest'
import { hasChromium } from './browser.ts'
import { openConsole, show } from './console.ts'
import { filedBaths } from './filings.ts'

describe.skipIf(!hasChromium)('the papers of a case', () => {
  const { at } = openConsole()

  test('one key prints every paper of a case, as one document', async () => {
    const { caseNo } = await filedBaths()
    const reader = await at('clerk', `/console/cases/${caseNo}`, { name: 'console-print' })
    const { page } = reader
    // What is done most often has the first key.
    const lead = page.locator('.mt-acts', { has: page.locator('[aria-keyshortcuts="1"]') }).locator('button').first()
    expect(await lead.textContent()).toBe('受理')
    await page.addInitScript({ content: 'window.print = () => { top.__printed = (top.__printed ?? 0) + 1 }' })
    await show(reader, `/console/cases/${caseNo}?tab=papers`)
    const papers = await page.locator('.mt-section').first().locator('tbody tr').count()
    expect(papers).toBeGreaterThan(1)
    const [answer] = await Promise.all([page.waitForResponse((response) => response.url().endsWith('/papers.pdf')), page.keyboard.press('Alt+p')])
    expect(answer.status()).toBe(200)
    const pdf = await (await reader.context.request.get(answer.url())).body()
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(Number(/\/Count (\d+)/.exec(pdf.toString('latin1'))?.[1])).toBeGreaterThanOrEqual(papers)
    await expect.poll(() => page.evaluate('window.__printed')).toBe(1)
    await reader.close()
  }, 60_000)
})
