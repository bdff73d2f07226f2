import type { z } from 'zod'
import type { Bilingual, Language } from '../../../base/text.ts'
import { identityType, normaliseIdNumber } from '../../../kernel/access/identity-types.ts'
import { agenciesOf, type Agency } from '../../../kernel/access/agencies.ts'
import { getParty, type Party } from '../../../kernel/access/parties.ts'
import type { Applicant, Caller } from '../../../kernel/access/types.ts'
import { mayKnow } from '../../../kernel/flow/actor.ts'
import { findMatter } from '../../../kernel/flow/read.ts'
import type { Matter } from '../../../kernel/flow/types.ts'
import type { FormDefinition, FormSection, Item, Material } from '../../catalog/contract.ts'
import type { CaseData } from '../case.ts'
import { AgentInput, PartyInput, RepresentativeInput, ServiceInput, type ApplicationInput, type DraftInput, type MaterialInput } from '../contract.ts'
import { refuse } from '../errors.ts'
import { notPresented } from '../not-presented.ts'
import { unpresented, type Presenting } from '../presenting.ts'
import { missingMaterials, neededMaterials } from '../materials.ts'
import type { CasePagesDeps } from './deps.ts'

/** A draft as the pages of an application see it: what was typed, beside the guide it is for. */
export interface Draft {
  readonly caseNo: string
  readonly revision: number
  readonly item: Item
  readonly form: FormDefinition | null
  readonly input: DraftInput
  readonly preReview: CaseData['preReview']
  /** Who the account is: the application must be its own, or for whom its holder may apply. */
  readonly presenting: Presenting
}

/** The draft, or the case where it was sent already: then there is nothing left to fill in. Refuses 404 for all others. */
export async function findDraft(deps: CasePagesDeps, caseNo: string, caller: Caller): Promise<Draft | null> {
  const found = await findMatter(deps.house.db, caseNo)
  const matter = found?.matter as Matter<CaseData> | undefined
  if (!matter || matter.kind !== 'case' || caller.kind !== 'applicant' || !mayKnow(caller, matter)) throw refuse('not-found', { no: caseNo })
  if (matter.stage !== 'draft' || matter.data.draft === undefined) return null
  const { code, version } = matter.data.item
  // A service withdrawn meanwhile can still be read here; sending it is refused by the act.
  const item = deps.items.find(code, deps.house.time.today()) ?? deps.items.version(code, version)
  const acting = await getParty(deps.house.db, caller.partyId)
  const holder = caller.ownPartyId === undefined || caller.ownPartyId === caller.partyId ? acting : await getParty(deps.house.db, caller.ownPartyId)
  return { caseNo, revision: matter.revision, item, form: item.formId === null ? null : deps.items.form(item.formId), input: matter.data.draft, preReview: matter.data.preReview, presenting: { acting, holder } }
}

export const WHO = ['self', 'agentPerson', 'agentOrganisation', 'guardian'] as const
export type Who = (typeof WHO)[number]

/** What a draft begins with: everything the account already told, so that it is asked once. */
export async function newDraft(deps: CasePagesDeps, item: Item, caller: Applicant, who: Who, agency: Agency | null): Promise<DraftInput> {
  const own = await getParty(deps.house.db, caller.ownPartyId ?? caller.partyId)
  const acting = await getParty(deps.house.db, caller.partyId)
  const person = { name: own.name, idType: own.idType, idNumber: own.idNumber, phone: own.phone }
  const applicant = who === 'self' ? fieldsOf(acting) : { kind: who === 'agentOrganisation' ? 'organisation' : 'person', idType: who === 'agentOrganisation' ? '001' : '111' }
  const agent = agency !== null ? { ...person, scope: scopeText(deps, agency), validTo: agency.validTo ?? undefined, authorityFileId: agency.authorityFileId } : who === 'agentPerson' || who === 'agentOrganisation' ? person : null
  const generated = item.materials.filter((material) => isGenerated(item, material)).map(({ id }): MaterialInput => ({ materialId: id, fileId: null, form: 'electronic', copies: 1 }))
  return {
    itemCode: item.code, applicant, agent, representative: who === 'guardian' ? { relation: 'guardian', ...person } : null,
    service: {}, form: prefilled(item.formId === null ? null : deps.items.form(item.formId), applicant, agent !== null),
    materials: agency === null ? generated : withAuthority(item, generated, agency.authorityFileId!),
  }
}

/** The agency under which the caller acts, where its power of attorney was seen and scanned at a counter; null for herself and for her own organisation's account. */
export async function agencyOf(deps: CasePagesDeps, caller: Applicant): Promise<Agency | null> {
  if (caller.ownPartyId === undefined || caller.ownPartyId === caller.partyId) return null
  const agency = (await agenciesOf(deps.house.db, caller.accountId, deps.house.time.today())).find((one) => one.chosen)
  return agency === undefined || agency.authorityFileId === null ? null : agency
}

/** As the power of attorney of the application says it, in Chinese like the paper. */
const scopeText = (deps: CasePagesDeps, { scope }: Agency): string =>
  (scope.length === 0 ? '代为办理各项政务服务事项' : `代为办理：${scope.map((code) => deps.items.find(code, deps.house.time.today())?.name.zh ?? code).join('、')}`).slice(0, 300)

/** The guide's own power of attorney is the agent's: it is asked for once. */
export const withAuthority = (item: Item, materials: readonly MaterialInput[], fileId: string): MaterialInput[] =>
  item.materials.some(({ id, demanded }) => id === 'powerOfAttorney' && demanded) ? withMaterial(materials, { materialId: 'powerOfAttorney', fileId, form: 'electronic', copies: 1 }) : [...materials]

/** The application form itself: filled in online it need not be uploaded once more (its guide says so). */
export const isGenerated = (item: Item, material: Material): boolean => material.id === 'application' && item.formId !== null && material.form !== 'paper'

const fieldsOf = ({ kind, name, idType, idNumber, phone, email, address }: Party): Record<string, unknown> =>
  ({ kind, name, idType, idNumber, phone, ...(email === '' ? {} : { email }), ...(address === '' ? {} : { address }) })

/** Data elements whose value the applicant has given already. */
export function prefilled(form: FormDefinition | null, applicant: Readonly<Record<string, unknown>>, byAgent: boolean): Record<string, unknown> {
  const known: Record<string, unknown> = {
    contactPhone: applicant['phone'], email: applicant['email'], hasAgent: byAgent,
    ...(applicant['kind'] === 'organisation' ? { organisationName: applicant['name'], uscc: applicant['idType'] === '001' ? applicant['idNumber'] : undefined } : {}),
  }
  return Object.fromEntries((form?.sections ?? []).flatMap((section) => section.fields).flatMap(({ id }) => (known[id] === undefined || known[id] === '' ? [] : [[id, known[id]]])))
}

/** Fields of a form that an earlier page has answered already: whether an agent applies is known from the first one. */
export const answered = (form: FormDefinition | null, draft: DraftInput): Record<string, unknown> =>
  (form?.sections ?? []).some((section) => section.fields.some(({ id }) => id === 'hasAgent')) ? { hasAgent: Boolean(draft.agent) } : {}

/** One page of an application. */
export interface Step { readonly id: string; readonly path: string; readonly title: Bilingual; readonly section?: FormSection }

/** The pages of this application in their order; what does not concern it is not among them. */
export function stepsOf(draft: Draft): readonly Step[] {
  const base = `/apply/draft/${encodeURIComponent(draft.caseNo)}`
  const step = (id: string, zh: string, en: string): Step => ({ id, path: `${base}/${id}`, title: { zh, en } })
  return [
    step('applicant', '申请人', 'Applicant'),
    ...(draft.input.agent ? [step('agent', '代理人', 'Agent')] : []),
    ...(draft.input.representative?.['relation'] === 'guardian' ? [step('guardian', '监护人', 'Guardian')] : []),
    ...(draft.form?.sections ?? []).map((section) => ({ id: `form-${section.id}`, path: `${base}/form/${encodeURIComponent(section.id)}`, title: section.title, section })),
    ...(draft.item.commitment === null ? [] : [step('commitment', '办理方式', 'How it is decided')]),
    step('materials', '申请材料', 'Materials'),
    step('service', '送达方式', 'Service of papers'),
    step('review', '核对并提交', 'Check and send'),
  ]
}

export const commitmentOf = (draft: DraftInput): boolean => draft.service['commitment'] === true

/** Materials this application has to show, optional ones too; what is shared comes last. */
export function materialsOf(deps: CasePagesDeps, draft: Draft): { readonly bring: readonly Material[]; readonly shared: readonly Material[]; readonly missing: readonly Material[]; readonly deferrable: readonly Material[] } {
  const { item, input } = draft
  const replaced = commitmentOf(input) ? (item.commitment?.replaces ?? []) : []
  const applies = (material: Material): boolean => !replaced.includes(material.id) && (material.neededWhen === null || deps.forms.holds(material.neededWhen, input.form))
  const needed = neededMaterials(item, input.form, commitmentOf(input), { feel: deps.forms.holds })
  const lacking = missingMaterials(needed, input.materials.map((one) => ({ ...one, on: '' as never, version: 1 })), [])
  const may = item.deferredAcceptance?.materials ?? []
  return {
    bring: item.materials.filter((material) => material.demanded && applies(material)), shared: item.materials.filter((material) => !material.demanded && applies(material)),
    missing: lacking.filter((material) => !may.includes(material.id)), deferrable: lacking.filter((material) => may.includes(material.id)),
  }
}

/** Something wrong or lacking: on which page, at which field. */
export interface Problem { readonly step: string; readonly name: string; readonly message: string }

/** Everything that still stands in the way of sending it, page by page. */
export function problemsOf(deps: CasePagesDeps, draft: Draft, language: Language): readonly Problem[] {
  const { input, form } = draft
  const sections = (form?.sections ?? []).flatMap((section) => section.fields.map((field) => ({ field: field.id, step: `form-${section.id}` })))
  return [
    ...partyProblems(input.applicant, language).map((one) => ({ ...one, step: 'applicant' })),
    ...(input.agent ? agentProblems(input.agent, language).map((one) => ({ ...one, step: 'agent' })) : []),
    ...(input.representative?.['relation'] === 'guardian' ? guardianProblems(input.representative, language).map((one) => ({ ...one, step: 'guardian' })) : []),
    ...presentedProblems(draft, input, language),
    ...(form === null ? [] : deps.forms.validateForm(form, input.form, '').map((error) => {
      const name = error.path.slice(1)
      return { step: sections.find((one) => one.field === name)?.step ?? 'review', name, message: error.message[language] }
    })),
    ...materialsOf(deps, draft).missing.map((material) => ({ step: 'materials', name: `file-${material.id}`, message: SAY.material[language].replace('{name}', material.name[language] || material.name.zh) })),
    ...serviceProblems(input.service, language).map((one) => ({ ...one, step: 'service' })),
  ]
}

const SAY = {
  fill: { zh: '请填写{label}', en: 'Fill in: {label}' },
  wrong: { zh: '{label}不正确，请核对', en: 'This is not right: {label}' },
  material: { zh: '还缺“{name}”', en: '“{name}” is missing' },
  consent: { zh: '选择电子送达的，请勾选“我同意电子送达”', en: 'For electronic service, tick that you consent to it' },
} as const
export const LABELS: Readonly<Record<string, Bilingual>> = {
  kind: { zh: '申请人类别', en: 'kind of applicant' }, name: { zh: '姓名或名称', en: 'name' }, idType: { zh: '证件类型', en: 'kind of document' }, idNumber: { zh: '证件号码', en: 'document number' },
  phone: { zh: '联系电话', en: 'telephone' }, email: { zh: '电子邮箱', en: 'e-mail' }, address: { zh: '地址', en: 'address' }, birthDay: { zh: '出生日期', en: 'date of birth' },
  authorityFileId: { zh: '授权委托书', en: 'power of attorney' }, scope: { zh: '委托权限', en: 'scope of the authority' }, validTo: { zh: '委托期限', en: 'until when the authority holds' },
  mode: { zh: '送达方式', en: 'manner of service' }, consent: { zh: '同意电子送达', en: 'consent to electronic service' }, relation: { zh: '关系', en: 'relation' },
}

/** Where the application is not the account's own, nor its holder's as agent or guardian: said once the document itself is in order. */
export function presentedProblems({ presenting }: Pick<Draft, 'presenting'>, input: DraftInput, language: Language): readonly Problem[] {
  const wrong = unpresented(input, presenting)
  if (wrong === null || partyProblems(input.applicant, language).length > 0) return []
  const step = wrong.path === '/agent/idNumber' ? 'agent' : wrong.path === '/representative/idNumber' ? 'guardian' : 'applicant'
  return [{ step, name: 'idNumber', message: notPresented(wrong, String(input.applicant['name'] ?? ''), presenting).in(language) }]
}

type Fault = Omit<Problem, 'step'>
/** What a schema has against what was typed, in the page's words; one fault a field. */
function faults(schema: z.ZodType, value: unknown, given: Readonly<Record<string, unknown>>, language: Language): Fault[] {
  const parsed = schema.safeParse(value)
  const names = parsed.success ? [] : [...new Set(parsed.error.issues.map((issue) => String(issue.path[0] ?? 'name')))]
  return names.map((name) => {
    const empty = given[name] === undefined || given[name] === ''
    return { name, message: SAY[empty ? 'fill' : 'wrong'][language].replace('{label}', LABELS[name]?.[language] ?? name) }
  })
}

function withIdentity(found: Fault[], given: Readonly<Record<string, unknown>>, language: Language): Fault[] {
  const { idType, idNumber } = given
  if (found.some(({ name }) => name === 'idNumber' || name === 'idType') || typeof idType !== 'string' || typeof idNumber !== 'string') return found
  return identityType(idType)?.isNumber(normaliseIdNumber(idNumber)) ? found : [...found, { name: 'idNumber', message: SAY.wrong[language].replace('{label}', LABELS['idNumber']![language]) }]
}

export const partyProblems = (given: Readonly<Record<string, unknown>>, language: Language): Fault[] => withIdentity(faults(PartyInput, given, given, language), given, language)
export const agentProblems = (given: Readonly<Record<string, unknown>>, language: Language): Fault[] => withIdentity(faults(AgentInput, given, given, language), given, language)
export const guardianProblems = (given: Readonly<Record<string, unknown>>, language: Language): Fault[] => withIdentity(faults(RepresentativeInput, given, given, language), given, language)
export const serviceProblems = (given: Readonly<Record<string, unknown>>, language: Language): Fault[] => {
  const { commitment: _commitment, ...service } = given
  return faults(ServiceInput, { consent: false, ...service }, given, language).map((fault) => (fault.name === 'consent' ? { ...fault, message: SAY.consent[language] } : fault))
}

/** The whole application as the act wants it; what is wrong with it the act says itself. */
export function applicationOf(draft: Draft, deferred: readonly Material[]): Record<keyof ApplicationInput, unknown> {
  const { input } = draft
  const { commitment: _commitment, ...service } = input.service
  return {
    itemCode: draft.item.code, applicant: input.applicant, representative: input.representative ?? null, agent: input.agent ?? null, service: { consent: false, ...service },
    form: input.form, materials: input.materials, deferred: deferred.length === 0 ? null : { materials: deferred.map(({ id }) => id), promiseFileId: null, signed: true },
    commitment: commitmentOf(input), channel: 'online',
  }
}

/** The same material again takes the place of what was there. */
export const withMaterial = (materials: readonly MaterialInput[], one: MaterialInput): MaterialInput[] => [...materials.filter(({ materialId }) => materialId !== one.materialId), one]
