import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import type { RefusalTable } from '../../base/refusal.ts'
import { packageRoot } from '../db/root.ts'
import { errorsDocument } from './errors-document.ts'

/** Every table of refusals exported by a file anywhere in `src` that makes one. */
async function allRefusals(): Promise<RefusalTable[]> {
  const folder = join(packageRoot(), 'src')
  const files = (readdirSync(folder, { recursive: true }) as string[]).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && / = refusals\('/.test(readFileSync(join(folder, file), 'utf8'))).sort()
  const modules = await Promise.all(files.map((file) => import(pathToFileURL(join(folder, file)).href) as Promise<Record<string, unknown>>))
  return modules.flatMap((module) => Object.values(module)).filter((value): value is RefusalTable & (() => void) => typeof value === 'function' && 'area' in value && 'table' in value)
}

const slots = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()

test('docs/errors.md has every code, and no other', async () => {
  await expect(errorsDocument(await allRefusals())).toMatchFileSnapshot(join(packageRoot(), 'docs/errors.md'))
})

test('each area has one table; every refusal says the same in both languages, with the same slots', async () => {
  const tables = await allRefusals()
  const areas = tables.map(({ area }) => area)
  expect(areas).toEqual([...new Set(areas)])
  for (const { area, table } of tables) {
    for (const [what, { zh, en, status }] of Object.entries(table)) {
      const code = `${area}/${what}`
      expect([code, slots(en)]).toEqual([code, slots(zh)])
      expect([code, /^[a-z][a-zA-Z-]*\/[a-z0-9-]+$/.test(code), /\p{Script=Han}/u.test(zh), status < 500 || status === 503]).toEqual([code, true, true, true])
    }
  }
})
