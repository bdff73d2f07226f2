import type { CivilDay } from '../../base/civil-day.ts'
import type { ClockRule } from '../../kernel/clock/types.ts'

/** Clocks that only applications have. Licences and real estate have their own rules of law; for the rest silence means delay and nothing more. */
export const CASE_CLOCK_RULES: readonly ClockRule[] = [{
  code: 'CASE.ACCEPTANCE', version: 1, name: { zh: '受理答复', en: 'Answer on acceptance' }, unit: 'workingDay', amount: 5, trigger: 'received', direction: 'after',
  pauses: [], extension: null, expiry: 'overdue', article: '北京市全面推进政务公开工作实施意见（2016）四（办事服务一次性告知）；期限参照行政许可法 第三十二条',
  validFrom: '2016-11-01' as CivilDay, validTo: null, lights: { yellowShare: 0.75, yellowDaysLeft: 3 },
}]
