import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scratch, type Scratch } from '../../../tests/scratch.ts'
import type { CivilDay } from '../../base/civil-day.ts'
import { createAuthorisation, createHolding, createLeave, createOrganisation, createPerson, createPost, closePerson, closeHolding, revokeAuthorisation } from '../org/commands.ts'
import { upsertRoles } from '../org/roles.ts'
import { changeOwnPassword, changePassword, createOfficerAccount, findAccounts, registerApplicant, resetPassword, setAccountStatus, unlockAccount } from './accounts.ts'
import { findCaller } from './caller.ts'
import { csrfOf, hashToken, newToken } from './csrf.ts'
import { findEvents } from './events.ts'
import { acceptInvite, demandInvite, inviteAdministrator } from './invites.ts'
import { actFor, agenciesOf, endAgency, grantAgency } from './agencies.ts'
import { findOnlineAccounts, getOnlineAccount } from './online-accounts.ts'
import { amendParty, confirmIdentity, findOrCreateParty, findParties, getParty } from './parties.ts'
import { permits } from './permits.ts'
import { findReads, openReadRecords, readsOf } from './read-records.ts'
import { revokeSessions, signIn, signOut, sweepSessions } from './sign-in.ts'
import type { Applicant, Officer } from './types.ts'

const PASSWORD = 'mingtang-demo'
const MINUTE = 60_000
const day = (text: string) => text as CivilDay
/** Monday 2 March 2026, 09:00 in Asia/Shanghai. */
const START = new Date('2026-03-02T01:00:00Z')
const after = (milliseconds: number) => new Date(START.getTime() + milliseconds)
const note = { at: START, byPersonId: null }
let town: Scratch
let housing: string, centre: string, clerkPost: string, clerkPerson: string, clerk: string

beforeAll(async () => {
  town = await scratch(['db', 'org', 'access'])
  await upsertRoles(town.admin)
  const organisation = async (code: string, zh: string, kind: 'centre' | 'department') =>
    (await createOrganisation(town.db, note, { code, name: { zh, en: zh }, kind, divisionCode: '110102', level: 4, validFrom: day('2026-01-01') })).id
  housing = await organisation('11110102MB1A00017L', '住建委', 'department')
  centre = await organisation('11110102MB1A00025F', '政务服务中心', 'centre')
  ;({ postId: clerkPost, personId: clerkPerson, accountId: clerk } = await officer('clerk', centre, '王一'))
})
afterAll(() => town?.close())

let made = 0
async function officer(role: string, organisationId: string, zh: string, username = `${role}${(made += 1)}`) {
  const personId = (await createPerson(town.db, note, { name: { zh, en: zh }, staffNo: username, validFrom: day('2026-01-01') })).id
  const postId = (await createPost(town.db, note, { organisationId, code: username, name: { zh: role, en: role }, role, validFrom: day('2026-01-01') })).id
  const holding = await createHolding(town.db, note, { postId, personId, cover: 'A', validFrom: day('2026-01-01') })
  const { accountId } = await createOfficerAccount(town.db, { username, password: PASSWORD, personId, at: START, byAccountId: null })
  return { postId, personId, accountId, username, holdingId: holding.id }
}
const enter = (username: string, at = START, password = PASSWORD) => signIn(town.db, { username, password, at, ip: '127.0.0.1' })
const code = (work: Promise<unknown>) => work.then(() => 'done', (error: { code?: string }) => error.code ?? error)
const callerOf = (token: string, at = START) => findCaller(town.db, hashToken(token), at)

test('an officer signs in and has the posts, permissions and authorisations of the day; only the token’s hash is stored', async () => {
  const { token, csrf, caller, expiresAt } = await enter(' Clerk1 ')
  expect(caller).toMatchObject({ kind: 'officer', personId: clerkPerson, name: '王一', posts: [{ postId: clerkPost, role: 'clerk', organisationId: centre, cover: 'A' }], authorisations: [] })
  expect(caller.permissions).toContain('cases.accept')
  expect(csrf).toBe(csrfOf(token))
  expect(expiresAt).toEqual(after(12 * 60 * MINUTE))
  expect(await callerOf(token)).toEqual(caller)
  const stored = JSON.stringify(await town.db.query('select * from access.session'))
  expect(stored).not.toContain(token)
})

test('wrong password and unknown name are refused in the same words, and both verify a hash', async () => {
  const timed = async (username: string) => {
    const begun = process.hrtime.bigint()
    const error = await enter(username, START, 'wrong-password').catch((e: unknown) => e as { code: string; text: unknown; status: number })
    return { error, ms: Number(process.hrtime.bigint() - begun) / 1e6 }
  }
  const { username } = await officer('surveyor', housing, '测时')
  // By turns and as often as it takes: a machine that is busy with other things slows down now one, now the other.
  const fastest = (tries: readonly { readonly ms: number }[]) => Math.min(...tries.map((one) => one.ms))
  const known = [await timed(username)]
  const unknown = [await timed('nobody-of-this-name')]
  for (let turns = 0; turns < 40 && fastest(unknown) <= fastest(known) / 3; turns += 1) {
    known.push(await timed(username))
    unknown.push(await timed('nobody-of-this-name'))
  }
  expect(known[0]!.error).toMatchObject({ code: 'access/wrong-credentials', status: 401 })
  expect({ ...(unknown[0]!.error as object) }).toEqual({ ...(known[0]!.error as object) })
  // Verifying takes tens of milliseconds, everything else a few: without the stand-in hash the ratio would be below a third.
  expect(fastest(unknown)).toBeGreaterThan(fastest(known) / 3)
})

test('after five failures the name is locked for fifteen minutes, even for the right password; then it is free', async () => {
  const { username, accountId } = await officer('cashier', centre, '锁一')
  const outcomes: string[] = []
  for (let i = 0; i < 6; i += 1) outcomes.push(await code(enter(username, after(i * 1000), 'wrong-password')) as string)
  expect(outcomes).toEqual([...Array<string>(4).fill('access/wrong-credentials'), 'access/locked', 'access/locked'])
  await expect(enter(username, after(4000 + 14 * MINUTE))).rejects.toMatchObject({ code: 'access/locked', retryAfter: 60 })
  expect((await findAccounts(town.db, { q: username, at: after(5000) })).items[0]!.lockedUntil).toEqual(after(4000 + 15 * MINUTE))
  expect(await code(enter(username, after(4000 + 15 * MINUTE)))).toBe('done')
  expect((await findEvents(town.db, { accountId })).map((event) => event.kind).slice(0, 3)).toEqual(['signedIn', 'signInLocked', 'signInLocked'])
})

test('an unknown name locks like a known one, so that locking tells nobody who has an account', async () => {
  const outcomes: unknown[] = []
  for (let i = 0; i < 6; i += 1) outcomes.push(await code(enter('ghost', START, 'wrong-password')))
  expect(outcomes.slice(4)).toEqual(['access/locked', 'access/locked'])
})

test('a success in between clears the count; the security administrator can unlock', async () => {
  const { username, accountId } = await officer('archivist', centre, '清一')
  for (let i = 0; i < 4; i += 1) await code(enter(username, START, 'wrong-password'))
  expect(await code(enter(username))).toBe('done')
  for (let i = 0; i < 4; i += 1) expect(await code(enter(username, START, 'wrong-password'))).toBe('access/wrong-credentials')
  expect(await code(enter(username, START, 'wrong-password'))).toBe('access/locked')
  await unlockAccount(town.db, { accountId, at: START, byAccountId: clerk })
  expect(await code(enter(username))).toBe('done')
})

test('twenty wrong guesses at once count as twenty; the right one after them is refused', async () => {
  const { username } = await officer('dispatcher', centre, '并发')
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => code(enter(username, START, 'wrong-password'))))
  expect(outcomes.filter((outcome) => outcome === 'access/wrong-credentials').length).toBe(4)
  expect(outcomes.filter((outcome) => outcome === 'access/locked').length).toBe(16)
  expect(await code(enter(username))).toBe('access/locked')
})

test('many right sign-ins at once all succeed', async () => {
  const outcomes = await Promise.all(Array.from({ length: 12 }, () => code(enter('clerk1'))))
  expect(new Set(outcomes)).toEqual(new Set(['done']))
})

test('an officer’s session ends after thirty idle minutes, is kept by use, and ends after twelve hours however used', async () => {
  const idle = await enter('clerk1')
  expect((await callerOf(idle.token, after(30 * MINUTE - 1))).kind).toBe('officer')
  const left = await enter('clerk1')
  expect((await callerOf(left.token, after(30 * MINUTE))).kind).toBe('anonymous')

  const used = await enter('clerk1')
  for (let minute = 20; minute < 12 * 60; minute += 20) expect((await callerOf(used.token, after(minute * MINUTE))).kind, `minute ${minute}`).toBe('officer')
  expect((await callerOf(used.token, after(12 * 60 * MINUTE))).kind).toBe('anonymous')
})

test('being seen is written at most once a minute', async () => {
  const { token } = await enter('clerk1')
  const seen = async () => (await town.db.query<{ at: Date }>('select last_seen_at as at from access.session where token_hash = $1', [hashToken(token)]))[0]!.at
  await callerOf(token, after(60_000))
  expect(await seen()).toEqual(START)
  await callerOf(token, after(60_001))
  expect(await seen()).toEqual(after(60_001))
})

test('signed out, revoked, forged, absent: nobody', async () => {
  const [one, two, three] = [await enter('clerk1'), await enter('clerk1'), await enter('clerk1')]
  await signOut(town.db, hashToken(one.token)!, START)
  expect((await callerOf(one.token)).kind).toBe('anonymous')
  expect(await revokeSessions(town.db, clerk, START, null, hashToken(three.token))).toBeGreaterThanOrEqual(1)
  expect((await callerOf(two.token)).kind).toBe('anonymous')
  expect((await callerOf(three.token)).kind).toBe('officer')
  expect((await callerOf(newToken())).kind).toBe('anonymous')
  expect((await findCaller(town.db, null, START)).kind).toBe('anonymous')
})

test('a disabled account is told so only with the right password, and its sessions are void', async () => {
  const { username, accountId } = await officer('proxy', centre, '停用')
  const { token } = await enter(username)
  await setAccountStatus(town.db, { accountId, status: 'disabled', at: START, byAccountId: clerk })
  expect((await callerOf(token)).kind).toBe('anonymous')
  expect(await code(enter(username))).toBe('access/account-disabled')
  expect(await code(enter(username, START, 'wrong-password'))).toBe('access/wrong-credentials')
  await setAccountStatus(town.db, { accountId, status: 'active', at: START, byAccountId: clerk })
  expect(await code(enter(username))).toBe('done')
})

test('changing the password ends the other sessions and needs the old one', async () => {
  const { username, accountId } = await officer('operator', centre, '改密')
  const [here, elsewhere] = [await enter(username), await enter(username)]
  const change = (current: string, next: string) => changePassword(town.db, { accountId, current, next, at: START, keep: hashToken(here.token) })
  expect(await code(change('wrong-password', 'another-one-2026'))).toBe('access/wrong-credentials')
  expect(await code(change(PASSWORD, PASSWORD))).toBe('access/same-password')
  expect(await code(change(PASSWORD, 'short'))).toBe('access/weak-password')
  await change(PASSWORD, 'another-one-2026')
  expect([(await callerOf(here.token)).kind, (await callerOf(elsewhere.token)).kind]).toEqual(['officer', 'anonymous'])
  expect(await code(enter(username))).toBe('access/wrong-credentials')
  await resetPassword(town.db, { accountId, next: 'set-by-secadmin-1', at: START, byAccountId: clerk })
  expect((await callerOf(here.token)).kind).toBe('anonymous')
  // What somebody else chose opens nothing but the way to one's own.
  expect(await code(enter(username, START, 'set-by-secadmin-1'))).toBe('access/password-to-be-changed')
  const choose = (current: string, next: string) => changeOwnPassword(town.db, { username, current, next, at: START, ip: '127.0.0.1', keep: null })
  expect(await code(choose('wrong-password', 'a-third-one-2026'))).toBe('access/wrong-credentials')
  expect(await code(choose('set-by-secadmin-1', 'set-by-secadmin-1'))).toBe('access/same-password')
  expect(await code(choose('set-by-secadmin-1', 'a-third-one-2026'))).toBe('done')
  expect(await code(enter(username, START, 'a-third-one-2026'))).toBe('done')
})

test('an account that the security administrator opened waits for its holder’s own password; guessing the first one locks', async () => {
  const personId = (await createPerson(town.db, note, { name: { zh: '新来', en: 'Newcomer' }, staffNo: 'newcomer', validFrom: day('2026-01-01') })).id
  await createOfficerAccount(town.db, { username: 'newcomer', password: PASSWORD, personId, at: START, byAccountId: clerk })
  expect(await code(enter('newcomer'))).toBe('access/password-to-be-changed')
  const choose = (current: string) => code(changeOwnPassword(town.db, { username: 'newcomer', current, next: 'mine-alone-2026', at: START, ip: '127.0.0.1', keep: null }))
  for (let i = 0; i < 4; i += 1) expect(await choose('wrong-password')).toBe('access/wrong-credentials')
  expect([await choose('wrong-password'), await choose(PASSWORD)]).toEqual(['access/locked', 'access/locked'])
})

test('who guesses from elsewhere locks the name for elsewhere, not for the desk where its holder signs in', async () => {
  const { username, accountId } = await officer('publisher', centre, '被扰')
  const from = (ip: string, password = PASSWORD) => code(signIn(town.db, { username, password, at: START, ip }))
  expect(await from('10.0.0.8')).toBe('done')
  for (let i = 0; i < 5; i += 1) await from(`203.0.113.${i}`, 'wrong-password')
  expect([await from('203.0.113.9'), await from('10.0.0.8')]).toEqual(['access/locked', 'done'])
  // At the known desk too five guesses are the end, and the administrator frees both.
  for (let i = 0; i < 5; i += 1) await from('10.0.0.8', 'wrong-password')
  expect(await from('10.0.0.8')).toBe('access/locked')
  await unlockAccount(town.db, { accountId, at: START, byAccountId: clerk })
  expect([await from('203.0.113.9'), await from('10.0.0.8')]).toEqual(['done', 'done'])
})

test('a post ended yesterday, a leave today, a person who left: the open session loses them at once', async () => {
  const { username, personId, holdingId } = await officer('reviewer', housing, '离岗')
  const { token } = await enter(username)
  const posts = async () => ((await callerOf(token)) as Officer).posts?.length
  expect(await posts()).toBe(1)
  await createLeave(town.db, note, { personId, kind: 'travel', validFrom: day('2026-03-02'), validTo: day('2026-03-02') })
  expect(await posts()).toBe(0)
  await closeHolding(town.db, note, holdingId, day('2026-03-01'))
  await closePerson(town.db, note, personId, day('2026-03-01'))
  expect((await callerOf(token)).kind).toBe('anonymous')
})

test('entrustments: only in their term, only unrevoked, only for listed items and acts', async () => {
  const { username } = await officer('clerk', centre, '委托')
  const given = await createAuthorisation(town.db, note, {
    kind: 'entrustment', fromOrganisationId: housing, toOrganisationId: centre, items: ['X1'], acts: ['cases.accept'], seal: '住建委行政许可专用章（1）', documentNo: '委〔2026〕1号',
    validFrom: day('2026-03-02'), validTo: day('2026-03-04'),
  })
  const may = async (on: string, itemCode = 'X1', act = 'cases.accept') => {
    const { caller } = await enter(username, new Date(`${on}T01:00:00Z`))
    return permits(caller, 'cases.accept', { scope: 'responsible', organisationId: housing, itemCode, act })?.onBehalf ?? null
  }
  expect(await may('2026-03-01')).toBeNull()
  expect(await may('2026-03-02')).toEqual({ authorisationId: given.id, kind: 'entrustment', fromOrganisationId: housing, version: 1 })
  expect(await may('2026-03-04')).not.toBeNull()
  expect(await may('2026-03-05')).toBeNull()
  expect(await may('2026-03-02', 'X2')).toBeNull()
  expect(await may('2026-03-02', 'X1', 'cases.decide')).toBeNull()
  await revokeAuthorisation(town.db, note, given.id, day('2026-03-03'), '收回')
  expect((await may('2026-03-02'))?.version).toBe(2)
  expect(await may('2026-03-03')).toBeNull()
})

test('a chief representative decides under a valid power, not a day longer', async () => {
  const { username, personId } = await officer('chief', housing, '首席')
  await createAuthorisation(town.db, note, { kind: 'chiefRepresentative', fromOrganisationId: housing, toPersonId: personId, acts: ['cases.decide'], seal: '章', documentNo: '授〔2026〕1号', validFrom: day('2026-03-01'), validTo: day('2026-03-31') })
  const may = async (on: string) => permits((await enter(username, new Date(`${on}T01:00:00Z`))).caller, 'cases.decide', { scope: 'responsible', organisationId: housing, itemCode: 'any', act: 'cases.decide' })
  expect((await may('2026-03-31'))?.onBehalf?.kind).toBe('chiefRepresentative')
  expect(await may('2026-04-01')).toBeNull()
})

const ZHANG = { kind: 'person', idType: '111', idNumber: '110102188001010018', name: '张三' } as const

test('whoever registers somebody else’s number does not get that person’s party; an original seen at the counter does', async () => {
  const { party } = await findOrCreateParty(town.db, { ...ZHANG, phone: '13800000000' }, START)
  const account = await registerApplicant(town.db, { username: 'zhangsan', password: PASSWORD, identity: ZHANG, phone: '13900000000', at: START })
  expect(account.partyId).not.toBe(party.id)
  const { token, caller } = await enter('zhangsan')
  expect(caller).toMatchObject({ kind: 'applicant', name: '张三', partyId: account.partyId, level: 1, permissions: ['cases.apply', 'cases.readOwn'] })

  const [found] = await findOnlineAccounts(town.db, ' 110102188001010018')
  expect(found).toMatchObject({ id: account.accountId, level: 1, createdAt: START, identities: [{ partyId: account.partyId, name: '张三', phone: '13900000000', declared: true, own: true }] })
  expect(await findOnlineAccounts(town.db, '110102188001010')).toEqual([])
  expect(await confirmIdentity(town.db, { accountId: account.accountId, partyId: account.partyId, name: '张 三', at: START, byAccountId: clerk })).toEqual({ partyId: party.id })
  expect((await getOnlineAccount(town.db, account.accountId))).toMatchObject({ level: 3, identities: [{ partyId: party.id, declared: false, own: true }] })
  expect((await findOnlineAccounts(town.db, ZHANG.idNumber)).map(({ id }) => id)).toEqual([account.accountId])
  expect((await findEvents(town.db, { kind: 'identityConfirmed' }))[0]).toMatchObject({ username: 'zhangsan', byUsername: 'clerk1' })
  const known = (await callerOf(token)) as Applicant
  expect([known.partyId, known.level, [...known.partyIds!].sort()]).toEqual([party.id, 3, [party.id, account.partyId].sort()])
  expect((await getParty(town.db, account.partyId)).id).toBe(party.id)
})

test('an original with another name is not confirmed', async () => {
  await findOrCreateParty(town.db, { kind: 'person', idType: '111', idNumber: '110102188001010026', name: '李四' }, START)
  const account = await registerApplicant(town.db, { username: 'lisi', password: PASSWORD, identity: { kind: 'person', idType: '111', idNumber: '110102188001010026', name: '李四四' }, phone: '13900000001', at: START })
  expect(await code(confirmIdentity(town.db, { accountId: account.accountId, partyId: account.partyId, name: '李四四', at: START, byAccountId: clerk }))).toBe('access/identity-mismatch')
  const wrong = await registerApplicant(town.db, { username: 'wangliu', password: PASSWORD, identity: { kind: 'person', idType: '414', idNumber: 'E87654321', name: '王六' }, phone: '13900000001', at: START })
  expect(await code(confirmIdentity(town.db, { accountId: wrong.accountId, partyId: wrong.partyId, name: '王陆', at: START, byAccountId: clerk }))).toBe('access/identity-mismatch')
  expect(await code(confirmIdentity(town.db, { accountId: account.accountId, partyId: randomUUID(), name: '李四四', at: START, byAccountId: clerk }))).toBe('access/not-found')
})

test('one document is one party, also when two counters type it at once; what is on file is not overwritten', async () => {
  const typed = { kind: 'person', idType: '111', idNumber: '11010218850505003x', name: '王五' } as const
  const both = await Promise.all([findOrCreateParty(town.db, typed, START), findOrCreateParty(town.db, typed, START)])
  expect(both[0].party.id).toBe(both[1].party.id)
  expect(both.map((one) => one.created).sort()).toEqual([false, true])
  expect((await findOrCreateParty(town.db, { ...typed, name: '王武', phone: '1' }, START))).toMatchObject({ created: false, party: { name: '王五', phone: '' }, differs: ['name', 'phone'] })
  await amendParty(town.db, both[0].party.id, { phone: '13700000000' })
  expect((await findParties(town.db, '11010218850505003x')).map((party) => [party.name, party.phone])).toEqual([['王五', '13700000000']])
  await expect(findOrCreateParty(town.db, { ...typed, idNumber: '110102188505050031' }, START)).rejects.toMatchObject({ code: 'access/invalid-identity', errors: [{ path: '/idNumber' }] })
})

test('an enterprise’s agent acts for the enterprise, for herself when she chooses, and no longer than her agency', async () => {
  const account = await registerApplicant(town.db, {
    username: 'enterprise', password: PASSWORD, phone: '13900000002', at: START,
    identity: { kind: 'organisation', idType: '001', idNumber: '11110102MB1A000503', name: '某某有限公司' },
    agent: { kind: 'person', idType: '414', idNumber: 'E12345678', name: '赵六' },
  })
  const { token, caller } = await enter('enterprise')
  expect(caller).toMatchObject({ name: '某某有限公司', partyId: account.partyId, ownPartyId: account.ownPartyId })
  await actFor(town.db, account.accountId, null, START)
  expect(await callerOf(token)).toMatchObject({ name: '赵六', partyId: account.ownPartyId })
  const { party: other } = await findOrCreateParty(town.db, { kind: 'organisation', idType: '001', idNumber: '11110102MB1A00033A', name: '另一单位' }, START)
  expect(await code(actFor(town.db, account.accountId, other.id, START))).toBe('access/not-an-agent')
  const grant = { accountId: account.accountId, partyId: other.id, scope: ['X1'], validFrom: day('2026-03-01'), validTo: day('2026-03-02'), authorityFileId: randomUUID(), at: START, byAccountId: clerk }
  expect(await code(grantAgency(town.db, grant))).toBe('access/identity-not-confirmed')
  const confirm = (partyId: string, name: string) => confirmIdentity(town.db, { accountId: account.accountId, partyId, name, at: START, byAccountId: clerk })
  expect(await code(confirm(account.partyId, '某某有限公司'))).toBe('access/identity-not-confirmed')
  // The register knows her from elsewhere, without a telephone: the account's own is taken over.
  await findOrCreateParty(town.db, { kind: 'person', idType: '414', idNumber: 'E12345678', name: '赵六', address: '甲路1号' }, START)
  const { partyId: own } = await confirm(account.ownPartyId, '赵六')
  expect(await getParty(town.db, own)).toMatchObject({ phone: '13900000002', address: '甲路1号' })
  const { partyId: company } = await confirm(account.partyId, '某某有限公司')
  expect(await code(grantAgency(town.db, { ...grant, partyId: own }))).toBe('access/own-agency')
  expect(await code(grantAgency(town.db, { ...grant, partyId: randomUUID() }))).toBe('access/not-found')
  const { agencyId } = await grantAgency(town.db, grant)
  expect(await code(grantAgency(town.db, grant))).toBe('access/agency-exists')
  await actFor(town.db, account.accountId, other.id, START)
  expect(await callerOf(token)).toMatchObject({ name: '另一单位', partyId: other.id, scope: ['X1'] })
  const tomorrow = await enter('enterprise', after(24 * 60 * MINUTE))
  expect(tomorrow.caller).toMatchObject({ name: '赵六', partyId: own })
  expect((await agenciesOf(town.db, account.accountId, day('2026-03-02'))).map(({ name, state, confirmed, chosen, scope }) => [name, state, confirmed, chosen, scope])).toEqual([
    ['另一单位', 'valid', true, true, ['X1']], ['某某有限公司', 'valid', true, false, []],
  ])
  expect((await agenciesOf(town.db, account.accountId, day('2026-03-03'))).map(({ name, state }) => [name, state])).toEqual([['某某有限公司', 'valid'], ['另一单位', 'expired']])

  const end = { agencyId, accountId: account.accountId, at: after(MINUTE), byAccountId: clerk }
  expect(await code(endAgency(town.db, { ...end, accountId: clerk }))).toBe('access/not-found')
  await endAgency(town.db, end)
  expect(await callerOf(token)).toMatchObject({ name: '赵六', partyId: own, scope: [] })
  expect(await code(actFor(town.db, account.accountId, other.id, START))).toBe('access/not-an-agent')
  expect(await code(endAgency(town.db, end))).toBe('access/agency-over')
  expect((await findEvents(town.db, { accountId: account.accountId })).filter(({ kind }) => kind.startsWith('agency') || kind === 'actsFor').map((event) => [event.kind, event.byUsername])).toEqual([['agencyEnded', 'clerk1'], ['actsFor', 'enterprise'], ['agencyGranted', 'clerk1'], ['actsFor', 'enterprise']])
  await grantAgency(town.db, { ...grant, scope: [] })
  await actFor(town.db, account.accountId, company, START)
  expect(await callerOf(token)).toMatchObject({ name: '某某有限公司', partyId: company })
})

test('user names are unique whatever their case; an officer has one account', async () => {
  expect(await code(registerApplicant(town.db, { username: 'ZhangSan', password: PASSWORD, identity: ZHANG, phone: '13900000003', at: START }))).toBe('access/username-taken')
  expect(await code(createOfficerAccount(town.db, { username: 'second', password: PASSWORD, personId: clerkPerson, at: START, byAccountId: null }))).toBe('access/officer-has-account')
  expect(await code(registerApplicant(town.db, { username: "x'; --", password: PASSWORD, identity: ZHANG, phone: '13900000003', at: START }))).toBe('access/invalid')
})

test('the first administrator comes by a one-time link, which works only while the role has no holder', async () => {
  const invite = await inviteAdministrator(town.db, 'sysadmin', START)
  const spare = await inviteAdministrator(town.db, 'sysadmin', START)
  const accept = (token: string, username: string, at = START) => acceptInvite(town.db, {
    token, username, password: PASSWORD, name: { zh: '系统', en: 'System' }, staffNo: username, at, organisation: { code: '11110102MB1A000415', name: { zh: '政务服务和数据管理局', en: 'Bureau' }, divisionCode: '110102' },
  })
  const outcomes = await Promise.all([code(accept(invite.token, 'root-one')), code(accept(spare.token, 'root-two'))])
  expect(outcomes.sort()).toEqual(['access/role-has-holder', 'done'])
  expect(await code(accept(invite.token, 'root-three'))).toMatch(/invite-void|role-has-holder/)
  expect(await code(inviteAdministrator(town.db, 'sysadmin', START))).toBe('access/role-has-holder')
  expect(await code(inviteAdministrator(town.db, 'clerk', START))).toBe('access/not-an-administrator')
  const late = await inviteAdministrator(town.db, 'auditadmin', START)
  // Whoever follows a link is told at once whether it still serves.
  const link = (token: string, at = START) => code(demandInvite(town.db, token, at))
  expect([await link(late.token), await link(invite.token), await link('nonsense'), await link(late.token, after(24 * 60 * MINUTE))]).toEqual(['done', 'access/invite-void', 'access/invite-void', 'access/invite-void'])
  expect(await code(accept(late.token, 'audit-one', after(24 * 60 * MINUTE)))).toBe('access/invite-void')
  expect((await town.db.query(`select from org.person where staff_no in ('root-one', 'root-two')`)).length).toBe(1)
})

test('reads of personal data are kept, shown to their owner by post, and cannot be altered', async () => {
  const { party } = await findOrCreateParty(town.db, { kind: 'person', idType: '414', idNumber: 'G7654321', name: '钱七' }, START)
  const records = openReadRecords(town.db, { everyMs: 60_000 })
  const read = { officer: { accountId: clerk, personId: clerkPerson }, post: { postId: clerkPost, organisationId: centre }, partyIds: [party.id], matterId: null, reason: '窗口办理' }
  records.record({ ...read, at: START, part: 'search' })
  records.record({ ...read, at: after(1000), part: 'case' })
  expect(await readsOf(town.db, [party.id])).toEqual([])
  await records.close()
  const reads = await readsOf(town.db, [party.id])
  expect(reads.map((one) => [one.part, one.organisation?.zh, one.post?.zh, one.reason])).toEqual([['case', '政务服务中心', 'clerk', '窗口办理'], ['search', '政务服务中心', 'clerk', '窗口办理']])
  expect(JSON.stringify(reads)).not.toContain('王一')
  expect((await findReads(town.db, { partyId: party.id })).map((one) => [one.part, one.reader])).toEqual([['case', 'clerk1'], ['search', 'clerk1']])
  for (const table of ['access.read_record', 'access.event']) {
    await expect(town.db.query(`update ${table} set at = at`)).rejects.toThrow('permission denied')
    await expect(town.db.query(`delete from ${table}`)).rejects.toThrow('permission denied')
  }
})

test('records are written by themselves soon, and a batch that failed is kept and written later', async () => {
  const { party } = await findOrCreateParty(town.db, { kind: 'person', idType: '414', idNumber: 'G7654322', name: '孙八' }, START)
  let broken = true
  const errors: unknown[] = []
  const flaky: typeof town.db = { ...town.db, query: (text, values) => (broken ? Promise.reject(new Error('away')) : town.db.query(text, values)) }
  const records = openReadRecords(flaky, { everyMs: 10, onError: (error) => { errors.push(error); broken = false } })
  records.record({ at: START, officer: { accountId: clerk, personId: clerkPerson }, post: null, partyIds: [party.id], matterId: null, part: 'case', reason: '核对' })
  await expect.poll(async () => (await readsOf(town.db, [party.id])).length).toBe(1)
  expect(errors.length).toBe(1)
  await records.close()
})

test('the sweep removes what ended and nothing else', async () => {
  const old = await enter('clerk1', new Date('2026-01-05T01:00:00Z'))
  const live = await enter('clerk1')
  expect(await sweepSessions(town.db, new Date('2026-02-01T00:00:00Z'))).toBeGreaterThanOrEqual(1)
  expect(await town.db.query('select from access.session where token_hash = $1', [hashToken(old.token)])).toEqual([])
  expect((await callerOf(live.token)).kind).toBe('officer')
})

test('finding the caller reads by index: among many sessions and holdings no table is read through', async () => {
  await town.admin.query(`
    insert into access.session (token_hash, id, account_id, created_at, last_seen_at, expires_at, idle_seconds)
    select sha256(i::text::bytea), gen_random_uuid(), $1, $2, $2, $2::timestamptz + interval '12 hours', 1800 from generate_series(1, 20000) i`, [clerk, START])
  await town.admin.query(`
    with p as (insert into org.person (id, name_zh, name_en, staff_no, valid_from) select gen_random_uuid(), 'x', 'x', 'bulk' || i, '2026-01-01' from generate_series(1, 3000) i returning id, staff_no),
         s as (insert into org.post (id, organisation_id, code, name_zh, name_en, role, valid_from) select gen_random_uuid(), $1, staff_no, 'x', 'x', 'reviewer', '2026-01-01' from p returning id, code),
         a as (insert into access.account (id, username, kind, person_id, password_hash, password_changed_at, created_at)
               select gen_random_uuid(), staff_no, 'officer', id, '$argon2id$', $2, $2 from p),
         l as (insert into org.leave (id, person_id, kind, valid_from, valid_to) select gen_random_uuid(), id, 'annual', '2026-08-01', '2026-08-02' from p)
    insert into org.holding (id, post_id, person_id, cover, valid_from) select gen_random_uuid(), s.id, p.id, 'A', '2026-01-01' from p join s on s.code = p.staff_no`, [housing, START])
  await town.admin.query('analyze')
  const { token } = await enter('clerk1')
  const { before, after } = await town.db.transaction(async (tx) => {
    // What this connection alone has read in this transaction: what others did, and when they tell of it, does not count.
    const scans = () => tx.query<{ t: string; n: number }>(`
      select relname as t, seq_scan as n
      from pg_stat_xact_user_tables
      where (schemaname, relname) in (('access', 'session'), ('access', 'account'), ('org', 'holding'), ('org', 'person'), ('org', 'post'), ('org', 'leave'))
      order by 1`)
    const before = await scans()
    // More often than a plan is made anew for its parameters.
    for (let i = 0; i < 8; i += 1) await tx.query('select access.caller($1, $2, $3)', [hashToken(token), START, '2026-03-02'])
    return { before, after: await scans() }
  })
  expect(before).toHaveLength(6)
  expect(after).toEqual(before)
})
