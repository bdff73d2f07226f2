import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { SYSTEM_HOME } from '../src/kernel/db/binaries.ts'
import { startEmbedded } from '../src/kernel/db/embedded.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser's and logins' passwords of the run's own server. */
    readonly server: { readonly port: number; readonly superUrl: string; readonly app: string; readonly owner: string; readonly sequencer: string; readonly retention: string }
  }
}

/** One PostgreSQL per run, in a folder of its own: two runs beside each other never meet. MINGTANG_TEST_DATABASE=debian15 takes Debian's 15. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mingtang-test-'))
  const debian = /^debian(\d+)$/.exec(process.env.MINGTANG_TEST_DATABASE ?? '')?.[1]
  const server = await startEmbedded({ dataDir, ...(debian === undefined ? {} : { debian: Number(debian) }) })
  const password = (url: string): string => new URL(url).password
  project.provide('server', {
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

/** A test's data folder and, where root keeps it elsewhere, its cluster. */
export function removeData(dataDir: string, cluster: string): void {
  rmSync(dataDir, { recursive: true, force: true })
  if (cluster.startsWith(`${SYSTEM_HOME}/`)) {
    rmSync(cluster, { recursive: true, force: true })
    rmSync(`${cluster}.owner`, { force: true })
  }
}
