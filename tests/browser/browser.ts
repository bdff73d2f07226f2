import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve as resolvePath } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { freePort } from '../../src/kernel/db/cluster.ts'
import { packageRoot } from '../../src/kernel/db/root.ts'
import { removeData } from '../setup.ts'

const READY = 'Mingtang is ready'
/** Build, initdb, migrations and the demo district. */
const START_MS = 240_000
const CHROMIUM = process.env.MINGTANG_CHROMIUM ?? '/usr/bin/chromium'
export const hasChromium = existsSync(CHROMIUM)
/** WCAG 2.2 AA and what stands below it. */
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']
export const DEMO_PASSWORD = 'mingtang-demo'

/** Where pictures of every page are kept, to be looked at; none by default. */
const SHOTS = process.env.MINGTANG_SHOTS

/** The real server on a fresh embedded database with the demo district. */
export interface RunningHouse {
  readonly url: string
  output(): string
  stop(): Promise<void>
}

/** `MINGTANG_BROWSER_URL`: a server that runs already, for those who write journeys. */
export async function startHouse(): Promise<RunningHouse> {
  const running = process.env.MINGTANG_BROWSER_URL
  if (running) return { url: running, output: () => '', stop: async () => {} }
  const dataDir = mkdtempSync(join(tmpdir(), 'mingtang-browser-'))
  const port = await freePort()
  let output = ''
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: packageRoot(), stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...withoutOurs(process.env), PORT: String(port), HOST: '127.0.0.1', MINGTANG_DATA: dataDir, MINGTANG_DEMO: '1', MINGTANG_URL: `http://localhost:${port}`, MINGTANG_RATE_LIMITS: '0', NODE_ENV: 'production' },
  })
  await ready(child, (chunk) => { output += chunk; return output })
  return {
    url: `http://localhost:${port}`,
    output: () => output,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGINT')
      await ended
      const named = join(dataDir, 'database.json')
      removeData(dataDir, existsSync(named) ? resolvePath(dataDir, (JSON.parse(readFileSync(named, 'utf8')) as { cluster: string }).cluster) : dataDir)
    },
  }
}

/** The server refuses variables that it does not know, such as those of these tests. */
const withoutOurs = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => Object.fromEntries(Object.entries(env).filter(([name]) => !/^(MINGTANG_|VITEST)/.test(name)))

function ready(child: ChildProcess, hear: (chunk: string) => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => { clearTimeout(timer); reject(new Error(`${why}; the server said:\n${hear('').slice(-4000)}`)) }
    const timer = setTimeout(() => { child.kill('SIGKILL'); fail(`not ready after ${START_MS} ms`) }, START_MS)
    const onData = (chunk: Buffer): void => {
      if (!hear(chunk.toString()).includes(READY)) return
      clearTimeout(timer)
      resolve()
    }
    child.stdout!.on('data', onData)
    child.stderr!.on('data', onData)
    child.once('exit', (code) => fail(`the server ended with ${code}`))
  })
}

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] })

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

export async function readerOf(browser: Browser, house: RunningHouse, options: ReaderOptions = {}): Promise<Reader> {
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

export interface OfficerSession {
  /** Reads the case for its revision and does one act on it; answers the case as it stands then. */
  act(caseNo: string, act: string, input?: Record<string, unknown>): Promise<Record<string, unknown>>
  get(path: string): Promise<Record<string, unknown>>
  post(path: string, body: unknown): Promise<Record<string, unknown>>
}

/** An officer at work over the API, for journeys that need the other side of the counter. */
export async function officer(house: RunningHouse, username: string): Promise<OfficerSession> {
  const call = async (method: string, path: string, token: string | null, body?: unknown): Promise<Record<string, unknown>> => {
    const response = await fetch(`${house.url}${path}`, {
      method, headers: { accept: 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${username}: ${method} ${path} ${JSON.stringify(body ?? null)} → ${response.status} ${text.slice(0, 800)}`)
    return JSON.parse(text) as Record<string, unknown>
  }
  const { token } = await call('POST', '/api/v1/sessions', null, { username, password: DEMO_PASSWORD }) as { token: string }
  return {
    get: (path) => call('GET', path, token),
    post: (path, body) => call('POST', path, token, body),
    act: async (caseNo, act, input = {}) => {
      const { revision } = await call('GET', `/api/v1/cases/${caseNo}`, token) as { revision: number }
      return call('POST', `/api/v1/cases/${caseNo}/acts`, token, { act, revision, input })
    },
  }
}
