import { refusals } from '../../base/refusal.ts'

/** Every "no" of the one transaction in which anything happens. */
export const refuse = refusals('flow', {
  'not-found': { status: 404, zh: '没有查到“{no}”', en: 'Nothing is found under “{no}”' },
  'unknown-kind': { status: 422, zh: '没有“{kind}”这类案件', en: 'There is no kind of matter “{kind}”' },
  'unknown-act': { status: 422, zh: '没有“{act}”这一行为', en: 'There is no act “{act}”' },
  'wrong-stage': { status: 409, zh: '“{no}”当前为“{stage}”阶段，不能“{act}”', en: '“{no}” is in stage “{stage}”; “{act}” is not possible now' },
  'not-this-step': { status: 409, zh: '程序尚未到或已经过“{act}”这一环节', en: 'The procedure is not at a step in which “{act}” can be done' },
  'impossible-outcome': { status: 422, zh: '此环节没有“{outcome}”这一结果；可选：{choices}', en: 'This step has no outcome “{outcome}”; choose from: {choices}' },
  stale: { status: 409, zh: '“{no}”刚被他人办理过，请刷新后再办；您填写的内容没有丢失', en: '“{no}” has just been acted upon by somebody else. Reload and try again; nothing you entered is lost' },
  'revision-needed': { status: 422, zh: '请同时提供所见页面的修订号（revision）', en: 'Give the revision you saw (revision)' },
  'not-permitted': { status: 403, zh: '您的岗位无权“{act}”', en: 'Your post may not do “{act}”' },
  'outside-agency': { status: 403, zh: '您代“{party}”办理，授权委托书的范围不包括这一事项（行政许可法 第二十九条）', en: 'You act for “{party}”, and your power of attorney does not cover this item (Administrative Licensing Law Art. 29)' },
  'not-signed-in': { status: 401, zh: '请先登录', en: 'Please sign in first' },
  'claimed-by-other': { status: 409, zh: '这一环节已由他人领办；领办人当日不在岗的，同岗人员可以接替领办', en: 'This step has been claimed by somebody else; a colleague of the post may take it over on a day on which that officer is away' },
  'separation-of-duties': { status: 403, zh: '职责分离：办理过“{step}”的人不得再办本环节', en: 'Separation of duties: whoever did “{step}” may not do this step' },
  'key-reused': { status: 409, zh: '同一重复请求键曾用于不同内容', en: 'This Idempotency-Key was used before with a different body' },
  'no-such-task': { status: 404, zh: '没有这一待办，或者已经办结', en: 'There is no such task, or it is finished' },
  'invalid-input': { status: 422, zh: '有 {count} 处填写不正确', en: '{count} entries are not right' },
  'future-instant': { status: 422, zh: '行为时间不能晚于现在', en: 'An act cannot lie in the future' },
  'step-without-organisation': { status: 409, zh: '程序环节“{step}”没有可归属的机关', en: 'Procedure step “{step}” has no organisation to belong to' },
})
