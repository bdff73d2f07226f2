import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { town, type Town } from '../../../../tests/town.ts'

let t: Town
beforeAll(async () => { t = await town() })
beforeEach(() => t.on('2026-03-02'))
afterAll(() => t?.close())

/** Granted and issued on Monday 2 March 2026. */
async function issued(more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const no = await t.submit('plain', more)
  await t.act(no, 'accept', 'clerk')
  await t.act(no, 'review', 'reviewer', { opinion: '可' })
  await t.act(no, 'decide', 'chief', { outcome: 'grant' })
  await t.act(no, 'issue', 'sealkeeper')
  return no
}
const serve = (no: string, mode: string, more: object = {}) =>
  t.act(no, 'serve', 'dispatcher', { paper: 'grant', mode, on: '2026-03-02', recipient: '林晚照', proof: { text: '证明' }, ...more })
const byMail = { service: { mode: 'mail', consent: false, address: '西城区某路 1 号' } }

describe('service by its mode', () => {
  test('electronically only with consent', async () => {
    expect(await t.refused(serve(await issued(byMail), 'electronic'))).toBe('cases/no-consent')
    expect(await t.refused(serve(await issued(), 'electronic'))).toBe('done')
  })

  test('left at the residence only with the photograph or video', async () => {
    const no = await issued()
    expect(await t.refused(serve(no, 'left'))).toBe('cases/proof-needed')
    await serve(no, 'left', { proof: { text: '门口张贴', files: [await t.file('dispatcher', '照片.jpg')] } })
    expect((await t.see(no)).matter.stage).toBe('served')
  })

  test('by mail on the day of the receipt, not before the paper and not in the future', async () => {
    const no = await issued(byMail)
    t.on('2026-03-06')
    expect(await t.refused(serve(no, 'mail', { on: '2026-03-01' }))).toBe('cases/served-before-made')
    expect(await t.refused(serve(no, 'mail', { on: '2026-03-07' }))).toBe('cases/served-before-made')
    await serve(no, 'mail', { on: '2026-03-05' })
    expect((await t.see(no)).matter.data.services).toMatchObject([{ mode: 'mail', servedOn: '2026-03-05' }])
  })

  test('by public notice it takes effect after thirty days, and only then can the file be closed', async () => {
    const no = await issued()
    await serve(no, 'publicNotice')
    await t.act(no, 'deliver', 'dispatcher', { mode: 'counter', collectedBy: '林晚照' })
    expect((await t.see(no)).matter.data.services[0]).toMatchObject({ servedOn: '2026-04-01' })
    expect(await t.refused(t.act(no, 'close', 'archivist'))).toBe('cases/not-served')
    t.on('2026-04-01')
    expect(await t.refused(t.act(no, 'close', 'archivist'))).toBe('done')
  })

  test('only papers there are', async () => {
    const no = await issued()
    expect(await t.refused(serve(no, 'direct', { paper: 'letter' }))).toBe('cases/no-such-paper')
    expect(await t.refused(serve(no, 'direct', { paper: 'denial' }))).toBe('cases/no-such-paper')
  })
})

describe('delivery', () => {
  test('a locker is not a person: only the code, used and signed for, counts as collected and served', async () => {
    const no = await issued()
    await t.act(no, 'deliver', 'dispatcher', { mode: 'locker', lockerBox: 'A12' })
    const { matter } = await t.see(no)
    expect(matter).toMatchObject({ stage: 'decided', data: { delivery: { mode: 'locker', collectedOn: null } } })
    expect(await t.refused(t.act(no, 'close', 'archivist'))).toBe('flow/wrong-stage')
    const { code } = matter.data.delivery!
    expect(await t.refused(t.act(no, 'collect', 'applicant', { code: code === '123456' ? '654321' : '123456', signedBy: '林晚照' }))).toBe('cases/wrong-code')
    t.on('2026-03-04')
    await t.act(no, 'collect', 'applicant', { code, signedBy: '林晚照' })
    expect((await t.see(no)).matter).toMatchObject({ stage: 'served', data: { delivery: { collectedOn: '2026-03-04', collectedBy: '林晚照' }, services: [{ servedOn: '2026-03-04' }] } })
    expect(await t.refused(t.act(no, 'collect', 'applicant', { code, signedBy: '林晚照' }))).toBe('cases/not-delivered-by-locker')
    expect(await t.refused(t.act(no, 'close', 'archivist'))).toBe('done')
  })

  test('mailed is not served: somebody has to bring the postal receipt', async () => {
    const no = await issued(byMail)
    expect(await t.refused(t.act(no, 'deliver', 'dispatcher', { mode: 'mail' }))).toBe('flow/invalid-input')
    await t.act(no, 'deliver', 'dispatcher', { mode: 'mail', trackingNo: 'EX1' })
    const { matter, tasks } = await t.see(no)
    expect(matter.stage).toBe('decided')
    expect(tasks.filter((task) => task.state === 'open').map((task) => task.step)).toEqual(['serve'])
    expect(await t.clock(no, 'LIC.DELIVER')).toMatchObject({ stoppedOn: '2026-03-02' })
    await serve(no, 'mail')
    expect(await t.refused(t.act(no, 'close', 'archivist'))).toBe('done')
  })

  test('after it came back it may be delivered again, with one task of serving and not two', async () => {
    const no = await issued(byMail)
    await t.act(no, 'deliver', 'dispatcher', { mode: 'mail', trackingNo: 'EX1' })
    await t.act(no, 'deliver', 'dispatcher', { mode: 'mail', trackingNo: 'EX2' })
    expect((await t.see(no)).tasks.filter((task) => task.step === 'serve')).toHaveLength(1)
  })

  test('nothing is handed over before the certificate is made', async () => {
    const no = await t.submit('instant')
    await t.act(no, 'accept', 'clerk')
    await t.act(no, 'decide', 'chief', { outcome: 'grant' })
    expect(await t.refused(t.act(no, 'deliver', 'dispatcher', { mode: 'counter', collectedBy: '林晚照' }))).toBe('flow/not-this-step')
  })
})

describe('the sealed file', () => {
  test('holds every paper, file and act with its hash; nothing changes it, only a supplement volume is added', async () => {
    const file = await t.file()
    const no = await issued({ materials: [{ materialId: 'application', form: 'electronic', fileId: file }, { materialId: 'plan', form: 'electronic' }] })
    await t.act(no, 'deliver', 'dispatcher', { mode: 'counter', collectedBy: '林晚照' })
    expect(await t.refused(t.act(no, 'addVolume', 'archivist', { reason: '补充', files: [await t.file('archivist')] }))).toBe('flow/wrong-stage')
    await t.act(no, 'close', 'archivist')
    const { matter } = await t.see(no)
    // Receipt of materials, address of service, acceptance and decision; the file; submit, accept, review, decide, issue, deliver.
    expect(matter.data.volume!.contents).toHaveLength(11)
    expect(matter.data.volume!.contents.every((piece) => /^[0-9a-f]{64}$/.test(piece.sha256))).toBe(true)
    for (const [act, by, input] of [['serve', 'dispatcher', { paper: 'grant', mode: 'direct', on: '2026-03-02', recipient: '林', proof: { text: '签收' } }], ['useSeal', 'sealkeeper', { paper: 'grant', purpose: '补盖' }], ['close', 'archivist', {}], ['withdraw', 'applicant', {}]] as const) {
      expect([act, await t.refused(t.act(no, act, by, input))]).toEqual([act, act === 'serve' || act === 'useSeal' ? 'cases/file-sealed' : 'flow/wrong-stage'])
    }
    expect(await t.refused(t.act(no, 'addVolume', 'archivist', { reason: '复议决定' }))).toBe('cases/nothing-to-add')
    await t.act(no, 'addVolume', 'archivist', { reason: '复议决定', files: [await t.file('archivist', '复议决定书.pdf')] })
    const { addedVolumes, ...sealed } = (await t.see(no)).matter.data
    expect(sealed).toEqual(matter.data)
    // The first directory, the file handed in, and the act of closing.
    expect(addedVolumes!.map(({ contents }) => contents.map(({ title }) => title.zh.split(' ').slice(0, title.zh.startsWith('行为') ? 2 : 1).join(' ')))).toEqual([['案卷目录', '行为 close', '复议决定书.pdf']])
  })

  test('using a seal is recorded with its keeper, and only by the keeper', async () => {
    const no = await issued()
    expect(await t.refused(t.act(no, 'useSeal', 'clerk', { paper: 'grant', purpose: '用印' }))).toBe('flow/not-permitted')
    await t.act(no, 'useSeal', 'sealkeeper', { paper: 'grant', purpose: '用印' })
    expect((await t.see(no)).matter.data.seals).toMatchObject([{ paper: 'grant', on: '2026-03-02', purpose: '用印' }])
  })
})

describe('files named by an act', () => {
  test('are the applicant’s own: somebody else’s cannot be looked into by naming it', async () => {
    const theirs = await t.file('neighbour')
    expect(await t.refused(t.submit('plain', { materials: [{ materialId: 'application', form: 'electronic', fileId: theirs }] }))).toBe('cases/file-not-yours')
    expect(await t.refused(t.submit('plain', { materials: [{ materialId: 'application', form: 'electronic', fileId: '00000000-0000-4000-8000-000000000000' }] }))).toBe('cases/file-not-yours')
  })

  test('an officer may take up what a colleague scanned, not what lies in another case', async () => {
    const inOther = await t.file()
    await t.submit('plain', { materials: [{ materialId: 'application', form: 'electronic', fileId: inOther }] })
    const no = await t.submit('plain')
    await t.act(no, 'accept', 'clerk')
    expect(await t.refused(t.act(no, 'review', 'reviewer', { opinion: '可', files: [inOther] }))).toBe('cases/file-not-yours')
    expect(await t.refused(t.act(no, 'review', 'reviewer', { opinion: '可', files: [await t.file('clerk')] }))).toBe('done')
  })
})
