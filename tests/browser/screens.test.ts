import { describe, test } from 'vitest'
import { hasChromium } from './browser.ts'
import { openConsole, show } from './console.ts'

const SCREENS: Readonly<Record<string, readonly string[]>> = {
  clerk: ['/console/counter', '/console/work', '/console/cases', '/console/credit-records', '/console/vertical', '/console/day', '/console/shifts', '/console/messages', '/console/lights', '/console/calendars', '/console/calendars?tab=due', '/console/clock-rules', '/console/organisation'],
  catalog: ['/console/items', '/console/items?tab=changes', '/console/procedures', '/console/procedures/food-business'], sysadmin: ['/console/calendars?tab=import', '/console/health', '/console/organisation?tab=leaves'],
  secadmin: ['/console/accounts', '/console/organisation?tab=authorisations'], auditadmin: ['/console/audit', '/console/audit?tab=reads'],
}
const READERS = [{ language: 'zh' }, { language: 'en', phone: true }, { language: 'zh', phone: true, elder: true }] as const

describe.skipIf(!hasChromium)('the console in every language and size', () => {
  const { at } = openConsole()

  test.each(READERS.map((options) => [`${options.language}${'phone' in options ? ', phone' : ''}${'elder' in options ? ', elder' : ''}`, options] as const))('every screen can be read: %s', async (_name, options) => {
    await Promise.all(Object.entries(SCREENS).map(async ([who, paths]) => {
      const reader = await at(who, paths[0]!, { ...options, name: `console-${who}` })
      for (const path of paths.slice(1)) await show(reader, path)
      await reader.close()
    }))
  }, 180_000)
})
