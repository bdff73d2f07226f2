import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readConfig, VARIABLES } from './config.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingtang-config-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const refusalOf = (env: Record<string, string>) => {
  try {
    readConfig(env, '/srv')
  } catch (error) {
    return error
  }
  return undefined
}

test('with nothing set it serves on 127.0.0.1:8080 from the embedded database', () => {
  expect(readConfig({}, '/srv')).toEqual({
    port: 8080, host: '127.0.0.1', database: null, dataDir: '/srv/data', demo: null, url: 'http://localhost:8080',
    log: { origin: null, keyFile: null }, smtp: null, sms: null, rateLimits: 1, trustProxy: 0,
  })
})

test('a public address names the log and loses its last slash', () => {
  const config = readConfig({ MINGTANG_URL: 'https://zwfw.example.gov.cn/' }, '/srv')
  expect([config.url, config.log.origin]).toEqual(['https://zwfw.example.gov.cn', null])
})

test('one login alone serves for all, each further one takes its own part', () => {
  expect(readConfig({ DATABASE_URL: 'postgres://app@db/m' }).database).toEqual({ appUrl: 'postgres://app@db/m', adminUrl: 'postgres://app@db/m', sequencerUrl: 'postgres://app@db/m', retentionUrl: 'postgres://app@db/m' })
  expect(readConfig({ DATABASE_URL: 'postgres://app@db/m', DATABASE_ADMIN_URL: 'postgres://owner@db/m', DATABASE_SEQUENCER_URL: 'postgres://seq@db/m' }).database)
    .toEqual({ appUrl: 'postgres://app@db/m', adminUrl: 'postgres://owner@db/m', sequencerUrl: 'postgres://seq@db/m', retentionUrl: 'postgres://owner@db/m' })
})

test('a secret may stand in a file, but not in both places', () => {
  const file = join(folder, 'url')
  writeFileSync(file, 'postgres://app:geheim@db/m\n')
  expect(readConfig({ DATABASE_URL_FILE: file }).database?.appUrl).toBe('postgres://app:geheim@db/m')
  expect(refusalOf({ DATABASE_URL_FILE: file, DATABASE_URL: 'postgres://x@y/z' })).toMatchObject({ code: 'config/given-twice' })
  expect(refusalOf({ DATABASE_URL_FILE: join(folder, 'absent') })).toMatchObject({ code: 'config/unreadable-file' })
})

test.each([
  [{ PORT: '80a' }, 'PORT'], [{ PORT: '65536' }, 'PORT'], [{ MINGTANG_DEMO: 'yes' }, 'MINGTANG_DEMO'],
  [{ MINGTANG_URL: 'zwfw.example.gov.cn' }, 'MINGTANG_URL'], [{ DATABASE_URL: 'mysql://x/y' }, 'DATABASE_URL'],
  [{ MINGTANG_LOG_ORIGIN: 'two words' }, 'MINGTANG_LOG_ORIGIN'], [{ MINGTANG_RATE_LIMITS: '-1' }, 'MINGTANG_RATE_LIMITS'],
])('%o is refused by name', (env, name) => {
  expect(refusalOf(env as Record<string, string>)).toMatchObject({ code: 'config/invalid', slots: { name } })
})

test('a refusal never repeats a secret', () => {
  expect(String(refusalOf({ DATABASE_URL: 'mysql://app:geheim@x/y' }))).not.toContain('geheim')
})

test('a misspelt variable is refused rather than ignored', () => {
  expect(refusalOf({ MINGTANG_DEMOS: '1' })).toMatchObject({ code: 'config/unknown', slots: { name: 'MINGTANG_DEMOS' } })
})

test('half a channel is refused', () => {
  expect(refusalOf({ MINGTANG_SMTP_URL: 'smtp://mail' })).toMatchObject({ code: 'config/incomplete', slots: { missing: 'MINGTANG_SMTP_FROM' } })
  expect(refusalOf({ MINGTANG_SMS_URL: 'https://sms' })).toMatchObject({ code: 'config/incomplete', slots: { missing: 'MINGTANG_SMS_TOKEN' } })
  expect(refusalOf({ DATABASE_ADMIN_URL: 'postgres://o@d/m' })).toMatchObject({ code: 'config/incomplete', slots: { missing: 'DATABASE_URL' } })
})

test('every variable is explained in both languages, once', () => {
  expect(new Set(VARIABLES.map((v) => v.name)).size).toBe(VARIABLES.length)
  for (const variable of VARIABLES) expect([variable.text.zh.length > 3, variable.text.en.length > 3]).toEqual([true, true])
})
