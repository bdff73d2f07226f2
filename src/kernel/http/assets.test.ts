import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../db/database.ts'
import { ANONYMOUS } from '../access/types.ts'
import { settableTime } from '../time/time.ts'
import { createServer, type Server } from './server.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingtang-assets-'))
const script = 'console.log(1);'.repeat(200)
let app: Server
beforeAll(async () => {
  mkdirSync(join(folder, 'console'))
  writeFileSync(join(folder, 'console/main-BX3f9a_2.js'), script)
  writeFileSync(join(folder, 'console/index.html'), '<!doctype html><title>console</title>')
  writeFileSync(join(folder, 'console/.secret'), 'no')
  writeFileSync(join(folder, 'outside.txt'), 'no')
  const sessions = { cookie: 'mt_session', hash: () => null, findCaller: async () => ANONYMOUS, csrfToken: () => '', csrfMatches: () => false }
  app = await createServer({
    house: { url: 'https://example.org', db: { pool: {} } as unknown as Database, time: settableTime('2026-03-02T09:00:00+08:00'), log: () => undefined },
    routes: [], refusals: [], sessions, rates: false, assets: [{ prefix: '/console', folder: join(folder, 'console'), fallback: 'index.html' }],
  })
})
afterAll(async () => { await app.close(); rmSync(folder, { recursive: true }) })

test('a file with a hash in its name is kept for a year, compressed once', async () => {
  const answer = await app.inject({ url: '/console/main-BX3f9a_2.js', headers: { 'accept-encoding': 'gzip' } })
  expect([answer.headers['cache-control'], answer.headers['content-encoding'], answer.headers['content-type']]).toEqual(['public, max-age=31536000, immutable', 'gzip', 'text/javascript; charset=utf-8'])
  expect(gunzipSync(answer.rawPayload).toString()).toBe(script)
  expect((await app.inject({ url: '/console/main-BX3f9a_2.js', headers: { 'accept-encoding': 'gzip, br' } })).headers['content-encoding']).toBe('br')
  expect((await app.inject({ url: '/console/main-BX3f9a_2.js', headers: { 'if-none-match': String(answer.headers.etag) } })).statusCode).toBe(304)
})

test('every deep link of the console gets its shell, asked again each time, under the console’s policy', async () => {
  const answer = await app.inject('/console/cases/GA-2026-000001')
  expect([answer.statusCode, answer.headers['cache-control'], answer.body]).toEqual([200, 'no-cache', '<!doctype html><title>console</title>'])
  expect(answer.headers['content-security-policy']).toContain("img-src 'self' data: blob:")
  expect(answer.headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains')
  expect((await app.inject('/console')).headers.location).toBe('/console/')
})

test('a changed file is read again', async () => {
  writeFileSync(join(folder, 'console/index.html'), 'new')
  expect((await app.inject('/console/')).body).toBe('new')
})

test.each(['/console/missing.js', '/console/../outside.txt', '/console/..%2foutside.txt', '/console/%2e%2e/outside.txt', '/console/.secret', '/console/x/../../outside.txt', '/console/a%00.js'])('%s is not there', async (url) => {
  expect((await app.inject(url)).statusCode).toBe(404)
})
