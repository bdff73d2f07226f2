import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { town, type Name, type Town } from '../../../tests/town.ts'
import { insertRows } from '../catalog/demo/sql.ts'
import { houseSessions } from '../../kernel/http/guard.ts'
import { createServer, type Server } from '../../kernel/http/server.ts'
import type { ShiftAcceptance, Shifts } from './counter-contract.ts'
import { counterRoutes } from './counter-routes.ts'
import type { DayView, UnsentNotice } from './day-contract.ts'
import { dayRoutes } from './day-routes.ts'

let centre: Town
let server: Server
beforeAll(async () => {
  centre = await town()
  const sessions = { ...houseSessions(centre.house), hash: (token: string) => (centre.as(token as Name) as { tokenHash: Buffer }).tokenHash }
  server = await createServer({ house: centre.house, routes: [...counterRoutes(centre.house), ...dayRoutes(centre.house)], refusals: [], rates: false, sessions })
  // The clerk's post has a B holder who may act beside her: the seal keeper. The cashier holds a counter post of her own.
  const [post] = await centre.admin.query<{ id: string }>(`update org.post set b_alongside = true where organisation_id = $1 and role = 'clerk' returning id`, [centre.organisations.centre])
  const days = { valid_from: '2020-01-01', valid_to: null }
  const second = randomUUID()
  await insertRows(centre.admin, 'org.post', [{ id: second, organisation_id: centre.organisations.centre, code: 'P-90', name_zh: '二号窗口', name_en: 'Second counter', role: 'clerk', duties_zh: '', duties_en: '', counter_id: null, b_alongside: false, ...days }])
  await insertRows(centre.admin, 'org.holding', [
    { id: randomUUID(), post_id: post!.id, person_id: centre.persons.sealkeeper, cover: 'B', ...days }, { id: randomUUID(), post_id: second, person_id: centre.persons.cashier, cover: 'A', ...days },
  ])
}, 120_000)
beforeEach(async () => {
  centre.on('2026-03-02')
  await centre.admin.query(`update cases.unsent_notice set state = 'dropped', ended_at = saved_at where state = 'open'`)
})
afterAll(async () => {
  await server?.close()
  await centre?.close()
})

async function call<T>(who: Name, method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<{ status: number; body: T & { code?: string; title?: string } }> {
  const answer = await server.inject({ method, url: `/api/v1/${path}`, headers: { authorization: `Bearer ${who}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) })
  return { status: answer.statusCode, body: (answer.body === '' ? {} : answer.json()) as T & { code?: string; title?: string } }
}
type Kept = { notice: UnsentNotice | null }
const page = { materialId: 'plan', field: null, what: '缺页' }
const tick = (who: Name, no: string, version = 0, defects: readonly object[] = [page]) => call<Kept>(who, 'PUT', `cases/${no}/unsent-notice`, { version, defects, remarks: '' })
const read = async (who: Name, no: string) => (await call<Kept>(who, 'GET', `cases/${no}/unsent-notice`)).body.notice
const day = async (who: Name) => (await call<DayView>(who, 'GET', 'counter/day')).body

describe('a notice ticked but not sent', () => {
  test('is kept as it is ticked, also half said, under the post: whoever holds it sees it', async () => {
    const no = await centre.submit('plain')
    expect(await read('clerk', no)).toBeNull()
    expect((await tick('clerk', no, 0, [{ materialId: 'plan', what: '' }])).body.notice).toMatchObject({ version: 1, defects: [{ materialId: 'plan', field: null, what: '' }], savedAt: '2026-03-02T09:00:00+08:00', savedBy: { en: 'clerk' } })
    expect(await read('sealkeeper', no)).toMatchObject({ version: 1, savedBy: { en: 'clerk' } })
    expect(await read('cashier', no)).toBeNull()
  })

  test('names its applicant to whoever looks at what of the day is open, and that is recorded as a read of hers', async () => {
    const no = await centre.submit('plain')
    await tick('clerk', no)
    const reads = async () => {
      await centre.house.reads.flush()
      return (await centre.admin.query<{ part: string; reason: string }>(`select part, reason from access.read_record where party_id = $1 and person_id = $2`, [centre.parties.applicant, centre.persons.sealkeeper]))
    }
    const before = (await reads()).length
    expect((await day('sealkeeper')).unsent.map(({ caseNo, applicant }) => [caseNo, applicant])).toEqual([[no, '林晚照']])
    expect((await reads()).slice(before)).toEqual([{ part: 'list', reason: '日清' }])
  })

  test('two officers on one page: the second is told, and nothing of the first is lost', async () => {
    const no = await centre.submit('plain')
    await tick('clerk', no)
    expect((await tick('sealkeeper', no, 1, [page, { materialId: 'application', what: '无签字' }])).status).toBe(200)
    expect((await tick('clerk', no, 1, [page])).body.code).toBe('counter/notice-changed')
    expect((await tick('clerk', no, 0, [page])).body.code).toBe('counter/notice-changed')
    expect((await read('clerk', no))!.defects.map((one) => one.materialId)).toEqual(['plan', 'application'])
    const both = await Promise.all([tick('clerk', no, 2), tick('sealkeeper', no, 2)])
    expect(both.map((one) => one.status).sort()).toEqual([200, 409])
  })

  test('is gone when it is sent, whoever sends it, and when it is dropped, without a reason', async () => {
    const [sent, dropped] = [await centre.submit('plain'), await centre.submit('plain')]
    await tick('clerk', sent)
    await tick('cashier', sent)
    await centre.act(sent, 'requestSupplement', 'clerk', { defects: [page] })
    expect((await centre.db.query<{ state: string }>('select n.state from cases.unsent_notice n join flow.matter m on m.id = n.matter_id where m.no = $1', [sent])).map((row) => row.state)).toEqual(['sent', 'sent'])
    expect((await call('clerk', 'GET', `cases/${sent}/unsent-notice`)).body.code).toBe('counter/notice-too-late')
    await tick('clerk', dropped)
    expect((await call('clerk', 'DELETE', `cases/${dropped}/unsent-notice`)).status).toBe(204)
    expect((await call('clerk', 'DELETE', `cases/${dropped}/unsent-notice`)).status).toBe(204)
    expect(await read('clerk', dropped)).toBeNull()
  })

  test('is for who could send it: no reviewer, no applicant, no case accepted already', async () => {
    const no = await centre.submit('plain')
    expect((await tick('reviewer', no)).status).toBe(403)
    expect((await tick('applicant', no)).status).toBe(403)
    expect((await tick('clerk', 'X-1')).status).toBe(404)
    await centre.act(no, 'accept', 'clerk')
    expect((await tick('clerk', no)).body.code).toBe('counter/notice-too-late')
    expect((await tick('clerk', no, 0, [])).status).toBe(422)
  })
})

describe('the day’s sign-off', () => {
  test('is refused while a notice is ticked but unsent, naming the cases, and is done once it is sent', async () => {
    centre.on('2026-03-03', '17:20')
    const no = await centre.submit('plain')
    await tick('clerk', no)
    expect((await day('clerk')).unsent).toMatchObject([{ caseNo: no, defects: 1, applicant: '林晚照' }])
    const refused = await call('clerk', 'POST', 'counter/sign-offs', {})
    expect([refused.status, refused.body.code, refused.body.title]).toEqual([409, 'counter/unsent-notices', `还有已勾选未发出的补正告知，发出或者删除后才能签退：${no}`])
    await centre.act(no, 'requestSupplement', 'clerk', { defects: [page] })
    const signed = await call<DayView>('clerk', 'POST', 'counter/sign-offs', {})
    expect([signed.status, signed.body.signedOff]).toEqual([201, [{ post: { zh: 'clerk岗', en: 'clerk' }, at: '2026-03-03T17:20:00+08:00' }]])
    // What is not yet served is said, and stands against nothing.
    expect(signed.body.unserved).toMatchObject([{ caseNo: no, paper: { zh: '申请材料补正告知书' } }])
    centre.on('2026-03-03', '17:40')
    expect((await call<DayView>('clerk', 'POST', 'counter/sign-offs', {})).body.signedOff).toEqual([{ post: { zh: 'clerk岗', en: 'clerk' }, at: '2026-03-03T17:20:00+08:00' }])
    expect(await centre.db.query('select person_id, day::text, holds, unserved from cases.sign_off')).toEqual([{ person_id: centre.persons.clerk, day: '2026-03-03', holds: 0, unserved: 1 }])
  })

  test('a notice of yesterday still stands against it; one of a case accepted meanwhile does not', async () => {
    const [left, answered] = [await centre.submit('plain'), await centre.submit('plain')]
    await tick('clerk', left)
    await tick('clerk', answered)
    await centre.act(answered, 'accept', 'clerk')
    centre.on('2026-03-04', '17:30')
    expect((await day('clerk')).unsent.map((one) => one.caseNo)).toEqual([left])
    expect((await call('clerk', 'POST', 'counter/sign-offs', {})).body.code).toBe('counter/unsent-notices')
    // The B holder of the post stands before the same notice.
    expect((await call('sealkeeper', 'POST', 'counter/sign-offs', {})).body.code).toBe('counter/unsent-notices')
    expect((await call('cashier', 'POST', 'counter/sign-offs', {})).status).toBe(201)
  })
})

describe('a hand-over of the shift', () => {
  const offer = async (no: string, to: Name): Promise<string> => {
    await centre.db.query('update flow.matter set person_id = $2 where no = $1', [no, centre.persons.clerk])
    return (await call<{ id: string }>('clerk', 'POST', 'counter/shifts', { toPersonId: centre.persons[to as 'cashier'], caseNos: [no] })).body.id
  }

  test('says what is ticked but unsent, and passes it only with the receiver’s word for it', async () => {
    const no = await centre.submit('plain')
    await tick('clerk', no)
    const id = await offer(no, 'cashier')
    expect((await call<Shifts>('cashier', 'GET', 'counter/shifts')).body.toMe.find((one) => one.id === id)!.unsent).toEqual([{ caseNo: no, defects: 1 }])
    expect((await call('cashier', 'POST', `counter/shifts/${id}/acceptance`, {})).body.code).toBe('counter/notices-not-taken')
    expect((await centre.see(no)).matter.personId).toBe(centre.persons.clerk)
    expect((await call<ShiftAcceptance>('cashier', 'POST', `counter/shifts/${id}/acceptance`, { notices: true })).body).toEqual({ taken: [no], left: [] })
    expect((await day('clerk')).unsent).toEqual([])
    expect((await day('cashier')).unsent.map((one) => one.caseNo)).toEqual([no])
  })

  test('joins what the receiver has ticked on the same case already', async () => {
    const no = await centre.submit('plain')
    await tick('cashier', no, 0, [{ materialId: 'application', what: '无签字' }])
    await tick('clerk', no, 0, [page, { materialId: 'application', what: '缺章' }])
    const id = await offer(no, 'cashier')
    await call('cashier', 'POST', `counter/shifts/${id}/acceptance`, { notices: true })
    expect((await read('cashier', no))!.defects.map((one) => [one.materialId, one.what])).toEqual([['application', '无签字'], ['plan', '缺页']])
    expect((await day('clerk')).unsent).toEqual([])
  })

  test('whoever holds no post that accepts cannot take them over', async () => {
    const no = await centre.submit('plain')
    await tick('clerk', no)
    const id = await offer(no, 'dispatcher')
    expect((await call('dispatcher', 'POST', `counter/shifts/${id}/acceptance`, { notices: true })).body.code).toBe('counter/no-post-for-notices')
  })
})
