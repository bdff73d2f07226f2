import type { Bilingual } from '../../base/text.ts'

/** `{no}` is the matter's number and is filled when the message is read or sent: an opening act does not know it yet. */
export interface Template {
  readonly subject: Bilingual
  readonly body: Bilingual
  /** The article that obliges to tell; null for what is only courteous. */
  readonly statutory: string | null
}

export const TEMPLATES = {
  received: {
    statutory: null,
    subject: { zh: '已收到您的申请 {no}', en: 'Your application {no} has been received' },
    body: { zh: '您申请的“{item}”已收到材料，案号 {no}。收到不等于受理，窗口将在{by}前告知是否受理或需要补正。', en: 'The papers for “{item}” have been received under number {no}. Receipt is not acceptance: by {by} the counter will tell you whether it is accepted or needs correction.' },
  },
  supplementRequested: {
    statutory: '行政许可法 第三十二条第一款第四项',
    subject: { zh: '申请 {no} 需要补正', en: 'Application {no} needs correction' },
    body: { zh: '您申请的“{item}”（{no}）需要一次性补正 {count} 项：{list}。', en: 'Your application for “{item}” ({no}) needs these {count} corrections, told once and in full: {list}.' },
  },
  supplemented: {
    statutory: null,
    subject: { zh: '已收到 {no} 的补正材料', en: 'The corrections to {no} have been received' },
    body: { zh: '“{item}”（{no}）的补正材料已收到，窗口将在{by}前告知是否受理。', en: 'The corrections to “{item}” ({no}) have been received; by {by} you will be told whether it is accepted.' },
  },
  accepted: {
    statutory: '行政许可法 第三十二条第二款',
    subject: { zh: '申请 {no} 已受理', en: 'Application {no} has been accepted' },
    body: { zh: '您申请的“{item}”（{no}）已于{on}受理，将在{by}前作出决定。', en: 'Your application for “{item}” ({no}) was accepted on {on}; it will be decided by {by}.' },
  },
  notAccepted: {
    statutory: '行政许可法 第三十二条第二款',
    subject: { zh: '申请 {no} 不予受理', en: 'Application {no} is not accepted' },
    body: { zh: '您申请的“{item}”（{no}）不予受理。理由：{reason}。{remedy}', en: 'Your application for “{item}” ({no}) is not accepted. Reason: {reason}. {remedy}' },
  },
  suspended: {
    statutory: '行政许可法 第四十五条',
    subject: { zh: '申请 {no} 的办理期限中止计算', en: 'The time limit of {no} is suspended' },
    body: { zh: '“{item}”（{no}）因{ground}自{on}起中止计算办理期限，所需时间 {time}。', en: 'The time limit of “{item}” ({no}) is suspended from {on} for {ground}; time needed: {time}.' },
  },
  resumed: {
    statutory: null,
    subject: { zh: '申请 {no} 恢复计算办理期限', en: 'The time limit of {no} runs again' },
    body: { zh: '“{item}”（{no}）自{on}起恢复计算办理期限，将在{by}前作出决定。', en: 'The time limit of “{item}” ({no}) runs again from {on}; it will be decided by {by}.' },
  },
  extended: {
    statutory: '行政许可法 第四十二条第一款',
    subject: { zh: '申请 {no} 延长办理期限', en: 'The time limit of {no} is extended' },
    body: { zh: '“{item}”（{no}）经批准延长 {days} 个工作日，将在{by}前作出决定。理由：{reason}。', en: 'The time limit of “{item}” ({no}) is extended by {days} working days to {by}. Reason: {reason}.' },
  },
  interestedPartyTold: {
    statutory: '行政许可法 第三十六条',
    subject: { zh: '一项与您有重大利益关系的申请 {no}', en: 'Application {no} bears on an interest of yours' },
    body: { zh: '“{item}”（{no}）与您有重大利益关系，您有权在{by}前陈述和申辩。', en: '“{item}” ({no}) bears on a major interest of yours; you may state your case by {by}.' },
  },
  decidedGranted: {
    statutory: '行政许可法 第三十八条第一款、第四十四条',
    subject: { zh: '申请 {no} 已准予', en: 'Application {no} is granted' },
    body: { zh: '您申请的“{item}”（{no}）已于{on}决定准予，证件将在{by}前颁发、送达。', en: 'Your application for “{item}” ({no}) was granted on {on}; the certificate will be issued and served by {by}.' },
  },
  decidedRefused: {
    statutory: '行政许可法 第三十八条第二款',
    subject: { zh: '申请 {no} 不予许可', en: 'Application {no} is refused' },
    body: { zh: '您申请的“{item}”（{no}）已于{on}决定不予许可。理由：{reason}。{remedy}', en: 'Your application for “{item}” ({no}) was refused on {on}. Reason: {reason}. {remedy}' },
  },
  paymentDue: {
    statutory: null,
    subject: { zh: '申请 {no} 需要缴费', en: 'Application {no}: a fee is due' },
    body: { zh: '“{item}”（{no}）应缴 {yuan} 元，依据：{basis}。请到收费窗口缴纳。', en: 'CNY {yuan} is due for “{item}” ({no}) under {basis}; please pay at the cashier.' },
  },
  paid: {
    statutory: null,
    subject: { zh: '申请 {no} 已缴费', en: 'Application {no}: the fee is paid' },
    body: { zh: '“{item}”（{no}）已收到 {yuan} 元，票据号 {receipt}。', en: 'CNY {yuan} has been received for “{item}” ({no}); receipt {receipt}.' },
  },
  clarificationAsked: {
    statutory: null,
    subject: { zh: '申请 {no} 需要您说明', en: 'Application {no}: please clarify' },
    body: { zh: '“{item}”（{no}）审查中请您说明：{question}。办理期限照常计算，不因此停止。', en: 'In examining “{item}” ({no}) you are asked: {question}. The time limit runs on meanwhile.' },
  },
  deferredDue: {
    statutory: null,
    subject: { zh: '请按承诺补交 {no} 的容缺材料', en: 'Deferred materials of {no} are due' },
    body: { zh: '“{item}”（{no}）的{materials}请在{missedBy}前补交。{outcome}。', en: '{materials} of “{item}” ({no}) must follow by {missedBy}. {outcome}.' },
  },
  deferredMissed: {
    statutory: '北京市优化营商环境条例 第三十一条',
    subject: { zh: '{no} 的容缺材料逾期未补交', en: 'Deferred materials of {no} did not follow in time' },
    body: { zh: '“{item}”（{no}）的{materials}应在{missedBy}前补交，逾期未收到。{outcome}。办件未结束之前仍可补交。', en: '{materials} of “{item}” ({no}) were to follow by {missedBy} and have not come. {outcome}. You may still hand them in while the case is open.' },
  },
  deferredSupplied: {
    statutory: null,
    subject: { zh: '已收到 {no} 的容缺材料', en: 'The deferred materials of {no} have been received' },
    body: { zh: '“{item}”（{no}）的{materials}已补齐，继续办理。', en: '{materials} of “{item}” ({no}) are there; handling goes on.' },
  },
  handedToVertical: {
    statutory: null,
    subject: { zh: '申请 {no} 已转由垂直业务系统办理', en: 'Application {no} is handled in another system now' },
    body: { zh: '您申请的“{item}”（{no}）已转由{place}在“{list}”办理。您不用再到该系统填报，办理期限照常计算，至{by}止。', en: 'Your application for “{item}” ({no}) is now handled by {place} in “{list}”. You need not enter anything there; the time limit runs on, to {by}.' },
  },
  lockerReady: {
    statutory: null,
    subject: { zh: '申请 {no} 的证件已放入取件柜', en: 'The certificate of {no} is in a locker' },
    body: { zh: '“{item}”（{no}）的证件在取件柜 {box} 号格，取件码 {code}。取出并签收后视为送达。', en: 'The certificate of “{item}” ({no}) is in locker {box}, code {code}. It counts as served once collected and signed for.' },
  },
  readyForCollection: {
    statutory: null,
    subject: { zh: '申请 {no} 的证件可以领取', en: 'The certificate of {no} is ready' },
    body: { zh: '“{item}”（{no}）的证件可以领取：{place}，{hours}。请携带本人身份证件。', en: 'The certificate of “{item}” ({no}) can be collected at {place}, {hours}. Please bring your identity document.' },
  },
  mailed: {
    statutory: null,
    subject: { zh: '申请 {no} 的文书已寄出', en: 'The papers of {no} are in the mail' },
    body: { zh: '“{item}”（{no}）的文书已由 {carrier} 寄出，单号 {tracking}。签收之日为送达日。', en: 'The papers of “{item}” ({no}) were mailed with {carrier}, number {tracking}. The day you sign for them is the day of service.' },
  },
  served: {
    statutory: null,
    subject: { zh: '申请 {no} 的文书已送达', en: 'The papers of {no} have been served' },
    body: { zh: '“{item}”（{no}）的文书已于{on}送达（{method}）。', en: 'The papers of “{item}” ({no}) were served on {on} ({method}).' },
  },
  withdrawn: {
    statutory: null,
    subject: { zh: '申请 {no} 已撤回', en: 'Application {no} has been withdrawn' },
    body: { zh: '您已撤回“{item}”（{no}）的申请，原件将退还，您可以再次申请。', en: 'You withdrew your application for “{item}” ({no}); originals will be returned and you may apply again.' },
  },
  terminated: {
    statutory: null,
    subject: { zh: '申请 {no} 终止办理', en: 'Application {no} has been terminated' },
    body: { zh: '“{item}”（{no}）已终止办理。理由：{reason}。', en: '“{item}” ({no}) has been terminated. Reason: {reason}.' },
  },
  rectificationOrdered: {
    statutory: '北京市优化营商环境条例 第三十三条',
    subject: { zh: '{no} 的承诺经核查不符，请限期整改', en: 'The check of {no} found otherwise than promised: put it right in time' },
    body: { zh: '“{item}”（{no}）核查发现：{reason}。现责令您自收到责令限期整改通知书次日起 {days} 个工作日内整改；整改后仍未达到条件的，撤销决定并纳入公共信用信息。', en: 'The check of “{item}” ({no}) found: {reason}. You are ordered to put it right within {days} working days from the day after the order is served on you; failing that the decision is annulled and this goes to the public credit record.' },
  },
  rectificationDue: {
    statutory: null,
    subject: { zh: '{no} 的整改期限将于 {by} 届满', en: 'The time to rectify of {no} ends on {by}' },
    body: { zh: '“{item}”（{no}）责令整改的期限将于 {by} 届满：{reason}。整改后仍未达到条件的，撤销决定并纳入公共信用信息。', en: 'The time ordered to put “{item}” ({no}) right ends on {by}: {reason}. Failing that the decision is annulled and this goes to the public credit record.' },
  },
  rectified: {
    statutory: null,
    subject: { zh: '{no} 整改复查合格', en: 'The rectification of {no} was found in order' },
    body: { zh: '“{item}”（{no}）整改后经复查，已经达到条件，准予的决定继续有效。', en: 'After rectification “{item}” ({no}) meets the conditions; the decision stands.' },
  },
  annulmentTold: {
    statutory: '行政许可法 第七条',
    subject: { zh: '{no} 的准予决定拟予撤销，请陈述申辩', en: 'The grant of {no} may be annulled: state your case' },
    body: { zh: '“{item}”（{no}）的准予决定拟予撤销。事实：{reason}。您可以自收到告知书之日起 {days} 个工作日内陈述、申辩；也可以放弃。', en: 'The grant of “{item}” ({no}) may be annulled. Facts: {reason}. Within {days} working days of receiving the notice you may state your case, or waive it.' },
  },
  decisionAnnulled: {
    statutory: '行政许可法 第三十八条第二款、第六十九条；北京市优化营商环境条例 第三十三条',
    subject: { zh: '{no} 的准予决定已被撤销', en: 'The grant of {no} has been annulled' },
    body: { zh: '“{item}”（{no}）的准予决定已被撤销，证件同时失效。理由：{reason}。{remedy}', en: 'The grant of “{item}” ({no}) has been annulled and the certificate with it. Reason: {reason}. {remedy}' },
  },
  annulmentDropped: {
    statutory: null,
    subject: { zh: '{no} 的准予决定不予撤销', en: 'The grant of {no} is kept' },
    body: { zh: '听取您的陈述申辩后，“{item}”（{no}）的准予决定不予撤销，继续有效。理由：{reason}。', en: 'After hearing you, the grant of “{item}” ({no}) is not annulled and stands. Reason: {reason}.' },
  },
  clockWarning: {
    statutory: null,
    subject: { zh: '{no} 的“{rule}”将于{by}届满', en: '“{rule}” of {no} ends on {by}' },
    body: { zh: '“{item}”（{no}）的“{rule}”（{article}）将于{by}届满，请及时办理。', en: '“{rule}” ({article}) of “{item}” ({no}) ends on {by}; please act in time.' },
  },
  lightFell: {
    statutory: null,
    subject: { zh: '{no} 的“{rule}”已于{by}届满，亮黑灯', en: '“{rule}” of {no} ended on {by}: a black light' },
    body: { zh: '“{item}”（{no}）的“{rule}”（{article}）已于{by}届满。黑灯记在岗位和环节上，不记在个人名下；不该记的，可在{until}前申诉。', en: '“{rule}” ({article}) of “{item}” ({no}) ended on {by}. The black light counts against the post and step, not a person; where it should not, appeal by {until}.' },
  },
  lightJudged: {
    statutory: null,
    subject: { zh: '{no} 的亮灯申诉已有决定：{outcome}', en: 'The appeal against a light of {no} is judged: {outcome}' },
    body: { zh: '“{item}”（{no}）的“{rule}”（{by}届满）亮灯申诉，决定：{outcome}。理由：{reason}。', en: 'The appeal against a light of “{rule}” (due {by}) of “{item}” ({no}) is judged: {outcome}. Reason: {reason}.' },
  },
  lightMoved: {
    statutory: null,
    subject: { zh: '{no} 的一盏灯改记到您的岗位', en: 'A light of {no} now counts against your post' },
    body: { zh: '“{item}”（{no}）的“{rule}”（{by}届满）亮灯经申诉改记到您的岗位。理由：{reason}。不该记的，可在{until}前申诉。', en: 'On appeal, the light of “{rule}” (due {by}) of “{item}” ({no}) was moved to your post. Reason: {reason}. Where it should not count there, appeal by {until}.' },
  },
  dayUnsigned: {
    statutory: null,
    subject: { zh: '{on}没有日清签退的岗位：{n} 个', en: 'Posts that did not sign {on} off: {n}' },
    body: { zh: '{posts}{on}没有日清签退，现有 {unsent} 份已勾选的补正告知尚未发出。请核清未清事项；逾期不告知的，自收到申请材料之日起即为受理（行政许可法 第三十二条）。', en: '{posts} did not sign {on} off; notices ticked there and not sent now: {unsent}. Please clear what is open: what is not told in time is deemed accepted (Administrative Licensing Law Art. 32).' },
  },
  serviceOverdue: {
    statutory: null,
    subject: { zh: '{no} 的“{paper}”尚未送达', en: '“{paper}” of {no} is not served yet' },
    body: { zh: '“{item}”（{no}）的“{paper}”应在{by}前送达，至今没有登记送达。自送达起算的期限还没有开始，请尽快送达。', en: '“{paper}” of “{item}” ({no}) was to be served by {by} and no service is recorded. What counts from service has not begun; please see to it.' },
  },
  taskAssigned: {
    statutory: null,
    subject: { zh: '{no} 有新的待办：{step}', en: '{no} has new work for you: {step}' },
    body: { zh: '“{item}”（{no}）的“{step}”等待您办理，限{by}前。', en: '“{step}” of “{item}” ({no}) waits for you, by {by}.' },
  },
} as const satisfies Record<string, Template>

export type TemplateCode = keyof typeof TEMPLATES
type SlotNames<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | SlotNames<Rest> : never
/** The slots of a template, `{no}` apart; all are required, so that no message goes out with a hole in it. */
export type SlotsOf<K extends TemplateCode> = Readonly<Record<Exclude<SlotNames<(typeof TEMPLATES)[K]['subject']['zh'] | (typeof TEMPLATES)[K]['body']['zh']>, 'no'>, string | number>>
