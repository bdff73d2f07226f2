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
    body: { zh: '您申请的“{item}”已收到材料，案号 {no}。收到不等于受理，窗口将在 {by} 前告知是否受理或需要补正。', en: 'The papers for “{item}” have been received under number {no}. Receipt is not acceptance: by {by} the counter will tell you whether it is accepted or needs correction.' },
  },
  supplementRequested: {
    statutory: '行政许可法 第三十二条第一款第四项',
    subject: { zh: '申请 {no} 需要补正', en: 'Application {no} needs correction' },
    body: { zh: '您申请的“{item}”（{no}）需要一次性补正 {count} 项：{list}。', en: 'Your application for “{item}” ({no}) needs these {count} corrections, told once and in full: {list}.' },
  },
  supplemented: {
    statutory: null,
    subject: { zh: '已收到 {no} 的补正材料', en: 'The corrections to {no} have been received' },
    body: { zh: '“{item}”（{no}）的补正材料已收到，窗口将在 {by} 前告知是否受理。', en: 'The corrections to “{item}” ({no}) have been received; by {by} you will be told whether it is accepted.' },
  },
  accepted: {
    statutory: '行政许可法 第三十二条第二款',
    subject: { zh: '申请 {no} 已受理', en: 'Application {no} has been accepted' },
    body: { zh: '您申请的“{item}”（{no}）已于 {on} 受理，将在 {by} 前作出决定。', en: 'Your application for “{item}” ({no}) was accepted on {on}; it will be decided by {by}.' },
  },
  notAccepted: {
    statutory: '行政许可法 第三十二条第二款',
    subject: { zh: '申请 {no} 不予受理', en: 'Application {no} is not accepted' },
    body: { zh: '您申请的“{item}”（{no}）不予受理。理由：{reason}。{remedy}', en: 'Your application for “{item}” ({no}) is not accepted. Reason: {reason}. {remedy}' },
  },
  suspended: {
    statutory: '行政许可法 第四十五条',
    subject: { zh: '申请 {no} 的办理期限中止计算', en: 'The time limit of {no} is suspended' },
    body: { zh: '“{item}”（{no}）因{ground}自 {on} 起中止计算办理期限，所需时间 {time}。', en: 'The time limit of “{item}” ({no}) is suspended from {on} for {ground}; time needed: {time}.' },
  },
  resumed: {
    statutory: null,
    subject: { zh: '申请 {no} 恢复计算办理期限', en: 'The time limit of {no} runs again' },
    body: { zh: '“{item}”（{no}）自 {on} 起恢复计算办理期限，将在 {by} 前作出决定。', en: 'The time limit of “{item}” ({no}) runs again from {on}; it will be decided by {by}.' },
  },
  extended: {
    statutory: '行政许可法 第四十二条第一款',
    subject: { zh: '申请 {no} 延长办理期限', en: 'The time limit of {no} is extended' },
    body: { zh: '“{item}”（{no}）经批准延长 {days} 个工作日，将在 {by} 前作出决定。理由：{reason}。', en: 'The time limit of “{item}” ({no}) is extended by {days} working days to {by}. Reason: {reason}.' },
  },
  interestedPartyTold: {
    statutory: '行政许可法 第三十六条',
    subject: { zh: '一项与您有重大利益关系的申请 {no}', en: 'Application {no} bears on an interest of yours' },
    body: { zh: '“{item}”（{no}）与您有重大利益关系，您有权在 {by} 前陈述和申辩。', en: '“{item}” ({no}) bears on a major interest of yours; you may state your case by {by}.' },
  },
  decidedGranted: {
    statutory: '行政许可法 第三十八条第一款、第四十四条',
    subject: { zh: '申请 {no} 已准予', en: 'Application {no} is granted' },
    body: { zh: '您申请的“{item}”（{no}）已于 {on} 决定准予，证件将在 {by} 前颁发、送达。', en: 'Your application for “{item}” ({no}) was granted on {on}; the certificate will be issued and served by {by}.' },
  },
  decidedRefused: {
    statutory: '行政许可法 第三十八条第二款',
    subject: { zh: '申请 {no} 不予许可', en: 'Application {no} is refused' },
    body: { zh: '您申请的“{item}”（{no}）已于 {on} 决定不予许可。理由：{reason}。{remedy}', en: 'Your application for “{item}” ({no}) was refused on {on}. Reason: {reason}. {remedy}' },
  },
  paymentDue: {
    statutory: null,
    subject: { zh: '申请 {no} 需要缴费', en: 'Application {no}: a fee is due' },
    body: { zh: '“{item}”（{no}）应缴 {yuan} 元，依据：{basis}。请在 {by} 前缴纳。', en: 'CNY {yuan} is due for “{item}” ({no}) under {basis}; please pay by {by}.' },
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
    body: { zh: '“{item}”（{no}）的文书已于 {on} 送达（{method}）。', en: 'The papers of “{item}” ({no}) were served on {on} ({method}).' },
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
  clockWarning: {
    statutory: null,
    subject: { zh: '{no} 的“{rule}”将于 {by} 届满', en: '“{rule}” of {no} ends on {by}' },
    body: { zh: '“{item}”（{no}）的“{rule}”（{article}）将于 {by} 届满，请及时办理。', en: '“{rule}” ({article}) of “{item}” ({no}) ends on {by}; please act in time.' },
  },
  taskAssigned: {
    statutory: null,
    subject: { zh: '{no} 有新的待办：{step}', en: '{no} has new work for you: {step}' },
    body: { zh: '“{item}”（{no}）的“{step}”等待您办理，限 {by} 前。', en: '“{step}” of “{item}” ({no}) waits for you, by {by}.' },
  },
} as const satisfies Record<string, Template>

export type TemplateCode = keyof typeof TEMPLATES
type SlotNames<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | SlotNames<Rest> : never
/** The slots of a template, `{no}` apart; all are required, so that no message goes out with a hole in it. */
export type SlotsOf<K extends TemplateCode> = Readonly<Record<Exclude<SlotNames<(typeof TEMPLATES)[K]['subject']['zh'] | (typeof TEMPLATES)[K]['body']['zh']>, 'no'>, string | number>>
