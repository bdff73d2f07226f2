import { readFileSync } from 'node:fs'
import { PDFDocument } from '@cantoo/pdf-lib'
import type { Browser, Page, Response } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEMO_PASSWORD, hasChromium, launch, officer, readerOf, startHouse, type Reader, type RunningHouse } from './browser.ts'

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')
/** A person born on 1 January 1935 whom no case names yet, her check character counted with the weights of GB 11643. */
function freshId(): string {
  const body = `11010219350101${String(Date.now() % 1000).padStart(3, '0')}`
  const sum = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2].reduce((total, weight, i) => total + weight * Number(body[i]), 0)
  return `${body}${'10X98765432'[sum % 11]!}`
}
/** A company of nobody's; its check character counted with the weights of GB 32100. */
const COMPANY = { code: '91110102MA0000001N', name: '立夏茶馆有限公司' }
const PUBLIC_BATHS = '公共场所卫生许可（新办）'

describe.skipIf(!hasChromium)('the console', () => {
  let house: RunningHouse
  let browser: Browser
  beforeAll(async () => {
    house = await startHouse()
    browser = await launch()
  }, 300_000)
  afterAll(async () => {
    await browser?.close()
    await house?.stop()
  })

  /** A reader at work as a demo account, on the first screen of that post. */
  async function at(username: string, path: string, options: Parameters<typeof readerOf>[2] = {}): Promise<Reader> {
    const reader = await readerOf(browser, house, { name: `console-${username}`, ...options })
    await reader.context.request.post(`${house.url}/api/v1/sessions`, { data: { username, password: DEMO_PASSWORD }, headers: { origin: house.url } })
    await show(reader, path)
    return reader
  }
  async function show(reader: Reader, path: string): Promise<void> {
    await reader.page.goto(path)
    await settled(reader.page)
    await reader.look()
  }
  const isFiling = (response: Response): boolean => response.request().method() === 'POST' && new URL(response.url()).pathname === '/api/v1/cases'
  async function settled(page: Page): Promise<void> {
    await page.locator('#screen-title').first().waitFor()
    await page.locator('[aria-busy=true]').waitFor({ state: 'detached' })
  }

  test('signing in: a demo lists its accounts, a wrong password says so and keeps the name', async () => {
    const reader = await readerOf(browser, house, { name: 'console-sign-in' })
    const { page } = reader
    await page.goto('/console/')
    await page.getByRole('heading', { name: '登录工作台' }).waitFor()
    await reader.look()
    await page.getByLabel('用户名').fill('clerk')
    await page.getByLabel('口令').fill('wrong')
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByText('用户名或口令不正确').waitFor()
    expect(await page.getByLabel('用户名').inputValue()).toBe('clerk')
    await page.getByRole('button', { name: /综合窗口受理员/ }).click()
    await page.getByRole('heading', { name: '综合窗口' }).waitFor()
    expect(await page.getByRole('navigation', { name: '工作台导航' }).getByRole('link').allTextContents()).toEqual(['综合窗口', '我的待办', '办件', '失信记录', '垂直系统', '日清签退', '交接班', '工作日历', '时限规则', '机构与岗位'])
    await reader.context.close()
  })

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
    await expect.poll(async () => (await (await officer(house, 'clerk')).get(`/api/v1/cases/${caseNo}`)).stage, { timeout: 10_000 }).toBe('supplementing')
    await show(reader, `/console/cases/${caseNo}`)
    expect(await page.locator('.mt-stage').textContent()).toBe('待补正')
    await reader.context.close()
    expect(reader.problems.filter((one) => !one.includes('status of 401'))).toEqual([])
  }, 120_000)

  /** A scan of as many pages, each of which says which it is. */
  async function scanOf(pages: number): Promise<Buffer> {
    const document = await PDFDocument.create()
    for (let n = 1; n <= pages; n += 1) document.addPage([420, 595]).drawText(`page ${n}`, { x: 60, y: 400, size: 60 })
    return Buffer.from(await document.save())
  }

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

  test('two officers on one case: the other’s act appears by itself, and what was typed stays', async () => {
    const first = await officer(house, 'reviewer')
    const { tasks } = await first.get('/api/v1/tasks?scope=post') as { tasks: { caseNo: string }[] }
    const caseNo = await reviewable(first, tasks.map((task) => task.caseNo))
    const reader = await at('reviewer', `/console/cases/${caseNo}`)
    const { page } = reader
    const opinion = page.locator('.mt-act-form textarea').first()
    await opinion.fill('材料齐全，符合条件')
    const acts = await page.locator('.mt-timeline li').count()
    await first.act(caseNo, 'askClarification', { question: '请说明经营时间' })
    await expect.poll(() => page.locator('.mt-timeline li').count(), { timeout: 15_000 }).toBe(acts + 1)
    await page.locator('.mt-timeline li', { hasText: '请说明经营时间' }).first().waitFor()
    expect(await opinion.inputValue()).toBe('材料齐全，符合条件')
    await page.getByRole('button', { name: '为什么是这一天' }).first().click()
    await page.getByRole('columnheader', { name: '依据' }).waitFor()
    await reader.look()
    await page.keyboard.press('Escape')
    await reader.close()
  }, 60_000)

  test('two officers on one page: the second is told that her page was old, keeps what she typed, and submits it again', async () => {
    const first = await officer(house, 'reviewer')
    const { tasks } = await first.get('/api/v1/tasks?scope=post') as { tasks: { caseNo: string }[] }
    const caseNo = await reviewable(first, tasks.map((task) => task.caseNo))
    const reader = await readerOf(browser, house, { name: 'console-second' })
    const { page } = reader
    // Her live updates never come, so that only the server can tell her.
    await page.addInitScript({ content: 'window.EventSource = class { addEventListener() {} close() {} }' })
    await reader.context.request.post(`${house.url}/api/v1/sessions`, { data: { username: 'reviewer', password: DEMO_PASSWORD }, headers: { origin: house.url } })
    await show(reader, `/console/cases/${caseNo}`)
    await page.getByRole('button', { name: '请申请人说明', exact: true }).or(page.locator('.mt-acts button', { hasText: '说明' })).first().click()
    const question = page.locator('[data-field=question] textarea')
    await question.fill('请补充说明从业人员人数的依据')
    await first.act(caseNo, 'tellInterestedParty', { name: '演示路居民', interest: '相邻权益' })
    await page.keyboard.press('Alt+s')
    await page.getByText('页面已更新为最新状态，您填写的内容都在').waitFor()
    expect(await question.inputValue()).toBe('请补充说明从业人员人数的依据')
    await page.locator('.mt-timeline li', { hasText: '利害关系人' }).first().waitFor()
    await reader.look()
    await page.keyboard.press('Alt+s')
    await page.getByText(/已办妥，凭证编号/).waitFor()
    await reader.close()
  }, 60_000)

  test('who registered online is found by her number, confirmed against the original and entered as agent; she chooses for whom she acts', async () => {
    const [username, idNumber] = [`shuangjiang${Date.now()}`, freshId()]
    const online = await readerOf(browser, house, { name: 'agent' })
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

  async function reviewable(session: Awaited<ReturnType<typeof officer>>, caseNos: readonly string[]): Promise<string> {
    for (const no of caseNos) {
      const { acts } = await session.get(`/api/v1/cases/${no}`) as { acts: { act: string }[] }
      if (['review', 'askClarification', 'tellInterestedParty'].every((wanted) => acts.some((one) => one.act === wanted))) return no
    }
    throw new Error('the demo has no case that may be reviewed')
  }

  test('a suspended and extended case: console and portal hatch the pause and say of every day why it counts or not, in both languages', async () => {
    const { caseNo, clock, paused } = await suspendedAndExtended()
    for (const language of ['zh', 'en'] as const) {
      const words = language === 'zh'
        ? { why: '为什么是这一天', extended: '已延长 10 个工作日', pause: /中止 .+ 至 .+/, suspended: /^中止，不计入/, portal: /中止/ }
        : { why: 'Why this day', extended: 'extended by 10 working days', pause: /Suspended .+ to .+/, suspended: /^Suspended, not counted/, portal: /suspended/i }
      const reader = await at('reviewer', `/console/cases/${caseNo}`, { language, name: `console-pause-${language}` })
      const { page } = reader
      const band = page.locator('section.mt-clock', { has: page.locator(`#clock-${clock.replaceAll('.', '\\.')}`) })
      const hatch = band.locator('.mt-bar-pause')
      expect((await hatch.boundingBox())!.width).toBeGreaterThan(2)
      expect(await page.evaluate<string>("getComputedStyle(document.querySelector('.mt-bar-pause')).backgroundImage")).toContain('repeating-linear-gradient')
      const foot = await band.locator('.mt-clock-foot').textContent()
      expect(foot).toContain(words.extended)
      expect(foot).toMatch(words.pause)
      await band.getByRole('button', { name: words.why }).click()
      const rows = page.locator('.mt-days tbody tr', { has: page.locator('td:nth-child(3)', { hasText: words.suspended }) })
      await rows.first().waitFor()
      expect(await rows.count()).toBe(paused.length)
      expect(await rows.locator('td:nth-child(2)').allTextContents()).toEqual(paused.map(() => '–'))
      expect(await rows.locator('td:nth-child(4)').allTextContents()).toEqual(paused.map((day) => day.source))
      await reader.look()
      await reader.close()

      const outsider = await readerOf(browser, house, { name: `portal-pause-${language}`, language })
      await outsider.go(`/track/clock?caseNo=${caseNo}&clock=${clock}`)
      const said = outsider.page.locator('main tr', { hasText: paused[0]!.source })
      expect(await said.filter({ hasText: words.portal }).count()).toBe(paused.length)
      await outsider.close()
    }

    // The applicant's own page hatches the same pause of a case of hers.
    const own = await filedBaths()
    const reviewer = await officer(house, 'reviewer')
    await (await officer(house, 'clerk')).act(own.caseNo, 'accept')
    await reviewer.act(own.caseNo, 'suspend', { ground: 'testing', workingDaysNeeded: 5, requiredBy: '公共场所卫生管理条例' })
    const reader = await readerOf(browser, house, { name: 'portal-own-pause' })
    await reader.go('/track')
    await reader.page.fill('input[name=caseNo]', own.caseNo)
    await reader.page.fill('input[name=trackCode]', own.trackCode)
    await Promise.all([reader.page.waitForEvent('load'), reader.page.locator('main form button[type=submit]').click()])
    await reader.look()
    expect(await reader.page.locator('svg.band rect[fill^="url(#"]').count()).toBeGreaterThan(0)
    expect(await reader.page.locator('main').textContent()).toContain('检测')
    await reader.close()
  }, 90_000)

  interface ExplainedDay { readonly date: string; readonly counted: boolean; readonly reason: string; readonly source: string }
  /** A case of the demo whose decision has been standing still: taken up again and extended, as officers do. */
  async function suspendedAndExtended(): Promise<{ caseNo: string; clock: string; paused: readonly ExplainedDay[] }> {
    const reviewer = await officer(house, 'reviewer')
    const head = await officer(house, 'head')
    const { cases } = await reviewer.get('/api/v1/cases?stage=accepted') as { cases: { caseNo: string }[] }
    for (const { caseNo } of cases) {
      const { acts } = await reviewer.get(`/api/v1/cases/${caseNo}`) as { acts: { act: string }[] }
      if (!['resume', 'requestExtension'].every((wanted) => acts.some((one) => one.act === wanted))) continue
      const { clocks } = await reviewer.act(caseNo, 'resume', { result: '检测已完成，报告附卷' }) as { clocks: { id: string; rule: string; stopped: boolean; suspensions: unknown[] }[] }
      const clock = clocks.find((one) => one.rule === 'LIC.DECIDE' && !one.stopped && one.suspensions.length > 0)
      if (!clock) continue
      await reviewer.act(caseNo, 'requestExtension', { reason: '检测项目较多' })
      await head.act(caseNo, 'extend', { reason: '检测项目较多', workingDays: 10 })
      const { days } = await reviewer.get(`/api/v1/cases/${caseNo}/clocks/${clock.id}/explain`) as { days: ExplainedDay[] }
      const paused = days.filter((day) => day.reason === 'suspended')
      // One that was stopped only today has no such day yet.
      if (paused.length === 0) continue
      return { caseNo, clock: clock.id, paused }
    }
    throw new Error('the demo has no suspended case')
  }

  /** Filed at the counter with everything its guide demands. */
  async function filedBaths(applicant: Record<string, unknown> = {}): Promise<{ caseNo: string; trackCode: string }> {
    const clerk = await officer(house, 'clerk')
    const { items } = await clerk.get(`/api/v1/items?q=${encodeURIComponent(PUBLIC_BATHS)}`) as { items: { code: string; name: string }[] }
    const { code } = items.find((item) => item.name === PUBLIC_BATHS)!
    const { materials } = await clerk.get(`/api/v1/items/${code}`) as { materials: { id: string; demanded: boolean }[] }
    return await clerk.post('/api/v1/cases', {
      itemCode: code, channel: 'counter', commitment: false, service: { mode: 'counter', consent: false }, representative: null, agent: null, deferred: null,
      applicant: { kind: 'person', idType: '111', idNumber: freshId(), name: '顾长庚', phone: '13900000088', ...applicant },
      form: { venueName: '明堂浴池', placeKind: 'bath', address: '演示路 6 号', area: 120.5, employees: 8, contactPhone: '13900000088' },
      materials: materials.filter((material) => material.demanded).map((material) => ({ materialId: material.id, fileId: null, form: 'original', copies: 1 })),
    }) as { caseNo: string; trackCode: string }
  }

  test('notices: channel, time and outcome of each; one that reached nobody becomes a call, prefilled, and stands as delivered after it', async () => {
    // A landline takes no SMS: the provider says so, and the statutory notice has failed.
    const { caseNo } = await filedBaths({ phone: '010-83900000' })
    const clerk = await officer(house, 'clerk')
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

  const SCREENS: Readonly<Record<string, readonly string[]>> = {
    clerk: ['/console/counter', '/console/work', '/console/cases', '/console/credit-records', '/console/vertical', '/console/day', '/console/shifts', '/console/calendars', '/console/calendars?tab=due', '/console/clock-rules', '/console/organisation'],
    catalog: ['/console/items', '/console/items?tab=changes', '/console/procedures', '/console/procedures/food-business'], sysadmin: ['/console/calendars?tab=import', '/console/health', '/console/organisation?tab=leaves'],
    secadmin: ['/console/accounts', '/console/organisation?tab=authorisations'], auditadmin: ['/console/audit', '/console/audit?tab=reads'],
  }
  const READERS = [{ language: 'zh' }, { language: 'en', phone: true }, { language: 'zh', phone: true, elder: true }] as const
  test.each(READERS.map((options) => [`${options.language}${'phone' in options ? ', phone' : ''}${'elder' in options ? ', elder' : ''}`, options] as const))('every screen can be read: %s', async (_name, options) => {
    await Promise.all(Object.entries(SCREENS).map(async ([who, paths]) => {
      const reader = await at(who, paths[0]!, { ...options, name: `console-${who}` })
      for (const path of paths.slice(1)) await show(reader, path)
      await reader.close()
    }))
  }, 180_000)
})
