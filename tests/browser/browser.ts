import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject } from 'vitest'
import { packageRoot } from '../../src/kernel/db/root.ts'
import { CHROMIUM } from './chromium.ts'

export { hasChromium } from './chromium.ts'
/** WCAG 2.2 AA and what stands below it. */
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']
export const DEMO_PASSWORD = 'mingtang-demo'

/** Where pictures of every page are kept, to be looked at; none by default. */
const SHOTS = process.env.MINGTANG_SHOTS

/** The server of this run, which `setup.ts` started. */
export const house = { url: inject('house') }

export interface ReaderOptions {
  /** Names the pictures. */
  readonly name?: string
  readonly language?: 'zh' | 'en'
  readonly elder?: boolean
  readonly phone?: boolean
  /** Whether scripts run; everything on the portal must work without. */
  readonly script?: boolean
  /** Rules of axe left out, each with its reason beside it. */
  readonly axeWithout?: readonly string[]
}

/** Somebody before a screen. Whatever page she sees is checked; `problems` is empty at the end of a good journey. */
export interface Reader {
  readonly page: Page
  readonly context: BrowserContext
  /** What went wrong so far: console errors, policy violations, failed requests, accessibility. */
  readonly problems: readonly string[]
  go(path: string): Promise<void>
  /** Presses a button or follows a link by its name, waits for the page it leads to and checks that page. */
  press(name: string | RegExp, kind?: 'button' | 'link'): Promise<void>
  /** Checks the page as it stands now, for screens that change without loading. */
  look(): Promise<void>
  signIn(username: string, to?: string): Promise<void>
  close(): Promise<void>
}

/** Chromium for the tests of one file, closed after them; answers how a reader sits down before it. */
export function openBrowser(): (options?: ReaderOptions) => Promise<Reader> {
  let browser: Browser | undefined
  beforeAll(async () => { browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] }) })
  afterAll(async () => { await browser?.close() })
  return (options) => readerOf(browser!, options)
}

async function readerOf(browser: Browser, options: ReaderOptions = {}): Promise<Reader> {
  const { language = 'zh', elder = false, phone = false, script = true } = options
  const context = await browser.newContext({
    baseURL: house.url, locale: language === 'zh' ? 'zh-CN' : 'en-GB', timezoneId: 'Asia/Shanghai', acceptDownloads: true,
    viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 900 }, hasTouch: phone, javaScriptEnabled: script,
  })
  const host = new URL(house.url)
  await context.addCookies([
    { name: 'mt_lang', value: language, domain: host.hostname, path: '/' },
    ...(elder ? [{ name: 'mt_elder', value: '1', domain: host.hostname, path: '/' }] : []),
  ])
  const problems: string[] = []
  // Text, because the server's type check knows no DOM.
  await context.addInitScript({ content: "addEventListener('securitypolicyviolation', (e) => console.error('policy violated: ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample))" })
  const page = await context.newPage()
  page.on('console', (message) => { if (message.type() === 'error' && !isToldRefusal(message.text())) problems.push(`${page.url()}: console: ${message.text()}`) })
  page.on('pageerror', (error) => problems.push(`${page.url()}: script: ${error.message}`))
  page.on('response', (response) => { if (response.status() >= 500) problems.push(`${response.url()}: HTTP ${response.status()}`) })

  let shots = 0
  const look = async (): Promise<void> => {
    if (SHOTS) await page.screenshot({ path: join(SHOTS, `${options.name ?? 'reader'}-${String(shots += 1).padStart(2, '0')}.png`), fullPage: true })
    if (script) problems.push(...await axe(page, options.axeWithout ?? []))
    const wide = script ? await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth') : 0
    if (wide > 1) problems.push(`${page.url()}: ${wide} px wider than the screen`)
  }
  const go = async (path: string): Promise<void> => {
    await page.goto(path, { waitUntil: 'load' })
    await look()
  }
  const press = async (name: string | RegExp, kind: 'button' | 'link' = 'button'): Promise<void> => {
    const target = page.getByRole(kind, { name, ...(typeof name === 'string' ? { exact: true } : {}) }).first()
    await Promise.all([page.waitForEvent('load'), target.click()])
    await look()
  }
  return {
    page, context, problems, go, press, look,
    signIn: async (username, to = '/my') => {
      await go(`/sign-in?to=${encodeURIComponent(to)}`)
      await page.fill('input[name=username]', username)
      await page.fill('input[name=password]', DEMO_PASSWORD)
      await Promise.all([page.waitForEvent('load'), page.locator('main form button[type=submit]').click()])
      await look()
    },
    close: async () => {
      await context.close()
      expect(problems).toEqual([])
    },
  }
}

/** A form sent back with 4xx is logged by the browser as an error of the console; that is not one. */
const isToldRefusal = (text: string): boolean => /Failed to load resource: the server responded with a status of 4(01|04|09|13|15|22)/.test(text)

const axeSource = readFileSync(join(packageRoot(), 'node_modules/axe-core/axe.min.js'), 'utf8')
interface AxeResult { readonly violations: readonly { readonly id: string; readonly help: string; readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[] }[] }

async function axe(page: Page, without: readonly string[]): Promise<string[]> {
  await page.evaluate(axeSource)
  const options = { runOnly: { type: 'tag', values: AXE_TAGS }, rules: Object.fromEntries(without.map((id) => [id, { enabled: false }])), resultTypes: ['violations'] }
  const found = await page.evaluate<AxeResult>(`axe.run(document, ${JSON.stringify(options)})`)
  return found.violations.map((one) => `${page.url()}: axe ${one.id} (${one.help}): ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`)
}
