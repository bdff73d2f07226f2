import type { Page, Response } from 'playwright-core'
import { DEMO_PASSWORD, house, openBrowser, type Reader, type ReaderOptions } from './browser.ts'

/** The console for the tests of one file. */
export function openConsole() {
  const newReader = openBrowser()
  return {
    newReader,
    /** A reader at work as a demo account, on the first screen of that post. */
    at: async (username: string, path: string, options: ReaderOptions = {}): Promise<Reader> => {
      const reader = await newReader({ name: `console-${username}`, ...options })
      await reader.context.request.post(`${house.url}/api/v1/sessions`, { data: { username, password: DEMO_PASSWORD }, headers: { origin: house.url } })
      await show(reader, path)
      return reader
    },
  }
}

/** Opens a screen, waits until nothing on it is still being fetched, and checks it. */
export async function show(reader: Reader, path: string): Promise<void> {
  await reader.page.goto(path)
  await settled(reader.page)
  await reader.look()
}

async function settled(page: Page): Promise<void> {
  await page.locator('#screen-title').first().waitFor()
  await page.locator('[aria-busy=true]').waitFor({ state: 'detached' })
}

export const isFiling = (response: Response): boolean => response.request().method() === 'POST' && new URL(response.url()).pathname === '/api/v1/cases'
