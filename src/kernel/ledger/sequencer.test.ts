import { fork } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { build } from 'esbuild'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { scratch, type Scratch } from '../../../tests/scratch.ts'
import { packageRoot } from '../db/root.ts'
import { openSigner, signerOf } from './keys.ts'
import { act, acts, factsOf, freshSigner, sequence } from './ledger-town.ts'
import { HeadMoved, numberEntries, resumeTree } from './number-entries.ts'
import { restartLog } from './restart-log.ts'
import { startSequencer } from './sequencer.ts'
import { logFiles } from './tiles.ts'
import { verifyLog } from './verify.ts'

let town: Scratch
// Inside the repository's own ignored folder, so that the bundled child finds its packages.
const home = mkdtempSync(join(packageRoot(), 'node_modules/.mingtang-test-'))
beforeEach(async () => { town = await scratch(['db', 'ledger']) })
afterEach(async () => {
  await town.close()
  rmSync(home, { recursive: true, force: true })
})

const verify = (key?: string) => {
  const files = logFiles(town.db)
  return verifyLog(async (path) => { const file = await files.file(path); return file.status === 200 ? file.body : null }, key === undefined ? {} : { key })
}
const until = async (holds: () => Promise<boolean>, what: string) => {
  for (let i = 0; i < 300; i += 1) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`never: ${what}`)
}
const sizeNow = async () => (await town.db.query<{ size: number }>('select size from ledger.head'))[0]!.size
/** Positions without a gap, each entry once, nothing left over, and every published checkpoint a beginning of the next. */
async function expectWhole(count: number, key?: string) {
  const [row] = await town.admin.query<{ n: number; last: number; pending: number; entries: number }>(
    'select (select count(*) from ledger.position) as n, (select max(index) from ledger.position) as last, (select count(*) from ledger.pending) as pending, (select count(distinct entry) from ledger.position) as entries')
  expect(row).toEqual({ n: count, last: count - 1, pending: 0, entries: count })
  expect(await verify(key)).toMatchObject({ size: count, checked: count, problems: [] })
}

test('acts are numbered in the background, and listeners are told after the checkpoint is public', async () => {
  const signer = freshSigner()
  const told: number[] = []
  const listener = new pg.Client({ connectionString: town.urls.app })
  await listener.connect()
  await listener.query('listen ledger')
  const heard: string[] = []
  listener.on('notification', (message) => heard.push(message.payload ?? ''))
  const sequencer = startSequencer({ url: town.urls.sequencer, signer, everyMs: 500, pollMs: 20, onNumbered: (size) => told.push(size) })
  await sequencer.ready
  await acts(town.db, 20)
  await until(async () => (await sizeNow()) === 20, '20 entries')
  await until(async () => heard.at(-1) === '20', 'notification')
  await sequencer.stop()
  await listener.end()
  expect(told.at(-1)).toBe(20)
  expect(told.length).toBeLessThan(20) // many acts share a checkpoint
  await expectWhole(20, signer.verifierKey)
})

test('an entry that was added first and committed last is numbered when it commits, and none is lost', async () => {
  const signer = freshSigner()
  const slow = new pg.Client({ connectionString: town.urls.app })
  await slow.connect()
  await slow.query('begin')
  const late = await act({ query: async (text: string, values: unknown[]) => (await slow.query(text, values)).rows } as unknown as Scratch['db'], factsOf(1))
  await acts(town.db, 3)
  expect(await sequence(town.urls.sequencer, signer)).toBe(3)
  await slow.query('commit')
  await slow.end()
  expect(await sequence(town.urls.sequencer, signer)).toBe(4)
  expect(await town.db.query('select index from ledger.position where entry = $1', [late.id])).toEqual([{ index: 3 }])
  await expectWhole(4)
})

test('two sequencers at the same moment: one wins, the other writes nothing', async () => {
  const signer = freshSigner()
  await sequence(town.urls.sequencer, signer)
  await acts(town.db, 10)
  const clients = await Promise.all([1, 2, 3].map(async () => {
    const client = new pg.Client({ connectionString: town.urls.sequencer })
    await client.connect()
    return client
  }))
  for (let round = 0; round < 5; round += 1) {
    const trees = await Promise.all(clients.map((client) => resumeTree(client, signer)))
    await acts(town.db, 5)
    const outcomes = await Promise.allSettled(clients.map((client, i) => numberEntries(client, signer, trees[i]!, 1000)))
    const won = outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value !== null)
    expect(won).toHaveLength(1)
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(HeadMoved)
  }
  await Promise.all(clients.map((client) => client.end()))
  await expectWhole(35)
})

test('a second sequencer stands by, and takes over when the first stops', async () => {
  const signer = freshSigner()
  const first = startSequencer({ url: town.urls.sequencer, signer, everyMs: 50, pollMs: 20 })
  await first.ready
  const second = startSequencer({ url: town.urls.sequencer, signer, everyMs: 50, pollMs: 20 })
  let secondReady = false
  void second.ready.then(() => { secondReady = true })
  await acts(town.db, 5)
  await until(async () => (await sizeNow()) === 5, '5 entries')
  expect(secondReady).toBe(false)
  await first.stop()
  await second.ready
  await acts(town.db, 5)
  await until(async () => (await sizeNow()) === 10, '10 entries')
  await second.stop()
  await expectWhole(10)
})

test('its connection is killed again and again in the middle of its work: nothing is lost, doubled or forked', async () => {
  const signer = freshSigner()
  const lines: string[] = []
  const sequencer = startSequencer({ url: town.urls.sequencer, signer, everyMs: 1, pollMs: 1, batch: 7, log: (line) => lines.push(line) })
  await sequencer.ready
  const killer = new pg.Client({ connectionString: town.urls.sequencer })
  await killer.connect()
  for (let i = 0; i < 12; i += 1) {
    await acts(town.db, 15)
    await killer.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'mingtang-sequencer' and datname = current_database()")
  }
  await until(async () => (await sizeNow()) === 180, '180 entries')
  await sequencer.stop()
  await killer.end()
  expect(lines.length).toBeGreaterThan(0)
  await expectWhole(180, signer.verifierKey)
}, 60_000)

test('its process is killed with SIGKILL while it numbers: the next one goes on from what is there', async () => {
  const pem = createPrivateKeyPem()
  const bundle = join(home, 'child.mjs')
  await build({
    stdin: { contents: `
      import { createPrivateKey } from 'node:crypto'
      import { signerOf } from './keys.ts'
      import { startSequencer } from './sequencer.ts'
      startSequencer({ url: process.env.URL, signer: signerOf('test.example/log', createPrivateKey(process.env.PEM)), everyMs: 1, pollMs: 1, batch: 3, onNumbered: (size) => process.send(size) })`,
      resolveDir: join(packageRoot(), 'src/kernel/ledger'), loader: 'ts' },
    bundle: true, platform: 'node', format: 'esm', packages: 'external', outfile: bundle,
  })
  const seen: number[] = []
  for (let life = 0; life < 4; life += 1) {
    await acts(town.db, 40)
    const child = fork(bundle, { env: { ...process.env, URL: town.urls.sequencer, PEM: pem } })
    const target = (await sizeNow()) + 12
    await new Promise<void>((resolve) => {
      child.on('message', (size: number) => { seen.push(size); if (size >= target) child.kill('SIGKILL') })
      child.on('exit', () => resolve())
    })
  }
  const signer = signerOf('test.example/log', createPrivateKey(pem))
  // What anybody saw published is still a checkpoint of the log.
  const published = (await town.db.query<{ size: number }>('select size from ledger.checkpoint')).map((row) => row.size)
  expect(seen.filter((size) => !published.includes(size))).toEqual([])
  await until(async () => {
    try { return (await sequence(town.urls.sequencer, signer)) === 160 } catch (error) { if (error instanceof HeadMoved) return false; throw error }
  }, '160 entries')
  await expectWhole(160, signer.verifierKey)
}, 60_000)

const createPrivateKeyPem = (): string => {
  openSigner({ origin: 'test.example/log', dataDir: home })
  return readFileSync(join(home, 'log.key'), 'utf8')
}

test('the key is made once, with mode 0600, and read again', () => {
  const dataDir = join(home, 'data')
  const first = openSigner({ origin: 'test.example/log', dataDir })
  expect(statSync(join(dataDir, 'log.key')).mode & 0o777).toBe(0o600)
  expect(openSigner({ origin: 'test.example/log', dataDir }).verifierKey).toBe(first.verifierKey)
  expect(openSigner({ origin: 'test.example/log', dataDir: home, keyFile: join(dataDir, 'log.key') }).verifierKey).toBe(first.verifierKey)
  writeFileSync(join(dataDir, 'other'), 'not a key')
  expect(() => openSigner({ origin: 'test.example/log', dataDir, keyFile: join(dataDir, 'other') })).toThrow('ledger/key-unusable')
  expect(() => openSigner({ origin: 'test.example/log', dataDir, keyFile: join(dataDir, 'missing') })).toThrow('ENOENT')
})

test('another key or another origin than at the first checkpoint refuses to start', async () => {
  const signer = freshSigner()
  await sequence(town.urls.sequencer, signer)
  for (const [other, code] of [[freshSigner(), 'ledger/wrong-key'], [freshSigner('other.example/log'), 'ledger/wrong-origin']] as const) {
    const sequencer = startSequencer({ url: town.urls.sequencer, signer: other })
    await expect(sequencer.ready).rejects.toMatchObject({ code })
    await expect(sequencer.done).rejects.toMatchObject({ code })
  }
})

test('with its key lost a log goes on under another origin and key: the first entry names the old tree, and nothing is lost', async () => {
  await acts(town.db, 3)
  await sequence(town.urls.sequencer, freshSigner('test.example/log'))
  const [published] = await town.db.query<{ note: string }>('select note from ledger.checkpoint order by size desc limit 1')
  await act(town.db, factsOf(1))
  const next = freshSigner('second.example/log')
  const facts = { published: published!.note, signer: next, org: 'X', at: new Date('2026-03-02T01:00:00Z') }
  const running = startSequencer({ url: town.urls.sequencer, signer: next })
  await expect(running.done).rejects.toMatchObject({ code: 'ledger/wrong-origin' })
  expect(await restartLog(town.admin, facts)).toEqual({ lost: 0, kept: 3 })
  expect(await sequence(town.urls.sequencer, next)).toBe(5)
  await expectWhole(5, next.verifierKey)
  const leaves = await town.db.query<{ act: string; seq: number }>('select e.act, e.seq from ledger.position p join ledger.entry e on e.id = p.entry order by p.index')
  expect(leaves.map((leaf) => `${leaf.act} ${leaf.seq}`)).toEqual(['ledger.restarted 1', 'cases.accepted 1', 'cases.accepted 2', 'cases.accepted 3', 'cases.accepted 1'])
  await expect(restartLog(town.admin, facts)).rejects.toMatchObject({ code: 'ledger/checkpoint-unusable' })
})

test('the log does not go on under another origin while a sequencer runs', async () => {
  const signer = freshSigner('test.example/log')
  const running = startSequencer({ url: town.urls.sequencer, signer, everyMs: 20, pollMs: 20 })
  await running.ready
  const [published] = await town.db.query<{ note: string }>('select note from ledger.checkpoint')
  await expect(restartLog(town.admin, { published: published!.note, signer: freshSigner('second.example/log'), org: 'X', at: new Date() })).rejects.toMatchObject({ code: 'ledger/sequencer-running' })
  await running.stop()
})

test('restored to before a published checkpoint: the old log refuses to go on, a new one names it and keeps what was restored', async () => {
  const key = generateKeyPairSync('ed25519').privateKey
  const signer = signerOf('test.example/log', key)
  const publishedFile = join(home, 'published')
  await acts(town.db, 3)
  await sequence(town.urls.sequencer, signer)
  // The backup is taken here, as the four tables that a restore brings back.
  for (const table of ['position', 'subtree', 'checkpoint']) await town.admin.query(`create table db.${table} as table ledger.${table}`)
  await acts(town.db, 4)
  const running = startSequencer({ url: town.urls.sequencer, signer, everyMs: 20, pollMs: 20, publishedFile })
  await until(async () => existsSync(publishedFile), 'published')
  await running.stop()
  const published = readFileSync(publishedFile, 'utf8')
  expect(published.split('\n')[1]).toBe('7')
  await expect(restartLog(town.admin, { published, signer: signerOf('new.example/log', key), org: 'X', at: new Date() })).rejects.toMatchObject({ code: 'ledger/nothing-lost' })

  await town.admin.query(`
    truncate ledger.position, ledger.subtree, ledger.pending, ledger.checkpoint;
    delete from ledger.opening where entry not in (select entry from db.position);
    delete from ledger.entry where id not in (select entry from db.position);
    insert into ledger.position table db.position;
    insert into ledger.checkpoint table db.checkpoint;
    update ledger.head set size = 3`)
  await act(town.db, factsOf(1))
  const refused = startSequencer({ url: town.urls.sequencer, signer, publishedFile })
  await expect(refused.ready).rejects.toMatchObject({ code: 'ledger/below-published' })

  const next = freshSigner('new.example/log')
  await expect(restartLog(town.admin, { published: freshSigner().sign({ size: 7, root: Buffer.alloc(32) }), signer: next, org: 'X', at: new Date() })).rejects.toMatchObject({ code: 'ledger/checkpoint-unusable' })
  await expect(restartLog(town.admin, { published, signer, org: 'X', at: new Date() })).rejects.toMatchObject({ code: 'ledger/wrong-origin' })
  expect(await restartLog(town.admin, { published, signer: next, org: '11110102000000000X', at: new Date('2026-03-02T01:00:00Z') })).toEqual({ lost: 4, kept: 3 })
  const again = startSequencer({ url: town.urls.sequencer, signer: next, everyMs: 20, pollMs: 20, publishedFile })
  await again.ready
  await until(async () => (await sizeNow()) === 5, '5 entries')
  await again.stop()
  await expectWhole(5, next.verifierKey)
  const [first] = await town.db.query<{ leaf: string }>('select e.leaf from ledger.position p join ledger.entry e on e.id = p.entry where p.index = 0')
  expect(JSON.parse(first!.leaf)).toMatchObject({ act: 'ledger.restarted', at: '2026-03-02T09:00:00+08:00', public: { origin: 'test.example/log', size: 7, root: published.split('\n')[2], kept: 3 } })
})
