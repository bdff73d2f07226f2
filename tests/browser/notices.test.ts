import { describe, expect, test } from 'vitest'
import { hasChromium } from './browser.ts'
import { openConsole } from './console.ts'
import { filedBaths } from './filings.ts'
import { officer } from './officer.ts'

describe.skipIf(!hasChromium)('notices of a case', () => {
  const { at } = openConsole()

  test('notices: channel, time and outcome of each; one that reached nobody becomes a call, prefilled, and stands as delivered after it', async () => {
    // A landline takes no SMS: the provider says so, and the statutory notice has failed.
    const { caseNo } = await filedBaths({ phone: '010-83900000' })
    const clerk = await officer('clerk')
    await clerk.act(caseNo, 'accept')
    await expect.poll(async () => (await clerk.get(`/api/v1/cases/${caseNo}`) as { acts: { act: string }[] }).acts.some((one) => one.act === 'telephoned'), { timeout: 45_000, interval: 500 }).toBe(true)
    const reader = await at('clerk', `/console/cases/${caseNo}?tab=notices`, { name: 'console-notices' })
    const { page } = reader
    const failed = page.locator('.mt-section tr', { hasText: '未送达' })
    expect(await failed.count()).toBe(1)
    expect(await failed.textContent()).toContain('短信')
    await failed.getByRole('button', { name: /^电话通知/ }).click()
    await page.locator('[data-field=deliveryId] input:checked').waitFor()
    await page.locator('[data-field=outcome] textarea').fill('本人接听，已告知受理')
    await reader.look()
    await page.keyboard.press('Alt+s')
    await page.getByText(/“电话通知”已办妥/).waitFor()
    await page.getByRole('tab', { name: '告知' }).click()
    await page.locator('tr', { hasText: '本人接听，已告知受理' }).filter({ hasText: '已送达' }).waitFor()
    expect(await page.locator('.mt-section tr', { hasText: '未送达' }).count()).toBe(0)
    await reader.look()
    await reader.close()
  }, 90_000)
})
