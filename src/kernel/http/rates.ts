import type { RateClass } from './types.ts'

/** A bucket holds `burst` calls and refills at `perMinute`. */
export interface Rate { readonly perMinute: number; readonly burst: number }
export type Rates = Readonly<Record<RateClass, Rate>>

const DEFAULTS: Rates = {
  page: { perMinute: 600, burst: 200 },
  read: { perMinute: 1200, burst: 300 },
  write: { perMinute: 240, burst: 80 },
  upload: { perMinute: 120, burst: 60 },
  signIn: { perMinute: 30, burst: 20 },
  log: { perMinute: 3000, burst: 1000 },
}
/** An address may stand for an office behind one router: it holds this many callers. */
const CALLERS_PER_ADDRESS = 20
const BUCKETS_MAX = 100_000

/**
 * From the environment: `MINGTANG_RATE=off` for benches, `MINGTANG_RATE_WRITE=600` sets calls per minute of a class (a third of it
 * at once). Throws on what is neither.
 */
export function ratesFrom(env: Readonly<Record<string, string | undefined>>): Rates | false {
  if (env.MINGTANG_RATE === 'off') return false
  const read = (name: RateClass): Rate => {
    const variable = `MINGTANG_RATE_${name.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase()}`
    const text = env[variable]
    if (text === undefined || text === '') return DEFAULTS[name]
    if (!/^[1-9]\d{0,6}$/.test(text)) throw new Error(`${variable} must be calls per minute, a whole number, not ${text}`)
    return { perMinute: Number(text), burst: Math.max(1, Math.ceil(Number(text) / 3)) }
  }
  return { page: read('page'), read: read('read'), write: read('write'), upload: read('upload'), signIn: read('signIn'), log: read('log') }
}

interface Bucket { tokens: number; at: number }

/** Token buckets in memory: one process, one limit. `atMs` is any steadily growing clock. */
export class RateLimiter {
  readonly #buckets = new Map<string, Bucket>()

  constructor(readonly rates: Rates) {}

  /** Seconds to wait, or 0 when the call may go on. Signing in is limited by address alone, so that guessing cannot change its name. */
  take(rate: RateClass, address: string, session: string | undefined, atMs: number): number {
    if (session === undefined || rate === 'signIn') return this.#take(`${rate} ${address}`, this.rates[rate], 1, atMs)
    return Math.max(this.#take(`${rate} ${session}`, this.rates[rate], 1, atMs), this.#take(`${rate} @${address}`, this.rates[rate], CALLERS_PER_ADDRESS, atMs))
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
