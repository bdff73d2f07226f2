import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { dayAt, rfc3339 } from '../../base/civil-day.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Language } from '../../base/text.ts'
import type { Caller, Officer } from '../../kernel/access/types.ts'
import { findMatter } from '../../kernel/flow/read.ts'
import type { House } from '../../kernel/house.ts'
import { refuse as refuseCall } from '../../kernel/http/errors.ts'
import { route, type Route } from '../../kernel/http/types.ts'
import { heldPosts } from '../../kernel/org/holders.ts'
import { BatchInput, HoldInput, ShiftInput, type BatchResult, type Hold, type HoldEntry, type ShiftAcceptance, type ShiftEntry, type Shifts } from './counter-contract.ts'
import { refuse } from './counter-errors.ts'
import { ShiftAcceptanceInput } from './day-contract.ts'
import { postsOf } from './day-routes.ts'
import { handNotices, noticesOnCases, type NoticeRow } from './day-store.ts'
import { closeShift, deleteHold, getHold, getWaitingShift, holdsOf, offerShift, openCasesOf, saveHold, shiftsOf, type HoldRow, type ShiftRow } from './counter-store.ts'

const AT_COUNTER = { permission: 'cases.file' } as const
const Id = z.object({ id: z.uuid() })
/** A half-filled intake names files, it does not hold them. */
const HOLD_BYTES_MAX = 200_000

/** The counter's own desk (practice 19): intakes on hold, batches, and the hand-over of a shift. */
export function counterRoutes(house: House): readonly Route[] {
  return [
    route({
      method: 'GET', path: '/api/v1/counter/holds', guard: AT_COUNTER, kind: 'api', rate: 'read', summary: { zh: '本人挂起的收件', en: 'One’s own intakes on hold' },
      handle: async ({ caller }): Promise<{ holds: HoldEntry[] }> => ({ holds: (await holdsOf(house.db, officer(caller).personId)).map(holdEntry) }),
    }),
    route({
      method: 'GET', path: '/api/v1/counter/holds/:id', guard: AT_COUNTER, kind: 'api', rate: 'read', summary: { zh: '取回挂起的收件', en: 'Take up an intake on hold' }, params: Id,
      handle: async ({ params, caller }): Promise<Hold> => {
        const hold = await getHold(house.db, params.id, officer(caller).personId)
        return { ...holdEntry(hold), content: hold.content }
      },
    }),
    route({
      method: 'PUT', path: '/api/v1/counter/holds/:id', guard: AT_COUNTER, kind: 'api', rate: 'write', summary: { zh: '挂起或者自动保存收件', en: 'Put an intake on hold, or save it as it is typed' }, params: Id, body: HoldInput,
      handle: async ({ params, body, caller }): Promise<HoldEntry> => {
        if (JSON.stringify(body.content).length > HOLD_BYTES_MAX) throw refuse('hold-too-large')
        const by = officer(caller)
        const at = house.time.now()
        await saveHold(house.db, { id: params.id, postId: by.posts[0]!.postId, personId: by.personId, itemCode: body.itemCode, label: body.label, content: body.content, at })
        return { id: params.id, itemCode: body.itemCode, label: body.label, savedAt: rfc3339(at) }
      },
    }),
    route({
      method: 'DELETE', path: '/api/v1/counter/holds/:id', guard: AT_COUNTER, kind: 'api', rate: 'write', status: 204, summary: { zh: '删除挂起的收件', en: 'Delete an intake on hold' }, params: Id,
      handle: async ({ params, caller }) => deleteHold(house.db, params.id, officer(caller).personId),
    }),
    route({
      method: 'POST', path: '/api/v1/counter/batches', guard: AT_COUNTER, kind: 'api', rate: 'write', summary: { zh: '一次提交多件', en: 'File several applications' }, body: BatchInput,
      handle: async ({ body, tokenHash, idempotencyKey, language }) => fileBatch(house, body, tokenHash!, idempotencyKey ?? randomUUID(), language),
    }),
    route({
      method: 'GET', path: '/api/v1/counter/shifts', guard: { signedIn: 'officer' }, kind: 'api', rate: 'read', summary: { zh: '交接班：本人负责的在办件与待接收的移交', en: 'Hand-over: one’s open cases and what waits to be accepted' },
      handle: async ({ caller }): Promise<Shifts> => {
        const { personId } = officer(caller)
        const [mine, { toMe, fromMe }] = await Promise.all([openCasesOf(house.db, personId), shiftsOf(house.db, personId)])
        const waiting = await Promise.all(toMe.map(async (shift) => shiftEntry(shift, await noticesOnCases(house.db, shift.fromPerson, shift.caseNos))))
        return { mine: mine.map((row) => ({ ...row, dueAt: row.dueAt ? rfc3339(row.dueAt) : null })), toMe: waiting, fromMe: fromMe.map((shift) => shiftEntry(shift)) }
      },
    }),
    route({
      method: 'POST', path: '/api/v1/counter/shifts', guard: { signedIn: 'officer' }, kind: 'api', rate: 'write', status: 201, summary: { zh: '移交在办件给同事', en: 'Offer open cases to a colleague' }, body: ShiftInput,
      handle: async ({ body, caller }) => ({ id: await offer(house, officer(caller), body) }),
    }),
    route({
      method: 'POST', path: '/api/v1/counter/shifts/:id/acceptance', guard: { signedIn: 'officer' }, kind: 'api', rate: 'write', summary: { zh: '接收移交', en: 'Accept a hand-over' }, params: Id, body: ShiftAcceptanceInput,
      handle: async ({ params, body, caller, tokenHash, language }) => accept(house, officer(caller), tokenHash!, params.id, body.notices, language),
    }),
  ]
}

function officer(caller: Caller): Officer {
  if (caller.kind !== 'officer' || caller.posts.length === 0) throw refuseCall('not-allowed')
  return caller
}

const holdEntry = (row: HoldRow): HoldEntry => ({ id: row.id, itemCode: row.itemCode, label: row.label, savedAt: rfc3339(row.savedAt) })
const shiftEntry = (row: ShiftRow, unsent: readonly NoticeRow[] = []): ShiftEntry => ({
  unsent: unsent.map(({ caseNo, defects }) => ({ caseNo, defects: defects.length })),
  id: row.id, fromName: row.fromName, toName: row.toName, caseNos: row.caseNos, note: row.note, offeredAt: rfc3339(row.offeredAt), acceptedAt: row.acceptedAt ? rfc3339(row.acceptedAt) : null,
})

/** One after the other, each in its own transaction and under a key of its own: the same batch again files nothing twice. */
async function fileBatch(house: House, { applications }: BatchInput, tokenHash: Buffer, key: string, language: Language): Promise<{ results: BatchResult[] }> {
  const results: BatchResult[] = []
  for (const [index, application] of applications.entries()) {
    try {
      const answer = await house.flow.open('case', { caller: { tokenHash }, act: 'submit', input: application, channel: application.channel, idempotencyKey: `${key.slice(0, 180)}:${index}` })
      results.push({ index, caseNo: answer.matter.no, trackCode: (answer.result as { trackCode: string }).trackCode, problem: null })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      results.push({ index, caseNo: null, trackCode: null, problem: problemOf(error, language) })
    }
  }
  return { results }
}

const problemOf = (refusal: Refusal, language: Language): NonNullable<BatchResult['problem']> =>
  ({ code: refusal.code, title: refusal.in(language), errors: refusal.errors.map(({ path, code, message }) => ({ path, code, message: message[language] })) })

/** Refuses `counter/shift-to-self`, `counter/no-such-colleague`, `counter/not-your-cases`. */
async function offer(house: House, from: Officer, input: ShiftInput): Promise<string> {
  if (input.toPersonId === from.personId) throw refuse('shift-to-self')
  const at = house.time.now()
  if ((await heldPosts(house.db, input.toPersonId, dayAt(at))).length === 0) throw refuse('no-such-colleague')
  const own = new Set((await openCasesOf(house.db, from.personId)).map((row) => row.caseNo))
  const others = input.caseNos.filter((no) => !own.has(no))
  if (others.length > 0) throw refuse('not-your-cases', { cases: others.slice(0, 5).join('、') })
  const id = randomUUID()
  await offerShift(house.db, { id, from: from.personId, to: input.toPersonId, caseNos: input.caseNos, note: input.note, at })
  return id
}

/**
 * The receiver's act `takeOver` on every case; what cannot be taken (ended or taken meanwhile) is said and stays. If this process dies
 * midway the hand-over still waits, and accepting it again takes the rest: each act has its own key. Notices ticked but not sent pass to the
 * receiver's post, and only with her word for them. Refuses `counter/notices-not-taken`, `counter/no-post-for-notices`.
 */
async function accept(house: House, by: Officer, tokenHash: Buffer, id: string, notices: boolean, language: Language): Promise<ShiftAcceptance> {
  const shift = await getWaitingShift(house.db, id, by.personId)
  const unsent = await noticesOnCases(house.db, shift.fromPerson, shift.caseNos)
  const [post] = postsOf(by)
  const cases = unsent.map((one) => one.caseNo).join('、')
  if (unsent.length > 0 && !post) throw refuse('no-post-for-notices', { cases })
  if (unsent.length > 0 && !notices) throw refuse('notices-not-taken', { cases })
  const taken: string[] = []
  const left: ShiftAcceptance['left'] = []
  for (const caseNo of shift.caseNos) {
    try {
      const found = await findMatter(house.db, caseNo)
      if (found && found.matter.personId !== by.personId) {
        await house.flow.perform(caseNo, found.matter.revision, { caller: { tokenHash }, act: 'takeOver', input: shift.note === '' ? {} : { note: shift.note }, channel: 'counter', idempotencyKey: `shift:${id}:${caseNo}` })
      }
      taken.push(caseNo)
    } catch (error) {
      // The database being away says nothing about the case: the hand-over waits.
      if (!(error instanceof Refusal) || error.status === 503) throw error
      left.push({ caseNo, code: error.code, title: error.in(language) })
    }
  }
  const passing = unsent.filter((one) => taken.includes(one.caseNo))
  if (passing.length > 0) await handNotices(house.db, passing, { postId: post!.postId, personId: by.personId, at: house.time.now() })
  await closeShift(house.db, id, house.time.now())
  return { taken, left }
}
