import { refusals } from '../../base/refusal.ts'

/** Every "no" of the administration that no room below says already. */
export const refuse = refusals('administration', {
  'no-year': { status: 404, zh: '日历没有 {year} 年', en: 'The calendar has no year {year}' },
  'own-account': { status: 409, zh: '不能停用自己的账户或者重置自己的口令', en: 'One’s own account cannot be disabled nor its password reset here' },
})
