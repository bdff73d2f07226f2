import { PDFDocument } from '@cantoo/pdf-lib'
import { describe, expect, test } from 'vitest'
import { hasChromium, type Reader } from './browser.ts'
import { isFiling, openConsole } from './console.ts'
import { freshId, PUBLIC_BATHS } from './filings.ts'

describe.skipIf(!hasChromium)('one scan for several materials', () => {
  const { at } = openConsole()

  test.each([['zh', false], ['en', true]] as const)('one scan of five pages becomes the files of three materials by keys alone, and leaving the screen loses nothing (%s, telephone: %s)', async (language, phone) => {
    const reader = await at('clerk', '/console/counter', { language, phone, name: `console-split-${language}` })
    const { page } = reader
    const zh = language === 'zh'
    const name = `芒种${Date.now() % 1000}`
    await page.locator('#one-field').fill(PUBLIC_BATHS)
    await page.locator('.mt-found button', { hasText: zh ? PUBLIC_BATHS : 'Hygiene licence for a public place (new)' }).first().click()
    await page.locator('#intake-materials').waitFor()
    const common = page.getByLabel(zh ? '一份扫描件用于多项材料' : 'One scan for several materials')

    // What may not be taken apart says why, and is there to be used whole as before.
    const sealed = await PDFDocument.load(await scanOf(2))
    sealed.encrypt({ userPassword: '1234' })
    await common.setInputFiles({ name: 'locked.pdf', mimeType: 'application/pdf', buffer: Buffer.from(await sealed.save()) })
    await page.getByText(zh ? 'locked.pdf 设有密码，不能拆分。' : 'locked.pdf is protected by a password and cannot be split.').waitFor()
    await page.locator('.mt-several').getByText('✓ locked.pdf').waitFor()
    expect(await page.locator('.mt-pages').count()).toBe(0)

    await common.setInputFiles({ name: '全部.pdf', mimeType: 'application/pdf', buffer: await scanOf(5) })
    const panel = page.locator('.mt-pages')
    await panel.waitFor()
    const told = panel.getByRole('status')
    await expect.poll(() => told.textContent()).toBe(zh ? '第 1 页，共 5 页；第1–5页未分' : 'Page 1 of 5; Pages 1–5 not given yet')
    const names = await page.locator('.mt-materials > li strong').allTextContents()
    await page.locator('.mt-pages iframe').waitFor()
    await reader.look()
    // Two pages to the first; the third is turned and goes to the second; the fourth is blank; too early to end.
    for (const key of ['Alt+1', 'Alt+0', 'Alt+r', 'Alt+2', 'Alt+x', 'Alt+Enter']) await page.keyboard.press(key)
    await expect.poll(() => told.textContent()).toBe(zh ? `第 5 页，共 5 页；第1–2页 → ${names[0]}；第3页 → ${names[1]}；第4页略去；第5页未分` : `Page 5 of 5; Pages 1–2 → ${names[0]}; page 3 → ${names[1]}; page 4 left out; page 5 not given yet`)
    await panel.getByText(zh ? '第5页还没有分：放入一项材料，或者略去。' : 'Page 5 is not given yet: give it to a material, or leave it out.').waitFor()
    await reader.look()
    // A wrong key is taken back.
    for (const key of ['Alt+1', 'Alt+z', 'Alt+3', 'Alt+PageUp', 'Alt+PageUp']) await page.keyboard.press(key)
    await expect.poll(() => told.textContent()).toBe(zh ? `第 3 页，共 5 页；第1–2页 → ${names[0]}；第3页 → ${names[1]}；第4页略去；第5页 → ${names[2]}` : `Page 3 of 5; Pages 1–2 → ${names[0]}; page 3 → ${names[1]}; page 4 left out; page 5 → ${names[2]}`)
    await page.locator('[data-field=name] input').first().fill(name)
    if (zh) {
      // A look at another screen: the intake is on hold, and the scan is where it was.
      await page.getByRole('navigation', { name: '工作台导航' }).getByRole('link', { name: '办件', exact: true }).click()
      await page.locator('.mt-pages').waitFor({ state: 'detached' })
      await page.getByRole('navigation', { name: '工作台导航' }).getByRole('link', { name: '综合窗口', exact: true }).click()
      await page.getByRole('button', { name: `取回 ${name}` }).first().click()
      await expect.poll(() => told.textContent()).toContain('第 3 页，共 5 页；第1–2页')
    }
    await page.keyboard.press('F1')
    expect(await page.locator('.mt-keys dt').allTextContents()).toEqual(expect.arrayContaining(['Alt+1', 'Alt+0', 'Alt+X', 'Alt+R', 'Alt+Z', 'Alt+PageUp', 'Alt+PageDown', 'Alt+Enter']))
    await page.keyboard.press('Escape')

    // Sorted, it is cut when the intake is put on hold; the parts come back with it.
    await page.keyboard.press('Alt+h')
    await page.getByRole('button', { name: `${zh ? '取回' : 'Take up'} ${name}` }).first().click()
    const part = (i: number, of: string) => page.locator('.mt-materials > li').nth(i).getByText(`✓ 全部_p${of}.pdf`)
    await part(0, '1-2').waitFor()
    await part(1, '3').waitFor()
    await part(2, '5').waitFor()
    await reader.look()
    if (zh) await fileAndCount(reader)
    await reader.close()
  })
})

/** A scan of as many pages, each of which says which it is. */
async function scanOf(pages: number): Promise<Buffer> {
  const document = await PDFDocument.create()
  for (let n = 1; n <= pages; n += 1) document.addPage([420, 595]).drawText(`page ${n}`, { x: 60, y: 400, size: 60 })
  return Buffer.from(await document.save())
}

/** Files the intake on the screen and counts the pages of each file in the case. */
async function fileAndCount({ page, context }: Reader): Promise<void> {
  await page.locator('[data-field=idNumber] input').first().fill(freshId())
  await page.locator('[data-field=phone] input').first().fill('13900000077')
  const field = (name: string) => page.locator(`section[aria-labelledby=intake-item] [data-field=${name}]`)
  await field('venueName').locator('input').fill('芒种浴池')
  await field('placeKind').locator('.ant-select').click()
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click()
  await field('address').locator('input').fill('演示路 7 号')
  await field('area').locator('input').fill('90')
  await field('employees').locator('input').fill('4')
  await field('contactPhone').locator('input').fill('13900000077')
  // What was to follow later and is handed in after all is there, and follows no more.
  await page.getByRole('checkbox', { name: /^容缺后补/ }).check()
  const forms = page.getByRole('combobox', { name: /^形式/ })
  for (let i = 3; i < await forms.count(); i += 1) {
    await forms.nth(i).click()
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: '原件' }).first().click()
  }
  // A scan still being sorted when the intake is filed is cut first; a material already filled takes the new part.
  await page.getByLabel('一份扫描件用于多项材料').setInputFiles({ name: '补扫.pdf', mimeType: 'application/pdf', buffer: await scanOf(3) })
  await page.locator('.mt-pages').waitFor()
  await page.keyboard.press('Alt+3')
  await page.keyboard.press('Alt+PageDown')
  await page.keyboard.press('Alt+0')
  const [filed] = await Promise.all([page.waitForResponse((response) => isFiling(response)), page.keyboard.press('Alt+s')])
  expect(filed.status(), await filed.text()).toBe(201)
  const { materials, deferred } = filed.request().postDataJSON() as { materials: { fileId: string | null }[]; deferred: unknown }
  expect([materials.length, deferred]).toEqual([6, null])
  const sent = materials.flatMap(({ fileId }) => fileId ?? [])
  const { caseNo } = await filed.json() as { caseNo: string }
  const counts = await Promise.all(sent.map(async (id) => (await PDFDocument.load(await (await context.request.get(`/api/v1/cases/${caseNo}/files/${id}`)).body())).getPages().map((each) => each.getRotation().angle)))
  expect(new Set(sent).size).toBe(3)
  expect(counts.toSorted((a, b) => a.length - b.length)).toEqual([[90], [0, 0], [0, 0, 0]])
}
