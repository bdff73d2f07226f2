import { refusals } from '../../../base/refusal.ts'

/** What the catalogue's pages say no to themselves; the rest is the catalogue's own. */
export const refuse = refusals('guide', {
  'no-chart': { status: 404, zh: '事项 {code} 的流程尚未在本系统发布', en: 'The procedure of item {code} has not been published here' },
})
