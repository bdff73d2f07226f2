import type { CivilDay } from '../../base/civil-day.ts'
import type { ClockRule } from '../../kernel/clock/types.ts'

/**
 * The deadline that a log gives its cases. The number comes from the log: natural days from start to deadline; where the day is a day
 * off here, it rolls to the next working day as every period does (民法典 第二百零三条).
 */
export const REPLAY_CLOCK_RULES: readonly ClockRule[] = [{
  code: 'REPLAY.DEADLINE', version: 1, name: { zh: '日志所载期限', en: 'Deadline given by the log' }, unit: 'naturalDay', amount: null, trigger: 'begun', direction: 'after',
  pauses: [], extension: null, expiry: 'overdue', article: '所载入日志给定的期限；计算依民法典 第二百零一条至第二百零三条',
  validFrom: '1990-01-01' as CivilDay, validTo: null, lights: { yellowShare: 0.75, yellowDaysLeft: 3 },
}]
