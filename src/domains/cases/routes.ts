import { z } from 'zod'
import { rfc3339 } from '../../base/civil-day.ts'
import type { Caller, Officer } from '../../kernel/access/types.ts'
import { explainClock } from '../../kernel/clock/explain.ts'
import { lightOf } from '../../kernel/clock/lights.ts'
import { findByTrackHash, findTasks, historyOf, mattersOfParties } from '../../kernel/flow/queries.ts'
import { findMatter } from '../../kernel/flow/read.ts'
import { findActor, partiesOf, scopeOf } from '../../kernel/flow/actor.ts'
import type { ActAnswer, Matter, Task } from '../../kernel/flow/types.ts'
import type { House } from '../../kernel/house.ts'
import { noticesOf } from '../../kernel/notify/messages.ts'
import { DIRECTIONS, type Direction } from '../../kernel/procedure/layout.ts'
import { renderSvg } from '../../kernel/procedure/svg.ts'
import type { Language } from '../../base/text.ts'
import { Bytes, route, type Route } from '../../kernel/http/types.ts'
import { contentDisposition } from '../../kernel/files/content-disposition.ts'
import type { CaseData } from './case.ts'
import { FindInput } from './account-contract.ts'
import { accountsNaming } from './account-routes.ts'
import { ApplicationInput, CASE_STAGES, DraftInput, type CaseView, type FiledView, type FoundDraft } from './contract.ts'
import { refuse } from './errors.ts'
import { JUDGING_STEPS, LIGHT_EVIDENCE } from './lights/light.ts'
import { fallenLights } from './lights/store.ts'
import type { PaperPress } from './papers/press.ts'
import { findCases, findDrafts, findPaper, listCases, papersOf, papersWithFacts } from './queries.ts'
import { trackHashOf } from './track-code.ts'
import { permits } from '../../kernel/access/permits.ts'
import { creditOfIdentity } from './credit.ts'
import { recordRead } from './record-read.ts'
import { caseView, mayReadPersons, taskView } from './view.ts'

const CaseNo = z.object({ caseNo: z.string().min(1).max(60) })
const Drawn = z.object({ direction: z.enum(DIRECTIONS).default('right') })
export interface CaseRoutesParts { readonly house: House; readonly press: PaperPress }

export function caseRoutes({ house, press }: CaseRoutesParts): readonly Route[] {
  return [
    route({
      method: 'POST', path: '/api/v1/cases', guard: { deferred: '申请人本人或者柜台代录，行为自身核对' }, kind: 'api', rate: 'write', status: 201,
      summary: { zh: '提交申请', en: 'File an application' }, body: ApplicationInput,
      handle: async ({ body, tokenHash, idempotencyKey }) => {
        const answer = await house.flow.open('case', { caller: { tokenHash: tokenHash ?? Buffer.alloc(32) }, act: 'submit', input: body, channel: body.channel, ...(idempotencyKey ? { idempotencyKey } : {}) })
        return filed(house, answer)
      },
    }),
    route({
      method: 'POST', path: '/api/v1/drafts', guard: { deferred: '申请人本人或者柜台代录，行为自身核对' }, kind: 'api', rate: 'write', status: 201,
      summary: { zh: '保存草稿', en: 'Save a draft' }, body: DraftInput,
      handle: async ({ body, tokenHash, idempotencyKey }) => filed(house, await house.flow.open('case', { caller: { tokenHash: tokenHash ?? Buffer.alloc(32) }, act: 'saveDraft', input: body, channel: 'online', ...(idempotencyKey ? { idempotencyKey } : {}) })),
    }),
    route({
      method: 'GET', path: '/api/v1/cases', guard: { signedIn: 'anyone' }, kind: 'api', rate: 'read', summary: { zh: '办件列表', en: 'List cases' },
      query: z.object({ q: z.string().max(100).optional(), stage: z.enum(CASE_STAGES).optional(), item: z.string().max(40).optional(), light: z.enum(['green', 'yellow', 'red', 'black']).optional(), page: z.coerce.number().int().min(1).max(10_000).default(1) }),
      handle: async ({ query, caller }) => listFor(house, caller, query),
    }),
    route({
      method: 'GET', path: '/api/v1/cases/:caseNo', guard: { signedIn: 'anyone' }, kind: 'api', rate: 'read', summary: { zh: '办件详情', en: 'A case' }, params: CaseNo,
      handle: async ({ params, caller }) => getCase(house, params.caseNo, caller),
    }),
    route({
      method: 'GET', path: '/api/v1/cases/:caseNo/clocks/:clockId/explain', guard: { open: '期限的计算依据公开，优化营商环境条例 第三十六条' }, kind: 'api', rate: 'read',
      summary: { zh: '逐日说明期限', en: 'A clock explained day by day' }, params: CaseNo.extend({ clockId: z.string().min(1).max(80) }),
      handle: async ({ params }) => explain(house, params.caseNo, params.clockId),
    }),
    route({
      method: 'POST', path: '/api/v1/cases/:caseNo/acts', guard: { deferred: '行为自身核对岗位、授权、环节与修订号' }, kind: 'api', rate: 'write', summary: { zh: '办理行为', en: 'Do an act' }, params: CaseNo,
      body: z.strictObject({ act: z.string().min(1).max(60), revision: z.int().min(1), input: z.record(z.string(), z.unknown()).default({}) }),
      handle: async ({ params, body, tokenHash, idempotencyKey }) => {
        const answer = await house.flow.perform(params.caseNo, body.revision, { caller: { tokenHash: tokenHash ?? Buffer.alloc(32) }, act: body.act, input: body.input, channel: 'online', ...(idempotencyKey ? { idempotencyKey } : {}) })
        return actAnswer(house, answer)
      },
    }),
    route({
      method: 'GET', path: '/api/v1/tasks', guard: { signedIn: 'officer' }, kind: 'api', rate: 'read', summary: { zh: '待办', en: 'Tasks' },
      query: z.object({ scope: z.enum(['mine', 'post', 'organisation']).default('post'), page: z.coerce.number().int().min(1).max(10_000).default(1), size: z.coerce.number().int().min(1).max(200).default(50) }),
      handle: async ({ query, caller }) => tasksFor(house, caller, query),
    }),
    route({
      // Identity numbers are looked for: they travel in the body, never in an address that proxies and logs keep.
      method: 'POST', path: '/api/v1/counter/find', guard: { permission: 'cases.file' }, kind: 'api', rate: 'read', summary: { zh: '柜台一栏查找', en: 'The counter’s one field' }, body: FindInput,
      handle: async ({ body, caller }) => {
        const [found, drafts, accounts] = await Promise.all([findCases(house.db, body.q), findDrafts(house.db, body.q), accountsNaming(house, caller, body.q)])
        recordRead(house, caller, [...found.map(({ matter }) => matter), ...drafts].flatMap(({ partyIds }) => partyIds), null, 'search', '柜台受理')
        return { accounts, drafts: drafts.map((matter): FoundDraft => ({ caseNo: matter.no, revision: matter.revision, item: { code: matter.subject, name: matter.data.item.name }, openedAt: matter.openedAt, input: matter.data.draft! })), cases: found.map(({ matter, applicantName }) => ({ caseNo: matter.no, stage: matter.stage, item: { code: matter.subject, name: matter.data.item.name }, applicant: applicantName, openedAt: matter.openedAt, applicantDetails: matter.data.application?.applicant ?? null })) }
      },
    }),
    route({
      method: 'GET', path: '/api/v1/cases/:caseNo/papers.pdf', guard: { signedIn: 'anyone' }, kind: 'stream', rate: 'read', summary: { zh: '全部文书', en: 'All papers in one PDF' }, params: CaseNo,
      handle: async ({ params, caller }) => {
        const found = await findMatter(house.db, params.caseNo)
        const papers = found && mayReadPersons(found.matter, caller, found.tasks) ? await papersWithFacts(house.db, params.caseNo) : []
        if (papers.length === 0) throw refuse('not-found', { no: params.caseNo })
        recordRead(house, caller, found!.matter.partyIds, found!.matter.id, 'papers', '查看文书', found!.matter.organisationId)
        return new Bytes(await press.printAll(`文书 ${params.caseNo}`, papers), 'application/pdf', { 'content-disposition': contentDisposition(`文书${params.caseNo}.pdf`, 'inline') })
      },
    }),
    route({
      method: 'GET', path: '/api/v1/cases/:caseNo/papers/:paperId.pdf', guard: { signedIn: 'anyone' }, kind: 'stream', rate: 'read', summary: { zh: '文书', en: 'A paper as PDF' }, params: CaseNo.extend({ paperId: z.uuid() }),
      handle: async ({ params, caller }) => {
        const found = await findMatter(house.db, params.caseNo)
        const paper = found && mayReadPersons(found.matter, caller, found.tasks) ? await findPaper(house.db, params.caseNo, params.paperId) : null
        if (!paper) throw refuse('not-found', { no: params.caseNo })
        recordRead(house, caller, paper.partyIds, paper.matterId, paper.kind, '查看文书', found!.matter.organisationId)
        return new Bytes(await press.print(paper), 'application/pdf', { 'content-disposition': contentDisposition(`${paper.name.zh}${paper.no}.pdf`, 'inline') })
      },
    }),
    route({
      method: 'GET', path: '/api/v1/cases/:caseNo/files/:fileId', guard: { signedIn: 'anyone' }, kind: 'stream', rate: 'read', summary: { zh: '办件中的文件', en: 'A file of a case' }, params: CaseNo.extend({ fileId: z.uuid() }),
      handle: async ({ params, caller }) => {
        const found = await findMatter(house.db, params.caseNo)
        const used = found && mayReadPersons(found.matter, caller, found.tasks) ? await house.files.usedBy(found.matter.id) : []
        // Evidence on a post's light is the office's own matter.
        const one = used.find(({ file, what }) => file.id === params.fileId && (what !== LIGHT_EVIDENCE || caller.kind === 'officer'))
        if (!one) throw refuse('not-found', { no: params.caseNo })
        recordRead(house, caller, found!.matter.partyIds, found!.matter.id, 'materials', '查看材料', found!.matter.organisationId)
        const { content, file } = await house.files.open(params.fileId)
        return new Bytes(content, file.mediaType, { 'content-disposition': contentDisposition(file.name, 'inline'), 'content-security-policy': "sandbox; default-src 'none'" })
      },
    }),
    route({
      method: 'GET', path: '/api/v1/cases/:caseNo/diagram.svg', guard: { signedIn: 'anyone' }, kind: 'stream', rate: 'read', summary: { zh: '流程图与所处环节', en: 'The procedure with the live position' }, params: CaseNo, query: Drawn,
      handle: async ({ params, query, caller, language }) => new Bytes(Buffer.from(await diagramOf(house, params.caseNo, caller, language, query.direction)), 'image/svg+xml'),
    }),
    route({
      method: 'GET', path: '/api/v1/cases/:caseNo/notices', guard: { signedIn: 'anyone' }, kind: 'api', rate: 'read', summary: { zh: '对当事人的告知及结果', en: 'What the parties were told, and with what outcome' }, params: CaseNo,
      handle: async ({ params, caller }) => {
        const found = await findMatter(house.db, params.caseNo)
        if (!found || !mayReadPersons(found.matter, caller, found.tasks)) throw refuse('not-found', { no: params.caseNo })
        recordRead(house, caller, found.matter.partyIds, found.matter.id, 'notices', '查看告知', found.matter.organisationId)
        return { notices: (await noticesOf(house.db, found.matter.id)).map((one) => ({ ...one, owedAt: rfc3339(one.owedAt), at: one.at && rfc3339(one.at), readAt: one.readAt && rfc3339(one.readAt) })) }
      },
    }),
    route({
      method: 'GET', path: '/api/v1/track', guard: { open: '凭办件编号和查询码查询，行政许可法 第三十条' }, kind: 'api', rate: 'signIn', summary: { zh: '凭查询码查询', en: 'Track by code' }, query: z.object({ caseNo: z.string().min(1).max(60), code: z.string().min(1).max(40) }),
      handle: async ({ query }) => trackCase(house, query.caseNo, query.code),
    }),
  ]
}

/** By number and code, without an account: stages and days, no person. */
export async function trackCase(house: House, caseNo: string, code: string) {
  const no = caseNo.trim().toUpperCase()
  if (!await findByTrackHash(house.db, no, trackHashOf(code.trim()))) throw refuse('wrong-track-code')
  return getCase(house, no, { kind: 'anonymous' })
}

export async function getCase(house: House, caseNo: string, caller: Caller) {
  const found = await findMatter(house.db, caseNo)
  if (!found || found.matter.kind !== 'case' || (caller.kind === 'applicant' && !mayReadPersons(found.matter, caller, found.tasks))) throw refuse('not-found', { no: caseNo })
  const matter = found.matter as unknown as Matter<CaseData>
  const [history, papers, lights, evidence] = await Promise.all([
    historyOf(house.db, matter.id), papersOf(house.db, matter.id, matter.no), caller.kind === 'officer' ? fallenLights(house.db, matter.id) : [], caller.kind === 'officer' && matter.data.lightAppeals ? house.files.usedBy(matter.id) : [],
  ])
  const view = caseView(house, { matter, clocks: found.clocks, tasks: found.tasks, history, papers, lights, fileNames: new Map(evidence.map(({ file }) => [file.id, file.name])) }, caller)
  if (!view.masked) recordRead(house, caller, matter.partyIds, matter.id, 'case', '办理', matter.organisationId)
  return view.masked ? view : withCredit(house, view, matter, caller)
}

/** Whoever handles an application on a commitment sees what stands against the applicant's word. No law bars her for it: it is shown, no more. */
async function withCredit(house: House, view: CaseView, matter: Matter<CaseData>, caller: Caller): Promise<CaseView> {
  const { application } = matter.data
  if (caller.kind !== 'officer' || !application?.commitment || !permits(caller, 'cases.readCredit', { scope: 'any' })) return view
  const found = await creditOfIdentity(house.db, application.applicant.idType, application.applicant.idNumber)
  recordRead(house, caller, found.flatMap(({ partyIds }) => partyIds), matter.id, 'credit', '办理告知承诺事项', matter.organisationId)
  return { ...view, credit: found.map((one) => one.view) }
}

/** The case as its act left it, without another read: what the caller may do next is asked by the page. */
function actAnswer(house: House, answer: ActAnswer) {
  const matter = answer.matter as unknown as Matter<CaseData>
  const view = caseView(house, { matter, clocks: answer.clocks, tasks: answer.tasks, history: [], papers: [] }, answer.caller)
  const { history: _history, papers: _papers, ...rest } = view
  return { ...rest, receipt: answer.receipt, ...(answer.result === undefined ? {} : { result: answer.result }) }
}

function filed(house: House, answer: ActAnswer): Omit<FiledView, 'history' | 'papers'> {
  return { ...actAnswer(house, answer), trackCode: (answer.result as { trackCode: string }).trackCode }
}

/** The drawing the case runs by, its live steps marked; for whoever may know the case. */
async function diagramOf(house: House, caseNo: string, caller: Caller, language: Language, direction: Direction): Promise<string> {
  const found = await findMatter(house.db, caseNo)
  const procedure = found?.matter.procedure
  if (!procedure || (caller.kind === 'applicant' && !mayReadPersons(found.matter, caller, found.tasks))) throw refuse('not-found', { no: caseNo })
  const { definition, net, name } = house.procedures.get(procedure.id, procedure.version)
  return renderSvg(definition, { language, live: net.liveSteps(procedure.state), done: found.tasks.filter((task) => task.state === 'done').map((task) => task.step), title: `${name[language]} ${caseNo}`, direction })
}

async function explain(house: House, caseNo: string, clockId: string) {
  const found = await findMatter(house.db, caseNo)
  const clock = found?.clocks.find((one) => one.id === clockId)
  if (!found || !clock) throw refuse('not-found', { no: caseNo })
  const rule = house.clockRule(clock.rule, clock.ruleVersion)
  return { id: clock.id, rule: clock.rule, article: clock.article, dueOn: clock.dueOn, provisional: clock.provisional, light: lightOf(clock, rule, house.time.now(), house.calendar()), days: explainClock(clock, rule, house.calendar(), house.time.today()) }
}

async function tasksFor(house: House, caller: Caller, query: { scope: 'mine' | 'post' | 'organisation'; page: number; size: number }) {
  if (caller.kind !== 'officer') throw refuse('not-found', { no: '' })
  const { tasks, total } = await findTasks(house.db, {
    personId: caller.personId, roles: caller.posts.map((post) => ({ organisationId: post.organisationId, role: post.role })),
    organisationIds: [...new Set(caller.posts.map((post) => post.organisationId))], scope: query.scope, ownLimit: JUDGING_STEPS, limit: query.size, offset: (query.page - 1) * query.size,
  })
  recordRead(house, caller, tasks.flatMap(({ matter }) => matter.partyIds), null, 'list', '办理')
  return {
    total,
    tasks: tasks.map(({ task, matter, dueAt, clocks }) => {
      const data = matter.data as unknown as CaseData
      return { ...taskView(house, matter, task, clocks, caller, actsOf(house, matter, task, caller)), dueAt: dueAt ? rfc3339(dueAt) : null, item: { code: matter.subject, name: data.item?.name ?? { zh: matter.subject, en: matter.subject } }, applicant: data.application?.applicant.name ?? '', stage: matter.stage, revision: matter.revision, openedAt: matter.openedAt }
    }),
  }
}

/** What the caller may do on a task in a list: acts its step names and her posts permit; the case itself judges the rest. */
function actsOf(house: House, matter: Matter, task: Task, caller: Officer): { act: string; step: string }[] {
  if (matter.kind !== 'case' || (task.state === 'claimed' && task.claimedBy !== caller.personId)) return []
  const { acts } = house.flow.kind('case')
  const named = matter.procedure && house.procedures.get(matter.procedure.id, matter.procedure.version).net.steps.get(task.step)?.extension.acts
  return (named ?? []).filter((act) => {
    const spec = acts[act]
    return spec?.from.includes(matter.stage) && findActor(spec.by, caller, { organisationId: matter.organisationId, stepsOf: [task.organisationId], dutyOf: house.flow.kind('case').dutyOf?.(matter.data, act) ?? [], subject: matter.subject, partyIds: matter.partyIds, act, actName: spec.name }) !== null
  }).map((act) => ({ act, step: task.step }))
}

async function listFor(house: House, caller: Caller, query: { q?: string; stage?: string; item?: string; light?: string; page: number }) {
  const size = 50
  if (caller.kind === 'applicant') {
    const { matters, total } = await mattersOfParties(house.db, partiesOf(caller), size, (query.page - 1) * size, scopeOf(caller))
    return { total, cases: matters.filter((matter) => matter.kind === 'case').map((matter) => ({ caseNo: matter.no, stage: matter.stage, revision: matter.revision, item: { code: matter.subject, name: (matter.data as unknown as CaseData).item.name }, openedAt: matter.openedAt })) }
  }
  if (caller.kind !== 'officer') throw refuse('not-found', { no: '' })
  const all = caller.permissions.includes('cases.readAll') || caller.permissions.includes('cases.file')
  const { cases, total } = await listCases(house.db, { organisationIds: all ? null : [...new Set(caller.posts.map((post) => post.organisationId))], ...query, limit: size, offset: (query.page - 1) * size })
  recordRead(house, caller, cases.flatMap(({ matter }) => matter.partyIds), null, 'list', '办理')
  return {
    total,
    cases: cases.map(({ matter, applicantName, dueAt, announced }) => ({
      caseNo: matter.no, stage: matter.stage, revision: matter.revision, item: { code: matter.subject, name: matter.data.item.name }, applicant: applicantName,
      organisation: house.organisations.get(matter.organisationId).name, openedAt: matter.openedAt, dueAt: dueAt ? rfc3339(dueAt) : null, light: announced,
    })),
  }
}
