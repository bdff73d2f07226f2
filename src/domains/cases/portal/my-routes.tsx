import { z } from 'zod'
import { Refusal } from '../../../base/refusal.ts'
import { changePassword } from '../../../kernel/access/accounts.ts'
import { amendParty, getParty, partyIdsOf, type Party } from '../../../kernel/access/parties.ts'
import { readsOf } from '../../../kernel/access/read-records.ts'
import type { Applicant } from '../../../kernel/access/types.ts'
import { lightOf } from '../../../kernel/clock/lights.ts'
import { partiesOf, scopeOf } from '../../../kernel/flow/actor.ts'
import type { Matter } from '../../../kernel/flow/types.ts'
import { Bytes, Page, Redirect, route, type Ask, type Route } from '../../../kernel/http/types.ts'
import { countMessages, listMessages, markRead, type Addressee } from '../../../kernel/notify/messages.ts'
import { contentDisposition } from '../../../kernel/files/content-disposition.ts'
import { markup, part, type Markup } from '../../../kit/portal/index.ts'
import type { CaseData } from '../case.ts'
import { PartyInput, type CaseStage } from '../contract.ts'
import { creditOfParties } from '../credit.ts'
import { refuse } from '../errors.ts'
import { askedOf } from './asked.ts'
import { CasePage, ClockPage } from './case-page.tsx'
import { CreditPage } from './credit-page.tsx'
import type { CasePagesDeps } from './deps.ts'
import { DataPage, emailWrong, MessagesPage, MyPage, PasswordPage, passwordsDiffer, phoneWrong, type DataPageProps, type MyCase } from './my-pages.tsx'
import { findReceipt, openCasesOf, runningClocksOf, sentCasesOf } from './queries.ts'
import { readCase, readClock } from './read-case.ts'

const guard = { signedIn: 'applicant' } as const
const get = { method: 'GET', kind: 'page', rate: 'page', guard } as const
const post = { method: 'POST', kind: 'page', rate: 'write', guard } as const
const PER_PAGE = 20
const PageQuery = z.object({ page: z.coerce.number().int().min(1).max(10_000).default(1) })
const CaseNo = z.object({ caseNo: z.string().min(1).max(60) })
const Text = z.string().max(300).default('')

/** "My affairs": cases, messages, data and who read it. */
export function myRoutes(deps: CasePagesDeps): Route[] {
  const { house, frames, items } = deps
  const page = (element: Markup, status = 200): Page => new Page(markup(element), { status })
  const mine = (ask: Ask<unknown, unknown, unknown>) => ask.caller as Applicant
  const inbox = (caller: Applicant): Addressee => {
    const own = caller.ownPartyId ? [caller.ownPartyId] : []
    const items = scopeOf(caller)
    return items.length > 0 ? { partyIds: own, within: { partyIds: partiesOf(caller), items } } : { partyIds: [...new Set([...partiesOf(caller), ...own])] }
  }
  /** Whose data are the reader's own: the company's for which she may do everything; of other principals an agent sees the cases, not the person. */
  const subject = async (caller: Applicant): Promise<Party> => {
    const party = await getParty(house.db, caller.partyId)
    return party.kind === 'organisation' && scopeOf(caller).length === 0 ? party : getParty(house.db, caller.ownPartyId ?? caller.partyId)
  }

  const dataPage = async (ask: Ask<unknown, { before?: string; saved?: string }, unknown>, more: Partial<DataPageProps> = {}, status = 200): Promise<Page> => {
    const caller = mine(ask)
    const limit = 50
    const before = ask.query.before === undefined ? undefined : new Date(ask.query.before)
    const [frame, party] = await Promise.all([frames.of(ask), subject(caller)])
    const reads = await readsOf(house.db, await partyIdsOf(house.db, party.id), { limit, ...(before ? { before } : {}) })
    const { phone, email, address } = party
    return page(<DataPage frame={{ ...frame, path: '/my/data' }} party={party} values={{ phone, email, address }} errors={[]} saved={ask.query.saved === '1'} reads={reads} before={reads.length === limit ? reads.at(-1)!.at.toISOString() : null} {...more} />, status)
  }

  return [
    route({
      ...get, path: '/my', query: PageQuery, summary: { zh: '我的', en: 'My affairs' },
      handle: async (ask) => {
        const caller = mine(ask)
        const [{ matters, total }, open, { unread }, frame] = await Promise.all([
          sentCasesOf(house.db, partiesOf(caller), scopeOf(caller), PER_PAGE, (ask.query.page - 1) * PER_PAGE), openCasesOf(house.db, partiesOf(caller), scopeOf(caller)), countMessages(house.db, inbox(caller)), frames.of(ask),
        ])
        const clocks = await runningClocksOf(house.db, matters.map(({ id }) => id))
        const shown = (matter: Matter<CaseData>): MyCase => {
          const [clock] = clocks.get(matter.id) ?? []
          const rule = clock && house.clockRule(clock.rule, clock.ruleVersion)
          return {
            caseNo: matter.no, item: matter.data.item.name, stage: matter.stage as CaseStage, openedOn: matter.openedOn, asked: askedOf(matter.data, matter.stage as CaseStage, ask.language),
            due: clock && rule ? { clockId: clock.id, name: rule.name, on: clock.dueOn, light: lightOf(clock, rule, house.time.now(), house.calendar()) } : null,
          }
        }
        return page(<MyPage frame={frame} name={caller.name} cases={matters.map(shown)} open={open.map(shown)} page={ask.query.page} pages={Math.ceil(total / PER_PAGE)} unread={unread} />)
      },
    }),
    route({
      ...get, path: '/my/messages', query: PageQuery, summary: { zh: '消息', en: 'Messages' },
      handle: async (ask) => {
        const to = inbox(mine(ask))
        const [list, { total, unread }, frame] = await Promise.all([listMessages(house.db, to, { limit: PER_PAGE, offset: (ask.query.page - 1) * PER_PAGE }), countMessages(house.db, to), frames.of(ask)])
        return page(<MessagesPage frame={frame} list={list} unread={unread} page={ask.query.page} pages={Math.ceil(total / PER_PAGE)} />)
      },
    }),
    route({
      ...post, path: '/my/messages/read', body: z.object({ id: z.uuid().optional() }), summary: { zh: '标为已读', en: 'Mark as read' },
      handle: async (ask) => {
        await markRead(house.db, inbox(mine(ask)), house.time.now(), ask.body.id === undefined ? undefined : [ask.body.id])
        return new Redirect('/my/messages')
      },
    }),
    route({ ...get, path: '/my/data', query: z.object({ before: z.iso.datetime().optional(), saved: z.string().max(1).optional() }), summary: { zh: '我的资料', en: 'My data' }, handle: (ask) => dataPage(ask) }),
    route({
      ...post, path: '/my/data', query: z.object({}), body: z.object({ phone: Text, email: Text, address: Text }), summary: { zh: '更正联系方式', en: 'Correct contacts' },
      handle: async (ask) => {
        const { phone, email, address } = ask.body
        const errors = [
          ...(PartyInput.shape.phone.safeParse(phone).success ? [] : [{ name: 'phone', message: phoneWrong[ask.language] }]),
          ...(email.trim() === '' || PartyInput.shape.email.safeParse(email).success ? [] : [{ name: 'email', message: emailWrong[ask.language] }]),
        ]
        if (errors.length > 0) return dataPage({ ...ask, query: {} }, { values: ask.body, errors }, 422)
        await amendParty(house.db, (await subject(mine(ask))).id, { phone: phone.trim(), email: email.trim(), address: address.trim() })
        return new Redirect('/my/data?saved=1')
      },
    }),
    route({
      ...get, path: '/my/credit', summary: { zh: '我的信用记录', en: 'My credit record' },
      handle: async (ask) => {
        const [frame, party] = await Promise.all([frames.of(ask), subject(mine(ask))])
        const records = await creditOfParties(house.db, await partyIdsOf(house.db, party.id))
        return page(<CreditPage frame={{ ...frame, path: '/my/credit' }} records={records} />)
      },
    }),
    route({ ...get, path: '/my/password', query: z.object({ changed: z.string().max(1).optional() }), summary: { zh: '修改口令', en: 'Change the password' }, handle: async (ask) => page(<PasswordPage frame={{ ...(await frames.of(ask)), path: '/my/password' }} errors={[]} changed={ask.query.changed === '1'} />) }),
    route({
      ...post, path: '/my/password', rate: 'signIn', secret: true, body: z.object({ current: Text, next: Text, again: Text }), summary: { zh: '修改口令', en: 'Change the password' },
      handle: async (ask) => {
        const { current, next, again } = ask.body
        const draw = async (name: string, message: string, status: number) => page(<PasswordPage frame={await frames.of(ask)} errors={[{ name, message }]} changed={false} />, status)
        if (next !== again) return draw('again', passwordsDiffer[ask.language], 422)
        try {
          await changePassword(house.db, { accountId: mine(ask).accountId, current, next, at: house.time.now(), keep: ask.tokenHash })
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          return draw(error.code === 'access/wrong-credentials' ? 'current' : 'next', error.in(ask.language), 422)
        }
        return new Redirect('/my/password?changed=1')
      },
    }),
    route({
      ...get, path: '/my/cases/:caseNo', params: CaseNo, query: z.object({ done: z.string().max(1).optional() }), summary: { zh: '我的一个办件', en: 'A case of mine' },
      handle: async (ask) => {
        const shown = await readCase(house, ask.params.caseNo, ask.caller, ask.language)
        if (shown.view.stage === 'draft') return new Redirect(`/apply/draft/${part(shown.view.caseNo)}/review`)
        const { code, version } = shown.matter.data.item
        return page(<CasePage frame={{ ...(await frames.of(ask)), path: `/my/cases/${part(ask.params.caseNo)}` }} shown={shown} item={items.version(code, version)} today={house.time.today()} done={ask.query.done === '1'} />)
      },
    }),
    route({
      ...get, path: '/my/cases/:caseNo/clocks/:clockId', params: CaseNo.extend({ clockId: z.string().min(1).max(80) }), summary: { zh: '期限逐日说明', en: 'A limit day by day' },
      handle: async (ask) => {
        const { caseNo, clockId } = ask.params
        await readCase(house, caseNo, ask.caller, ask.language)
        return page(<ClockPage frame={await frames.of(ask)} caseNo={caseNo} explained={await readClock(house, caseNo, clockId)} back={`/my/cases/${part(caseNo)}`} />)
      },
    }),
    route({
      ...get, kind: 'stream', path: '/my/cases/:caseNo/receipts/:receiptId.json', params: CaseNo.extend({ receiptId: z.uuid() }), summary: { zh: '下载回执', en: 'Download a receipt' },
      handle: async (ask) => {
        const { matter } = await readCase(house, ask.params.caseNo, ask.caller, ask.language)
        const receipt = await findReceipt(house.db, house.url, matter.id, ask.params.receiptId)
        if (receipt === null) throw refuse('not-found', { no: ask.params.caseNo })
        return new Bytes(Buffer.from(JSON.stringify(receipt, null, 2)), 'application/json; charset=utf-8', { 'content-disposition': contentDisposition(`${matter.no}-${receipt.id.slice(0, 8)}.json`, 'attachment') })
      },
    }),
  ]
}
