import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import Fastify from 'fastify'
import { readConfig } from '../src/config.ts'
import { findCaller } from '../src/kernel/access/caller.ts'
import { hashToken, SESSION_COOKIE } from '../src/kernel/access/csrf.ts'
import { signIn } from '../src/kernel/access/sign-in.ts'
import type { Ask, Page } from '../src/kernel/http/types.ts'
import { loadDemo } from '../src/main/demo/load-demo.ts'
import { openHouse } from '../src/main/open-house.ts'
import { serve } from '../src/main/serve.ts'

/** What a bench needs to know of the served house. */
export interface Served { readonly port: number; readonly barePort: number; readonly cookie: string; readonly code: string }

const CASES = 30

/** The house in a process of its own, so that the load's own work is not counted as its. */
export async function spawnTown(module: string, dataDir: string): Promise<{ readonly served: Served; readonly child: ChildProcess }> {
  const child = spawn(process.execPath, [fileURLToPath(module), 'serve', dataDir], { stdio: ['pipe', 'pipe', 'inherit'] })
  const served = await new Promise<Served>((resolve, reject) => {
    child.stdout!.once('data', (line: Buffer) => resolve(JSON.parse(line.toString()) as Served))
    child.once('exit', (code) => reject(new Error(`the served house ended with ${code}`)))
  })
  return { served, child }
}

/** The child's own work: the composed house, and beside it a bare Fastify that draws the same guide from the same reads. */
export async function serveTown(dataDir: string): Promise<void> {
  const config = readConfig({ MINGTANG_DATA: dataDir, PORT: '0', MINGTANG_RATE_LIMITS: '0' })
  const log = (line: string): void => { if (line.startsWith('failure')) process.stderr.write(`${line}\n`) }
  const open = await openHouse(config, { log })
  if (open.demo.toLoad) await loadDemo(open, () => undefined, CASES)
  const running = await serve(open, config, { log, rates: false })
  const { house } = open
  const { token } = await signIn(house.db, { username: 'applicant', password: 'mingtang-demo', at: house.time.now(), ip: '127.0.0.1' })
  const code = open.items.list(house.time.today()).find((item) => item.procedureId === 'food-business')!.code

  const guide = running.routes.find((route) => route.path === '/items/:code')!
  const bare = Fastify({ logger: false })
  bare.get('/items/:code', async (request, reply) => {
    const caller = await findCaller(house.db, hashToken(token)!, house.time.now())
    const page = (await guide.handle({ params: request.params, query: {}, body: undefined, caller, tokenHash: null, language: 'zh', elder: false, wantsHtml: true, idempotencyKey: undefined, csrfToken: '', request, reply } as unknown as Ask<unknown, unknown, unknown>)) as Page
    return reply.type('text/html; charset=utf-8').send(page.html)
  })
  await bare.listen({ port: 0, host: '127.0.0.1' })
  process.stdout.write(`${JSON.stringify({ port: running.port, barePort: (bare.server.address() as { port: number }).port, cookie: `${SESSION_COOKIE}=${token}`, code } satisfies Served)}\n`)
  process.stdin.on('close', () => {
    void bare.close().then(() => running.stop()).then(() => open.close())
  })
  process.stdin.resume()
}
