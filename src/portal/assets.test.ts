import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { build } from 'esbuild'
import { packageRoot } from '../kernel/db/root.ts'
import { builtAssets } from './assets.ts'

test('pages ask for what the build made, by its own names; what it did not make is a failure', () => {
  const dist = mkdtempSync(join(tmpdir(), 'mingtang-assets-'))
  for (const [folder, manifest] of [['portal', { 'portal.css': 'portal-0123456789.css' }], ['islands', { verify: 'verify-ABCDEFGH.js' }]] as const) {
    mkdirSync(join(dist, folder))
    writeFileSync(join(dist, folder, 'manifest.json'), JSON.stringify(manifest))
  }
  const asset = builtAssets(dist)
  rmSync(dist, { recursive: true })
  expect([asset('portal.css'), asset('verify.js'), asset('seal.svg')]).toEqual(['/portal/portal-0123456789.css', '/islands/verify-ABCDEFGH.js', '/seal.svg'])
  expect(() => asset('suggest.js')).toThrow('suggest.js was not built')
})

test('the style sheet is one file without anything from elsewhere, and no rule is lost to a mistake', async () => {
  const { outputFiles, warnings } = await build({ entryPoints: [join(packageRoot(), 'src/kit/portal/portal.css')], bundle: true, minify: true, write: false, logLevel: 'silent' })
  expect(warnings).toEqual([])
  const css = outputFiles[0]!.text
  expect(css).not.toMatch(/url\(|@import/)
  expect(css).toContain('--cinnabar: #a8242b')
  expect(Buffer.byteLength(css)).toBeLessThan(40_000)
})
