import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { type Binaries, chooseRunner, debianBinaries, embeddedBinaries, type Runner } from './binaries.ts'
import { asRunner, demandUsable, freePort, keep, makeCluster, type Memory, remember, runnerOf, serverEnvironment } from './cluster.ts'
import { furnish } from './furnish.ts'
import { enter, holds, leave, withLock } from './holders.ts'
import { isAlive, isTaken, postmasterPid, processesIn, signal, until } from './processes.ts'
import { ROLES } from './roles.ts'

export interface Embedded {
  readonly appUrl: string
  readonly adminUrl: string
  readonly sequencerUrl: string
  readonly retentionUrl: string
  /** The cluster's superuser, for tests and `doctor`; the product never serves with it. */
  readonly superUrl: string
  readonly port: number
  /** Where the cluster's files are. */
  readonly cluster: string
  /** True when a running server was found and used. */
  readonly adopted: boolean
  /** Leaves the server; the last process using it stops it (fast shutdown: sessions ended, everything flushed). */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** MINGTANG_DATA. */
  readonly dataDir: string
  readonly log?: (line: string) => void
  /** Tests only: Debian's server of this major version instead of the bundled one. */
  readonly debian?: number
}

const START_LIMIT_MS = 60_000
const WATCH_MS = 1000

/**
 * Starts the PostgreSQL that comes with the product, or uses the one already running over this data folder. Works as root and as an
 * ordinary user; listens on 127.0.0.1 only; survives Ctrl-C to our process group, so that acts are drained before it stops.
 */
export async function startEmbedded({ dataDir, log = () => undefined, debian }: EmbeddedOptions): Promise<Embedded> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const folder = realpathSync(dataDir)
  return withLock(folder, async () => {
    const chosen = chooseRunner()
    const memory = await remember(folder, chosen)
    const runner = runnerOf(memory.cluster, chosen)
    const binaries = debian === undefined ? embeddedBinaries(runner, folder) : debianBinaries(debian)
    if (!binaries) throw new Error(`PostgreSQL ${debian} of Debian is not installed`)
    demandUsable(memory.cluster, binaries)
    if (!existsSync(memory.cluster)) log('creating the database (about two seconds)')
    await makeCluster(memory, folder, binaries, runner)

    const adopted = await adopt(memory, log)
    if (!adopted) await launch(memory, folder, binaries, runner, log)
    if (!memory.furnished) {
      await furnish(memory)
      memory.furnished = true
    }
    keep(folder, memory)
    enter(folder)
    const watch = keepRunning(folder, memory, () => launch(memory, folder, binaries, runner, log, 'thisPort'), log)
    const url = (user: string, password: string, database = 'mingtang') => `postgres://${user}:${password}@127.0.0.1:${memory.port}/${database}`
    return {
      appUrl: url(ROLES.app, memory.passwords.app),
      adminUrl: url(ROLES.owner, memory.passwords.owner),
      sequencerUrl: url(ROLES.sequencer, memory.passwords.sequencer),
      retentionUrl: url(ROLES.retention, memory.passwords.retention),
      superUrl: url('postgres', memory.passwords.postgres, 'postgres'),
      port: memory.port,
      cluster: memory.cluster,
      adopted,
      stop: () => {
        clearInterval(watch)
        return withLock(folder, async () => {
          if (leave(folder)) await shutDown(memory.cluster)
        })
      },
    }
  })
}

/** A server that dies under us is started again on its port, whoever of its users notices first; pools then recover by themselves. */
function keepRunning(dataDir: string, memory: Memory, relaunch: () => Promise<void>, log: (line: string) => void): NodeJS.Timeout {
  let busy = false
  const look = async () => {
    const pid = postmasterPid(memory.cluster)?.pid
    if (busy || (pid !== undefined && isAlive(pid))) return
    busy = true
    try {
      await withLock(dataDir, async () => {
        if (!holds(dataDir)) return // we have left meanwhile, and it was stopped on purpose
        if (await adopt(memory, log)) return
        log('the database server ended unexpectedly; starting it again')
        await relaunch()
      })
    } catch (error) {
      log(`the database server cannot be started: ${String(error)}`)
    } finally {
      busy = false
    }
  }
  return setInterval(() => void look(), WATCH_MS).unref()
}

/** Uses the server that a killed process left, if it is ours and answers; else sees to it that nothing of it is left. */
async function adopt(memory: Memory, log: (line: string) => void): Promise<boolean> {
  const left = processesIn(memory.cluster)
  if (left.length === 0) {
    forgetReusedPid(memory.cluster)
    return false
  }
  const postmaster = postmasterPid(memory.cluster)
  if (postmaster !== undefined && left.includes(postmaster.pid)) {
    const port = postmaster.port ?? memory.port
    const answer = await ask(memory, port, () => isAlive(postmaster.pid))
    if (answer === undefined) {
      log(`using the database server already running (process ${postmaster.pid})`)
      memory.port = port
      return true
    }
    log(`the database server left running does not answer (${answer}); restarting it`)
  }
  await shutDown(memory.cluster)
  return false
}

async function launch(memory: Memory, dataDir: string, binaries: Binaries, runner: Runner | null, log: (line: string) => void, port: 'thisPort' | 'anyPort' = 'anyPort'): Promise<void> {
  const logFile = join(dataDir, 'postgres.log')
  const deadline = Date.now() + START_LIMIT_MS
  for (let attempt = 1; ; attempt += 1) {
    const failure = await launchOnce(memory, logFile, binaries, runner)
    if (failure === undefined) return
    if (attempt >= 8 || Date.now() > deadline) throw new Error(`the database server did not start; ${logFile} ends with:\n${failure}`)
    if (port === 'anyPort' && /could not bind|Address already in use/.test(failure)) {
      memory.port = await freePort()
      log(`port taken; the database moves to ${memory.port}`)
    } else if (/lock file|shared memory|still in use/.test(failure)) {
      await new Promise((resolve) => setTimeout(resolve, 500)) // processes of a killed server are still leaving
    } else throw new Error(`the database server did not start; ${logFile} ends with:\n${failure}`)
  }
}

/** undefined: the server answers. Else the last lines it wrote. */
async function launchOnce(memory: Memory, logFile: string, binaries: Binaries, runner: Runner | null): Promise<string | undefined> {
  const from = existsSync(logFile) && statSync(logFile).size < 10_000_000 ? statSync(logFile).size : 0
  const output = openSync(logFile, from === 0 ? 'w' : 'a', 0o600)
  const settings = [
    'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=on', 'synchronous_commit=on', 'full_page_writes=on',
    'password_encryption=scram-sha-256', 'timezone=UTC', 'max_connections=120', 'shared_buffers=128MB', 'logging_collector=off',
    'log_destination=stderr', 'log_line_prefix=%m [%p] ', 'log_statement=none', 'log_min_error_statement=panic',
  ]
  const child = spawn(join(binaries.bin, 'postgres'), ['-D', memory.cluster, '-p', String(memory.port), ...settings.flatMap((s) => ['-c', s])], {
    cwd: '/', env: serverEnvironment(), detached: true, stdio: ['ignore', output, output], ...asRunner(runner),
  })
  closeSync(output)
  let ended: string | undefined
  const failed = new Promise<string>((resolve) => {
    const end = (how: string) => { ended = how; resolve(how) }
    child.once('error', (error) => end(String(error)))
    child.once('exit', (code, by) => end(`it ended with ${code ?? by}`))
  })
  const first = await Promise.race([failed, ask(memory, memory.port, () => ended === undefined)])
  if (first !== undefined && ended === undefined) {
    // Up to the limit it neither answered nor ended: it may be recovering a very large log, but nobody can work meanwhile.
    await shutDown(memory.cluster)
  }
  child.unref()
  return first === undefined ? undefined : [first, ...readFileSync(logFile, 'utf8').slice(from).trim().split('\n').slice(-8)].join('\n')
}

/** Asks until the server over our cluster answers to our password: undefined. Else why it does not. */
async function ask(memory: Memory, port: number, goOn: () => boolean): Promise<string | undefined> {
  const deadline = Date.now() + START_LIMIT_MS
  let reason = 'it ended'
  while (goOn() && Date.now() < deadline) {
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password: memory.passwords.postgres, database: 'postgres', connectionTimeoutMillis: 5000 })
    client.on('error', () => undefined) // reported by the failing call
    try {
      await client.connect()
      const { rows } = await client.query<{ data_directory: string }>('show data_directory')
      if (realpathSync(rows[0]!.data_directory) === realpathSync(memory.cluster)) return undefined
      return `port ${port} serves ${rows[0]!.data_directory}`
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      reason = error instanceof Error ? error.message : String(error)
      if (code === '28P01' || code === '28000') return reason
      await new Promise((resolve) => setTimeout(resolve, 15))
    } finally {
      await client.end().catch(() => undefined) // it may never have been connected
    }
  }
  return reason
}

/** Fast shutdown; after ten seconds immediate (recovery at the next start); after five more, kill. */
async function shutDown(cluster: string): Promise<void> {
  for (const [how, ms] of [['SIGINT', 10_000], ['SIGQUIT', 5_000], ['SIGKILL', 5_000]] as const) {
    const left = processesIn(cluster)
    if (left.length === 0) return
    const postmaster = postmasterPid(cluster)?.pid
    const targets = how !== 'SIGKILL' && postmaster !== undefined && left.includes(postmaster) ? [postmaster] : left
    for (const pid of targets) signal(pid, how)
    if (await until(() => processesIn(cluster).length === 0, ms)) return
  }
  throw new Error(`the database server over ${cluster} cannot be stopped`)
}

/** After a crash of the machine the number in postmaster.pid may be somebody else's by now; the server would refuse to start. */
function forgetReusedPid(cluster: string): void {
  const pid = postmasterPid(cluster)?.pid
  if (pid !== undefined && isTaken(pid)) rmSync(join(cluster, 'postmaster.pid'), { force: true })
}
