import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { town, type Name, type Town } from '../../../tests/town.ts'
import { houseSessions } from '../../kernel/http/guard.ts'
import { createServer, type Server } from '../../kernel/http/server.ts'
import { counterRoutes } from './counter-routes.ts'
import type { BatchResult, Hold, HoldEntry, ShiftAcceptance, Shifts } from './counter-contract.ts'

const HOLD = '6f1c2a3e-0d5b-4c8e-9a77-1b2c3d4e5f60'

let centre: Town
let server: Server
beforeAll(async () => {
  centre = await town()
  // The bearer's text is the officer's name; the session behind it is a real one.
  const sessions = { ...houseSessions(centre.house), hash: (token: string) => (centre.as(token as Name) as { tokenHash: Buffer }).tokenHash }
  server = await createServer({ house: centre.house, routes: counterRoutes(centre.house), refusals: [], rates: false, sessions })
}, 120_000)
afterAll(async () => {
  await server?.close()
  await centre?.close()
})

async function call<T>(who: Name, method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body?: unknown, key?: string): Promise<{ status: number; body: T & { code?: string } }> {
  const answer = await server.inject({ method, url: `/api/v1/counter/${path}`, headers: { authorization: `Bearer ${who}`, ...(key ? { 'idempotency-key': key } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) })
  return { status: answer.statusCode, body: (answer.body === '' ? {} : answer.json()) as T & { code?: string } }
}

describe('an intake on hold', () => {
  test('is kept as it was typed, is listed without its content, and goes when it is dropped', async () => {
    const content = { applicant: { name: '林晚照' }, form: { area: 48.5 }, materials: [] }
    expect((await call('clerk', 'PUT', `holds/${HOLD}`, { itemCode: null, label: '林晚照 · 食品', content: {} })).status).toBe(200)
    expect((await call('clerk', 'PUT', `holds/${HOLD}`, { itemCode: 'X', label: '林晚照 · 食品经营许可', content })).status).toBe(200)
    const { body } = await call<{ holds: HoldEntry[] }>('clerk', 'GET', 'holds')
    expect(body.holds).toEqual([{ id: HOLD, itemCode: 'X', label: '林晚照 · 食品经营许可', savedAt: '2026-03-02T09:00:00+08:00' }])
    expect((await call<Hold>('clerk', 'GET', `holds/${HOLD}`)).body.content).toEqual(content)
    expect((await call('clerk', 'DELETE', `holds/${HOLD}`)).status).toBe(204)
    expect((await call('clerk', 'DELETE', `holds/${HOLD}`)).status).toBe(204)
    expect((await call('clerk', 'GET', `holds/${HOLD}`)).body.code).toBe('counter/hold-not-found')
  })
  test('is nobody else’s: a reviewer has no counter, an applicant no hold', async () => {
    expect((await call('reviewer', 'GET', 'holds')).status).toBe(403)
    expect((await call('applicant', 'GET', 'holds')).status).toBe(403)
  })
  test('must say what it is', async () => {
    expect((await call('clerk', 'PUT', `holds/${HOLD}`, { label: '', content: {} })).status).toBe(422)
  })
})

test('a batch: each application stands or falls by itself, and sent again under its key it files nothing twice', async () => {
  const good = { itemCode: 'no-such-item', applicant: { kind: 'person', name: '林晚照', idType: '111', idNumber: '110102198504120023', phone: '13900000001' }, service: { mode: 'counter', consent: false }, form: {}, materials: [], channel: 'counter' }
  const first = await call<{ results: BatchResult[] }>('clerk', 'POST', 'batches', { applications: [good, good] }, 'batch-1')
  expect(first.body.results.map((one) => [one.index, one.caseNo, one.problem?.code])).toEqual([[0, null, 'cases/no-such-item'], [1, null, 'cases/no-such-item']])
  expect((await call('clerk', 'POST', 'batches', { applications: [] })).status).toBe(422)
})

describe('a hand-over of the shift', () => {
  test('names only one’s own open cases and somebody else who holds a post', async () => {
    expect((await call('clerk', 'POST', 'shifts', { toPersonId: centre.persons.clerk, caseNos: ['X-1'] })).body.code).toBe('counter/shift-to-self')
    expect((await call('clerk', 'POST', 'shifts', { toPersonId: HOLD, caseNos: ['X-1'] })).body.code).toBe('counter/no-such-colleague')
    expect((await call('clerk', 'POST', 'shifts', { toPersonId: centre.persons.cashier, caseNos: ['X-1'] })).body.code).toBe('counter/not-your-cases')
  })
  test('passes the responsibility only when the receiver accepts', async () => {
    const no = await centre.submit('licence', {}, 'clerk')
    await centre.db.query('update flow.matter set person_id = $2 where no = $1', [no, centre.persons.clerk])
    expect((await call<Shifts>('clerk', 'GET', 'shifts')).body.mine.map((one) => one.caseNo)).toEqual([no])
    const { body: { id } } = await call<{ id: string }>('clerk', 'POST', 'shifts', { toPersonId: centre.persons.cashier, caseNos: [no], note: '材料在三号柜' })
    expect((await centre.see(no)).matter.personId).toBe(centre.persons.clerk)
    expect((await call<Shifts>('cashier', 'GET', 'shifts')).body.toMe.map((one) => [one.caseNos, one.note])).toEqual([[[no], '材料在三号柜']])
    expect((await call('sealkeeper', 'POST', `shifts/${id}/acceptance`, {})).body.code).toBe('counter/shift-not-found')
    expect((await call<ShiftAcceptance>('cashier', 'POST', `shifts/${id}/acceptance`, {})).body).toEqual({ taken: [no], left: [] })
    expect((await centre.see(no)).matter.personId).toBe(centre.persons.cashier)
    expect((await call('cashier', 'POST', `shifts/${id}/acceptance`, {})).body.code).toBe('counter/shift-not-found')
    expect((await call<Shifts>('clerk', 'GET', 'shifts')).body).toMatchObject({ mine: [], fromMe: [{ caseNos: [no], acceptedAt: '2026-03-02T09:00:00+08:00' }] })
  })
})
