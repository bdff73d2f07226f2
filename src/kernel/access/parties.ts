import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { dayAt, type CivilDay } from '../../base/civil-day.ts'
import type { InputError } from '../../base/refusal.ts'
import type { Database, Queryable } from '../db/database.ts'
import { check } from '../input/check.ts'
import { refuse } from './errors.ts'
import { identityType, normaliseIdNumber, type PartyKind } from './identity-types.ts'

export interface IdentityInput { readonly kind: PartyKind; readonly idType: string; readonly idNumber: string; readonly name: string }
export interface PartyInput extends IdentityInput { readonly phone?: string; readonly email?: string; readonly address?: string }
export interface Party extends Required<PartyInput> { readonly id: string; readonly declared: boolean }

const PARTY = { zh: '当事人', en: 'party' }
const COLUMNS = 'id, kind, id_type as "idType", id_number as "idNumber", name, phone, email, address, declared'

/** The identity as it is stored. Refuses `access/invalid-identity` with a JSON Pointer below `at`. */
export function checkIdentity<T extends IdentityInput>(input: T, at = ''): T {
  const idNumber = normaliseIdNumber(input.idNumber)
  const name = input.name.trim()
  const type = identityType(input.idType)
  const wrong: InputError[] = []
  if (!type || type.kind !== input.kind) wrong.push({ path: `${at}/idType`, code: 'unknown-type', message: { zh: '没有这种证件类型', en: 'There is no such document type' } })
  else if (!type.isNumber(idNumber)) wrong.push({ path: `${at}/idNumber`, code: 'wrong-number', message: { zh: '证件号码不正确，请对照证件核对', en: 'The number is not right; compare it with the document' } })
  if (name === '') wrong.push({ path: `${at}/name`, code: 'empty', message: { zh: '请填写姓名或名称', en: 'Give a name' } })
  if (wrong.length > 0) throw refuse('invalid-identity', { idType: type?.name ?? input.idType }, { errors: wrong })
  return { ...input, idNumber, name }
}

export interface FoundParty { readonly party: Party; readonly created: boolean; readonly differs: readonly ('name' | 'phone' | 'email' | 'address')[] }

/**
 * The party of the register with this document, made where there is none: one statement, safe when two counters type at once.
 * What is on file stays; `differs` names what was given otherwise, for the clerk to clear up with the original.
 */
export async function findOrCreateParty(db: Queryable, input: PartyInput, at: Date): Promise<FoundParty> {
  const given = checkIdentity(input)
  const [row] = await db.prepared<Party & { created: boolean }>('access_find_or_create_party', `
    insert into access.party as p (id, kind, id_type, id_number, name, phone, email, address, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    on conflict (id_type, id_number) where not declared and merged_into is null
    do update set id_type = p.id_type
    returning ${COLUMNS}, id = $1 as created`,
  [randomUUID(), given.kind, given.idType, given.idNumber, given.name, given.phone ?? '', given.email ?? '', given.address ?? '', at])
  const { created, ...party } = row!
  const differs = (['name', 'phone', 'email', 'address'] as const).filter((field) => (given[field] ?? '') !== '' && given[field] !== party[field])
  return { party, created, differs }
}

/** Corrects what is on file about a party (个人信息保护法 第四十六条). */
export async function amendParty(db: Queryable, partyId: string, set: { readonly name?: string; readonly phone?: string; readonly email?: string; readonly address?: string }): Promise<Party> {
  const [row] = await db.query<Party>(`
    update access.party set name = coalesce($2, name), phone = coalesce($3, phone), email = coalesce($4, email), address = coalesce($5, address)
     where id = $1 returning ${COLUMNS}`, [partyId, set.name?.trim() || null, set.phone ?? null, set.email ?? null, set.address ?? null])
  if (!row) throw refuse('not-found', { what: PARTY })
  return row
}

/** The counter's one field: by identity number (exact) or by the beginning of a name; at most 20. Every hit shown is a read to record. */
export async function findParties(db: Queryable, q: string): Promise<readonly Party[]> {
  const text = q.trim()
  if (text === '') return []
  return db.query<Party>(`
    select ${COLUMNS} from access.party
     where merged_into is null and (id_number = $1 or starts_with(name, $2)) order by declared, name, id limit 20`, [normaliseIdNumber(text), text])
}

/** A party that was merged answers as the one it became. */
export async function getParty(db: Queryable, partyId: string): Promise<Party> {
  const [row] = await db.query<Party>(`
    select ${COLUMNS} from access.party where id = (select coalesce(merged_into, id) from access.party where id = $1)`, [partyId])
  if (!row) throw refuse('not-found', { what: PARTY })
  return row
}

/**
 * A clerk has seen the original: what an account declared joins the register, and an own identity reaches level 3. Where the
 * register already knows the document, the declared party is merged into it and its cases stay the account's own.
 * Refuses `access/identity-mismatch` where the names differ.
 */
export async function confirmIdentity(db: Database, input: { readonly accountId: string; readonly partyId: string; readonly at: Date; readonly byAccountId: string }): Promise<{ readonly partyId: string }> {
  return db.transaction(async (tx) => {
    const [party] = await tx.query<Party>(`
      select ${COLUMNS} from access.party
       where id = $1 and merged_into is null
         and (id in (select party_id from access.account where id = $2) or id in (select party_id from access.agency where account_id = $2))
         for update`, [input.partyId, input.accountId])
    if (!party) throw refuse('not-found', { what: PARTY })
    const { party: known } = party.declared ? await findOrCreateParty(tx, party, input.at) : { party }
    if (known.name !== party.name) throw refuse('identity-mismatch')
    if (known.id !== party.id) {
      await tx.query('update access.party set merged_into = $2 where id = $1', [party.id, known.id])
      await tx.query('update access.account set acting_party_id = $2 where acting_party_id = $1', [party.id, known.id])
      await tx.query('update access.account set party_id = $2 where party_id = $1', [party.id, known.id])
      // An agency for the register's party that already runs on the same days says the same; the declared one stays with its merged party.
      await tx.query(`
        update access.agency g set party_id = $2
         where party_id = $1 and not exists (
           select from access.agency o
            where o.account_id = g.account_id and o.party_id = $2 and daterange(o.valid_from, o.valid_to, '[]') && daterange(g.valid_from, g.valid_to, '[]'))`, [party.id, known.id])
    }
    await tx.query('update access.account set real_name_level = 3 where id = $1 and party_id = $2', [input.accountId, known.id])
    await tx.query('update access.agency set confirmed = true where account_id = $1 and party_id = $2', [input.accountId, known.id])
    await tx.query(`insert into access.event (at, kind, account_id, by_id, detail) values ($1, 'identityConfirmed', $2, $3, jsonb_build_object('partyId', $4::text))`, [input.at, input.accountId, input.byAccountId, known.id])
    return { partyId: known.id }
  })
}

/** Lets an account act for a party, from seeing the 授权委托书. `scope`: item codes, empty for all. Refuses `access/agency-exists` on overlapping days. */
export async function grantAgency(db: Queryable, input: { readonly accountId: string; readonly partyId: string; readonly scope: readonly string[]; readonly validFrom: CivilDay; readonly validTo: CivilDay | null; readonly at: Date; readonly byAccountId: string }): Promise<void> {
  const given = db.query(`
    with given as (
      insert into access.agency (id, account_id, party_id, scope, confirmed, valid_from, valid_to) values ($1, $2, $3, $4, true, $5, $6) returning id)
    insert into access.event (at, kind, account_id, by_id, detail) select $7, 'agencyGranted', $2::uuid, $8::uuid, jsonb_build_object('partyId', $3::text) from given`,
  [randomUUID(), input.accountId, input.partyId, input.scope, input.validFrom, input.validTo, input.at, input.byAccountId])
  await given.catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    throw code === '23P01' ? refuse('agency-exists') : code === '23503' ? refuse('not-found', { what: { zh: '账户或当事人', en: 'account or party' } }) : error
  })
}

/** Chooses for whom an account acts from now on: a party it is agent of, or null for itself. Refuses `access/not-an-agent`. */
export async function actFor(db: Queryable, accountId: string, partyId: string | null, at: Date): Promise<void> {
  const rows = await db.query(`
    update access.account a set acting_party_id = $2
     where a.id = $1 and ($2::uuid is null or exists (
       select from access.agency g where g.account_id = a.id and g.party_id = $2 and $3::date >= g.valid_from and (g.valid_to is null or $3::date <= g.valid_to)))
    returning 1`, [accountId, partyId, dayAt(at)])
  if (rows.length === 0) throw refuse('not-an-agent')
}

/** Input by its schema, or `access/invalid` at this place. */
export const checked = <T>(schema: z.ZodType<T>, input: unknown, path: string): T => check(schema, input, (errors) => refuse('invalid', { count: errors.length }, { errors }), path)
