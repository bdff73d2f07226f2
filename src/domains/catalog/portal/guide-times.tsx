import type { Item } from '../contract.ts'
import { longDay, type Frame, type Markup } from '../../../kit/portal/index.ts'
import type { Measured } from './deps.ts'
import { limitText } from '../limits.ts'
import { shareOf } from './limit-share.ts'
import { guideSay } from './messages.ts'

const Bar = ({ share, kind }: { share: number | null; kind: 'law' | 'promise' | 'real' }): Markup => share === null ? '' : (
  <svg height="5" width="100%" aria-hidden="true" focusable="false">
    <rect class="bar-rest" width="100%" height="5" />
    <rect class={`bar-${kind}`} width={`${Math.max(1, Math.round(share * 100))}%`} height="5" />
  </svg>
)

/** Statutory, promised, measured: three lengths of one scale, the law's being the whole. */
export const GuideTimes = ({ item, measured, frame }: { item: Item; measured: Measured | null | undefined; frame: Frame }): Markup => {
  const { language } = frame
  const t = guideSay(language)
  const whole = item.statutoryLimit
  const inWorkingDays = whole !== null && whole.unit === 'workingDay' && whole.amount > 0
  return (
    <dl class="times">
      <div>
        <dt safe>{t('law')}</dt>
        <dd safe>{whole === null ? t('noLimit') : limitText(whole)[language]}</dd>
        <Bar share={whole === null || whole.amount === 0 ? null : 1} kind="law" />
      </div>
      {item.promisedLimit === null ? '' : (
        <div>
          <dt safe>{t('promise')}</dt>
          <dd safe>{limitText(item.promisedLimit)[language]}</dd>
          <Bar share={shareOf(item.promisedLimit, whole)} kind="promise" />
        </div>
      )}
      {measured === undefined ? '' : (
        <div>
          <dt safe>{t('real')}</dt>
          <dd>
            {measured === null ? <small safe>{t('realNone')}</small> : (
              <>
                <span safe>{t('realText', { median: measured.medianDays })}</span>
                <small safe>{t('realMore', { p90: measured.p90Days, cases: measured.cases, share: Math.round(measured.onTimeShare * 1000) / 10, since: longDay(measured.since, language) })}</small>
              </>
            )}
          </dd>
          <Bar share={measured === null || !inWorkingDays ? null : Math.min(1, measured.medianDays / whole.amount)} kind="real" />
        </div>
      )}
    </dl>
  )
}
