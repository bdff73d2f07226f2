import { refusals } from '../../base/refusal.ts'

/** What the server itself says no to, before any handler is asked. */
export const refuse = refusals('http', {
  'bad-request': { status: 400, zh: '请求不符合 HTTP 规范', en: 'The request is not proper HTTP' },
  'bad-url': { status: 400, zh: '网址的编码有误', en: 'The address is not encoded properly' },
  'not-found': { status: 404, zh: '没有这个页面或接口', en: 'There is no such page or interface' },
  'method-not-allowed': { status: 405, zh: '此处不接受 {method} 请求，可用：{allow}', en: '{method} is not accepted here; use {allow}' },
  'too-large': { status: 413, zh: '提交的内容过大，上限为 {bytes} 字节', en: 'What was sent is too large; at most {bytes} bytes are accepted' },
  'unsupported-media-type': { status: 415, zh: '不接受这种内容类型：{type}', en: 'This content type is not accepted: {type}' },
  'too-many-requests': { status: 429, zh: '请求过于频繁，请在 {seconds} 秒后再试', en: 'Too many requests; try again in {seconds} s' },
  'cross-site': { status: 403, zh: '请求来自其他网站，已拒绝；请从本站页面提交', en: 'The request came from another site and was refused; send it from a page of this site' },
  'form-expired': { status: 403, zh: '页面已过期，请返回并刷新后再提交', en: 'The page has expired; go back, reload it and send it again' },
  'not-signed-in': { status: 401, zh: '请先登录', en: 'Please sign in first' },
  'not-allowed': { status: 403, zh: '您没有办理此事的权限', en: 'You may not do this' },
  draining: { status: 503, zh: '服务正在重新启动，请稍后再试', en: 'The service is restarting; please try again shortly' },
  'too-many-streams': { status: 429, zh: '同时打开的实时连接过多', en: 'Too many live connections are open' },
  'unknown-topic': { status: 422, zh: '没有这个实时主题：{topic}', en: 'There is no such live topic: {topic}' },
})

/** Input that could not be read, or was read and is wrong. */
export const refuseInput = refusals('input', {
  unparsable: { status: 400, zh: '无法解析提交的内容', en: 'What was sent cannot be parsed' },
  invalid: { status: 422, zh: '提交的内容有 {count} 处需要更正', en: 'What was sent needs correction in {count} places' },
})
