import { describe, expect, test } from 'vitest'
import { hasChromium, openBrowser } from './browser.ts'

describe.skipIf(!hasChromium)('signing in to the console', () => {
  const newReader = openBrowser()

  test('signing in: a demo lists its accounts, a wrong password says so and keeps the name', async () => {
    const reader = await newReader({ name: 'console-sign-in' })
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
    expect(await page.getByRole('navigation', { name: '工作台导航' }).getByRole('link').allTextContents()).toEqual(['综合窗口', '我的待办', '办件', '失信记录', '垂直系统', '日清签退', '交接班', '亮灯与申诉', '消息', '工作日历', '时限规则', '机构与岗位'])
    await reader.context.close()
  })
})
