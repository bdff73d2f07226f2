import { expect, test } from 'vitest'
import { createFrames } from './frames.ts'

const frames = createFrames({ demo: true, site: { zh: '西城', en: 'Xicheng' }, asset: (name) => `/${name}`, checkpoint: async () => ({ size: 7, at: new Date(0) }) })
const ask = (over: object = {}) => ({ language: 'zh' as const, elder: false, csrfToken: 'tok', caller: { kind: 'anonymous' as const }, request: { url: '/items?q=a&lang=en&elder=1', headers: {} }, ...over })

test('the switches come back to the page without the choice made before', () => {
  expect(frames.shared(ask()).path).toBe('/items?q=a')
  expect(frames.shared(ask({ request: { url: '/?lang=en', headers: {} } })).path).toBe('/')
})
test('a shared frame knows nobody; a reader’s frame knows the name and the checkpoint', async () => {
  const signedIn = ask({ caller: { kind: 'applicant', name: '王芳' } })
  expect(frames.shared(signedIn)).toMatchObject({ reader: null, csrfToken: '', checkpoint: null })
  expect(await frames.of(signedIn)).toMatchObject({ reader: { name: '王芳', officer: false }, csrfToken: 'tok', checkpoint: { size: 7 } })
})
test('whoever acts for another is told so on every page; whoever acts for herself is not', async () => {
  const reader = async (partyId: string) => (await frames.of(ask({ caller: { kind: 'applicant', name: '明堂餐饮有限公司', partyId, ownPartyId: 'own' } }))).reader
  expect([await reader('company'), await reader('own')]).toEqual([{ name: '明堂餐饮有限公司', officer: false, actsFor: true }, { name: '明堂餐饮有限公司', officer: false }])
})
test('the elder edition takes the size chosen, else the first; a size that does not exist is not taken', () => {
  const elder = (cookie: string) => frames.shared(ask({ elder: true, request: { url: '/', headers: { cookie } } })).elder
  expect([elder('a=b; mt_elder_size=30'), elder('mt_elder_size=99'), elder('')]).toEqual([30, 20, 20])
  expect(frames.edition(ask({ elder: true }))).toBe('zh 20')
})
