import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { town, type Name, type Town } from '../../../../tests/town.ts'
import { audit } from '../../../kernel/flow/audit.ts'
import { houseSessions } from '../../../kernel/http/guard.ts'
import { createServer, type Server } from '../../../kernel/http/server.ts'
import { loadItems } from '../../catalog/registry.ts'
import type { BatchEntry, HandOverResult, ImportEntry, ImportView, VerticalList } from './contract.ts'
import { verticalRoutes } from './routes.ts'

// March 2026: no holiday. Accepted on Thursday 5 March, ten working days end on Thursday 19 March, twenty on Thursday 2 April; ten from Thursday 12 March end on Thursday 26 March.
let t: Town
let server: Server
beforeAll(async () => {
  t = await town()
  const sessions = { ...houseSessions(t.house), hash: (token: string) => (t.as(token as Name) as { tokenHash: Buffer }).tokenHash }
  server = await createServer({ house: t.house, routes: verticalRoutes({ house: t.house, items: await loadItems(t.db) }), refusals: [], rates: false, sessions })
}, 120_000)
afterAll(async () => {
  await server?.close()
  await t?.close()
})

async function call<T>(who: Name, method: 'GET' | 'POST', path: string, body?: unknown): Promise<{ status: number; body: T & { code?: string }; text: string }> {
  const answer = await server.inject({ method, url: `/api/v1/vertical/${path}`, headers: { authorization: `Bearer ${who}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) })
  return { status: answer.statusCode, text: answer.body, body: (String(answer.headers['content-type']).includes('json') && answer.body !== '' ? answer.json() : {}) as T & { code?: string } }
}

const HEADER = 'caseNo,externalNo,status,on,documentNo,reasons,certificateNo,validFrom,validTo,opinion'
async function upload(content: string, by: Name = 'clerk'): Promise<string> {
  const [account] = await t.db.query<{ id: string }>('select id from access.account where username = $1', [by])
  return (await t.house.files.put(Readable.from(Buffer.from(content)), { name: 'status.csv', uploadedBy: account!.id, at: t.house.time.now() })).id
}
/** Checks a file of these lines and answers what was said of each. */
const check = async (...lines: string[]): Promise<ImportView> => (await call<ImportView>('clerk', 'POST', 'imports', { fileId: await upload([HEADER, ...lines].join('\n')) })).body
const apply = async (view: ImportView): Promise<ImportView> => (await call<ImportView>('clerk', 'POST', `imports/${view.id}/application`)).body
const verdicts = (view: ImportView) => view.lines.map(({ line, verdict, problem }) => (problem ? [line, verdict, problem.code] : [line, verdict]))

/** Filed on Monday 2 March, accepted on Thursday 5 March, handed over the same day. */
async function handedOver(item = 'vertical'): Promise<string> {
  const no = await accepted(item)
  await t.act(no, 'handToVertical', 'clerk')
  return no
}
async function accepted(item = 'vertical'): Promise<string> {
  t.on('2026-03-02')
  const no = await t.submit(item)
  t.on('2026-03-05')
  await t.act(no, 'accept', 'clerk')
  return no
}

describe('the hand-over', () => {
  test('is one act: the clocks run on, a slip says everything, and the answer is awaited', async () => {
    const no = await handedOver()
    const { matter, clocks, tasks } = await t.see(no)
    expect(matter.stage).toBe('accepted')
    expect(matter.data.vertical).toMatchObject({ system: { zh: '全国业务系统' }, leadership: 'vertical', externalNo: null, reports: [], handOvers: [{ on: '2026-03-05', by: t.persons.clerk }] })
    expect(tasks.filter((task) => task.state === 'open').map((task) => task.step)).toEqual(['verticalDecision'])
    expect(clocks.flatMap((clock) => clock.suspensions)).toEqual([])
    expect([(await t.clock(no, 'LIC.DECIDE'))?.dueOn, (await t.clock(no, 'SVC.PROMISE'))?.dueOn]).toEqual(['2026-04-02', '2026-03-19'])
    const [slip] = await t.db.query<{ name: { zh: string }; facts: unknown }>(`select name, facts from cases.paper where matter_id = $1 and kind = 'verticalTransfer'`, [matter.id])
    expect(slip!.name.zh).toBe('转办交接单')
    expect(slip!.facts).toMatchObject({
      caseNo: no, applicant: { name: '林晚照' }, statutoryDueOn: '2026-04-02', promisedDueOn: '2026-03-19', receivedOn: '2026-03-02', form: [{ name: { zh: '店名' }, value: '晚照茶馆' }],
      materials: [{ name: { zh: '申请书' }, copies: 1 }, { name: { zh: '平面图' }, copies: 1 }],
    })
    expect(await t.refused(t.act(no, 'handToVertical', 'clerk'))).toBe('vertical/handed-over')
  })
  test('is the clerk’s, of items that name a system, after acceptance; nobody here decides such a case', async () => {
    const plain = await accepted('plain')
    expect(await t.refused(t.act(plain, 'handToVertical', 'clerk'))).toBe('vertical/no-system')
    const no = await accepted()
    expect(await t.refused(t.act(no, 'handToVertical', 'reviewer'))).toBe('flow/not-permitted')
    expect(await t.refused(t.act(no, 'decide', 'chief', { outcome: 'grant' }))).toBe('flow/not-this-step')
    expect(await t.refused(t.act(await t.submit('vertical'), 'handToVertical', 'clerk'))).toBe('flow/wrong-stage')
  })
  test('of several cases is one batch; each stands or falls by itself, and its file holds what every one of them said', async () => {
    const [one, two] = [await accepted(), await accepted()]
    const waiting = (await call<VerticalList>('clerk', 'GET', 'cases?state=waiting')).body
    expect(waiting.entries.map((entry) => entry.caseNo)).toEqual(expect.arrayContaining([one, two]))
    const { body } = await call<HandOverResult>('clerk', 'POST', 'hand-overs', { caseNos: [one, two, one, 'NO-SUCH'] })
    expect(body.results.map((result) => [result.caseNo, result.done, result.problem?.code])).toEqual([[one, true, undefined], [two, true, undefined], ['NO-SUCH', false, 'cases/not-found']])
    expect(body.batch!.no).toMatch(/^ZB20260305-[0-9a-f]{6}$/)
    const { text } = await call('clerk', 'GET', `batches/${body.batch!.id}/export.csv`)
    const [header, first] = text.split('\r\n')
    expect(header).toBe('\ufeffbatchNo,caseNo,itemCode,itemName,system,organCode,organName,applicantKind,applicantName,applicantIdType,applicantIdNumber,applicantPhone,applicantEmail,applicantAddress,representativeRelation,representativeName,representativeIdType,representativeIdNumber,agentName,agentIdType,agentIdNumber,agentPhone,agentScope,agentValidTo,serviceMode,serviceAddress,receivedOn,acceptedOn,handedOn,statutoryDueOn,promisedDueOn,materials,form.shopName')
    expect(first).toContain(`${body.batch!.no},${[one, two].sort()[0]},`)
    expect(first).toContain(',person,林晚照,111,110102198504120023,13900000001,')
    expect(first).toContain(',2026-03-02,2026-03-05,2026-03-05,2026-04-02,2026-03-19,申请书×1；平面图×1,晚照茶馆')
    const json = (await call<{ format: string; version: number; cases: { caseNo: string; form: unknown[] }[] }>('clerk', 'GET', `batches/${body.batch!.id}/export.json`)).body
    expect([json.format, json.version, json.cases.length]).toEqual(['mingtang-vertical-exchange', 1, 2])
    expect(json.cases[0]!.form).toEqual([{ id: 'shopName', name: { zh: '店名', en: 'Shop name' }, value: '晚照茶馆' }])
    expect((await call('clerk', 'GET', `batches/${body.batch!.id}/status-template.csv`)).text).toBe(`\ufeff${HEADER}\r\n${[one, two].sort().map((no) => `${no},,,,,,,,,`).join('\r\n')}\r\n`)
    await t.house.reads.flush()
    const reads = await t.admin.query<{ n: number }>(`select count(*)::int as n from access.read_record where part = 'verticalExport'`)
    expect(reads[0]!.n).toBe(4)
    expect((await call<{ batches: BatchEntry[] }>('clerk', 'GET', 'batches')).body.batches.find((one) => one.no === body.batch!.no)).toMatchObject({ madeBy: '干部1', cases: 2 })
    for (const path of [`batches/${body.batch!.id}/export.csv`, 'cases', 'imports']) expect((await call('reviewer', 'GET', path)).status).toBe(403)
    expect((await call('clerk', 'GET', 'cases/NO-SUCH/export.json')).body.code).toBe('vertical/nothing-to-export')
  })
})

describe('a status file', () => {
  test('is checked first: every line is told what would become of it, and no case changes', async () => {
    const [no, other, plain] = [await handedOver(), await handedOver(), await accepted('plain')]
    t.on('2026-03-16')
    const before = await t.see(no)
    const view = await check(
      `${no},X-1,received,2026-03-06,,,,,,`, `${no},X-1,received,2026-03-06,,,,,,`, `${no},X-1,decided-granted,2026-03-12,烟许〔2026〕7号,,,2026-03-12,2031-03-11,`,
      `${no},X-1,inReview,2026-03-13,,,,,,`, `${no},X-1,certificateIssued,2026-03-13,,,C-77,,,`, `${other},X-9,accepted,2026-03-17,,,,,,`, `${other},X-9,accepted,2026-03-04,,,,,,`, `${plain},X-2,received,2026-03-06,,,,,,`, 'MT-1,X-3,received,2026-03-06,,,,,,',
    )
    expect(verdicts(view)).toEqual([
      [2, 'valid'], [3, 'unchanged', 'vertical/repeated-in-file'], [4, 'valid'], [5, 'refused', 'vertical/out-of-order'], [6, 'valid'], [7, 'refused', 'vertical/future-day'], [8, 'refused', 'vertical/before-acceptance'],
      [9, 'refused', 'vertical/wrong-item'], [10, 'refused', 'vertical/unknown-case'],
    ])
    expect(view.lines[3]!.problem!.zh).toContain('2026-03-12')
    expect([view.encoding, view.format, view.appliedAt, view.counts.valid]).toEqual(['utf-8', 'csv', null, 3])
    expect((await t.see(no)).matter).toEqual(before.matter)
  })

  test('is then recorded: the organ’s own day, number and validity, the clocks stopped on that day, the file as evidence', async () => {
    const no = await handedOver()
    t.on('2026-03-16')
    const view = await check(`${no},X-21,received,2026-03-06,,,,,,`, `${no},X-21,decided-granted,2026-03-12,烟许〔2026〕21号,,,2026-03-12,2031-03-11,准予经营`, `${no},X-21,certificateIssued,2026-03-13,,,C-21,,,`)
    const done = await apply(view)
    expect(verdicts(done)).toEqual([[2, 'recorded'], [3, 'recorded'], [4, 'recorded']])
    const { matter } = await t.see(no)
    expect(matter.stage).toBe('decided')
    expect(matter.data.decision).toMatchObject({ outcome: 'grant', on: '2026-03-12', documentNo: '烟许〔2026〕21号', validFrom: '2026-03-12', validTo: '2031-03-11', signatures: [], onTime: true, elsewhere: { organ: { zh: '区市场监管局' }, system: { zh: '全国业务系统' } } })
    expect(matter.data.certificate).toMatchObject({ no: 'C-21', on: '2026-03-13', validTo: '2031-03-11' })
    expect(matter.data.vertical!.reports[1]!.evidence).toMatchObject({ importId: view.id, line: 3, sha256: view.sha256 })
    expect((await t.clock(no, 'LIC.DECIDE'))!.stoppedOn).toBe('2026-03-12')
    expect(await t.clock(no, 'LIC.DELIVER')).toMatchObject({ startedOn: '2026-03-12', dueOn: '2026-03-26' })
    const [filing] = await t.db.query('select decided_on, outcome, on_time from cases.filing where matter_id = $1', [matter.id])
    expect(filing).toEqual({ decided_on: '2026-03-12', outcome: 'grant', on_time: true })
    // Recorded once: applied again, or another file with the same lines, nothing moves.
    expect(verdicts(await apply(done))).toEqual([[2, 'recorded'], [3, 'recorded'], [4, 'recorded']])
    const again = await check(`${no},X-21,received,2026-03-06,,,,,,`, `${no},X-21,decided-granted,2026-03-12,烟许〔2026〕21号,,,2026-03-12,2031-03-11,准予经营`)
    expect(verdicts(again)).toEqual([[2, 'unchanged'], [3, 'unchanged']])
    await apply(again)
    expect((await t.see(no)).matter.revision).toBe(matter.revision)
    // What follows is this house's: handing over, and the sealed file.
    await t.act(no, 'deliver', 'dispatcher', { mode: 'counter', collectedBy: '林晚照' })
    await t.act(no, 'close', 'archivist')
    expect((await t.see(no)).matter.stage).toBe('closed')
    const report = (await call('clerk', 'GET', `imports/${view.id}/report.csv`)).text.split('\r\n')
    expect(report[2]).toBe(`3,${no},decided-granted,2026-03-12,X-21,recorded,已登记,,,`)
    expect((await call<{ imports: ImportEntry[] }>('clerk', 'GET', 'imports')).body.imports.find((one) => one.id === view.id)).toMatchObject({ fileName: 'status.csv', checkedBy: '干部1', appliedBy: '干部1', counts: { recorded: 3, refused: 0 } })
  })

  test('a refusal keeps its reasons and is served; a decision after the promised day is late by its own day, not by the import’s', async () => {
    const [no, late] = [await handedOver(), await handedOver()]
    t.on('2026-03-24')
    await apply(await check(`${no},X-31,decided-refused,2026-03-19,烟不〔2026〕1号,间距不符合合理布局规定,,,,`, `${late},X-32,decided-granted,2026-03-20,烟许〔2026〕32号,,,,,`))
    const refused = await t.see(no)
    expect(refused.matter.data.decision).toMatchObject({ outcome: 'refuse', reasons: '间距不符合合理布局规定', onTime: true })
    expect(refused.tasks.filter((task) => task.state === 'open').map((task) => task.step)).toEqual(['serve'])
    await t.act(no, 'serve', 'clerk', { paper: 'denial', mode: 'direct', on: '2026-03-24', recipient: '林晚照', proof: { text: '当面签收' } })
    expect((await t.see(late)).matter.data.decision!.onTime).toBe(false)
    // Without a number from there, the certificate is made here; without a validity, by the guide: thirty-six months.
    expect((await t.see(late)).matter.data.decision!.validTo).toBe('2029-03-20')
  })

  test('what the system sent back waits to be handed over again; only then can it go on', async () => {
    const no = await handedOver()
    t.on('2026-03-10')
    const view = await apply(await check(`${no},X-41,received,2026-03-06,,,,,,`, `${no},X-41,returned,2026-03-09,,平面图看不清,,,,`, `${no},X-41,inReview,2026-03-10,,,,,,`))
    expect(verdicts(view)).toEqual([[2, 'recorded'], [3, 'recorded'], [4, 'refused', 'vertical/not-handed-over']])
    expect((await call<VerticalList>('clerk', 'GET', 'cases?state=waiting')).body.entries.find((entry) => entry.caseNo === no)).toMatchObject({ state: 'returned', lastStatus: 'returned' })
    await t.act(no, 'handToVertical', 'clerk')
    expect(verdicts(await apply(await check(`${no},X-42,received,2026-03-10,,,,,,`)))).toEqual([[2, 'recorded']])
    const { matter, tasks } = await t.see(no)
    expect([matter.data.vertical!.handOvers.length, matter.data.vertical!.externalNo]).toEqual([2, 'X-42'])
    expect(tasks.filter((task) => task.state === 'open').map((task) => task.step)).toEqual(['verticalDecision'])
  })

  test('what belongs to this house still stands before it: another department’s step, and the fee before the certificate', async () => {
    const no = await handedOver('verticalFee')
    t.on('2026-03-10')
    const decision = `${no},X-51,decided-granted,2026-03-10,登〔2026〕51号,,,,,`
    const certificate = `${no},X-51,certificateIssued,2026-03-10,,,C-51,,,`
    const view = await apply(await check(decision))
    expect(verdicts(view)).toEqual([[2, 'refused', 'vertical/step-first']])
    await t.act(no, 'coReview', 'outsider', { opinion: '已完税' })
    // The same import, applied once more, records what was refused before.
    expect(verdicts(await apply(view))).toEqual([[2, 'recorded']])
    expect(verdicts(await check(certificate))).toEqual([[2, 'refused', 'cases/fee-unpaid']])
    await t.act(no, 'requestPayment', 'cashier')
    await t.act(no, 'confirmPayment', 'cashier', { receiptNo: 'P-1', amountFen: 8000 })
    expect(verdicts(await apply(await check(certificate)))).toEqual([[2, 'recorded']])
    expect((await t.see(no)).matter.data.certificate!.no).toBe('C-51')
  })

  test('of a dual-led item brings numbers, never a decision: that is made here and takes the number over', async () => {
    const no = await handedOver('dual')
    t.on('2026-03-10')
    expect(verdicts(await apply(await check(`${no},S-1,accepted,2026-03-09,,,,,,`, `${no},S-1,decided-granted,2026-03-10,D-1,,,,,`)))).toEqual([[2, 'recorded'], [3, 'refused', 'vertical/decided-here']])
    await t.act(no, 'decide', 'chief', { outcome: 'grant' })
    expect(verdicts(await apply(await check(`${no},S-1,certificateIssued,2026-03-10,,,51110102MJ0000001X,,,`)))).toEqual([[2, 'recorded']])
    await t.act(no, 'issue', 'sealkeeper')
    expect((await t.see(no)).matter.data.certificate!.no).toBe('51110102MJ0000001X')
  })

  test('keeps numbers apart: one case has one number there, and one number one case', async () => {
    const [no, other] = [await handedOver(), await handedOver()]
    t.on('2026-03-10')
    await apply(await check(`${no},X-61,received,2026-03-06,,,,,,`))
    expect(verdicts(await check(`${no},X-62,accepted,2026-03-09,,,,,,`, `${other},X-61,received,2026-03-06,,,,,,`, `${no},,accepted,2026-03-05,,,,,,`))).toEqual([
      [2, 'refused', 'vertical/other-number'], [3, 'refused', 'vertical/number-taken'], [4, 'refused', 'vertical/out-of-order']])
  })

  test('is evidence: acts take their facts from it alone, under the case it names, by who may import', async () => {
    const [no, other] = [await handedOver(), await handedOver()]
    t.on('2026-03-10')
    const view = await check(`${no},X-71,received,2026-03-06,,,,,,`)
    expect(await t.refused(t.act(other, 'recordVerticalStatus', 'clerk', { importId: view.id, line: 2 }))).toBe('vertical/line-not-found')
    expect(await t.refused(t.act(no, 'recordVerticalStatus', 'clerk', { importId: view.id, line: 3 }))).toBe('vertical/line-not-found')
    expect(await t.refused(t.act(no, 'recordVerticalStatus', 'reviewer', { importId: view.id, line: 2 }))).toBe('flow/not-permitted')
    expect((await call('clerk', 'POST', 'imports', { fileId: await upload(`${HEADER}\n${no},,received,2026-03-06,,,,,,`, 'cashier') })).body.code).toBe('files/not-found')
    expect((await call('reviewer', 'POST', `imports/${view.id}/application`)).status).toBe(403)
    expect((await call('clerk', 'POST', 'imports/7b0c2a4e-5d3f-4f5a-9b64-3f6a1d2c8e90/application')).body.code).toBe('vertical/import-not-found')
    // The file is kept: what no act names is swept, this one is named.
    await t.house.files.sweep(new Date('2026-03-20T00:00:00Z'))
    expect((await t.db.query('select f.id from files.file f join files.use u on u.file_id = f.id where u.matter_id = $1', [view.id])).length).toBe(1)
  })
})

test('every case refolds to what it is', async () => {
  expect((await audit(t.db)).differences).toEqual([])
})
