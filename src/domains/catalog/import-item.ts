import { z } from 'zod'
import type { CivilDay } from '../../base/civil-day.ts'
import type { Bilingual } from '../../base/text.ts'
import { readItemCode, type CodeParts } from './codes.ts'
import { Item, ITEM_TYPES, ITEM_TYPES_GUANGDONG, Material, type ItemType, type Limit, type ServiceTarget } from './contract.ts'
import { limitText, notLonger } from './limits.ts'

/** Why a line was not taken over. `rule` is stable: `uscc`, `limit`, `promise`, … */
export interface LineProblem { readonly rule: string; readonly reason: string }
const problem = (rule: string, reason: string): LineProblem => ({ rule, reason })
export const isProblem = (read: object): read is LineProblem => 'rule' in read && 'reason' in read

const text = z.string()
/** One record of the Guangdong register as its API gives it; members that say nothing to us are left alone. */
const SourceRecord = z.looseObject({
  TASK_CODE: text, CATAID: text, ORGCODE: text, TASK_NAME: text, TASK_TYPE: text, TASK_TYPE_TEXT: text, DEPT_NAME: text, AREACODE: text,
  subTaskName: text.nullish(), matter_short: text.nullish(), matter_daily: text.nullish(), matter_level: text,
  visit_number: text, LIMIT_SCENE_NUM: text.nullish(), handle_time: text, handle_time_limit: text, accept_standard: text.nullish(), handle_location: text.nullish(),
  consult_phone: text.nullish(), complain_phone: text.nullish(), courier_service: text.nullish(), ONLINECHECK: text.nullish(), URL: text.nullish(),
  online_book: text.nullish(), theme_category: z.array(text).nullish(), service_object_name: z.array(text), material_intro: z.union([z.array(text), text]).nullish(),
})
type SourceRecord = z.infer<typeof SourceRecord>

const LEVELS: Readonly<Record<string, string>> = { 国家级: '1', 省级: '2', 市级: '3', 县级: '4', 区级: '4', 镇级: '5', 街道级: '5', 村级: '6', 社区级: '6' }
const TARGETS: Readonly<Record<string, ServiceTarget>> = { 自然人: '1', 企业法人: '2', 事业法人: '3', 社会组织法人: '4', 行政机关: '5', 其他组织: '6', 非法人企业: '6' }
const UNITS: Readonly<Record<string, Limit['unit']>> = { 工作日: 'workingDay', 自然日: 'naturalDay', 小时: 'hour', 月: 'month', 个月: 'month' }

/** The source writes 无 for “there is none”. */
const said = (value: string | null | undefined): string | null => (value === null || value === undefined || value.trim() === '' || value.trim() === '无' ? null : value.trim())
/** Imported texts stand in both languages as they were written. */
const asWritten = (value: string): Bilingual => ({ zh: value, en: value })

/** The item a line states, or the first reason why it cannot be one. Nothing is put right: what is wrong is said. */
export function readLine(value: unknown, day: CivilDay): Item | LineProblem {
  const parsed = SourceRecord.safeParse(value)
  if (!parsed.success) return problem('shape', `字段缺失或者类型不对：${parsed.error.issues.map((issue) => issue.path.join('.')).join('、')}`)
  const source = parsed.data
  const code = readItemCode(source.TASK_CODE)
  if ('rule' in code) return problem(`code-${code.rule}`, code.message.zh)
  const limits = readLimits(source)
  if (isProblem(limits)) return limits
  const wrong = faultOf(source, code)
  if (wrong) return wrong
  const item = Item.safeParse(itemOf(source, code, limits, day))
  if (!item.success) return problem('shape', `要素不合规：${item.error.issues.map((issue) => issue.path.join('/')).join('、')}`)
  return hasOddCharacters(item.data) ? problem('characters', '含有乱码、空字符或者不成对的代理字符') : item.data
}

/** What no database keeps (NUL, half a surrogate pair), or what a lossy conversion left behind (U+FFFD). */
const hasOddCharacters = (value: unknown): boolean =>
  typeof value === 'string' ? /[\0\uFFFD]|\p{Surrogate}/u.test(value) : typeof value === 'object' && value !== null && Object.values(value).some(hasOddCharacters)

function faultOf(source: SourceRecord, code: CodeParts): LineProblem | undefined {
  if (said(source.TASK_NAME) === null) return problem('name', '没有事项名称')
  if (said(source.DEPT_NAME) === null) return problem('department', '没有实施主体名称')
  if (/[\p{Cc}\uFFFD]/u.test(source.TASK_NAME + source.DEPT_NAME)) return problem('name', '名称里有乱码或者控制字符')
  if (source.CATAID !== code.catalogueCode) return problem('catalogue', `基本编码 ${source.CATAID} 与实施编码中的 ${code.catalogueCode} 不一致`)
  if (source.ORGCODE !== code.uscc.slice(8, 17)) return problem('body', `机构代码 ${source.ORGCODE} 与编码中的 ${code.uscc.slice(8, 17)} 不一致`)
  if (source.TASK_TYPE !== code.type) return problem('type', `事项类型 ${source.TASK_TYPE} 与编码中的 ${code.type} 不一致`)
  const types: Readonly<Record<string, Bilingual>> = dictionaryOf(source).entries
  if (types[source.TASK_TYPE]?.zh !== source.TASK_TYPE_TEXT) return problem('type', `事项类型 ${source.TASK_TYPE} 不是“${source.TASK_TYPE_TEXT}”`)
  if (LEVELS[source.matter_level] !== code.level) return problem('level', `行使层级“${source.matter_level}”与编码中的 ${code.level} 不一致`)
  const unknown = source.service_object_name.find((name) => !TARGETS[name])
  if (unknown !== undefined) return problem('target', `服务对象“${unknown}”不在字典里`)
  if (source.service_object_name.length === 0) return problem('target', '没有服务对象')
  if (!/^\d{1,2}$/.test(source.visit_number)) return problem('visits', `到现场次数“${source.visit_number}”不是数字`)
  if (said(source.LIMIT_SCENE_NUM) !== null && source.LIMIT_SCENE_NUM !== source.visit_number) return problem('visits', `到现场次数有两个说法：${source.visit_number} 与 ${source.LIMIT_SCENE_NUM}`)
  return undefined
}

/** Guangdong extends A.1 in its own way (20 其他行政权力, 21 公共服务); the codes of others are A.1's. */
const dictionaryOf = (source: SourceRecord) => (source.AREACODE.startsWith('44') ? ITEM_TYPES_GUANGDONG : ITEM_TYPES)
function typeOf(source: SourceRecord): ItemType {
  if (!source.AREACODE.startsWith('44')) return source.TASK_TYPE as ItemType
  return source.TASK_TYPE === '21' ? '20' : source.TASK_TYPE === '20' ? '10' : (source.TASK_TYPE as ItemType)
}

interface Limits { readonly statutory: Limit | null; readonly promised: Limit | null }
function readLimits(source: SourceRecord): Limits | LineProblem {
  const statutory = readLimit(source.handle_time, '来源目录所载法定办结时限')
  if (statutory !== null && isProblem(statutory)) return problem('limit', `法定办结时限“${source.handle_time}”读不出来`)
  const promised = readLimit(source.handle_time_limit, '来源目录所载承诺办结时限')
  if (promised !== null && isProblem(promised)) return problem('limit', `承诺办结时限“${source.handle_time_limit}”读不出来`)
  if (statutory && promised && !notLonger(promised, statutory)) return problem('promise', `承诺时限${limitText(promised).zh}长于法定时限${limitText(statutory).zh}`)
  return { statutory, promised }
}

/** `30(工作日)`, `90（自然日）`; 无: none. */
function readLimit(written: string, article: string): Limit | null | LineProblem {
  if (said(written) === null) return written.trim() === '无' ? null : problem('limit', '空')
  const match = /^(\d{1,4})\s*[(（]\s*(工作日|自然日|小时|个月|月)\s*[)）]$/.exec(written.trim())
  if (!match || Number(match[1]) === 0) return problem('limit', written)
  return { amount: Number(match[1]), unit: UNITS[match[2]!]!, article, note: null }
}

function itemOf(source: SourceRecord, code: CodeParts, { statutory, promised }: Limits, day: CivilDay): z.input<typeof Item> {
  const condition = said(source.accept_standard)
  const offline = said(source.handle_location) !== null && source.handle_location !== '无线下办理窗口'
  const visits = Number(source.visit_number)
  return {
    code: source.TASK_CODE, catalogueCode: code.catalogueCode, implementationCode: source.TASK_CODE.slice(0, 31), handlingItemCode: code.handlingItem === null ? null : source.TASK_CODE,
    name: asWritten(said(source.TASK_NAME)!),
    everydayNames: [...new Set([said(source.matter_short), said(source.matter_daily), said(source.subTaskName)].filter((one) => one !== null))].map(asWritten),
    topics: (source.theme_category ?? []).filter((topic) => topic !== '其他' && said(topic) !== null).map(asWritten),
    itemType: typeOf(source), version: 1, state: 'published', effectiveFrom: day, source: 'import', applicable: false,
    legalBasis: [], powerSource: '1', exerciseLevel: code.level as Item['exerciseLevel'],
    implementingBody: { code: code.uscc, name: asWritten(said(source.DEPT_NAME)!), nature: '1' },
    serviceTargets: [...new Set(source.service_object_name.map((name) => TARGETS[name]!))].sort(),
    caseType: 'promised', statutoryLimit: statutory, promisedLimit: promised,
    acceptanceConditions: condition === null ? [] : [asWritten(condition)], materials: materialsOf(source.material_intro),
    handlingModes: [...(offline ? ['1' as const] : []), ...(source.ONLINECHECK === '1' ? ['2' as const] : [])], onlineDepth: source.ONLINECHECK === '1' ? '2' : '0',
    requiredVisits: visits, places: [], deliveryByMail: source.courier_service === '是', appointment: source.online_book === '是',
    consultation: { phone: said(source.consult_phone) ?? '', counter: offline ? asWritten(said(source.handle_location)!) : null, url: said(source.URL) },
    complaint: { phone: said(source.complain_phone) ?? '' },
    result: null, faqs: [],
    remedy: {
      organ: 'districtDepartment',
      reconsideration: { zh: '对行政行为不服的，依法向本级人民政府申请行政复议（行政复议法第二十四条）', en: 'Reconsideration by the people’s government of the same level (Administrative Reconsideration Law, Art. 24)' },
      litigation: { zh: '对行政行为不服的，依法提起行政诉讼（行政诉讼法第四十六条）', en: 'Action in the people’s court (Administrative Litigation Law, Art. 46)' },
    },
  }
}

const materialsOf = (written: SourceRecord['material_intro']): z.input<typeof Material>[] =>
  (Array.isArray(written) ? written : [written]).map(said).filter((name) => name !== null).map((name, i) => ({
    id: `m${i + 1}`, name: asWritten(name), necessity: 'required', type: 'original', form: 'either', source: 'applicant', demanded: true, requirements: asWritten(name),
  }))
