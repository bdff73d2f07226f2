import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEMO_PASSWORD, hasChromium, launch, officer, readerOf, startHouse, type Reader, type RunningHouse } from './browser.ts'

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')
/** Born 1 January 1935, check character counted with the weights of GB 11643. */
const OLD_ID = '110102193501010010'

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
    expect(await page.getByRole('navigation', { name: '工作台导航' }).getByRole('link').allTextContents()).toEqual(['综合窗口', '我的待办', '办件', '交接班', '工作日历', '时限规则', '机构与岗位'])
    await reader.context.close()
  })

  test('a known item and a new applicant: held, taken up, filed with a scan, then one notice of what is missing – through a lost session', async () => {
    const reader = await at('clerk', '/console/counter')
    const { page } = reader
    await page.locator('#one-field').fill('高龄')
    await page.getByRole('button', { name: /高龄/ }).first().click()
    await page.locator('#intake-item', { hasText: '高龄' }).waitFor()
    await page.locator('#one-field').fill(OLD_ID)
    await page.getByRole('button', { name: /新申请人/ }).click()
    const name = `顾长庚${Date.now() % 1000}`
    await page.getByLabel('姓名必填').fill(name)
    await page.locator('[data-field=phone] input').fill('13900000088')
    await page.keyboard.press('Alt+h')
    await page.getByRole('button', { name: `取回 ${name}` }).click()
    expect(await page.locator('[data-field=idNumber] input').first().inputValue()).toBe(OLD_ID)

    // What is missing is told at once, at its fields.
    await page.locator('[data-field=age]').waitFor()
    await page.keyboard.press('Alt+s')
    await page.locator('.mt-field-wrong').first().waitFor()
    await reader.look()
    await page.locator('[data-field=age] input').fill('91')
    await page.locator('[data-field=localHousehold] input').first().check()
    await page.locator('[data-field=bankAccountNo] input').fill('6222021234567890123')
    await page.locator('[data-field=contactPhone] input').fill('13900000088')
    const forms = page.getByRole('combobox', { name: /^形式/ })
    for (let i = 0; i < await forms.count(); i += 1) {
      await forms.nth(i).click()
      await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: '原件' }).first().click()
    }
    await page.locator('.mt-materials input[type=file]').first().setInputFiles({ name: '身份证.png', mimeType: 'image/png', buffer: PNG })
    await page.getByText('✓ 身份证.png').waitFor()
    await page.keyboard.press('Alt+s')
    await page.getByRole('heading', { name: /已提交/ }).waitFor()
    const caseNo = (await page.locator('.mt-done .mt-big-number').first().textContent())!

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
    expect(await opinion.inputValue()).toBe('材料齐全，符合条件')
    await page.getByRole('button', { name: '为什么是这一天' }).first().click()
    await page.getByRole('columnheader', { name: '依据' }).waitFor()
    await reader.look()
    await page.keyboard.press('Escape')
    await reader.close()
  }, 60_000)

  async function reviewable(session: Awaited<ReturnType<typeof officer>>, caseNos: readonly string[]): Promise<string> {
    for (const no of caseNos) {
      const { acts } = await session.get(`/api/v1/cases/${no}`) as { acts: { act: string }[] }
      if (['review', 'askClarification'].every((wanted) => acts.some((one) => one.act === wanted))) return no
    }
    throw new Error('the demo has no case that may be reviewed')
  }

  const SCREENS: Readonly<Record<string, readonly string[]>> = {
    clerk: ['/console/counter', '/console/work', '/console/cases', '/console/shifts', '/console/calendars', '/console/calendars?tab=due', '/console/clock-rules', '/console/organisation'],
    catalog: ['/console/items', '/console/items?tab=changes'], sysadmin: ['/console/calendars?tab=import', '/console/health', '/console/organisation?tab=leaves'],
    secadmin: ['/console/accounts', '/console/organisation?tab=authorisations'], auditadmin: ['/console/audit', '/console/audit?tab=reads'],
  }
  const READERS = [{ language: 'zh' }, { language: 'en', phone: true }, { language: 'zh', phone: true, elder: true }] as const
  test.each(READERS.map((options) => [`${options.language}${'phone' in options ? ', phone' : ''}${'elder' in options ? ', elder' : ''}`, options] as const))('every screen can be read: %s', async (_name, options) => {
    for (const [who, paths] of Object.entries(SCREENS)) {
      const reader = await at(who, paths[0]!, { ...options, name: `console-${who}` })
      for (const path of paths.slice(1)) await show(reader, path)
      await reader.close()
    }
  }, 180_000)
})
