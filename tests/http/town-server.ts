import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { readConfig, type Config } from '../../src/config.ts'
import { closeToPublic } from '../../src/kernel/db/furnish.ts'
import { ROLES } from '../../src/kernel/db/roles.ts'
import { settableTime, type SettableTime } from '../../src/kernel/time/time.ts'
import { loadDemo } from '../../src/main/demo/load-demo.ts'
import { openHouse, type OpenHouse } from '../../src/main/open-house.ts'
import { serve, type Running } from '../../src/main/serve.ts'
import { client, type Client } from './client.ts'

/** An ordinary Monday morning; every due day of these tests is counted from here. */
export const MONDAY = '2026-03-02T09:00:00+08:00'
const TEMPLATE = 'demo_district'
const TEMPLATE_LOCK = 7_024_813
const CASES = 10

export interface TownServer extends Client {
  readonly open: OpenHouse
  readonly running: Running
  readonly config: Config
  readonly time: SettableTime
  readonly database: string
  readonly urls: { readonly app: string; readonly admin: string; readonly sequencer: string; readonly retention: string }
  readonly logged: readonly string[]
  /** So many civil days later, at the same hour. */
  later(days: number): void
  close(): Promise<void>
}

export interface TownServerOptions { readonly background?: boolean; readonly rates?: boolean }

/** The composed house with the demo district, on a database and a port of its own: what `npm start` serves, in this process. */
export async function startTownServer({ background = false, rates = false }: TownServerOptions = {}): Promise<TownServer> {
  const made = await makeDemoDatabase()
  const time = settableTime(MONDAY)
  const logged: string[] = []
  const log = (line: string): void => { logged.push(line) }
  const config = configOf(made)
  const open = await openHouse(config, { log, time })
  const running = await serve(open, config, { log, rates, background })
  const caller = client(`http://127.0.0.1:${running.port}`)
  return {
    ...caller, open, running, config, time, logged, database: made.name, urls: made.urls,
    later: (days) => { time.advance(days * 86_400_000); caller.forget() },
    close: async () => {
      await running.stop()
      await open.close()
      await master((connection) => connection.query(`drop database if exists ${made.name} with (force)`))
    },
  }
}

export interface DemoDatabase { readonly name: string; readonly dataDir: string; readonly urls: TownServer['urls'] }

/** A database and data folder holding the demo district with a few cases; made once per run, then copied. */
export async function makeDemoDatabase(): Promise<DemoDatabase> {
  const { folder } = inject('server')
  const template = join(folder, 'demo')
  return master(async (connection) => {
    await connection.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK])
    const { rowCount } = await connection.query('select 1 from pg_database where datname = $1 and datistemplate', [TEMPLATE])
    if (rowCount === 0) {
      await connection.query(`drop database if exists ${TEMPLATE}`)
      await connection.query(`create database ${TEMPLATE} owner ${ROLES.owner}`)
      await connection.query(closeToPublic(TEMPLATE))
      const open = await openHouse(configOf({ name: TEMPLATE, dataDir: template, urls: urlsOf(TEMPLATE) }), { log: () => undefined, time: settableTime(MONDAY) })
      await loadDemo(open, () => undefined, CASES)
      await open.close()
      await connection.query(`alter database ${TEMPLATE} is_template true`)
    }
    const name = `h_${randomBytes(8).toString('hex')}`
    await connection.query(`create database ${name} template ${TEMPLATE} owner ${ROLES.owner}`)
    await connection.query(closeToPublic(name))
    await connection.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK])
    const dataDir = join(folder, name)
    mkdirSync(dataDir, { recursive: true })
    if (existsSync(template)) cpSync(template, dataDir, { recursive: true })
    return { name, dataDir, urls: urlsOf(name) }
  })
}

/** The environment under which the program itself would serve such a database. */
export const environmentOf = ({ dataDir, urls }: DemoDatabase): Record<string, string> => ({
  PORT: '0', MINGTANG_DATA: dataDir, MINGTANG_DEMO: '1', MINGTANG_RATE_LIMITS: '0', MINGTANG_URL: 'http://localhost:8080',
  DATABASE_URL: urls.app, DATABASE_ADMIN_URL: urls.admin, DATABASE_SEQUENCER_URL: urls.sequencer, DATABASE_RETENTION_URL: urls.retention,
})
const configOf = (database: DemoDatabase): Config => readConfig(environmentOf(database))

function urlsOf(name: string): TownServer['urls'] {
  const server = inject('server')
  const url = (role: string, password: string) => `postgres://${role}:${password}@127.0.0.1:${server.port}/${name}`
  return { app: url(ROLES.app, server.app), admin: url(ROLES.owner, server.owner), sequencer: url(ROLES.sequencer, server.sequencer), retention: url(ROLES.retention, server.retention) }
}

export async function master<T>(work: (connection: pg.Client) => Promise<T>): Promise<T> {
  const connection = new pg.Client({ connectionString: inject('server').superUrl })
  await connection.connect()
  try {
    return await work(connection)
  } finally {
    await connection.end()
  }
}
