import { describe, expect, test } from 'vitest'
import { DEMO_PASSWORD, hasChromium, house } from './browser.ts'
import { openConsole, show } from './console.ts'
import { officer, type OfficerSession } from './officer.ts'

describe.skipIf(!hasChromium)('two officers', () => {
  const { at, newReader } = openConsole()

  test('two officers on one case: the other’s act appears by itself, and what was typed stays', async () => {
    const first = await officer('reviewer')
    const { tasks } = await first.get('/api/v1/tasks?scope=post') as { tasks: { caseNo: string }[] }
    const caseNo = await reviewable(first, tasks.map((task) => task.caseNo))
    const reader = await at('reviewer', `/console/cases/${caseNo}`)
    const { page } = reader
    const opinion = page.locator('.mt-act-form textarea').first()
    await opinion.fill('材料齐全，符合条件')
    const acts = await page.locator('.mt-timeline li').count()
    await first.act(caseNo, 'askClarification', { question: '请说明经营时间' })
    await expect.poll(() => page.locator('.mt-timeline li').count()).toBe(acts + 1)
    await page.locator('.mt-timeline li', { hasText: '请说明经营时间' }).first().waitFor()
    expect(await opinion.inputValue()).toBe('材料齐全，符合条件')
    await page.getByRole('button', { name: '为什么是这一天' }).first().click()
    await page.getByRole('columnheader', { name: '依据' }).waitFor()
    await reader.look()
    await page.keyboard.press('Escape')
    await reader.close()
  }, 60_000)

  test('two officers on one page: the second is told that her page was old, keeps what she typed, and submits it again', async () => {
    const first = await officer('reviewer')
    const { tasks } = await first.get('/api/v1/tasks?scope=post') as { tasks: { caseNo: string }[] }
    const caseNo = await reviewable(first, tasks.map((task) => task.caseNo))
    const reader = await newReader({ name: 'console-second' })
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
})

async function reviewable(session: OfficerSession, caseNos: readonly string[]): Promise<string> {
  for (const no of caseNos) {
    const { acts } = await session.get(`/api/v1/cases/${no}`) as { acts: { act: string }[] }
    if (['review', 'askClarification', 'tellInterestedParty'].every((wanted) => acts.some((one) => one.act === wanted))) return no
  }
  throw new Error('the demo has no case that may be reviewed')
}
