import { refusals } from '../base/refusal.ts'

/** What the public shell says no to itself. */
export const refuse = refusals('portal', {
  'department-not-found': { status: 404, zh: '没有查到机构 {code}', en: 'There is no organisation {code}' },
  'hall-not-found': { status: 404, zh: '没有查到这个办事大厅', en: 'There is no such hall' },
})
