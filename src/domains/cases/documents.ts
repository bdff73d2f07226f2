import type { Bilingual } from '../../base/text.ts'
import type { CivilDay } from '../../base/civil-day.ts'
import type { Json } from '../../base/canonical-json.ts'
import type { Matter, RowChange, RuleContext } from '../../kernel/flow/types.ts'
import type { CaseData } from './case.ts'
import { lawfulArticle } from './lawful-ground.ts'
import type { CaseParts } from './parts.ts'

/** 文书 of `domain/practice.md`: what is handed to whom. `word` stands in the document number. */
export const PAPERS = {
  materialsReceipt: { name: { zh: '申请材料接收凭证', en: 'Receipt of materials' }, word: '收', article: '行政许可法 第三十二条' },
  notRequiredNotice: { name: { zh: '不受理告知书', en: 'Notice that no licence is required' }, word: '不受', article: '行政许可法 第三十二条第一款第一项' },
  refusalOfAcceptance: { name: { zh: '不予受理决定书', en: 'Decision not to accept' }, word: '不予受', article: '行政许可法 第三十二条第一款第二项' },
  supplementNotice: { name: { zh: '申请材料补正告知书', en: 'Notice to supplement' }, word: '补', article: '行政许可法 第三十二条第一款第四项' },
  acceptanceNotice: { name: { zh: '受理通知书', en: 'Acceptance notice' }, word: '受', article: '行政许可法 第三十二条第二款' },
  pauseNotice: { name: { zh: '特别程序所需时间告知书', en: 'Notice of time needed for a special procedure' }, word: '特', article: '行政许可法 第四十五条' },
  extensionNotice: { name: { zh: '延长办理期限告知书', en: 'Notice of extension' }, word: '延', article: '行政许可法 第四十二条第一款' },
  interestedPartyNotice: { name: { zh: '利害关系人告知书', en: 'Notice to an interested party' }, word: '告', article: '行政许可法 第三十六条' },
  statementRecord: { name: { zh: '陈述申辩笔录', en: 'Record of statement' }, word: '录', article: '行政许可法 第三十六条' },
  paymentNotice: { name: { zh: '缴费通知书', en: 'Payment notice' }, word: '缴', article: '行政许可法 第五十九条' },
  grant: { name: { zh: '准予行政许可决定书', en: 'Decision granting the licence' }, word: '准', article: '行政许可法 第三十八条第一款' },
  denial: { name: { zh: '不予行政许可决定书', en: 'Decision refusing the licence' }, word: '不准', article: '行政许可法 第三十八条第二款' },
  rectificationOrder: { name: { zh: '责令限期整改通知书', en: 'Order to rectify in time' }, word: '责改', article: '北京市优化营商环境条例 第三十三条' },
  annulmentNotice: { name: { zh: '撤销前告知书', en: 'Notice before an annulment' }, word: '撤告', article: '行政许可法 第七条' },
  annulment: { name: { zh: '撤销行政许可决定书', en: 'Decision annulling the licence' }, word: '撤决', article: '行政许可法 第六十九条第二款' },
  annulmentDropped: { name: { zh: '不予撤销告知书', en: 'Notice that nothing is annulled' }, word: '不撤', article: '行政许可法 第八条第一款' },
  withdrawalConfirmation: { name: { zh: '撤回申请确认书', en: 'Confirmation of withdrawal' }, word: '撤', article: '行政许可法 第七条' },
  terminationDecision: { name: { zh: '终止办理决定书', en: 'Decision to terminate handling' }, word: '终', article: '行政许可法 第七十条' },
  authority: { name: { zh: '授权委托书', en: 'Power of attorney' }, word: '委', article: '行政许可法 第二十九条' },
  serviceAddress: { name: { zh: '送达地址及方式确认书', en: 'Confirmation of address and manner of service' }, word: '址', article: '民事诉讼法 送达规定（参照）' },
  serviceProof: { name: { zh: '送达回证', en: 'Proof of service' }, word: '证', article: '民事诉讼法 送达规定（参照）' },
  verticalTransfer: { name: { zh: '转办交接单', en: 'Transfer slip to a vertically led system' }, word: '转', article: '国务院关于在线政务服务的若干规定 第十二条' },
  handOver: { name: { zh: '材料流转交接单', en: 'Hand-over slip' }, word: '交', article: '国务院关于在线政务服务的若干规定 第十二条' },
  contents: { name: { zh: '案卷目录', en: 'Contents of the file' }, word: '卷', article: '国务院关于在线政务服务的若干规定 第十二条' },
  supplementContents: { name: { zh: '增补卷目录', en: 'Contents of a supplement volume' }, word: '增卷', article: '国务院关于在线政务服务的若干规定 第十二条' },
} as const satisfies Record<string, { name: Bilingual; word: string; article: string }>
export type PaperKind = keyof typeof PAPERS

/** Item types other than licences have their own names for what is decided. */
export function decisionPaperName(kind: 'grant' | 'denial' | 'annulment', itemType: string): Bilingual {
  if (itemType === '01') return PAPERS[kind].name
  if (kind === 'annulment') return { zh: '撤销决定书', en: 'Decision annulling the grant' }
  return kind === 'grant' ? { zh: '办理结果决定书（准予）', en: 'Decision granting the application' } : { zh: '办理结果决定书（不予）', en: 'Decision refusing the application' }
}

/** `西市监受〔2026〕000123号`: organ, kind, year and the serial of the case number; `{serial}` stays where the number is given by the very act. */
export function documentNo(parts: Pick<CaseParts, 'shortName'>, organisationCode: string, kind: PaperKind, caseNo: string, on: CivilDay, nth = 1): string {
  const serial = serialOf(caseNo) || '{serial}'
  return `${parts.shortName(organisationCode)}${PAPERS[kind].word}〔${on.slice(0, 4)}〕${serial}${nth > 1 ? `-${nth}` : ''}号`
}

export const serialOf = (caseNo: string): string => caseNo.slice(caseNo.lastIndexOf('-') + 1)

/** The articles a paper cites, by analogy where the item is no licence. */
function inLaw(facts: Json, itemType: string): Json {
  if (typeof facts !== 'object' || facts === null || !('articles' in facts)) return facts
  const { articles, ...rest } = facts as { readonly articles: readonly string[]; readonly [key: string]: Json }
  return { ...rest, articles: articles.map((article) => lawfulArticle(article, itemType)) }
}

/**
 * The row of a paper. Its facts are fixed here, at the act; the PDF is drawn from them alone, so the same bytes come out whenever
 * it is asked for.
 */
export function paper(kind: PaperKind, matter: Pick<Matter<CaseData>, 'id' | 'data'>, context: RuleContext | Omit<RuleContext, 'clocks' | 'tasks' | 'live' | 'step'>, no: string, facts: Json): RowChange {
  const name = kind === 'grant' || kind === 'denial' || kind === 'annulment' ? decisionPaperName(kind, matter.data.item.itemType) : PAPERS[kind].name
  return { op: 'insert', table: 'cases.paper', row: {
    id: crypto.randomUUID(), matter_id: matter.id, kind, no, name, made_at: context.now, made_on: context.today, entry_id: context.entryId, post: context.actor.post?.code ?? context.actor.kind, facts: inLaw(facts, matter.data.item.itemType),
  } }
}
