import type { CivilDay } from '../../../base/civil-day.ts'
import type { Json } from '../../../base/canonical-json.ts'
import { documentNo, PAPERS, type PaperKind } from '../documents.ts'
import type { PaperFacts } from '../queries.ts'

// One paper of every kind, with the facts its act writes. People and numbers are invented.

const head = {
  caseNo: 'XCSJ-2026-000123', day: '2026-11-22', item: { zh: '食品经营许可（首次申请）', en: 'Food business licence (first application)' }, itemCode: '11110102000056789X4000131012000', itemType: '01',
  organ: { zh: '北京市西城区市场监督管理局', en: 'Xicheng District Administration for Market Regulation' }, organCode: '11110102000056789X',
  applicant: { kind: 'person', name: '王䶮', idType: '111', idNumber: '110102199003070021', phone: '13800000000', address: '北京市西城区广安门内大街165号' }, agent: null,
}
const remedy = {
  reconsideration: { zh: '不服本决定的，可以自收到本决定书之日起六十日内，向北京市西城区人民政府申请行政复议。', en: '…' },
  litigation: { zh: '也可以自收到本决定书之日起六个月内，依法向北京市西城区人民法院提起行政诉讼。', en: '…' }, article: '行政复议法 第二十四条；行政复议法 第二十条；行政诉讼法 第四十六条',
}
const name = (zh: string): { zh: string; en: string } => ({ zh, en: zh })
const deferred = { materials: ['floorPlan'], dueOn: '2026-12-04', outcome: name('未在承诺期限内补交的，不予许可。'), suppliedOn: null }

const granted = { decisionNo: '西消准〔2026〕000123号', decidedOn: '2026-10-20', certificateNo: '西消证2026-000123' }

export const FACTS_OF: Readonly<Record<PaperKind, { readonly [key: string]: Json }>> = {
  materialsReceipt: {
    receivedAt: '2026-11-22T01:05:00.000Z', post: name('综合受理岗'), deferred, articles: ['行政许可法 第三十二条'],
    materials: [
      { name: name('食品经营许可申请书'), form: 'original', copies: 1, originalSeen: false },
      { name: name('法定代表人（负责人）身份证明'), form: 'copy', copies: 1, originalSeen: true },
      { name: name('营业执照'), form: 'shared', copies: 1, originalSeen: false },
      { name: name('与食品经营相适应的主要设备设施布局、操作流程等文件'), form: 'electronic', copies: 2, originalSeen: false },
    ],
  },
  notRequiredNotice: { reasons: '销售食用农产品不需要取得许可（食品安全法 第三十五条第一款）。', articles: ['行政许可法 第三十二条第一款第一项'], seal: '受理专用章', remedy },
  refusalOfAcceptance: { reasons: '该场所位于东城区，不属于本机关职权范围。', competentBody: '北京市东城区市场监督管理局', specialLaw: null, articles: ['行政许可法 第三十二条第一款第二项'], seal: '受理专用章', remedy },
  supplementNotice: {
    defects: [{ materialId: 'floorPlan', field: null, what: '布局图未标明专间面积和出入口。' }, { materialId: null, field: 'area', what: '经营面积与租赁合同不一致，请核对后填写。' }],
    remarks: '布局图可以手绘，比例准确即可。', articles: ['行政许可法 第三十二条第一款第四项'], post: name('综合受理岗'),
  },
  acceptanceNotice: {
    acceptedOn: '2026-11-22', deemed: false, deferred: null, seal: '受理专用章', articles: ['行政许可法 第三十二条第一款第五项'],
    statutory: { amount: 20, unit: 'workingDay', article: '行政许可法 第四十二条第一款', note: null }, promised: { amount: 5, unit: 'workingDay', article: '西城区政务服务承诺', note: null },
  },
  pauseNotice: { ground: name('检验'), article: '行政许可法 第四十五条', requiredBy: '北京市食品检验研究院', workingDaysNeeded: 15, articles: ['行政许可法 第四十五条'] },
  extensionNotice: { workingDays: 10, reason: '申请场所与相邻单位共用排烟设施，需要与消防救援机构会商。', articles: ['行政许可法 第四十二条第一款'] },
  interestedPartyNotice: { party: '北京市西城区广安门内大街165号院业主委员会', interest: '拟设的排烟口正对居民楼采光窗，相距不足十米。', articles: ['行政许可法 第三十六条'] },
  statementRecord: { party: '李四', interest: '相邻住户', statement: '排烟口正对我家窗户，希望改到楼顶排放。\n如果改到楼顶，我没有意见。', waived: false, articles: ['行政许可法 第三十六条'] },
  paymentNotice: {
    due: [{ code: 'F1', name: name('检验费'), amountFen: 12_345, basis: '京发改〔2019〕1号', reduction: name('小微企业减半') }, { code: 'F2', name: name('证照工本费'), amountFen: 1_000, basis: '财综〔2012〕97号' }],
    totalFen: 13_345, articles: ['行政许可法 第五十八条、第五十九条', '京发改〔2019〕1号', '财综〔2012〕97号'],
  },
  grant: {
    content: '准予在北京市西城区广安门内大街165号从事热食类食品制售。', reasons: '', validFrom: '2026-11-22', validTo: '2031-11-21', basis: [], remedy, result: name('食品经营许可证'), onCommitment: true,
    seal: '行政审批专用章', articles: ['食品安全法 第三十五条', '食品经营许可和备案管理办法 第四条'],
  },
  denial: { content: '', reasons: '专间面积三平方米，不足五平方米，不符合食品经营许可审查通则的要求。', validFrom: null, validTo: null, basis: [], remedy, result: null, onCommitment: false, seal: '行政审批专用章', articles: ['食品安全法 第三十五条'] },
  rectificationOrder: { ...granted, facts: '两处疏散通道堆放杂物，一具灭火器超过检修期限。', workingDays: 15, dueOn: null, articles: ['北京市优化营商环境条例 第三十三条', '消防法 第十五条第二款'] },
  annulmentNotice: { ...granted, ground: name('整改后仍未达到条件'), facts: '2026年11月20日复查，疏散通道仍被占用，应急照明不能启动。', workingDays: 5, articles: ['北京市优化营商环境条例 第三十三条', '行政许可法 第七条'] },
  annulment: {
    ...granted, ground: name('作出虚假承诺'), facts: '承诺设有两个安全出口，现场核查只有一个。', heard: { on: '2026-11-18', statement: '装修时临时封闭，已经请人拆除。', waived: false },
    reasons: '申请时该出口即不存在，不属于临时封闭。', remedy, bar: { untilOn: '2029-11-22', article: '行政许可法 第七十九条' }, credit: true, effect: 'unprotected', articles: ['北京市优化营商环境条例 第三十三条', '消防法 第十五条第二款', '行政许可法 第六十九条第二款'],
  },
  annulmentDropped: { ...granted, toldOn: '2026-11-10', reasons: '经复核，所指出口确为施工期间临时封闭，现已恢复。', articles: ['行政许可法 第七条、第八条第一款'] },
  withdrawalConfirmation: { reasons: '改在其他地址经营。', why: null, originals: [name('营业执照')], articles: ['行政许可法 第七条（申请人处分权）'] },
  terminationDecision: { reasons: '申请人所办企业已于2026年11月10日注销登记。', why: 'organisationEnded', originals: [], articles: ['行政许可法 第七十条（类推）'] },
  authority: { scope: '代为提交和补正材料、签收文书、领取结果。', validTo: '2027-05-21', agent: { name: '赵六', idNumber: '110102198811110010' }, articles: ['行政许可法 第二十九条'] },
  serviceAddress: { mode: 'mail', address: '北京市西城区广安门内大街165号', consent: false, articles: ['民事诉讼法 送达规定（参照）'] },
  serviceProof: { paper: PAPERS.grant.name, mode: 'mail', on: '2026-11-23', servedOn: '2026-11-23', recipient: '王䶮', proof: '邮政特快专递 1234567890123，回执签收日期2026年11月23日', articles: ['行政许可法 第四十四条；送达方式参照民事诉讼法'] },
  handOver: { from: name('综合受理岗'), to: '食品经营许可科审查岗', materials: [name('食品经营许可申请书'), name('主要设备设施布局图')], articles: ['国务院关于在线政务服务的若干规定 第十二条'] },
  verticalTransfer: {
    system: name('全国烟草专卖零售许可证管理系统'), authority: name('国家烟草专卖局'), referenceLabel: name('许可受理编号'), post: name('综合受理岗'), representative: { relation: 'legalRepresentative', name: '赵六', idNumber: '110102198811110010' },
    agentDetails: { name: '孙七', idNumber: '110102199003070018', phone: '13900000007', scope: '代为提交材料、领取证件', validTo: '2027-05-21' }, service: { mode: 'mail', address: '北京市西城区广安门内大街165号' },
    receivedOn: '2026-11-20', acceptedOn: '2026-11-20', statutoryDueOn: '2026-12-18', promisedDueOn: '2026-12-02',
    form: [{ name: name('经营场所'), value: '北京市西城区广安门内大街165号' }, { name: name('面积'), value: '42.5平方米' }, { name: name('与最近中小学、幼儿园的距离（米）'), value: '260' }],
    materials: [{ name: name('申请书'), form: 'electronic', copies: 1, originalSeen: false }, { name: name('营业执照'), form: 'shared', copies: 1, originalSeen: false }, { name: name('经营场所证明'), form: 'copy', copies: 2, originalSeen: true }],
    articles: ['国务院关于在线政务服务的若干规定 第十二条'],
  },
  contents: {
    contents: [{ title: name('受理通知书 西市监受〔2026〕000123号'), sha256: 'a'.repeat(64) }, { title: name('营业执照.pdf'), sha256: '0123456789abcdef'.repeat(4) }, { title: name('行为 accept 2026-11-22'), sha256: 'f'.repeat(64) }],
    articles: ['国务院关于在线政务服务的若干规定 第十二条'],
  },
  supplementContents: {
    volume: 2, reason: '归档后查明以欺骗手段取得，撤销决定及有关文书', closedOn: '2026-10-30',
    contents: [{ title: name('撤销前告知书 西消撤告〔2026〕000123号'), sha256: 'b'.repeat(64) }, { title: name('行为 annul 2026-11-22'), sha256: 'c'.repeat(64) }], articles: ['国务院关于在线政务服务的若干规定 第十二条'],
  },
}

export function paperOf(kind: PaperKind, facts: { readonly [key: string]: Json } = {}): PaperFacts {
  return {
    id: '7b0c2a4e-5d3f-4f5a-9b64-3f6a1d2c8e90', kind, name: PAPERS[kind].name, no: documentNo({ shortName: () => '西市监' }, head.organCode, kind, head.caseNo, head.day as CivilDay),
    madeAt: new Date('2026-11-22T01:05:00Z'), madeOn: '2026-11-22' as CivilDay, entryId: '0192f3c4-7a61-7c1e-8a55-2f9d4b6c7e81', caseNo: head.caseNo, matterId: 'c1f0', partyIds: [],
    leafHash: 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=', facts: { ...head, ...FACTS_OF[kind], ...facts },
  }
}
