import { afterAll, beforeAll, expect, test } from 'vitest'
import { scratch, type Scratch } from '../../../tests/scratch.ts'
import type { CivilDay } from '../../base/civil-day.ts'
import { closeOrganisation, createAuthorisation, createHolding, createLeave, createOrganisation, createPerson, createPost, amendOrganisation, closeHolding, closePost, endLeave, revokeAuthorisation, createSite } from './commands.ts'
import { findHolders, heldPosts, postsWithoutAnybody } from './holders.ts'
import { changesOf, findAuthorisations, findPosts, getOrganisation, organisationTree } from './organisations.ts'
import { upsertRoles } from './roles.ts'

// Codes are invented; their check characters were computed from GB 32100-2015.
const CENTRE = '11110102MB1A00017L', HOUSING = '11110102MB1A00025F'
const day = (text: string) => text as CivilDay
const note = { at: new Date('2026-01-01T01:00:00Z'), byPersonId: null }
let town: Scratch
let housing: string, post: string, a: string, b: string

beforeAll(async () => {
  town = await scratch(['db', 'org'])
  await upsertRoles(town.admin)
  housing = (await organisation(HOUSING, '住房和城市建设委员会')).id
  post = (await createPost(town.db, note, { organisationId: housing, code: 'review-1', name: { zh: '审查岗', en: 'Review' }, role: 'reviewer', validFrom: day('2026-01-01') })).id
  a = await person('001', '甲')
  b = await person('002', '乙')
  await hold(post, a, 'A')
  await hold(post, b, 'B')
})
afterAll(() => town?.close())

const organisation = (code: string, zh: string, parentId: string | null = null) =>
  createOrganisation(town.db, note, { code, name: { zh, en: zh }, kind: 'department', parentId, divisionCode: '110102', level: 4, validFrom: day('2026-01-01') })
const person = async (staffNo: string, zh: string) => (await createPerson(town.db, note, { name: { zh, en: zh }, staffNo, validFrom: day('2026-01-01') })).id
const hold = (postId: string, personId: string, cover: 'A' | 'B', validTo: string | null = null) =>
  createHolding(town.db, note, { postId, personId, cover, validFrom: day('2026-01-01'), validTo: validTo as CivilDay | null })
const code = (work: Promise<unknown>) => work.then(() => 'done', (error: { code?: string }) => error.code ?? error)

test('the A holder acts; the B holder stands in only while A is on leave, and is recorded as B for A', async () => {
  expect((await heldPosts(town.db, a, day('2026-03-02'))).map((p) => [p.code, p.cover, p.permissions.includes('cases.review')])).toEqual([['review-1', 'A', true]])
  expect(await heldPosts(town.db, b, day('2026-03-02'))).toEqual([])

  const leave = await createLeave(town.db, note, { personId: a, kind: 'annual', validFrom: day('2026-03-03'), validTo: day('2026-03-05') })
  expect(await heldPosts(town.db, a, day('2026-03-03'))).toEqual([])
  for (const onLeave of ['2026-03-03', '2026-03-05']) {
    expect((await heldPosts(town.db, b, day(onLeave))).map((p) => [p.cover, p.standingInFor])).toEqual([['B', a]])
  }
  expect(await heldPosts(town.db, b, day('2026-03-06'))).toEqual([])
  expect((await findHolders(town.db, post, day('2026-03-04'))).map((h) => [h.name.zh, h.cover, h.away, h.acts])).toEqual([['甲', 'A', true, false], ['乙', 'B', false, true]])

  await endLeave(town.db, note, leave.id, day('2026-03-04'))
  expect(await heldPosts(town.db, b, day('2026-03-05'))).toEqual([])
})

test('where the post lets B act alongside, two officers hold it at once, the second as B for nobody', async () => {
  const both = await createPost(town.db, note, { organisationId: housing, code: 'check', name: { zh: '核查岗', en: 'Check' }, role: 'reviewer', bAlongside: true, validFrom: day('2026-01-01'), validTo: day('2026-01-31') })
  await hold(both.id, a, 'A', '2026-01-31')
  await hold(both.id, b, 'B', '2026-01-31')
  expect((await heldPosts(town.db, b, day('2026-01-31'))).map((p) => [p.code, p.cover, p.standingInFor])).toEqual([['check', 'B', null]])
  expect(await heldPosts(town.db, b, day('2026-02-01'))).toEqual([])
})

test('a post without A or B present is an alarm, and says whether it is vacant or both are away', async () => {
  const vacant = await createPost(town.db, note, { organisationId: housing, code: 'vacant', name: { zh: '空岗', en: 'Vacant' }, role: 'reviewer', validFrom: day('2026-05-01'), validTo: day('2026-05-31') })
  await createLeave(town.db, note, { personId: a, kind: 'sick', validFrom: day('2026-05-10'), validTo: day('2026-05-12') })
  await createLeave(town.db, note, { personId: b, kind: 'training', validFrom: day('2026-05-12'), validTo: day('2026-05-13') })
  const alarm = async (on: string) => (await postsWithoutAnybody(town.db, day(on))).map((p) => [p.code, p.why])
  expect(await alarm('2026-05-11')).toEqual([['vacant', 'vacant']])
  expect(await alarm('2026-05-12')).toEqual([['review-1', 'away'], ['vacant', 'vacant']])
  expect(await alarm('2026-06-01')).toEqual([])
  expect(vacant.role).toBe('reviewer')
})

test('two A holders at once, one person as A and B, or two leaves at once are refused, also when asked at the same moment', async () => {
  const c = await person('003', '丙')
  expect(await code(hold(post, c, 'A'))).toBe('org/overlap')
  expect(await code(hold(post, a, 'B'))).toBe('org/overlap')
  const free = await createPost(town.db, note, { organisationId: housing, code: 'free', name: { zh: '新岗', en: 'New' }, role: 'reviewer', validFrom: day('2026-01-01') })
  const outcomes = await Promise.all([code(hold(free.id, a, 'A')), code(hold(free.id, c, 'A'))])
  expect(outcomes.sort()).toEqual(['done', 'org/overlap'])
})

test('history is kept: what ends is closed by its last day, and every change leaves the whole row', async () => {
  const d = await person('004', '丁')
  const p = await createPost(town.db, note, { organisationId: housing, code: 'history', name: { zh: '岗', en: 'Post' }, role: 'reviewer', validFrom: day('2026-01-01') })
  const h = await hold(p.id, d, 'A')
  expect(await code(closePost(town.db, note, p.id, day('2026-04-30')))).toBe('org/still-in-use')
  await closeHolding(town.db, note, h.id, day('2026-04-30'))
  expect(await code(closeHolding(town.db, note, h.id, day('2026-05-31')))).toBe('org/already-closed')
  await closePost(town.db, note, p.id, day('2026-04-30'))
  expect((await heldPosts(town.db, d, day('2026-04-30'))).length).toBe(1)
  expect(await heldPosts(town.db, d, day('2026-05-01'))).toEqual([])
  expect((await changesOf(town.db, h.id)).map((change) => change.command)).toEqual(['create-holding', 'close-holding'])
  await expect(town.db.query('delete from org.holding')).rejects.toThrow('permission denied')
  await expect(town.db.query('update org.change set command = null')).rejects.toThrow('permission denied')
  await expect(town.db.query(`update org.role set permissions = '{cases.decide}'`)).rejects.toThrow('permission denied')
})

test('a wrong check character, a day that does not exist and a reversed term are refused with their places', async () => {
  const wrong = await createOrganisation(town.db, note, { code: `${CENTRE.slice(0, 17)}0`, name: { zh: '甲', en: 'A' }, kind: 'centre', divisionCode: '110102', level: 4, validFrom: '2026-02-29' as CivilDay })
    .catch((error: { code: string; errors: { path: string }[] }) => error)
  expect(wrong).toMatchObject({ code: 'org/invalid', errors: [
    { path: '/validFrom', message: { zh: '不是有效的日期（YYYY-MM-DD）', en: 'This is not a day (YYYY-MM-DD)' } },
    { path: '/code', message: { zh: '统一社会信用代码校验位不正确', en: 'The check character of this code is wrong' } },
  ] })
  expect(await code(createLeave(town.db, note, { personId: a, kind: 'other', validFrom: day('2026-07-02'), validTo: day('2026-07-01') }))).toBe('org/invalid')
  expect(await code(createPerson(town.db, note, { name: { zh: '戊', en: 'E' }, staffNo: '001', validFrom: day('2026-01-01') }))).toBe('org/staff-no-taken')
  expect(await code(createPost(town.db, note, { organisationId: housing, code: 'x', name: { zh: '岗', en: 'P' }, role: 'emperor', validFrom: day('2026-01-01') }))).toBe('org/unknown-reference')
  expect(await code(createPost(town.db, note, { organisationId: housing, code: 'x', name: { zh: '岗', en: 'P' }, role: 'reviewer', validFrom: day('2025-12-31') }))).toBe('org/unknown-reference')
})

test('the tree, the names and an organisation’s end', async () => {
  const centre = await organisation(CENTRE, '政务服务中心')
  const below = await organisation('11110102MB1A00033A', '下属机构', centre.id)
  const tree = await organisationTree(town.db, day('2026-03-02'))
  expect(tree.map((node) => [node.code, node.children.map((child) => child.code)])).toEqual([[CENTRE, [below.code]], [HOUSING, []]])
  expect(await code(closeOrganisation(town.db, note, centre.id, day('2026-12-31')))).toBe('org/still-in-use')
  await closeOrganisation(town.db, note, below.id, day('2026-11-30'))
  expect((await closeOrganisation(town.db, note, centre.id, day('2026-12-31'))).validTo).toBe('2026-12-31')
  await amendOrganisation(town.db, note, housing, { phoneComplaint: '010-12345' })
  expect(await getOrganisation(town.db, housing)).toMatchObject({ phoneComplaint: '010-12345', name: { zh: '住房和城市建设委员会' } })
  const site = await createSite(town.db, note, { organisationId: housing, kind: 'hall', name: { zh: '大厅', en: 'Hall' }, address: '某街 1 号', hours: { zh: '9:00–17:00', en: '9–17' }, divisionCode: '110102', longitude: 116.365868, latitude: 39.912289, validFrom: day('2026-01-01') })
  expect([site.longitude, site.latitude]).toEqual([116.365868, 39.912289])
})

test('the screen finds posts by holder, role and organisation, page by page', async () => {
  const byHolder = await findPosts(town.db, day('2026-03-02'), { q: '乙' })
  expect(byHolder.items.map((p) => [p.code, p.holders.map((h) => h.name.zh)])).toEqual([['review-1', ['甲', '乙']]])
  const all = await findPosts(town.db, day('2026-03-02'), { organisationId: housing, size: 2 })
  expect([all.items.length, all.total]).toEqual([2, 3])
  const beyond = await findPosts(town.db, day('2026-03-02'), { organisationId: housing, size: 2, page: 9 })
  expect([beyond.items.length, beyond.total]).toEqual([0, 3])
})

test('an entrustment has parties, items, acts, seal and term; revoking it raises its version', async () => {
  const from = await organisation('11110102MB1A000415', '甲局')
  const given = await createAuthorisation(town.db, note, { kind: 'entrustment', fromOrganisationId: from.id, toOrganisationId: housing, items: ['X'], acts: ['cases.accept'], seal: '甲局行政许可专用章', documentNo: '甲委〔2026〕1号', validFrom: day('2026-01-01'), validTo: day('2026-12-31') })
  expect(given.version).toBe(1)
  const revoked = await revokeAuthorisation(town.db, note, given.id, day('2026-06-01'), '职责调整')
  expect([revoked.version, revoked.revokedOn]).toEqual([2, '2026-06-01'])
  expect(await code(revokeAuthorisation(town.db, note, given.id, day('2026-07-01'), '再次'))).toBe('org/already-closed')
  expect((await findAuthorisations(town.db, housing)).map((one) => one.documentNo)).toEqual(['甲委〔2026〕1号'])
  expect(await code(createAuthorisation(town.db, note, { kind: 'chiefRepresentative', fromOrganisationId: from.id, toOrganisationId: housing, acts: ['cases.decide'], seal: 's', documentNo: 'n', validFrom: day('2026-01-01'), validTo: day('2026-12-31') }))).toBe('org/invalid')
})

test('one person cannot be two of the three administrators', async () => {
  const posts = await Promise.all(['sysadmin', 'auditadmin'].map((role) => createPost(town.db, note, { organisationId: housing, code: role, name: { zh: role, en: role }, role, validFrom: day('2026-01-01') })))
  const e = await person('005', '己')
  await hold(posts[0]!.id, e, 'A')
  expect(await code(hold(posts[1]!.id, e, 'A'))).toBe('org/administrators-apart')
})

test('two security administrators who appoint one person to two of the three at the same instant: one of them is refused', async () => {
  const posts = await Promise.all(['sysadmin', 'auditadmin'].map((role) => createPost(town.db, note, { organisationId: housing, code: `${role}-2`, name: { zh: role, en: role }, role, validFrom: day('2026-01-01') })))
  const f = await person('006', '庚')
  const outcomes = await town.admin.transaction(async (tx) => {
    // Held until both stand before it: whatever each of them asks, it asks before the other has written.
    await tx.query('select from org.person where id = $1 for update', [f])
    const both = posts.map((one) => code(hold(one.id, f, 'A')))
    const waiting = async (): Promise<number> => (await town.admin.query<{ n: number }>('select count(distinct l.pid)::int as n from pg_locks l join pg_stat_activity a on a.pid = l.pid and a.datname = current_database() where not l.granted'))[0]!.n
    while (await waiting() < 2) await new Promise((resolve) => setTimeout(resolve, 20))
    return { both }
  })
  expect((await Promise.all(outcomes.both)).sort()).toEqual(['done', 'org/administrators-apart'])
})

test('a newer version of a role replaces it and the older stays on record; an older one changes nothing', async () => {
  const base = { code: 'trial', name: { zh: '试', en: 'Trial' } }
  await upsertRoles(town.admin, [{ ...base, version: 2, permissions: ['org.read'] }])
  await upsertRoles(town.admin, [{ ...base, version: 1, permissions: ['org.manage'] }])
  await upsertRoles(town.admin, [{ ...base, version: 3, permissions: ['org.read', 'jobs.read'] }])
  expect(await town.db.query(`select version, permissions from org.role where code = 'trial'`)).toEqual([{ version: 3, permissions: ['org.read', 'jobs.read'] }])
  expect(await town.db.query(`select version from org.role_version where code = 'trial' order by version`)).toEqual([{ version: 2 }, { version: 3 }])
})
