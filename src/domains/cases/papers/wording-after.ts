import { chineseDay } from './chinese-text.ts'
import { text, texts, type Wording } from './document.ts'
import type { FactsOf, Head } from './facts.ts'
import { barText, isLicence, remedyTexts, you } from './wording-intake.ts'

// What follows a grant: the order to rectify, and the annulment with what must come before it.

const SEAL = '行政审批专用章'
const verdict = (head: Head): string => (isLicence(head) ? '准予行政许可决定' : '准予决定')
const made = (facts: { readonly decidedOn: string }): string => `本机关于${chineseDay(facts.decidedOn)}作出`
const decisionOf = (head: Head, facts: { readonly decisionNo: string; readonly decidedOn: string }): string =>
  `${made(facts)}的${verdict(head)}（${facts.decisionNo}）`

export function rectificationOrder(head: Head, facts: FactsOf<'rectificationOrder'>): Wording {
  return {
    addressee: head.applicant?.name ?? null, basis: head.articles, seal: head.seal ?? SEAL,
    blocks: texts(
      `${you(head)}以告知承诺方式申请“${head.item.zh}”，${made(facts)}${verdict(head)}（${facts.decisionNo}）。经核查，${you(head)}未履行承诺，事实如下：`, facts.facts,
      `现责令${you(head)}${facts.dueOn ? `自本通知书作出次日起${facts.workingDays}个工作日内，即至${chineseDay(facts.dueOn)}止` : `自收到本通知书之日的次日起${facts.workingDays}个工作日内`}，按照承诺完成整改。期满后本机关即行复查，提前整改完毕的可以申请提前复查。`,
      '整改后仍未达到条件的，本机关将依法撤销上述决定，并将有关情况纳入本市公共信用信息服务平台。',
    ),
  }
}

export function annulmentNotice(head: Head, facts: FactsOf<'annulmentNotice'>): Wording {
  return {
    addressee: head.applicant?.name ?? null, basis: head.articles, seal: head.seal ?? SEAL,
    blocks: texts(
      `${decisionOf(head, facts)}，因${facts.ground.zh}，本机关拟依法予以撤销。所认定的事实如下：`, facts.facts,
      `${you(head)}对上述事实、理由和依据有权进行陈述和申辩。请自收到本告知书之日的次日起${facts.workingDays}个工作日内，向本机关或者政务服务窗口以书面或者口头形式提出，也可以登录政务服务网站提出；口头提出的，本机关制作笔录。`,
      '逾期未提出的，视为未行使该项权利，本机关将依法作出决定。明确放弃陈述、申辩的，也请告知本机关。',
    ),
  }
}

function heardText(head: Head, { heard }: FactsOf<'annulment'>): string {
  if (heard === null) return `本机关已依法送达撤销前告知书，${you(head)}在期限内未提出陈述、申辩。`
  if (heard.statement === '') return `${you(head)}于${chineseDay(heard.on)}表示放弃陈述、申辩。`
  return `${you(head)}于${chineseDay(heard.on)}提出陈述、申辩：${heard.statement}`
}

/** What becomes of what the holder had by it (行政许可法 69 ¶4); papers made before it was said are printed as they were. */
function effectText(head: Head, { effect }: FactsOf<'annulment'>): string | null {
  if (effect === 'compensation') return `${you(head)}的合法权益因此受到损害的，可以依法请求赔偿（行政许可法第六十九条第四款）。`
  return effect === 'unprotected' ? `${you(head)}基于该许可取得的利益不受保护（行政许可法第六十九条第四款）。` : null
}
/** 注销 follows of a licence (70(4)). */
const struckOff = (head: Head, { effect }: FactsOf<'annulment'>): string => (isLicence(head) && effect !== undefined ? '并予注销' : '')

export function annulment(head: Head, facts: FactsOf<'annulment'>): Wording {
  return {
    addressee: head.applicant?.name ?? null, basis: head.articles, seal: head.seal ?? SEAL,
    blocks: [
      ...texts(
        `经查明：${facts.facts}${heardText(head, facts)}`,
        `本机关认为：${facts.reasons}上述情形属于${facts.ground.zh}。现决定撤销${decisionOf(head, facts).replace('本机关', '')}${facts.certificateNo ? `，证照（编号${facts.certificateNo}）同时失效${struckOff(head, facts)}，请即缴回` : ''}。`,
        [effectText(head, facts), facts.credit && '有关情况依法纳入本市公共信用信息服务平台。', barText(head, facts.bar)].filter(Boolean).join(''),
      ),
      ...remedyTexts(facts.remedy),
    ],
  }
}

export function annulmentDropped(head: Head, facts: FactsOf<'annulmentDropped'>): Wording {
  return {
    addressee: head.applicant?.name ?? null, basis: head.articles, seal: head.seal ?? SEAL,
    blocks: [
      text(`本机关于${chineseDay(facts.toldOn)}告知拟撤销的“${head.item.zh}”决定，经听取陈述申辩并复核，不予撤销。理由如下：`),
      ...texts(facts.reasons, `${decisionOf(head, facts)}继续有效。`),
    ],
  }
}
