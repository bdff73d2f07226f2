import type { Bilingual } from '../../../base/text.ts'
import type { Said } from '../../../kit/console/language.tsx'
import { compact, shownOf, type FieldSpec, type Values } from '../../../kit/console/fields.tsx'
import type { GuideItem } from './guide.ts'
import { annulmentGrounds } from '../standing-contract.ts'
import { ANNULMENT_GROUND_NAMES, FAULT_ARTICLES, NOT_ACCEPTED_GROUNDS, PAUSES, SERVICE_MODE_NAMES, SERVICE_MODES, type ActName, type AnnulmentGround, type CaseView } from '../contract.ts'
import { LIGHT_APPEAL_GROUND_NAMES, LIGHT_APPEAL_GROUNDS, LIGHT_OUTCOME_NAMES, LIGHT_OUTCOMES, type LightView, type PostAtStep } from '../lights/contract.ts'
import type { CaseFile } from './file.ts'

/** What a form of an act needs to know. */
export interface ActContext {
  readonly view: CaseView
  readonly file: Partial<CaseFile>
  readonly item: GuideItem | undefined
  readonly colleagues: readonly { readonly id: string; readonly name: string; readonly posts: string }[]
  readonly text: (text: Said) => string
  /** A post at a step in words. */
  readonly post: (post: PostAtStep) => string
  readonly today: string
  /** The light an appeal or its decision is about. */
  readonly light?: LightView
}

const both = (zh: string, en: string): Bilingual => ({ zh, en })
type Build = (context: ActContext) => readonly FieldSpec[]
const field = (name: string, zh: string, en: string, kind: FieldSpec['kind'], more: Partial<FieldSpec> = {}): FieldSpec => ({ name, label: both(zh, en), kind, ...more })

const PAUSE_NAMES: Record<(typeof PAUSES)[number], Bilingual> = {
  hearing: both('听证', 'Hearing'), tender: both('招标', 'Tender'), auction: both('拍卖', 'Auction'), inspection: both('检验', 'Inspection'), testing: both('检测', 'Testing'), quarantine: both('检疫', 'Quarantine'),
  technicalIdentification: both('鉴定', 'Technical identification'), expertReview: both('专家评审', 'Expert review'), judicialConclusion: both('等候司法结论', 'A court’s conclusion'),
}
const GROUND_NAMES: Record<(typeof NOT_ACCEPTED_GROUNDS)[number], Bilingual> = {
  notCompetent: both('不属于本机关职权范围（第三十二条第一款第二项）', 'Not within this organ’s competence (art. 32(1)(2))'), falseMaterials: both('隐瞒情况或者提供虚假材料（第七十八条）', 'Facts hidden or false materials (art. 78)'),
  reapplicationBar: both('在不得再次申请的期间内（第七十八条、第七十九条）', 'Within the bar to re-applying (arts. 78, 79)'), specialLaw: both('其他法律的特别规定', 'A special rule of another law'),
}
const TERMINATIONS: readonly (readonly [string, Bilingual])[] = [
  ['applicantDied', both('申请人死亡', 'The applicant died')], ['organisationEnded', both('法人或者其他组织终止', 'The organisation ended')], ['objectGone', both('申请标的灭失', 'The object is gone')], ['otherLaw', both('法律规定的其他情形', 'Another case in law')],
]
const DELIVERIES: readonly (readonly [string, Bilingual])[] = [['counter', both('窗口领取', 'At the counter')], ['mail', both('邮寄', 'By mail')], ['locker', both('自助取件柜', 'Locker')], ['electronic', both('电子送交', 'Electronically')]]

const options = (entries: readonly (readonly [string, Bilingual])[], { text }: ActContext) => entries.map(([value, label]) => ({ value, label: text(label) }))
const papers = ({ view, text }: ActContext) => [...new Map(view.papers.map((paper) => [paper.kind, paper])).values()].map((paper) => ({ value: paper.kind, label: `${text(paper.name)} ${paper.no}` }))
const secondOfficer = (required: boolean): Build => ({ colleagues }) => [field('secondOfficer', required ? '第二名核查人员（须两人）' : '第二名核查人员（两人核查时填写）', required ? 'Second officer (two must check)' : 'Second officer (where two check)', 'select', { required, options: colleagues.map(({ id, name, posts }) => ({ value: id, label: `${name} ${posts}` })) })]
const opinion = field('opinion', '意见', 'Opinion', 'area', { required: true, maxLength: 2000 })
const files = field('files', '附件', 'Attachments', 'files')
const step = (withSecond = false, required = false): Build => (context) => [opinion, ...(withSecond ? secondOfficer(required)(context) : []), files]
const reason = (zh = '理由', en = 'Reason') => field('reason', zh, en, 'area', { required: true, maxLength: 1000 })

/** With the article: what must be annulled, and what may be and is compensated for. */
const groundLabel = (ground: AnnulmentGround, text: ActContext['text']): string => {
  const fault = FAULT_ARTICLES[ground]
  const name = text(ANNULMENT_GROUND_NAMES[ground])
  if (fault) return `${name}${text(both('（可以撤销，依法赔偿；', ' (may be annulled, compensation owed; '))}${fault}${text(both('）', ')'))}`
  return ground === 'deceit' ? `${name}${text(both('（应当撤销；行政许可法 第六十九条第二款）', ' (must be annulled; 行政许可法 第六十九条第二款)'))}` : name
}

/**
 * The fields of each act, in both languages. Drawn by hand rather than from the schema, because a window needs words, not names of
 * members; the schema of the contract still judges what is sent. Absent: the act has its own editor, or nothing to fill in.
 */
const FORMS: Partial<Record<ActName, Build>> = {
  preReview: () => [field('remarks', '预审意见', 'Remarks', 'area', { required: true })],
  accept: () => [field('opinion', '受理意见（可不填）', 'Remarks (optional)', 'area', { maxLength: 1000 })],
  refuseAcceptance: (context) => [
    field('ground', '法定理由', 'Legal ground', 'radio', { required: true, wide: true, options: options(NOT_ACCEPTED_GROUNDS.map((one) => [one, GROUND_NAMES[one]]), context) }),
    field('competentBody', '有权办理的机关', 'The competent body', 'text', { required: true, maxLength: 200, wide: true, shownWhen: ({ ground }) => ground === 'notCompetent' }), field('specialLaw', '其他法律的条文', 'The article of the other law', 'text', { required: true, wide: true, shownWhen: ({ ground }) => ground === 'specialLaw' }),
    field('reasons', '理由', 'Reasons', 'area', { required: true }),
  ],
  notRequired: () => [field('reasons', '理由', 'Reasons', 'area', { required: true })],
  review: step(true), verify: step(true), coReview: step(), expertReview: step(), publicNotice: step(), checkRectification: (context) => step(true, context.item?.substanceVerified ?? false)(context),
  commitmentCheck: (context) => [
    field('opinion', '核查情况（与承诺不符的，写明事实）', 'What was found (where not as promised, the facts)', 'area', { required: true, maxLength: 2000 }),
    field('workingDays', '责令整改的工作日（不填为指南所定）', 'Working days to rectify (else the guide’s)', 'integer', { min: 1, max: 180 }), ...secondOfficer(context.item?.substanceVerified ?? false)(context), files,
  ],
  tellAnnulment: ({ file, text }) => [
    field('ground', '撤销的情形', 'Ground of the annulment', 'radio', { required: true, wide: true, options: annulmentGrounds(file).map((ground) => ({ value: ground, label: groundLabel(ground, text) })) }),
    field('facts', '认定的事实（告知当事人）', 'The facts as found (told to the party)', 'area', { required: true, maxLength: 4000 }),
  ],
  hearAnnulment: () => [field('statement', '陈述申辩（放弃的可不填）', 'Statement (may be empty where waived)', 'area', { maxLength: 4000 }), field('waived', '明确放弃陈述申辩', 'Expressly waives her statement', 'check')],
  annul: () => [field('reasons', '撤销的理由（含对陈述申辩的回应）', 'Reasons, with an answer to her statement', 'area', { required: true, maxLength: 4000 })],
  dropAnnulment: () => [field('reasons', '不予撤销的理由', 'Why nothing is annulled', 'area', { required: true, maxLength: 4000 }), field('publicInterest', '撤销可能对公共利益造成重大损害（第六十九条第三款）', 'Undoing it could gravely harm the public interest (art. 69(3))', 'check')],
  survey: (context) => step(true, context.item?.substanceVerified ?? false)(context),
  askClarification: () => [field('question', '需要说明的问题（时限照计）', 'What is to be clarified (the clock runs on)', 'area', { required: true, maxLength: 1000 })],
  clarify: () => [field('answer', '说明', 'Answer', 'area', { required: true }), files],
  suspend: (context) => [
    field('ground', '特别程序', 'Special procedure', 'radio', { required: true, wide: true, options: PAUSES.filter((one) => context.item === undefined || context.item.specialProcedures.some((special) => special.ground === one)).map((one) => ({ value: one, label: context.text(PAUSE_NAMES[one]) })) }),
    field('workingDaysNeeded', '所需工作日', 'Working days needed', 'integer', { required: true, min: 1, max: 365 }), field('requiredBy', '要求进行该程序的法律条文', 'The article that requires it', 'text', { required: true }),
  ],
  resume: () => [field('result', '结果', 'Result', 'area', { required: true, maxLength: 1000 }), field('endedOn', '程序结束日期（不填为今天）', 'Day it ended (today if empty)', 'day')],
  requestExtension: () => [reason('申请延长的理由', 'Why more time is needed')],
  extend: () => [field('workingDays', '延长工作日', 'Working days added', 'integer', { required: true, min: 1, max: 60 }), reason('告知申请人的理由', 'Reason told to the applicant')],
  extendJoint: () => [field('workingDays', '延长工作日', 'Working days added', 'integer', { required: true, min: 1, max: 60 }), reason('告知申请人的理由', 'Reason told to the applicant')],
  refuseExtension: () => [reason('不同意的理由', 'Why not')], refuseJointExtension: () => [reason('不同意的理由', 'Why not')],
  explainDelay: () => [field('reason', '超期理由（将向社会公开）', 'Reason for the delay (made public)', 'area', { required: true, maxLength: 1000 })],
  tellInterestedParty: () => [field('name', '利害关系人', 'Interested party', 'text', { required: true, maxLength: 200 }), field('phone', '电话', 'Telephone', 'text'), field('address', '地址', 'Address', 'text'), field('interest', '关系何种重大利益', 'Which major interest', 'area', { required: true, maxLength: 500 })],
  hearInterestedParty: ({ file }) => [
    field('party', '利害关系人', 'Interested party', 'select', { required: true, options: (file.interestedParties ?? []).map((party, i) => ({ value: i, label: party.name })) }),
    field('statement', '陈述申辩', 'Statement', 'area', { required: true, maxLength: 4000 }), field('waived', '放弃陈述申辩', 'Waived the right to be heard', 'check'),
  ],
  confirmPayment: () => [field('receiptNo', '票据号码', 'Receipt number', 'text', { required: true, maxLength: 60 }), field('amountFen', '金额', 'Amount', 'fen', { required: true, min: 1 })],
  decide: () => [
    field('content', '决定内容', 'What is decided', 'area', { maxLength: 2000 }), field('reasons', '理由（不予时必填）', 'Reasons (must be given for a refusal)', 'area', { maxLength: 4000 }),
    field('validFrom', '有效期自', 'Valid from', 'day'), field('validTo', '有效期至', 'Valid until', 'day'),
    field('falseMaterials', '因隐瞒情况或者提供虚假材料不予（第七十八条）', 'Refused for concealed facts or false materials (art. 78)', 'check'),
  ],
  issue: () => [field('certificateNo', '证照编号（不填则用文号）', 'Certificate number (else the document number)', 'text', { maxLength: 100 })],
  useSeal: (context) => [field('paper', '文书', 'Paper', 'select', { required: true, options: papers(context) }), field('purpose', '用印事由', 'Purpose', 'text', { required: true, maxLength: 200 })],
  serve: (context) => [
    field('paper', '文书', 'Paper', 'select', { required: true, options: papers(context) }), field('mode', '送达方式', 'Manner of service', 'select', { required: true, options: SERVICE_MODES.map((one) => ({ value: one, label: context.text(SERVICE_MODE_NAMES[one]) })) }),
    field('on', '送达日期', 'Day of service', 'day', { required: true }), field('recipient', '签收人', 'Received by', 'text', { required: true, maxLength: 100 }),
    field('proofText', '送达证明说明', 'What proves it', 'area', { required: true, maxLength: 500 }), field('proofFiles', '回证、照片或者录像', 'Receipt, photos or video', 'files'),
  ],
  deliver: (context) => [
    field('mode', '交付方式', 'How', 'radio', { required: true, wide: true, options: options(DELIVERIES, context) }),
    field('collectedBy', '领取人', 'Collected by', 'text', { required: true, maxLength: 100, shownWhen: ({ mode }) => mode === 'counter' }), field('trackingNo', '邮件号', 'Tracking number', 'text', { required: true, maxLength: 60, shownWhen: ({ mode }) => mode === 'mail' }),
    field('lockerBox', '柜格', 'Box', 'text', { required: true, maxLength: 30, shownWhen: ({ mode }) => mode === 'locker' }),
  ],
  collect: () => [field('code', '取件码', 'Collection code', 'text', { required: true, maxLength: 20 }), field('signedBy', '签收人', 'Signed by', 'text', { required: true, maxLength: 100 })],
  withdraw: () => [field('reason', '撤回原因（可不填）', 'Reason (optional)', 'area', { maxLength: 1000 })],
  terminate: (context) => [field('ground', '情形', 'Ground', 'radio', { required: true, wide: true, options: options(TERMINATIONS, context) }), field('reasons', '说明', 'Reasons', 'area', { required: true, maxLength: 1000 })],
  handOverMaterials: (context) => [
    field('to', '移交给', 'To', 'text', { required: true, maxLength: 200 }), field('materials', '移交的材料', 'Materials', 'many', { required: true, options: materialOptions(context) }), field('scannedFileIds', '交接扫描件', 'Scans', 'files'),
  ],
  appealLight: ({ text }) => [
    field('ground', '理由', 'Ground', 'radio', { required: true, wide: true, options: LIGHT_APPEAL_GROUNDS.map((one) => ({ value: one, label: text(LIGHT_APPEAL_GROUND_NAMES[one]) })) }),
    reason('具体情况（何时、何事，与这一期限有何关系）', 'What happened, when, and how it bears on this limit'), field('files', '证据（可不附）', 'Evidence (optional)', 'files'),
  ],
  judgeLight: ({ text, post, light }) => [
    field('outcome', '决定', 'Decision', 'radio', { required: true, wide: true, options: LIGHT_OUTCOMES.map((one) => ({ value: one, label: text(LIGHT_OUTCOME_NAMES[one]) })) }),
    field('toTask', '改记到', 'Moved to', 'radio', { required: true, wide: true, shownWhen: ({ outcome }) => outcome === 'moved', options: (light?.appeal?.targets ?? []).map((one) => ({ value: one.task, label: post(one) })) }),
    reason('决定的理由（告知申诉岗位）', 'Reason, told to the post'),
  ],
  telephoned: () => [field('outcome', '通话情况', 'What came of the call', 'area', { required: true, maxLength: 500 })],
  addVolume: () => [field('reason', '增补原因', 'Reason', 'area', { required: true, maxLength: 1000 }), field('files', '增补材料（没有的可不填；归档后的文书和行为自动列入）', 'Files, if any (papers and acts since the last volume are listed by themselves)', 'files')],
}

export const materialName = ({ item, text }: Pick<ActContext, 'item' | 'text'>, id: string): string => text(item?.materials.find((material) => material.id === id)?.name) || id
const materialOptions = (context: ActContext) => [...new Set((context.file.materials ?? []).map((material) => material.materialId))].map((id) => ({ value: id, label: materialName(context, id) }))

/** Values of fields that the others have hidden are not sent. */
export function withoutHidden(specs: readonly FieldSpec[], values: Values): Values {
  const shown = new Set(shownOf(specs, values).map((spec) => spec.name))
  const hidden = new Set(specs.filter((spec) => !shown.has(spec.name)).map((spec) => spec.name))
  return Object.fromEntries(Object.entries(values).filter(([name]) => !hidden.has(name)))
}

export const actFields = (act: string, context: ActContext): readonly FieldSpec[] => FORMS[act as ActName]?.(context) ?? []

export function initialValues(act: string, { today, file }: ActContext): Values {
  // The guide says what a missed promise brings: the words of the refusal stand ready.
  if (act === 'decide' && grantBarred(file)) return { reasons: file.deferred!.missed!.reasons }
  if (act === 'serve') return { on: today, ...(file.application?.applicant ? { recipient: file.application.applicant.name } : {}) }
  if (act === 'confirmPayment') return { amountFen: file.payment?.totalFen }
  if (act === 'hearInterestedParty') return { party: file.interestedParties?.findIndex((party) => party.heardOn === null) }
  return {}
}

const STEPS: readonly string[] = ['review', 'verify', 'survey', 'coReview', 'expertReview', 'publicNotice', 'commitmentCheck', 'checkRectification', 'annul', 'dropAnnulment', 'decide']

/** The API's input from what was filled in. */
export function inputOf(act: string, values: Values, offer: { readonly step: string | null }, { light }: Pick<ActContext, 'light'> = {}): Record<string, unknown> {
  const input = compact(values)
  if (act === 'appealLight' && light) return { ...input, clock: light.clock, light: light.light, task: light.task }
  if (act === 'judgeLight' && light?.appeal) return { ...input, appeal: light.appeal.no }
  if (act === 'serve') {
    const { proofText, proofFiles, ...rest } = input
    return { ...rest, proof: { text: proofText ?? '', files: proofFiles ?? [] } }
  }
  if (STEPS.includes(act) && offer.step !== null) return { ...input, step: offer.step }
  return input
}

/** The article each act stands on, for the line beside its buttons. */
const ARTICLES: Partial<Record<ActName, string>> = {
  preReview: '西政发〔2011〕7号（十四）', receive: '行政许可法 第三十二条第一款第四项', correctOnSpot: '行政许可法 第三十二条第一款第三项', requestSupplement: '行政许可法 第三十二条第一款第四项', supplement: '行政许可法 第三十二条第一款第五项',
  accept: '行政许可法 第三十二条第一款第五项', refuseAcceptance: '行政许可法 第三十二条第一款第二项', notRequired: '行政许可法 第三十二条第一款第一项', review: '行政许可法 第三十四条', verify: '行政许可法 第三十四条第三款', survey: '行政许可法 第三十四条第三款',
  coReview: '行政许可法 第三十四条', expertReview: '行政许可法 第四十五条', askClarification: '行政许可法 第三十一条第一款', suspend: '行政许可法 第四十五条', resume: '行政许可法 第四十五条', requestExtension: '行政许可法 第四十二条第一款', extend: '行政许可法 第四十二条第一款', extendJoint: '行政许可法 第四十二条第二款',
  explainDelay: '优化营商环境条例 第三十六条第二款', tellInterestedParty: '行政许可法 第三十六条', hearInterestedParty: '行政许可法 第三十六条', requestPayment: '行政许可法 第五十八条、第五十九条', confirmPayment: '行政许可法 第五十九条', decide: '行政许可法 第三十八条', issue: '行政许可法 第三十九条',
  useSeal: '行政许可法 第三十二条第二款、第三十九条', serve: '行政许可法 第四十四条', telephoned: '行政许可法 第四十四条', deliver: '行政许可法 第四十四条', collect: '行政许可法 第四十四条', withdraw: '行政许可法 第七条', terminate: '行政许可法 第七十条（类推）', handOverMaterials: '国务院关于在线政务服务的若干规定 第十二条',
  handToVertical: '国务院关于在线政务服务的若干规定 第十二条', close: '国务院关于在线政务服务的若干规定 第十二条', commitmentCheck: '北京市优化营商环境条例 第三十三条', checkRectification: '北京市优化营商环境条例 第三十三条',
  tellAnnulment: '行政许可法 第七条', hearAnnulment: '行政许可法 第七条', annul: '行政许可法 第六十九条；北京市优化营商环境条例 第三十三条', addVolume: '国务院关于在线政务服务的若干规定 第十二条', dropAnnulment: '行政许可法 第七条、第八条第一款', publishResult: '行政许可法 第四十条', appealLight: '中办发〔2011〕22号 第二十条（电子监察）', judgeLight: '中办发〔2011〕22号 第二十条（电子监察）',
}
export const articleOf = (act: string): string | undefined => ARTICLES[act as ActName]

/** Deferred materials whose day has passed, of an item that is refused without them. */
const grantBarred = ({ deferred }: Partial<CaseFile>): boolean => Boolean(deferred?.missed) && deferred!.suppliedOn === null && deferred!.onMissed === 'refused'

export interface Ending { readonly key: string; readonly label: Bilingual; readonly values: Values; readonly grave: boolean }
/** The buttons that end a form: the ways the law or the procedure leaves, else the act itself. */
export function endingsOf(offer: CaseView['acts'][number], file: Partial<CaseFile>): readonly Ending[] {
  if (offer.act === 'decide') {
    const refusal: Ending = { key: 'refuse', label: both('不予', 'Refuse'), values: { outcome: 'refuse' }, grave: true }
    return grantBarred(file) ? [refusal] : [refusal, { key: 'grant', label: both('准予', 'Grant'), values: { outcome: 'grant' }, grave: false }]
  }
  if (offer.act === 'preReview') return [{ key: 'not', label: both('还需补充', 'Not ready'), values: { ready: false }, grave: true }, { key: 'ready', label: both('可以提交', 'Ready to submit'), values: { ready: true }, grave: false }]
  if (offer.act === 'telephoned') return [{ key: 'missed', label: both('没有联系上', 'Not reached'), values: { reached: false }, grave: false }, { key: 'reached', label: both('已电话告知', 'Told by telephone'), values: { reached: true }, grave: false }]
  if (offer.act === 'commitmentCheck') return [
    { key: 'false', label: both('虚假承诺', 'False commitment'), values: { finding: 'false' }, grave: true }, { key: 'rectify', label: both('不符，责令限期整改', 'Not as promised: order to rectify'), values: { finding: 'rectify' }, grave: true },
    { key: 'conforms', label: both('核查相符', 'As promised'), values: { finding: 'conforms' }, grave: false },
  ]
  if (offer.act === 'checkRectification') return [{ key: 'notRectified', label: both('仍未达到条件', 'Still not put right'), values: { finding: 'notRectified' }, grave: true }, { key: 'rectified', label: both('整改合格', 'Put right'), values: { finding: 'rectified' }, grave: false }]
  if (offer.act === 'annul' || offer.act === 'dropAnnulment') return [{ key: offer.act, label: offer.name, values: {}, grave: offer.act === 'annul' }]
  if (STEPS.includes(offer.act) && offer.outcomes.length > 1) return offer.outcomes.map(({ id, name }) => ({ key: id, label: name, values: { outcome: id }, grave: /不|退回/.test(name.zh) }))
  return [{ key: offer.act, label: offer.name, values: {}, grave: offer.act === 'refuseAcceptance' || offer.act === 'notRequired' || offer.act === 'terminate' || offer.act === 'tellAnnulment' }]
}
