import { join } from 'node:path'
import { smsHttpChannel } from '../adapters/sms-http.ts'
import { smtpChannel } from '../adapters/smtp.ts'
import { Refusal } from '../base/refusal.ts'
import type { Bilingual } from '../base/text.ts'
import { refuse as refuseConfig, type Config } from '../config.ts'
import { sweepCases, fireTimers } from '../domains/cases/sweep.ts'
import { mayReadPersons } from '../domains/cases/view.ts'
import { standingSessions, sweepSessions } from '../kernel/access/sign-in.ts'
import type { Caller } from '../kernel/access/types.ts'
import { packageRoot } from '../kernel/db/root.ts'
import { findMatter } from '../kernel/flow/read.ts'
import { LiveUpdates } from '../kernel/http/live.ts'
import { Metrics } from '../kernel/http/metrics.ts'
import { createServer, type Server } from '../kernel/http/server.ts'
import { ratesOf } from '../kernel/http/rates.ts'
import type { Route } from '../kernel/http/types.ts'
import { startJobs, type Jobs } from '../kernel/jobs/jobs.ts'
import { startSubscribers, type Subscriber, type Subscribers } from '../kernel/jobs/subscriber.ts'
import { openSigner, originOf } from '../kernel/ledger/keys.ts'
import { demandSameLog } from '../kernel/ledger/number-entries.ts'
import { startSequencer, type Sequencer } from '../kernel/ledger/sequencer.ts'
import { logFiles } from '../kernel/ledger/tiles.ts'
import type { Channel } from '../kernel/notify/channel.ts'
import { deliverOwed } from '../kernel/notify/deliver.ts'
import { smsSandbox } from '../kernel/notify/sms-sandbox.ts'
import { builtAssets, ISLANDS_PREFIX, PORTAL_PREFIX, problemRenderer } from '../portal/index.ts'
import { createFrames } from '../kit/portal/index.ts'
import type { OpenHouse } from './open-house.ts'
import { REFUSALS } from './refusals.ts'
import { KIND_NAMES, routesOf } from './routes-of.ts'
import { SITE } from './site.ts'
import { telephone } from './telephone.ts'

export interface Running {
  readonly server: Server
  readonly port: number
  readonly routes: readonly Route[]
  /** Acts under way are finished first; then subscribers, jobs, sequencer and the database. */
  stop(): Promise<void>
}

export interface ServeOptions { readonly log: (line: string) => void; readonly rates?: boolean; readonly background?: boolean }

/** Everything of one process: pages, API, log, live updates, and the background work. */
export async function serve(open: OpenHouse, config: Config, { log, rates = true, background = true }: ServeOptions): Promise<Running> {
  const { house, urls } = open
  const files = logFiles(house.db)
  const metrics = new Metrics()
  // A log keeps its name: another port or address on the same data is no other log. Naming another one explicitly is refused.
  const [remembered] = await house.db.query<{ origin: string; key: string }>('select origin, key from ledger.head where key is not null')
  const signer = openSigner({ origin: config.log.origin ?? remembered?.origin ?? originOf(config.url), dataDir: config.dataDir, ...(config.log.keyFile ? { keyFile: config.log.keyFile } : {}) })
  if (remembered) demandSameLog(remembered, signer)
  const sequencer: Sequencer = startSequencer({ url: urls.sequencerUrl, signer, publishedFile: join(config.dataDir, 'log.checkpoint'), log })
  sequencer.done.catch((error: unknown) => {
    // The log must not go on and must not fork: better no service than an unprovable one.
    log(`the public log has stopped: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
    process.kill(process.pid, 'SIGTERM')
  })
  const live = new LiveUpdates({ db: house.db, log, mayFollow: (caller, topic) => mayFollow(open, caller, topic), standing: (ids) => standingSessions(house.db, ids, house.time.now()) })
  const dist = join(packageRoot(), 'dist')
  const frames = createFrames({ demo: house.demo, site: SITE, asset: builtAssets(dist), checkpoint: checkpointOf(files) })
  const routes = await routesOf({ open, config, files, frames, dist })

  const server = await createServer({
    house, live, metrics, routes: routes.list, refusals: REFUSALS, kinds: KIND_NAMES.map((kind) => house.flow.kind(kind)), renderProblem: problemRenderer(frames), signInPath: '/sign-in',
    rates: rates && ratesOf(config.rateLimits), trustProxy: behind(config.trustProxy), version: '0.1.0',
    assets: [{ prefix: PORTAL_PREFIX, folder: join(dist, 'portal') }, { prefix: ISLANDS_PREFIX, folder: join(dist, 'islands') }, { prefix: '/console', folder: join(dist, 'console') }],
    ready: [{ name: 'log', check: async () => ((await files.published().catch(notYet)) ? undefined : 'no checkpoint yet') }],
  })
  gauges(metrics, open)
  const leave = async (): Promise<void> => {
    await live.close()
    await sequencer.stop()
    await routes.close()
  }
  await server.listen({ port: config.port, host: config.host }).catch(async (error: NodeJS.ErrnoException) => {
    await leave()
    const reason = LISTEN_FAULTS[error.code ?? '']
    throw reason ? refuseConfig('cannot-listen', { address: `${config.host}:${config.port}`, reason }) : error
  })
  const port = (server.server.address() as { port: number }).port

  const work = background ? await startBackground(open, config, log) : null
  return {
    server, port, routes: routes.list,
    stop: async () => {
      await server.drain()
      await work?.stop()
      await leave()
    },
  }
}

/** What the machine says where an address cannot be had, for whoever starts the service. */
const LISTEN_FAULTS: Readonly<Record<string, Bilingual>> = {
  EADDRINUSE: { zh: '端口已被其他程序占用，可用 PORT 另选', en: 'another program has the port; choose one with PORT' },
  EACCES: { zh: '没有使用该端口的权限', en: 'no permission for that port' },
  EADDRNOTAVAIL: { zh: '本机没有这个地址（HOST）', en: 'this machine has no such address (HOST)' },
  ENOTFOUND: { zh: '没有这个主机名（HOST）', en: 'there is no such host (HOST)' },
}

async function startBackground(open: OpenHouse, config: Config, log: (line: string) => void): Promise<{ stop(): Promise<void> }> {
  const { house, urls } = open
  const { sms, email } = channelsOf(open, config)
  const deliver = (channel: Channel) => async () => { await deliverOwed(house.db, [channel], house.time, { onFailed: (failed) => telephone(house, failed) }) }
  const tasks = {
    sweepClocks: async () => { await sweepCases(house) },
    fireTimers: async () => { await fireTimers(house) },
    // Each channel by itself: a mail server that hangs holds up no SMS.
    deliverSms: deliver(sms),
    ...(email ? { deliverMail: deliver(email) } : {}),
    sweepFiles: async () => { await house.files.sweep(new Date(house.time.now().getTime() - 86_400_000)) },
    sweepSessions: async () => { await sweepSessions(house.db, new Date(house.time.now().getTime() - 30 * 86_400_000)) },
    forgetKeys: async () => { await house.db.query('delete from flow.idempotency where at < $1', [new Date(house.time.now().getTime() - 7 * 86_400_000)]) },
    reload: async () => { await house.reload() },
    // Nobody publishes on the day a guide comes into force or ends.
    indexItems: async () => { await open.indexItems() },
  }
  const jobs: Jobs = await startJobs({
    url: urls.appUrl, tasks, log,
    schedules: [
      { task: 'sweepClocks', everySeconds: 20 }, { task: 'fireTimers', everySeconds: 30 }, { task: 'deliverSms', everySeconds: 5 }, ...(email ? [{ task: 'deliverMail', everySeconds: 5 }] : []),
      { task: 'sweepFiles', everySeconds: 3600 }, { task: 'sweepSessions', everySeconds: 3600 }, { task: 'forgetKeys', everySeconds: 3600 }, { task: 'reload', everySeconds: 60 }, { task: 'indexItems', everySeconds: 600 },
    ],
  })
  const subscribers: Subscribers = await startSubscribers({ db: house.db, subscribers: [catalogueSubscriber(open)], log })
  return { stop: async () => { await subscribers.stop(); await jobs.stop() } }
}

/** A guide or drawing that was published is read anew and found at once; other processes see it within a minute. */
const catalogueSubscriber = (open: OpenHouse): Subscriber => ({
  name: 'catalogue',
  handle: async (events) => {
    if (!events.some((event) => event.act.startsWith('catalogChange.') || event.act === 'calendar.imported' || event.act === 'procedure.published')) return
    await open.reload()
    await open.indexItems()
  },
})

function channelsOf({ house }: OpenHouse, config: Config): { readonly sms: Channel; readonly email: Channel | null } {
  return {
    sms: config.sms ? smsHttpChannel(config.sms) : smsSandbox(house.db),
    email: config.smtp ? smtpChannel({ ...config.smtp, domain: new URL(config.url).hostname }) : null,
  }
}

async function mayFollow({ house }: OpenHouse, caller: Caller, topic: string): Promise<boolean> {
  if (topic === 'tasks') return caller.kind === 'officer'
  const found = await findMatter(house.db, topic.slice('matter:'.length))
  return found !== null && mayReadPersons(found.matter, caller, found.tasks)
}

/** Size and instant of the newest checkpoint, at most a second old: every page shows it, none should wait for it. */
function checkpointOf(files: ReturnType<typeof logFiles>): () => Promise<{ size: number; at: Date } | null> {
  let kept: { size: number; at: Date } | null = null
  let askedAt = 0
  return async () => {
    if (performance.now() - askedAt < 1000 && askedAt > 0) return kept
    askedAt = performance.now()
    kept = await files.published().then(({ size, at }) => ({ size, at }), notYet)
    return kept
  }
}

/** Before the first checkpoint there is nothing to name. */
function notYet(error: unknown): null {
  if (error instanceof Refusal && error.code === 'ledger/not-found') return null
  throw error
}

/** So many hops are ours; what a caller wrote into X-Forwarded-For before them is not believed. */
const behind = (proxies: number): false | ((address: string, hop: number) => boolean) => (proxies === 0 ? false : (_address, hop) => hop < proxies)

function gauges(metrics: Metrics, { house }: OpenHouse): void {
  metrics.gauge('mingtang_ledger_pending', 'Entries committed and not yet numbered', async () => Number((await house.db.query<{ n: number }>('select count(*)::int as n from ledger.pending'))[0]!.n))
  metrics.gauge('mingtang_ledger_size', 'Entries under the newest checkpoint', async () => Number((await house.db.query<{ n: number | null }>('select max(size)::bigint as n from ledger.checkpoint'))[0]!.n ?? 0))
}
