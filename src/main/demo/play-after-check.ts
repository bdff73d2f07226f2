import { dayAt } from '../../base/civil-day.ts'
import type { Applicant, Officer } from '../../kernel/access/types.ts'
import type { CaseData } from '../../domains/cases/case.ts'

/** How a grant on commitment turns out: not checked yet; as promised; ordered to rectify and not looked at again yet; put right; about to be annulled; annulled as falsely promised; as promised and closed, and annulled later for deceit. */
export type AfterCheckPlay = 'due' | 'conforms' | 'rectifying' | 'rectified' | 'told' | 'annulled' | 'annulledLater'

interface Stand {
  readonly how: AfterCheckPlay
  readonly step: string
  readonly data: () => CaseData
  readonly officer: (role: string) => Officer | undefined
  readonly filedBy: Officer | Applicant
  readonly act: (who: Officer | Applicant, name: string, input: object, days: number) => Promise<boolean>
  /** The instant an act so many working days on would have. */
  readonly later: (days: number) => Date | null
}

const RECTIFY_DAYS = 10

/** The next act after the check owed on a commitment; false where the case stays as it is. */
export async function playAfterCheck(stand: Stand): Promise<boolean> {
  const { how, step, data, officer, act, filedBy } = stand
  const surveyor = officer('surveyor'), reviewer = officer('reviewer')
  if (!surveyor || !reviewer) return false
  const second = reviewer.personId
  if (step === 'commitmentCheck') {
    if (how === 'due') return false
    if (how === 'conforms' || how === 'annulledLater') return act(surveyor, 'commitmentCheck', { step, finding: 'conforms', opinion: '现场与承诺一致。', secondOfficer: second }, 2)
    if (how === 'annulled') return act(surveyor, 'commitmentCheck', { step, finding: 'false', opinion: '承诺设有两个安全出口，现场只有一个，另一处为装饰门。', secondOfficer: second }, 2)
    return act(surveyor, 'commitmentCheck', { step, finding: 'rectify', workingDays: RECTIFY_DAYS, opinion: '疏散通道堆放杂物，两具灭火器超过检修期限。', secondOfficer: second }, 2)
  }
  if (step === 'rectificationCheck') {
    if (how === 'rectifying') return false
    return act(surveyor, 'checkRectification', { step, finding: how === 'rectified' ? 'rectified' : 'notRectified', opinion: how === 'rectified' ? '通道已清理，灭火器已更换。' : '期满复查，通道仍被占用。', secondOfficer: second }, how === 'rectified' ? 4 : RECTIFY_DAYS + 1)
  }
  if (step === 'serveNotice' || step === 'serveOrder') {
    const dispatcher = officer('dispatcher'), on = stand.later(1)
    return dispatcher !== undefined && on !== null && act(dispatcher, 'serve', { paper: step === 'serveOrder' ? 'rectificationOrder' : 'annulmentNotice', mode: 'direct', on: dayAt(on), recipient: data().application!.applicant.name, proof: { text: '当面签收' } }, 1)
  }
  const { annulment } = data()
  if (!annulment && how === 'annulledLater') return act(reviewer, 'tellAnnulment', { ground: 'deceit', facts: '归档后经公安机关查明，申请时提交的场所租赁合同系伪造。' }, 6)
  if (!annulment) return act(reviewer, 'tellAnnulment', { ground: how === 'annulled' ? 'falseCommitment' : 'notRectified', facts: how === 'annulled' ? '承诺设有两个安全出口，现场核查只有一个。' : '责令整改期满，疏散通道仍被占用。' }, 1)
  if (how !== 'annulled' && how !== 'annulledLater') return false
  if (!annulment.heard) return act(filedBy, 'hearAnnulment', { statement: how === 'annulled' ? '装修时临时封闭，准备恢复。' : '合同是中介提供的，我并不知情。' }, 2)
  const chief = officer('chief')
  return chief !== undefined && act(chief, 'annul', { reasons: how === 'annulled' ? '申请时该出口即不存在，不属于临时封闭；承诺内容与事实不符。' : '合同经鉴定系伪造，申请人对申请材料的真实性负责。' }, 6)
}
