import { capitalAmount } from './capital-amount.ts'
import { chineseDay } from './chinese-text.ts'
import { column, numbered, pairs, sign, text, texts, type Wording } from './document.ts'
import type { FactsOf, Head } from './facts.ts'
import { barText, isLicence, remedyTexts, you } from './wording-intake.ts'

const SEAL = '行政审批专用章'

export function pauseNotice(head: Head, facts: FactsOf<'pauseNotice'>): Wording {
  return {
    addressee: head.applicant?.name ?? null, basis: head.articles, seal: head.seal ?? SEAL,
    blocks: texts(
      `${you(head)}提出的“${head.item.zh}”申请，在办理中依法需要进行${facts.ground.zh}。提出要求的单位或者依据：${facts.requiredBy}。`,
      `所需时间预计为${facts.workingDaysNeeded}个工作日，自${chineseDay(head.day)}起，不计算在办理期限内（${facts.article}）。上述程序结束后，办理期限恢复计算，本机关即行告知。`,
    ),
  }
}

export function extensionNotice(head: Head, facts: FactsOf<'extensionNotice'>): Wording {
  return {
    addressee: head.applicant?.name ?? null, basis: head.articles, seal: head.seal ?? SEAL,
    blocks: texts(`${you(head)}提出的“${head.item.zh}”申请，不能在法定期限内作出决定，经本机关负责人批准，办理期限延长${facts.workingDays}个工作日。延长期限的理由如下：`, facts.reason),
  }
}

export function interestedPartyNotice(head: Head, facts: FactsOf<'interestedPartyNotice'>): Wording {
  return {
    addressee: facts.party, basis: head.articles, seal: head.seal ?? SEAL,
    blocks: texts(
      `${head.applicant?.name ?? '申请人'}向本机关提出“${head.item.zh}”申请。经审查，该申请事项直接关系你（单位）的重大利益：`, facts.interest,
      '你（单位）有权进行陈述和申辩。请在本机关作出决定之前以书面或者口头形式提出；口头提出的，本机关制作笔录。放弃陈述、申辩的，也请告知本机关。',
    ),
  }
}

export function statementRecord(head: Head, facts: FactsOf<'statementRecord'>): Wording {
  return {
    addressee: null, basis: head.articles,
    blocks: [
      pairs(['申请事项', head.item.zh], ['申请人', head.applicant?.name ?? ''], ['陈述申辩人', facts.party], ['利害关系', facts.interest], ['记录日期', chineseDay(head.day)], ['记录机关', head.organ.zh]),
      text('陈述、申辩内容：'),
      text(facts.waived ? '陈述申辩人表示放弃陈述和申辩。' : facts.statement ?? ''),
      text('以上笔录经陈述申辩人核对（或者向其宣读），与所述一致。'),
      sign('陈述申辩人（签名）', '记录人（签名）', '办案人员（签名）'),
    ],
  }
}

/** Yuan with both decimals, as columns of money are written. */
const exact = (amountFen: number): string => (amountFen / 100).toFixed(2)

export function paymentNotice(head: Head, facts: FactsOf<'paymentNotice'>): Wording {
  return {
    addressee: head.applicant?.name ?? null, basis: [...new Set(head.articles)], seal: head.seal ?? SEAL,
    blocks: [
      text(`${you(head)}提出的“${head.item.zh}”申请，依照法定项目和标准应当缴纳下列费用：`),
      numbered([column('收费项目', '4'), column('收费依据', '5'), column('减免', '3'), column('金额（元）', '2.4', 'right')],
        facts.due.map((fee) => [fee.name.zh, fee.basis, fee.reduction?.zh ?? '—', exact(fee.amountFen)])),
      ...texts(`合计：${exact(facts.totalFen)}元（大写：${capitalAmount(facts.totalFen)}）。`, '请凭本通知书到指定收费窗口或者代收银行缴纳，并索取财政部门统一印制的票据。除上列费用外，本机关不收取其他任何费用。'),
    ],
  }
}

/** 转录: the organ decided in its own system under its own number and seal; here stands what it decided, word for word. */
const transcript = ({ elsewhere }: FactsOf<'denial'> | FactsOf<'grant'>): string | false =>
  elsewhere !== undefined && `本件为转录：上述决定由${elsewhere.organ.zh}在“${elsewhere.system.zh}”作出，文号和日期为该决定的文号和日期，原件以该机关所制为准。`

export function grant(head: Head, facts: FactsOf<'grant'>): Wording {
  const verdict = isLicence(head) ? '本机关决定准予行政许可' : '本机关决定准予办理'
  const validity = facts.validFrom ? `有效期限：自${chineseDay(facts.validFrom)}起${facts.validTo ? `至${chineseDay(facts.validTo)}止` : '，法律、法规没有规定届满日期'}。` : null
  return {
    addressee: head.applicant?.name ?? null, basis: head.articles, seal: facts.elsewhere ? null : head.seal ?? SEAL,
    blocks: [
      ...texts(
        `${you(head)}提出的“${head.item.zh}”申请，经审查，符合法定条件、标准，${verdict}。`,
        facts.content && `决定内容：${facts.content}`, facts.reasons && `理由：${facts.reasons}`, validity, facts.result && `结果名称：${facts.result.zh}。`,
        transcript(facts), facts.onCommitment && '本决定根据申请人的书面承诺作出。本机关将依法对承诺事项进行核查；承诺不实的，责令限期整改或者撤销本决定，并依法记入信用记录（北京市优化营商环境条例第三十三条）。',
      ),
      ...remedyTexts(facts.remedy),
    ],
  }
}

export function denial(head: Head, facts: FactsOf<'denial'>): Wording {
  return {
    addressee: head.applicant?.name ?? null, basis: head.articles, seal: facts.elsewhere ? null : head.seal ?? SEAL,
    blocks: [
      ...texts(`${you(head)}提出的“${head.item.zh}”申请，经审查，${isLicence(head) ? '本机关决定不予行政许可' : '本机关决定不予办理'}。理由如下：`, facts.reasons, facts.content, barText(head, facts.bar)),
      ...remedyTexts(facts.remedy),
    ],
  }
}
