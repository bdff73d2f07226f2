import type { Bilingual } from '../../../base/text.ts'
import type { FlowDescription, NodeDescription, ProcedureDescription, TaskDescription } from '../../../kernel/procedure/build.ts'

/** One line of `seeds/demo/procedures/procedures.yaml`. */
export interface ProcedureLine {
  readonly item: string
  readonly name: readonly [string, string]
  /** The applicant may choose 告知承诺: the check comes after the decision. */
  readonly commitment?: boolean
  /** Accepted where the item says (`acceptingBody`), not at the centre. */
  readonly accepting?: boolean
  readonly steps: readonly (string | readonly [string, number] | readonly [string, number | null, string])[]
}

const name = (zh: string, en: string): Bilingual => ({ zh, en })

/** What each segment is, by the ids the cases rely on. */
const STEPS: Record<string, Omit<TaskDescription, 'kind' | 'id' | 'workingDays'>> = {
  review: { name: name('审查', 'Review'), post: 'reviewer', acts: ['review', 'askClarification', 'tellInterestedParty', 'hearInterestedParty', 'extend'], separateFrom: ['acceptance'] },
  survey: { name: name('现场核查（两人）', 'Site survey (two officers)'), post: 'surveyor', acts: ['survey'], separateFrom: ['acceptance'] },
  verify: { name: name('实质核查（两人）', 'Check of substance (two officers)'), post: 'reviewer', acts: ['verify', 'askClarification'], separateFrom: ['acceptance'] },
  expertReview: { name: name('专家评审', 'Expert review'), post: 'reviewer', acts: ['expertReview', 'suspend', 'resume'], suspensionGround: 'expertReview' },
  testing: { name: name('检测评定', 'Testing'), post: 'reviewer', acts: ['review', 'suspend', 'resume'], suspensionGround: 'testing' },
  publicNotice: { name: name('公示', 'Public notice'), post: 'reviewer', acts: ['publicNotice'] },
  decision: { name: name('决定', 'Decision'), post: 'chief', acts: ['decide', 'tellInterestedParty', 'hearInterestedParty'], separateFrom: ['acceptance', 'review', 'survey', 'verify'] },
  payment: { name: name('收费', 'Payment'), post: 'cashier', organisation: 'centre', acts: ['requestPayment', 'confirmPayment'] },
  issuance: { name: name('制证（办结）', 'Issuance'), post: 'sealkeeper', organisation: 'centre', acts: ['issue'] },
  delivery: { name: name('送达', 'Delivery'), post: 'dispatcher', organisation: 'centre', acts: ['deliver', 'serve'] },
}
/** Handled and decided in a vertically led system: handed over once, its answers come back by import. Acceptance, review and decision are apart there. */
const HAND_OVER: TaskDescription = { kind: 'user', id: 'verticalHandOver', name: name('转办垂直业务系统', 'Hand-over to the vertically led system'), post: 'clerk', organisation: 'centre', acts: ['handToVertical'] }
const ELSEWHERE: TaskDescription = { kind: 'user', id: 'verticalDecision', name: name('垂直业务系统办理', 'Handled in the vertically led system'), post: 'clerk', organisation: 'centre', acts: ['recordVerticalStatus', 'recordVerticalDecision'] }
const INTAKE = ['receive', 'accept', 'refuseAcceptance', 'notRequired', 'requestSupplement', 'correctOnSpot']

/**
 * A line as a whole procedure: acceptance with its three outcomes, the segments, the decision with its two, the end.
 * @param codeOf the USCC of a department by its key
 */
export function procedureOf(id: string, line: ProcedureLine, codeOf: (department: string) => string): ProcedureDescription {
  const nodes: NodeDescription[] = [
    { kind: 'start', id: 'submitted', name: name('申请', 'Application') },
    { kind: 'user', id: 'acceptance', name: name('受理', 'Acceptance'), post: 'clerk', organisation: line.accepting ? 'accepting' : 'centre', acts: INTAKE },
    { kind: 'exclusive', id: 'acceptanceOutcome', name: name('是否受理', 'Accepted?') },
    { kind: 'user', id: 'supplement', name: name('申请人补正', 'Supplement by the applicant'), acts: ['supplement', 'receive'], applicantWait: true, maxRounds: 1 },
    { kind: 'end', id: 'notAccepted', name: name('不予受理', 'Not accepted') },
  ]
  const flows: FlowDescription[] = [
    { from: 'submitted', to: 'acceptance' },
    { from: 'acceptance', to: 'acceptanceOutcome' },
    { from: 'acceptanceOutcome', to: 'supplement', name: name('补正', 'Supplement'), condition: 'outcome = "supplement"' },
    { from: 'supplement', to: 'acceptance' },
    { from: 'acceptanceOutcome', to: 'notAccepted', name: name('不予受理', 'Refused'), condition: 'outcome = "refused"' },
  ]
  const go = (from: string, to: string, more: Partial<FlowDescription> = {}) => flows.push({ from, to, ...more })
  const accepted: Partial<FlowDescription> = { name: name('受理', 'Accepted'), condition: 'outcome = "accepted"' }

  const steps = line.steps.map((step) => (typeof step === 'string' ? [step] : step) as readonly [string, (number | null)?, string?])
  const present = new Set(steps.map(([step]) => step === 'coReview' ? 'review' : step).concat('acceptance'))
  const task = (step: string, days?: number | null): NodeDescription => {
    // The number may come from the vertically led system instead of the seal keeper's desk.
    const known = step === 'issuance' && present.has('vertical') ? { ...STEPS['issuance']!, acts: ['issue', 'recordVerticalCertificate'] } : STEPS[step]
    if (!known) throw new Error(`procedure ${id}: no step ${step}`)
    const separate = known.separateFrom?.filter((other) => present.has(other))
    return { kind: 'user', id: step, ...known, ...(separate ? { separateFrom: separate } : {}), ...(typeof days === 'number' ? { workingDays: days } : {}) }
  }

  let at = 'acceptanceOutcome'
  let next = accepted
  const enter = (to: string) => { go(at, to, next); next = {} }
  if (line.commitment) {
    nodes.push({ kind: 'exclusive', id: 'mode', name: name('办理方式', 'Way of handling') }, { kind: 'exclusive', id: 'toDecision' })
    enter('mode')
    go('mode', 'toDecision', { name: name('告知承诺', 'Commitment'), condition: 'commitment = true' })
    at = 'mode'
    next = { name: name('先核查', 'Inspection first'), default: true }
  }
  for (const [step, days, detail] of steps) {
    if (step === 'windowClose') {
      nodes.push({ kind: 'timer', id: step, name: name('等待受理窗口截止', 'Waiting for the window to close'), until: 'windowEndsOn' })
      enter(step)
      at = step
      continue
    }
    if (step === 'coReview') {
      nodes.push({ kind: 'parallel', id: 'fork' }, task('review', days), coReview(detail!, days, codeOf), { kind: 'parallel', id: 'join' })
      enter('fork')
      for (const branch of ['review', 'coReview']) { go('fork', branch); go(branch, 'join') }
      at = 'join'
      continue
    }
    if (step === 'vertical') {
      // Another department's part goes on beside the hand-over; both are there before the system may decide.
      if (detail === undefined) { nodes.push(HAND_OVER); enter(HAND_OVER.id); go(HAND_OVER.id, ELSEWHERE.id) }
      else {
        nodes.push({ kind: 'parallel', id: 'fork' }, HAND_OVER, coReview(detail, 0, codeOf), { kind: 'parallel', id: 'join' })
        enter('fork')
        for (const branch of [HAND_OVER.id, 'coReview']) { go('fork', branch); go(branch, 'join') }
        go('join', ELSEWHERE.id)
      }
      nodes.push({ ...ELSEWHERE, ...(typeof days === 'number' ? { workingDays: days } : {}) }, { kind: 'exclusive', id: 'decisionOutcome', name: name('是否准予', 'Granted?') }, { kind: 'end', id: 'refused', name: name('不予（办结）', 'Refused') })
      go(ELSEWHERE.id, 'decisionOutcome')
      go('decisionOutcome', 'refused', { name: name('不予', 'Refused'), condition: 'outcome = "refused"' })
      at = 'decisionOutcome'
      next = { name: name('准予', 'Granted'), condition: 'outcome = "granted"' }
      continue
    }
    if (step === 'payment' && detail !== undefined) {
      nodes.push({ kind: 'exclusive', id: 'feeDue', name: name('是否收费', 'Fee due?') }, task(step, days), { kind: 'exclusive', id: 'feeSettled' })
      enter('feeDue')
      go('feeDue', 'feeSettled', { name: name('免费', 'Free'), condition: detail })
      go('feeDue', 'payment', { name: name('收费', 'Due'), default: true })
      go('payment', 'feeSettled')
      at = 'feeSettled'
      continue
    }
    if (step === 'decision' && line.commitment) {
      enter('toDecision')
      at = 'toDecision'
    }
    nodes.push(task(step, days))
    enter(step)
    at = step
    if (step === 'decision') {
      nodes.push({ kind: 'exclusive', id: 'decisionOutcome', name: name('是否准予', 'Granted?') }, { kind: 'end', id: 'refused', name: name('不予许可（办结）', 'Refused') })
      go('decision', 'decisionOutcome')
      go('decisionOutcome', 'refused', { name: name('不予', 'Refused'), condition: 'outcome = "refused"' })
      at = 'decisionOutcome'
      next = { name: name('准予', 'Granted'), condition: 'outcome = "granted"' }
    }
  }
  if (line.commitment) {
    nodes.push({ kind: 'exclusive', id: 'checkNeeded', name: name('是否承诺办理', 'On a commitment?') },
      ...AFTER_CHECK)
    enter('checkNeeded')
    go('checkNeeded', 'commitmentCheck', { name: name('承诺办理', 'Commitment'), condition: 'commitment = true' })
    flows.push(...AFTER_CHECK_FLOWS)
    at = 'checkNeeded'
    next = { name: name('已核查', 'Inspected before'), default: true }
  }
  nodes.push({ kind: 'end', id: 'closed', name: name('办结', 'Closed') })
  enter('closed')
  return { id, name: name(...line.name), nodes, flows }
}

/** The check after a commitment and where what it finds leads: an end only where all is as promised, put right, kept or annulled (北京市优化营商环境条例 第三十三条). */
const AFTER_CHECK: readonly NodeDescription[] = [
  { kind: 'user', id: 'commitmentCheck', name: name('承诺后核查', 'Check after the commitment'), post: 'surveyor', acts: ['commitmentCheck'] },
  { kind: 'exclusive', id: 'checkFinding', name: name('核查结果', 'What was found?') },
  { kind: 'user', id: 'rectificationCheck', name: name('整改复查', 'Check of the rectification'), post: 'surveyor', acts: ['checkRectification'] },
  { kind: 'exclusive', id: 'rectificationFinding', name: name('是否整改合格', 'Put right?') },
  { kind: 'user', id: 'annulment', name: name('撤销（告知、听取申辩后）', 'Annulment, once told and heard'), post: 'chief', acts: ['annul', 'dropAnnulment'], separateFrom: ['commitmentCheck', 'rectificationCheck'] },
  { kind: 'exclusive', id: 'annulmentOutcome', name: name('是否撤销', 'Annulled?') },
  { kind: 'end', id: 'annulled', name: name('撤销（办结）', 'Annulled') },
]
const AFTER_CHECK_FLOWS: readonly FlowDescription[] = [
  { from: 'commitmentCheck', to: 'checkFinding' },
  { from: 'checkFinding', to: 'closed', name: name('相符', 'As promised'), condition: 'outcome = "conforms"' },
  { from: 'checkFinding', to: 'rectificationCheck', name: name('限期整改', 'To rectify'), condition: 'outcome = "rectify"' },
  { from: 'checkFinding', to: 'annulment', name: name('虚假承诺', 'False'), condition: 'outcome = "false"' },
  { from: 'rectificationCheck', to: 'rectificationFinding' },
  { from: 'rectificationFinding', to: 'closed', name: name('合格', 'Put right'), condition: 'outcome = "rectified"' },
  { from: 'rectificationFinding', to: 'annulment', name: name('仍不合格', 'Not put right'), condition: 'outcome = "notRectified"' },
  { from: 'annulment', to: 'annulmentOutcome' },
  { from: 'annulmentOutcome', to: 'closed', name: name('不予撤销', 'Kept'), condition: 'outcome = "kept"' },
  { from: 'annulmentOutcome', to: 'annulled', name: name('撤销', 'Annulled'), condition: 'outcome = "annulled"' },
]

function coReview(department: string, days: number | null | undefined, codeOf: (department: string) => string): NodeDescription {
  return {
    kind: 'user', id: 'coReview', name: name('联办部门审查', 'Review by the co-department'), post: 'reviewer', organisation: `co:${codeOf(department)}`,
    acts: ['coReview'], separateFrom: ['acceptance'], ...(typeof days === 'number' ? { workingDays: days } : {}),
  }
}
