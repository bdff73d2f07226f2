import { chineseDay } from './chinese-text.ts'
import { sign, text, type Wording } from './document.ts'
import type { FactsOf, Head } from './facts.ts'

const FORMS = { electronic: '电子', original: '原件', copy: '复印件', shared: '部门共享' } as const
const MODES = { electronic: '电子送达', counter: '窗口领取', mail: '邮寄', locker: '自助取件柜' } as const
const RELATIONS = { legalRepresentative: '法定代表人', guardian: '监护人' } as const

type Fact = readonly [label: string, value: string]

/** 转办交接单: everything the other system asks for, so that nobody asks the applicant again or types it from another paper. */
export function verticalTransfer(head: Head, said: FactsOf<'verticalTransfer'>): Wording {
  const { applicant } = head
  const day = (on: string | null): string => (on === null ? '—' : chineseDay(on))
  const people: Fact[] = [
    ['事项', head.item.zh], ['转往系统', said.system.zh],
    ['申请人', applicant?.name ?? ''], ['证件号码', applicant?.idNumber ?? ''], ['联系电话', applicant?.phone ?? ''], ['地址', applicant?.address ?? '—'],
    ...(said.representative ? [[RELATIONS[said.representative.relation], said.representative.name], ['其证件号码', said.representative.idNumber]] as const : []),
    ...(said.agentDetails ? [['代理人', `${said.agentDetails.name}（${said.agentDetails.phone}）`], ['代理人证件', said.agentDetails.idNumber], ['委托事项', said.agentDetails.scope], ['委托期限至', day(said.agentDetails.validTo)]] as const : []),
    ['送达方式', `${MODES[said.service.mode]}${said.service.address ? ` ${said.service.address}` : ''}`], ['收到材料', day(said.receivedOn)],
    ['受理日期', day(said.acceptedOn)], ['法定到期', day(said.statutoryDueOn)], ['承诺到期', day(said.promisedDueOn)], ['转办日期', day(head.day)],
  ]
  const paperOf = (one: (typeof said.materials)[number]): Fact => [one.name.zh, `${FORMS[one.form]} ${one.copies} 份${one.originalSeen ? '，原件已核验' : ''}`]
  return {
    addressee: said.authority.zh, basis: [], size: 10.5,
    blocks: [
      text('下列申请已在政务服务窗口受理，现转你单位业务系统办理。申请信息一次录入，请勿要求申请人重复填报；转办期间办理期限照常计算。'),
      { is: 'dense', sections: [
        { title: '申请与期限', label: 0.26, facts: people },
        ...(said.form.length > 0 ? [{ title: '申请表内容', label: 0.4, facts: said.form.map(({ name, value }): Fact => [name.zh, value]) }] : []),
        { title: `材料清单（共 ${said.materials.length} 种）`, label: 0.62, facts: said.materials.map(paperOf) },
      ] },
      sign(`接收人（签名）及${said.referenceLabel.zh}`, `移交人（${said.post?.zh ?? '窗口'}）`),
    ],
  }
}
