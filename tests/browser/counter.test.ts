import { describe, expect, test } from 'vitest'
import { DEMO_PASSWORD, hasChromium } from './browser.ts'
import { isFiling, openConsole, show } from './console.ts'
import { freshId, PNG, PUBLIC_BATHS } from './filings.ts'
import { officer } from './officer.ts'

describe.skipIf(!hasChromium)('the counter', () => {
  const { at } = openConsole()

  test('a known item and a new applicant: held, taken up, filed with a scan, then one notice of what is missing – through a lost session', async () => {
    const reader = await at('clerk', '/console/counter')
    const { page } = reader
    const idNumber = freshId()
    await page.locator('#one-field').fill(PUBLIC_BATHS)
    await page.locator('.mt-found').getByRole('button', { name: PUBLIC_BATHS }).click()
    await page.locator('#intake-item', { hasText: PUBLIC_BATHS }).waitFor()
    await page.locator('#one-field').fill(idNumber)
    await page.getByRole('button', { name: /新申请人/ }).click()
    const name = `顾长庚${Date.now() % 1000}`
    await page.getByLabel('姓名必填').fill(name)
    await page.locator('[data-field=phone] input').fill('13900000088')
    await page.keyboard.press('Alt+h')
    await page.getByRole('button', { name: `取回 ${name}` }).click()
    expect(await page.locator('[data-field=idNumber] input').first().inputValue()).toBe(idNumber)

    // What is missing is told at once, at its fields.
    const form = page.locator('section[aria-labelledby=intake-item]')
    const field = (name: string) => form.locator(`[data-field=${name}]`)
    await field('venueName').waitFor()
    const [refused] = await Promise.all([page.waitForResponse((response) => isFiling(response)), page.keyboard.press('Alt+s')])
    expect(refused.status()).toBe(422)
    await form.locator('[data-field=venueName].mt-field-wrong').waitFor()
    // The keyboard stands where something is to be corrected.
    await expect.poll(() => form.locator('[data-field=venueName] input:focus').count()).toBe(1)
    await reader.look()
    await field('venueName').locator('input').fill('明堂浴池')
    await field('placeKind').locator('.ant-select').click()
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click()
    await field('address').locator('input').fill('演示路 6 号')
    await field('area').locator('input').fill('120')
    await field('employees').locator('input').fill('8')
    await field('contactPhone').locator('input').fill('13900000088')
    const forms = page.getByRole('combobox', { name: /^形式/ })
    for (let i = 0; i < await forms.count(); i += 1) {
      await forms.nth(i).click()
      await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: '原件' }).first().click()
    }
    // One scan is put into two materials and taken out of one; the tick of who saw the original is a key too.
    await page.getByLabel('一份扫描件用于多项材料').setInputFiles({ name: '全部材料.png', mimeType: 'image/png', buffer: PNG })
    await page.getByText('✓ 全部材料.png').waitFor()
    const scans = page.locator('.mt-materials li', { hasText: '✓ 全部材料.png' }).filter({ has: page.locator('.mt-material-controls') })
    await page.keyboard.press('Alt+1')
    await page.keyboard.press('Alt+2')
    await expect.poll(() => scans.count()).toBe(2)
    await page.keyboard.press('Alt+2')
    await expect.poll(() => scans.count()).toBe(1)
    await page.keyboard.press('Alt+1')
    await expect.poll(() => scans.count()).toBe(0)
    await page.keyboard.press('Alt+1')
    const seen = page.getByRole('checkbox', { name: /^原件已核验/ })
    expect(await seen.nth(0).isChecked()).toBe(false)
    await page.keyboard.press('Alt+o')
    await expect.poll(() => seen.nth(0).isChecked()).toBe(true)
    expect(await seen.nth(1).isChecked()).toBe(false)
    await page.getByRole('button', { name: '显示快捷键' }).click()
    expect(await page.locator('.mt-keys dt').allTextContents()).toEqual(expect.arrayContaining(['Alt+1', 'Alt+O', 'Alt+S', 'F2']))
    await reader.look()
    await page.keyboard.press('Escape')
    const [filed] = await Promise.all([page.waitForResponse((response) => isFiling(response)), page.keyboard.press('Alt+s')])
    expect(filed.status(), await filed.text()).toBe(201)
    await page.getByRole('heading', { name: /已提交/ }).waitFor()
    const caseNo = (await page.locator('.mt-done .mt-big-number').first().textContent())!
    // Nothing stands open that a second Alt+S could send.
    await page.locator('.mt-done .mt-acts button').first().waitFor()
    expect(await page.locator('.mt-act-form').count()).toBe(0)

    await page.getByRole('button', { name: '一次性告知补正', exact: true }).click()
    await page.locator('.mt-act-form input[type=checkbox]').first().check()
    await page.locator('.mt-act-form input[maxlength="500"]').fill('照片不清晰')
    await reader.look()
    await reader.context.clearCookies({ name: 'mt_session' })
    await page.locator('.mt-outcomes button').last().click()
    await page.getByText('登录已失效').waitFor()
    const dialog = page.locator('dialog')
    await dialog.getByLabel('用户名').fill('clerk')
    await dialog.getByLabel('口令').fill(DEMO_PASSWORD)
    await dialog.getByRole('button', { name: '登录', exact: true }).click()
    // The very act that found the session lost is done, with what was typed.
    await expect.poll(async () => (await (await officer('clerk')).get(`/api/v1/cases/${caseNo}`)).stage).toBe('supplementing')
    await show(reader, `/console/cases/${caseNo}`)
    expect(await page.locator('.mt-stage').textContent()).toBe('待补正')
    await reader.context.close()
    expect(reader.problems.filter((one) => !one.includes('status of 401'))).toEqual([])
  }, 120_000)

  test('what is prepared for a batch outlives the screen and the session; the keys are listed from within the field', async () => {
    const reader = await at('clerk', '/console/counter', { name: 'console-batch' })
    const { page } = reader
    const name = `顾批次${Date.now() % 1000}`
    await page.locator('#one-field').fill('高龄')
    await page.locator('.mt-found').getByRole('button', { name: /高龄/ }).click()
    await page.locator('#intake-item', { hasText: '高龄' }).waitFor()
    await page.locator('[data-field=idNumber] input').first().fill(freshId())
    await page.getByLabel('姓名必填').fill(name)
    await page.keyboard.press('Alt+b')
    const batch = page.locator('section', { has: page.locator('#batch') })
    await batch.getByText(name).waitFor()
    await page.keyboard.press('Alt+Shift+2')
    await page.getByRole('heading', { name: '我的待办' }).waitFor()
    await page.keyboard.press('Alt+Shift+1')
    await batch.getByText(name).waitFor()
    await page.locator('#one-field').focus()
    await page.keyboard.press('F1')
    await page.getByRole('heading', { name: '键盘快捷键' }).waitFor()
    await page.keyboard.press('Escape')
    await page.reload()
    await page.getByRole('button', { name: `取回 ${name}` }).waitFor()
    await page.getByRole('button', { name: `删除 ${name}` }).click()
    await reader.look()
    // The question stands in front with the keyboard on its answer.
    await page.locator('dialog').getByRole('button', { name: '删除' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: `取回 ${name}` }).waitFor({ state: 'detached' })
    await reader.close()
  }, 60_000)
})
