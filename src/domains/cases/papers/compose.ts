import type { Json } from '../../../base/canonical-json.ts'
import { PAPERS, type PaperKind } from '../documents.ts'
import type { PaperFacts } from '../queries.ts'
import { chineseDay } from './chinese-text.ts'
import { text, type Block, type Wording } from './document.ts'
import { FACTS, Head, type FactsOf } from './facts.ts'
import * as after from './wording-after.ts'
import * as closing from './wording-closing.ts'
import * as intake from './wording-intake.ts'
import * as review from './wording-review.ts'
import { verticalTransfer } from './wording-vertical.ts'

const WORDINGS: { readonly [Kind in PaperKind]: (head: Head, facts: FactsOf<Kind>) => Wording } = {
  materialsReceipt: intake.materialsReceipt, notRequiredNotice: intake.notRequiredNotice, refusalOfAcceptance: intake.refusalOfAcceptance,
  supplementNotice: intake.supplementNotice, acceptanceNotice: intake.acceptanceNotice, pauseNotice: review.pauseNotice, extensionNotice: review.extensionNotice,
  interestedPartyNotice: review.interestedPartyNotice, statementRecord: review.statementRecord, paymentNotice: review.paymentNotice,
  grant: review.grant, denial: review.denial, rectificationOrder: after.rectificationOrder, annulmentNotice: after.annulmentNotice, annulment: after.annulment, annulmentDropped: after.annulmentDropped, withdrawalConfirmation: closing.withdrawalConfirmation, terminationDecision: closing.terminationDecision,
  authority: closing.authority, serviceAddress: closing.serviceAddress, serviceProof: closing.serviceProof, handOver: closing.handOver, verticalTransfer, contents: closing.contents, supplementContents: closing.supplementContents,
}

const isKind = (kind: string): kind is PaperKind => Object.hasOwn(PAPERS, kind)

function wordingOf<Kind extends PaperKind>(kind: Kind, facts: Json): Wording {
  const body = FACTS[kind].parse(facts) as FactsOf<Kind>
  return WORDINGS[kind](Head.parse(facts), body)
}

/**
 * A paper as `paper.typ` sets it: everything that stands on it, in order.
 * @throws ZodError where the facts are not those of the kind, Error for a kind nobody knows
 */
export function composePaper(paper: PaperFacts, url: string): Json {
  if (!isKind(paper.kind)) throw new Error(`no paper of kind ${paper.kind}`)
  const wording = wordingOf(paper.kind, paper.facts)
  const head = Head.parse(paper.facts)
  const blocks = withBasis(wording)
  return {
    organ: head.organ.zh, title: paper.name.zh, titleEn: paper.name.en, no: paper.no, addressee: wording.addressee,
    blocks: blocks as unknown as Json, size: wording.size ?? sizeFor(blocks),
    signed: wording.seal === undefined ? null : { organ: head.organ.zh, day: chineseDay(head.day), seal: wording.seal },
    footer: `办件编号 ${paper.caseNo}`,
    proof: [
      `办件编号 ${paper.caseNo}　事项编码 ${head.itemCode}`,
      '扫码或者访问下列地址，核验本件所依据的公开日志条目：',
      url + verifyPath(paper.entryId),
      `条目哈希（SHA-256，base64）${paper.leafHash}`,
    ],
  }
}

/** Where the entry behind a paper can be checked, below the public address. */
export const verifyPath = (entryId: string): string => `/verify?receipt=${encodeURIComponent(entryId)}`

/** The law closes the text, before anybody signs. */
function withBasis({ blocks, basis }: Wording): readonly Block[] {
  const at = blocks.findIndex((block) => block.is === 'sign')
  const cut = at < 0 ? blocks.length : at
  return [...blocks.slice(0, cut), ...(basis.length > 0 ? [text(`依据：${basis.join('；')}。`)] : []), ...blocks.slice(cut)]
}

const CHARACTERS_A_LINE = 28
/** 三号 as GB/T 9704 has it; 四号 where the text would otherwise push the signature alone onto a second page. */
function sizeFor(blocks: readonly Block[]): number {
  const lines = blocks.reduce((sum, block) => sum + linesOf(block), 0)
  return lines > 10 ? 14 : 16
}
function linesOf(block: Block): number {
  const wrapped = (line: string) => Math.ceil(([...line].length + 2) / CHARACTERS_A_LINE)
  switch (block.is) {
    case 'text': return block.text.split('\n').reduce((sum, line) => sum + wrapped(line), 0)
    case 'list': return block.items.reduce((sum, line) => sum + wrapped(line), 0)
    case 'table': return block.rows.length + 1
    case 'pairs': return block.pairs.length
    case 'dense': return block.sections.reduce((sum, section) => sum + 1 + Math.ceil(section.facts.length / 2), 0)
    case 'sign': return block.labels.length + 1
  }
}
