import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { dayAt } from '../../base/civil-day.ts'
import type { Database, Queryable } from '../db/database.ts'
import { refuse } from './errors.ts'
import { checkIdentity, checked, type IdentityInput } from './parties.ts'
import { demandGoodPassword, hashPassword, isPassword } from './passwords.ts'
import { normaliseUsername, prove, revokeSessions } from './sign-in.ts'

const ACCOUNT = { zh: '账户', en: 'account' }
export const Username = z.string().transform(normaliseUsername).pipe(z.string().regex(/^[a-z0-9][a-z0-9._@-]{2,63}$/))

/** An account for an officer. Where the security administrator chose its password, its holder must change it before signing in. Refuses `access/username-taken`, `access/officer-has-account`, `access/weak-password`. */
export async function createOfficerAccount(db: Queryable, input: { readonly id?: string; readonly username: string; readonly password: string; readonly personId: string; readonly at: Date; readonly byAccountId: string | null }): Promise<{ readonly accountId: string }> {
  const username = checked(Username, input.username, '/username')
  demandGoodPassword(input.password, username)
  const accountId = input.id ?? randomUUID()
  await uniqueOr(username, db.query(`
    with made as (
      insert into access.account (id, username, kind, person_id, password_hash, password_changed_at, must_change_password, real_name_level, created_at)
      values ($1, $2, 'officer', $3, $4, $5, $6::uuid is not null, 3, $5) returning id)
    insert into access.event (at, kind, account_id, by_id) select $5, 'accountCreated', id, $6::uuid from made`,
  [accountId, username, input.personId, await hashPassword(input.password), input.at, input.byAccountId]))
  return { accountId }
}

export interface Registration {
  readonly username: string
  readonly password: string
  /** A natural person, or an organisation: then `agent` is the natural person who holds the account. */
  readonly identity: IdentityInput
  readonly agent?: IdentityInput
  readonly phone: string
  readonly at: Date
  readonly accountId?: string
}

/**
 * An applicant's account at level 1. What it declares is kept apart from the register: the same number typed in at a counter is
 * another party until an original was seen (`confirmIdentity`), so that knowing somebody's number opens nobody's cases.
 * Refuses `access/username-taken`, `access/weak-password`, `access/invalid-identity`.
 */
export async function registerApplicant(db: Database, input: Registration): Promise<{ readonly accountId: string; readonly partyId: string; readonly ownPartyId: string }> {
  const username = checked(Username, input.username, '/username')
  demandGoodPassword(input.password, username)
  const phone = checked(z.string().trim().regex(/^\+?[\d -]{6,20}$/), input.phone, '/phone')
  const party = checkIdentity(input.identity, '/identity')
  const forOrganisation = party.kind === 'organisation'
  const holder = forOrganisation ? checkIdentity(input.agent ?? { kind: 'person', idType: '', idNumber: '', name: '' }, '/agent') : party
  if (holder.kind !== 'person') throw refuse('invalid-identity', { idType: holder.idType }, { errors: [{ path: '/agent/idType', code: 'not-a-person', message: { zh: '账户须由自然人持有', en: 'A natural person holds the account' } }] })
  const passwordHash = await hashPassword(input.password)
  const accountId = input.accountId ?? randomUUID()
  const [ownPartyId, organisationId] = [randomUUID(), randomUUID()]
  await uniqueOr(username, db.transaction(async (tx) => {
    const declare = (id: string, who: IdentityInput, withPhone: string) => tx.query(`
      insert into access.party (id, kind, id_type, id_number, name, phone, declared, created_at) values ($1, $2, $3, $4, $5, $6, true, $7)`,
    [id, who.kind, who.idType, who.idNumber, who.name, withPhone, input.at])
    await declare(ownPartyId, holder, phone)
    if (forOrganisation) await declare(organisationId, party, phone)
    await tx.query(`
      insert into access.account (id, username, kind, party_id, acting_party_id, password_hash, password_changed_at, real_name_level, created_at)
      values ($1, $2, 'applicant', $3, $4, $5, $6, 1, $6)`, [accountId, username, ownPartyId, forOrganisation ? organisationId : null, passwordHash, input.at])
    if (forOrganisation) {
      await tx.query('insert into access.agency (id, account_id, party_id, valid_from) values ($1, $2, $3, $4)', [randomUUID(), accountId, organisationId, dayAt(input.at)])
    }
    await tx.query(`insert into access.event (at, kind, account_id, by_id) values ($1, 'accountCreated', $2, $2)`, [input.at, accountId])
  }))
  return { accountId, partyId: forOrganisation ? organisationId : ownPartyId, ownPartyId }
}

/** Changes the password and ends the account's other sessions. Refuses `access/wrong-credentials`, `access/same-password`, `access/weak-password`. */
export async function changePassword(db: Queryable, input: { readonly accountId: string; readonly current: string; readonly next: string; readonly at: Date; readonly keep: Buffer | null }): Promise<void> {
  const [account] = await db.query<{ username: string; password_hash: string }>(`select username, password_hash from access.account where id = $1 and status = 'active'`, [input.accountId])
  if (!(await isPassword(account?.password_hash ?? null, input.current))) throw refuse('wrong-credentials')
  if (input.current === input.next) throw refuse('same-password')
  demandGoodPassword(input.next, account!.username)
  const rows = await db.query(`
    with changed as (
      update access.account set password_hash = $2, password_changed_at = $3, must_change_password = false where id = $1 and password_hash = $4 returning id),
    told as (insert into access.event (at, kind, account_id, by_id) select $3, 'passwordChanged', id, id from changed)
    select 1 from changed`, [input.accountId, await hashPassword(input.next), input.at, account!.password_hash])
  if (rows.length === 0) throw refuse('wrong-credentials')
  await revokeSessions(db, input.accountId, input.at, input.accountId, input.keep)
}

/**
 * The holder, by name and current password instead of a session, chooses another: also who may not sign in before. Every session of
 * the account ends but `keep`. Refuses as `signIn` does, `access/same-password`, `access/weak-password`.
 */
export async function changeOwnPassword(db: Queryable, input: { readonly username: string; readonly current: string; readonly next: string; readonly at: Date; readonly ip: string; readonly keep: Buffer | null }): Promise<void> {
  const { accountId } = await prove(db, { ...input, password: input.current })
  await changePassword(db, { ...input, accountId })
}

/** A new password set by the security administrator, which its holder must change; every session of the account ends. */
export async function resetPassword(db: Queryable, input: { readonly accountId: string; readonly next: string; readonly at: Date; readonly byAccountId: string }): Promise<void> {
  const [account] = await db.query<{ username: string }>('select username from access.account where id = $1', [input.accountId])
  if (!account) throw refuse('not-found', { what: ACCOUNT })
  demandGoodPassword(input.next, account.username)
  await db.query(`
    with changed as (update access.account set password_hash = $2, password_changed_at = $3, must_change_password = true where id = $1 returning id)
    insert into access.event (at, kind, account_id, by_id) select $3, 'passwordReset', id, $4::uuid from changed`,
  [input.accountId, await hashPassword(input.next), input.at, input.byAccountId])
  await revokeSessions(db, input.accountId, input.at, input.byAccountId)
}

/** Disables or enables; a disabled account's sessions are void from that moment. */
export async function setAccountStatus(db: Queryable, input: { readonly accountId: string; readonly status: 'active' | 'disabled'; readonly at: Date; readonly byAccountId: string }): Promise<void> {
  const rows = await db.query(`
    with changed as (
      update access.account set status = $2, disabled_at = case when $2 = 'disabled' then $3::timestamptz end where id = $1 and status <> $2 returning id),
    told as (insert into access.event (at, kind, account_id, by_id) select $3, case when $2 = 'disabled' then 'accountDisabled' else 'accountEnabled' end, id, $4::uuid from changed)
    select 1 from changed union all select 1 from access.account where id = $1 limit 1`, [input.accountId, input.status, input.at, input.byAccountId])
  if (rows.length === 0) throw refuse('not-found', { what: ACCOUNT })
  if (input.status === 'disabled') await revokeSessions(db, input.accountId, input.at, input.byAccountId)
}

/** Lets a locked name try again at once, from wherever. */
export async function unlockAccount(db: Queryable, input: { readonly accountId: string; readonly at: Date; readonly byAccountId: string }): Promise<void> {
  await db.query(`
    with freed as (
      delete from access.sign_in_failure where account_id = $1 returning account_id)
    insert into access.event (at, kind, account_id, by_id) select distinct $2::timestamptz, 'accountUnlocked', account_id, $3::uuid from freed`, [input.accountId, input.at, input.byAccountId])
}

export interface AccountEntry {
  readonly id: string
  readonly username: string
  readonly kind: 'applicant' | 'officer'
  readonly name: string
  readonly status: 'active' | 'disabled'
  readonly level: number
  readonly createdAt: Date
  readonly passwordChangedAt: Date
  readonly lockedUntil: Date | null
}
/** The security administrator's list: by user name or name; pages from 1, at most 100 a page. */
export async function findAccounts(db: Queryable, ask: { readonly q?: string; readonly kind?: 'applicant' | 'officer'; readonly page?: number; readonly size?: number; readonly at: Date }): Promise<{ readonly items: readonly AccountEntry[]; readonly total: number }> {
  const size = Math.min(Math.max(1, Math.trunc(ask.size ?? 20)), 100)
  const values = [(ask.q ?? '').trim().toLowerCase(), ask.kind ?? null]
  const from = `
      from access.account a
      left join org.person n on n.id = a.person_id
      left join access.party p on p.id = a.party_id
     where ($1 = '' or strpos(lower(concat_ws(' ', a.username, n.name_zh, n.name_en, p.name)), $1) > 0)
       and ($2::text is null or a.kind = $2)`
  const [[count], items] = await Promise.all([
    db.query<{ total: number }>(`select count(*)::int as total ${from}`, values),
    db.query<AccountEntry>(`
      select a.id, a.username, a.kind, coalesce(n.name_zh, p.name) as name, a.status, a.real_name_level as level, a.created_at as "createdAt",
             a.password_changed_at as "passwordChangedAt",
             (select max(f.locked_until) from access.sign_in_failure f where f.account_id = a.id and f.locked_until > $3) as "lockedUntil"
        ${from} order by a.username limit $4 offset $5`, [...values, ask.at, size, (Math.max(1, Math.trunc(ask.page ?? 1)) - 1) * size]),
  ])
  return { items, total: count!.total }
}

async function uniqueOr<T>(username: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '23505' && 'constraint' in error) {
      if (error.constraint === 'one_account_per_username') throw refuse('username-taken', { username })
      if (error.constraint === 'one_active_account_per_officer') throw refuse('officer-has-account')
    }
    if (error instanceof Error && 'code' in error && error.code === '23503') throw refuse('not-found', { what: { zh: '人员', en: 'person' } })
    throw error
  }
}
