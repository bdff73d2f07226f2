import { randomUUID } from 'node:crypto'
import { dayAt, type CivilDay } from '../../base/civil-day.ts'
import type { Queryable } from '../db/database.ts'
import { refuse } from './errors.ts'
import type { PartyKind } from './identity-types.ts'

const ACCOUNT_OR_PARTY = { zh: '账户或当事人', en: 'account or party' }

export interface Grant {
  readonly accountId: string
  readonly partyId: string
  /** Item codes; empty for all. */
  readonly scope: readonly string[]
  readonly validFrom: CivilDay
  /** That day included; null: until it is ended. */
  readonly validTo: CivilDay | null
  /** The scan of the 授权委托书. */
  readonly authorityFileId: string | null
  readonly at: Date
  readonly byAccountId: string
}

/**
 * Lets an account act for a party, from seeing the 授权委托书 (行政许可法 第二十九条). Whose account it is must have been confirmed by an original
 * before. Refuses `access/identity-not-confirmed`, `access/own-agency`, `access/agency-exists` on overlapping days, `access/not-found`.
 */
export async function grantAgency(db: Queryable, grant: Grant): Promise<{ readonly agencyId: string }> {
  const [account] = await db.query<{ partyId: string; level: number }>(`
    select party_id as "partyId", real_name_level as level from access.account where id = $1 and kind = 'applicant' and status = 'active'`, [grant.accountId])
  if (!account) throw refuse('not-found', { what: ACCOUNT_OR_PARTY })
  if (account.level < 3) throw refuse('identity-not-confirmed')
  if (account.partyId === grant.partyId) throw refuse('own-agency')
  const agencyId = randomUUID()
  const given = db.query(`
    with given as (
      insert into access.agency (id, account_id, party_id, scope, confirmed, valid_from, valid_to, authority_file_id) values ($1, $2, $3, $4, true, $5, $6, $7) returning id)
    insert into access.event (at, kind, account_id, by_id, detail) select $8, 'agencyGranted', $2::uuid, $9::uuid, jsonb_build_object('partyId', $3::text, 'agencyId', id) from given`,
  [agencyId, grant.accountId, grant.partyId, grant.scope, grant.validFrom, grant.validTo, grant.authorityFileId, grant.at, grant.byAccountId])
  await given.catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    throw code === '23P01' ? refuse('agency-exists') : code === '23503' ? refuse('not-found', { what: ACCOUNT_OR_PARTY }) : error
  })
  return { agencyId }
}

/** The power of attorney is taken back: from this instant the account no longer acts for the party. Refuses `access/agency-over`, `access/not-found`. */
export async function endAgency(db: Queryable, input: { readonly agencyId: string; readonly accountId: string; readonly at: Date; readonly byAccountId: string }): Promise<void> {
  const rows = await db.query(`
    with ended as (
      update access.agency set ended_at = $3
       where id = $1 and account_id = $2 and ended_at is null and (valid_to is null or valid_to >= $4::date)
      returning account_id, party_id),
    told as (
      insert into access.event (at, kind, account_id, by_id, detail)
      select $3::timestamptz, 'agencyEnded', account_id, $5::uuid, jsonb_build_object('partyId', party_id::text, 'agencyId', $1::text) from ended)
    select 1 from ended`, [input.agencyId, input.accountId, input.at, dayAt(input.at), input.byAccountId])
  if (rows.length > 0) return
  const [known] = await db.query('select from access.agency where id = $1 and account_id = $2', [input.agencyId, input.accountId])
  throw known ? refuse('agency-over') : refuse('not-found', { what: { zh: '代理', en: 'agency' } })
}

export interface Agency {
  readonly id: string
  readonly partyId: string
  readonly kind: PartyKind
  readonly idType: string
  readonly idNumber: string
  readonly name: string
  /** The party itself is only declared by the account. */
  readonly declared: boolean
  readonly scope: readonly string[]
  /** False: declared by the account when it registered; no paper was seen. */
  readonly confirmed: boolean
  readonly validFrom: CivilDay
  readonly validTo: CivilDay | null
  readonly endedAt: Date | null
  readonly authorityFileId: string | null
  /** `coming`: its first day lies ahead. */
  readonly state: 'valid' | 'coming' | 'expired' | 'ended'
  /** The account acts under it at present. */
  readonly chosen: boolean
}

/** For whom an account may, might and did act; what is valid first. */
export async function agenciesOf(db: Queryable, accountId: string, day: CivilDay): Promise<readonly Agency[]> {
  return db.query<Agency>(`
    select *, state = 'valid' and "actingPartyId" is not distinct from "partyId" as chosen
      from (
        select g.id, g.party_id as "partyId", p.kind, p.id_type as "idType", p.id_number as "idNumber", p.name, p.declared, g.scope, g.confirmed, g.valid_from as "validFrom",
               g.valid_to as "validTo", g.ended_at as "endedAt", g.authority_file_id as "authorityFileId", a.acting_party_id as "actingPartyId",
               case when g.ended_at is not null then 'ended' when $2::date < g.valid_from then 'coming' when g.valid_to < $2::date then 'expired' else 'valid' end as state
          from access.agency g
          join access.account a on a.id = g.account_id
          join access.party p on p.id = g.party_id
         where g.account_id = $1) one
     order by array_position(array['valid', 'coming', 'expired', 'ended'], state), name, "validFrom" desc, id`, [accountId, day])
}

/** Chooses for whom an account acts from now on: a party it is agent of, or null for itself. Refuses `access/not-an-agent`. */
export async function actFor(db: Queryable, accountId: string, partyId: string | null, at: Date): Promise<void> {
  const rows = await db.query(`
    with chosen as (
      update access.account a set acting_party_id = $2
       where a.id = $1 and ($2::uuid is null or exists (
         select from access.agency g
          where g.account_id = a.id and g.party_id = $2 and g.ended_at is null and $3::date >= g.valid_from and (g.valid_to is null or $3::date <= g.valid_to)))
      returning a.id),
    told as (
      insert into access.event (at, kind, account_id, by_id, detail) select $4::timestamptz, 'actsFor', id, id, jsonb_build_object('partyId', $2::text) from chosen)
    select 1 from chosen`, [accountId, partyId, dayAt(at), at])
  if (rows.length === 0) throw refuse('not-an-agent')
}
