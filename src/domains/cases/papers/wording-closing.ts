import { SERVICE_MODE_NAMES } from '../contract.ts'
import { chineseDay } from './chinese-text.ts'
import { column, numbered, pairs, sign, text, texts, type Block, type Wording } from './document.ts'
import type { FactsOf, Head } from './facts.ts'
import { you } from './wording-intake.ts'

const SEAL = '行政审批专用章'
const WHY = { applicantDied: '申请人死亡或者丧失行为能力', organisationEnded: '申请的法人或者其他组织依法终止', objectGone: '申请的标的已经灭失或者不复存在', otherLaw: '法律、法规规定的其他情形' } as const
const returned = (originals: readonly { readonly zh: string }[]): string | null =>
  originals.length > 0 ? `下列材料原件随本件退还：${originals.map((name) => name.zh).join('、')}。` : null

export function withdrawalConfirmation(head: Head, facts: FactsOf<'withdrawalConfirmation'>): Wording {
  return {
    addressee: head.applicant?.name ?? null, basis: head.articles, seal: head.seal ?? '受理专用章',
    blocks: texts(
      `${you(head)}申请撤回“${head.item.zh}”申请。本机关确认该申请于${chineseDay(head.day)}撤回，不再办理。`, facts.reasons && `撤回理由：${facts.reasons}`,
      returned(facts.originals), `撤回申请不影响${you(head)}再次提出申请。`,
    ),
  }
}

export function terminationDecision(head: Head, facts: FactsOf<'terminationDecision'>): Wording {
  return {
    addressee: head.applicant?.name ?? null, basis: head.articles, seal: head.seal ?? SEAL,
    blocks: texts(`关于${head.applicant?.name ?? '申请人'}提出的“${head.item.zh}”申请，${facts.why ? `因${WHY[facts.why]}，` : ''}本机关决定自${chineseDay(head.day)}起终止办理。理由如下：`, facts.reasons, returned(facts.originals)),
  }
}

export function authority(head: Head, facts: FactsOf<'authority'>): Wording {
  return {
    addressee: null, basis: head.articles,
    blocks: [
      pairs(
        ['委托人', head.applicant?.name ?? ''], ['证件号码', head.applicant?.idNumber ?? ''], ['联系电话', head.applicant?.phone ?? ''],
        ['受托人', head.agent?.name ?? ''], ['受托人证件号码', head.agent?.idNumber ?? ''], ['委托事项', head.item.zh], ['代理权限', facts.scope], ['委托期限', facts.validTo ? `至${chineseDay(facts.validTo)}止` : ''],
      ),
      text('委托人委托上列受托人，在代理权限内办理委托事项。受托人在代理权限内以委托人名义所为的行为，由委托人承担法律后果。依法应当由申请人本人到场的，不得委托。'),
      sign('委托人（签名或者盖章）', '受托人（签名）'),
    ],
  }
}

const WAYS = { electronic: '电子送达', counter: '窗口领取', mail: '邮寄送达', locker: '自助取件柜' } as const
const isWay = (mode: string): mode is keyof typeof WAYS => Object.hasOwn(WAYS, mode)

export function serviceAddress(head: Head, facts: FactsOf<'serviceAddress'>): Wording {
  return {
    addressee: null, basis: head.articles,
    blocks: [
      pairs(
        ['申请事项', head.item.zh], ['申请人', head.applicant?.name ?? ''], ['联系电话', head.applicant?.phone ?? ''],
        ['送达方式', facts.mode ? (isWay(facts.mode) ? WAYS[facts.mode] : facts.mode) : '□电子送达　□窗口领取　□邮寄送达　□自助取件柜'],
        ['送达地址', facts.address ?? head.applicant?.address ?? ''], ['同意电子送达', facts.consent === undefined ? '□同意　□不同意' : facts.consent ? '同意' : '不同意'],
      ),
      text('申请人确认以上地址和方式准确、有效。地址或者方式变更的，应当及时书面告知；因提供的地址不准确或者未告知变更导致文书未能实际接收的，自行承担后果。未经同意，不采用电子送达；到达电子送达地址之日为送达日期。'),
      sign('申请人（签名或者盖章）'),
    ],
  }
}

export function serviceProof(head: Head, facts: FactsOf<'serviceProof'>): Wording {
  return {
    addressee: null, basis: head.articles, seal: null,
    blocks: [
      pairs(
        ['申请事项', head.item.zh], ['送达文书', facts.paper.zh], ['受送达人', head.applicant?.name ?? ''], ['送达方式', SERVICE_MODE_NAMES[facts.mode].zh],
        ['送出日期', chineseDay(facts.on)], ['送达生效日期', chineseDay(facts.servedOn)], ['收件人', facts.recipient], ['送达证明', facts.proof],
      ),
      sign('收件人（签名或者盖章）', '送达人（签名）'),
    ],
  }
}

export function handOver(head: Head, facts: FactsOf<'handOver'>): Wording {
  return {
    addressee: null, basis: head.articles,
    blocks: [
      pairs(['申请事项', head.item.zh], ['申请人', head.applicant?.name ?? ''], ['移交岗位', facts.from?.zh ?? ''], ['接收单位或者岗位', facts.to], ['移交日期', chineseDay(head.day)]),
      numbered([column('材料名称', '7'), column('接收核对', '2', 'center')], facts.materials.map((name) => [name.zh, ''])),
      sign('移交人（签名）', '接收人（签名）'),
    ],
  }
}

export function contents(head: Head, facts: FactsOf<'contents'>): Wording {
  return {
    addressee: null, basis: head.articles, seal: null,
    blocks: [
      pairs(['申请事项', head.item.zh], ['申请人', head.applicant?.name ?? ''], ['归档日期', chineseDay(head.day)], ['件数', `${facts.contents.length}件`]),
      piecesTable(facts.contents),
      ...texts('案卷归档后不再改动；增补的材料另立增补卷。'),
    ],
  }
}

const piecesTable = (pieces: FactsOf<'contents'>['contents']): Block => numbered([column('题名', '5'), column('SHA-256', '5')], pieces.map((one) => [one.title.zh, one.sha256.replace(/(.{8})(?=.)/g, '$1 ')]), 9)

export function supplementContents(head: Head, facts: FactsOf<'supplementContents'>): Wording {
  return {
    addressee: null, basis: head.articles, seal: null,
    blocks: [
      pairs(['申请事项', head.item.zh], ['申请人', head.applicant?.name ?? ''], ['卷次', `第${facts.volume}卷（增补）`], ['原卷归档日期', chineseDay(facts.closedOn)], ['增补日期', chineseDay(head.day)], ['增补原因', facts.reason], ['件数', `${facts.contents.length}件`]),
      piecesTable(facts.contents),
      ...texts('原卷未作任何改动；本卷列明此前各卷归档以后形成的文书、文件和行为。'),
    ],
  }
}
