import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { packageRoot } from '../../src/kernel/db/root.ts'

const { missingFrom } = (await import(pathToFileURL(join(packageRoot(), 'scripts/complete-lock.mjs')).href)) as { missingFrom: (lock: unknown) => Record<string, { os: string[]; cpu: string[] }> }

test('package-lock.json names the packages of every platform, so that npm ci accepts it on each (else: node scripts/complete-lock.mjs)', () => {
  expect(missingFrom(JSON.parse(readFileSync(join(packageRoot(), 'package-lock.json'), 'utf8')))).toEqual({})
})

test('a package of another platform that npm left out is found', () => {
  const lock = { packages: { 'node_modules/segment': { version: '1.0.0', optionalDependencies: { '@x/segment-linux-arm64-musl': '1.0.0' } } } }
  expect(missingFrom(lock)).toMatchObject({ 'node_modules/@x/segment-linux-arm64-musl': { version: '1.0.0', os: ['linux'], cpu: ['arm64'], libc: ['musl'], optional: true } })
})
