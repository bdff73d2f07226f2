import { describe, expect, test } from 'vitest'
import { hasChromium } from './browser.ts'
import { openConsole } from './console.ts'
import { filedBaths } from './filings.ts'
import { officer } from './officer.ts'

describe.skipIf(!hasChromium)('a clock that stood still', () => {
  const { at, newReader } = openConsole()

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

      const outsider = await newReader({ name: `portal-pause-${language}`, language })
      await outsider.go(`/track/clock?caseNo=${caseNo}&clock=${clock}`)
      const said = outsider.page.locator('main tr', { hasText: paused[0]!.source })
      expect(await said.filter({ hasText: words.portal }).count()).toBe(paused.length)
      await outsider.close()
    }

    // The applicant's own page hatches the same pause of a case of hers.
    const own = await filedBaths()
    const reviewer = await officer('reviewer')
    await (await officer('clerk')).act(own.caseNo, 'accept')
    await reviewer.act(own.caseNo, 'suspend', { ground: 'testing', workingDaysNeeded: 5, requiredBy: '公共场所卫生管理条例' })
    const reader = await newReader({ name: 'portal-own-pause' })
    await reader.go('/track')
    await reader.page.fill('input[name=caseNo]', own.caseNo)
    await reader.page.fill('input[name=trackCode]', own.trackCode)
    await Promise.all([reader.page.waitForEvent('load'), reader.page.locator('main form button[type=submit]').click()])
    await reader.look()
    expect(await reader.page.locator('svg.band rect[fill^="url(#"]').count()).toBeGreaterThan(0)
    expect(await reader.page.locator('main').textContent()).toContain('检测')
    await reader.close()
  }, 90_000)
})

interface ExplainedDay { readonly date: string; readonly counted: boolean; readonly reason: string; readonly source: string }
/** A case of the demo whose decision has been standing still: taken up again and extended, as officers do. */
async function suspendedAndExtended(): Promise<{ caseNo: string; clock: string; paused: readonly ExplainedDay[] }> {
  const reviewer = await officer('reviewer')
  const head = await officer('head')
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
