import { fen, yuan } from '../../../base/money.ts'
import type { Language } from '../../../base/text.ts'
import { longDay, messages } from '../../../kit/portal/index.ts'
import type { CaseData } from '../case.ts'
import { STATEMENT_WORKING_DAYS } from '../clock-rules.ts'
import { ANNULMENT_GROUND_NAMES, type CaseStage } from '../contract.ts'
import { pendingAnnulment } from '../standing.ts'
import { isOwed, openNames, withholdsResult } from '../deferred.ts'

const say = messages({
  supplement: { zh: '补正材料：{n} 处', en: 'Supplement: {n} points' },
  supplementWhy: { zh: '{day}一次性告知；补齐后重新计算 5 个工作日的受理期限。', en: 'Told once on {day}; when complete, five working days for acceptance begin anew.' },
  clarify: { zh: '说明问题：{question}', en: 'Answer a question: {question}' },
  clarifyWhy: { zh: '{day}提出；等待您答复期间，办理期限照常计算。', en: 'Asked on {day}; the time limit runs on meanwhile.' },
  supplyDeferred: { zh: '补交容缺材料', en: 'Supply deferred materials' },
  supplyDeferredWhy: { zh: '您承诺在{day}前补交。{outcome}。', en: 'You promised them by {day}. {outcome}.' },
  deferredMissedWhy: { zh: '应在{day}前补交，逾期未收到。{outcome}。办件未结束之前仍可补交。', en: 'They were to follow by {day} and have not come. {outcome}. You may still hand them in while the case is open.' },
  resultWaits: { zh: '已准予，补齐后发放办理结果。', en: 'It is granted; the result is handed over once they are there.' },
  pay: { zh: '缴费 {yuan} 元', en: 'Pay {yuan} yuan' },
  payWhy: { zh: '{day}通知；{basis}。到收费窗口缴纳，凭据号由收费员登记。', en: 'Notified on {day}; {basis}. Pay at the cashier, who enters the receipt.' },
  rectify: { zh: '限期整改，至{day}止', en: 'Put it right by {day}' },
  rectifyUnserved: { zh: '限期整改，自收到通知书次日起 {n} 个工作日', en: 'Put it right within {n} working days from the day after the order is served' },
  rectifyWhy: { zh: '{day}核查发现与承诺不符：{facts} 整改后会复查；仍未达到条件的，撤销决定并纳入公共信用信息（北京市优化营商环境条例 第三十三条）。', en: 'Found on {day} otherwise than promised: {facts} It is checked again; failing that the decision is annulled and this goes to the public credit record (Beijing Business Environment Regulations Art. 33).' },
  hearAnnulment: { zh: '陈述、申辩：准予决定拟予撤销', en: 'State your case: the grant may be annulled' },
  hearAnnulmentWhy: { zh: '{day}告知，理由是{ground}：{facts} 收到告知书后 {n} 个工作日内提出；您也可以放弃（行政许可法 第七条）。', en: 'Told on {day}, for: {ground}. {facts} You have {n} working days from receiving the notice; you may also waive it (Administrative Licensing Law Art. 7).' },
  collect: { zh: '到自助柜取件：{box}', en: 'Collect from locker {box}' },
  collectWhy: { zh: '{day}放入；取件码 {code}，取出后签收。', en: 'Put there on {day}; code {code}. Sign when you have it.' },
})

/** Something the applicant has to do: what, by when and why, and the act that does it (null: done elsewhere). */
export interface Asked { readonly act: string | null; readonly what: string; readonly why: string }

/** Everything a case asks of its applicant now. */
export function askedOf(data: CaseData, stage: CaseStage, language: Language): readonly Asked[] {
  const t = say(language)
  const asked: Asked[] = []
  const round = data.supplements.at(-1)
  if (stage === 'supplementing' && round) asked.push({ act: 'supplement', what: t('supplement', { n: round.defects.length }), why: t('supplementWhy', { day: longDay(round.askedOn, language) }) })
  const question = data.clarifications.find((one) => one.answeredOn === null)
  if (stage === 'accepted' && question) asked.push({ act: 'clarify', what: t('clarify', { question: question.question }), why: t('clarifyWhy', { day: longDay(question.askedOn, language) }) })
  if ((stage === 'accepted' || stage === 'decided' || stage === 'served') && isOwed(data)) {
    const { dueOn, outcome, missed } = data.deferred!
    const why = t(missed ? 'deferredMissedWhy' : 'supplyDeferredWhy', { day: longDay(dueOn, language), outcome: outcome[language] || outcome.zh })
    asked.push({ act: 'supplyDeferred', what: `${t('supplyDeferred')}${language === 'zh' ? '：' : ': '}${openNames(data)[language]}`, why: data.decision && withholdsResult(data.deferred) ? `${why}${language === 'zh' ? '' : ' '}${t('resultWaits')}` : why })
  }
  if (data.payment && !data.payment.paidOn && stage !== 'withdrawn' && stage !== 'terminated')
    asked.push({ act: null, what: t('pay', { yuan: yuan(fen(data.payment.totalFen)) }), why: t('payWhy', { day: longDay(data.payment.askedOn, language), basis: data.payment.due.map(({ basis }) => basis).join('；') }) })
  const rectification = data.afterCheck?.rectification
  if (stage !== 'annulled' && stage !== 'closed' && rectification && rectification.finding === null)
    asked.push({ act: null, what: rectification.dueOn === null ? t('rectifyUnserved', { n: rectification.workingDays }) : t('rectify', { day: longDay(rectification.dueOn, language) }), why: t('rectifyWhy', { day: longDay(rectification.orderedOn, language), facts: data.afterCheck!.facts }) })
  const annulment = pendingAnnulment(data)
  if (annulment && annulment.heard === null)
    asked.push({ act: 'hearAnnulment', what: t('hearAnnulment'), why: t('hearAnnulmentWhy', { day: longDay(annulment.toldOn, language), ground: ANNULMENT_GROUND_NAMES[annulment.ground][language], facts: annulment.facts, n: STATEMENT_WORKING_DAYS }) })
  if ((stage === 'decided' || stage === 'served') && data.delivery?.mode === 'locker' && !data.delivery.collectedOn)
    asked.push({ act: 'collect', what: t('collect', { box: data.delivery.lockerBox ?? '' }), why: t('collectWhy', { day: longDay(data.delivery.on, language), code: data.delivery.code ?? '' }) })
  return asked
}
