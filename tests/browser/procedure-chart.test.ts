import { describe, expect, test } from 'vitest'
import { hasChromium, house } from './browser.ts'
import { openConsole } from './console.ts'

// Occupation of a road (占用挖掘道路): two departments review beside each other.
const PARALLEL = 'road-occupation'

describe.skipIf(!hasChromium)('the chart of a procedure', () => {
  const { at, newReader } = openConsole()

  test.each(['zh', 'en'] as const)('with parallel branches it fits a telephone, in the guide and in the console, and its words stand by it (%s)', async (language) => {
    const { items } = await (await fetch(`${house.url}/api/v1/procedures/${PARALLEL}`)).json() as { items: { code: string }[] }
    const citizen = await newReader({ name: `chart-${language}`, language, phone: true })
    await citizen.go(`/items/${items[0]!.code}`)
    const fits = (box: string): string => `(() => { const box = document.querySelector('${box}'); return box.scrollWidth - box.clientWidth })()`
    expect(await citizen.page.evaluate<number>(fits('.flow-box'))).toBeLessThanOrEqual(1)
    expect(await citizen.page.locator('.flow-words li').count()).toBe(9)
    await citizen.close()
    const officer = await at('catalog', `/console/procedures/${PARALLEL}`, { language, phone: true })
    await expect.poll(() => officer.page.evaluate<boolean>("document.querySelector('.mt-diagram img').complete")).toBe(true)
    expect(await officer.page.evaluate<string>("document.querySelector('.mt-diagram img').currentSrc")).toContain('direction=down')
    expect(await officer.page.evaluate<number>(fits('.mt-diagram'))).toBeLessThanOrEqual(1)
    await officer.close()
  })
})
