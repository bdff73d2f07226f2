import { refusals } from '../../base/refusal.ts'

/** Every "no" of the counter's own desk: holds, notices not yet sent, the day's sign-off and hand-overs of a shift. */
export const refuse = refusals('counter', {
  'hold-not-found': { status: 404, zh: '没有查到这一挂起的收件', en: 'This intake on hold is not found' },
  'hold-too-large': { status: 413, zh: '挂起的内容过大', en: 'What is put on hold is too large' },
  'too-many-holds': { status: 409, zh: '挂起的收件已有 {count} 件，请先办理或者删除一些', en: '{count} intakes are on hold already; finish or delete some first' },
  'shift-not-found': { status: 404, zh: '没有查到这一交接，或者已经接收', en: 'This hand-over is not found or was accepted already' },
  'shift-to-self': { status: 422, zh: '不能交接给自己', en: 'A hand-over needs somebody else to receive it' },
  'no-such-colleague': { status: 422, zh: '接收人今天没有可任的岗位', en: 'The receiver holds no post today' },
  'notice-changed': { status: 409, zh: '同岗位的同事刚刚修改或者删除了这份补正告知，请载入最新内容', en: 'A colleague on the same post has just changed or dropped this notice; load it anew' },
  'notice-too-late': { status: 409, zh: '办件已不在受理审核阶段，不能再准备补正告知', en: 'The case has left the stage in which a supplement may be asked for' },
  'unsent-notices': { status: 409, zh: '还有已勾选未发出的补正告知，发出或者删除后才能签退：{cases}', en: 'Notices are ticked but not sent; send or drop them before signing off: {cases}' },
  'notices-not-taken': { status: 409, zh: '移交中有未发出的补正告知，须一并确认接收：{cases}', en: 'Notices not yet sent go with this hand-over and must be taken over too: {cases}' },
  'no-post-for-notices': { status: 409, zh: '您今天没有受理岗位，不能接收未发出的补正告知：{cases}', en: 'You hold no post that accepts today and cannot take over notices not yet sent: {cases}' },
  'not-your-cases': { status: 409, zh: '只能移交本人负责的在办件：{cases}', en: 'Only open cases of your own can be handed over: {cases}' },
})
