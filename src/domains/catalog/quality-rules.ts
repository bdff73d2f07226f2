import type { Bilingual } from '../../base/text.ts'
import type { Item, Material } from './contract.ts'
import { limitText, notLonger } from './limits.ts'
import type { QualityRule } from './quality.ts'

const rule = (code: string, level: QualityRule['level'], name: Bilingual, source: string, check: QualityRule['check']): QualityRule => ({ code, level, name, source, check })
const at = (broken: boolean, path: string, zh: string, en: string) => (broken ? [{ path, message: { zh, en } }] : [])

const LOCAL = '政务服务事项要素检查规则（温州 2018）'
const BEIJING = '北京市优化营商环境条例 第三十一条'

/** The fourteen rules that local governments check their catalogues with. */
export const CATALOGUE_RULES: readonly QualityRule[] = [
  rule('Q01', 'error', { zh: '即办件与承诺时限一致', en: 'Handled at once: type and promise agree' }, LOCAL, (item) => [
    ...at(item.caseType === 'promised' && item.promisedLimit?.amount === 0, '/caseType', '承诺时限为即办，办件类型应为即办件', 'The promise is on the spot, so the type must be “at once”'),
    ...at(item.caseType === 'instant' && item.promisedLimit === null, '/promisedLimit', '即办件应写明承诺时限', 'An item handled at once must state its promise'),
  ]),
  rule('Q02', 'error', { zh: '结果名称与结果类型一致', en: 'Name and type of the result agree' }, LOCAL, ({ result }) => {
    const should = result && resultTypeOf(result.name.zh)
    return at(!!result && !!should && should !== result.type, '/result/type', `结果“${result?.name.zh}”的类型不对`, `The result “${result?.name.en}” is of another type`)
  }),
  rule('Q03', 'error', { zh: '到现场次数有理由', en: 'Visits have a reason' }, LOCAL, (item) => [
    ...at(item.requiredVisits > 0 && item.requiredVisitsReason === null, '/requiredVisitsReason', '到现场次数不为零，应说明必须现场办理的原因', 'Visits are asked for: say why one must come'),
    ...at(item.requiredVisits === 0 && item.requiredVisitsReason !== null, '/requiredVisitsReason', '到现场次数为零，不应再写现场办理的原因', 'No visit is needed: there is no reason to state'),
    ...at(item.requiredVisits === 0 && !online(item) && !item.handlingModes.includes('4'), '/handlingModes', '不用到现场又不能网上办的，应支持快递申请', 'Neither visit nor online: it must be accepted by post'),
  ]),
  rule('Q04', 'error', { zh: '全程网办不跑现场', en: 'Entirely online means no visit' }, LOCAL, (item) =>
    at(item.onlineDepth === '4' && item.requiredVisits > 0, '/requiredVisits', '全程网办的事项到现场次数应为零', 'An item handled entirely online needs no visit')),
  rule('Q05', 'error', { zh: '收费要素齐全', en: 'Fees are complete' }, LOCAL, (item) => [
    ...at(item.fees.length > 0 && !item.onlinePayment, '/onlinePayment', '收费事项应支持网上支付', 'An item with a fee must take payment online'),
    ...at(item.fees.length === 0 && item.onlinePayment, '/onlinePayment', '不收费的事项不应标注网上支付', 'There is no fee to pay online'),
    ...item.fees.flatMap((fee, i) => at(fee.amountFen === null && fee.computedBy === null, `/fees/${i}`, `收费项目“${fee.name.zh}”没有标准`, `The fee “${fee.name.en}” has no amount`)),
  ]),
  rule('Q06', 'error', { zh: '咨询电话与投诉电话分设', en: 'Separate numbers to ask and to complain' }, LOCAL, ({ consultation, complaint }) => [
    ...at(digits(consultation.phone) === digits(complaint.phone), '/complaint/phone', '咨询电话与投诉电话不能相同', 'The numbers to ask and to complain must differ'),
    ...at(!hasAreaCode(consultation.phone), '/consultation/phone', '咨询电话应带区号', 'The number to ask must have its area code'),
    ...at(!hasAreaCode(complaint.phone), '/complaint/phone', '投诉电话应带区号', 'The number to complain must have its area code'),
  ]),
  rule('Q07', 'error', { zh: '服务对象明确', en: 'Whom it serves' }, LOCAL, (item) => [
    ...at(item.serviceTargets.length === 0, '/serviceTargets', '没有写明服务对象', 'It does not say whom it serves'),
    ...at(item.serviceTargets.every((target) => target !== '1') && item.topics.some((topic) => PERSONAL.has(topic.zh)), '/topics', '个人主题的事项，服务对象应包括自然人', 'A topic of personal life: it must serve natural persons'),
    ...at(item.serviceTargets.length > 0 && item.serviceTargets.every((target) => target === '1') && item.topics.some((topic) => CORPORATE.has(topic.zh)), '/topics', '法人主题的事项，服务对象应包括法人', 'A topic of legal persons: it must serve them'),
  ]),
  rule('Q08', 'error', { zh: '许可事项有问答和完整流程', en: 'Licences have questions and a whole procedure' }, LOCAL, (item, { procedure }) => (item.itemType !== '01' || !item.applicable ? [] : [
    ...at(item.faqs.length === 0, '/faqs', '行政许可事项至少有一条常见问题', 'A licence has at least one question and answer'),
    ...FIVE_STEPS.flatMap(({ zh, en, acts }) => at(procedure !== null && !acts.some((act) => procedure.acts.includes(act)), '/procedureId', `流程缺少“${zh}”环节`, `The procedure lacks the step “${en}”`)),
  ])),
  rule('Q09', 'error', { zh: '有结果即有样本', en: 'A result has a sample' }, LOCAL, ({ result }) => at(result !== null && !result.sample, '/result/sample', '有办理结果的，应提供结果样本', 'There is a result: give its sample')),
  rule('Q10', 'error', { zh: '条件与材料不混写', en: 'Conditions are not materials' }, LOCAL, (item) => item.acceptanceConditions.flatMap((condition, i) => [
    ...item.materials.filter((material) => condition.zh.includes(material.name.zh)).map((material) => ({
      path: `/acceptanceConditions/${i}`, message: { zh: `受理条件里写了材料“${material.name.zh}”`, en: `The condition names the material “${material.name.en}”` },
    })),
    ...proofsIn(condition.zh).filter((proof) => !item.materials.some((material) => material.name.zh.includes(proof) || proof.includes(material.name.zh))).map((proof) => ({
      path: `/acceptanceConditions/${i}`, message: { zh: `条件中的“${proof}”不在材料清单里`, en: `“${proof}” in the condition is not among the materials` },
    })),
  ])),
  rule('Q11', 'error', { zh: '即办不超过一天', en: 'At once is a day at most' }, LOCAL, (item, { procedure }) => [
    ...at(item.caseType === 'instant' && item.promisedLimit !== null && !notLonger(item.promisedLimit, { amount: 1, unit: 'workingDay' }), '/promisedLimit', '即办件的承诺时限不超过一个工作日', 'Handled at once: the promise is one working day at most'),
    ...at(item.caseType === 'instant' && procedure !== null && procedure.workingDays > 1, '/procedureId', '即办件的流程不应有多日环节', 'Handled at once: no step may take days'),
  ]),
  rule('Q12', 'error', { zh: '承诺不超过法定', en: 'The promise is within the statutory limit' }, '优化营商环境条例 第三十六条第二款', ({ promisedLimit, statutoryLimit }) =>
    at(promisedLimit !== null && statutoryLimit !== null && !notLonger(promisedLimit, statutoryLimit), '/promisedLimit',
      `承诺时限${promisedLimit && limitText(promisedLimit).zh}长于法定时限${statutoryLimit && limitText(statutoryLimit).zh}`,
      `The promise (${promisedLimit && limitText(promisedLimit).en}) is longer than the statutory limit (${statutoryLimit && limitText(statutoryLimit).en})`)),
  rule('Q13', 'error', { zh: '没有兜底条款', en: 'No catch-all' }, BEIJING, (item) => [
    ...item.acceptanceConditions.flatMap((condition, i) => at(isCatchAll(condition.zh), `/acceptanceConditions/${i}`, `受理条件有兜底表述：${condition.zh}`, `The condition is a catch-all: ${condition.en}`)),
    ...item.materials.flatMap((material, i) => at(isCatchAll(material.name.zh) || isCatchAll(material.requirements.zh), `/materials/${i}`, `材料“${material.name.zh}”有兜底表述`, `The material “${material.name.en}” is a catch-all`)),
  ]),
  rule('Q14', 'error', { zh: '能共享的不索要', en: 'What can be shared is not demanded' }, '国务院关于在线政务服务的若干规定 第七条', (item) =>
    item.materials.flatMap((material, i) => at(isShared(material) && material.demanded, `/materials/${i}/demanded`, `材料“${material.name.zh}”能通过共享取得，不得要求申请人提供`, `“${material.name.en}” can be fetched by sharing and must not be demanded`))),
]

const online = (item: Item): boolean => item.handlingModes.includes('2') || item.handlingModes.includes('3')
const digits = (phone: string): string => phone.replace(/\D/g, '')
/** `010-…`, or a service number that needs none (12345, 12348). */
const hasAreaCode = (phone: string): boolean => /^(0\d{2,3}-\d{7,8}(-\d{1,6})?|(0\d{2,3}-)?\d{5})$/.test(phone)
const isShared = (material: Material): boolean => material.sharedFrom !== null
/** 其他材料, 有关证明, 等: nobody can know beforehand what they ask for. 其他组织 and the like name a class and are not meant. */
const isCatchAll = (text: string): boolean => /其他(?!组织|类)|其它|有关|相关(材料|证明|条件|规定)|等材料|等条件/.test(text)
/** 证明 of something, as conditions name it: 场所使用证明, 无犯罪记录证明. */
const proofsIn = (text: string): string[] => (text.match(/(?<=提供|提交|具有|持有)[\p{Script=Han}]{2,12}?(?:证明|证书|许可证)/gu) ?? [])

/** 证, 照 → 证照（出证办结）; 文, 书, 决定 → 批文（出文办结）; 批复 → 审批办结. Undefined where the name says nothing. */
function resultTypeOf(name: string): 'certificate' | 'document' | 'other' | undefined {
  if (/(证|证书|执照)(（.*）)?$/.test(name)) return 'certificate'
  if (/批复(（.*）)?$/.test(name)) return 'other'
  return /(决定书|决定|文|文件|批准书|意见书)(（.*）)?$/.test(name) ? 'document' : undefined
}

const PERSONAL = new Set(['婚姻登记', '养老服务', '户籍居住', '残疾人服务', '社会救助'])
const CORPORATE = new Set(['投资审批', '企业纳税'])
const FIVE_STEPS = [
  { zh: '受理', en: 'acceptance', acts: ['accept'] },
  { zh: '审核', en: 'review', acts: ['review', 'survey', 'verify', 'expertReview', 'recordVerticalStatus'] },
  { zh: '审批', en: 'decision', acts: ['decide', 'recordVerticalDecision'] },
  { zh: '办结', en: 'issuance', acts: ['issue', 'close'] },
  { zh: '送达', en: 'delivery', acts: ['deliver', 'serve'] },
] as const
