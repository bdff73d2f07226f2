import { z } from 'zod'
import { rfc3339 } from '../../base/civil-day.ts'
import type { Caller } from '../../kernel/access/types.ts'
import type { House } from '../../kernel/house.ts'
import { route, type Route } from '../../kernel/http/types.ts'
import { countMessages, listMessages, markRead, type Addressee } from '../../kernel/notify/messages.ts'
import { refuse } from './errors.ts'
import type { MessageList } from './message-contract.ts'

const PAGE = 50
function centreOf(caller: Caller): Addressee {
  if (caller.kind !== 'officer') throw refuse('not-found', { no: '' })
  return { personId: caller.personId }
}

/** An officer's message centre: warnings before a limit ends, lights that fell on her post, decisions on appeals. */
export function messageRoutes(house: House): readonly Route[] {
  return [
    route({
      method: 'GET', path: '/api/v1/messages', guard: { signedIn: 'officer' }, kind: 'api', rate: 'read', summary: { zh: '工作人员的消息', en: 'An officer’s messages' }, query: z.object({ page: z.coerce.number().int().min(1).max(10_000).default(1) }),
      handle: async ({ query, caller }): Promise<MessageList> => {
        const to = centreOf(caller)
        const [list, { total, unread }] = await Promise.all([listMessages(house.db, to, { limit: PAGE, offset: (query.page - 1) * PAGE }), countMessages(house.db, to)])
        return { total, unread, messages: list.map(({ id, subject, body, matterNo, createdAt, readAt }) => ({ id, subject, body, caseNo: matterNo, at: rfc3339(createdAt), readAt: readAt && rfc3339(readAt) })) }
      },
    }),
    route({
      method: 'POST', path: '/api/v1/messages/read', guard: { signedIn: 'officer' }, kind: 'api', rate: 'write', summary: { zh: '消息标为已读', en: 'Mark messages as read' }, body: z.strictObject({ id: z.uuid().optional() }),
      handle: async ({ body, caller }) => ({ read: await markRead(house.db, centreOf(caller), house.time.now(), body.id === undefined ? undefined : [body.id]) }),
    }),
  ]
}
