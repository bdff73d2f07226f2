import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { hasChromium, launch, officer, readerOf, startHouse, type Reader, type RunningHouse } from './browser.ts'

// Food business licence (食品经营许可): a form in two sections with questions that answers bring up, three materials of one's own, the
// business licence shared, the food-safety rules deferrable; one post reviews, one surveys with a second officer, another decides.
const FOOD = /食品经营许可（新办）/
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')
const file = (name: string) => ({ name, mimeType: 'image/png', buffer: PNG })

describe.skipIf(!hasChromium)('a person applies online', () => {
  let house: RunningHouse
  let browser: Browser
  let food: string
  beforeAll(async () => {
    house = await startHouse()
    browser = await launch()
    const found = await (await fetch(`${house.url}/items?q=${encodeURIComponent('食品经营许可（新办）')}`)).text()
    food = /href="\/items\/([^"?]+)"[^>]*>[^<]*食品经营许可（新办）/.exec(found)![1]!
  }, 300_000)
  afterAll(async () => {
    await browser?.close()
    await house?.stop()
  })

  test('in Chinese on a large screen: asked once to supplement, supplements, is granted, takes away the paper and verifies the receipt', async () => {
    const reader = await readerOf(browser, house, { name: 'zh' })
    const { page } = reader
    await reader.go(`/items/${food}`)
    await reader.go(`/apply/${food}`)
    expect(page.url()).toContain('/sign-in?to=')
    await reader.signIn('applicant', `/apply/${food}`)
    await expectHeading(reader, FOOD)
    await reader.press('开始填写') // nothing chosen yet
    expect(await page.locator('.error').first().textContent()).toContain('请选择您为谁申请')
    await page.getByLabel(/我本人/).check()
    await reader.press('开始填写')

    // What the account told is there already.
    expect(await page.inputValue('input[name=name]')).toBe('林晚照')
    await page.fill('input[name=phone]', '123')
    await reader.press('保存并继续')
    expect(await page.locator('.error-summary').textContent()).toContain('联系电话不正确')
    expect(await page.inputValue('input[name=phone]')).toBe('123')
    await page.fill('input[name=phone]', '13900000001')
    await reader.press('保存并继续')
    const caseNo = /\/apply\/draft\/([^/]+)\//.exec(page.url())![1]!

    await page.fill('input[name=businessName]', '晚照小馆')
    await page.fill('input[name=address]', '北京市西城区演示路88号1层')
    await page.fill('input[name=area]', '六十')
    expect(await page.inputValue('input[name=contactPhone]')).toBe('13900000001')
    await reader.press('保存并继续')
    expect(await page.locator('.error-summary').textContent()).toContain('面积')
    await page.fill('input[name=area]', '60')
    await reader.press('保存并继续')

    await page.locator('select[name=foodVenue], input[name=foodVenue]').first().waitFor()
    await page.getByLabel('餐饮服务经营者').check()
    await page.fill('textarea[name=foodCategories]', '热食类食品制售')
    await reader.press('保存并继续') // being a caterer brings up cold dishes
    await page.locator('fieldset', { hasText: '制售冷食' }).getByLabel('否').check()
    await reader.press('保存并继续')

    await expectHeading(reader, '申请材料')
    expect(await page.getByText('由系统生成，无需提交').count()).toBe(1)
    for (const id of ['equipmentLayout']) {
      await Promise.all([page.waitForEvent('load'), page.setInputFiles(`input[name="file-${id}"]`, file(`${id}.png`))])
      await reader.look()
    }
    await reader.press('保存并继续')
    await page.getByLabel('电子送达').first().check()
    await reader.press('保存并继续')
    expect(await page.locator('.error-summary').textContent()).toContain('同意电子送达')
    await page.getByLabel('我同意电子送达').check()
    await reader.press('保存并继续')

    await expectHeading(reader, '核对并提交')
    await page.getByLabel(/我承诺在 5 个工作日内补交/).check()
    await reader.press('签名并提交')
    expect(await page.locator('.error-summary').textContent()).toContain('请勾选声明')
    await page.getByLabel(/我承诺在 5 个工作日内补交/).check()
    await page.getByLabel(/我声明/).check()
    await reader.press('签名并提交')

    await expectHeading(reader, '申请已提交')
    expect(await page.locator('#case-no').textContent()).toBe(caseNo)
    expect(await page.locator('#track-code').textContent()).toMatch(/^[2-9A-HJKMNP-Z]{10}$/)
    await reader.press('为什么是这一天', 'link')
    expect(await page.locator('table').textContent()).toContain('起算日')
    await reader.go(`/apply/done/${caseNo}`)
    await reader.press('查看办件', 'link')

    // The office asks once.
    const clerk = await officer(house, 'clerk')
    await clerk.act(caseNo, 'requestSupplement', { defects: [{ materialId: 'equipmentLayout', field: null, what: '布局图没有标明存放区域' }, { materialId: null, field: 'employees', what: '请填写从业人员人数' }] })
    await reader.go('/my')
    await page.getByText('补正材料：2 处').waitFor()
    await reader.press('去办', 'link')
    await reader.press('提交') // nothing uploaded
    expect(await page.locator('.error-summary').textContent()).toContain('请上传')
    await page.fill('textarea[name=remarks]', '已重新绘制')
    await page.fill('input[name=employees]', '6')
    await page.setInputFiles('input[name="file-equipmentLayout"]', file('layout-2.png'))
    await page.getByText('已上传：layout-2.png').waitFor()
    await reader.press('提交')
    await page.getByText('已办理。').waitFor()

    // Accepted, reviewed, surveyed by two, decided by another.
    await clerk.act(caseNo, 'accept')
    await grantFood(house, caseNo)
    await reader.go(`/my/cases/${caseNo}`)
    await page.getByText('办理结果：准予').waitFor()
    await expectPdf(reader, caseNo, '准予')
    await verifyReceipt(reader, '核验')
    await reader.go('/my/messages')
    await reader.press('全部标为已读')
    await reader.go('/my/data')
    await reader.go('/my/password')
    await reader.go(`/items/${food}/results`)
    expect(await page.locator('main').textContent()).toContain('林**')
    await reader.close()
  })
})

async function expectHeading(reader: Reader, name: string | RegExp): Promise<void> {
  await reader.page.getByRole('heading', { level: 1, name }).waitFor()
}

/** What the department does between acceptance and the paper. */
async function grantFood(house: RunningHouse, caseNo: string): Promise<void> {
  const [reviewer, surveyor, second, chief] = await Promise.all(['reviewer', 'surveyor', 'reviewer2', 'chief'].map((name) => officer(house, name)))
  const { person } = await second!.get('/api/v1/sessions/current') as { person: { id: string } }
  await reviewer!.act(caseNo, 'review', { opinion: '材料齐全，符合法定形式' })
  await surveyor!.act(caseNo, 'survey', { opinion: '现场与图纸一致', secondOfficer: person.id })
  await chief!.act(caseNo, 'decide', { outcome: 'grant', reasons: '', content: '准予食品经营许可' })
}

async function expectPdf(reader: Reader, caseNo: string, kind: string): Promise<void> {
  const href = await reader.page.locator(`a[href^="/api/v1/cases/${caseNo}/papers/"]`, { hasText: kind }).first().getAttribute('href')
  const pdf = await reader.context.request.get(href!)
  expect(pdf.headers()['content-type']).toBe('application/pdf')
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-')
}

/** Downloads the newest receipt of the case shown and drops it on the page that verifies it in the browser. */
async function verifyReceipt(reader: Reader, button: string): Promise<void> {
  const { page } = reader
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#history a[href$=".json"]').first().click()])
  const text = readFileSync(await download.path(), 'utf8')
  // The sequencer numbers entries about once a second.
  await expect.poll(async () => (await reader.context.request.get(new URL((JSON.parse(text) as { proofUrl: string }).proofUrl).pathname)).status(), { timeout: 15_000 }).toBe(200)
  await reader.go('/verify')
  await page.fill('#receipt-text', text)
  await page.getByRole('button', { name: button }).click()
  await page.locator('#verify-result.verify-ok').waitFor()
  await reader.look()
}
