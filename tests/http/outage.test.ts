import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyReceipt, type ReceiptPaper } from '../../src/base/receipt.ts'
import { readConfig } from '../../src/config.ts'
import { freePort } from '../../src/kernel/db/cluster.ts'
import { startEmbedded, type Embedded } from '../../src/kernel/db/embedded.ts'
import { postmasterPid } from '../../src/kernel/db/processes.ts'
import { audit } from '../../src/kernel/flow/audit.ts'
import { verifyLog } from '../../src/kernel/ledger/verify.ts'
import { systemTime } from '../../src/kernel/time/time.ts'
import { loadDemo } from '../../src/main/demo/load-demo.ts'
import { openHouse, type OpenHouse } from '../../src/main/open-house.ts'
import type { ApplicationInput, FiledView } from '../../src/domains/cases/contract.ts'
import { removeData } from '../setup.ts'
import { applicationFor } from './applications.ts'
import { client, type Answer, type Client } from './client.ts'
import { buildProgram } from './built.ts'

/* The program itself, as a process of its own over its own embedded PostgreSQL, and both are killed with -9. */

let dataDir: string
let built: { readonly folder: string; readonly main: string }
let embedded: Embedded
let open: OpenHouse
let program: ChildProcess | undefined
let house: Client
let log = ''
let application: ApplicationInput

/** Nothing here takes long; a machine that is busy with other things may. */
const READY_WITHIN_MS = 60_000
const WRITERS = 4

async function start(): Promise<void> {
  const port = await freePort()
  program = spawn(process.execPath, [built.main], { cwd: process.cwd(), env: { PATH: process.env.PATH, PORT: String(port), MINGTANG_DATA: dataDir, MINGTANG_RATE_LIMITS: '0', MINGTANG_LOG_ORIGIN: 'outage.test/log', MINGTANG_URL: 'http://localhost:1' }, stdio: ['ignore', 'pipe', 'pipe'] })
  program.stderr!.on('data', (part: Buffer) => { log += part.toString() })
  house = client(`http://127.0.0.1:${port}`)
  const begun = performance.now()
  while (!(await house.api('GET', '/readyz').then((answer) => answer.status === 200, () => false))) {
    demandRunning()
    if (performance.now() - begun > READY_WITHIN_MS) throw new Error(`not ready:\n${log}`)
    await pause(50)
  }
}

const kill9 = (child: ChildProcess): Promise<void> => new Promise((resolve) => { child.once('exit', () => resolve()); child.kill('SIGKILL') })
const isRunning = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null
const demandRunning = (): void => { if (!isRunning(program!)) throw new Error(`the program ended with ${program!.exitCode ?? program!.signalCode}; it said last:\n${log.slice(-5000)}`) }
const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms) })

beforeAll(async () => {
  built = await buildProgram()
  dataDir = mkdtempSync(join(tmpdir(), 'mingtang-test-'))
  embedded = await startEmbedded({ dataDir })
  open = await openHouse(readConfig({ MINGTANG_DATA: dataDir, MINGTANG_DEMO: '1' }), { log: () => undefined })
  await loadDemo(open, () => undefined, 2)
  await start()
  application = await applicationFor({ ...house, open, time: systemTime } as never, 'food-business', 'clerk', { seed: 51 })
}, 120_000)
afterAll(async () => {
  if (program !== undefined && isRunning(program)) await kill9(program)
  await open.close()
  await embedded.stop()
  removeData(dataDir, embedded.cluster)
  rmSync(built.folder, { recursive: true, force: true })
})

interface Load { readonly acknowledged: FiledView[]; readonly refused: Answer<{ code?: string }>[]; broken: number; reach(acknowledged: number): Promise<void>; stop(): Promise<void> }

/** Writers file and accept without a pause until stopped; what was answered 2xx is kept with its receipts. */
function load(): Load {
  let done = false
  const call = async (path: string, body: object): Promise<FiledView | null> => {
    try {
      const answer = await house.api<FiledView & { code?: string }>('POST', path, body, { as: 'clerk' })
      if (answer.status < 300) { seen.acknowledged.push(answer.body); return answer.body }
      seen.refused.push(answer)
    } catch {
      seen.broken += 1
    }
    await pause(20)
    return null
  }
  const writers = Promise.all(Array.from({ length: WRITERS }, async () => {
    while (!done) {
      const filed = await call('/api/v1/cases', application)
      if (filed) await call(`/api/v1/cases/${filed.caseNo}/acts`, { act: 'accept', revision: 1, input: {} })
    }
  }))
  const seen: Load = {
    acknowledged: [], refused: [], broken: 0,
    reach: async (acknowledged) => {
      const begun = performance.now()
      while (seen.acknowledged.length < acknowledged) {
        demandRunning()
        if (performance.now() - begun > READY_WITHIN_MS) throw new Error(`only ${seen.acknowledged.length} acknowledged; last refused: ${seen.refused.at(-1)?.text}; broken ${seen.broken}`)
        await pause(10)
      }
    },
    stop: async () => { done = true; await writers },
  }
  return seen
}

/** Every receipt that was handed out stands in the log, and every matter is what its acts say. */
async function nothingIsLost({ acknowledged }: Load): Promise<void> {
  const key = (await house.api('GET', '/log/key')).text.trim()
  const wrong: string[] = []
  for (const { receipt, caseNo } of acknowledged) {
    let proof = await house.api('GET', `/api/v1/receipts/${receipt.id}/proof`)
    for (let i = 0; i < 300 && proof.status !== 200; i += 1) { await pause(100); proof = await house.api('GET', `/api/v1/receipts/${receipt.id}/proof`) }
    if (proof.status !== 200 || !(await verifyReceipt(receipt as ReceiptPaper, proof.text, key)).ok) wrong.push(`${caseNo}: ${proof.text}`)
  }
  expect(wrong).toEqual([])
  expect((await verifyLog(`${house.url}/log`)).problems).toEqual([])
  expect((await audit(open.house.db)).differences).toEqual([])
}

describe('kill -9', () => {
  it('of PostgreSQL under load: a clear refusal, recovery without hands, nothing acknowledged is lost', async () => {
    const seen = load()
    await seen.reach(20)
    process.kill(postmasterPid(embedded.cluster)!.pid, 'SIGKILL')
    const page = await fetch(`${house.url}/my/cases`, { headers: { accept: 'text/html' }, redirect: 'manual' })
    expect(page.status).toBeLessThan(504)
    const before = seen.acknowledged.length
    const begun = performance.now()
    while (seen.refused.length === 0 && performance.now() - begun < READY_WITHIN_MS) await pause(10)
    await seen.reach(before + 20)
    expect((await house.api('GET', '/readyz')).status).toBe(200)
    await seen.stop()
    expect(seen.broken).toBe(0)
    expect(seen.refused.length).toBeGreaterThan(0)
    for (const answer of seen.refused) {
      expect([answer.status, answer.body.code, Number(answer.headers.get('retry-after')) > 0], answer.text).toEqual([503, 'db/unavailable', true])
      expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    }
    expect(isRunning(program!)).toBe(true)
    await nothingIsLost(seen)
  })

  it('of the program in the middle of acts: started again, every acknowledged receipt is in the log', async () => {
    const seen = load()
    await seen.reach(20)
    await kill9(program!)
    await seen.stop()
    await start()
    await nothingIsLost(seen)
  })

  it('a program told to stop answers what is under way, and refuses the rest', async () => {
    const seen = load()
    await seen.reach(20)
    const left = new Promise<number | null>((resolve) => { program!.once('exit', (code) => resolve(code)) })
    program!.kill('SIGTERM')
    expect(await left).toBe(0)
    await seen.stop()
    for (const answer of seen.refused) expect([answer.status, answer.body.code], answer.text).toEqual([503, 'http/draining'])
    await start()
    await nothingIsLost(seen)
  })
})
