import type { CivilDay } from '../../base/civil-day.ts'
import type { Bilingual } from '../../base/text.ts'
import type { ClockState } from '../../kernel/clock/types.ts'
import type { CaseData, Deferred } from './case.ts'
import { runningClocks } from './limits.ts'
import { chineseDay } from './papers/chinese-text.ts'

/** The applicant's own time for what may follow later: from acceptance to the day promised. */
export const DEFERRED_RULE = 'CASE.DEFERRED'
export const DEFERRED_ARTICLE = '北京市优化营商环境条例 第三十一条'

/** Those not there yet, by name. */
export function openNames({ deferred, materials }: Pick<CaseData, 'deferred' | 'materials'>): Bilingual {
  const names = (deferred?.materialNames ?? []).filter((_name, i) => !materials.some((one) => one.materialId === deferred!.materials[i]))
  return { zh: names.map((name) => name.zh).join('、'), en: names.map((name) => name.en).join(', ') }
}

export const isOpen = (deferred: Deferred | null): deferred is Deferred => deferred !== null && deferred.suppliedOn === null

/** The promise still binds: nothing came, and no decision was made on the evidence there is. */
export const isOwed = ({ deferred, decision }: Pick<CaseData, 'deferred' | 'decision'>): boolean =>
  isOpen(deferred) && !(deferred.onMissed === 'decidedOnEvidence' && (deferred.missed !== null || decision !== null)) && decision?.outcome !== 'refuse'

/**
 * Whether a grant must wait. 容缺 defers papers, not the law's time: the decision's clock runs from acceptance (practice 9), and what may be
 * deferred is not key. So a grant before the day promised is lawful while materials are open. Once the day has passed unmet and the guide
 * says `refused`, there is no grant until they come; the refusal stands prepared.
 */
export const barsGrant = (deferred: Deferred | null): boolean => isOpen(deferred) && deferred.missed !== null && deferred.onMissed === 'refused'

/**
 * Whether the result stays with the office. Certificate and delivery are handed over only against the promised materials, before the
 * day as after it: else a missed day would find nothing left to act on. Nothing is withheld where the office decides on the evidence
 * there is. No law stops the ten days of delivery (行政许可法 第四十四条) for it: the case says for whom it waits.
 */
export const withholdsResult = (deferred: Deferred | null): boolean => isOpen(deferred) && deferred.onMissed !== 'decidedOnEvidence'

/** The day promised has passed unmet, nobody has said so yet. */
export const isMissed = (deferred: Deferred | null, clocks: readonly ClockState[], today: CivilDay): boolean =>
  isOpen(deferred) && deferred.missed === null && runningClocks(clocks, [DEFERRED_RULE]).some((clock) => clock.dueOn !== null && clock.dueOn < today)

/** What a refusal on this ground says, prepared for whoever decides; decisions are written in Chinese. */
export const refusalReasons = (deferred: Deferred, materials: Bilingual, dueOn: CivilDay): string =>
  `申请人按容缺受理承诺于${chineseDay(dueOn)}前补交“${materials.zh}”，逾期未补交。办事指南载明：${deferred.outcome.zh.replace(/。$/, '')}。`
