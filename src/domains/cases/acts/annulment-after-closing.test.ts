import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { NEIGHBOUR_ID, town, type Town } from '../../../../tests/town.ts'
import { annulledEntry } from '../portal/annulled-entry.ts'
import { openCasesOf, resultsOf } from '../portal/queries.ts'
import { sweepCases } from '../sweep.ts'

// March 2026: 2 March is a Monday; no holiday before 4–6 April (Saturday to Monday).
let t: Town
beforeAll(async () => { t = await town() })
beforeEach(() => t.on('2026-03-02'))
afterAll(() => t?.close())

const other = { applicant: { kind: 'person', name: '顾长风', idType: '111', idNumber: NEIGHBOUR_ID, phone: '13900000002' } }

/** Granted on commitment, found as promised, handed over and closed, all on 2 March 2026; published by the sweep of the day after. */
async function closed(more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  t.on('2026-03-02')
  const no = await t.submit('licence', { commitment: true, materials: [{ materialId: 'application', form: 'electronic' }], ...more }, more.applicant ? 'neighbour' : 'applicant')
  await t.act(no, 'accept', 'clerk')
  await t.act(no, 'decide', 'chief', { outcome: 'grant' })
  await t.act(no, 'issue', 'sealkeeper')
  await t.act(no, 'deliver', 'dispatcher', { mode: 'counter', collectedBy: '本人' })
  await t.act(no, 'commitmentCheck', 'surveyor', { opinion: '相符', finding: 'conforms', secondOfficer: t.persons.surveyor2 })
  await t.act(no, 'close', 'archivist')
  t.on('2026-03-03')
  await sweepCases(t.house)
  return no
}
const tellOf = (no: string, ground = 'deceit') => t.act(no, 'tellAnnulment', 'reviewer2', { ground, facts: '租赁合同系伪造' })
const open = async (no: string) => (await t.see(no)).tasks.filter((task) => task.state === 'open').map((task) => [task.step, task.role]).sort()
const rows = (table: string, no: string) => t.db.query<Record<string, unknown>>(`select b.* from ${table} b join flow.matter m on m.id = b.matter_id where m.no = $1`, [no])
const papers = async (no: string) => (await t.db.query<{ kind: string; no: string; facts: unknown }>('select p.kind, p.no, p.facts from cases.paper p join flow.matter m on m.id = p.matter_id where m.no = $1 order by p.made_at, p.id', [no]))

describe('a closed file in which deceit comes to light', () => {
  test('is told, heard, annulled and served like any other; the sealed volume stays as it was, and all of it goes into a second', async () => {
    const no = await closed(other)
    const before = await t.see(no)
    const directory = (await papers(no)).find((one) => one.kind === 'contents')!
    t.on('2026-03-16')
    expect(await t.refused(t.act(no, 'annul', 'chief', { reasons: '伪造' }))).toBe('cases/annulment-not-told')
    await tellOf(no)
    expect(await open(no)).toEqual([['annulment', 'chief']])
    // Told in the system agreed to: 17, 18, 19, 20, 23.
    expect(await t.clock(no, 'ANNUL.STATEMENT')).toMatchObject({ startedOn: '2026-03-16', dueOn: '2026-03-23' })
    expect((await t.see(no)).matter.stage).toBe('closed')
    expect((await openCasesOf(t.db, [t.parties.neighbour], [])).map((matter) => matter.no)).toEqual([no])
    t.on('2026-03-18')
    await t.act(no, 'hearAnnulment', 'neighbour', { statement: '合同是中介给的。' })
    t.on('2026-03-23')
    expect(await t.refused(t.act(no, 'annul', 'chief', { reasons: '伪造' }))).toBe('cases/annulment-too-early')
    t.on('2026-03-24')
    expect(await t.refused(t.act(no, 'annul', 'reviewer2', { reasons: '伪造' }))).toBe('flow/not-permitted')
    await t.act(no, 'annul', 'chief', { reasons: '合同确系伪造' })
    const annulled = (await t.see(no)).matter
    expect(annulled).toMatchObject({ stage: 'annulled', data: {
      annulment: { afterClosing: true, decided: { on: '2026-03-24', articles: ['行政许可法 第六十九条第二款'], barredUntil: '2029-03-24' } },
      certificate: { deregistered: { on: '2026-03-24', article: '行政许可法 第七十条第四项' } },
    } })
    expect(await rows('cases.bar', no)).toMatchObject([{ until_on: '2029-03-24', article: '行政许可法 第七十九条', id_number: NEIGHBOUR_ID }])
    expect(await rows('cases.credit_record', no)).toEqual([])
    expect((await rows('cases.filing', no))[0]).toMatchObject({ annulled_on: '2026-03-24' })
    expect(await open(no)).toEqual([['serve', 'dispatcher']])
    expect(await t.refused(t.act(no, 'addVolume', 'archivist', { reason: '撤销' }))).toBe('cases/not-served')
    await t.act(no, 'serve', 'dispatcher', { paper: 'annulment', mode: 'direct', on: '2026-03-24', recipient: '顾长风', proof: { text: '签收' } })
    expect(await open(no)).toEqual([['archive', 'archivist']])
    expect(await t.refused(t.act(no, 'close', 'archivist'))).toBe('cases/sealed-already')
    await t.act(no, 'addVolume', 'archivist', { reason: '归档后查明以欺骗手段取得' })
    const after = (await t.see(no)).matter
    expect(after.stage).toBe('closed')
    expect(await open(no)).toEqual([])
    expect(after.data.volume).toEqual(before.matter.data.volume)
    expect((await papers(no)).find((one) => one.kind === 'contents')).toEqual(directory)
    expect(after.data.addedVolumes).toMatchObject([{ volume: 2, addedOn: '2026-03-24', reason: '归档后查明以欺骗手段取得' }])
    const second = after.data.addedVolumes![0]!.contents
    // The closing itself, publication, then told, heard, annulled, served; the first directory, notice, record, annulment and proof of service.
    expect(second.filter(({ title }) => title.zh.startsWith('行为')).map(({ title }) => title.zh.split(' ')[1])).toEqual(['close', 'publishResult', 'tellAnnulment', 'hearAnnulment', 'annul', 'serve'])
    expect(second.filter(({ title }) => !title.zh.startsWith('行为')).map(({ title }) => title.zh.split(' ')[0]).sort()).toEqual(['撤销前告知书', '撤销行政许可决定书', '案卷目录', '送达回证', '陈述申辩笔录'].sort())
    const first = new Set(before.matter.data.volume!.contents.map(({ sha256 }) => sha256))
    expect(second.filter(({ sha256 }) => first.has(sha256))).toEqual([])
    expect(await t.refused(tellOf(no))).toBe('cases/annulment-ground')
    expect(await t.refused(t.act(no, 'serve', 'dispatcher', { paper: 'annulment', mode: 'direct', on: '2026-03-24', recipient: '顾长风', proof: { text: '再次' } }))).toBe('cases/file-sealed')
    // What anybody sees of it.
    expect((await resultsOf(t.db, after.subject, 50, 0)).results.find((one) => one.caseNo === no)).toMatchObject({ outcome: 'grant', annulledOn: '2026-03-24' })
    const [grant] = await t.db.query<{ entry_id: string }>(`select p.entry_id from cases.paper p join flow.matter m on m.id = p.matter_id where m.no = $1 and p.kind = 'grant'`, [no])
    expect(await annulledEntry(t.house)(grant!.entry_id)).toMatchObject({ on: '2026-03-24', documentNo: after.data.annulment!.decided!.documentNo })
    t.on('2029-03-24')
    expect(await t.refused(t.submit('licence', other, 'neighbour'))).toBe('cases/reapplication-bar')
    t.on('2029-03-25')
    expect(await t.refused(t.submit('licence', other, 'neighbour'))).toBe('done')
  })

  test('whoever cannot be reached in the system is served first; nothing else of the closed file is served or sealed', async () => {
    const no = await closed({ service: { mode: 'mail', consent: false, address: '西城区某路 1 号' } })
    t.on('2026-03-16')
    const served = (paper: string) => t.act(no, 'serve', 'dispatcher', { paper, mode: 'mail', on: '2026-03-18', recipient: '林晚照', proof: { text: 'EMS 回执' } })
    await tellOf(no)
    expect(await open(no)).toEqual([['annulment', 'chief'], ['serveNotice', 'dispatcher']])
    expect(await t.clock(no, 'ANNUL.STATEMENT')).toBeNull()
    t.on('2026-03-20')
    expect(await t.refused(t.act(no, 'annul', 'chief', { reasons: '伪造' }))).toBe('cases/annulment-not-served')
    expect(await t.refused(served('grant'))).toBe('cases/file-sealed')
    expect(await t.refused(t.act(no, 'useSeal', 'sealkeeper', { paper: 'grant', purpose: '补盖' }))).toBe('cases/file-sealed')
    expect(await t.refused(t.act(no, 'useSeal', 'sealkeeper', { paper: 'annulmentNotice', purpose: '告知' }))).toBe('done')
    await served('annulmentNotice')
    // Served on Wednesday 18: 19, 20, 23, 24, 25.
    expect(await t.clock(no, 'ANNUL.STATEMENT')).toMatchObject({ startedOn: '2026-03-18', dueOn: '2026-03-25' })
    expect(await open(no)).toEqual([['annulment', 'chief']])
  })

  test('heard and kept, the file stays closed; what came of it waits for its supplement volume', async () => {
    const no = await closed()
    t.on('2026-03-16')
    await tellOf(no)
    await t.act(no, 'dropAnnulment', 'chief', { reasons: '撤销将使三百名就诊者中断治疗', publicInterest: true })
    const { matter } = await t.see(no)
    expect(matter).toMatchObject({ stage: 'closed', data: { annulment: { dropped: { on: '2026-03-16' } } } })
    expect((await t.db.query<{ ground: string }>('select ground from flow.act where matter_id = $1 order by seq desc limit 1', [matter.id]))[0]!.ground).toBe('行政许可法 第六十九条第三款')
    expect((await papers(no)).find((one) => one.kind === 'annulmentDropped')!.facts).toMatchObject({ articles: ['行政许可法 第六十九条第三款'] })
    expect(await open(no)).toEqual([['archive', 'archivist']])
    await t.act(no, 'addVolume', 'archivist', { reason: '撤销程序的文书' })
    expect(await open(no)).toEqual([])
    expect((await t.see(no)).matter.data.volume).toEqual(matter.data.volume)
    expect(await t.refused(t.act(no, 'addVolume', 'archivist', { reason: '再来一卷' }))).toBe('cases/nothing-to-add')
  })
})

test('granted by the organ’s own fault it may be annulled: compensation is owed, nobody is barred and nothing goes on record', async () => {
  const no = await closed()
  t.on('2026-03-16')
  await tellOf(no, 'unqualified')
  await t.act(no, 'hearAnnulment', 'applicant', { waived: true })
  await t.act(no, 'annul', 'chief', { reasons: '场所面积低于法定标准' })
  expect((await t.see(no)).matter.data.annulment!.decided).toMatchObject({ articles: ['行政许可法 第六十九条第一款第四项'], barredUntil: null })
  expect((await papers(no)).find((one) => one.kind === 'annulment')).toMatchObject({ facts: { effect: 'compensation', bar: null, credit: false } })
  expect([await rows('cases.bar', no), await rows('cases.credit_record', no)]).toEqual([[], []])
})

test('what is no licence is not annulled by the licensing law, closed or not', async () => {
  const no = await t.submit('instant')
  await t.act(no, 'accept', 'clerk')
  await t.act(no, 'decide', 'chief', { outcome: 'grant' })
  expect(await t.refused(tellOf(no, 'unqualified'))).toBe('cases/annulment-ground')
})
