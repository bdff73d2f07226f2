import type { Bilingual } from '../../base/text.ts'

/**
 * Code lists of GB/T 39046-2020 annex A and of the exchange tables of GB/T 39554.2. A list says where it stands, for other
 * provinces keep other lists (Guangdong: 21 = 公共服务): never read a foreign code without its source's dictionary.
 */
export interface Dictionary<Code extends string = string> {
  readonly source: string
  readonly name: Bilingual
  readonly entries: Readonly<Record<Code, Bilingual>>
}

const dictionary = <const Entries extends Readonly<Record<string, Bilingual>>>(source: string, name: Bilingual, entries: Entries) => ({ source, name, entries })

export const ITEM_TYPES = dictionary('GB/T 39046-2020 表A.1', { zh: '事项类型', en: 'Type of item' }, {
  '00': { zh: '行政权力事项', en: 'Administrative power' },
  '01': { zh: '行政许可', en: 'Administrative licence' },
  '02': { zh: '行政处罚', en: 'Administrative penalty' },
  '03': { zh: '行政强制', en: 'Administrative compulsion' },
  '04': { zh: '行政征收', en: 'Administrative levy' },
  '05': { zh: '行政给付', en: 'Administrative payment' },
  '06': { zh: '行政检查', en: 'Administrative inspection' },
  '07': { zh: '行政确认', en: 'Administrative confirmation' },
  '08': { zh: '行政奖励', en: 'Administrative reward' },
  '09': { zh: '行政裁决', en: 'Administrative ruling' },
  '10': { zh: '其他类别事项', en: 'Other administrative matter' },
  '20': { zh: '公共服务事项', en: 'Public service' },
})

/** What Guangdong writes in digits 3–4 instead of A.1; only for reading its register. */
export const ITEM_TYPES_GUANGDONG = dictionary('广东省政务服务网（GB/T 39046-2020 表A.1 的地方扩展）', { zh: '事项类型（广东）', en: 'Type of item (Guangdong)' }, {
  ...ITEM_TYPES.entries,
  '10': { zh: '其他行政权力', en: 'Other administrative power' },
  '20': { zh: '其他行政权力', en: 'Other administrative power' },
  '21': { zh: '公共服务', en: 'Public service' },
})

export const EXERCISE_LEVELS = dictionary('GB/T 39046-2020 表A.2', { zh: '行使层级', en: 'Level of exercise' }, {
  '1': { zh: '国家级', en: 'National' },
  '2': { zh: '省级', en: 'Provincial' },
  '3': { zh: '市级', en: 'Municipal' },
  '4': { zh: '县级', en: 'County (district)' },
  '5': { zh: '镇（乡、街道）级', en: 'Township (sub-district)' },
  '6': { zh: '村（社区）级', en: 'Village (community)' },
  '7': { zh: '分级管理', en: 'By level' },
})

export const BODY_NATURES = dictionary('GB/T 39046-2020 表A.3', { zh: '实施主体性质', en: 'Nature of the implementing body' }, {
  '1': { zh: '法定机关', en: 'Statutory organ' },
  '2': { zh: '授权组织', en: 'Authorised organisation' },
  '3': { zh: '受委托组织', en: 'Entrusted organisation' },
  '9': { zh: '其他', en: 'Other' },
})

export const SERVICE_TARGETS = dictionary('GB/T 39046-2020 表A.4', { zh: '服务对象', en: 'Whom it serves' }, {
  '1': { zh: '自然人', en: 'Natural persons' },
  '2': { zh: '企业法人', en: 'Enterprises' },
  '3': { zh: '事业法人', en: 'Public institutions' },
  '4': { zh: '社会组织法人', en: 'Social organisations' },
  '5': { zh: '行政机关', en: 'Administrative organs' },
  '6': { zh: '其他组织', en: 'Other organisations' },
})

export const HANDLING_MODES = dictionary('GB/T 39046-2020 表A.5', { zh: '办理形式', en: 'Way of handling' }, {
  '1': { zh: '窗口办理', en: 'At the counter' },
  '2': { zh: '电脑端网上办理', en: 'Online, computer' },
  '3': { zh: '移动端网上申请', en: 'Online, phone' },
  '4': { zh: '快递申请', en: 'By post' },
  '9': { zh: '其他', en: 'Other' },
})

/** A.6; in code `instant` and `promised`. */
export const CASE_TYPES = dictionary('GB/T 39046-2020 表A.6', { zh: '办件类型', en: 'Type of handling' }, {
  '1': { zh: '即办件', en: 'Handled at once' },
  '2': { zh: '承诺件', en: 'Within a promised time' },
  '9': { zh: '其他', en: 'Other' },
})

export const SPECIAL_PROCEDURES = dictionary('GB/T 39046-2020 表A.7', { zh: '特别程序种类', en: 'Kind of special procedure' }, {
  '1': { zh: '延长审批', en: 'Extension' },
  '2': { zh: '除延长审批之外的情况', en: 'Other than extension' },
})

export const SATISFACTION = dictionary('GB/T 39046-2020 表A.8', { zh: '满意度', en: 'Satisfaction' }, {
  '1': { zh: '非常满意', en: 'Very satisfied' },
  '2': { zh: '满意', en: 'Satisfied' },
  '3': { zh: '基本满意', en: 'Fairly satisfied' },
  '4': { zh: '不满意', en: 'Dissatisfied' },
  '5': { zh: '非常不满意', en: 'Very dissatisfied' },
})

export const POWER_SOURCES = dictionary('GB/T 39554.2-2020', { zh: '权力来源', en: 'Source of power' }, {
  '1': { zh: '法定本级行使', en: 'Exercised at this level by law' },
  '2': { zh: '上级下放', en: 'Handed down from above' },
  '3': { zh: '上级授权', en: 'Authorised from above' },
  '4': { zh: '同级授权', en: 'Authorised at the same level' },
  '5': { zh: '上级委托', en: 'Entrusted from above' },
  '6': { zh: '同级委托', en: 'Entrusted at the same level' },
})

export const ONLINE_DEPTHS = dictionary('GB/T 39554.2-2020', { zh: '网上办理深度', en: 'Depth of online handling' }, {
  '0': { zh: '不可网上办理', en: 'Not online' },
  '1': { zh: 'Ⅰ级 互联网咨询', en: 'Level I: information' },
  '2': { zh: 'Ⅱ级 互联网收件或预审', en: 'Level II: receipt or pre-review' },
  '3': { zh: 'Ⅲ级 互联网受理', en: 'Level III: acceptance' },
  '4': { zh: 'Ⅳ级 全程网办', en: 'Level IV: entirely online' },
})

export const CROSS_REGIONS = dictionary('GB/T 39554.2-2020', { zh: '通办范围', en: 'Where it can be handled' }, {
  none: { zh: '不通办', en: 'Only here' },
  county: { zh: '跨县（全市通办）', en: 'Across districts of the city' },
  city: { zh: '跨市', en: 'Across cities' },
  province: { zh: '跨省', en: 'Across provinces' },
  nation: { zh: '全国', en: 'Nationwide' },
})

export const MATERIAL_NECESSITIES = dictionary('GB/T 39554.2-2020', { zh: '材料必要性', en: 'Necessity' }, {
  required: { zh: '必要', en: 'Required' },
  optional: { zh: '非必要', en: 'Not required' },
  deferrable: { zh: '容缺后补', en: 'May follow later' },
})
export const MATERIAL_TYPES = dictionary('GB/T 39554.2-2020', { zh: '材料类型', en: 'Original or copy' }, {
  original: { zh: '原件', en: 'Original' },
  copy: { zh: '复印件', en: 'Copy' },
  originalAndCopy: { zh: '原件和复印件', en: 'Original and copy' },
})
export const MATERIAL_FORMS = dictionary('GB/T 39554.2-2020', { zh: '材料形式', en: 'Form' }, {
  paper: { zh: '纸质', en: 'Paper' },
  electronic: { zh: '电子', en: 'Electronic' },
  either: { zh: '纸质或电子', en: 'Paper or electronic' },
})
export const MATERIAL_SOURCES = dictionary('GB/T 39554.2-2020', { zh: '来源渠道', en: 'Where it comes from' }, {
  applicant: { zh: '申请人自备', en: 'Prepared by the applicant' },
  government: { zh: '政府部门核发', en: 'Issued by government' },
  other: { zh: '其他（中介或法定机构产生）', en: 'By an intermediary or statutory body' },
})
export const RESULT_TYPES = dictionary('GB/T 39554.2-2020', { zh: '结果类型', en: 'Type of result' }, {
  certificate: { zh: '证照（出证办结）', en: 'Certificate' },
  document: { zh: '批文（出文办结）', en: 'Document' },
  other: { zh: '其他（审批办结）', en: 'Other' },
})

/** Kinds of organ as far as they decide where one may complain: 行政复议法 (2023) 第二十四条, 第二十七条, 第二十八条. */
export const REMEDY_ORGANS = dictionary('行政复议法（2023）第二十四条、第二十七条、第二十八条', { zh: '复议机关类别', en: 'Class of organ for reconsideration' }, {
  districtDepartment: { zh: '区政府工作部门', en: 'District department' },
  subdistrict: { zh: '街道办事处（区政府派出机关）', en: 'Sub-district office' },
  publicSecurity: { zh: '公安分局', en: 'Public security branch' },
  municipalBranch: { zh: '市级部门派出机构', en: 'Branch of a municipal department' },
  fireRescue: { zh: '消防救援机构', en: 'Fire and rescue' },
  vertical: { zh: '实行垂直领导的行政机关', en: 'Vertically led organ' },
  taxation: { zh: '税务机关', en: 'Taxation' },
  authorisedBody: { zh: '法律法规授权的组织', en: 'Organisation authorised by law' },
  justice: { zh: '履行行政复议机构职责的司法行政部门', en: 'Justice department acting as the reconsideration office' },
})

export type ItemType = keyof typeof ITEM_TYPES.entries
export type ServiceTarget = keyof typeof SERVICE_TARGETS.entries
export type RemedyOrgan = keyof typeof REMEDY_ORGANS.entries

/** The codes of a list as the non-empty tuple zod wants. */
export const codesOf = <Code extends string>(list: Dictionary<Code>): [Code, ...Code[]] => Object.keys(list.entries) as [Code, ...Code[]]

export const DICTIONARIES = {
  itemType: ITEM_TYPES, exerciseLevel: EXERCISE_LEVELS, bodyNature: BODY_NATURES, serviceTarget: SERVICE_TARGETS,
  handlingMode: HANDLING_MODES, caseType: CASE_TYPES, specialProcedure: SPECIAL_PROCEDURES, satisfaction: SATISFACTION,
  powerSource: POWER_SOURCES, onlineDepth: ONLINE_DEPTHS, crossRegion: CROSS_REGIONS, materialNecessity: MATERIAL_NECESSITIES,
  materialType: MATERIAL_TYPES, materialForm: MATERIAL_FORMS, materialSource: MATERIAL_SOURCES, resultType: RESULT_TYPES,
  remedyOrgan: REMEDY_ORGANS,
} as const satisfies Record<string, Dictionary>
