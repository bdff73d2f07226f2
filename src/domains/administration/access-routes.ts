import { z } from 'zod'
import { rfc3339 } from '../../base/civil-day.ts'
import { createOfficerAccount, findAccounts, resetPassword, setAccountStatus, unlockAccount } from '../../kernel/access/accounts.ts'
import { findEvents } from '../../kernel/access/events.ts'
import { findReads } from '../../kernel/access/read-records.ts'
import type { Caller } from '../../kernel/access/types.ts'
import type { House } from '../../kernel/house.ts'
import { refuse as refuseCall } from '../../kernel/http/errors.ts'
import { route, type Route } from '../../kernel/http/types.ts'
import { AccountStatus, NewAccount, NewPassword, type AccountView, type ReadView, type SecurityEventView } from './contract.ts'
import { refuse } from './errors.ts'
import { matterNumbers } from './queries.ts'

const MANAGE = { permission: 'access.manage' } as const
const AUDIT = { permission: 'access.audit' } as const
const Id = z.object({ id: z.uuid() })
const BASE = '/api/v1/administration'
const Before = z.coerce.number().int().positive().optional()

/** Accounts for the security administrator; events and read records for the audit administrator (三员分立). */
export function accessRoutes(house: House): readonly Route[] {
  const by = (caller: Caller) => ({ at: house.time.now(), byAccountId: accountOf(caller) })
  return [
    route({
      method: 'GET', path: `${BASE}/accounts`, guard: MANAGE, kind: 'api', rate: 'read', summary: { zh: '账户', en: 'Accounts' },
      query: z.object({ q: z.string().max(100).optional(), kind: z.enum(['applicant', 'officer']).optional(), page: z.coerce.number().int().min(1).max(10_000).default(1) }),
      handle: async ({ query }): Promise<{ accounts: AccountView[]; total: number }> => {
        const { items, total } = await findAccounts(house.db, { page: query.page, size: 50, at: house.time.now(), ...(query.q ? { q: query.q } : {}), ...(query.kind ? { kind: query.kind } : {}) })
        return { total, accounts: items.map(({ id, username, kind, name, status, level, createdAt, lockedUntil }) => ({ id, username, kind, name, status, level, createdAt: rfc3339(createdAt), lockedUntil: lockedUntil ? rfc3339(lockedUntil) : null })) }
      },
    }),
    route({
      method: 'POST', path: `${BASE}/accounts`, guard: MANAGE, kind: 'api', rate: 'write', status: 201, summary: { zh: '开立工作人员账户', en: 'Open an officer’s account' }, body: NewAccount,
      handle: async ({ body, caller }) => createOfficerAccount(house.db, { ...body, ...by(caller) }),
    }),
    route({
      method: 'POST', path: `${BASE}/accounts/:id/unlocking`, guard: MANAGE, kind: 'api', rate: 'write', status: 204, summary: { zh: '解除锁定', en: 'Unlock an account' }, params: Id,
      handle: async ({ params, caller }) => unlockAccount(house.db, { accountId: params.id, ...by(caller) }),
    }),
    route({
      method: 'POST', path: `${BASE}/accounts/:id/status`, guard: MANAGE, kind: 'api', rate: 'write', status: 204, summary: { zh: '停用或者启用账户', en: 'Disable or enable an account' }, params: Id, body: AccountStatus,
      handle: async ({ params, body, caller }) => {
        demandOther(caller, params.id)
        await setAccountStatus(house.db, { accountId: params.id, status: body.status, ...by(caller) })
      },
    }),
    route({
      method: 'POST', path: `${BASE}/accounts/:id/password`, guard: MANAGE, kind: 'api', rate: 'write', status: 204, summary: { zh: '重置口令', en: 'Reset a password' }, params: Id, body: NewPassword,
      handle: async ({ params, body, caller }) => {
        demandOther(caller, params.id)
        await resetPassword(house.db, { accountId: params.id, next: body.next, ...by(caller) })
      },
    }),
    route({
      method: 'GET', path: `${BASE}/security-events`, guard: AUDIT, kind: 'api', rate: 'read', summary: { zh: '安全事件', en: 'Security events' }, query: z.object({ kind: z.string().max(40).optional(), before: Before }),
      handle: async ({ query }): Promise<{ events: SecurityEventView[] }> => ({
        events: (await findEvents(house.db, { limit: 100, ...(query.kind ? { kind: query.kind } : {}), ...(query.before ? { before: query.before } : {}) })).map(({ id, at, kind, username, byUsername }) => ({ id, at: rfc3339(at), kind, username, byUsername })),
      }),
    }),
    route({
      method: 'GET', path: `${BASE}/read-records`, guard: AUDIT, kind: 'api', rate: 'read', summary: { zh: '个人信息阅览记录', en: 'Who read whose data' }, query: z.object({ before: Before }),
      handle: async ({ query }): Promise<{ reads: ReadView[] }> => {
        const reads = await findReads(house.db, { limit: 100, ...(query.before ? { before: query.before } : {}) })
        const numbers = new Map((await matterNumbers(house.db, [...new Set(reads.flatMap((read) => read.matterId ?? []))])).map(({ id, no }) => [id, no]))
        return { reads: reads.map(({ id, at, reader, organisation, post, part, reason, matterId }) => ({ id, at: rfc3339(at), reader, organisation, post, part, reason, caseNo: matterId === null ? null : numbers.get(matterId) ?? null })) }
      },
    }),
  ]
}

function accountOf(caller: Caller): string {
  if (caller.kind !== 'officer') throw refuseCall('not-allowed')
  return caller.accountId
}

function demandOther(caller: Caller, accountId: string): void {
  if (accountOf(caller) === accountId) throw refuse('own-account')
}
