import type { Queryable } from '../db/database.ts'
import { refuse } from './errors.ts'
import { normaliseIdNumber, type PartyKind } from './identity-types.ts'
import type { RealNameLevel } from './types.ts'

/** One identity an account stands under: its holder's own, or a party its holder says she acts for. */
export interface AccountIdentity {
  readonly partyId: string
  readonly kind: PartyKind
  readonly idType: string
  readonly idNumber: string
  readonly name: string
  readonly phone: string
  /** Declared by the account alone; no original was seen. */
  readonly declared: boolean
  readonly own: boolean
}
/** An applicant's account as the counter sees it. */
export interface OnlineAccount {
  readonly id: string
  readonly createdAt: Date
  readonly level: RealNameLevel
  /** The holder's own identity first. */
  readonly identities: readonly AccountIdentity[]
}

const ACCOUNTS = `
    select a.id, a.created_at as "createdAt", a.real_name_level as level,
           (select jsonb_agg(jsonb_build_object('partyId', p.id, 'kind', p.kind, 'idType', p.id_type, 'idNumber', p.id_number, 'name', p.name, 'phone', p.phone, 'declared', p.declared, 'own', p.id = a.party_id) order by p.id <> a.party_id, p.name)
              from access.party p
             where p.id = a.party_id or p.id in (select g.party_id from access.agency g where g.account_id = a.id and g.ended_at is null)) as identities
      from access.account a
     where a.kind = 'applicant' and a.status = 'active'`

/** Accounts that say they are, or act for, whom this document names; at most 20. Each one shown is a read to record. */
export async function findOnlineAccounts(db: Queryable, idNumber: string): Promise<readonly OnlineAccount[]> {
  const number = normaliseIdNumber(idNumber)
  if (number === '') return []
  return db.query<OnlineAccount>(`${ACCOUNTS}
       and a.id in (
         select b.id from access.account b join access.party p on p.id = b.party_id where p.id_number = $1 and p.merged_into is null
         union
         select g.account_id from access.agency g join access.party p on p.id = g.party_id where p.id_number = $1 and p.merged_into is null and g.ended_at is null)
     order by a.created_at, a.id
     limit 20`, [number])
}

/** Refuses `access/not-found` where there is no such account, or it is disabled or an officer's. */
export async function getOnlineAccount(db: Queryable, accountId: string): Promise<OnlineAccount> {
  const [account] = await db.query<OnlineAccount>(`${ACCOUNTS}
       and a.id = $1`, [accountId])
  if (!account) throw refuse('not-found', { what: { zh: '账户', en: 'account' } })
  return account
}
