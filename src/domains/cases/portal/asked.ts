import { fen, yuan } from '../../../base/money.ts'
import type { Language } from '../../../base/text.ts'
import { longDay, messages } from '../../../kit/portal/index.ts'
import type { CaseData } from '../case.ts'
import type { CaseStage } from '../contract.ts'

const say = messages({
  supplement: { zh: '补正材料：{n} 处', en: 'Supplement: {n} points' },
  supplementWhy: { zh: '{day}一次性告知；补齐后重新计算 5 个工作日的受理期限。', en: 'Told once on {day}; when complete, five working days for acceptance begin anew.' },
  clarify: { zh: '说明问题：{question}', en: 'Answer a question: {question}' },
  clarifyWhy: { zh: '{day}提出；等待您答复期间，办理期限照常计算。', en: 'Asked on {day}; the time limit runs on meanwhile.' },
  supplyDeferred: { zh: '补交容缺材料', en: 'Supply deferred materials' },
  supplyDeferredWhy: { zh: '您承诺在{day}前补交。{outcome}', en: 'You promised them by {day}. {outcome}' },
  pay: { zh: '缴费 {yuan} 元', en: 'Pay {yuan} yuan' },
  payWhy: { zh: '{day}通知；{basis}。到收费窗口缴纳，凭据号由收费员登记。', en: 'Notified on {day}; {basis}. Pay at the cashier, who enters the receipt.' },
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
  if ((stage === 'accepted' || stage === 'decided') && data.deferred && !data.deferred.suppliedOn)
    asked.push({ act: 'supplyDeferred', what: t('supplyDeferred'), why: t('supplyDeferredWhy', { day: longDay(data.deferred.dueOn, language), outcome: data.deferred.outcome[language] || data.deferred.outcome.zh }) })
  if (data.payment && !data.payment.paidOn && stage !== 'withdrawn' && stage !== 'terminated')
    asked.push({ act: null, what: t('pay', { yuan: yuan(fen(data.payment.totalFen)) }), why: t('payWhy', { day: longDay(data.payment.askedOn, language), basis: data.payment.due.map(({ basis }) => basis).join('；') }) })
  if ((stage === 'decided' || stage === 'served') && data.delivery?.mode === 'locker' && !data.delivery.collectedOn)
    asked.push({ act: 'collect', what: t('collect', { box: data.delivery.lockerBox ?? '' }), why: t('collectWhy', { day: longDay(data.delivery.on, language), code: data.delivery.code ?? '' }) })
  return asked
}
