import type { RateClass } from './types.ts'

/** A bucket holds `burst` calls and refills at `perMinute`. */
export interface Rate { readonly perMinute: number; readonly burst: number }
export type Rates = Readonly<Record<RateClass, Rate>>

const DEFAULTS: Rates = {
  page: { perMinute: 1200, burst: 400 },
  read: { perMinute: 3000, burst: 1000 },
  write: { perMinute: 1200, burst: 400 },
  upload: { perMinute: 240, burst: 100 },
  signIn: { perMinute: 60, burst: 40 },
  log: { perMinute: 3000, burst: 1000 },
}
/** An address may stand for an office behind one router: it holds this many callers. */
const CALLERS_PER_ADDRESS = 20
const BUCKETS_MAX = 100_000

/** The limits of the house times a factor (`MINGTANG_RATE_LIMITS`); 0: none, for load tests. */
export function ratesOf(factor = 1): Rates | false {
  if (factor === 0) return false
  return Object.fromEntries(Object.entries(DEFAULTS).map(([name, { perMinute, burst }]) => [name, { perMinute: perMinute * factor, burst: burst * factor }])) as Rates
}

/** An IPv6 subscriber has 2⁶⁴ addresses to call from (RFC 6177): its first four groups stand for it. IPv4 in IPv6 is IPv4. */
export function subscriberOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address
  const [head = '', tail] = address.toLowerCase().replace(/%.*$/, '').split('::')
  const groups = (text: string | undefined): string[] => (text ? text.split(':') : [])
  const [before, after] = [groups(head), groups(tail)]
  const whole = tail === undefined ? before : [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after]
  return whole.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '')).join(':')
}

interface Bucket { tokens: number; at: number }

/** Token buckets in memory: one process, one limit. `atMs` is any steadily growing clock. */
export class RateLimiter {
  readonly #buckets = new Map<string, Bucket>()

  constructor(readonly rates: Rates) {}

  /** Seconds to wait, or 0 when the call may go on. Signing in is limited by address alone, so that guessing cannot change its name. */
  take(rate: RateClass, address: string, session: string | undefined, atMs: number): number {
    const place = subscriberOf(address)
    if (session === undefined || rate === 'signIn') return this.#take(`${rate} ${place}`, this.rates[rate], 1, atMs)
    return Math.max(this.#take(`${rate} ${session}`, this.rates[rate], 1, atMs), this.#take(`${rate} @${place}`, this.rates[rate], CALLERS_PER_ADDRESS, atMs))
  }

  #take(key: string, rate: Rate, times: number, atMs: number): number {
    const burst = rate.burst * times
    const perMs = (rate.perMinute * times) / 60_000
    let bucket = this.#buckets.get(key)
    if (bucket === undefined) {
      if (this.#buckets.size >= BUCKETS_MAX) this.#forget()
      bucket = { tokens: burst, at: atMs }
      this.#buckets.set(key, bucket)
    }
    bucket.tokens = Math.min(burst, bucket.tokens + Math.max(0, atMs - bucket.at) * perMs)
    bucket.at = atMs
    if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / perMs / 1000))
    bucket.tokens -= 1
    return 0
  }

  /** The oldest half goes; a Map keeps the order of insertion. */
  #forget(): void {
    let n = Math.ceil(BUCKETS_MAX / 2)
    for (const key of this.#buckets.keys()) {
      if (n === 0) return
      this.#buckets.delete(key)
      n -= 1
    }
  }
}
