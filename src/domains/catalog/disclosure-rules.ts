import type { Bilingual } from '../../base/text.ts'
import { isCatalogueCode, readItemCode } from './codes.ts'
import type { Item } from './contract.ts'
import { workingDaysWithin } from './limits.ts'
import type { QualityRule } from './quality.ts'

const rule = (code: string, name: Bilingual, source: string, check: QualityRule['check']): QualityRule => ({ code, level: 'error', name, source, check })
const at = (broken: boolean, path: string, zh: string, en: string) => (broken ? [{ path, message: { zh, en } }] : [])

/** 九项公开: body, basis, conditions, procedure, limit, result, basis of fees, standard of fees, channel of supervision. */
const NINE: readonly { readonly path: string; readonly name: Bilingual; readonly there: (item: Item) => boolean }[] = [
  { path: '/implementingBody', name: { zh: '办理主体', en: 'body' }, there: (item) => item.implementingBody.name.zh !== '' },
  { path: '/legalBasis', name: { zh: '办理依据', en: 'legal basis' }, there: (item) => item.legalBasis.length > 0 },
  { path: '/acceptanceConditions', name: { zh: '办理条件', en: 'conditions' }, there: (item) => item.acceptanceConditions.length > 0 },
  { path: '/procedureId', name: { zh: '办理程序', en: 'procedure' }, there: (item) => item.procedureId !== null },
  { path: '/promisedLimit', name: { zh: '办理时限', en: 'time limit' }, there: (item) => item.promisedLimit !== null },
  { path: '/result', name: { zh: '办理结果', en: 'result' }, there: (item) => item.result !== null },
  { path: '/fees', name: { zh: '收费依据', en: 'basis of fees' }, there: (item) => item.fees.every((fee) => fee.basis !== '') },
  { path: '/fees', name: { zh: '收费标准', en: 'standard of fees' }, there: (item) => item.fees.every((fee) => fee.standard.zh !== '') },
  { path: '/complaint/phone', name: { zh: '监督渠道', en: 'channel of supervision' }, there: (item) => item.complaint.phone !== '' },
]

/** What must hold before a guide is published, beside its quality. */
export const DISCLOSURE_RULES: readonly QualityRule[] = [
  rule('P01', { zh: '九项公开要素齐全', en: 'The nine disclosed elements' }, '中办国办 2011（十三）', (item) =>
    NINE.flatMap(({ path, name, there }) => at(!there(item), path, `缺少公开要素“${name.zh}”`, `The disclosed element “${name.en}” is missing`))),
  rule('P02', { zh: '有设定依据', en: 'There is a legal basis' }, '行政许可法 第十七条；中办国办 2011（六）', (item) =>
    at(!item.legalBasis.some((basis) => basis.law.trim() !== ''), '/legalBasis', '没有法律、法规、规章依据的，不得设置事项', 'Without a basis in law there can be no item')),
  rule('P03', { zh: '写明容缺受理', en: 'Deferred materials are stated' }, '北京市优化营商环境条例 第三十一条', (item) => [
    ...at(item.deferredAcceptance === null && item.deferredAcceptanceNone === null, '/deferredAcceptance', '应写明可以容缺的材料、补交期限和后果，或者说明为何不适用', 'State what may follow later, until when and what else happens, or why nothing may'),
    ...(item.deferredAcceptance?.materials ?? []).flatMap((id) => at(!item.materials.some((one) => one.id === id), '/deferredAcceptance/materials', `容缺材料“${id}”不在材料清单里`, `“${id}” is not among the materials`)),
  ]),
  rule('P04', { zh: '写明投诉渠道', en: 'The channel of complaint is stated' }, '北京市优化营商环境条例 第三十一条', (item) =>
    at(item.complaint.phone.trim() === '' || item.complaint.counter === null, '/complaint', '应写明投诉电话和投诉窗口', 'State the telephone and the counter for complaints')),
  rule('P05', { zh: '收费在目录之内', en: 'Fees are on the approved list' }, '行政许可法 第五十八条', (item, { approvedFees }) =>
    item.fees.flatMap((fee, i) => at(!approvedFees.has(fee.code), `/fees/${i}/code`, `收费项目“${fee.name.zh}”不在核准的收费目录内`, `The fee “${fee.name.en}” is not on the approved list`))),
  rule('P06', { zh: '中介服务在保留清单之内', en: 'Intermediary services are on the kept list' }, '北京 2016 政务公开 五', ({ intermediary }, { keptIntermediaries }) =>
    at(intermediary !== null && !keptIntermediaries.has(intermediary.code), '/intermediary', `中介服务“${intermediary?.name.zh}”不在保留清单内`, `The intermediary service “${intermediary?.name.en}” is not on the kept list`)),
  rule('P07', { zh: '流程能运行', en: 'The procedure runs' }, '优化营商环境条例 第三十六条', (item, { procedure }) => [
    ...at(item.applicable && procedure === null, '/procedureId', '没有已发布的办理流程', 'There is no published procedure'),
    ...at(procedure !== null && !procedure.sound, '/procedureId', '流程没有通过可靠性检验', 'The procedure is not proved sound'),
    ...at(procedure !== null && item.promisedLimit !== null && procedure.workingDays > workingDaysWithin(item.promisedLimit), '/procedureId',
      `流程的关键路径 ${procedure?.workingDays} 个工作日，超过承诺时限`, `The critical path of ${procedure?.workingDays} working days exceeds the promise`),
  ]),
  rule('P08', { zh: '表单存在', en: 'The form exists' }, 'GB/T 39046-2020', (item, { formExists }) => at(item.applicable && (item.formId === null || !formExists), '/formId', '没有申请表单', 'There is no form to apply with')),
  rule('P09', { zh: '编码符合规则', en: 'Codes keep the rules' }, 'GB/T 39554.1-2020', (item) => {
    const read = readItemCode(item.code)
    if ('rule' in read) return [{ path: '/code', message: read.message }]
    return [
      ...at(!isCatalogueCode(item.catalogueCode) || read.catalogueCode !== item.catalogueCode, '/catalogueCode', '基本编码与事项编码不一致', 'The catalogue code is not the one in the item’s code'),
      ...at(read.uscc !== item.implementingBody.code, '/implementingBody/code', '编码里的机构不是实施主体', 'The body in the code is not the implementing body'),
      ...at(read.type !== item.itemType, '/itemType', '编码里的事项类型与所填不一致', 'The type in the code is not the one stated'),
      ...at(read.level !== item.exerciseLevel, '/exerciseLevel', '编码里的行使层级与所填不一致', 'The level in the code is not the one stated'),
    ]
  }),
  rule('P10', { zh: '不借材料恢复已取消的事项', en: 'No disguised approval' }, '北京 2016 政务公开 五；行政许可法 第十四条至第十七条', (item, { withdrawnItems }) =>
    at(item.precededBy !== null && withdrawnItems.includes(item.precededBy.code), '/precededBy', '前置事项已经取消，不得再作为条件', 'The preceding item was withdrawn and may not be required any more')),
  rule('P11', { zh: '垂直业务系统与流程一致', en: 'A vertically led system and the procedure agree' }, '中办国办 2011（十一）', (item, { procedure }) => {
    const there = procedure?.acts.includes('recordVerticalDecision') ?? false
    return procedure === null ? [] : [
      ...at(item.verticalSystem?.leadership === 'vertical' && !there, '/procedureId', '由垂直业务系统决定的事项，流程应有转办和登记该系统决定的环节', 'Decided in a vertically led system: the procedure needs the hand-over and the step that records its decision'),
      ...at(item.verticalSystem?.leadership !== 'vertical' && there, '/verticalSystem', '流程转由垂直业务系统决定，应写明是哪个系统', 'The procedure leaves the decision to a vertically led system: say which'),
    ]
  }),
]
