import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../src/kernel/flow/audit.ts'
import { applicationFor } from './applications.ts'
import type { ApplicationInput, FiledView } from '../../src/domains/cases/contract.ts'
import { master, startTownServer, type TownServer } from './town-server.ts'

/* The database is there and will not: read-only, as a standby after a failover, or with a lock that does not come free. */

let town: TownServer
let application: ApplicationInput
let filed: FiledView
beforeAll(async () => {
  town = await startTownServer()
  application = await applicationFor(town, 'food-business', 'clerk', { seed: 71 })
  filed = await town.file('clerk', application)
})
afterAll(async () => { await (town as TownServer | undefined)?.close() })

/** Answers when each of them is gone: one that is still there serves the next call and breaks under it. */
const cut = (): Promise<unknown> => master((connection) => connection.query('select pg_terminate_backend(pid, 20000) from pg_stat_activity where datname = $1', [town.database]))
const setReadOnly = async (on: boolean): Promise<void> => {
  await master((connection) => connection.query(`alter database ${town.database} set default_transaction_read_only = ${on ? 'on' : 'off'}`))
  await cut()
}
/** Asks until the connections that were cut are replaced. */
const until = async (status: number, path: string): Promise<void> => expect.poll(async () => (await town.api('GET', path)).status).toBe(status)

describe('a database that can only be read', () => {
  it('is read from; what would change something is refused with 503 and says so in both languages', async () => {
    const token = await town.signIn('clerk')
    await setReadOnly(true)
    await until(200, '/api/v1/items')
    for (const [language, words] of [['zh', '只能查阅'], ['en', 'can only be read']] as const) {
      const answer = await town.api('POST', '/api/v1/cases', application, { headers: { authorization: `Bearer ${token}`, 'accept-language': language } })
      expect([answer.status, answer.body.code, answer.headers.get('retry-after'), answer.body.title?.includes(words)]).toEqual([503, 'db/read-only', '30', true])
    }
    const act = await town.api('POST', `/api/v1/cases/${filed.caseNo}/acts`, { act: 'accept', revision: 1, input: {} }, { headers: { authorization: `Bearer ${token}` } })
    expect([act.status, act.body.code]).toEqual([503, 'db/read-only'])
    const signIn = await town.api('POST', '/api/v1/sessions', { username: 'reviewer', password: 'mingtang-demo' })
    expect([signIn.status, signIn.body.code]).toEqual([503, 'db/read-only'])
    const page = await town.api('GET', '/', undefined, { headers: { accept: 'text/html' } })
    expect(page.status).toBe(200)
  })

  it('goes on by itself when it may be written again', async () => {
    await setReadOnly(false)
    await until(200, '/api/v1/items')
    await expect.poll(async () => (await town.api('POST', `/api/v1/cases/${filed.caseNo}/acts`, { act: 'accept', revision: 1, input: {} }, { as: 'clerk' })).status).toBe(200)
  })
})

describe('a lock that does not come free', () => {
  it('leaves nobody waiting for ever, and loses nothing', async () => {
    const other = await town.file('clerk', await applicationFor(town, 'food-business', 'clerk', { seed: 72 }))
    await town.open.admin.withClient(async (client) => {
      await client.query('begin')
      await client.query('lock table flow.matter in access exclusive mode')
      // More than the pool has connections: the last wait for one, not for the lock.
      const acts = Array.from({ length: 14 }, () => town.api('POST', `/api/v1/cases/${other.caseNo}/acts`, { act: 'accept', revision: 1, input: {} }, { as: 'clerk' }))
      const first = await Promise.race(acts)
      expect([first.status, first.body.code, Number(first.headers.get('retry-after')) > 0]).toEqual([503, 'db/unavailable', true])
      expect((await town.api('GET', '/healthz')).status).toBe(200)
      await client.query('rollback')
      const statuses = (await Promise.all(acts)).map((answer) => answer.status)
      // One did it, those that read the same state were told, the rest had been refused.
      expect(statuses.filter((status) => status === 200).length).toBe(1)
      expect(statuses.filter((status) => ![200, 409, 503].includes(status))).toEqual([])
    })
  })
})

it('afterwards nothing had failed inside, and every matter is what its acts say', async () => {
  expect(town.logged.filter((line) => line.startsWith('failure'))).toEqual([])
  expect((await audit(town.open.house.db)).differences).toEqual([])
})
