import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CaseView } from '../../src/domains/cases/contract.ts'
import { applicationFor } from './applications.ts'
import { startTownServer, type TownServer } from './town-server.ts'

let town: TownServer
beforeAll(async () => { town = await startTownServer() })
afterAll(async () => { await (town as TownServer | undefined)?.close() })

interface Explained { readonly dueOn: string | null; readonly days: readonly { readonly date: string; readonly counted: boolean; readonly reason: string; readonly source: string }[] }
const explain = async (caseNo: string): Promise<Explained> => (await town.api<Explained>('GET', `/api/v1/cases/${caseNo}/clocks/LIC.DECIDE/explain`)).body
const told = ({ days }: Explained): string[] => days.map((day) => `${day.date.slice(5)} ${day.reason}${day.counted ? ' counted' : ''}`)

/* Monday 2 March 2026: acceptance and day zero. Twenty working days; stopped for a test from the 4th, lengthened by ten, resumed on the 9th. */
it('a limit that stands still, then was lengthened, tells anybody each day and its article, but not what the officer wrote', async () => {
  const filed = await town.file('clerk', await applicationFor(town, 'public-place-hygiene', 'clerk', { seed: 77 }))
  let now: CaseView = await town.act('clerk', filed, 'accept')
  town.later(2)
  now = await town.act('reviewer', now, 'suspend', { ground: 'testing', workingDaysNeeded: 5, requiredBy: '公共场所卫生管理条例实施细则' })
  now = await town.act('reviewer', now, 'requestExtension', { reason: '检测项目多' })
  now = await town.act('head', now, 'extend', { reason: '已电告申请人林晚照', workingDays: 10 })
  town.later(3)

  const standing = await explain(filed.caseNo)
  expect(standing.dueOn).toBeNull()
  expect(told(standing)).toEqual(['03-02 dayZero', '03-03 working counted', '03-04 working counted', '03-05 suspended', '03-06 suspended', '03-07 suspended'])
  expect(standing.days.at(-1)!.source).toBe('行政许可法 第四十五条（检测）')

  town.later(2)
  now = await town.act('reviewer', now, 'resume', { result: '检测合格' })
  // Two of thirty are used. 10–13 March: 4; 16–20: 9; 23–27: 14; 30 March – 3 April: 19; 7–10 April (4–6 off): 23; 13–17: 28.
  const running = await explain(filed.caseNo)
  expect(running.dueOn).toBe('2026-04-17')
  expect(running.days.filter((day) => day.counted)).toHaveLength(30)
  expect(told(running).slice(3, 9)).toEqual(['03-05 suspended', '03-06 suspended', '03-07 suspended', '03-08 suspended', '03-09 suspended', '03-10 working counted'])

  const page = await town.api('GET', `/track/clock?caseNo=${filed.caseNo}&clock=LIC.DECIDE`, undefined, { headers: { accept: 'text/html' } })
  expect(page.text).toContain('行政许可法 第四十二条第一款')
  expect(page.text).not.toContain('林晚照')
  expect((await town.api<CaseView>('GET', `/api/v1/cases/${filed.caseNo}`, undefined, { as: 'reviewer' })).text).toContain('已电告申请人林晚照')
})
