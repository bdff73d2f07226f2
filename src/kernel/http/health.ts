import type { Database } from '../db/database.ts'
import { refuse as refuseDb } from '../db/errors.ts'
import type { Metrics } from './metrics.ts'
import { refuse } from './errors.ts'
import { Bytes, route, type Route } from './types.ts'

/** One thing without which this process cannot serve. Answers what is wrong, or nothing. */
export interface ReadinessCheck { readonly name: string; readonly check: () => Promise<string | undefined> }

const READY_MS_MAX = 3000
const OPEN = { open: '运行探针，不含业务和个人信息' } as const

/** `/healthz`: the process answers. `/readyz`: it can serve. `/metrics`: OpenMetrics text. */
export function healthRoutes(db: Pick<Database, 'query' | 'pool'>, metrics: Metrics, checks: readonly ReadinessCheck[], state: { readonly draining: boolean }): Route[] {
  metrics.gauge('db_pool_connections', 'Connections of the pool', () => db.pool.totalCount)
  metrics.gauge('db_pool_idle', 'Idle connections of the pool', () => db.pool.idleCount)
  metrics.gauge('db_pool_waiting', 'Calls waiting for a connection', () => db.pool.waitingCount)
  return [
    route({
      method: 'GET', path: '/healthz', kind: 'api', rate: 'read', guard: OPEN,
      summary: { zh: '进程是否存活', en: 'Whether the process lives' },
      handle: async () => ({ status: 'ok' }),
    }),
    route({
      method: 'GET', path: '/readyz', kind: 'api', rate: 'read', guard: OPEN,
      summary: { zh: '能否提供服务', en: 'Whether it can serve' },
      handle: async () => {
        if (state.draining) throw refuse('draining', {}, { retryAfter: 5 })
        const found = await soon((async () => {
          await db.query('select 1')
          return Promise.all(checks.map(async ({ name, check }) => ({ name, problem: await check() })))
        })())
        const bad = found.filter(({ problem }) => problem !== undefined)
        if (bad.length === 0) return { status: 'ready' }
        return new Bytes(Buffer.from(JSON.stringify({ status: 'notReady', problems: bad })), 'application/json; charset=utf-8', { 'cache-control': 'no-store', 'retry-after': '5' }, 503)
      },
    }),
    route({
      method: 'GET', path: '/metrics', kind: 'stream', rate: 'read', guard: OPEN,
      summary: { zh: '运行指标（OpenMetrics）', en: 'Metrics (OpenMetrics)' },
      handle: async () => new Bytes(Buffer.from(await metrics.text()), 'application/openmetrics-text; version=1.0.0; charset=utf-8', { 'cache-control': 'no-store' }),
    }),
  ]
}

/** Who asks whether we can serve asks again soon: a database that stands still is as good as away. */
async function soon<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => { timer = setTimeout(() => reject(refuseDb('unavailable', {}, { retryAfter: 2 })), READY_MS_MAX) })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
