import type { z } from 'zod'
import type { FormDefinition, Item } from '../src/domains/catalog/contract.ts'
import { procedureOf, type ProcedureLine } from '../src/domains/catalog/demo/procedure-patterns.ts'
import { fictionalUscc } from '../src/domains/catalog/demo/sql.ts'
import { buildBpmn } from '../src/kernel/procedure/build.ts'

type ItemInput = z.input<typeof Item>
const both = (zh: string, en = zh) => ({ zh, en })
const workingDays = (amount: number, article: string) => ({ amount, unit: 'workingDay' as const, article })

/** Forms of the town: one field that is needed, two that choose the way. */
export const townForm: FormDefinition = {
  id: 'shop', version: 1, title: both('登记表', 'Form'),
  sections: [{ id: 'main', title: both('基本情况', 'Basics'), fields: [
    { id: 'shopName', type: 'text', label: both('店名', 'Shop name'), required: true },
    { id: 'area', type: 'area', label: both('面积', 'Area'), required: false },
    { id: 'elsewhere', type: 'boolean', label: both('在外区', 'Elsewhere'), required: false },
  ] }],
}

/** One procedure per item, of the segments that the demo's are made of. */
const LINES: Readonly<Record<string, ProcedureLine>> = {
  licence: { item: 'licence', name: ['许可流程', 'Licence'], commitment: true, steps: [['review', 1], ['survey', 2], ['decision', 1], 'issuance', 'delivery'] },
  plain: { item: 'plain', name: ['一般流程', 'Plain'], steps: [['review', 1], ['decision', 1], 'issuance', 'delivery'] },
  instant: { item: 'instant', name: ['即办流程', 'Instant'], steps: [['decision', 0], 'issuance', 'delivery'] },
  windows: { item: 'windows', name: ['集中受理流程', 'In windows'], steps: ['windowClose', ['review', 1], ['decision', 1], 'issuance', 'delivery'] },
  street: { item: 'ownDuty', name: ['街道受理流程', 'Accepted at a sub-district'], accepting: true, steps: [['review', 1], ['decision', 1], 'issuance', 'delivery'] },
  fee: { item: 'fee', name: ['收费流程', 'With a fee'], steps: [['decision', 1], 'payment', 'issuance', 'delivery'] },
  vertical: { item: 'vertical', name: ['垂直业务系统流程', 'Vertically led'], steps: [['vertical', 5], 'issuance', 'delivery'] },
  verticalFee: { item: 'verticalFee', name: ['垂直业务系统收费流程', 'Vertically led, with a fee'], steps: [['vertical', 5, 'health'], 'payment', 'issuance', 'delivery'] },
  joint: { item: 'joint', name: ['联办流程', 'Joint'], steps: [['coReview', 2, 'health'], ['decision', 1], 'issuance', 'delivery'] },
}

export const townProcedures = (): { id: string; xml: Promise<string> }[] =>
  Object.entries(LINES).map(([id, line]) => ({ id, xml: buildBpmn(procedureOf(id, line, () => fictionalUscc('11', 903))) }))

const material = (id: string, name: string, more: Partial<ItemInput['materials'][number]> = {}): ItemInput['materials'][number] => ({
  id, name: both(name, id), necessity: 'required', type: 'original', form: 'either', source: 'applicant', originals: 1, demanded: true, requirements: both('如实填写', 'Fill in truthfully'), ...more,
})

const EXTENSION = { kind: '1', name: both('延长', 'Extension'), ground: null, article: '行政许可法 第四十二条第一款', notice: both('说明理由', 'With reasons'), extension: { amount: 10, unit: 'workingDay', approver: both('本机关负责人', 'Head') } } as const

const elsewhere = (leadership: 'vertical' | 'dual') => ({ name: both('全国业务系统', 'National system'), authority: both('国家主管局', 'National authority'), leadership, referenceLabel: both('受理编号', 'Its number') })

interface TownItem extends ItemInput { readonly key: string }

/** What the tests apply for, by a short key. Limits: statutory twenty working days where nothing else is said, promised ten. */
export function townItems(department: string): TownItem[] {
  const plain = (key: string, n: number, type: string, more: Partial<ItemInput> = {}): TownItem => {
    const catalogueCode = `11${type}90000${n}000`.slice(0, 12)
    const code = `${department}4${catalogueCode}`
    return {
      key, code, catalogueCode, implementationCode: code, name: both(`事项${n}`, key), itemType: type as ItemInput['itemType'], version: 1, state: 'published', effectiveFrom: '2020-01-01' as ItemInput['effectiveFrom'], applicable: true,
      legalBasis: [{ law: '行政许可法', article: '第十二条' }], powerSource: '1', exerciseLevel: '4', implementingBody: { code: department, name: both('区市场监管局', 'Market'), nature: '1' },
      serviceTargets: ['1', '2'], caseType: 'promised', statutoryLimit: workingDays(20, '行政许可法 第四十二条第一款'), promisedLimit: workingDays(10, '承诺'), deeming: type === '01' ? 'DEEM.ACCEPTED' : null,
      acceptanceConditions: [both('符合条件', 'Conditions are met')], materials: [material('application', '申请书'), material('plan', '平面图')], formId: 'shop', procedureId: 'plain',
      handlingModes: ['1', '2'], onlineDepth: '4', requiredVisits: 0, places: [], consultation: { phone: '010-1' }, complaint: { phone: '010-2' },
      result: { name: both('许可证', 'Licence'), type: 'certificate', sample: null, validMonths: 36 }, remedy: { organ: 'districtDepartment', reconsideration: both('复议'), litigation: both('诉讼') }, faqs: [], ...more,
    }
  }
  return [
    plain('licence', 1, '01', {
      procedureId: 'licence', substanceVerified: true, publicSafety: true, deliveryLimit: workingDays(10, '行政许可法 第四十四条'),
      specialProcedures: [{ kind: '2', name: both('专家评审', 'Expert review'), ground: 'expertReview', article: '行政许可法 第四十五条', notice: both('书面告知', 'Told in writing') }, EXTENSION],
      deferredAcceptance: { materials: ['plan'], workingDays: 5, onMissed: 'refused', outcome: both('未补交的，不予许可', 'Refused if not supplied') },
      commitment: { letter: both('承诺', 'I commit'), consequences: both('撤销', 'Annulled'), article: '北京市优化营商环境条例 第三十三条', promisedLimit: workingDays(1, '承诺'), afterCheckWorkingDays: 20, replaces: ['plan'] },
    }),
    plain('plain', 2, '01', { routing: [{ when: 'elsewhere = true', to: both('外区市场监管局', 'The other district'), article: '行政许可法 第三十二条' }] }),
    plain('instant', 3, '07', { procedureId: 'instant', caseType: 'instant', statutoryLimit: workingDays(5, '条例 第九条'), promisedLimit: workingDays(0, '承诺') }),
    plain('fee', 4, '07', {
      procedureId: 'fee', fees: [{ code: 'F1', name: both('登记费', 'Fee'), amountFen: 8000, standard: both('80 元', '80 yuan'), basis: '京价〔2016〕1号', reductions: [{ when: 'area <= 50', amountFen: 4000, reason: both('小微', 'Small'), article: '京财〔2016〕2号' }] }],
    }),
    plain('neighbours', 5, '01', { affectsThirdParties: true, publicSafety: true, specialProcedures: [{ ...EXTENSION, article: '食品经营许可和备案管理办法 第二十一条', extension: { ...EXTENSION.extension, amount: 5 } }] }),
    plain('inPerson', 6, '07', { procedureId: 'instant', inPersonOnly: { article: '民法典 第一千零四十九条', reason: both('亲自到场', 'In person') } }),
    plain('windows', 7, '07', { procedureId: 'windows', trigger: 'windowClosed', batchWindows: [{ name: both('春季', 'Spring'), from: '03-01', to: '03-31' }], statutoryLimit: workingDays(30, '教师资格条例 第十六条'), promisedLimit: workingDays(15, '承诺') }),
    plain('realty', 8, '07', { procedureId: 'instant', deeming: 'DEEM.REALTY_ACCEPTED' }),
    plain('joint', 9, '01', { procedureId: 'joint', specialProcedures: [{ ...EXTENSION, article: '行政许可法 第四十二条第二款', extension: { ...EXTENSION.extension, amount: 15 } }] }),
    plain('withheld', 11, '07', { procedureId: 'instant', deferredAcceptance: { materials: ['plan'], workingDays: 5, onMissed: 'resultWithheld', outcome: both('未补交的，证书暂不发放', 'The certificate is kept back until it comes') } }),
    plain('evidence', 12, '07', { procedureId: 'instant', deferredAcceptance: { materials: ['plan'], workingDays: 5, onMissed: 'decidedOnEvidence', outcome: both('未补交的，依现有证据认定', 'Determined on the evidence there is') } }),
    plain('ownDuty', 13, '05', { procedureId: 'street', formId: null, acceptingBody: { level: 'subdistrict', field: 'subdistrict', by: 'ownDuty', article: '社会救助暂行办法 第十一条' } }),
    plain('entrusted', 14, '05', { procedureId: 'street', formId: null, acceptingBody: { level: 'subdistrict', field: 'subdistrict', by: 'entrustment', article: '办法' } }),
    plain('fromReceipt', 10, '07', { trigger: 'allDocuments', statutoryLimit: workingDays(20, '条例 第二十条'), promisedLimit: workingDays(10, '承诺') }),
    plain('vertical', 31, '01', { procedureId: 'vertical', substanceVerified: true, affectsThirdParties: true, deliveryLimit: workingDays(10, '行政许可法 第四十四条'), verticalSystem: elsewhere('vertical') }),
    plain('verticalFee', 32, '07', { procedureId: 'verticalFee', verticalSystem: elsewhere('vertical'), fees: [{ code: 'F1', name: both('登记费', 'Fee'), amountFen: 8000, standard: both('80 元', '80 yuan'), basis: '京价〔2016〕1号' }] }),
    plain('dual', 33, '07', { procedureId: 'instant', verticalSystem: elsewhere('dual') }),
  ]
}
