import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve as resolvePath } from 'node:path'
import type { TestProject } from 'vitest/node'
import { freePort } from '../../src/kernel/db/cluster.ts'
import { packageRoot } from '../../src/kernel/db/root.ts'
import { removeData, sweepKilledRuns } from '../setup.ts'
import { hasChromium } from './chromium.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the one server of a run in a browser; none where there is no Chromium. */
    readonly house: string
  }
}

const READY = 'Mingtang is ready'
/** Build, initdb, migrations and the demo district. */
const START_MS = 240_000

/**
 * The real server on a fresh embedded database with the demo district, one for all journeys of a run: each makes the cases it needs, and none
 * counts what others made. `MINGTANG_BROWSER_URL`: a server that runs already, for those who write journeys.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = hasChromium ? process.env.MINGTANG_BROWSER_URL : ''
  if (running !== undefined) {
    project.provide('house', running)
    return async () => {}
  }
  sweepKilledRuns()
  const dataDir = mkdtempSync(join(tmpdir(), 'mingtang-browser-'))
  const port = await freePort()
  let output = ''
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: packageRoot(), stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...withoutOurs(process.env), PORT: String(port), HOST: '127.0.0.1', MINGTANG_DATA: dataDir, MINGTANG_DEMO: '1', MINGTANG_URL: `http://localhost:${port}`, MINGTANG_RATE_LIMITS: '0', NODE_ENV: 'production' },
  })
  await ready(child, (chunk) => { output += chunk; return output })
  project.provide('house', `http://localhost:${port}`)
  return async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGINT')
    await ended
    const named = join(dataDir, 'database.json')
    removeData(dataDir, existsSync(named) ? resolvePath(dataDir, (JSON.parse(readFileSync(named, 'utf8')) as { cluster: string }).cluster) : dataDir)
  }
}

/** The server refuses variables that it does not know, such as those of these tests. */
const withoutOurs = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => Object.fromEntries(Object.entries(env).filter(([name]) => !/^(MINGTANG_|VITEST)/.test(name)))

function ready(child: ChildProcess, hear: (chunk: string) => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => { clearTimeout(timer); reject(new Error(`${why}; the server said:\n${hear('').slice(-4000)}`)) }
    const timer = setTimeout(() => { child.kill('SIGKILL'); fail(`not ready after ${START_MS} ms`) }, START_MS)
    const onData = (chunk: Buffer): void => {
      if (!hear(chunk.toString()).includes(READY)) return
      clearTimeout(timer)
      resolve()
    }
    child.stdout!.on('data', onData)
    child.stderr!.on('data', onData)
    child.once('exit', (code) => fail(`the server ended with ${code}`))
  })
}
