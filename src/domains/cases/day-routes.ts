import { z } from 'zod'
import { dayAt, rfc3339 } from '../../base/civil-day.ts'
import type { Caller, Officer } from '../../kernel/access/types.ts'
import { findMatter } from '../../kernel/flow/read.ts'
import type { Matter } from '../../kernel/flow/types.ts'
import type { House } from '../../kernel/house.ts'
import { refuse as refuseCall } from '../../kernel/http/errors.ts'
import { route, type Route } from '../../kernel/http/types.ts'
import type { HeldPost } from '../../kernel/org/types.ts'
import type { CaseData } from './case.ts'
import { refuse } from './counter-errors.ts'
import { holdsOf } from './counter-store.ts'
import { UnsentNoticeInput, type DayView, type UnsentNotice } from './day-contract.ts'
import { dropNotice, findNotice, noticesOfPosts, saveNotice, signOff, signOffsOf, unservedPapers, type NoticeRow } from './day-store.ts'
import { refuse as refuseCase } from './errors.ts'
import { recordRead } from './record-read.ts'
import { caseView } from './view.ts'

const ACCEPTING = { permission: 'cases.accept' } as const
const CaseNo = z.object({ caseNo: z.string().min(1).max(60) })
const UNSENT = '/api/v1/cases/:caseNo/unsent-notice'

/** The counter's day (practice 3): a notice ticked but unsent is kept, belongs to the post, and stands against the day's sign-off. */
export function dayRoutes(house: House): readonly Route[] {
  return [
    route({
      method: 'GET', path: UNSENT, guard: ACCEPTING, kind: 'api', rate: 'read', summary: { zh: '已勾选未发出的补正告知', en: 'The notice ticked but not sent' }, params: CaseNo,
      handle: async ({ params, caller }): Promise<{ notice: UnsentNotice | null }> => {
        const { matterId, postId } = await standing(house, params.caseNo, caller)
        const found = await findNotice(house.db, matterId, postId)
        return { notice: found ? notice(found) : null }
      },
    }),
    route({
      method: 'PUT', path: UNSENT, guard: ACCEPTING, kind: 'api', rate: 'write', summary: { zh: '保存未发出的补正告知', en: 'Keep the notice as it is ticked' }, params: CaseNo, body: UnsentNoticeInput,
      handle: async ({ params, body, caller }): Promise<{ notice: UnsentNotice }> => {
        const { matterId, postId, personId } = await standing(house, params.caseNo, caller)
        await saveNotice(house.db, { matterId, postId, personId, ...body, at: house.time.now() })
        // The act itself may have overtaken the saving of what was ticked for it.
        const kept = await findNotice(house.db, matterId, postId)
        if (!kept) throw refuse('notice-too-late')
        return { notice: notice(kept) }
      },
    }),
    route({
      method: 'DELETE', path: UNSENT, guard: ACCEPTING, kind: 'api', rate: 'write', status: 204, summary: { zh: '删除未发出的补正告知', en: 'Drop the notice' }, params: CaseNo,
      handle: async ({ params, caller }) => {
        const { matterId, postId } = await standing(house, params.caseNo, caller)
        await dropNotice(house.db, matterId, postId, house.time.now())
      },
    }),
    route({
      method: 'GET', path: '/api/v1/counter/day', guard: ACCEPTING, kind: 'api', rate: 'read', summary: { zh: '今日未清事项', en: 'What of the day is still open' },
      handle: async ({ caller }): Promise<DayView> => dayOf(house, officer(caller)),
    }),
    route({
      method: 'POST', path: '/api/v1/counter/sign-offs', guard: ACCEPTING, kind: 'api', rate: 'write', status: 201, summary: { zh: '日清签退', en: 'Sign the day off' }, body: z.strictObject({}),
      handle: async ({ caller }): Promise<DayView> => {
        const by = officer(caller)
        const { unsent, holds, unserved } = await dayOf(house, by)
        const at = house.time.now()
        const done = await signOff(house.db, { postIds: postsOf(by).map((post) => post.postId), personId: by.personId, day: dayAt(at), at, holds: holds.length, unserved: unserved.length })
        if (!done) throw refuse('unsent-notices', { cases: (unsent.length > 0 ? unsent : (await dayOf(house, by)).unsent).map((one) => one.caseNo).join('、') })
        return dayOf(house, by)
      },
    }),
  ]
}

async function dayOf(house: House, by: Officer): Promise<DayView> {
  const day = house.time.today()
  const posts = postsOf(by)
  const [unsent, holds, unserved, signed] = await Promise.all([noticesOfPosts(house.db, posts.map((post) => post.postId)), holdsOf(house.db, by.personId), unservedPapers(house.db, by.personId, day), signOffsOf(house.db, by.personId, day)])
  recordRead(house, by, unsent.flatMap(({ partyIds }) => partyIds), null, 'list', '日清')
  return {
    day, posts: posts.map((post) => post.name),
    unsent: unsent.map(({ caseNo, item, applicant, defects, savedAt, savedBy, post }) => ({ caseNo, item, applicant, defects: defects.length, savedAt: rfc3339(savedAt), savedBy, post })),
    holds: holds.map((hold) => ({ id: hold.id, itemCode: hold.itemCode, label: hold.label, savedAt: rfc3339(hold.savedAt) })),
    unserved: unserved.map((paper) => ({ ...paper, madeAt: rfc3339(paper.madeAt) })),
    signedOff: signed.map(({ post, at }) => ({ post, at: rfc3339(at) })),
  }
}

/** The case, and from which of her posts the officer may ask for a supplement now; refuses who may not, and a case that cannot be asked any more. */
async function standing(house: House, caseNo: string, caller: Caller): Promise<{ matterId: string; postId: string; personId: string }> {
  const by = officer(caller)
  const found = await findMatter(house.db, caseNo)
  if (!found || found.matter.kind !== 'case') throw refuseCase('not-found', { no: caseNo })
  const matter = found.matter as unknown as Matter<CaseData>
  if (matter.stage !== 'submitted') throw refuse('notice-too-late')
  if (!caseView(house, { matter, clocks: found.clocks, tasks: found.tasks, history: [], papers: [] }, by).acts.some((offer) => offer.act === 'requestSupplement')) throw refuseCall('not-allowed')
  const lies = new Set(found.tasks.filter((task) => task.state === 'open' || task.state === 'claimed').map((task) => task.organisationId))
  const posts = postsOf(by)
  return { matterId: matter.id, postId: (posts.find((post) => lies.has(post.organisationId)) ?? posts[0]!).postId, personId: by.personId }
}

/** Posts from which one accepts: the counter's, whose day is signed off. */
export const postsOf = (by: Officer): readonly HeldPost[] => by.posts.filter((post) => post.permissions.includes('cases.accept'))

function officer(caller: Caller): Officer {
  if (caller.kind !== 'officer' || postsOf(caller).length === 0) throw refuseCall('not-allowed')
  return caller
}

const notice = (row: NoticeRow): UnsentNotice => ({ version: row.version, defects: row.defects, remarks: row.remarks, savedAt: rfc3339(row.savedAt), savedBy: row.savedBy, post: row.post })
