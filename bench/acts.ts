import { fork, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { dayAt } from '../src/base/civil-day.ts'
import { CASE_CLOCK_RULES } from '../src/domains/cases/clock-rules.ts'
import { DEMO_PASSWORD } from '../src/domains/catalog/demo/load-people.ts'
import { seedId } from '../src/domains/catalog/demo/sql.ts'
import { createOfficerAccount } from '../src/kernel/access/accounts.ts'
import { loadDemoCatalogue } from '../src/domains/catalog/demo/load-catalogue.ts'
import { signIn } from '../src/kernel/access/sign-in.ts'
import { CLOCK_RULES } from '../src/kernel/clock/rules.ts'
import { upsertClockRules } from '../src/kernel/clock/rule-store.ts'
import { openDatabase } from '../src/kernel/db/database.ts'
import { startEmbedded } from '../src/kernel/db/embedded.ts'
import { migrate, migrationSets } from '../src/kernel/db/migrate.ts'
import { packageRoot } from '../src/kernel/db/root.ts'
import { KeepAliveClient } from './keep-alive-client.ts'
import { CASES, rateOf, yardstick, YARDSTICK_SQL, type Rate } from './acts-yardstick.ts'

export interface BenchResult {
  readonly name: string
  readonly figures: Readonly<Record<string, number | string>>
  readonly goals: readonly { readonly goal: string; readonly ok: boolean; readonly detail: string }[]
}

const CLIENTS = 8
const SECONDS = Number(process.env.MINGTANG_BENCH_SECONDS ?? 4)
const ROUNDS = Number(process.env.MINGTANG_BENCH_ROUNDS ?? 3)
/**
 * The acts of a whole licence, in turn: who does each, and what with. Reviewer and head are the department's own people with the one or two
 * posts real people hold; the demo's accounts of these names hold one in each of seventeen departments.
 */
const OWN_PEOPLE = [['bench-reviewer', 'urban-a'], ['bench-head', 'urban-h']] as const
/** Cases taken through before anything is measured: the house at work, with its code compiled and its statements planned. */
const WARM_UP = 400
const ACTS: readonly (readonly [act: string, account: string, input: object])[] = [
  ['accept', 'clerk', {}], ['review', 'bench-reviewer', { opinion: '材料齐全，符合法定形式，建议准予。' }], ['decide', 'bench-head', { outcome: 'grant', content: '准予许可' }],
  ['issue', 'sealkeeper', {}], ['deliver', 'dispatcher', { mode: 'counter', collectedBy: '林晚照' }], ['close', 'archivist', {}],
]

/**
 * G1–G3, G10, G15: acts over HTTP with session, permission, procedure, clocks, tasks and ledger, eight clients, one server process;
 * against the yard-stick, a Fastify floor, and itself without the log, in alternating rounds of one run on one database.
 */
export async function run(): Promise<BenchResult> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mingtang-bench-'))
  const server = await startEmbedded({ dataDir })
  const [db, admin] = [openDatabase(server.appUrl, { max: 2 }), openDatabase(server.adminUrl, { max: 2 })]
  const children: Child[] = []
  try {
    await migrate(admin, migrationSets())
    await loadDemoCatalogue(admin, dayAt(new Date()))
    await upsertClockRules(admin, [...CLOCK_RULES, ...CASE_CLOCK_RULES])
    await admin.query(YARDSTICK_SQL)
    for (const [username, person] of OWN_PEOPLE) await createOfficerAccount(admin, { username, password: DEMO_PASSWORD, personId: seedId('person', person), at: new Date(), byAccountId: null })
    const tokens = new Map<string, string>()
    for (const account of new Set(ACTS.map(([, account]) => account))) tokens.set(account, (await signIn(db, { username: account, password: DEMO_PASSWORD, at: new Date(), ip: '127.0.0.1' })).token)

    const script = await bundle()
    const start = async (mode: string): Promise<Child> => {
      const child = await spawned(script, { BENCH_MODE: mode, BENCH_URL: server.appUrl, BENCH_SEQUENCER_URL: server.sequencerUrl, BENCH_DATA: join(dataDir, 'files') })
      children.push(child)
      return child
    }
    const [house, nolog, floor] = [await start('house'), await start('nolog'), await start('floor')]
    const cpu = cpuMeter(server.cluster)
    const { code } = (await db.query<{ code: string }>(`select code from catalog.item_version where body ->> 'procedureId' = 'slogans'`))[0]!
    const perRound = Math.ceil((1200 * SECONDS) / ACTS.length)
    const cases = await fileCases(house, tokens.get('clerk')!, code, 2 * (perRound * ROUNDS + WARM_UP))
    for (const child of [house, nolog]) await actOn(child, tokens, cases.splice(0, WARM_UP), 60)
    await floorLoad(floor, 3)

    const figures = { house: [] as Measured[], nolog: [] as Measured[], floor: [] as Measured[], yardstick: [] as Measured[] }
    let by = ''
    const sentBefore = (await house.count()).sent
    for (let round = 0; round < ROUNDS; round += 1) {
      figures.house.push(await cpu(house.pid, () => actOn(house, tokens, cases.splice(0, perRound), SECONDS)))
      figures.yardstick.push(await cpu('clients', async () => { const rate = await yardstick(server.appUrl, SECONDS); by = rate.by; return rate }))
      figures.floor.push(await cpu(floor.pid, () => floorLoad(floor, SECONDS)))
      figures.nolog.push(await cpu(nolog.pid, () => actOn(nolog, tokens, cases.splice(0, perRound), SECONDS)))
    }
    const counted = await house.count()
    const acts = figures.house.reduce((sum, one) => sum + one.count, 0)
    return report(figures, by, (counted.sent - sentBefore) / acts, counted.rss, (await floor.count()).rss)
  } finally {
    for (const child of children) child.stop()
    await Promise.all([db.close(), admin.close()])
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** CPU per operation, all of it and the server’s (or pgbench’s) share. */
interface Measured extends Rate { readonly cpuMs: number; readonly ownCpuMs: number }

function report(figures: Readonly<Record<'house' | 'nolog' | 'floor' | 'yardstick', Measured[]>>, by: string, trips: number, rss: number, bareRss: number): BenchResult {
  const middle = (of: readonly number[]): number => [...of].sort((a, b) => a - b)[Math.floor(of.length / 2)]!
  const of = (which: keyof typeof figures, what: keyof Measured): number => middle(figures[which].map((one) => one[what]))
  /** Of the rounds' own ratios, the middle one: a neighbour's moment falls on both sides of a round. */
  const ratio = (a: keyof typeof figures, b: keyof typeof figures, what: keyof Measured): number => middle(figures[a].map((one, i) => one[what] / figures[b][i]![what]))
  const text = (n: number) => n.toFixed(2)
  const [toYard, toFloor, toNolog, p99, cpu] = [ratio('house', 'yardstick', 'perSecond'), ratio('house', 'floor', 'perSecond'), ratio('house', 'nolog', 'perSecond'), ratio('house', 'yardstick', 'p99Ms'), ratio('house', 'yardstick', 'cpuMs')]
  const rate = (which: keyof typeof figures) => `${Math.round(of(which, 'perSecond'))}/s`
  return {
    name: 'acts',
    figures: {
      actsPerSecond: Math.round(of('house', 'perSecond')), actsWithoutLogPerSecond: Math.round(of('nolog', 'perSecond')), floorPerSecond: Math.round(of('floor', 'perSecond')), yardstickPerSecond: Math.round(of('yardstick', 'perSecond')), yardstickBy: by,
      p50Ms: of('house', 'p50Ms'), p99Ms: of('house', 'p99Ms'), floorP99Ms: of('floor', 'p99Ms'), yardstickP99Ms: of('yardstick', 'p99Ms'),
      cpuMsPerAct: of('house', 'cpuMs'), serverCpuMsPerAct: of('house', 'ownCpuMs'), cpuMsPerActWithoutLog: of('nolog', 'cpuMs'), floorCpuMs: of('floor', 'cpuMs'), yardstickCpuMs: of('yardstick', 'cpuMs'), roundTripsPerAct: trips, rssMb: rss / 1e6, bareFastifyRssMb: bareRss / 1e6,
    },
    goals: [
      { goal: `G1 acts ≥ 0.25 × ${by} doing the yard-stick’s writes`, ok: toYard >= 0.25, detail: `${text(toYard)} (${rate('house')} of ${rate('yardstick')})` },
      { goal: 'G1 acts ≥ 0.5 × a Fastify handler with one select and one write function', ok: toFloor >= 0.5, detail: `${text(toFloor)} (${rate('house')} of ${rate('floor')})` },
      { goal: `G2 p99 ≤ 5 × ${by}`, ok: p99 <= 5, detail: `${text(p99)} (${text(of('house', 'p99Ms'))} ms against ${text(of('yardstick', 'p99Ms'))} ms)` },
      { goal: `G3 CPU per act (server and PostgreSQL) ≤ 3 × ${by}`, ok: cpu <= 3, detail: `${text(cpu)} (${text(of('house', 'cpuMs'))} ms against ${text(of('yardstick', 'cpuMs'))} ms)` },
      { goal: 'G1 at most three round trips to the database per act', ok: trips <= 3, detail: `${text(trips)} on average over ${ACTS.map(([act]) => act).join(', ')}` },
      { goal: 'G10 acts with the log ≥ 0.85 × without', ok: toNolog >= 0.85, detail: `${text(toNolog)} (${rate('house')} of ${rate('nolog')})` },
      { goal: 'G15 memory after the load ≤ 2.5 × bare Fastify', ok: rss <= 2.5 * bareRss, detail: `${text(rss / bareRss)} (${Math.round(rss / 1e6)} MB against ${Math.round(bareRss / 1e6)} MB)` },
    ],
  }
}

interface Child { readonly pid: number; readonly port: number; count(): Promise<{ sent: number; rss: number }>; stop(): void }

/** Packages stay in node_modules, so the bundle must lie where they are found. */
async function bundle(): Promise<string> {
  const folder = join(packageRoot(), 'node_modules/.cache/mingtang-bench')
  mkdirSync(folder, { recursive: true })
  const outfile = join(folder, 'acts-server.mjs')
  await build({ entryPoints: [join(packageRoot(), 'bench/acts-server.ts')], outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external', jsx: 'automatic', jsxImportSource: '@kitajs/html', logLevel: 'error' })
  return outfile
}

async function spawned(script: string, env: Readonly<Record<string, string>>): Promise<Child> {
  const child = fork(script, { env: { ...process.env, NODE_ENV: 'production', ...env }, cwd: packageRoot() })
  const { address } = await answer<{ address: string }>(child)
  return {
    pid: child.pid!, port: Number(new URL(address).port),
    count: () => { child.send('count'); return answer(child) },
    stop: () => { child.disconnect(); child.kill() },
  }
}
const answer = <T>(child: ChildProcess): Promise<T> => new Promise((resolve, reject) => {
  child.once('message', (message) => resolve(message as T))
  child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
})

/** Eight clients at once, each with a connection of its own. */
async function eight(child: Child, work: (client: KeepAliveClient) => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: CLIENTS }, async () => {
    const client = new KeepAliveClient(child.port)
    try {
      await work(client)
    } finally {
      client.close()
    }
  }))
}

/** Applications to act on, filed at the counter over HTTP. */
async function fileCases(child: Child, token: string, itemCode: string, count: number): Promise<string[]> {
  const application = JSON.stringify({
    itemCode, channel: 'counter', service: { mode: 'counter', consent: true }, applicant: { kind: 'person', name: '林晚照', idType: '111', idNumber: '110102189504120029', phone: '13900000001' },
    form: { contentText: '文明城市', pieces: 2, address: '演示路1号', keyArea: false, startOn: '2030-01-01', endOn: '2030-01-05', contactPhone: '13900000001' },
    materials: ['application', 'displayPlan', 'siteConsent'].map((materialId) => ({ materialId, form: 'electronic' })),
  })
  const found: string[] = []
  let left = count
  await eight(child, async (client) => {
    while ((left -= 1) >= 0) {
      const { status, body } = await client.post('/api/v1/cases', token, application)
      if (status !== 201) throw new Error(`filing: ${status} ${body.toString()}`)
      found.push((JSON.parse(body.toString()) as { caseNo: string }).caseNo)
    }
  })
  return found
}

/** Each client takes case after case through all its acts until the time is up or no case is left. */
async function actOn(child: Child, tokens: ReadonlyMap<string, string>, cases: string[], seconds: number): Promise<Rate> {
  const times: number[] = []
  const begun = performance.now()
  let ended = begun
  await eight(child, async (client) => {
    for (let no = cases.shift(); no !== undefined && ended - begun < seconds * 1000; no = cases.shift()) {
      for (const [i, [act, account, input]] of ACTS.entries()) {
        const start = performance.now()
        // Nobody else acts on the case: each act takes it from one revision to the next.
        const { status, body } = await client.post(`/api/v1/cases/${no}/acts`, tokens.get(account)!, JSON.stringify({ act, revision: i + 1, input }))
        if (status !== 200) throw new Error(`${act}: ${status} ${body.toString()}`)
        ended = performance.now()
        times.push(ended - start)
      }
    }
  })
  return rateOf(times, (ended - begun) / 1000)
}

async function floorLoad(child: Child, seconds: number): Promise<Rate> {
  const times: number[] = []
  const begun = performance.now()
  await eight(child, async (client) => {
    for (let start = performance.now(); start - begun < seconds * 1000; start = performance.now()) {
      await client.post('/floor', '', JSON.stringify({ id: 1 + Math.floor(Math.random() * CASES), actor: 1 + Math.floor(Math.random() * 500) }))
      times.push(performance.now() - start)
    }
  })
  return rateOf(times, seconds)
}

/** Milliseconds of CPU per operation: PostgreSQL with all its backends, and the server (or pgbench, which ends as a child of ours). */
function cpuMeter(cluster: string) {
  const postmaster = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0])
  const ticks = (pid: number | string, ended: boolean): { parent: number; ticks: number } => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ').map(Number)
    return { parent: fields[1]!, ticks: fields[11]! + fields[12]! + (ended ? fields[13]! + fields[14]! : 0) }
  }
  const postgres = (): number => ticks(postmaster, true).ticks + readdirSync('/proc').filter((name) => /^\d+$/.test(name)).reduce((sum, pid) => {
    try {
      const one = ticks(pid, false)
      return one.parent === postmaster ? sum + one.ticks : sum
    } catch {
      return sum // ended while we looked
    }
  }, 0)
  const children = (): number => { const fields = readFileSync('/proc/self/stat', 'utf8').replace(/^.*\) /s, '').split(' ').map(Number); return fields[13]! + fields[14]! }
  const own = (who: number | 'clients'): number => (who === 'clients' ? children() : ticks(who, false).ticks)
  return async (who: number | 'clients', work: () => Promise<Rate>): Promise<Measured> => {
    const before = { postgres: postgres(), own: own(who) }
    const rate = await work()
    const ownTicks = own(who) - before.own
    return { ...rate, cpuMs: ((postgres() - before.postgres + ownTicks) * 10) / rate.count, ownCpuMs: (ownTicks * 10) / rate.count }
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(JSON.stringify(await run(), null, 2))
}
