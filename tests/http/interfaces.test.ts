import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Validator } from '@seriousme/openapi-schema-validator'
import { createHash } from 'node:crypto'
import { verifyReceipt, type ReceiptPaper } from '../../src/base/receipt.ts'
import { audit } from '../../src/kernel/flow/audit.ts'
import { verifyLog } from '../../src/kernel/ledger/verify.ts'
import type { CaseView, FiledView, TaskListEntry } from '../../src/domains/cases/contract.ts'
import { applicationFor, itemOf } from './applications.ts'
import { PDF, type Document } from './client.ts'
import { startTownServer, type TownServer } from './town-server.ts'

let town: TownServer
beforeAll(async () => { town = await startTownServer() })
afterAll(async () => { await (town as TownServer | undefined)?.close() })

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+08:00$/
const BASE64_32 = /^[A-Za-z0-9+/]{43}=$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

describe('sessions', () => {
  it('are opened with name and password: token, person, permissions', async () => {
    const answer = await town.api('POST', '/api/v1/sessions', { username: 'reviewer', password: 'mingtang-demo' })
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({ token: expect.stringMatching(/^[\w-]{43}$/), person: { kind: 'officer', name: '王砚秋' }, permissions: expect.arrayContaining(['cases.review', 'cases.suspend']) })
    const cookie = answer.headers.get('set-cookie')!
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Lax/)
    const byCookie = await town.api('GET', '/api/v1/sessions/current', undefined, { headers: { cookie: cookie.split(';')[0]! } })
    expect(byCookie.body).toMatchObject({ person: { name: '王砚秋' } })
  })

  it('all demo accounts sign in with the one password', async () => {
    for (const name of ['applicant', 'enterprise', 'clerk', 'cashier', 'surveyor', 'dispatcher', 'archivist', 'sealkeeper', 'proxy', 'reviewer', 'reviewer2', 'chief', 'head', 'leader', 'publisher', 'secrecy', 'operator', 'inspector', 'appraiser', 'catalog', 'sysadmin', 'secadmin', 'auditadmin']) await town.signIn(name)
  })

  it('a wrong password and an unknown name are answered alike', async () => {
    const [wrong, unknown] = [await town.api('POST', '/api/v1/sessions', { username: 'cashier', password: 'x' }), await town.api('POST', '/api/v1/sessions', { username: 'nobody', password: 'x' })]
    expect([wrong.status, wrong.body.code]).toEqual([unknown.status, unknown.body.code])
    expect(wrong.status).toBe(401)
  })

  it('end when they are closed', async () => {
    const { token } = (await town.api<{ token: string }>('POST', '/api/v1/sessions', { username: 'leader', password: 'mingtang-demo' })).body
    const headers = { authorization: `Bearer ${token}` }
    expect((await town.api('DELETE', '/api/v1/sessions/current', undefined, { headers })).status).toBe(204)
    expect((await town.api('GET', '/api/v1/sessions/current', undefined, { headers })).status).toBe(401)
  })
})

describe('items', () => {
  it('are listed with their limits and the number of all of them', async () => {
    const { status, body } = await town.api<{ items: Document[]; total: number }>('GET', '/api/v1/items?q=食品经营许可')
    expect(status).toBe(200)
    expect(body.items[0]).toMatchObject({
      code: '11110102MT000017XK411019000300001', name: '食品经营许可（新办）', department: '西城区市场监督管理局', itemType: '01',
      statutoryLimit: { amount: 10, unit: 'workingDay', article: '食品经营许可和备案管理办法 第二十一条' }, promisedLimit: { amount: 5, unit: 'workingDay', article: '西城区政务服务承诺' },
    })
    const all = await town.api<{ items: Document[]; total: number }>('GET', '/api/v1/items')
    // 35 items of the demo; three of them are two handling items each.
    expect(all.body.total).toBe(37)
    const second = await town.api<{ items: Document[] }>('GET', '/api/v1/items?page=2')
    expect([...all.body.items, ...second.body.items].length).toBeLessThanOrEqual(37)
    expect(second.body.items.map((item) => item.code)).not.toContain(all.body.items[0]!.code)
  })

  it('are narrowed to a department', async () => {
    const { body } = await town.api<{ items: Document[] }>('GET', '/api/v1/items?department=11110102MT000017XK')
    expect(new Set(body.items.map((item) => item.department))).toEqual(new Set(['西城区市场监督管理局']))
  })

  it('give the whole guide by their code, in the reader’s language', async () => {
    const { code } = itemOf(town, 'food-business')
    const zh = await town.api('GET', `/api/v1/items/${code}`)
    expect(zh.body).toMatchObject({ code, name: '食品经营许可（新办）', materials: expect.arrayContaining([expect.objectContaining({ id: 'equipmentLayout' })]) })
    const en = await town.api('GET', `/api/v1/items/${code}`, undefined, { headers: { 'accept-language': 'en' } })
    expect(en.body.name).toBe('Food business licence (new)')
  })

  it('that do not exist are 404 in the reader’s language', async () => {
    const zh = await town.api('GET', '/api/v1/items/x'), en = await town.api('GET', '/api/v1/items/x?lang=en')
    expect([zh.status, zh.headers.get('content-type')]).toEqual([404, 'application/problem+json; charset=utf-8'])
    expect(zh.body.code).toBe(en.body.code)
    expect(zh.body.title).toMatch(/\p{Script=Han}/u)
    expect(en.body.title).not.toMatch(/\p{Script=Han}/u)
  })
})

describe('files', () => {
  it('are answered with id, hash, size and the type found in their bytes', async () => {
    const form = new FormData()
    form.set('file', new Blob([new Uint8Array(PDF)], { type: 'text/html' }), '营业执照.pdf')
    const { status, body } = await town.api('POST', '/api/v1/files', undefined, { as: 'clerk', raw: form })
    expect(status).toBe(201)
    expect(body).toMatchObject({ fileId: expect.stringMatching(UUID), sha256: createHash('sha256').update(PDF).digest('hex'), bytes: PDF.length, mediaType: 'application/pdf' })
    const own = await town.api('GET', `/api/v1/files/${String(body.fileId)}`, undefined, { as: 'clerk' })
    expect([own.status, own.headers.get('content-type'), own.headers.get('content-security-policy')]).toEqual([200, 'application/pdf', "sandbox; default-src 'none'"])
    expect((await town.api('GET', `/api/v1/files/${String(body.fileId)}`, undefined, { as: 'reviewer' })).status).toBe(404)
  })
})

describe('a case', () => {
  let filed: FiledView
  beforeAll(async () => { filed = await town.file('clerk', await applicationFor(town, 'food-business', 'clerk', { seed: 11 })) })

  it('is filed with 201: number, track code, stage, revision, clocks, receipt', () => {
    expect(filed).toMatchObject({
      caseNo: expect.stringMatching(/^MT000017X-2026-\d{6}$/), trackCode: expect.any(String), stage: 'submitted', revision: 1,
      receipt: { id: expect.stringMatching(UUID), leafHash: expect.stringMatching(BASE64_32), opening: expect.anything(), proofUrl: expect.stringContaining('/api/v1/receipts/') },
    })
    expect(filed.receipt.proofUrl.endsWith(`/api/v1/receipts/${filed.receipt.id}/proof`)).toBe(true)
    // Filed on Monday 2 March: five working days are up on Monday the 9th.
    expect(filed.clocks).toMatchObject([{ id: 'LIC.CORRECTION_NOTICE', rule: 'LIC.CORRECTION_NOTICE', dueOn: '2026-03-09', light: 'green', provisional: false, suspended: false }])
    expect(filed.clocks[0]!.dueAt).toMatch(RFC3339)
  })

  it('shows number, stage, item, procedure, clocks, tasks, acts and history', async () => {
    const { status, body } = await town.api<CaseView>('GET', `/api/v1/cases/${filed.caseNo}`, undefined, { as: 'clerk' })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      caseNo: filed.caseNo, stage: 'submitted', revision: 1, item: { code: itemOf(town, 'food-business').code, name: { zh: '食品经营许可（新办）', en: 'Food business licence (new)' } },
      procedure: { version: 1, live: ['acceptance'] },
      tasks: [{ id: expect.stringMatching(UUID), caseNo: filed.caseNo, step: 'acceptance', post: 'clerk' }],
      history: [{ act: 'submit', at: '2026-03-02T09:00:00+08:00', post: 'CLERK-1', ground: '行政许可法 第二十九条', leafHash: filed.receipt.leafHash }],
    })
    expect(body.acts.map((offer) => offer.act)).toEqual(expect.arrayContaining(['accept', 'requestSupplement', 'refuseAcceptance', 'notRequired', 'withdraw']))
    for (const no of ['decide', 'review', 'issue', 'close', 'receive']) expect(body.acts.map((offer) => offer.act)).not.toContain(no)
  })

  it('explains a clock day by day, to anybody', async () => {
    const { body } = await town.api<{ days: Document[] }>('GET', `/api/v1/cases/${filed.caseNo}/clocks/LIC.CORRECTION_NOTICE/explain`)
    expect(body.days.map(({ date, counted, reason }) => [date, counted, reason])).toEqual([
      ['2026-03-02', false, 'dayZero'], ['2026-03-03', true, 'working'], ['2026-03-04', true, 'working'], ['2026-03-05', true, 'working'], ['2026-03-06', true, 'working'],
      ['2026-03-07', false, 'weekend'], ['2026-03-08', false, 'weekend'], ['2026-03-09', true, 'working'],
    ])
    expect(body.days.every((day) => typeof day.source === 'string' && day.source !== '')).toBe(true)
  })

  it('waits as a task for the posts that may do it, and for them alone', async () => {
    const scopes = async (as: string) => Promise.all(['mine', 'post', 'organisation'].map(async (scope) => (await town.api<{ tasks: TaskListEntry[] }>('GET', `/api/v1/tasks?scope=${scope}&size=200`, undefined, { as })).body.tasks.filter((task) => task.caseNo === filed.caseNo).length))
    expect(await scopes('clerk')).toEqual([0, 1, 1])
    expect(await scopes('reviewer')).toEqual([0, 0, 0])
    // The clerk's colleagues of the centre see it among the organisation's.
    expect(await scopes('archivist')).toEqual([0, 0, 1])
    const [task] = (await town.api<{ tasks: TaskListEntry[] }>('GET', '/api/v1/tasks?scope=post', undefined, { as: 'clerk' })).body.tasks.filter((one) => one.caseNo === filed.caseNo)
    expect(task).toMatchObject({ id: expect.stringMatching(UUID), step: 'acceptance', post: 'clerk', dueAt: expect.stringMatching(RFC3339), light: 'green' })
  })

  it('moves by acts, answered 200 with the case and its receipt; a stale revision is 409 and leaves nothing', async () => {
    const accepted = await town.act('clerk', filed, 'accept')
    expect(accepted).toMatchObject({ caseNo: filed.caseNo, stage: 'accepted', revision: 2, receipt: { id: expect.stringMatching(UUID), leafHash: expect.stringMatching(BASE64_32) } })
    const stale = await town.api('POST', `/api/v1/cases/${filed.caseNo}/acts`, { act: 'review', revision: 1, input: { opinion: '同意。' } }, { as: 'reviewer' })
    expect([stale.status, stale.body.code]).toEqual([409, 'flow/stale'])
    const seen = await town.api<CaseView>('GET', `/api/v1/cases/${filed.caseNo}`, undefined, { as: 'reviewer' })
    expect([seen.body.revision, seen.body.history.length]).toEqual([2, 2])
  })

  it('two officers on one page: one acts, the other is told', async () => {
    const body = { act: 'review', revision: 2, input: { opinion: '同意。' } }
    const both = await Promise.all(['reviewer', 'reviewer2'].map((as) => town.api('POST', `/api/v1/cases/${filed.caseNo}/acts`, body, { as })))
    expect(both.map((answer) => answer.status).sort()).toEqual([200, 409])
    const told = both.find((answer) => answer.status === 409)!
    expect(told.body.code).toBe('flow/stale')
    expect(told.body.title).toContain('刚被他人办理过')
  })

  it('is found by its track code without an account, and shows no person', async () => {
    const tracked = await town.api<CaseView>('GET', `/api/v1/track?caseNo=${filed.caseNo}&code=${filed.trackCode}`)
    expect([tracked.status, tracked.body.caseNo, tracked.body.masked]).toEqual([200, filed.caseNo, true])
    expect((await town.api('GET', `/api/v1/track?caseNo=${filed.caseNo}&code=WRONGCODE`)).status).toBe(404)
  })
})

describe('idempotency', () => {
  it('the same key with the same body answers the same; with another body 409', async () => {
    const application = await applicationFor(town, 'food-business', 'clerk', { seed: 21 })
    const file = (body: object, as = 'clerk') => town.api<FiledView>('POST', '/api/v1/cases', body, { as, headers: { 'idempotency-key': 'k-1' } })
    const first = await file(application), again = await file(application)
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.body).toEqual(first.body)
    const other = await file({ ...application, service: { mode: 'electronic', consent: true } })
    expect([other.status, other.body]).toMatchObject([409, { code: 'flow/key-reused' }])
    const accept = { act: 'accept', revision: 1, input: {} }
    const act = () => town.api<CaseView & { receipt: Document }>('POST', `/api/v1/cases/${first.body.caseNo}/acts`, accept, { as: 'clerk', headers: { 'idempotency-key': 'k-2' } })
    const [one, two] = await Promise.all([act(), act()])
    expect([one.status, two.status]).toEqual([200, 200])
    expect(one.body.receipt).toEqual(two.body.receipt)
    expect(one.body.revision).toBe(2)
  })

  it('a key belongs to its caller alone', async () => {
    const [mine, others] = await Promise.all(['clerk', 'proxy'].map(async (as) => town.api<FiledView>('POST', '/api/v1/cases', await applicationFor(town, 'food-business', as, { seed: 22 }), { as, headers: { 'idempotency-key': 'k-3' } })))
    expect([mine!.status, others!.status]).toEqual([201, 201])
    expect(mine!.body.caseNo).not.toBe(others!.body.caseNo)
  })
})

describe('the log', () => {
  it('gives a proof of a receipt once numbered, that verifies offline; 404 before', async () => {
    const application = await applicationFor(town, 'food-business', 'clerk', { seed: 31 })
    let filed!: FiledView
    const ask = () => town.api('GET', `/api/v1/receipts/${filed.receipt.id}/proof`)
    // The sequencer waits for the head of the log until we have asked.
    await town.open.admin.transaction(async (tx) => {
      await tx.query('select from ledger.head for update')
      filed = await town.file('clerk', application)
      const early = await ask()
      expect([early.status, early.body.code, early.headers.get('retry-after')]).toEqual([404, 'ledger/not-yet-sequenced', '1'])
    })
    await expect.poll(async () => (await ask()).status).toBe(200)
    const proof = await ask()
    expect(proof.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    const key = (await town.api('GET', '/log/key')).text.trim()
    expect(await verifyReceipt(filed.receipt as ReceiptPaper, proof.text, key)).toMatchObject({ ok: true, log: { origin: 'localhost:8080/log' } })
    expect((await town.api('GET', '/api/v1/receipts/00000000-0000-4000-8000-000000000000/proof')).status).toBe(404)
  })

  it('is recomputed from its public files without a problem', async () => {
    const report = await verifyLog(`${town.url}/log`)
    expect(report.problems).toEqual([])
    expect(report.size).toBeGreaterThan(30)
    expect(report.checked).toBe(report.size)
    const checkpoint = await town.api('GET', '/log/checkpoint')
    expect(checkpoint.text.split('\n').slice(0, 3)).toEqual([report.origin, String(report.size), report.root])
    expect((await town.api('GET', '/log/tile/0/x999/999')).status).toBe(404)
  })
})

describe('what runs it', () => {
  it('OpenAPI 3.1 is valid and holds every route of the API', async () => {
    const document = (await town.api('GET', '/api/openapi.json')).body
    expect(document.openapi).toMatch(/^3\.1\./)
    const checked = await new Validator().validate(document)
    expect(checked.valid, JSON.stringify(checked.errors)).toBe(true)
    const described = new Set(Object.entries(document.paths as Record<string, object>).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`)))
    for (const route of town.running.routes) {
      if (route.kind === 'page') continue
      const name = `${route.method} ${route.path.replace(/:(\w+)/g, '{$1}').replace('*', '{path}')}`
      expect(described, name).toContain(name)
    }
  })

  it('says that it lives, that it can serve, and how it fares', async () => {
    expect((await town.api('GET', '/healthz')).status).toBe(200)
    expect((await town.api('GET', '/readyz')).status).toBe(200)
    const metrics = await town.api('GET', '/metrics')
    expect(metrics.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4|^application\/openmetrics-text/)
    expect(metrics.text).toMatch(/^mingtang_ledger_size \d+$/m)
    expect((await town.api('GET', '/api/docs', undefined, { headers: { accept: 'text/html' } })).status).toBe(200)
  })

  it('the audit finds no difference between matters and their acts', async () => {
    const report = await audit(town.open.house.db)
    expect(report.matters).toBeGreaterThan(10)
    expect(report.differences).toEqual([])
  })
})
