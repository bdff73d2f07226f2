import { existsSync } from 'node:fs'

export const CHROMIUM = process.env.MINGTANG_CHROMIUM ?? '/usr/bin/chromium'
export const hasChromium = existsSync(CHROMIUM)
