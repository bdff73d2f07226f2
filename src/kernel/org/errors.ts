import { refusals } from '../../base/refusal.ts'

/** Every "no" about organisations, posts and people. */
export const refuse = refusals('org', {
  'not-found': { status: 404, zh: '没有查到该{what}', en: 'No such {what}' },
  invalid: { status: 422, zh: '有 {count} 处填写不正确', en: '{count} entries are not right' },
  overlap: { status: 409, zh: '与已有的记录日期重叠：{what}', en: 'The days overlap with an existing record: {what}' },
  'unknown-reference': { status: 422, zh: '所指的机构、岗位、人员或角色不存在', en: 'The organisation, post, person or role referred to does not exist' },
  'staff-no-taken': { status: 409, zh: '工号 {staffNo} 已被使用', en: 'Staff number {staffNo} is taken' },
  'already-closed': { status: 409, zh: '该{what}已经终止', en: 'This {what} is already closed' },
  'closes-before-it-begins': { status: 422, zh: '终止日不能早于起始日', en: 'The last day cannot lie before the first' },
  'still-in-use': { status: 409, zh: '该日之后仍有{what}，请先处理', en: 'There are still {what} after that day; deal with them first' },
  'administrators-apart': { status: 409, zh: '系统、安全、审计三类管理员须由不同的人担任', en: 'System, security and audit administrator must be three different people' },
  'own-parent': { status: 409, zh: '机构不能成为自己的上级', en: 'An organisation cannot stand above itself' },
})
