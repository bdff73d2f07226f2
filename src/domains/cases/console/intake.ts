import { compact, type FieldSpec, type Values } from '../../../kit/console/fields.tsx'
import type { Said } from '../../../kit/console/language.tsx'
import type { ApplicationInput, FoundDraft, MaterialInput } from '../contract.ts'
import type { GuideForm, GuideItem } from './guide.ts'
import { shownValues } from './item-form.tsx'

/** An intake as the counter types it; anything may be missing until it is submitted. */
export interface Intake {
  readonly itemCode: string | null
  readonly applicant: Values
  readonly representative: Values | null
  readonly agent: Values | null
  readonly service: Values
  readonly form: Values
  readonly materials: readonly MaterialInput[]
  readonly deferred: readonly string[]
  readonly promiseFileId: string | null
  readonly promiseSigned: boolean
  readonly commitment: boolean
  /** Begun online and gone on with here: it is this draft that is submitted. */
  readonly draft: { readonly caseNo: string; readonly revision: number } | null
}
export const EMPTY: Intake = {
  itemCode: null, applicant: { kind: 'person', idType: '111' }, representative: null, agent: null, service: { mode: 'counter', consent: false }, form: {}, materials: [], deferred: [], promiseFileId: null, promiseSigned: false, commitment: false, draft: null,
}
/** What the applicant typed online, as far as it had come. */
export function intakeOf({ caseNo, revision, input }: FoundDraft): Intake {
  const { commitment, ...service } = input.service
  return {
    ...EMPTY, itemCode: input.itemCode, applicant: { ...EMPTY.applicant, ...input.applicant }, representative: input.representative ?? null, agent: input.agent ?? null,
    service: { ...EMPTY.service, ...service }, form: input.form, materials: input.materials, commitment: commitment === true, draft: { caseNo, revision },
  }
}
export const isUntouched = (intake: Intake): boolean => JSON.stringify(intake) === JSON.stringify(EMPTY)

const label = (zh: string, en: string) => ({ zh, en })
/** GA/T 2000.156 codes that a counter meets. */
const PERSON_IDS = [
  ['111', label('居民身份证', 'Resident identity card')], ['112', label('临时居民身份证', 'Temporary identity card')], ['113', label('户口簿', 'Household register')], ['516', label('港澳居民来往内地通行证', 'Permit for Hong Kong and Macao residents')],
  ['511', label('台湾居民来往大陆通行证', 'Permit for Taiwan residents')], ['810', label('港澳居民居住证', 'Residence permit (Hong Kong, Macao)')], ['830', label('台湾居民居住证', 'Residence permit (Taiwan)')], ['414', label('普通护照', 'Passport')], ['553', label('外国人永久居留身份证', 'Foreign permanent resident card')],
] as const
const ORGANISATION_IDS = [['001', label('统一社会信用代码', 'Unified social credit code')], ['099', label('无统一社会信用代码的组织', 'Organisation without a credit code')]] as const
type ToText = (text: Said) => string
const choices = (list: readonly (readonly [string, { zh: string; en: string }])[], text: ToText) => list.map(([value, name]) => ({ value, label: text(name) }))

export function applicantFields({ kind }: Values, text: ToText): readonly FieldSpec[] {
  const organisation = kind === 'organisation'
  return [
    { name: 'kind', label: label('申请人是', 'The applicant is'), kind: 'radio', required: true, options: [{ value: 'person', label: text(label('个人', 'a person')) }, { value: 'organisation', label: text(label('单位', 'an organisation')) }] },
    { name: 'idType', label: label('证件类型', 'Document'), kind: 'select', required: true, options: choices(organisation ? ORGANISATION_IDS : PERSON_IDS, text) },
    { name: 'idNumber', label: label('证件号码', 'Number'), kind: 'text', required: true, maxLength: 50 },
    { name: 'name', label: organisation ? label('单位名称', 'Name of the organisation') : label('姓名', 'Name'), kind: 'text', required: true, maxLength: 200 },
    { name: 'phone', label: label('联系电话', 'Telephone'), kind: 'text', required: true, maxLength: 20 },
    { name: 'email', label: label('电子邮箱', 'E-mail'), kind: 'text', maxLength: 200 },
    { name: 'address', label: label('地址', 'Address'), kind: 'text', maxLength: 300 },
  ]
}
export const representativeFields = (text: ToText): readonly FieldSpec[] => [
  { name: 'relation', label: label('关系', 'Relation'), kind: 'radio', required: true, options: [{ value: 'legalRepresentative', label: text(label('法定代表人', 'Legal representative')) }, { value: 'guardian', label: text(label('监护人', 'Guardian')) }] },
  { name: 'name', label: label('姓名', 'Name'), kind: 'text', required: true, maxLength: 100 }, { name: 'idType', label: label('证件类型', 'Document'), kind: 'select', required: true, options: choices(PERSON_IDS, text) },
  { name: 'idNumber', label: label('证件号码', 'Number'), kind: 'text', required: true, maxLength: 50 }, { name: 'phone', label: label('联系电话', 'Telephone'), kind: 'text', maxLength: 20 },
]
export const agentFields = (text: ToText): readonly FieldSpec[] => [
  { name: 'name', label: label('代理人姓名', 'Name of the agent'), kind: 'text', required: true, maxLength: 100 }, { name: 'idType', label: label('证件类型', 'Document'), kind: 'select', required: true, options: choices(PERSON_IDS, text) },
  { name: 'idNumber', label: label('证件号码', 'Number'), kind: 'text', required: true, maxLength: 50 }, { name: 'phone', label: label('联系电话', 'Telephone'), kind: 'text', required: true, maxLength: 20 },
  { name: 'authorityFileId', label: label('授权委托书', 'Power of attorney'), kind: 'file', required: true }, { name: 'scope', label: label('委托事项', 'Scope'), kind: 'text', required: true, maxLength: 300 }, { name: 'validTo', label: label('委托期限至', 'Valid until'), kind: 'day', required: true },
]
/** How an applicant may have papers reach her (送达地址及方式确认书). */
export const SERVICE_WAYS = { counter: label('窗口领取', 'at the counter'), mail: label('邮寄', 'by mail'), electronic: label('电子送达', 'electronically'), locker: label('自助取件柜', 'locker') } as const satisfies Record<ApplicationInput['service']['mode'], unknown>
export const serviceFields = (text: ToText): readonly FieldSpec[] => [
  { name: 'mode', label: label('文书送达方式', 'How papers are served'), kind: 'radio', required: true, wide: true, options: choices(Object.entries(SERVICE_WAYS), text) },
  { name: 'address', label: label('送达地址', 'Address for service'), kind: 'text', required: true, maxLength: 300, shownWhen: ({ mode }) => mode === 'mail' },
  { name: 'consent', label: label('申请人同意电子送达（送达地址及方式确认书）', 'The applicant consents to electronic service'), kind: 'check', wide: true },
]

/** What is shown and demanded; materials replaced by the commitment letter are not. */
export const materialsOf = (item: GuideItem, commitment: boolean) => item.materials.filter((material) => !commitment || !(item.commitment?.replaces ?? []).includes(material.id))

/** The body of `POST /api/v1/cases`. The schema on the server says what is wrong with it. */
export function applicationOf(intake: Intake, form: GuideForm | undefined): Record<string, unknown> {
  const { itemCode, applicant, representative, agent, deferred, promiseFileId, promiseSigned, commitment } = intake
  const { address, ...way } = intake.service
  const service = way['mode'] === 'mail' ? { ...way, address } : way
  return {
    itemCode, applicant: compact(applicant), representative: representative && compact(representative), agent: agent && compact(agent), service: compact(service),
    form: form ? shownValues(form, intake.form) : {}, materials: intake.materials, commitment, channel: 'counter',
    deferred: deferred.length === 0 ? null : { materials: deferred, promiseFileId, signed: promiseSigned },
  }
}

/** What the one field's text can be told to be, so that it need not be typed twice. */
export function applicantFrom(text: string): Values {
  const typed = text.normalize('NFKC').trim().toUpperCase()
  if (/^\d{17}[\dX]$/.test(typed)) return { kind: 'person', idType: '111', idNumber: typed }
  if (/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(typed)) return { kind: 'organisation', idType: '001', idNumber: typed }
  if (/^1\d{10}$/.test(typed)) return { kind: 'person', idType: '111', phone: typed }
  return { kind: 'person', idType: '111', ...(/^[\p{Script=Han}·]{2,20}$/u.test(typed) ? { name: typed } : {}) }
}
