import { chineseDay } from './chinese-text.ts'
import { column, sign, type Block, type Wording } from './document.ts'
import type { FactsOf, Head } from './facts.ts'

const FORMS = { electronic: '电子', original: '原件', copy: '复印件', shared: '部门共享' } as const
const MODES = { electronic: '电子送达', counter: '窗口领取', mail: '邮寄', locker: '自助取件柜' } as const
const RELATIONS = { legalRepresentative: '法定代表人', guardian: '监护人' } as const

type Cell = readonly [name: string, value: string]
/** Two facts on a line: the whole slip is one A4 page. */
function facts(cells: readonly Cell[], size: number): Block {
  const rows = Array.from({ length: Math.ceil(cells.length / 2) }, (_, i) => [...cells[2 * i]!, ...(cells[2 * i + 1] ?? ['', ''])])
  return { is: 'table', columns: [column('栏目', '2'), column('内容', '4.2'), column('栏目', '2'), column('内容', '4.2')], rows, size }
}

/** 转办交接单: everything the other system asks for, so that nobody asks the applicant again or types it from another paper. */
export function verticalTransfer(head: Head, said: FactsOf<'verticalTransfer'>): Wording {
  const { applicant } = head
  const day = (on: string | null): string => (on === null ? '—' : chineseDay(on))
  const people: Cell[] = [
    ['事项', head.item.zh], ['转往系统', said.system.zh],
    ['申请人', applicant?.name ?? ''], ['证件号码', applicant?.idNumber ?? ''], ['联系电话', applicant?.phone ?? ''], ['地址', applicant?.address ?? '—'],
    ...(said.representative ? [[RELATIONS[said.representative.relation], said.representative.name], ['其证件号码', said.representative.idNumber]] as const : []),
    ...(said.agentDetails ? [['代理人', `${said.agentDetails.name}（${said.agentDetails.phone}）`], ['代理人证件', said.agentDetails.idNumber], ['委托事项', said.agentDetails.scope], ['委托期限至', day(said.agentDetails.validTo)]] as const : []),
    ['送达方式', `${MODES[said.service.mode]}${said.service.address ? ` ${said.service.address}` : ''}`], ['收到材料', day(said.receivedOn)],
    ['受理日期', day(said.acceptedOn)], ['法定到期', day(said.statutoryDueOn)], ['承诺到期', day(said.promisedDueOn)], ['转办日期', day(head.day)],
  ]
  const rows = Math.ceil(people.length / 2) + Math.ceil(said.form.length / 2) + said.materials.length
  const size = rows > 26 ? 7.5 : rows > 18 ? 8.5 : 9.5
  return {
    addressee: said.authority.zh, basis: [], size: 10.5,
    blocks: [
      { is: 'text', text: '下列申请已在政务服务窗口受理，现转你单位业务系统办理。申请信息一次录入，请勿要求申请人重复填报；转办期间办理期限照常计算。' },
      facts(people, size),
      ...(said.form.length > 0 ? [facts(said.form.map(({ name, value }) => [name.zh, value] as const), size)] : []),
      { is: 'table', columns: [column('序号', 'auto', 'center'), column('材料名称', '6'), column('形式', '2', 'center'), column('份数', '1.2', 'center'), column('原件核验', '2', 'center')], size,
        rows: said.materials.map((one, i) => [String(i + 1), one.name.zh, FORMS[one.form], String(one.copies), one.originalSeen ? '已核验' : '—']) },
      sign(`接收人（签名）及${said.referenceLabel.zh}`, `移交人（${said.post?.zh ?? '窗口'}）`),
    ],
  }
}
