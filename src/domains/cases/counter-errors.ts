import { refusals } from '../../base/refusal.ts'

/** Every "no" of the counter's own desk: holds and hand-overs of a shift. */
export const refuse = refusals('counter', {
  'hold-not-found': { status: 404, zh: '没有查到这一挂起的收件', en: 'This intake on hold is not found' },
  'hold-too-large': { status: 413, zh: '挂起的内容过大', en: 'What is put on hold is too large' },
  'too-many-holds': { status: 409, zh: '挂起的收件已有 {count} 件，请先办理或者删除一些', en: '{count} intakes are on hold already; finish or delete some first' },
  'shift-not-found': { status: 404, zh: '没有查到这一交接，或者已经接收', en: 'This hand-over is not found or was accepted already' },
  'shift-to-self': { status: 422, zh: '不能交接给自己', en: 'A hand-over needs somebody else to receive it' },
  'no-such-colleague': { status: 422, zh: '接收人今天没有可任的岗位', en: 'The receiver holds no post today' },
  'not-your-cases': { status: 409, zh: '只能移交本人负责的在办件：{cases}', en: 'Only open cases of your own can be handed over: {cases}' },
})
