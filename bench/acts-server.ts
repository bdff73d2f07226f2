import { generateKeyPairSync } from 'node:crypto'
import Fastify from 'fastify'
import pg from 'pg'
import { CASE_CLOCK_RULES } from '../src/domains/cases/clock-rules.ts'
import { startPress } from '../src/domains/cases/papers/press.ts'
import { caseRoutes } from '../src/domains/cases/routes.ts'
import { loadItems } from '../src/domains/catalog/registry.ts'
import { openReadRecords } from '../src/kernel/access/read-records.ts'
import { loadCalendar } from '../src/kernel/calendar/store.ts'
import { CLOCK_RULES } from '../src/kernel/clock/rules.ts'
import { ruleBook } from '../src/kernel/clock/rule-store.ts'
import { openDatabase } from '../src/kernel/db/database.ts'
import { diskStore } from '../src/kernel/files/disk-store.ts'
import { createFlow } from '../src/kernel/flow/flow.ts'
import { loadColumnTypes } from '../src/kernel/flow/statement.ts'
import type { House } from '../src/kernel/house.ts'
import { createServer } from '../src/kernel/http/server.ts'
import { inputErrors } from '../src/kernel/input/check.ts'
import { signerOf } from '../src/kernel/ledger/keys.ts'
import { startSequencer } from '../src/kernel/ledger/sequencer.ts'
import { OrganisationDirectory } from '../src/kernel/org/directory.ts'
import { loadProcedures } from '../src/kernel/procedure/registry.ts'
import { jiebaSegmenter } from '../src/kernel/search/segment.ts'
import { systemTime } from '../src/kernel/time/time.ts'
import { kindsOf } from '../src/modules.ts'

/*
 * The server side of bench/acts.ts, a process of its own. BENCH_MODE: `house` the acts as they are, `nolog` without the ledger's rows,
 * `floor` a Fastify handler with one select and one write function on the same database.
 */

const { BENCH_MODE: mode, BENCH_URL: url = '', BENCH_SEQUENCER_URL: sequencerUrl = '', BENCH_DATA: dataDir = '' } = process.env
const CONNECTIONS = 8

/** Every statement sent to the database, whoever sends it: the round trips of the goal. */
let sent = 0
const query = pg.Client.prototype.query as (...args: unknown[]) => unknown
pg.Client.prototype.query = function counted(this: pg.Client, ...args: unknown[]) {
  sent += 1
  return query.apply(this, args)
} as typeof pg.Client.prototype.query

async function house(withLog: boolean): Promise<{ listen: (port: number) => Promise<string> }> {
  const db = openDatabase(url, { max: CONNECTIONS })
  const calendar = await loadCalendar(db)
  const organisations = new OrganisationDirectory()
  await organisations.refresh(db)
  const parts = { db, time: systemTime, calendar: () => calendar, clockRule: ruleBook([...CLOCK_RULES, ...CASE_CLOCK_RULES]), procedures: await loadProcedures(db), organisations, url: 'http://bench.example' }
  const flow = createFlow({ ...parts, kinds: kindsOf({ ...parts, items: await loadItems(db) }), columnTypes: await loadColumnTypes(db), inputErrors, withLog })
  const made: House = { ...parts, dataDir, demo: true, flow, files: diskStore(db, dataDir), reads: openReadRecords(db), segment: jiebaSegmenter(), log: () => undefined, reload: () => Promise.resolve() }
  // With the log on, its sequencer runs beside the acts as it does in the house.
  if (withLog) startSequencer({ url: sequencerUrl, signer: signerOf('bench.example/log', generateKeyPairSync('ed25519').privateKey) })
  const server = await createServer({ house: made, routes: caseRoutes({ house: made, press: startPress({ demo: true, url: parts.url }) }), refusals: [], rates: false })
  return { listen: (port) => server.listen({ port, host: '127.0.0.1' }) }
}

/** The floor: what no server on this database can be much faster than. */
function floor(): { listen: (port: number) => Promise<string> } {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS })
  const server = Fastify()
  server.post('/floor', async (request) => {
    const { id, actor } = request.body as { id: number; actor: number }
    const { rows } = await pool.query({ name: 'floor_read', text: 'select version, state from lim.case_file where id = $1', values: [id] })
    await pool.query({ name: 'floor_write', text: 'select lim.transition($1, $2, $3)', values: [id, actor, (rows[0] as { version: number }).version] })
    return rows[0]
  })
  return { listen: (port) => server.listen({ port, host: '127.0.0.1' }) }
}

const server = mode === 'floor' ? floor() : await house(mode !== 'nolog')
const address = await server.listen(0)
process.on('message', (message) => {
  if (message === 'count') process.send!({ sent, rss: process.memoryUsage().rss })
  if (message === 'stop') process.exit(0)
})
process.on('disconnect', () => process.exit(0))
process.send!({ address })
