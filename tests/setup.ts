import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { SYSTEM_HOME } from '../src/kernel/db/binaries.ts'
import { startEmbedded } from '../src/kernel/db/embedded.ts'
import { isAlive, processesIn, signal } from '../src/kernel/db/processes.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser's and logins' passwords of the run's own server. */
    readonly server: { /** Folder of this run alone; gone with it. */ readonly folder: string; readonly port: number; readonly superUrl: string; readonly app: string; readonly owner: string; readonly sequencer: string; readonly retention: string }
  }
}

/** One PostgreSQL per run, in a folder of its own: two runs beside each other never meet. MINGTANG_TEST_DATABASE=debian15 takes Debian's 15. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  sweepKilledRuns()
  const dataDir = mkdtempSync(join(tmpdir(), 'mingtang-test-'))
  const debian = /^debian(\d+)$/.exec(process.env.MINGTANG_TEST_DATABASE ?? '')?.[1]
  const server = await startEmbedded({ dataDir, ...(debian === undefined ? {} : { debian: Number(debian) }) })
  const password = (url: string): string => new URL(url).password
  project.provide('server', {
    folder: dataDir,
    port: server.port,
    superUrl: server.superUrl,
    app: password(server.appUrl),
    owner: password(server.adminUrl),
    sequencer: password(server.sequencerUrl),
    retention: password(server.retentionUrl),
  })
  return async () => {
    await server.stop()
    removeData(dataDir, server.cluster)
  }
}

/** What runs that were killed left behind: their servers, their folders. Whoever still has a living process is left alone. */
export function sweepKilledRuns(): void {
  if (!existsSync(SYSTEM_HOME)) return
  for (const name of readdirSync(SYSTEM_HOME)) {
    if (!name.endsWith('.owner')) continue
    const cluster = join(SYSTEM_HOME, name.slice(0, -'.owner'.length))
    const dataDir = ownerOf(cluster)
    if (!dataDir?.startsWith(join(realpathSync(tmpdir()), 'mingtang-')) || isUsed(dataDir)) continue
    for (const pid of processesIn(cluster)) signal(pid, 'SIGKILL')
    removeData(dataDir, cluster)
  }
}

function ownerOf(cluster: string): string | undefined {
  try {
    return readFileSync(`${cluster}.owner`, 'utf8').trim()
  } catch {
    return undefined // a run beside us ended this moment
  }
}

function isUsed(dataDir: string): boolean {
  const made = statSync(dataDir, { throwIfNoEntry: false })
  if (made === undefined) return false
  if (Date.now() - made.mtimeMs < 120_000) return true
  const holders = join(dataDir, 'database.holders')
  return existsSync(holders) && readdirSync(holders).some((name) => isAlive(Number.parseInt(name, 10)))
}

/** A test's data folder and, where root keeps it elsewhere, its cluster. */
export function removeData(dataDir: string, cluster: string): void {
  rmSync(dataDir, { recursive: true, force: true })
  if (cluster.startsWith(`${SYSTEM_HOME}/`)) {
    rmSync(cluster, { recursive: true, force: true })
    for (const more of ['.new', '.password', '.owner']) rmSync(`${cluster}${more}`, { recursive: true, force: true })
  }
}
