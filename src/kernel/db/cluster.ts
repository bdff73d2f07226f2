import { createHash, randomBytes, randomInt } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { execFile } from 'node:child_process'
import { createServer } from 'node:net'
import { dirname, join, relative, resolve as resolvePath } from 'node:path'
import { promisify } from 'node:util'
import { type Binaries, type Runner, SYSTEM_HOME } from './binaries.ts'
import { refuse } from './errors.ts'
import type { RoleName } from './roles.ts'

/** What MINGTANG_DATA remembers of its embedded database: `database.json`, mode 0600. Where the cluster lies, its port and its passwords. */
export interface Memory {
  readonly cluster: string
  port: number
  readonly passwords: Readonly<Record<RoleName | 'postgres', string>>
  /** True once the cluster stands with all roles and the database `mingtang`. */
  furnished: boolean
}

const run = promisify(execFile)
const memoryFile = (dataDir: string): string => join(dataDir, 'database.json')
/** Beside each cluster: which data folder it serves. */
const ownerFile = (cluster: string): string => `${cluster}.owner`

/** Reads the memory of a data folder, or makes it: a new cluster's place, a free port, fresh passwords. */
export async function remember(dataDir: string, runner: Runner | null): Promise<Memory> {
  if (existsSync(memoryFile(dataDir))) {
    const memory = recall(dataDir)
    demandOwner(memory.cluster, dataDir)
    return existsSync(memory.cluster) ? memory : { ...memory, furnished: false }
  }
  const cluster = runner === null ? join(dataDir, 'postgres') : join(SYSTEM_HOME, createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 16))
  // The data folder was deleted and begins anew. What it had is put aside, not served again and not destroyed.
  if (existsSync(cluster)) renameSync(cluster, `${cluster}.before-${Date.now()}`)
  const password = () => randomBytes(24).toString('base64url')
  const memory: Memory = {
    cluster,
    port: await freePort(),
    passwords: { postgres: password(), owner: password(), app: password(), sequencer: password(), retention: password() },
    furnished: false,
  }
  keep(dataDir, memory)
  return memory
}

/** A cluster inside the data folder is named relative to it: folder and database move together. */
function recall(dataDir: string): Memory {
  const memory = JSON.parse(readFileSync(memoryFile(dataDir), 'utf8')) as Memory
  return { ...memory, cluster: resolvePath(dataDir, memory.cluster) }
}

export function keep(dataDir: string, memory: Memory): void {
  const growing = `${memoryFile(dataDir)}.${process.pid}`
  const inside = relative(dataDir, memory.cluster)
  const cluster = inside.startsWith('..') ? memory.cluster : inside
  writeFileSync(growing, JSON.stringify({ ...memory, cluster }, null, 2), { mode: 0o600 })
  renameSync(growing, memoryFile(dataDir))
}

/** A moved data folder keeps its database; a copied one must not serve the database of its original. */
function demandOwner(cluster: string, dataDir: string): void {
  if (!existsSync(ownerFile(cluster))) return
  const owner = readFileSync(ownerFile(cluster), 'utf8').trim()
  const here = realpathSync(dataDir)
  if (owner === here) return
  if (existsSync(memoryFile(owner)) && recall(owner).cluster === cluster) {
    throw refuse('cluster-of-another-folder', { cluster, owner })
  }
  writeFileSync(ownerFile(cluster), `${here}\n`)
}

/** initdb into a neighbouring folder, then one rename: a cluster is there whole or not at all. */
export async function makeCluster(memory: Memory, dataDir: string, binaries: Binaries, runner: Runner | null): Promise<void> {
  if (existsSync(join(memory.cluster, 'PG_VERSION'))) return
  const growing = `${memory.cluster}.new`
  const passwordFile = `${memory.cluster}.password`
  rmSync(growing, { recursive: true, force: true })
  mkdirSync(dirname(growing), { recursive: true })
  writeFileSync(ownerFile(memory.cluster), `${realpathSync(dataDir)}\n`)
  mkdirSync(growing, { mode: 0o700 })
  writeFileSync(passwordFile, memory.passwords.postgres, { mode: 0o600 })
  chmodSync(passwordFile, 0o600)
  if (runner) for (const path of [growing, passwordFile]) chownSync(path, runner.uid, runner.gid)
  const locale = binaries.major >= 17 ? ['--locale=C.UTF-8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : ['--locale=C.UTF-8']
  try {
    await run(join(binaries.bin, 'initdb'), [
      '--pgdata', growing, '--username', 'postgres', '--auth=scram-sha-256', '--pwfile', passwordFile,
      '--encoding=UTF8', ...locale, '--data-checksums', '--no-instructions',
    ], { cwd: '/', env: serverEnvironment(), ...asRunner(runner) })
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(growing, memory.cluster)
}

/** Refuses a cluster that another major version or another user made. */
export function demandUsable(cluster: string, binaries: Binaries): void {
  if (!existsSync(cluster)) return
  const uid = process.getuid?.()
  if (uid !== 0 && statSync(cluster).uid !== uid) throw refuse('cluster-of-another-user', { cluster })
  const found = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()
  if (found !== String(binaries.major)) throw refuse('cluster-of-another-version', { cluster, found, wanted: binaries.major })
}

/** The cluster's own user where root starts what an ordinary user made. */
export function runnerOf(cluster: string, chosen: Runner | null): Runner | null {
  if (chosen === null || !existsSync(cluster)) return chosen
  const { uid, gid } = statSync(cluster)
  return uid === chosen.uid ? chosen : { uid, gid, name: String(uid) }
}

const PORT_MIN = 10_000

/**
 * A port of 127.0.0.1 that nobody listens on, below those that the system lends to outgoing connections: one of these could hold it
 * whenever the server is away for a moment, and the server would not come back.
 */
export async function freePort(): Promise<number> {
  const portMax = firstLentPort()
  for (let tries = 0; tries < 100; tries += 1) {
    const port = randomInt(PORT_MIN, portMax)
    if (await isFree(port)) return port
  }
  throw new Error(`no free port between ${PORT_MIN} and ${portMax}`)
}

/** Where the range of outgoing connections begins (Linux); elsewhere where Linux would begin it. */
export function firstLentPort(): number {
  const file = '/proc/sys/net/ipv4/ip_local_port_range'
  const first = existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : 32_768
  // A machine that lends nearly all of them leaves no choice.
  return first > PORT_MIN + 1000 ? first : 65_536
}

function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

export const asRunner = (runner: Runner | null) => (runner === null ? {} : { uid: runner.uid, gid: runner.gid })
/** Nothing of our environment (secrets!) reaches the server. */
export const serverEnvironment = () => ({ PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' })
