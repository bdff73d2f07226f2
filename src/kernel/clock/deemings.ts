import type { Bilingual } from '../../base/text.ts'
import type { DeemingEffect } from './types.ts'

/** What silence means, and only by such a row: no general rule turns an overdue matter into a granted one. */
export interface Deeming {
  readonly code: string
  readonly name: Bilingual
  readonly effect: DeemingEffect
  /** The clock whose end brings it about. */
  readonly clock: string
  readonly article: string
}

export const DEEMINGS: readonly Deeming[] = [
  {
    // From the day the materials, or the complete supplement, were received: the decision clock runs from there already.
    code: 'DEEM.ACCEPTED', name: { zh: '逾期不告知补正，自收到申请材料之日起即为受理', en: 'No correction notice: accepted from the day of receipt' },
    effect: 'deemedAccepted', clock: 'LIC.CORRECTION_NOTICE', article: '行政许可法 第三十二条第一款第四项',
  },
  {
    code: 'DEEM.REALTY_ACCEPTED', name: { zh: '未当场书面告知不予受理，视为受理', en: 'Not refused in writing on the spot: accepted' },
    effect: 'deemedAccepted', clock: 'REALTY.ON_SPOT', article: '不动产登记暂行条例 第十七条第二款',
  },
  {
    code: 'DEEM.RENEWED', name: { zh: '届满前未作决定，视为准予延续', en: 'No decision before expiry: renewed' },
    effect: 'deemedRenewed', clock: 'LIC.RENEW_DECIDE', article: '行政许可法 第五十条第二款',
  },
  {
    code: 'DEEM.PRINT', name: { zh: '逾期不作决定，视为同意印刷', en: 'No decision in time: agreed to printing' },
    effect: 'deemedAgreed', clock: 'PRINT.PERMIT', article: '印刷业管理条例 第二十条第三款',
  },
]
