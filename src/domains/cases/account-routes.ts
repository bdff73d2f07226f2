import { z } from 'zod'
import { dayAt, rfc3339, type CivilDay } from '../../base/civil-day.ts'
import { maskId } from '../../base/identifiers.ts'
import { agenciesOf, endAgency, grantAgency } from '../../kernel/access/agencies.ts'
import { identityType, normaliseIdNumber } from '../../kernel/access/identity-types.ts'
import { findOnlineAccounts, getOnlineAccount, type OnlineAccount } from '../../kernel/access/online-accounts.ts'
import { confirmIdentity, findOrCreateParty } from '../../kernel/access/parties.ts'
import { refuse as refuseAccess } from '../../kernel/access/errors.ts'
import type { Caller } from '../../kernel/access/types.ts'
import { keepFile } from '../../kernel/files/use.ts'
import type { House } from '../../kernel/house.ts'
import { refuse as refuseCall } from '../../kernel/http/errors.ts'
import { route, type Route } from '../../kernel/http/types.ts'
import type { Item } from '../catalog/contract.ts'
import { AgencyInput, ConfirmationInput, FindInput, type FoundAccount, type OnlineAccountView } from './account-contract.ts'
import { refuse } from './errors.ts'
import { recordRead } from './record-read.ts'

const CONFIRM = { permission: 'access.confirmIdentity' } as const
const Id = z.object({ id: z.uuid() })

export interface AccountRoutesParts { readonly house: House; readonly items: { find(code: string, day: CivilDay): Item | undefined } }

/** Begun online, continued at the counter, and the other way round: whose account it is, and for whom it may act (practice 8, 19). */
export function accountRoutes({ house, items }: AccountRoutesParts): readonly Route[] {
  const view = async (accountId: string, caller: Caller): Promise<OnlineAccountView> => {
    const today = house.time.today()
    const [account, agencies] = await Promise.all([getOnlineAccount(house.db, accountId), agenciesOf(house.db, accountId, today)])
    recordRead(house, caller, [...account.identities, ...agencies].map(({ partyId }) => partyId), null, 'account', '窗口核验身份')
    return {
      id: account.id, since: rfc3339(account.createdAt), level: account.level,
      identities: account.identities.map(({ idType, idNumber, phone, ...identity }) => ({ ...identity, idType: identityType(idType)?.name ?? { zh: idType, en: idType }, idNumber: maskId(idNumber), phone: maskPhone(phone) })),
      agencies: agencies.map(({ id, name, kind, idNumber, scope, validFrom, validTo, confirmed, state }) =>
        ({ id, name, kind, idNumber: maskId(idNumber), items: scope.map((code) => ({ code, name: items.find(code, today)?.name ?? { zh: code, en: code } })), validFrom, validTo, confirmed, state })),
    }
  }
  return [
    route({
      method: 'POST', path: '/api/v1/counter/accounts/find', guard: CONFIRM, kind: 'api', rate: 'read', summary: { zh: '填报了同一证件的网上账户', en: 'Online accounts that name a document' }, body: FindInput,
      handle: async ({ body, caller }) => ({ accounts: await accountsNaming(house, caller, body.q) }),
    }),
    route({
      method: 'GET', path: '/api/v1/counter/accounts/:id', guard: CONFIRM, kind: 'api', rate: 'read', summary: { zh: '网上账户的身份与授权', en: 'Identities and agencies of an online account' }, params: Id,
      handle: async ({ params, caller }) => view(params.id, caller),
    }),
    route({
      method: 'POST', path: '/api/v1/counter/accounts/:id/confirmations', guard: CONFIRM, kind: 'api', rate: 'write', summary: { zh: '核验原件并确认身份', en: 'Confirm an identity against the original' }, params: Id, body: ConfirmationInput,
      handle: async ({ params, body, caller }) => {
        await confirmIdentity(house.db, { accountId: params.id, ...body, at: house.time.now(), byAccountId: accountOf(caller) })
        return view(params.id, caller)
      },
    }),
    route({
      method: 'POST', path: '/api/v1/counter/accounts/:id/agencies', guard: CONFIRM, kind: 'api', rate: 'write', status: 201, summary: { zh: '核验授权委托书并登记代理', en: 'Enter a power of attorney' }, params: Id, body: AgencyInput,
      handle: async ({ params, body, caller }) => {
        await enterAgency(house, items, params.id, body, accountOf(caller))
        return view(params.id, caller)
      },
    }),
    route({
      method: 'POST', path: '/api/v1/counter/accounts/:id/agencies/:agencyId/end', guard: CONFIRM, kind: 'api', rate: 'write', summary: { zh: '提前终止代理', en: 'End an agency early' }, params: Id.extend({ agencyId: z.uuid() }), body: z.strictObject({}),
      handle: async ({ params, caller }) => {
        await endAgency(house.db, { agencyId: params.agencyId, accountId: params.id, at: house.time.now(), byAccountId: accountOf(caller) })
        return view(params.id, caller)
      },
    }),
  ]
}

/** Principal, agency, kept scan and security event stand or fall together. Refuses what its parts refuse, `access/agency-over`, `cases/file-not-yours`. */
async function enterAgency(house: House, items: AccountRoutesParts['items'], accountId: string, input: z.infer<typeof AgencyInput>, byAccountId: string): Promise<void> {
  const at = house.time.now()
  const today = dayAt(at)
  if (input.validTo < today) throw refuseAccess('agency-over')
  const unknown = input.items.find((code) => items.find(code, today) === undefined)
  if (unknown !== undefined) throw refuse('no-such-item', { code: unknown })
  const scan = await house.files.get(input.authorityFileId)
  if (scan.uploadedBy !== byAccountId) throw refuse('file-not-yours', { file: scan.id })
  await house.db.transaction(async (tx) => {
    const { party, differs } = await findOrCreateParty(tx, input.principal, at)
    if (differs.includes('name')) throw refuseAccess('identity-mismatch')
    const { agencyId } = await grantAgency(tx, { accountId, partyId: party.id, scope: input.items, validFrom: input.validFrom as CivilDay, validTo: input.validTo as CivilDay, authorityFileId: scan.id, at, byAccountId })
    await keepFile(tx, scan.id, agencyId, 'authority')
  })
}

/** Accounts that name this document, for the one field; nothing where what was typed is no document's number. */
export async function accountsNaming(house: House, caller: Caller, q: string): Promise<FoundAccount[]> {
  if (caller.kind !== 'officer' || !caller.permissions.includes(CONFIRM.permission)) return []
  const number = normaliseIdNumber(q)
  const found = await findOnlineAccounts(house.db, number)
  const naming = found.map((account) => ({ account, identity: account.identities.find(({ idNumber }) => idNumber === number)! }))
  recordRead(house, caller, naming.map(({ identity }) => identity.partyId), null, 'account', '窗口核验身份')
  return naming.map(({ account, identity }) => ({ id: account.id, since: rfc3339(account.createdAt), phone: maskPhone(phoneOf(account)), name: identity.name, declared: identity.declared, own: identity.own }))
}

const phoneOf = (account: OnlineAccount): string => account.identities.find(({ own }) => own)?.phone ?? ''
/** Enough for its owner to know it: 139****0001. */
const maskPhone = (phone: string): string => (phone.length < 8 ? '*'.repeat(phone.length) : `${phone.slice(0, 3)}${'*'.repeat(phone.length - 7)}${phone.slice(-4)}`)

function accountOf(caller: Caller): string {
  if (caller.kind !== 'officer') throw refuseCall('not-allowed')
  return caller.accountId
}
