import { dayAt } from '../../../base/civil-day.ts'
import type { FieldSpec } from '../../../kit/console/fields.tsx'
import type { Said } from '../../../kit/console/language.tsx'
import { LEAVE_KINDS, ORGANISATION_KINDS, type AuthorisationView, type OrganisationView, type PersonView, type PostView, type RoleView } from '../contract.ts'
import { nameFields, withName, type Command } from './command-form.tsx'

/** What the dialogues choose from. */
export interface Lists { readonly text: (text: Said) => string; readonly organisations: readonly OrganisationView[]; readonly people: readonly PersonView[]; readonly roles: readonly RoleView[] }

const BASE = '/api/v1/administration'
const label = (zh: string, en: string) => ({ zh, en })
const today = () => dayAt(new Date())
const from: FieldSpec = { name: 'validFrom', label: label('自（含当日）', 'From (that day included)'), kind: 'day', required: true }
const lastDay: FieldSpec = { name: 'lastDay', label: label('最后一日（含当日）', 'Last day (included)'), kind: 'day', required: true }
const person: FieldSpec = { name: 'personId', label: label('人员', 'Person'), kind: 'select', required: true, options: [] }
const KINDS = { centre: label('政务服务中心', 'Service centre'), department: label('部门', 'Department'), subdistrict: label('街道', 'Sub-district'), community: label('社区', 'Community'), vertical: label('垂直管理机构', 'Vertically led'), body: label('其他机构', 'Other body') } as const
const LEAVES = { annual: label('年休假', 'Annual leave'), sick: label('病假', 'Sick leave'), training: label('培训', 'Training'), travel: label('出差', 'Travel'), other: label('其他', 'Other') } as const
/** Acts that an organisation or a representative is entrusted with. */
const ACTS = { receive: label('接收材料', 'Receive materials'), accept: label('受理', 'Accept'), requestSupplement: label('一次性告知补正', 'Supplement notice'), refuseAcceptance: label('不予受理', 'Refuse acceptance'), notRequired: label('不受理', 'Not required'), decide: label('作出决定', 'Decide'), serve: label('送达', 'Serve'), issue: label('制证', 'Issue') } as const

const options = (names: Readonly<Record<string, { zh: string; en: string }>>, keys: readonly string[], { text }: Lists) => keys.map((value) => ({ value, label: text(names[value]) }))
const organisations = ({ organisations: all, text }: Lists) => all.map((one) => ({ value: one.id, label: text(one.name) }))

export const organisationCommands = (lists: Lists) => ({
  create: (parent: OrganisationView | undefined): Command => ({
    title: lists.text(label('设立机构', 'Set up an organisation')), path: `${BASE}/organisations`, initial: { parentId: parent?.id, validFrom: today(), level: 4, divisionCode: '110102', kind: 'department' }, body: withName,
    fields: [
      ...nameFields, { name: 'code', label: label('统一社会信用代码', 'Unified social credit code'), kind: 'text', required: true, maxLength: 18 }, { name: 'kind', label: label('类别', 'Kind'), kind: 'select', required: true, options: options(KINDS, ORGANISATION_KINDS, lists) },
      { name: 'parentId', label: label('上级机构', 'Above it'), kind: 'select', options: organisations(lists) }, { name: 'divisionCode', label: label('行政区划代码', 'Division code'), kind: 'text', required: true, maxLength: 12 }, { name: 'level', label: label('层级（4 区、5 街道、6 社区）', 'Level (4 district, 5 sub-district, 6 community)'), kind: 'integer', required: true, min: 1, max: 6 },
      { name: 'address', label: label('地址', 'Address'), kind: 'text' }, { name: 'phoneConsult', label: label('咨询电话', 'Enquiries'), kind: 'text' }, { name: 'phoneComplaint', label: label('投诉电话', 'Complaints'), kind: 'text' }, from,
    ],
  }),
  close: (organisation: OrganisationView): Command => ({ title: `${lists.text(label('撤销机构', 'Close'))}：${lists.text(organisation.name)}`, path: `${BASE}/organisations/${organisation.id}/closure`, initial: { lastDay: today() }, fields: [lastDay] }),
})

export const postCommands = (lists: Lists) => ({
  create: (organisation: OrganisationView): Command => ({
    title: lists.text(label('设岗', 'New post')), path: `${BASE}/posts`, initial: { validFrom: today() }, body: (values) => ({ ...withName(values), organisationId: organisation.id }),
    fields: [...nameFields, { name: 'code', label: label('岗位编号', 'Code'), kind: 'text', required: true, maxLength: 40 }, { name: 'role', label: label('角色', 'Role'), kind: 'select', required: true, options: lists.roles.map((role) => ({ value: role.code, label: lists.text(role.name) })) }, { name: 'bAlongside', label: label('A、B 岗同时任岗（两人核查）', 'A and B act at the same time'), kind: 'check' }, from],
  }),
  close: (post: PostView): Command => ({ title: `${lists.text(label('撤岗', 'Close post'))}：${lists.text(post.name)}`, path: `${BASE}/posts/${post.id}/closure`, initial: { lastDay: today() }, fields: [lastDay] }),
})

export const holdingCommands = (lists: Lists) => ({
  create: (post: PostView, cover: 'A' | 'B'): Command => ({
    title: `${lists.text(label('任岗', 'Appoint'))}：${lists.text(post.name)} ${cover}`, path: `${BASE}/holdings`, initial: { validFrom: today() }, body: (values) => ({ ...values, postId: post.id, cover }),
    fields: [person, from, { name: 'validTo', label: label('至（不填为长期）', 'Until (open if empty)'), kind: 'day' }],
  }),
  close: (holdingId: string, name: string): Command => ({ title: `${lists.text(label('免岗', 'End'))}：${name}`, path: `${BASE}/holdings/${holdingId}/closure`, initial: { lastDay: today() }, fields: [lastDay] }),
})

export const leaveCommands = (lists: Lists) => ({
  create: {
    title: lists.text(label('登记请假', 'Enter leave')), path: `${BASE}/leaves`, initial: { validFrom: today(), validTo: today(), kind: 'annual' },
    fields: [person, { name: 'kind', label: label('类别', 'Kind'), kind: 'select', required: true, options: options(LEAVES, LEAVE_KINDS, lists) }, from, { name: 'validTo', label: label('至（含当日）', 'Until (that day included)'), kind: 'day', required: true }],
  } satisfies Command,
  end: (id: string, name: string): Command => ({ title: `${lists.text(label('销假', 'Back'))}：${name}`, path: `${BASE}/leaves/${id}/end`, initial: { lastDay: today() }, fields: [lastDay] }),
  person: {
    title: lists.text(label('登记人员', 'Enter a person')), path: `${BASE}/people`, initial: { validFrom: today() }, body: withName,
    fields: [...nameFields, { name: 'staffNo', label: label('工号', 'Staff number'), kind: 'text', required: true, maxLength: 40 }, { name: 'phone', label: label('电话', 'Telephone'), kind: 'text' }, { name: 'email', label: label('电子邮箱', 'E-mail'), kind: 'text' }, from],
  } satisfies Command,
})

export const authorisationCommands = (lists: Lists) => ({
  create: (organisation: OrganisationView): Command => ({
    title: lists.text(label('新的授权', 'New authorisation')), path: `${BASE}/authorisations`, initial: { kind: 'entrustment', fromOrganisationId: organisation.id, validFrom: today() },
    fields: [
      { name: 'kind', label: label('类别', 'Kind'), kind: 'radio', required: true, options: [{ value: 'entrustment', label: lists.text(label('委托受理', 'Entrustment')) }, { value: 'chiefRepresentative', label: lists.text(label('首席代表授权', 'Chief representative')) }] },
      { name: 'fromOrganisationId', label: label('委托机关', 'Given by'), kind: 'select', required: true, options: organisations(lists) }, { name: 'toOrganisationId', label: label('受托机构（二者择一）', 'To the organisation (or a person)'), kind: 'select', options: organisations(lists) }, { name: 'toPersonId', label: label('受托人（二者择一）', 'To the person (or an organisation)'), kind: 'select', options: [] },
      { name: 'acts', label: label('委托的行为', 'Acts'), kind: 'many', required: true, options: options(ACTS, Object.keys(ACTS), lists) }, { name: 'items', label: label('事项编码（不填为全部事项）', 'Item codes (all if empty)'), kind: 'tags' },
      { name: 'seal', label: label('使用的印章', 'Seal'), kind: 'text', required: true }, { name: 'documentNo', label: label('文号', 'Document number'), kind: 'text', required: true }, from, { name: 'validTo', label: label('至（含当日）', 'Until (that day included)'), kind: 'day', required: true },
    ],
  }),
  revoke: (entry: AuthorisationView): Command => ({ title: `${lists.text(label('撤销授权', 'Revoke'))}：${entry.documentNo}`, path: `${BASE}/authorisations/${entry.id}/revocation`, initial: { from: today() }, fields: [{ name: 'from', label: label('自该日起失效', 'Void from'), kind: 'day', required: true }, { name: 'because', label: label('理由', 'Why'), kind: 'area', required: true, maxLength: 500 }] }),
})
