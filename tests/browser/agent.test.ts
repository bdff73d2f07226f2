import { describe, expect, test } from 'vitest'
import { DEMO_PASSWORD, hasChromium } from './browser.ts'
import { openConsole } from './console.ts'
import { freshId, PNG, PUBLIC_BATHS } from './filings.ts'

/** A company of nobody's; its check character counted with the weights of GB 32100. */
const COMPANY = { code: '91110102MA0000001N', name: '立夏茶馆有限公司' }

describe.skipIf(!hasChromium)('an agent entered at the counter', () => {
  const { at, newReader } = openConsole()

  test('who registered online is found by her number, confirmed against the original and entered as agent; she chooses for whom she acts', async () => {
    const [username, idNumber] = [`shuangjiang${Date.now()}`, freshId()]
    const online = await newReader({ name: 'agent' })
    await online.go('/register')
    for (const [name, value] of Object.entries({ 'identity.name': '霜降', 'identity.idNumber': idNumber, phone: '13912340009', username, password: DEMO_PASSWORD, again: DEMO_PASSWORD })) await online.page.fill(`[name="${name}"]`, value)
    await online.page.selectOption('[name="identity.idType"]', '111')
    await Promise.all([online.page.waitForURL('**/my'), online.page.locator('main form button[type=submit]').click()])

    const reader = await at('clerk', '/console/counter')
    const { page } = reader
    const asked: string[] = []
    page.on('request', (request) => asked.push(decodeURIComponent(request.url())))
    await page.locator('#one-field').fill(idNumber)
    const found = page.getByRole('link', { name: /霜降.*139\*\*\*\*0009.*尚未核验原件/ })
    await found.waitFor()
    await reader.look()
    await found.press('Enter')
    await page.getByLabel('原件上的姓名或者名称').fill('霜绛')
    await page.keyboard.press('Alt+s')
    await page.getByText('不能确认，请核对原件').waitFor()
    await page.getByLabel('原件上的姓名或者名称').fill('霜降')
    await page.keyboard.press('Enter')
    await page.getByText('✓ 已对照原件确认').waitFor()
    await reader.look()

    await page.getByLabel('单位', { exact: true }).check()
    await page.locator('[data-field=idNumber] input').fill(COMPANY.code)
    await page.locator('[data-field=name] input').fill(COMPANY.name)
    await page.getByLabel('指定事项').check()
    await page.getByLabel('委托的事项').fill('公共场所')
    await page.locator('.ant-select-item-option', { hasText: PUBLIC_BATHS }).click()
    await page.locator('[data-field=validTo] input').fill('2099-12-31')
    await page.keyboard.press('Enter')
    await page.locator('[data-field=authorityFileId] input[type=file]').setInputFiles({ name: '授权委托书.png', mimeType: 'image/png', buffer: PNG })
    await page.getByText('✓ 授权委托书.png').waitFor()
    await page.keyboard.press('Alt+g')
    await page.getByText('● 有效').waitFor()
    await reader.look()
    expect(asked.filter((address) => address.includes(idNumber))).toEqual([])
    await reader.close()

    await online.go('/my/acting')
    await online.page.getByLabel(COMPANY.name).check()
    await online.press('以此名义办理')
    await online.page.getByText(`您现在代“${COMPANY.name}”办理`).waitFor()
    await online.go('/my')
    await online.close()
  })
})
