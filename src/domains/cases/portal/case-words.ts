import { messages } from '../../../kit/portal/index.ts'
import { STAGE_NAMES, type CaseStage } from '../contract.ts'
import type { Language } from '../../../base/text.ts'

/** What pages of a case have in common: the words. */
export const say = messages({
  mine: { zh: '我的', en: 'My affairs' },
  stage: { zh: '当前阶段', en: 'Stage' },
  body: { zh: '办理机关', en: 'Handled by' },
  acceptingBody: { zh: '受理机构', en: 'Accepted by' },
  applicant: { zh: '申请人', en: 'Applicant' },
  submittedOn: { zh: '提交日期', en: 'Sent' },
  receivedOn: { zh: '收到材料', en: 'Materials received' },
  acceptedOn: { zh: '受理日期', en: 'Accepted' },
  deemed: { zh: '（逾期未告知，视为受理）', en: ' (deemed accepted, no notice having come in time)' },
  decidedOn: { zh: '决定日期', en: 'Decided' },
  outcome: { zh: '结果', en: 'Outcome' },
  grant: { zh: '准予', en: 'Granted' },
  refuse: { zh: '不予', en: 'Refused' },
  annulled: { zh: '准予决定已撤销', en: 'The grant is annulled' },
  annulledOn: { zh: '撤销日期', en: 'Annulled' },
  annulledNo: { zh: '撤销决定文号', en: 'Number of the annulment' },
  documentNo: { zh: '文号', en: 'Document number' },
  limits: { zh: '办理期限', en: 'Time limits' },
  noLimits: { zh: '现在没有正在计算的期限。', en: 'No time limit is running now.' },
  ended: { zh: '已经结束的期限', en: 'Limits that have ended' },
  history: { zh: '办理经过', en: 'What happened' },
  receipt: { zh: '回执', en: 'receipt' },
  proof: { zh: '包含证明', en: 'proof' },
  leaf: { zh: '指纹', en: 'fingerprint' },
  diagram: { zh: '流程图和当前环节', en: 'The procedure and where it stands' },
  diagramBox: { zh: '流程图，较宽时可左右滚动', en: 'Diagram; scroll sideways where it is wide' },
  inWords: { zh: '用文字看流程', en: 'The procedure in words' },
  papers: { zh: '文书', en: 'Papers' },
  noPapers: { zh: '还没有文书。', en: 'There are no papers yet.' },
  materials: { zh: '已交材料', en: 'Materials handed in' },
  noMaterials: { zh: '还没有材料。', en: 'There are no materials yet.' },
  sections: { zh: '办件内容', en: 'The case' },
  delay: { zh: '超期理由（{day}公开）', en: 'Reason for the delay (published {day})' },
  verify: { zh: '如何核验', en: 'How to verify' },
  why: { zh: '为什么是这一天', en: 'Why this day' },
  dayZero: { zh: '起算日', en: 'Day zero' },
  budget: { zh: '期限', en: 'Limit' },
  due: { zh: '到期日', en: 'Due' },
  article: { zh: '依据', en: 'By' },
  pause: { zh: '中止', en: 'Suspended' },
  extension: { zh: '延长', en: 'Extended' },
  fromTo: { zh: '{from}至{to}（{ground}，{article}）', en: '{from} to {to} ({ground}, {article})' },
  stillPaused: { zh: '今', en: 'now' },
  provisional: { zh: '暂定：超出国务院办公厅已公布的放假安排，通知公布后会重新计算并告知。', en: 'Provisional: it lies beyond the announced holidays and is computed anew, and told, once they are announced.' },
  explainLede: { zh: '“{name}”从{from}起算，当日不计，次日为第 1 日。', en: '“{name}” runs from {from}; that day does not count, the next is day 1.' },
  explainDue: { zh: '最后一日是{day}，当日 24 时止。', en: 'The last day is {day}, until midnight.' },
  explainStopped: { zh: '已停止计算。', en: 'It has stopped.' },
  waits: { zh: '{step}：{day}截止后，系统自动转入下一环节；决定期限自该日起算。', en: '{step}: after {day} the case moves on by itself; the limit of the decision counts from that day.' },
  backToCase: { zh: '返回办件', en: 'Back to the case' },
})

const UNITS = { workingDay: ['{n} 个工作日', '{n} working days'], naturalDay: ['{n} 日', '{n} days'], hour: ['{n} 小时', '{n} hours'], month: ['{n} 个月', '{n} months'] } as const
/** A clock's budget as people read it. */
export function budgetText(budget: number, unit: string, language: Language): string {
  const words = UNITS[unit as keyof typeof UNITS] ?? UNITS.workingDay
  return words[language === 'zh' ? 0 : 1].replace('{n}', String(budget))
}

/** The way of a case as stages in a row; what ended otherwise stands at the end. */
export function stagesOf(stage: CaseStage, language: Language): { readonly steps: readonly string[]; readonly current: number; readonly stopped: boolean } {
  const way: CaseStage[] = stage === 'notAccepted' ? ['submitted', 'notAccepted'] : stage === 'withdrawn' || stage === 'terminated' ? ['submitted', stage]
    : ['submitted', ...(stage === 'supplementing' ? ['supplementing' as const] : []), 'accepted', 'decided', ...(stage === 'annulled' ? ['annulled' as const] : ['served' as const]), 'closed']
  const current = way.indexOf(stage)
  const over = stage === 'closed' || stage === 'notAccepted' || stage === 'withdrawn' || stage === 'terminated'
  return { steps: way.map((one) => STAGE_NAMES[one][language]), current: over ? way.length : current, stopped: over && stage !== 'closed' }
}
