import { z } from 'zod'
import type { House } from '../../kernel/house.ts'
import { route, type Route } from '../../kernel/http/types.ts'
import { findCredit } from './credit.ts'
import { recordRead } from './record-read.ts'

const SIZE = 50

/** The credit records that officers consult; every reading is recorded and shown to the party. Posted: what is looked for may be an identity number. */
export const creditRoutes = (house: House): readonly Route[] => [
  route({
    method: 'POST', path: '/api/v1/credit-records/find', status: 200, guard: { permission: 'cases.readCredit' }, kind: 'api', rate: 'read', summary: { zh: '告知承诺失信记录', en: 'Breaches of commitments' },
    body: z.strictObject({ q: z.string().max(100).default(''), page: z.int().min(1).max(10_000).default(1) }),
    handle: async ({ body, caller }) => {
      const { records, total } = await findCredit(house.db, body.q, SIZE, (body.page - 1) * SIZE)
      recordRead(house, caller, records.flatMap(({ partyIds }) => partyIds), null, 'credit', '查询信用记录')
      return { total, records: records.map(({ view }) => view) }
    },
  }),
]
