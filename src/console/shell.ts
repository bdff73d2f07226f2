import { randomBytes } from 'node:crypto'
import type { Language } from '../base/text.ts'
import { Page, Redirect, route, type Route } from '../kernel/http/types.ts'

// The one file of the console that runs on the server: the page into which the browser draws everything else.

/** What the build made, from `dist/console/manifest.json`. */
export interface ConsoleAssets { readonly script: string; readonly styles: readonly string[] }
export interface ShellOptions { readonly nonce: string; readonly assets: ConsoleAssets; readonly language: Language; readonly elder: boolean; readonly demo: boolean; readonly signedIn: boolean }

const TEXTS = {
  title: { zh: '明堂 · 工作台', en: 'Mingtang · Console' },
  noScript: { zh: '工作台需要浏览器脚本；公众页面不需要。', en: 'The console needs scripts; the public pages do not.' },
} as const

/** Nothing in it comes from a reader but language and elder mode, which are of closed sets. */
export function consoleShell({ nonce, assets, language, elder, demo, signedIn }: ShellOptions): string {
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"${elder ? ' class="elder"' : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="csp-nonce" content="${nonce}">
<meta name="mt-demo" content="${demo ? '1' : '0'}">
<meta name="mt-signed-in" content="${signedIn ? '1' : '0'}">
<title>${TEXTS.title[language]}</title>
<link rel="icon" href="data:,">
${assets.styles.map((file) => `<link rel="stylesheet" href="/console/${file}">`).join('\n')}
<script type="module" src="/console/${assets.script}"></script>
</head>
<body><div id="root"></div><noscript>${TEXTS.noScript[language]}</noscript></body>
</html>
`
}

/** The component library writes its styles when they are first needed: only under this page's own nonce. Nothing inline beside them. */
export const consolePolicy = (nonce: string): string =>
  `default-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; frame-src 'self' blob:; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'`

/** Every address the console has; the browser's router draws what belongs there. */
const PATHS = ['', 'counter', 'counter/accounts/:a', 'work', 'cases', 'cases/:a', 'credit-records', 'lights', 'messages', 'day', 'vertical', 'shifts', 'items', 'items/:a', 'items/:a/draft', 'procedures', 'procedures/:a', 'calendars', 'clock-rules', 'organisation', 'accounts', 'audit', 'replays', 'replays/:a', 'health']

/** The shell under each address of the console. Open: it shows the sign-in; everything it asks for needs a session. */
export function consoleRoutes({ demo, assets }: { readonly demo: boolean; readonly assets: ConsoleAssets }): readonly Route[] {
  const shell = { method: 'GET', guard: { open: '仅为登录页和空白框架，不含任何业务数据' }, kind: 'page', rate: 'page', summary: { zh: '工作台', en: 'The console' } } as const
  const typedWithoutSlash = route({ ...shell, path: '/console', handle: async () => new Redirect('/console/') })
  return [typedWithoutSlash, ...PATHS.map((path) => route({
    ...shell, path: `/console/${path}`,
    handle: async ({ language, elder, caller, reply }) => {
      const nonce = randomBytes(16).toString('base64url')
      reply.header('content-security-policy', consolePolicy(nonce))
      return new Page(consoleShell({ nonce, assets, language, elder, demo, signedIn: caller.kind !== 'anonymous' }))
    },
  }))]
}
