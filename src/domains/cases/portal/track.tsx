import { inLanguage, longDay, messages, Notice, part, query, Steps, SummaryList, type Frame, type Markup } from '../../../kit/portal/index.ts'
import type { CivilDay } from '../../../base/civil-day.ts'
import type { House } from '../../../kernel/house.ts'
import { ANONYMOUS } from '../../../kernel/access/types.ts'
import { findByTrackHash } from '../../../kernel/flow/queries.ts'
import { refuse } from '../errors.ts'
import { trackHashOf } from '../track-code.ts'
import { Clocks, History, Procedure, Waits } from './case-parts.tsx'
import { say, stagesOf } from './case-words.ts'
import { readCase, type ShownCase } from './read-case.ts'
import { verticalFacts } from './vertical-facts.ts'

const own = messages({
  masked: { zh: '这里只有阶段和日期，没有任何个人信息。', en: 'Stages and days only; no personal data.' },
  supplements: { zh: '{day}一次性告知补正 {n} 处', en: '{n} points to supplement, told on {day}' },
  answered: { zh: '{day}补正', en: 'supplemented {day}' },
  verifyTitle: { zh: '自己核验', en: 'Check it yourself' },
  verifyText: { zh: '每一步都记在公开日志里。记录的指纹写在下面每一步旁边；“包含证明”能证明它确在日志中、没有被改过。申请人手里的回执还能证明记录的内容。', en: 'Every act stands in the public log. Its fingerprint is beside each act below; the proof shows that it is in the log, unaltered. The applicant’s receipt also proves what it says.' },
  verifyLink: { zh: '如何核验', en: 'How to verify' },
})

/** The progress of a case by number and code, without an account and without a person. Refuses 404 where they do not fit. */
export const trackCase = (house: House) => async ({ caseNo, trackCode }: { readonly caseNo: string; readonly trackCode: string }, frame: Frame): Promise<Markup> => {
  const no = caseNo.trim().toUpperCase()
  if (!await findByTrackHash(house.db, no, trackHashOf(trackCode.trim()))) throw refuse('wrong-track-code')
  return <Progress frame={frame} shown={await readCase(house, no, ANONYMOUS, frame.language)} today={house.time.today()} />
}

const Progress = ({ frame, shown, today }: { frame: Frame; shown: ShownCase; today: CivilDay }): Markup => {
  const { language } = frame
  const [t, o] = [say(language), own(language)]
  const { view } = shown
  const { data } = shown.matter
  const stages = stagesOf(view.stage, language)
  const day = (term: string, on: string | null) => (on === null ? [] : [{ term, value: longDay(on, language) }])
  return (
    <>
      <h1 safe>{inLanguage(view.item.name, language)}</h1>
      <p class="muted"><span safe>{view.caseNo}</span>{' · '}<span safe>{inLanguage(view.organisation.name, language)}</span></p>
      <Steps {...stages} language={language} />
      <p class="muted" safe>{o('masked')}</p>
      {data.decision ? (
        <Notice kind="open"><SummaryList facts={[{ term: t('outcome'), value: t(data.decision.outcome) }, { term: t('documentNo'), value: data.decision.documentNo }, { term: t('decidedOn'), value: longDay(data.decision.on, language) }]} /></Notice>
      ) : ''}
      {data.annulment?.decided ? (
        <Notice kind="warn" title={t('annulled')}><SummaryList facts={[{ term: t('annulledNo'), value: data.annulment.decided.documentNo }, { term: t('annulledOn'), value: longDay(data.annulment.decided.on, language) }]} /></Notice>
      ) : ''}
      <Waits frame={frame} view={view} />
      <Clocks frame={frame} clocks={shown.clocks} today={today} explainHref={(clock) => `/track/clock${query({ caseNo: view.caseNo, clock })}`} />
      <div class="columns-2">
        <div>
          <section aria-labelledby="h-facts">
            <h2 id="h-facts" safe>{t('sections')}</h2>
            <SummaryList facts={[
              ...day(t('submittedOn'), data.submittedOn), ...day(t('receivedOn'), data.receivedOn), ...day(t('acceptedOn'), data.acceptedOn),
              ...data.supplements.map((round) => ({ term: o('supplements', { day: longDay(round.askedOn, language), n: round.defects.length }), value: round.answeredOn === null ? '—' : o('answered', { day: longDay(round.answeredOn, language) }) })),
              ...verticalFacts(data, language),
              ...(data.delayReason ? [{ term: t('delay', { day: longDay(data.delayReason.on, language) }), value: data.delayReason.reason }] : []),
            ]} />
          </section>
          <section aria-labelledby="h-verify">
            <h2 id="h-verify" safe>{o('verifyTitle')}</h2>
            <p safe>{o('verifyText')}</p>
            <p><a href="/verify" safe>{o('verifyLink')}</a></p>
          </section>
        </div>
        <History frame={frame} history={view.history} receiptHref={(act) => ({ href: `/api/v1/receipts/${part(act.receiptId)}/proof`, text: t('proof') })} />
      </div>
      <Procedure frame={frame} diagram={shown.diagram} />
    </>
  )
}
