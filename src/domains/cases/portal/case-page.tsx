import { longDay, Button, inLanguage, Layout, messages, Notice, part, Steps, SummaryList, type Fact, type Frame, type Markup } from '../../../kit/portal/index.ts'
import type { CivilDay } from '../../../base/civil-day.ts'
import type { Item } from '../../catalog/contract.ts'
import type { Remedy } from '../case.ts'
import { ANNULMENT_GROUND_NAMES, FAULT_ARTICLES, STAGE_NAMES } from '../contract.ts'
import { askedOf } from './asked.ts'
import { Clocks, clockHref, ClockExplained, History, Procedure, Waits, type ExplainedClock } from './case-parts.tsx'
import { say, stagesOf } from './case-words.ts'
import { verticalFacts } from './vertical-facts.ts'
import type { ShownCase } from './read-case.ts'

const own = messages({
  asked: { zh: '需要您办', en: 'Asked of you' },
  done: { zh: '已办理。', en: 'Done.' },
  refusedTitle: { zh: '没有办成', en: 'It was not done' },
  go: { zh: '现在办', en: 'Do it now' },
  withdraw: { zh: '撤回申请', en: 'Withdraw the application' },
  correctOnSpot: { zh: '更正或者更换材料', en: 'Correct or replace materials' },
  see: { zh: '查看', en: 'see' },
  paper: { zh: '纸质 {n} 份', en: 'on paper, {n}' },
  generated: { zh: '由在线填写的内容生成', en: 'made from what was filled in online' },
  shared: { zh: '共享调取', en: 'fetched by sharing' },
  on: { zh: '{day}交', en: 'handed in {day}' },
  certificate: { zh: '证照编号', en: 'Certificate number' },
  remedy: { zh: '不服怎么办', en: 'If you disagree' },
  reasons: { zh: '理由', en: 'Reasons' },
  endedOn: { zh: '日期', en: 'On' },
  refusedNext: { zh: '不服的，可以依决定书写明的途径和期限申请行政复议或者提起行政诉讼，决定书见下面“文书”。', en: 'If you disagree, the decision below under “Papers” names where and by when to ask for reconsideration or bring an action.' },
  again: { zh: '看办事指南，重新申请', en: 'See the guide and apply again' },
  ground: { zh: '情形', en: 'Ground' },
  barred: { zh: '不得再次申请，至', en: 'No new application until' },
  struck: { zh: '{no}（{day}注销，{article}）', en: '{no} (struck off on {day}, {article})' },
  compensation: { zh: '赔偿', en: 'Compensation' },
  compensationText: { zh: '合法权益因撤销受到损害的，可以依法请求赔偿（行政许可法 第六十九条第四款）。', en: 'You may claim compensation for harm to your lawful rights (Administrative Licensing Law Art. 69(4)).' },
  credit: { zh: '看我的信用记录', en: 'See my credit record' },
  result: { zh: '办理结果', en: 'Result' },
  live: { zh: '办件有新进展，本页已更新。', en: 'The case has moved; this page was updated.' },
  receipt: { zh: '下载回执', en: 'Download the receipt' },
  all: { zh: '我的办件', en: 'My cases' },
  clock: { zh: '期限逐日说明', en: 'The time limit day by day' },
})

export interface CasePageProps { readonly frame: Frame; readonly shown: ShownCase; readonly item: Item; readonly today: CivilDay; readonly done: boolean }

/** Everything about a case of one's own: what is asked, by when and why that day, what happened, what was issued. */
export const CasePage = ({ frame, shown, item, today, done }: CasePageProps): Markup => {
  const { language } = frame
  const [t, o] = [say(language), own(language)]
  const { view, matter } = shown
  const base = `/my/cases/${part(view.caseNo)}`
  const stages = stagesOf(view.stage, language)
  const asked = askedOf(matter.data, view.stage, language)
  const offered = (act: string): boolean => view.acts.some((one) => one.act === act)
  const name = inLanguage(view.item.name, language)
  return (
    <Layout frame={frame} title={`${view.caseNo} · ${name}`} current="mine" unlisted islands={['live.js']} crumbs={[{ text: t('mine'), href: '/my' }]}>
      <h1 safe>{name}</h1>
      {done ? <Notice kind="open" alert><p safe>{o('done')}</p></Notice> : ''}
      <div id="live" data-live={`matter:${view.caseNo}`} data-live-said={o('live')}>
        <p class="muted"><span safe>{view.caseNo}</span>{' · '}<strong safe>{STAGE_NAMES[view.stage][language]}</strong></p>
        <Steps {...stages} language={language} />
        {asked.map((one) => (
          <Notice kind="act" title={`${o('asked')}${language === 'zh' ? '：' : ': '}${one.what}`}>
            <p safe>{one.why}</p>
            {one.act !== null && offered(one.act) ? <p><Button text={o('go')} href={`${base}/do/${one.act}`} look={one === asked[0] ? 'act' : 'plain'} /></p> : ''}
          </Notice>
        ))}
        <Waits frame={frame} view={view} />
        <Result frame={frame} shown={shown} />
        <Clocks frame={frame} clocks={shown.clocks} today={today} explainHref={clockHref(view.caseNo)} />
        <div class="columns-2">
          <div>
            <section aria-labelledby="h-facts"><h2 id="h-facts" safe>{t('sections')}</h2><SummaryList facts={factsOf(shown, language)} /></section>
            <section aria-labelledby="h-papers">
              <h2 id="h-papers" safe>{t('papers')}</h2>
              {view.papers.length === 0 ? <p safe>{t('noPapers')}</p> : <ul class="rows">{view.papers.map((paper) => <li><a href={paper.url} safe>{inLanguage(paper.name, language)}</a><span class="muted" safe>{`${paper.no} · PDF`}</span></li>)}</ul>}
            </section>
            <section aria-labelledby="h-materials">
              <h2 id="h-materials" safe>{t('materials')}</h2>
              <HandedIn frame={frame} item={item} shown={shown} />
            </section>
            <p class="buttons">
              {offered('correctOnSpot') ? <Button text={o('correctOnSpot')} href={`${base}/do/correctOnSpot`} look="plain" /> : ''}
              {offered('withdraw') ? <Button text={o('withdraw')} href={`${base}/do/withdraw`} look="quiet" /> : ''}
            </p>
          </div>
          <History frame={frame} history={view.history} receiptHref={(act) => ({ href: `${base}/receipts/${part(act.receiptId)}.json`, text: o('receipt') })} />
        </div>
        <Procedure frame={frame} diagram={shown.diagram} />
      </div>
    </Layout>
  )
}

const HandedIn = ({ frame, item, shown: { view, matter } }: { frame: Frame; item: Item; shown: ShownCase }): Markup => {
  const { language } = frame
  const [t, o] = [say(language), own(language)]
  const { materials } = matter.data
  if (materials.length === 0) return <p safe>{t('noMaterials')}</p>
  return (
    <ul class="rows">
      {materials.map((material) => {
        const name = inLanguage(item.materials.find(({ id }) => id === material.materialId)?.name ?? { zh: material.materialId }, language)
        return (
          <li>
            <span safe>{name}</span>
            <span class="muted" safe>{o('on', { day: longDay(material.on, language) })}</span>
            {material.fileId === null ? <span class="muted" safe>{material.form === 'shared' ? o('shared') : material.form === 'electronic' ? o('generated') : o('paper', { n: material.copies })}</span>
              : <a href={`/api/v1/cases/${part(view.caseNo)}/files/${part(material.fileId)}`}><span safe>{o('see')}</span><span class="sr" safe>{` ${name}`}</span></a>}
          </li>
        )
      })}
    </ul>
  )
}

const Result = ({ frame, shown }: { frame: Frame; shown: ShownCase }): Markup => {
  const { language } = frame
  const remedyText = ({ reconsideration, litigation }: Remedy): string => `${inLanguage(reconsideration, language)} ${inLanguage(litigation, language)}`
  const [t, o] = [say(language), own(language)]
  const { decision, certificate, ended, annulment } = shown.matter.data
  if (!decision) return ended ? <Ended frame={frame} shown={shown} /> : ''
  const undone = annulment?.decided ?? null
  const granted = (
    <Notice kind={decision.outcome === 'grant' && undone === null ? 'open' : 'act'} title={`${o('result')}${language === 'zh' ? '：' : ': '}${t(decision.outcome)}`}>
      <SummaryList facts={[
        { term: t('documentNo'), value: decision.documentNo }, { term: t('decidedOn'), value: longDay(decision.on, language) },
        ...(decision.content === '' ? [] : [{ term: t('outcome'), value: decision.content }]),
        ...(decision.reasons === '' ? [] : [{ term: o('reasons'), value: decision.reasons }]),
        ...(certificate ? [{ term: o('certificate'), value: certificate.deregistered ? o('struck', { no: certificate.no, day: longDay(certificate.deregistered.on, language), article: certificate.deregistered.article }) : certificate.no }] : []),
        ...(undone === null ? [{ term: o('remedy'), value: remedyText(decision.remedy) }] : []),
      ]} />
    </Notice>
  )
  if (undone === null) return granted
  return (
    <>
      <Notice kind="warn" title={t('annulled')}>
        <SummaryList facts={[
          { term: t('annulledNo'), value: undone.documentNo }, { term: t('annulledOn'), value: longDay(undone.on, language) }, { term: o('ground'), value: ANNULMENT_GROUND_NAMES[annulment!.ground][language] }, { term: o('reasons'), value: undone.reasons },
          ...(undone.barredUntil === null ? [] : [{ term: o('barred'), value: longDay(undone.barredUntil, language) }]),
          ...(FAULT_ARTICLES[annulment!.ground] ? [{ term: o('compensation'), value: o('compensationText') }] : []),
          { term: o('remedy'), value: remedyText(undone.remedy) },
        ]} />
        <p><a href="/my/credit" safe>{o('credit')}</a></p>
      </Notice>
      {granted}
    </>
  )
}

/** A case that ended without a decision: how, when, why, and what one can do now. */
const Ended = ({ frame, shown: { view, matter } }: { frame: Frame; shown: ShownCase }): Markup => {
  const { language } = frame
  const o = own(language)
  const { on, reasons } = matter.data.ended!
  const refused = view.stage === 'notAccepted'
  return (
    <Notice kind={refused ? 'act' : 'plain'} title={STAGE_NAMES[view.stage][language]}>
      <SummaryList facts={[{ term: o('endedOn'), value: longDay(on, language) }, ...(reasons === '' ? [] : [{ term: o('reasons'), value: reasons }])]} />
      {refused ? <p safe>{o('refusedNext')}</p> : ''}
      <p><a href={`/items/${part(matter.data.item.code)}`} safe>{o('again')}</a></p>
    </Notice>
  )
}

function factsOf({ view, matter }: ShownCase, language: 'zh' | 'en'): Fact[] {
  const t = say(language)
  const { data } = matter
  const day = (term: string, on: string | null): Fact[] => (on === null ? [] : [{ term, value: longDay(on, language) }])
  return [
    ...(data.application ? [{ term: t('applicant'), value: data.application.applicant.name }] : []),
    { term: t('body'), value: inLanguage(view.organisation.name, language) },
    ...(data.accepting ? [{ term: t('acceptingBody'), value: inLanguage(data.accepting.name, language) }] : []),
    ...day(t('submittedOn'), data.submittedOn), ...day(t('receivedOn'), data.receivedOn),
    ...(data.acceptedOn === null ? [] : [{ term: t('acceptedOn'), value: `${longDay(data.acceptedOn, language)}${data.deemedAccepted ? t('deemed') : ''}` }]),
    ...verticalFacts(data, language),
    ...(data.delayReason ? [{ term: t('delay', { day: longDay(data.delayReason.on, language) }), value: data.delayReason.reason }] : []),
  ]
}

/** One limit of a case, day by day. */
export const ClockPage = ({ frame, caseNo, explained, back }: { frame: Frame; caseNo: string; explained: ExplainedClock; back: string }): Markup => {
  const { language } = frame
  const name = inLanguage(explained.clock.name, language)
  return (
    <Layout frame={frame} title={`${name} · ${caseNo}`} current={back.startsWith('/my') ? 'mine' : 'track'} unlisted crumbs={[{ text: caseNo, href: back }]}>
      <h1 safe>{name}</h1>
      <p class="muted"><span safe>{own(language)('clock')}</span>{' · '}<span safe>{caseNo}</span></p>
      <ClockExplained frame={frame} explained={explained} />
      <p class="buttons"><Button text={say(language)('backToCase')} href={back} look="plain" /></p>
    </Layout>
  )
}
