import type { CivilDay } from '../../base/civil-day.ts'
import { LICENSING_PAUSE_ARTICLE, LICENSING_PAUSES } from './grounds.ts'
import type { ClockRule } from './types.ts'

const day = (text: string) => text as CivilDay
/** Licensing periods counted in working days: 行政许可法 (2019), 第八十二条. */
const LICENSING = {
  version: 1, unit: 'workingDay', direction: 'after', pauses: [], pauseArticle: LICENSING_PAUSE_ARTICLE, extension: null, expiry: 'overdue',
  validFrom: day('2019-04-23'), validTo: null, lights: { yellowShare: 0.75, yellowDaysLeft: 3 },
} as const
/** 优化营商环境条例 (国务院令第722号). Time promised or set is kept in the unit in which it was published. */
const SERVICE = { ...LICENSING, pauses: LICENSING_PAUSES, validFrom: day('2020-01-01') } as const

/**
 * The general clocks of licensing and service (domain/clocks 2.1). Domains add their own in files of this shape. A number never changes
 * under its version: a change of law is a new version, and running clocks keep the one they began with.
 */
export const CLOCK_RULES: readonly ClockRule[] = [
  {
    // Yellow on the third day, red on the morning of the fifth.
    ...LICENSING, code: 'LIC.CORRECTION_NOTICE', name: { zh: '一次性告知补正', en: 'One notice of all corrections' },
    amount: 5, trigger: 'received', expiry: 'deemedAccepted', article: '行政许可法 第三十二条第一款第四项',
  },
  {
    ...LICENSING, code: 'LIC.DECIDE', name: { zh: '作出许可决定', en: 'Decide on the licence' },
    amount: 20, trigger: 'accepted', article: '行政许可法 第四十二条第一款', pauses: LICENSING_PAUSES,
    extension: { amount: 10, times: 1, approver: 'head', noticeRequired: true, article: '行政许可法 第四十二条第一款' },
  },
  {
    ...LICENSING, code: 'LIC.JOINT', name: { zh: '统一、联合或者集中办理', en: 'Unified, joint or centralised handling' },
    amount: 45, trigger: 'accepted', article: '行政许可法 第四十二条第二款', pauses: LICENSING_PAUSES,
    extension: { amount: 15, times: 1, approver: 'governmentHead', noticeRequired: true, article: '行政许可法 第四十二条第二款' },
  },
  {
    ...LICENSING, code: 'LIC.LOWER_REVIEW', name: { zh: '下级行政机关初审', en: 'Review by the lower agency' },
    amount: 20, trigger: 'accepted', article: '行政许可法 第四十三条', pauses: LICENSING_PAUSES,
  },
  {
    ...LICENSING, code: 'LIC.DELIVER', name: { zh: '颁发、送达许可证件', en: 'Issue and deliver the licence' },
    amount: 10, trigger: 'granted', article: '行政许可法 第四十四条', pauses: LICENSING_PAUSES,
  },
  {
    // The applicant's own period: where the unit is doubtful the later day is accepted, and five working days end no earlier than five days.
    ...LICENSING, code: 'LIC.HEARING_REQUEST', name: { zh: '申请听证', en: 'Ask for a hearing' },
    amount: 5, trigger: 'hearingRightTold', expiry: 'lapse', article: '行政许可法 第四十七条第一款',
  },
  {
    ...LICENSING, code: 'LIC.HEARING_HOLD', name: { zh: '组织听证', en: 'Hold the hearing' },
    amount: 20, trigger: 'hearingRequested', article: '行政许可法 第四十七条第一款',
  },
  {
    ...LICENSING, code: 'LIC.HEARING_NOTICE', name: { zh: '听证通知', en: 'Notice of the hearing' },
    amount: 7, trigger: 'hearing', direction: 'before', article: '行政许可法 第四十八条第一款第一项',
  },
  {
    // The holder's own period: counted in natural days, which end later than working days counted back.
    ...LICENSING, code: 'LIC.RENEW_APPLY', name: { zh: '申请延续', en: 'Apply for renewal' },
    unit: 'naturalDay', amount: 30, trigger: 'licenceExpiry', direction: 'before', expiry: 'lapse', article: '行政许可法 第五十条第一款',
  },
  {
    // Day zero is the last day of the licence, and the decision must be made by it: nothing is counted and nothing rolls.
    ...LICENSING, code: 'LIC.RENEW_DECIDE', name: { zh: '决定是否准予延续', en: 'Decide on renewal' },
    unit: 'naturalDay', amount: 0, trigger: 'licenceExpiry', direction: 'before', expiry: 'deemedRenewed', article: '行政许可法 第五十条第二款',
    lights: { yellowShare: 0.75, yellowDaysLeft: 5 },
  },
  {
    ...LICENSING, code: 'LIC.PUBLISH', name: { zh: '许可决定上网公示', en: 'Publish the licence decision' },
    amount: 7, trigger: 'granted', article: '行政许可法 第四十条；发改办财金〔2018〕424号', validFrom: day('2018-04-01'),
  },
  {
    // Past it the agency publicly states the reason; nothing is deemed, and no article lengthens a promise (version 1 had one do so).
    ...SERVICE, version: 2, code: 'SVC.PROMISE', name: { zh: '承诺办结时限', en: 'Promised time' },
    amount: null, trigger: 'accepted', article: '优化营商环境条例 第三十六条第二款',
  },
  {
    // Amount, unit and article come from the item's own law.
    ...SERVICE, code: 'ITEM.STATUTORY', name: { zh: '事项法定办结时限', en: "The item's statutory time" },
    amount: null, trigger: 'accepted', article: '行政许可法 第四十二条第一款但书',
    extension: { amount: 10, times: 1, approver: 'head', noticeRequired: true, article: '行政许可法 第四十二条第一款' },
  },
  {
    // Pre-review is the applicant's choice with its own promise; she may file at any moment, and then Art. 32 runs.
    ...SERVICE, code: 'PRE.REVIEW', name: { zh: '预审承诺时限', en: 'Promised time of pre-review' },
    amount: null, trigger: 'preReviewAsked', article: '优化营商环境条例 第三十六条第二款', pauses: [],
  },
  {
    // 当场: due on the day itself, rest day or not.
    ...LICENSING, version: 2, validFrom: day('2015-03-01'), code: 'REALTY.ON_SPOT', name: { zh: '不动产登记当场告知', en: 'Told on the spot (real-estate registration)' },
    unit: 'naturalDay', amount: 0, trigger: 'received', expiry: 'deemedAccepted', article: '不动产登记暂行条例 第十七条第二款', pauseArticle: '不动产登记暂行条例 第十七条',
  },
  {
    ...LICENSING, version: 2, validFrom: day('2020-11-29'), code: 'PRINT.PERMIT', name: { zh: '内部资料性出版物准印', en: 'Permit to print internal material' },
    unit: 'naturalDay', amount: 30, trigger: 'received', expiry: 'deemedAgreed', article: '印刷业管理条例 第二十条第三款', pauseArticle: '印刷业管理条例 第二十条',
  },
]
