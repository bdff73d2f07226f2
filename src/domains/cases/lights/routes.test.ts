import { afterAll, beforeAll, expect, test } from 'vitest'
import { town, type Name, type Town } from '../../../../tests/town.ts'
import { houseSessions } from '../../../kernel/http/guard.ts'
import { createServer, type Server } from '../../../kernel/http/server.ts'
import type { CaseView } from '../contract.ts'
import type { MessageList } from '../message-contract.ts'
import { messageRoutes } from '../message-routes.ts'
import { caseRoutes } from '../routes.ts'
import { sweepCases } from '../sweep.ts'
import type { LightAppealList, LightCounts } from './contract.ts'
import { lightRoutes } from './routes.ts'

// Over HTTP, as programs and the console see it. One case, accepted on Monday 2 March 2026, its promise of ten working days past on the 17th.
let t: Town
let server: Server
let no: string
beforeAll(async () => {
  t = await town()
  const sessions = { ...houseSessions(t.house), hash: (token: string) => (t.as(token as Name) as { tokenHash: Buffer }).tokenHash }
  server = await createServer({ house: t.house, routes: [...caseRoutes({ house: t.house, press: undefined as never }), ...lightRoutes(t.house), ...messageRoutes(t.house)], refusals: [], rates: false, sessions })
  t.on('2026-03-02')
  no = await t.submit('plain')
  await t.act(no, 'accept', 'clerk')
  t.on('2026-03-17')
  await sweepCases(t.house)
}, 120_000)
afterAll(async () => {
  await server?.close()
  await t?.close()
})

async function call<T>(who: Name | null, method: 'GET' | 'POST', path: string, body?: unknown): Promise<{ status: number; body: T & { code?: string } }> {
  const answer = await server.inject({ method, url: `/api/v1/${path}`, headers: { ...(who ? { authorization: `Bearer ${who}` } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) })
  return { status: answer.statusCode, body: answer.json() as T & { code?: string } }
}
const see = async (who: Name) => (await call<CaseView>(who, 'GET', `cases/${no}`)).body
const counted = async (who: Name, query = '') => (await call<LightCounts>(who, 'GET', `lights${query}`)).body.rows.map(({ role, step, light, fallen, appealed, withdrawn, counted: counts }) => [role, step, light, fallen, appealed, withdrawn, counts])

test('lists and messages are for officers', async () => {
  for (const path of ['lights', 'lights/appeals', 'messages']) expect([path, (await call('applicant', 'GET', path)).status, (await call(null, 'GET', path)).status]).toEqual([path, 403, 401])
  expect((await call('applicant', 'POST', 'messages/read', {})).status).toBe(403)
})

test('counts are of one’s own organisations, of all for whoever may read all, within the days asked', async () => {
  const rows = [['reviewer', 'review', 'red', 1, 0, 0, 1], ['reviewer', 'review', 'black', 1, 0, 0, 1]]
  expect((await counted('reviewer')).sort()).toEqual(rows.sort())
  expect((await counted('inspector')).sort()).toEqual(rows.sort())
  expect(await counted('outsider')).toEqual([])
  expect(await counted('inspector', '?from=2026-03-17&to=2026-03-17')).toEqual([['reviewer', 'review', 'black', 1, 0, 0, 1]])
  expect((await call('inspector', 'GET', 'lights?from=yesterday')).status).toBe(422)
})

test('an appeal goes through the acts of the case, lies in the list by its day, and the post reads the decision', async () => {
  const light = (await see('reviewer')).lights!.find((one) => one.light === 'black')!
  expect((await see('reviewer')).acts.map(({ act }) => act)).toContain('appealLight')
  expect((await see('outsider')).acts.map(({ act }) => act)).not.toContain('appealLight')
  const input = { clock: light.clock, light: light.light, task: light.task, ground: 'forceMajeure', reason: '暴雨停工' }
  const { revision } = await see('reviewer')
  expect((await call('outsider', 'POST', `cases/${no}/acts`, { act: 'appealLight', revision, input })).body.code).toBe('lights/not-yours')
  expect((await call('reviewer', 'POST', `cases/${no}/acts`, { act: 'appealLight', revision, input: { ...input, light: 'yellow' } })).status).toBe(422)
  expect((await call('reviewer', 'POST', `cases/${no}/acts`, { act: 'appealLight', revision, input })).status).toBe(200)
  expect((await call('reviewer2', 'POST', `cases/${no}/acts`, { act: 'appealLight', revision: revision + 1, input })).body.code).toBe('lights/appealed-already')
  expect(await counted('reviewer', '?from=2026-03-17')).toEqual([['reviewer', 'review', 'black', 1, 1, 0, 0]])
  // Ten working days from the 17th: 18–20, 23–27, 30, 31.
  expect((await call<LightAppealList>('inspector', 'GET', 'lights/appeals')).body).toMatchObject({ total: 1, appeals: [{ caseNo: no, no: 1, light: 'black', dueOn: '2026-03-16', ground: 'forceMajeure', on: '2026-03-17', judgeBy: '2026-03-31', state: 'open', decidedOn: null }] })
  expect((await call<LightAppealList>('outsider', 'GET', 'lights/appeals')).body.total).toBe(0)

  expect((await see('inspector')).acts.map(({ act }) => act)).toContain('judgeLight')
  expect((await see('head')).acts.map(({ act }) => act)).not.toContain('judgeLight')
  expect((await call('inspector', 'POST', `cases/${no}/acts`, { act: 'judgeLight', revision: revision + 1, input: { appeal: 1, outcome: 'withdrawn', reason: '气象记录属实' } })).status).toBe(200)
  expect(await counted('reviewer', '?from=2026-03-17')).toEqual([['reviewer', 'review', 'black', 1, 0, 1, 0]])
  expect((await call<LightAppealList>('inspector', 'GET', 'lights/appeals?state=judged')).body.appeals).toMatchObject([{ caseNo: no, state: 'withdrawn', decidedOn: '2026-03-17' }])

  const messages = (await call<MessageList>('reviewer', 'GET', 'messages')).body
  expect(messages.messages.filter(({ caseNo, subject }) => caseNo === no && subject.zh.includes('申诉')).map(({ subject }) => subject.zh)).toEqual([`${no} 的亮灯申诉已有决定：撤销，不计入`])
  const [first] = messages.messages
  expect((await call<{ read: number }>('reviewer', 'POST', 'messages/read', { id: first!.id })).body.read).toBe(1)
  expect((await call<MessageList>('reviewer', 'GET', 'messages')).body.unread).toBe(messages.unread - 1)
  expect((await call<{ read: number }>('reviewer2', 'POST', 'messages/read', { id: first!.id })).body.read).toBe(0)
})

test('the applicant’s own view has no lights of posts, no appeal and no message of theirs; her due days are the law’s', async () => {
  const own = await see('applicant')
  expect([own.masked, own.lights, JSON.stringify(own).includes('暴雨停工'), JSON.stringify(own).includes('气象')]).toEqual([false, undefined, false, false])
  expect(own.clocks.find(({ rule }) => rule === 'SVC.PROMISE')).toMatchObject({ dueOn: '2026-03-16', light: 'black' })
  const { notices } = (await call<{ notices: { subject: { zh: string } }[] }>('applicant', 'GET', `cases/${no}/notices`)).body
  expect(notices.filter(({ subject }) => subject.zh.includes('灯'))).toEqual([])
})
