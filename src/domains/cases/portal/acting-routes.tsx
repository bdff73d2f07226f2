import { z } from 'zod'
import { Refusal } from '../../../base/refusal.ts'
import { actFor, agenciesOf } from '../../../kernel/access/agencies.ts'
import { getParty } from '../../../kernel/access/parties.ts'
import type { Applicant } from '../../../kernel/access/types.ts'
import { Page, Redirect, route, type Ask, type Route } from '../../../kernel/http/types.ts'
import { markup, part, query } from '../../../kit/portal/index.ts'
import { ActingPage } from './acting-page.tsx'
import type { CasePagesDeps } from './deps.ts'

const guard = { signedIn: 'applicant' } as const
const Item = z.string().max(40).optional()
const SELF = 'self'

/** For whom one acts: oneself, or a party whose power of attorney was seen at a counter. */
export function actingRoutes({ house, frames, items }: CasePagesDeps): Route[] {
  const page = async (ask: Ask<unknown, { item?: string | undefined; changed?: string | undefined }, unknown>, error?: string): Promise<Page> => {
    const caller = ask.caller as Applicant
    const today = house.time.today()
    const [frame, own, agencies] = await Promise.all([frames.of(ask), getParty(house.db, caller.ownPartyId ?? caller.partyId), agenciesOf(house.db, caller.accountId, today)])
    const shown = agencies.map((agency) => ({ ...agency, items: agency.scope.map((code) => items.find(code, today)?.name ?? { zh: code, en: code }) }))
    return new Page(markup(<ActingPage frame={{ ...frame, path: `/my/acting${query({ item: ask.query.item })}` }} own={own.name} agencies={shown} changed={ask.query.changed === '1'} item={ask.query.item} {...(error === undefined ? {} : { error })} />), { status: error === undefined ? 200 : 422, cache: 'none' })
  }
  return [
    route({ method: 'GET', kind: 'page', rate: 'page', guard, path: '/my/acting', query: z.object({ item: Item, changed: z.string().max(1).optional() }), summary: { zh: '以谁的名义办理', en: 'For whom I act' }, handle: (ask) => page(ask) }),
    route({
      method: 'POST', kind: 'page', rate: 'write', guard, path: '/my/acting', query: z.object({ item: Item }), body: z.object({ party: z.union([z.literal(SELF), z.uuid()]) }), summary: { zh: '选择以谁的名义办理', en: 'Choose for whom one acts' },
      handle: async (ask) => {
        const { party } = ask.body
        try {
          await actFor(house.db, (ask.caller as Applicant).accountId, party === SELF ? null : party, house.time.now())
        } catch (error) {
          if (!(error instanceof Refusal) || error.code !== 'access/not-an-agent') throw error
          return page({ ...ask, query: { item: ask.query.item } }, error.in(ask.language))
        }
        return new Redirect(ask.query.item === undefined ? '/my/acting?changed=1' : `/apply/${part(ask.query.item)}`)
      },
    }),
  ]
}
