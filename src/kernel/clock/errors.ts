import { refusals } from '../../base/refusal.ts'

/** Every "no" of a clock. */
export const refuse = refusals('clock', {
  'pause-not-lawful': {
    status: 422,
    zh: '“{ground}”不能使时限 {clock} 停止计算：{article}只认其列明的事由，并须先将所需时间书面告知申请人',
    en: '“{ground}” does not stop the clock {clock}: {article} knows only the grounds it lists, and the applicant must first be told in writing how long it takes',
  },
  'not-running': { status: 409, zh: '时限 {clock} 当前不在计算中', en: 'The clock {clock} is not running' },
  'not-suspended': { status: 409, zh: '时限 {clock} 没有中止，无从恢复', en: 'The clock {clock} is not suspended' },
  'past-due': {
    status: 409,
    zh: '时限 {clock} 已于 {dueOn} 届满，不能再中止或者延长',
    en: 'The clock {clock} ran out on {dueOn} and can no longer be suspended or extended',
  },
  'out-of-order': {
    status: 422,
    zh: '时限 {clock} 的日期次序有误：{day} 早于 {notBefore}',
    en: 'The days of the clock {clock} are out of order: {day} comes before {notBefore}',
  },
  'no-extension': { status: 422, zh: '时限 {clock} 依{article}不得延长', en: 'The clock {clock} cannot be extended under {article}' },
  'extended-already': {
    status: 409,
    zh: '时限 {clock} 依{article}最多延长 {times} 次，已经用完',
    en: 'Under {article} the clock {clock} may be extended {times} time(s), and was',
  },
  'extension-too-long': {
    status: 422,
    zh: '时限 {clock} 依{article}最多延长 {most}，申请延长 {amount}',
    en: 'Under {article} the clock {clock} may be extended by at most {most}, not {amount}',
  },
  'extension-unfounded': {
    status: 422,
    zh: '延长时限 {clock} 须经批准、说明理由并告知申请人（{article}）',
    en: 'Extending the clock {clock} needs an approval, a reason and a notice to the applicant ({article})',
  },
})
