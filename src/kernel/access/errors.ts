import { refusals } from '../../base/refusal.ts'

/** Every "no" about accounts, sessions, identities and permissions. */
export const refuse = refusals('access', {
  'wrong-credentials': { status: 401, zh: '用户名或口令不正确', en: 'User name or password is not right' },
  locked: { status: 429, zh: '连续登录失败，已暂时锁定，请在 {minutes} 分钟后再试', en: 'Too many failed attempts; try again in {minutes} minutes' },
  'account-disabled': { status: 403, zh: '账户已停用，请联系管理员', en: 'This account is disabled; ask the administrator' },
  'password-to-be-changed': { status: 403, zh: '口令由管理员设定，请先更改口令再登录', en: 'This password was set by an administrator; change it before signing in' },
  'not-found': { status: 404, zh: '没有查到该{what}', en: 'No such {what}' },
  'weak-password': { status: 422, zh: '口令不符合要求：{why}', en: 'The password will not do: {why}' },
  'same-password': { status: 422, zh: '新口令不能与原口令相同', en: 'The new password must differ from the old one' },
  'username-taken': { status: 409, zh: '用户名“{username}”已被使用', en: 'User name “{username}” is taken' },
  'officer-has-account': { status: 409, zh: '该人员已有账户', en: 'This person already has an account' },
  invalid: { status: 422, zh: '有 {count} 处填写不正确', en: '{count} entries are not right' },
  'invalid-identity': { status: 422, zh: '证件号码与证件类型“{idType}”不符', en: 'The number does not fit the document type “{idType}”' },
  'identity-mismatch': { status: 409, zh: '证件上的姓名（名称）与账户填报的或者登记的不一致，不能确认，请核对原件', en: 'The name on the original differs from what the account declared or the register has; it cannot be confirmed. Check the original' },
  'identity-not-confirmed': { status: 409, zh: '该账户的持有人尚未核验身份，请先核验其本人证件原件', en: 'The holder of this account has not been confirmed; confirm her own original first' },
  'not-an-agent': { status: 403, zh: '您没有代其办理的有效授权', en: 'You hold no valid agency for this party' },
  'own-agency': { status: 422, zh: '委托人就是账户持有人本人，不需要授权', en: 'The principal is the holder of the account; no authority is needed' },
  'agency-over': { status: 409, zh: '该授权已经到期或者终止', en: 'This agency has expired or was ended' },
  'agency-exists': { status: 409, zh: '同一时期已有对该当事人的代理', en: 'There is already an agency for this party on these days' },
  'role-has-holder': { status: 409, zh: '“{role}”已有人担任，不能再用邀请', en: '“{role}” already has a holder; no invitation is possible' },
  'not-an-administrator': { status: 422, zh: '“{role}”不是管理员角色', en: '“{role}” is not an administrator’s role' },
  'invite-void': { status: 410, zh: '邀请链接已使用、过期或不存在', en: 'This invitation was used, has expired or does not exist' },
  unrecorded: { status: 503, zh: '阅览记录暂时无法保存，个人信息暂停查阅，请稍后再试', en: 'Readings cannot be recorded at the moment, so personal data is not shown; please try again shortly' },
})
