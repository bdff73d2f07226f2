import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { InputError } from '../../base/refusal.ts'
import type { Database, Queryable } from '../db/database.ts'
import { check } from '../input/check.ts'
import { refuse } from './errors.ts'
import { identityType, normaliseIdNumber, type PartyKind } from './identity-types.ts'

export interface IdentityInput { readonly kind: PartyKind; readonly idType: string; readonly idNumber: string; readonly name: string }
export interface PartyInput extends IdentityInput { readonly phone?: string; readonly email?: string; readonly address?: string }
export interface Party extends Required<PartyInput> { readonly id: string; readonly declared: boolean }

const PARTY = { zh: '当事人', en: 'party' }
const ACCOUNT = { zh: '账户', en: 'account' }
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

/** A party's own id and those of the declared ones that became it. */
export async function partyIdsOf(db: Queryable, partyId: string): Promise<readonly string[]> {
  const rows = await db.query<{ id: string }>('select id from access.party where id = $1 or merged_into = $1', [partyId])
  return rows.map(({ id }) => id)
}

/**
 * A clerk has seen the original, whose `name` she gives: what an account declared joins the register, and an own identity reaches level 3.
 * Where the register already knows the document, the declared party is merged into it and its cases stay the account's own.
 * Refuses `access/identity-mismatch` where the original, the account and the register do not bear one name, `access/identity-not-confirmed`
 * where an organisation is to be confirmed before who holds the account.
 */
export async function confirmIdentity(db: Database, input: { readonly accountId: string; readonly partyId: string; readonly name: string; readonly at: Date; readonly byAccountId: string }): Promise<{ readonly partyId: string }> {
  return db.transaction(async (tx) => {
    const [party] = await tx.query<Party>(`
      select ${COLUMNS} from access.party
       where id = $1 and merged_into is null
         and (id in (select party_id from access.account where id = $2) or id in (select party_id from access.agency where account_id = $2 and ended_at is null))
         for update`, [input.partyId, input.accountId])
    if (!party) throw refuse('not-found', { what: PARTY })
    const [holder] = await tx.query<{ partyId: string; level: number }>(`
      select party_id as "partyId", real_name_level as level from access.account where id = $1 and kind = 'applicant' and status = 'active' for update`, [input.accountId])
    if (!holder) throw refuse('not-found', { what: ACCOUNT })
    // A company's papers open the company's cases to whoever holds the account: first it is clear who that is.
    if (holder.partyId !== party.id && holder.level < 3) throw refuse('identity-not-confirmed')
    if (sameName(input.name) !== sameName(party.name)) throw refuse('identity-mismatch')
    const { party: known } = party.declared ? await findOrCreateParty(tx, party, input.at) : { party }
    if (known.name !== party.name) throw refuse('identity-mismatch')
    if (known.id !== party.id) {
      await tx.query('update access.party set merged_into = $2 where id = $1', [party.id, known.id])
      // The register's own contacts stand; where it has none, those of the account are better than no notice at all.
      await tx.query(`
        update access.party
           set phone = coalesce(nullif(phone, ''), $2), email = coalesce(nullif(email, ''), $3), address = coalesce(nullif(address, ''), $4)
         where id = $1`, [known.id, party.phone, party.email, party.address])
      await tx.query('update access.account set acting_party_id = $2 where acting_party_id = $1', [party.id, known.id])
      await tx.query('update access.account set party_id = $2 where party_id = $1', [party.id, known.id])
      // An agency for the register's party that already runs on the same days says the same; the declared one stays with its merged party.
      await tx.query(`
        update access.agency g set party_id = $2
         where party_id = $1 and not exists (
           select from access.agency o
            where o.account_id = g.account_id and o.party_id = $2 and o.ended_at is null and g.ended_at is null and daterange(o.valid_from, o.valid_to, '[]') && daterange(g.valid_from, g.valid_to, '[]'))`, [party.id, known.id])
    }
    await tx.query('update access.account set real_name_level = 3 where id = $1 and party_id = $2', [input.accountId, known.id])
    await tx.query('update access.agency set confirmed = true where account_id = $1 and party_id = $2', [input.accountId, known.id])
    await tx.query(`insert into access.event (at, kind, account_id, by_id, detail) values ($1, 'identityConfirmed', $2, $3, jsonb_build_object('partyId', $4::text))`, [input.at, input.accountId, input.byAccountId, known.id])
    return { partyId: known.id }
  })
}

/** Blanks and full-width forms make no other name. */
const sameName = (name: string): string => name.normalize('NFKC').replace(/\s+/g, '')

/** Input by its schema, or `access/invalid` at this place. */
export const checked = <T>(schema: z.ZodType<T>, input: unknown, path: string): T => check(schema, input, (errors) => refuse('invalid', { count: errors.length }, { errors }), path)
