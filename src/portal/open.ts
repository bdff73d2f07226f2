/** Why everybody may read these pages. */
export const OPEN = '政府信息公开条例 第二十条：机关职能、办公地址、办事依据和程序应当主动公开'
/** Why everybody may call what serves the reader's own comfort or entry. */
export const ENTRY = '阅读设置、登录和注册本身不要求登录，无障碍环境建设法 第三十二条'

/** A path of this site to go back to; anything else, such as another site's address, gives the home page. */
export const localPath = (path: string | undefined): string =>
  path !== undefined && /^\/(?![/\\])[^\s\\]*$/.test(path) ? path : '/'
