import { describe, expect, test } from 'vitest'
import { hasChromium } from './browser.ts'
import { openConsole, show } from './console.ts'
import { officer, type OfficerSession } from './officer.ts'

interface SeenLight { readonly mayAppeal: boolean; readonly appeal: unknown }

describe.skipIf(!hasChromium)('a light that fell', () => {
  const { at } = openConsole()

  test('is appealed against from the case by keyboard, lies on the inspector’s table, and no longer counts once withdrawn', async () => {
    const caseNo = await appealable(await officer('reviewer'))
    const post = await at('reviewer', `/console/cases/${caseNo}`)
    const line = post.page.locator('.mt-lights > ul > li', { has: post.page.getByRole('button', { name: /^申诉 / }) }).first()
    const words = (await line.locator('.mt-light').textContent())!
    const button = line.getByRole('button', { name: /^申诉 / })
    await button.focus()
    await post.page.keyboard.press('Enter')
    await post.page.locator('dialog[open] input[type=radio]').first().waitFor()
    // The keyboard stands on the first ground: down to the third, on to the reason.
    await post.page.keyboard.press('ArrowDown')
    await post.page.keyboard.press('ArrowDown')
    await post.page.locator('dialog [data-field=reason] textarea').fill('当日系统停机四小时')
    await post.look()
    await post.page.keyboard.press('Alt+s')
    await post.page.getByText(/已办妥，凭证编号/).waitFor()
    await post.page.getByText('系统故障或者工作日历有误。当日系统停机四小时').waitFor()
    await post.look()
    await post.close()

    const judge = await at('inspector', '/console/work')
    await judge.page.locator('tbody tr', { hasText: caseNo }).getByRole('link').click()
    await judge.page.getByRole('button', { name: /^作出决定 / }).first().click()
    await judge.page.getByLabel('撤销，不计入').check()
    await judge.page.locator('dialog [data-field=reason] textarea').fill('运维记录属实')
    await judge.look()
    await judge.page.locator('dialog .mt-outcomes button').click()
    await judge.page.locator('.mt-lights li', { hasText: '运维记录属实' }).waitFor()
    expect(await judge.page.locator('.mt-lights li', { hasText: '运维记录属实' }).locator('.mt-stage').textContent()).toBe('撤销，不计入')
    expect(await judge.page.locator('.mt-lights li', { hasText: '运维记录属实' }).locator('.mt-light').textContent()).toBe(words)
    await show(judge, '/console/lights?view=judged')
    await judge.page.locator('tbody tr', { hasText: caseNo }).getByText('撤销，不计入').waitFor()
    await judge.close()

    const told = await at('reviewer', '/console/messages')
    await told.page.locator('tbody tr', { hasText: caseNo }).filter({ hasText: '亮灯申诉已有决定：撤销，不计入' }).getByRole('button', { name: /^标为已读/ }).click()
    await told.page.locator('tbody tr', { hasText: caseNo }).filter({ hasText: '亮灯申诉已有决定' }).getByText('已读', { exact: true }).waitFor()
    await told.look()
    await told.close()
  }, 90_000)

  test.each([{ language: 'en', phone: true }, { language: 'zh' }] as const)('and all lights by post and step can be read: $language', async (options) => {
    const reader = await at('inspector', '/console/lights', { ...options, name: 'console-lights' })
    expect(await reader.page.locator('tbody tr').count()).toBeGreaterThan(10)
    await show(reader, '/console/lights?view=open')
    await show(reader, '/console/lights?view=judged')
    await show(reader, '/console/messages')
    await reader.close()
  }, 60_000)
})

/** A case of the reviewer's posts with lights, none of them appealed against. */
async function appealable(session: OfficerSession): Promise<string> {
  for (const light of ['black', 'red']) {
    const { cases } = await session.get(`/api/v1/cases?light=${light}`) as { cases: { caseNo: string }[] }
    for (const { caseNo } of cases) {
      const { lights } = await session.get(`/api/v1/cases/${caseNo}`) as { lights?: SeenLight[] }
      if (lights?.some((one) => one.mayAppeal) && lights.every((one) => one.appeal === null)) return caseNo
    }
  }
  throw new Error('the demo has no light that could be appealed against')
}
