import { monitorEventLoopDelay } from 'node:perf_hooks'

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const

interface Timed { readonly method: string; readonly route: string; readonly status: number; readonly counts: number[]; sum: number; count: number }
interface Gauge { readonly help: string; readonly read: () => number | Promise<number> }

/** What `/metrics` tells. Modules add gauges: `metrics.gauge('mingtang_jobs_waiting', 'Jobs not yet begun', () => …)`. */
export class Metrics {
  readonly #requests = new Map<string, Timed>()
  readonly #gauges = new Map<string, Gauge>()
  readonly #loop = monitorEventLoopDelay({ resolution: 20 })

  constructor() {
    this.#loop.enable()
    this.gauge('process_resident_memory_bytes', 'Resident memory of this process', () => process.memoryUsage.rss())
    this.gauge('nodejs_heap_used_bytes', 'Heap in use', () => process.memoryUsage().heapUsed)
    this.gauge('nodejs_eventloop_lag_p99_seconds', 'Delay of the event loop, 99th percentile since the last reading', () => {
      const p99 = this.#loop.percentile(99) / 1e9
      this.#loop.reset()
      return Number.isFinite(p99) ? p99 : 0
    })
    this.gauge('process_uptime_seconds', 'Seconds since this process began', () => process.uptime())
  }

  /** A number read when somebody asks. A name is taken once. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void {
    if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw new Error(`not a metric name: ${name}`)
    if (this.#gauges.has(name)) throw new Error(`metric ${name} is registered twice`)
    this.#gauges.set(name, { help, read })
  }

  observe(method: string, route: string, status: number, seconds: number): void {
    const key = `${method} ${route} ${status}`
    let timed = this.#requests.get(key)
    if (timed === undefined) {
      timed = { method, route, status, counts: BUCKETS.map(() => 0), sum: 0, count: 0 }
      this.#requests.set(key, timed)
    }
    for (let i = 0; i < BUCKETS.length; i += 1) if (seconds <= BUCKETS[i]!) timed.counts[i]! += 1
    timed.sum += seconds
    timed.count += 1
  }

  /** OpenMetrics 1.0 text. A gauge that cannot be read is left out and counted in `mingtang_metrics_unreadable`. */
  async text(): Promise<string> {
    const lines = ['# TYPE http_request_duration_seconds histogram', '# HELP http_request_duration_seconds Requests by route and status']
    for (const { method, route, status, counts, sum, count } of this.#requests.values()) {
      const labels = `method="${method}",route="${label(route)}",status="${status}"`
      BUCKETS.forEach((le, i) => lines.push(`http_request_duration_seconds_bucket{${labels},le="${le}"} ${counts[i]}`))
      lines.push(`http_request_duration_seconds_bucket{${labels},le="+Inf"} ${count}`)
      lines.push(`http_request_duration_seconds_count{${labels}} ${count}`, `http_request_duration_seconds_sum{${labels}} ${sum}`)
    }
    let unreadable = 0
    for (const [name, { help, read }] of this.#gauges) {
      const [value] = await Promise.allSettled([Promise.resolve().then(read)])
      if (value.status === 'rejected') unreadable += 1
      else lines.push(`# TYPE ${name} gauge`, `# HELP ${name} ${help}`, `${name} ${value.value}`)
    }
    lines.push('# TYPE mingtang_metrics_unreadable gauge', '# HELP mingtang_metrics_unreadable Gauges that could not be read just now', `mingtang_metrics_unreadable ${unreadable}`)
    return `${lines.join('\n')}\n# EOF\n`
  }

  close(): void {
    this.#loop.disable()
  }
}

const label = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
