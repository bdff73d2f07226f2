import { describe, expect, test } from 'vitest'
import type { CivilDay } from '../../base/civil-day.ts'
import { readItems } from './demo/items.ts'
import { readTown } from './demo/organisations.ts'
import { describeProcedures } from './demo/procedures.ts'
import type { Item, Material } from './contract.ts'
import { checkQuality, QUALITY_RULES, type QualityContext } from './quality.ts'

const town = readTown()
const items = readItems(town, '2026-03-02' as CivilDay).map((one) => one.item)
const procedures = new Map(describeProcedures(town).map(({ id, description }) => [id, description]))
const named = (procedure: string): Item => items.find((item) => item.procedureId === procedure)!

function contextOf(item: Item, more: Partial<QualityContext> = {}): QualityContext {
  const acts = procedures.get(item.procedureId!)!.nodes.flatMap((node) => ('acts' in node ? (node.acts ?? []) : []))
  return {
    approvedFees: new Set(['XC-FEE-022', 'XC-FEE-029', 'XC-FEE-034']), keptIntermediaries: new Set(), procedure: { acts, sound: true, workingDays: 0 }, formExists: true, withdrawnItems: [], ...more,
  }
}
/** The codes of the rules that speak about a changed guide. */
const spoken = (item: Item, context: Partial<QualityContext> = {}) => [...new Set(checkQuality(item, contextOf(item, context)).map((found) => found.code))]
const food = named('food-business')
const withMaterial = (more: Partial<Material>): Item => ({ ...food, materials: [{ ...food.materials[0]!, ...more }, ...food.materials.slice(1)] })

test('fourteen rules of the catalogue, ten of publication, each with a source', () => {
  expect(QUALITY_RULES.map((rule) => rule.code)).toEqual(['Q01', 'Q02', 'Q03', 'Q04', 'Q05', 'Q06', 'Q07', 'Q08', 'Q09', 'Q10', 'Q11', 'Q12', 'Q13', 'Q14', 'P01', 'P02', 'P03', 'P04', 'P05', 'P06', 'P07', 'P08', 'P09', 'P10', 'P11'])
  expect(QUALITY_RULES.every((rule) => rule.source !== '')).toBe(true)
})

test('all thirty-seven guides of the demo are clean', () => {
  expect(items).toHaveLength(37)
  expect(items.flatMap((item) => checkQuality(item, contextOf(item)).map((found) => `${item.name.zh} ${found.code} ${found.path} ${found.message.zh}`))).toEqual([])
})

describe('a guide that breaks one rule hears of that rule', () => {
  const broken: readonly [string, string, Item, Partial<QualityContext>?][] = [
    ['Q01', 'promised on the spot, yet not handled at once', { ...food, promisedLimit: { ...food.promisedLimit!, amount: 0 } }],
    ['Q01', 'handled at once without a promise', { ...named('dog'), promisedLimit: null }],
    ['Q02', 'a certificate called a document', { ...food, result: { ...food.result!, type: 'document' } }],
    ['Q02', 'a reply to a lower body called a document', { ...food, result: { ...food.result!, name: { zh: '关于设置的批复', en: 'Reply' }, type: 'document' } }],
    ['Q02', 'a decision called a certificate', { ...food, result: { ...food.result!, name: { zh: '许可决定', en: 'Decision' }, type: 'certificate' } }],
    ['Q03', 'one must come, nobody says why', { ...food, onlineDepth: '3', requiredVisits: 1 }],
    ['Q03', 'nobody need come, and a reason why one must', { ...food, requiredVisitsReason: { zh: '核验', en: 'check' } }],
    ['Q03', 'neither visit nor online nor post', { ...food, handlingModes: ['1'] }],
    ['Q04', 'entirely online with a visit', { ...food, requiredVisits: 1, requiredVisitsReason: { zh: '核验', en: 'check' } }],
    ['Q05', 'a fee that cannot be paid online', { ...named('dog'), onlinePayment: false }],
    ['Q05', 'nothing to pay, yet payment online', { ...food, onlinePayment: true }],
    ['Q05', 'a fee without an amount', { ...named('dog'), fees: named('dog').fees.map((fee) => ({ ...fee, amountFen: null, computedBy: null })) }],
    ['Q06', 'one number to ask and to complain', { ...food, complaint: { ...food.complaint, phone: food.consultation.phone } }],
    ['Q06', 'a number without area code', { ...food, consultation: { ...food.consultation, phone: '55500101' } }],
    ['Q06', 'a number for complaints without area code', { ...food, complaint: { ...food.complaint, phone: '55500102' } }],
    ['Q07', 'a topic of personal life for enterprises only', { ...named('marriage'), serviceTargets: ['2'] }],
    ['Q07', 'a topic of legal persons for natural ones only', { ...food, topics: [{ zh: '投资审批', en: 'Investment' }], serviceTargets: ['1'] }],
    ['Q07', 'nobody it serves', { ...food, serviceTargets: [] }],
    ['Q08', 'a licence without a question', { ...food, faqs: [] }],
    ['Q08', 'a licence whose procedure delivers nothing', food, { procedure: { acts: ['accept', 'review', 'decide', 'issue'], sound: true, workingDays: 4 } }],
    ['Q09', 'a result without a sample', { ...food, result: { ...food.result!, sample: null } }],
    ['Q10', 'a material among the conditions', { ...food, acceptanceConditions: [{ zh: '提交申请书', en: 'an application' }] }],
    ['Q10', 'a proof that is not on the list', { ...food, acceptanceConditions: [{ zh: '提供无欠税证明', en: 'no tax debt' }] }],
    ['Q11', 'handled at once in two days', { ...named('dog'), promisedLimit: { amount: 2, unit: 'workingDay', article: '承诺', note: null } }],
    ['Q11', 'handled at once by a procedure of two days', named('dog'), { procedure: { ...contextOf(named('dog')).procedure!, workingDays: 2 } }],
    ['Q12', 'eleven days promised, ten by law', { ...food, promisedLimit: { ...food.promisedLimit!, amount: 11 } }],
    ['Q12', 'twenty-two working days promised, thirty natural days by law', { ...food, statutoryLimit: { ...food.statutoryLimit!, amount: 30, unit: 'naturalDay' }, promisedLimit: { ...food.promisedLimit!, amount: 22 } }],
    ['Q13', 'other materials', withMaterial({ name: { zh: '其他材料', en: 'other materials' } })],
    ['Q13', 'a material that asks for what the rules concerned say', withMaterial({ requirements: { zh: '符合有关要求', en: 'as the rules concerned say' } })],
    ['Q13', 'conditions “concerned”', { ...food, acceptanceConditions: [{ zh: '符合有关规定', en: 'within the rules concerned' }] }],
    ['Q14', 'a licence the office can look up is demanded', withMaterial({ sharedFrom: { zh: '信息库', en: 'register' }, demanded: true })],
    ['P01', 'no conditions', { ...food, acceptanceConditions: [] }],
    ['P02', 'no law', { ...food, legalBasis: [] }],
    ['P03', 'nothing said about deferred materials', { ...food, deferredAcceptance: null }],
    ['P03', 'a deferred material that is not on the list', { ...food, deferredAcceptance: { ...food.deferredAcceptance!, materials: ['nothing'] } }],
    ['P04', 'no counter for complaints', { ...food, complaint: { ...food.complaint, counter: null } }],
    ['P04', 'no telephone for complaints', { ...food, complaint: { ...food.complaint, phone: ' ' } }],
    ['P05', 'a fee off the list', named('dog'), { approvedFees: new Set() }],
    ['P06', 'an intermediary off the list', { ...food, intermediary: { code: 'Z-1', name: { zh: '评估', en: 'assessment' } } }],
    ['P07', 'six working days of steps, five promised', food, { procedure: { ...contextOf(food).procedure!, workingDays: 6 } }],
    ['P07', 'a procedure that is not sound', food, { procedure: { ...contextOf(food).procedure!, sound: false } }],
    ['P07', 'a procedure that was never published', food, { procedure: null }],
    ['P08', 'no form', { ...food, formId: null }],
    ['P08', 'a form that is not there', food, { formExists: false }],
    ['P09', 'a code that is none', { ...food, code: food.code.slice(1) }],
    ['P09', 'another level than in the code', { ...food, exerciseLevel: '5' }],
    ['P09', 'another type than in the code', { ...food, itemType: '07' }],
    ['P09', 'another catalogue code than in the code', { ...food, catalogueCode: '110190099000' }],
    ['P09', 'another body in the code', { ...food, implementingBody: { ...food.implementingBody, code: named('marriage').implementingBody.code } }],
    ['P11', 'decided elsewhere, yet the procedure decides here', { ...food, verticalSystem: named('tobacco').verticalSystem }],
    ['P11', 'the procedure leaves the decision to a system that nobody names', { ...named('tobacco'), verticalSystem: null }],
    ['P10', 'a withdrawn item as a precondition', named('internet-cafe-final'), { withdrawnItems: [named('internet-cafe-final').precededBy!.code] }],
  ]
  test.each(broken)('%s: %s', (code, _what, item, context) => expect(spoken(item, context)).toContain(code))
})

describe('九项公开: a guide that lacks one of the nine cannot be published', () => {
  const dog = named('dog')
  const lacking: readonly [string, Item][] = [
    ['办理主体', { ...food, implementingBody: { ...food.implementingBody, name: { zh: '', en: '' } } }],
    ['办理依据', { ...food, legalBasis: [] }],
    ['办理条件', { ...food, acceptanceConditions: [] }],
    ['办理程序', { ...food, procedureId: null }],
    ['办理时限', { ...food, promisedLimit: null }],
    ['办理结果', { ...food, result: null }],
    ['收费依据', { ...dog, fees: dog.fees.map((fee) => ({ ...fee, basis: '' })) }],
    ['收费标准', { ...dog, fees: dog.fees.map((fee) => ({ ...fee, standard: { zh: '', en: '' } })) }],
    ['监督渠道', { ...food, complaint: { ...food.complaint, phone: '' } }],
  ]
  test.each(lacking)('%s', (name, item) =>
    expect(checkQuality(item, contextOf(food, { procedure: null })).filter((found) => found.code === 'P01').map((found) => found.message.zh)).toEqual([`缺少公开要素“${name}”`]))
})

describe('a licence has five steps', () => {
  const five = ['accept', 'review', 'decide', 'issue', 'deliver']
  test.each(five)('without “%s” it is not published', (missing) =>
    expect(spoken(food, { procedure: { acts: five.filter((act) => act !== missing), sound: true, workingDays: 4 } })).toEqual(['Q08']))
  test('with all of them it is', () => expect(spoken(food, { procedure: { acts: five, sound: true, workingDays: 4 } })).toEqual([]))
})

test('the same limits in unlike units: twenty working days fit into thirty natural days', () => {
  expect(spoken({ ...food, statutoryLimit: { ...food.statutoryLimit!, amount: 30, unit: 'naturalDay' }, promisedLimit: { ...food.promisedLimit!, amount: 20 } })).not.toContain('Q12')
})
