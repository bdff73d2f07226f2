import { Button, inLanguage, Layout, longDay, messages, Notice, part, Qr, SummaryList, type Frame, type Markup } from '../../../kit/portal/index.ts'
import type { CaseView } from '../contract.ts'

const say = messages({
  title: { zh: '申请已提交', en: 'Your application is sent' },
  keep: { zh: '请保存或打印本页。', en: 'Keep or print this page.' },
  caseNo: { zh: '办件编号', en: 'Case number' },
  code: { zh: '查询码', en: 'Tracking code' },
  item: { zh: '事项', en: 'Service' },
  body: { zh: '办理机关', en: 'Handled by' },
  codeNote: { zh: '不登录也能凭编号和查询码查进度。查询码只在这里显示一次。', en: 'With number and code anybody can follow it without an account. The code is shown here only.' },
  next: { zh: '接下来', en: 'What happens next' },
  accept: { zh: '我们在{day}前告诉您受理、一次性告知补正，还是不予受理。', en: 'By {day} we say whether it is accepted, what must be supplemented (once), or why not.' },
  why: { zh: '为什么是这一天', en: 'Why this day' },
  article: { zh: '依据：{article}', en: 'By {article}' },
  waits: { zh: '您选择了交纸质件。我们收到全部材料之日起计算受理期限，并出具申请材料接收凭证。', en: 'You chose to hand in papers. The time for acceptance runs from the day we receive them all; you get a receipt for them.' },
  promised: { zh: '受理后，承诺 {n} 个工作日内作出决定。', en: 'After acceptance a decision is promised within {n} working days.' },
  papers: { zh: '凭证', en: 'Papers' },
  receipt: { zh: '下载回执（JSON，含核验所需的全部内容）', en: 'Download the receipt (JSON, with all that verifying needs)' },
  verify: { zh: '核验回执', en: 'Verify a receipt' },
  verifyText: { zh: '这次提交已经记入公开日志，任何人都不能改动或者否认。', en: 'This act stands in the public log; nobody can alter or deny it.' },
  leaf: { zh: '日志记录的指纹', en: 'Fingerprint of the log entry' },
  go: { zh: '查看办件', en: 'See the case' },
  qr: { zh: '查进度的网址', en: 'Address to follow it' },
})

export interface DoneProps { readonly frame: Frame; readonly url: string; readonly view: CaseView; readonly trackCode: string | null; readonly promisedDays: number | null }

/** What one takes away: number, code, receipt, and by when we owe an answer and why that day. */
export const DonePage = ({ frame, url, view, trackCode, promisedDays }: DoneProps): Markup => {
  const { language } = frame
  const t = say(language)
  const clock = view.clocks.find((one) => !one.stopped && one.dueOn !== null)
  const receipt = view.history.find((act) => act.act === 'submit')
  const base = `/my/cases/${part(view.caseNo)}`
  return (
    <Layout frame={frame} title={t('title')} current="mine" unlisted crumbs={[{ text: inLanguage(view.item.name, language), href: `/items/${part(view.item.code)}` }]}>
      <div class="one-thing">
        <h1 safe>{t('title')}</h1>
        <Notice kind="open">
          <SummaryList facts={[
            { term: t('caseNo'), value: () => <strong id="case-no" safe>{view.caseNo}</strong> },
            ...(trackCode === null ? [] : [{ term: t('code'), value: () => <strong id="track-code" safe>{trackCode}</strong> }]),
            { term: t('item'), value: inLanguage(view.item.name, language) },
            { term: t('body'), value: inLanguage(view.organisation.name, language) },
          ]} />
          {trackCode === null ? '' : <p safe>{t('codeNote')}</p>}
          <p safe>{t('keep')}</p>
          <Qr text={`${url}/track`} label={t('qr')} />
        </Notice>
        <h2 safe>{t('next')}</h2>
        {clock === undefined ? <p safe>{t('waits')}</p> : (
          <p>
            <span safe>{t('accept', { day: longDay(clock.dueOn!, language) })}</span>{' '}
            <a href={`${base}/clocks/${part(clock.id)}`} safe>{t('why')}</a>{' '}
            <span class="muted" safe>{t('article', { article: clock.article })}</span>
          </p>
        )}
        {promisedDays === null ? '' : <p safe>{t('promised', { n: promisedDays })}</p>}
        <h2 safe>{t('papers')}</h2>
        <ul class="rows">
          {view.papers.map((paper) => <li><a href={paper.url} safe>{inLanguage(paper.name, language)}</a><span class="muted" safe>{`${paper.no} · PDF`}</span></li>)}
          {receipt === undefined ? '' : <li><a href={`${base}/receipts/${part(receipt.receiptId)}.json`} download="receipt.json" safe>{t('receipt')}</a></li>}
        </ul>
        <p><span safe>{t('verifyText')}</span>{' '}<a href="/verify" safe>{t('verify')}</a></p>
        {receipt === undefined ? '' : <p class="small muted"><span safe>{t('leaf')}</span>{' '}<code safe>{receipt.leafHash}</code></p>}
        <div class="buttons"><Button text={t('go')} href={base} /></div>
      </div>
    </Layout>
  )
}
