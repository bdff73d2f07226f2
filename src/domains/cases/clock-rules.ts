import type { CivilDay } from '../../base/civil-day.ts'
import type { ClockRule } from '../../kernel/clock/types.ts'
import { LIGHT_APPEAL, LIGHT_JUDGE } from './lights/rules.ts'

const WORKING_DAYS = {
  version: 1, unit: 'workingDay', direction: 'after', pauses: [], extension: null, expiry: 'overdue', validTo: null, lights: { yellowShare: 0.75, yellowDaysLeft: 3 },
} as const

/** Commitment, order to rectify and annulment stand in one article, numbered so since the amendment of 29 November 2024. */
export const COMMITMENT_ARTICLE = '北京市优化营商环境条例 第三十三条'
const COMMITMENT_SINCE = '2024-11-29' as CivilDay

/** No law counts the days for stating one's case before an annulment: what is usual, as long as 行政处罚法 第六十四条 gives to ask for a hearing. */
export const STATEMENT_WORKING_DAYS = 5

/** Clocks that only applications have. Licences and real estate have their own rules of law; for the rest silence means delay and nothing more. */
export const CASE_CLOCK_RULES: readonly ClockRule[] = [
  {
    ...WORKING_DAYS, code: 'CASE.ACCEPTANCE', name: { zh: '受理答复', en: 'Answer on acceptance' }, amount: 5, trigger: 'received',
    article: '北京市全面推进政务公开工作实施意见（2016）四（办事服务一次性告知）；期限参照行政许可法 第三十二条', validFrom: '2016-11-01' as CivilDay,
  },
  {
    // The item says within how many days the commitment is checked; past it nothing is deemed, the check is still owed.
    ...WORKING_DAYS, code: 'COMMIT.CHECK', name: { zh: '承诺事后核查', en: 'Check after the commitment' }, amount: null, trigger: 'granted', article: COMMITMENT_ARTICLE, validFrom: COMMITMENT_SINCE,
  },
  {
    // As many days as the order gives. Past it the officers look again; that alone annuls nothing.
    ...WORKING_DAYS, code: 'COMMIT.RECTIFY', name: { zh: '限期整改', en: 'Time to rectify' }, amount: null, trigger: 'rectificationOrdered', article: COMMITMENT_ARTICLE, validFrom: COMMITMENT_SINCE,
  },
  {
    // An order binds whom it reached: the days run from its service. The first version counted from the order; what began under it goes on so.
    ...WORKING_DAYS, version: 2, code: 'COMMIT.RECTIFY', name: { zh: '限期整改', en: 'Time to rectify' }, amount: null, trigger: 'rectificationOrderServed', article: COMMITMENT_ARTICLE, validFrom: COMMITMENT_SINCE,
  },
  {
    // The party's own period, from the day the notice is served: past it the decision may be made without her statement.
    ...WORKING_DAYS, code: 'ANNUL.STATEMENT', name: { zh: '撤销前陈述申辩', en: 'Statement before an annulment' }, amount: STATEMENT_WORKING_DAYS, trigger: 'annulmentNoticeServed', expiry: 'lapse',
    article: '行政许可法 第七条；期限依惯例（参照行政处罚法 第六十四条）', validFrom: '2019-04-23' as CivilDay,
  },
  {
    // As many working days as the guide gives; past them the guide's own outcome follows.
    ...WORKING_DAYS, code: 'CASE.DEFERRED', name: { zh: '补交容缺材料', en: 'Deferred materials to follow' }, amount: null, trigger: 'accepted', expiry: 'lapse',
    article: '北京市优化营商环境条例 第三十一条', validFrom: '2020-04-28' as CivilDay, lights: { yellowShare: 0.75, yellowDaysLeft: 2 },
  },
  LIGHT_APPEAL,
  LIGHT_JUDGE,
]
