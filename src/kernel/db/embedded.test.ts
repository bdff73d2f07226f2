import { execFileSync } from 'node:child_process'
import { mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { removeData } from '../../../tests/setup.ts'
import { firstLentPort } from './cluster.ts'
import { openDatabase } from './database.ts'
import { startEmbedded } from './embedded.ts'
import { postmasterPid, processesIn, until } from './processes.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'mingtang-embedded-'))
let cluster = ''
let port = 0
afterAll(() => removeData(dataDir, cluster))

test('first start, use, stop: the four logins work, nothing is left running', async () => {
  const server = await startEmbedded({ dataDir })
  cluster = server.cluster
  port = server.port
  const admin = openDatabase(server.adminUrl)
  const app = openDatabase(server.appUrl)
  await admin.query('create table kept (n bigint primary key)')
  await admin.query('grant select, insert on kept to mingtang_app')
  await app.query('insert into kept values (1)')
  expect(await app.query('show fsync')).toEqual([{ fsync: 'on' }])
  expect(await app.query('show data_checksums')).toEqual([{ data_checksums: 'on' }])
  expect(await app.query('show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
  await expect(app.query('create table mine (n integer)')).rejects.toThrow(/permission denied/)
  // An outgoing connection of anybody's can never come to hold it while the server is away.
  expect(server.port).toBeLessThan(firstLentPort())
  await Promise.all([admin.close(), app.close()])
  await server.stop()
  expect(processesIn(cluster)).toEqual([])
  expect(statSync(join(dataDir, 'database.json')).mode & 0o777).toBe(0o600)
})

test('the second start keeps port and rows', async () => {
  const server = await startEmbedded({ dataDir })
  expect(server.port).toBe(port)
  const app = openDatabase(server.appUrl)
  expect(await app.query('select n from kept')).toEqual([{ n: 1 }])
  await app.close()
  await server.stop()
})

test('a server killed with -9 in the middle of inserts has every row it acknowledged', async () => {
  const first = await startEmbedded({ dataDir })
  const app = openDatabase(first.appUrl, { max: 4 })
  let acknowledged = 1
  const insert = async () => {
    for (;;) {
      const n = acknowledged + 1
      await app.query('insert into kept values ($1)', [n])
      acknowledged = n
    }
  }
  const inserting = insert()
  await until(() => acknowledged > 200, 10_000)
  process.kill(postmasterPid(cluster)!.pid, 'SIGKILL')
  await expect(inserting).rejects.toMatchObject({ code: 'db/unavailable', status: 503, retryAfter: 2 })
  const again = await startEmbedded({ dataDir })
  const rows = await openDatabase(again.appUrl).query<{ n: number }>('select max(n) as n from kept')
  expect(rows[0]!.n).toBeGreaterThanOrEqual(acknowledged)
  await app.close()
  await first.stop()
  expect(processesIn(cluster)).not.toEqual([])
  await again.stop()
  expect(processesIn(cluster)).toEqual([])
})

test('a server that dies under its user is started again on the same port', async () => {
  const lines: string[] = []
  const server = await startEmbedded({ dataDir, log: (line) => lines.push(line) })
  const app = openDatabase(server.appUrl)
  const pid = postmasterPid(cluster)!.pid
  process.kill(pid, 'SIGKILL')
  await vi.waitFor(async () => expect(await app.query('select 1 as one')).toEqual([{ one: 1 }]), { timeout: 20_000, interval: 50 })
  expect(postmasterPid(cluster)!.pid).not.toBe(pid)
  expect(lines).toContain('the database server ended unexpectedly; starting it again')
  await app.close()
  await server.stop()
  expect(processesIn(cluster)).toEqual([])
})

test('a running server is used, and stays until the last who uses it leaves', async () => {
  const first = await startEmbedded({ dataDir })
  const pid = postmasterPid(cluster)!.pid
  const second = await startEmbedded({ dataDir })
  expect(second.adopted).toBe(true)
  expect(postmasterPid(cluster)!.pid).toBe(pid)
  await first.stop()
  expect(postmasterPid(cluster)!.pid).toBe(pid)
  await second.stop()
  expect(processesIn(cluster)).toEqual([])
})

test.runIf(process.getuid?.() === 0)('as root the server runs as somebody else', async () => {
  const server = await startEmbedded({ dataDir })
  const owner = execFileSync('ps', ['-o', 'uid=', '-p', String(postmasterPid(cluster)!.pid)], { encoding: 'utf8' }).trim()
  expect(owner).not.toBe('0')
  await server.stop()
})
