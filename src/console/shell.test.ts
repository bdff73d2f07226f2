import { expect, test } from 'vitest'
import { SCREENS } from './screens.ts'
import { consoleRoutes } from './shell.ts'

test('every screen has an address of its own on the server, and no address is without a screen', async () => {
  const [typed, ...routes] = consoleRoutes({ demo: false, assets: { script: '', styles: [] } as never })
  expect([typed!.path, await typed!.handle({} as never)]).toMatchObject(['/console', { to: '/console/' }])
  const addresses = routes.map((route) => route.path.slice('/console'.length).replace(/\/$/, '').replace(/:\w+/g, '*'))
  // The bare address opens the first screen the officer may see.
  expect(addresses.toSorted()).toEqual(['', ...SCREENS.map((screen) => screen.path)].toSorted())
})
