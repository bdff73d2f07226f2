import { randomUUID } from 'node:crypto'
import type { Json } from '../../../base/canonical-json.ts'
import { daysBetween, type CivilDay } from '../../../base/civil-day.ts'
import type { InputError } from '../../../base/refusal.ts'
import type { Actor, ClockChange, Consequence, OpenSpec, RowChange, RuleContext } from '../../../kernel/flow/types.ts'
import type { Queryable } from '../../../kernel/db/database.ts'
import { tell } from '../notices.ts'
import type { Item } from '../../catalog/contract.ts'
import type { CaseData } from '../case.ts'
import { ACT_INPUTS, type ApplicationInput, type DraftInput } from '../contract.ts'
import { documentNo, paper } from '../documents.ts'
import { refuse } from '../errors.ts'
import { newTrackCode, trackHashOf } from '../track-code.ts'
import { GROUNDS } from '../grounds.ts'
import { clocksOnReceipt, stopClocks, windowCloses } from '../limits.ts'
import { addMaterials, onPaper } from '../materials.ts'
import { notPresented } from '../not-presented.ts'
import type { CaseParts, IntakeFacts } from '../parts.ts'
import { goesOnWith, unpresented, type Identity } from '../presenting.ts'
import { AT_COUNTER, factsOf, FILES_SQL, filesById, type FileFacts, intakeCode, intakeHead, itemOf, may, paperHead, PARTY, readFiles, useFiles, type CaseAct, type CaseMatter } from './common.ts'

type Opening = Omit<RuleContext, 'clocks' | 'tasks' | 'live' | 'step'> & { readonly matterId: string }

/** Opening acts: a draft, or the whole application at once. */
export const openings = (parts: CaseParts) => ({
  saveDraft: {
    name: { zh: '保存草稿', en: 'Save draft' }, input: ACT_INPUTS.saveDraft, by: [PARTY, AT_COUNTER],
    read: (db: Queryable, input: DraftInput) => readDraftFiles(db, input),
    decide: (input: DraftInput, context: Opening) => {
      const item = applicableItem(parts, input.itemCode)
      return { ...begin(parts, item, context), stage: 'draft', data: { ...emptyCase(item), draft: input }, ground: GROUNDS.draft, rows: fileRows(input.materials, context, context.matterId) }
    },
  } satisfies OpenSpec<CaseData, DraftInput>,
  submit: {
    name: { zh: '提交申请', en: 'Submit' }, input: ACT_INPUTS.submit, by: [PARTY, AT_COUNTER],
    read: (db: Queryable, input: ApplicationInput, { actor }) => readIntake(db, input, actor, []),
    decide: (input: ApplicationInput, context: Opening) => {
      const item = applicableItem(parts, input.itemCode)
      const start = begin(parts, item, context)
      const matter = { id: context.matterId, no: '', partyIds: start.partyIds, data: emptyCase(item) } as unknown as CaseMatter
      return { ...start, ...submitted(parts, item, matter, input, context, newTrackCode()), stage: 'submitted' as const, data: filed(parts, item, matter.data, input, context) }
    },
  } satisfies OpenSpec<CaseData, ApplicationInput>,
})

export const intakeActs = (parts: CaseParts) => ({
  saveDraft: {
    name: { zh: '保存草稿', en: 'Save draft' }, input: ACT_INPUTS.saveDraft, from: ['draft'], by: [PARTY, AT_COUNTER],
    read: (db, _matter, input) => readDraftFiles(db, input),
    decide: (matter, input, context) => ({ data: { ...matter.data, draft: input }, ground: GROUNDS.draft, rows: fileRows(input.materials, context, matter.id) }),
  } satisfies CaseAct<'saveDraft'>,
  submit: {
    name: { zh: '提交申请', en: 'Submit' }, input: ACT_INPUTS.submit, from: ['draft'], by: [PARTY, AT_COUNTER],
    read: (db, matter, input, { actor }) => readIntake(db, input, actor, matter!.partyIds),
    decide: (matter, input, context) => {
      const item = applicableItem(parts, input.itemCode)
      if (item.code !== matter.data.item.code) throw refuse('no-such-item', { code: input.itemCode })
      // A new code with the application: it stands on the receipt, and whoever saw the draft's no longer knows it.
      const start = submitted(parts, item, matter, input, context, newTrackCode())
      // From now on Art. 32 runs; a look that was asked for beforehand is overtaken.
      return { ...start, ...preReviewOver(context, start.clocks), stage: 'submitted', data: filed(parts, item, matter.data, input, context) }
    },
  } satisfies CaseAct<'submit'>,
  discardDraft: {
    name: { zh: '放弃草稿', en: 'Discard draft' }, input: ACT_INPUTS.discardDraft, from: ['draft'], by: [PARTY, AT_COUNTER],
    decide: (matter, _input, context) => ({ ...preReviewOver(context), stage: 'withdrawn', closed: true, ground: GROUNDS.withdrawn, data: { ...matter.data, draft: undefined, ended: { kind: 'withdrawn', ground: GROUNDS.withdrawn.article, on: context.today, reasons: '' } } }),
  } satisfies CaseAct<'discardDraft'>,
  requestPreReview: {
    name: { zh: '申请预审', en: 'Ask for pre-review' }, input: ACT_INPUTS.requestPreReview, from: ['draft'], by: [PARTY, AT_COUNTER],
    decide: (matter, _input, context) => ({
      data: { ...matter.data, preReview: { askedOn: context.today } }, ground: GROUNDS.preReview,
      clocks: itemOf(parts, matter).preReviewLimit ? [{ do: 'start', rule: 'PRE.REVIEW', on: context.today, amount: itemOf(parts, matter).preReviewLimit!.amount }] : [],
      tasks: [{ do: 'open', step: 'preReview', role: 'clerk', organisationId: parts.centreId() ?? matter.organisationId }],
    }),
  } satisfies CaseAct<'requestPreReview'>,
  preReview: {
    name: { zh: '预审', en: 'Pre-review' }, input: ACT_INPUTS.preReview, from: ['draft'], by: [may('cases.receive'), AT_COUNTER],
    decide: (matter, input, context) => ({
      data: { ...matter.data, preReview: { askedOn: matter.data.preReview?.askedOn ?? context.today, ready: input.ready, remarks: input.remarks } }, ground: GROUNDS.preReview,
      ...preReviewOver(context),
    }),
  } satisfies CaseAct<'preReview'>,
  receive: {
    name: { zh: '接收材料', en: 'Receive materials' }, input: ACT_INPUTS.receive, from: ['submitted'], by: [may('cases.receive')],
    decide: (matter, input, context) => {
      if (matter.data.receivedOn) throw refuse('already-received', { day: matter.data.receivedOn })
      const item = itemOf(parts, matter)
      const data: CaseData = { ...matter.data, receivedOn: context.today, materials: addMaterials(matter.data.materials, input.materials, item, context.today) }
      return { data, ...receivedNow(parts, item, { ...matter, data }, context) }
    },
  } satisfies CaseAct<'receive'>,
})

/** Pre-review is done or overtaken: its clock stops and nobody has it on the table any more. */
const preReviewOver = (context: RuleContext, more: readonly ClockChange[] = []): Pick<Consequence<CaseData>, 'clocks' | 'tasks'> =>
  ({ clocks: [...stopClocks(context.clocks, ['PRE.REVIEW']), ...more], tasks: [{ do: 'close', step: 'preReview' }] })

/** What the law wants to be true of an application before it counts as one; everything wrong is told at once. */
export function checkApplication(parts: CaseParts, item: Item, input: ApplicationInput, today: CivilDay): readonly InputError[] {
  const errors: InputError[] = []
  const bad = (path: string, code: string, zh: string, en: string): void => { errors.push({ path, code, message: { zh, en } }) }
  const { applicant, representative, agent } = input
  if (!parts.isIdentity(applicant.idType, applicant.idNumber)) bad('/applicant/idNumber', 'identity', '证件号码不正确', 'The identity number is not valid')
  if (agent) {
    if (item.inPersonOnly) bad('/agent', 'agent-not-allowed', `该事项依法须本人到场（${item.inPersonOnly.article}）`, `The law requires the applicant in person (${item.inPersonOnly.article})`)
    if (!parts.isIdentity(agent.idType, agent.idNumber)) bad('/agent/idNumber', 'identity', '代理人证件号码不正确', 'The agent’s identity number is not valid')
    if (agent.validTo < today) bad('/agent/validTo', 'expired', '授权委托书已经到期', 'The power of attorney has expired')
  }
  if (representative && !parts.isIdentity(representative.idType, representative.idNumber)) bad('/representative/idNumber', 'identity', '证件号码不正确', 'The identity number is not valid')
  if (applicant.kind === 'person' && isMinor(birthDayOf(applicant), today) && representative?.relation !== 'guardian')
    bad('/representative', 'guardian-needed', '未成年人由监护人代为申请（民法典 第十九条、第二十条）', 'A minor applies through a guardian')
  if (item.formId) errors.push(...parts.formErrors(item.formId, input.form).map((error) => ({ ...error, path: `/form${error.path}` })))
  if (input.commitment && !item.commitment) bad('/commitment', 'no-commitment', '该事项不适用告知承诺制', 'Notice-and-commitment does not apply to this item')
  for (const material of input.deferred?.materials ?? []) {
    if (!item.deferredAcceptance?.materials.includes(material)) bad('/deferred/materials', 'deferred-not-allowed', `“${material}”不在容缺受理范围内`, `“${material}” may not follow later`)
  }
  return errors
}

function birthDayOf(applicant: ApplicationInput['applicant']): CivilDay | null {
  if (applicant.birthDay) return applicant.birthDay as CivilDay
  const id = applicant.idNumber
  return applicant.idType === '111' && id.length === 18 ? `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}` as CivilDay : null
}

/** 民法典 第十七条: under eighteen. The birthday itself makes of age. */
export function isMinor(birthDay: CivilDay | null, today: CivilDay): boolean {
  if (!birthDay) return false
  const adult = `${Number(birthDay.slice(0, 4)) + 18}${birthDay.slice(4)}` as CivilDay
  return daysBetween(today, adult) > 0
}

function filed(parts: CaseParts, item: Item, before: CaseData, input: ApplicationInput, context: Opening | RuleContext): CaseData {
  assertLawful(parts, item, input, context)
  const { itemCode: _item, materials, form, ...application } = input
  const waitsForPaper = materials.some(onPaper) && input.channel === 'online'
  return {
    ...before, ...acceptingBody(parts, item, form), draft: undefined, application, form, materials: addMaterials(before.materials, materials, item, context.today),
    ...(item.trigger === 'windowClosed' ? { windowEndsOn: windowCloses(item, context.today) } : {}),
    submittedOn: context.today, receivedOn: waitsForPaper ? null : context.today,
    deferred: input.deferred ? { materials: input.deferred.materials, materialNames: input.deferred.materials.map((id) => item.materials.find((one) => one.id === id)!.name), dueOn: context.calendar.addWorkingDays(context.today, item.deferredAcceptance!.workingDays).day, outcome: item.deferredAcceptance!.outcome, onMissed: item.deferredAcceptance!.onMissed, suppliedOn: null, missed: null } : null,
  }
}

/** The sub-district office the applicant named; it is fixed with the filing and does not move with a later correction of the form. */
function acceptingBody(parts: CaseParts, item: Item, form: Readonly<Record<string, unknown>>): Pick<CaseData, 'accepting'> {
  if (!item.acceptingBody) return {}
  const office = parts.subdistrict(String(form[item.acceptingBody.field] ?? ''))
  if (!office) throw refuse('no-accepting-body')
  return { accepting: { organisationId: office.id, code: office.code, name: office.name, by: item.acceptingBody.by, article: item.acceptingBody.article } }
}

function assertLawful(parts: CaseParts, item: Item, input: ApplicationInput, context: Opening | RuleContext): void {
  const errors = checkApplication(parts, item, input, context.today)
  if (errors.length > 0) throw refuse('invalid-application', { count: errors.length }, { errors })
  const facts = context.facts as IntakeFacts
  assertPresented(input, facts, context.actor)
  if (facts.barredUntil && facts.barredUntil >= context.today) throw refuse('reapplication-bar', { day: facts.barredUntil, article: GROUNDS.reapplicationBar.article })
  for (const route of item.routing) if (parts.feel(route.when, input.form)) throw refuse('other-body-competent', { body: route.to, article: route.article })
}

/** Who applies online is who the account is, or acts for whom it may; what was begun online goes on with whoever began it. */
function assertPresented(input: ApplicationInput, { presenting, drafters = [] }: IntakeFacts, actor: Actor): void {
  if (actor.kind === 'officer') {
    const other = drafters.find((drafter) => !goesOnWith(input, drafter))
    if (other) throw refuse('draft-of-another', { party: other.name })
    return
  }
  if (actor.kind !== 'applicant') return
  if (!presenting) throw new Error(`account ${actor.accountId} applies without a party behind it`)
  const wrong = unpresented(input, presenting)
  if (wrong) throw notPresented(wrong, input.applicant.name, presenting)
}

/** The act of submitting: the procedure begins and, where everything is there electronically, the materials are received. */
function submitted(parts: CaseParts, item: Item, matter: CaseMatter, input: ApplicationInput, context: Opening | RuleContext, trackCode: string) {
  const data = filed(parts, item, matter.data, input, context)
  const received = data.receivedOn ? receivedNow(parts, item, { ...matter, data }, context, trackCode) : null
  const atCounter = context.actor.kind === 'officer' ? registered(input, context) : null
  const rows: Consequence<CaseData>['rows'] = [
    ...(atCounter?.rows ?? []),
    ...fileRows(input.materials, context, matter.id),
    ...useFiles([...(input.agent ? [input.agent.authorityFileId] : []), ...(input.deferred?.promiseFileId ? [input.deferred.promiseFileId] : [])], context, matter.id, 'application'),
    filingRow(matter.id, input, item.code, context.today),
    ...(received?.rows ?? []),
    ...confirmations(parts, { ...matter, data }, input, context),
  ]
  return {
    ground: item.itemType === '01' ? GROUNDS.apply : GROUNDS.applyService,
    procedure: [{ do: 'start' as const, id: item.procedureId!, version: parts.procedureVersion(item.procedureId!), facts: factsOf(data) }],
    clocks: received?.clocks ?? [],
    trackHash: trackHashOf(trackCode), result: { trackCode },
    ...(atCounter ? { partyIds: [...new Set([...matter.partyIds, atCounter.partyId])] } : {}),
    rows,
    public: { item: item.code, received: data.receivedOn, channel: input.channel },
  }
}

/** 送达地址及方式确认书, and 授权委托书 where somebody acts for the applicant (行政许可法 第二十九条). */
function confirmations(parts: CaseParts, matter: CaseMatter, input: ApplicationInput, context: Opening | RuleContext): RowChange[] {
  const on = context.today
  const head = paperHead(matter, on)
  const no = (kind: 'serviceAddress' | 'authority'): string => documentNo(parts, matter.data.departmentCode, kind, matter.no, on)
  const { mode, address, consent } = input.service
  return [
    paper('serviceAddress', matter, context, no('serviceAddress'), { ...head, mode, address: address ?? input.applicant.address ?? null, consent, articles: ['民事诉讼法 送达规定（参照）'] }),
    ...(input.agent ? [paper('authority', matter, context, no('authority'), { ...head, scope: input.agent.scope, validTo: input.agent.validTo, articles: ['行政许可法 第二十九条'] })] : []),
  ]
}

/** Whoever stands at the counter is in the register of parties, found or written with this act: messages reach her, and her matters are hers. */
function registered(input: ApplicationInput, context: Opening | RuleContext): { readonly partyId: string; readonly rows: readonly RowChange[] } {
  const { party } = context.facts as IntakeFacts
  const { kind, idType, idNumber, name, phone, email, address } = input.applicant
  const row = { id: party!.id, kind, id_type: idType, id_number: idNumber, name, phone, email: email ?? '', address: address ?? '', created_at: context.now }
  return { partyId: party!.id, rows: party!.known ? [] : [{ op: 'insert', table: 'access.party', row }] }
}

/** Day zero of the five days; the receipt of materials names each piece, original or copy, how many, when and by whom (practice 1). */
function receivedNow(parts: CaseParts, item: Item, matter: CaseMatter, context: Opening | RuleContext, trackCode: string | null = null): Pick<Consequence<CaseData>, 'clocks' | 'rows' | 'ground' | 'public'> {
  const on = matter.data.receivedOn!
  return {
    ground: GROUNDS.received,
    clocks: clocksOnReceipt(item, on, matter.data.application!.commitment),
    public: { received: on },
    rows: [
      paper('materialsReceipt', matter, context as RuleContext, documentNo(parts, intakeCode(matter.data), 'materialsReceipt', matter.no, on), {
        ...intakeHead(matter, on),
        receivedAt: context.now.toISOString(), trackCode, post: (context.actor.post?.name ?? { zh: '网上受理系统', en: 'Online system' }) as unknown as Json,
        materials: matter.data.materials.map((material) => ({ name: (item.materials.find((known) => known.id === material.materialId)?.name ?? { zh: material.materialId, en: material.materialId }) as unknown as Json, form: material.form, copies: material.copies, originalSeen: material.originalSeen ?? false })),
        deferred: (matter.data.deferred ?? null) as unknown as Json,
        articles: ['行政许可法 第三十二条'],
      }),
      ...tell('received', context),
    ],
  }
}

function begin(parts: CaseParts, item: Item, context: Opening) {
  const trackCode = newTrackCode()
  const organisationId = parts.organisationId(item.implementingBody.code)
  if (!organisationId) throw refuse('not-applicable-here', { item: item.name })
  return {
    organisationId, organisationCode: item.implementingBody.code, subject: item.code,
    partyIds: context.actor.partyId ? [context.actor.partyId] : [],
    numberPrefix: `${parts.numberMark(item.implementingBody.code)}-${context.today.slice(0, 4)}-`,
    trackHash: trackHashOf(trackCode), result: { trackCode },
  }
}

function applicableItem(parts: CaseParts, code: string): Item {
  const item = parts.item(code)
  if (!item) throw refuse('no-such-item', { code })
  if (!item.applicable || !item.procedureId) throw refuse('not-applicable-here', { item: item.name })
  return item
}

export function emptyCase(item: Item): CaseData {
  return {
    item: { code: item.code, version: item.version, name: item.name, itemType: item.itemType },
    departmentName: item.implementingBody.name, departmentCode: item.implementingBody.code,
    application: null, form: {}, materials: [], submittedOn: null, receivedOn: null, acceptedOn: null, deemedAccepted: false, deferred: null, preReview: null,
    supplements: [], opinions: [], clarifications: [], pauses: [], extension: null, delayReason: null, interestedParties: [], payment: null, decision: null,
    certificate: null, seals: [], services: [], delivery: null, ended: null, handOvers: [], volume: null,
  }
}

function filingRow(matterId: string, input: ApplicationInput, itemCode: string, today: CivilDay): RowChange {
  return { op: 'upsert', table: 'cases.filing', key: ['matter_id'], row: {
    matter_id: matterId, item_code: itemCode, applicant_name: input.applicant.name, id_number: input.applicant.idNumber,
    agent_id_number: input.agent?.idNumber ?? null, phone: input.applicant.phone, submitted_on: today,
  } }
}

const fileOf = (material: { readonly fileId: string | null }): readonly string[] => (material.fileId === null ? [] : [material.fileId])
const filesOf = (input: ApplicationInput): readonly string[] =>
  [...input.materials.flatMap(fileOf), ...(input.agent ? [input.agent.authorityFileId] : []), ...(input.deferred?.promiseFileId ? [input.deferred.promiseFileId] : [])]

const fileRows = (materials: readonly { readonly fileId: string | null }[], context: Opening | RuleContext, matterId: string): RowChange[] =>
  useFiles(materials.flatMap(fileOf), context, matterId, 'material')

const readDraftFiles = async (db: Queryable, { materials }: DraftInput): Promise<IntakeFacts> => ({ files: await readFiles(db, materials.flatMap(fileOf)), barredUntil: null })

/** The files named, whether a bar to re-applying stands (许可法 78, 79), the applicant in the register, and who presents the application: asked at once. */
async function readIntake(db: Queryable, input: ApplicationInput, actor: Actor, drafterIds: readonly string[]): Promise<IntakeFacts> {
  const { idType, idNumber } = input.applicant
  const [row] = await db.prepared<{ files: FileFacts; until_on: CivilDay | null; party: string | null; acting: Identity | null; holder: Identity | null; drafters: readonly Identity[] }>('cases_intake', `
select ${FILES_SQL('$1')} as files,
       (select max(b.until_on) from cases.bar b where b.id_type = $2 and b.id_number = $3 and b.item_code = $4) as until_on,
       (select p.id from access.party p where p.id_type = $2 and p.id_number = $3 and not p.declared and p.merged_into is null) as party,
       (select ${IDENTITY} from access.party p join access.party k on k.id = coalesce(p.merged_into, p.id) where p.id = $5) as acting,
       (select ${IDENTITY} from access.account a join access.party k on k.id = a.party_id where a.id = $6) as holder,
       (select coalesce(json_agg(${IDENTITY}), '[]') from access.party p join access.party k on k.id = coalesce(p.merged_into, p.id) where p.id = any($7::uuid[])) as drafters`,
  [filesOf(input), idType, idNumber, input.itemCode, actor.partyId, actor.kind === 'applicant' ? actor.accountId : null, actor.kind === 'officer' ? drafterIds : []])
  const { acting, holder, drafters } = row!
  return {
    files: filesById(row!.files), barredUntil: row!.until_on, party: row!.party === null ? { id: randomUUID(), known: false } : { id: row!.party, known: true },
    presenting: acting && holder ? { acting, holder } : undefined, drafters,
  }
}
const IDENTITY = `json_build_object('idType', k.id_type, 'idNumber', k.id_number, 'name', k.name)`
