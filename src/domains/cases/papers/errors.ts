import { refusals } from '../../../base/refusal.ts'

/** Why a paper cannot be printed now. */
export const refuse = refusals('papers', {
  'press-busy': { status: 503, zh: '文书打印繁忙，请稍后再试', en: 'The press is busy; please try again shortly' },
})
