import type { Config } from '../config.ts'
import { loadDemo } from './demo/load-demo.ts'
import { openHouse, type OpenHouse } from './open-house.ts'
import { serve, type Running } from './serve.ts'

/** Nobody waits longer for one answer: a statement behind a lock that does not come free gives its connection back. */
const STATEMENT_TIMEOUT_MS = 60_000

/** `npm start` after the build: opens the house, loads the demo district into an empty database, serves until told to stop. */
export async function startServer(config: Config): Promise<void> {
  const log = (line: string): void => { process.stderr.write(`${line}\n`) }
  const begun = performance.now()
  const open = await openHouse(config, { log, statementTimeoutMs: STATEMENT_TIMEOUT_MS })
  const running = await begin(open, config, log)
  announce(config, running.port, open.house.demo, performance.now() - begun)

  let stopping = false
  const stop = (signal: string): void => {
    if (stopping) return
    stopping = true
    log(`${signal}: finishing what is under way …`)
    running.stop().then(() => open.close()).then(() => log('stopped.'), (error: unknown) => { log(`while stopping: ${String(error)}`); process.exitCode = 1 })
  }
  process.on('SIGINT', () => stop('SIGINT'))
  process.on('SIGTERM', () => stop('SIGTERM'))
}

/** Where the service may not begin (a port in use, another log's key) the house is closed again: nothing keeps the process alive. */
async function begin(open: OpenHouse, config: Config, log: (line: string) => void): Promise<Running> {
  try {
    if (open.demo.toLoad) await loadDemo(open, log)
    return await serve(open, config, { log })
  } catch (error) {
    await open.close()
    throw error
  }
}

function announce(config: Config, port: number, demo: boolean, ms: number): void {
  const address = `http://${config.host === '127.0.0.1' ? 'localhost' : config.host}:${port}`
  const lines = [
    '', `Mingtang is ready 明堂已就绪 (${(ms / 1000).toFixed(1)} s)`, `  portal  门户    ${address}/`, `  console 工作台  ${address}/console/`, `  API             ${address}/api/docs`, `  log 公开日志    ${address}/log/checkpoint`,
    ...(demo ? ['  demo accounts 演示账号 (password 口令 mingtang-demo):', '    applicant enterprise · clerk cashier surveyor dispatcher archivist sealkeeper proxy', '    reviewer reviewer2 chief head leader · catalog inspector sysadmin secadmin auditadmin …'] : []),
    '  Ctrl-C stops everything.', '',
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
